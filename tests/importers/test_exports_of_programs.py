"""Exports as programs and people leave them: tables, surveys, JSON and XML, in any language, or broken."""

import ast
import csv
import gzip
import io
import json
import shlex
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from helpers.adversarial_files import ARTICLE, written
from helpers.exports import AL, ANN, BOB, CY, DUMP, PAIR, TWO, Export, check_export, summary

from toolkit import import_summary, read_thread
from toolkit.cli.console import on_the_command_line
from toolkit.importers.exports.csv_and_xlsx import delimited_comments
from toolkit.importers.import_log import ImportLog

GRAPH: dict[str, Any] = {"id": "10_20", "message": "Longer hours", "comments": {"data": [
    {"id": "20_31", "message": "Fine", "from": {"name": "Al"}, "comments": {"data": [
        {"id": "20_32", "message": "No", "from": {"name": "Bo"}}]}}]}}  # fmt: skip
RSS = "<rss><channel><title>T</title><item><title>The plan</title><category>a</category>{}</item></channel></rss>"


def book(*sheets: Any, merged: str = "", hidden: int = 0) -> bytes:
    """A workbook, with merged cells and a hidden row in its last sheet."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for at, rows in enumerate(sheets):
        sheet = made.create_sheet() if at else sheet
        for row in rows:
            sheet.append(row)
    for cells in merged.split():
        sheet.merge_cells(cells)
    sheet.row_dimensions[hidden or 99].hidden = True
    made.save(content := io.BytesIO())
    return content.getvalue()


HELD = [{"author": "Al", "text": "Fine", "approved": False}, {"author": "Bo", "text": "No", "approved": False}]
IN_BASE_10 = [
    {"id": own, "body": text, "author": who, "parent_id": int(above, 36), "link_id": "t3_zyw"}
    for own, text, who, above in (("zz1", "Fine", "a_b", "zyw"), ("zz2", "No", "c_d", "zz1"))
]
EXPORTS: dict[str, Export] = {  # file, content, comments, what the import log says
    # other languages
    **{head: ("c.csv", f"{head}\n1;Al;Fine;3;\n2;Bo;No;0;1\n", "Fine - 1 3|No 1 2 0") for head in (
        "Kommentar-ID;Autor;Kommentar;Gefällt mir;Antwort auf", "Identifiant;Auteur;Commentaire;J'aime;En réponse à",
        "ID;Usuario;Comentario;Me gusta;Respuesta a", "ID;Utente;Commento;Mi piace;Risposta a",
        "ID;Usuário;Comentário;Curtidas;Em resposta a", "Nr;Gebruiker;Reactie;Likes;Antwoord op",
        "Id;Autor;Komentarz;Polubienia;Odpowiedź na", "Id;Användare;Kommentar;Gillar;Svar till",
        "ID;Utente;Testo;Likes;Risposta a", "ID;Autor;Texto;Likes;Resposta a", "Id;Jméno;Komentář;Likes;parent",
        "Id;Navn;Kommentar;Likes;parent", "Id;Nimi;Kommentti;Likes;parent", "Id;Név;Hozzászólás;Likes;parent",
        "Id;Όνομα;Σχόλιο;Likes;parent", "Id;Ім'я;Коментар;Likes;parent", "Id;Tên;Bình luận;Likes;parent",
        "Id;שם;תגובה;Likes;parent", "评论id;用户昵称;评论内容;点赞数;父评论id", "ID;Имя;Текст комментария;Лайки;parent",
        "ID;Автор;Комментарий;Лайки;Ответ на", "评论ID;用户名;评论内容;点赞数;父评论ID",
         "コメントID;投稿者;コメント;いいね;返信先", "评论id;昵称;评论内容;点赞数;回复的评论id",
         "留言編號;暱稱;留言內容;按讚數;回覆編號", "ID;yazar;yorum;beğeni;parent",
         "评论id;昵称;评论内容;点赞数;上级评论id", "id;user_name;content;ranks_up;parent_id",
        "댓글ID;작성자;댓글;좋아요;부모댓글ID")},
    **{f"columns in {head}": ("c.csv", f"{head}\n7,2024-05-01,,9,Fine\n8,2024-05-01,7,9,No\n", "Fine - -|No 1 -")
       for head in (  # of a Google Takeout
        "Kommentar-ID,Zeitstempel der Erstellung des Kommentars,Übergeordnete Kommentar-ID,Beitrags-ID,Kommentartext",
        "ID du commentaire,Horodatage de création du commentaire,ID du commentaire parent,Prix,Texte du commentaire",
        "ID du commentaire,Code temporel de création du commentaire,ID du commentaire parent,Prix,Texte du commentaire",
        "ID comentario,Marca de tiempo de creación del comentario,ID del comentario principal,Precio,Texto comentario",
        "ID commento,Timestamp creazione commento,ID commento principale,ID post,Testo commento",
        "ID do comentário,Carimbo de data/hora de criação do comentário,ID do comentário principal,ID do vídeo,Texto",
        "Reactie-ID,Tijdstempel van het aanmaken van de reactie,ID van bovenliggende reactie,Video-ID,Reactietekst",
        "コメント ID,コメントの作成日時,親コメント ID,動画 ID,コメントのテキスト")},
    **{head: ("c.csv", f"{head}\n7,,Al,Fine,3\n8,7,Bo,No,0\n", "Fine - 1 3|No 1 2 0") for head in (
        "rpid,parentRpid,uname,message,like", "comment_id,comment_pid,comment_name,comment_content,comment_up",
        "Kommentar-id,Svar til,Navn,Kommentar,Synes godt om", "id,parent,author-text,content-text,vote-count-middle")},
    # tables as programs leave them
    "twarc": (
        "c.csv", "id,referenced_tweets.replied_to.id,text,author_id,author.name,author.username\n7,,Fine,5,Ann Lee,"
        "annq\n8,7,No @annq,6,Bo Roe,bo\n", "Fine - 1|No_@Reader_01 1 2"),
    "Hacker News of BigQuery": (
        "c.csv", "by,text,parent,deleted,dead,id\nal,Fine,,,,7\nbo,x,7,,true,8\n", "Fine - 1"),
    **{f"columns in {when}": ("c.csv", f"{when},Name,Comment\n2024-05-01,al,Fine\n", "Fine - 1") for when in (
        "Horodateur", "Marca temporal", "Informazioni cronologiche", "Sygnatura czasowa", "Отметка времени",
        "Zaman damgası", "Tidsstämpel", "タイムスタンプ", "Heure de début", "Hora de inicio")},
    "names of the columns again": ("c.csv", "author,text\nal,Fine\n\ufeffauthor,text\nbo,No\n", "Fine - 1|No - 2"),
    "errors and gaps": ("c.csv", "author,text\nal,Fine\nbo,#NAME?\ncy,#REF!\ndi,NULL\ned,\\N\nfy,<NA>\n", "Fine - 1"),
    "commas without marks": ("c.csv", "id,author,text\n1,al,Fine, yes\n2,bo,No, no\n", ""),
    "id and comment_id": ("c.csv", "id,comment_id,parent_id,text,author\n1,a,,Fine,al\n2,b,a,No,bo\n", PAIR),
    "write.table": ("c.csv", '"author","text"\n"1","al","Fine"\n"2","bo","No"\n', "Fine - 1|No - 2"),
    "write.table with spaces": ("c.txt", '"author" "text"\n"1" "al" "Fine"\n"2" "bo" "No"\n', "Fine - 1|No - 2"),
    "a source below": ("c.csv", "author,text\nal,Fine\nbo,No\n\n,Source: a forum\n", "Fine - 1|No - 2"),
    "texts side by side": (
        "c.csv", "name,Comment 1,Comment 2\nal,Fine,No\nbo,So,\n", "Fine - 1|No - 1|So - 2",
        "Each cell of 2 columns was read as a comment of its own"),
    "a long question": (
        "c.csv", "author,text,How often do you go to the market hall on a Saturday?\nal,Fine,2\nbo,No,0\n",
        "Fine - 1|No - 2", "dropped: How often do you go to the market hall…"),
    **{status: ("c.csv", f"author,text,{status}\nal,Fine,approved\nbo,No,rejected\n", "Fine - 1")
       for status in ("message_status", "Moderation status", "comment_state")},
    "Comentario, whose people are beside the comments": ("c.json", {
        "commenters": [{"id": "k1", "name": "Ann Lee"}, {"id": "k2", "name": "Bo Roe"}],
        "comments": [{"id": "7", "parentId": None, "html": "Fine", "userCreated": "k1"},
                     {"id": "8", "parentId": "7", "html": "No, Ann Lee", "userCreated": "k2"}]},
        "Fine - 1|No,_Reader_01 1 2"),
    "the comment that an answer to an answer is for": ("c.json", {"data": {"comments": [
        {"id": "7", "content": "Fine", "user_info": {"nickname": "al"}, "sub_comments": [
            {"id": "8", "content": "No", "user_info": {"nickname": "bo"}, "target_comment": {"id": "7"}},
            {"id": "9", "content": "So", "user_info": {"nickname": "cy"}, "target_comment": {"id": "8"}}]}]}},
        "Fine - 1|No 1 2|So 2 3"),
    "backslashes": ("c.csv", 'author,text\nal,"A \\"fine\\" C:\\one, yes"\n', 'A_"fine"_C:\\one,_yes - 1'),
    "numbers in the names of columns": ("c.csv", "author,text 1/2/3\nal,Fine\n", "Fine - 1"),
    "marks between tabs": ("c.tsv", 'author\ttext\nal\t"Fine" it is\nbo\t"No\n', '"Fine"_it_is - 1|"No - 2'),
    "lines in marks": ("c.csv", '"author,text"\n"al,Fine"\n"bo,""No, no"""\n', "Fine - 1|No,_no - 2"),
    "rows above the names": ("c.csv", "Comments of https://x.org/x\nExported,2024\n\nid,author,comment\n1,Al,Fine\n2,Bo,No\n",
        "Fine - 1|No - 2", "Rows above the column names were skipped: rows 1, 2."),
    "rows above the names in a sheet": (
        "c.xlsx", book([["T"], [], ["id", "Comment", "Name"], [1, "Fine_x000D_\nplan", "Al"]]), "Fine\nplan - 1"),
    "an escaped sign in a sheet": (
        "c.xlsx", book([["id", "text", "name"], [1, "See_x005F_x000D_and_x000D_it", "Al"]]), "See_x000D_and\nit - 1"),
    "numbers of rows of two tables": ("c.csv", "Unnamed: 0,author,text\n0,al,Fine\n1,bo,No\n0,cy,So\n",
        "Fine - 1|No - 2|So - 3"),
    "two rows of names": (
        "c.csv", "Comment,,User,\nid,text,name,likes\n1,Fine,Ann,3\n2,No,Bob,4\n", "Fine - 1 3|No - 2 4"),
    "names of columns in two languages": (
        "c.csv", "id,parent,author,text\nNr.,Eltern,Autor,Kommentar\n1,,al,Fine\n2,1,bo,No\n", PAIR),
    "TRUE in German": ("c.csv", "author;text;gelöscht\nal;Fine;FALSCH\nbo;No;WAHR\n", "Fine - 1"),
    "line ends of Windows in a cell": ("c.csv", 'author,text\r\nal,"Fine\r\nplan"\r\n', "Fine\nplan - 1"),
    "a kind that is no note": ("c.csv", "author,text,type\nal,Fine,systematic\nbo,No,anecdotal\n", "Fine - 1|No - 2"),
    "Disqus in a table": (
        "c.csv", "Post ID,Thread,Parent,Name,Message\n71,t,,al,Fine\n72,t,71,bo,No\n", PAIR),
    "in response to": ("c.csv", "comment_id,user_display_name,in_response_to,body\n1,al,,Fine\n2,bo,1,No\n", PAIR),
    "the sheet that names a text": (
        "c.xlsx", book([["Comments", "Likes"], [2, 3]], [["author", "text"], ["al", "Fine"], ["bo", "No"]], hidden=2),
        "Fine - 1|No - 2", "Only sheet 2 of 2 was read", "Hidden rows"),
    **{f"merged {cells}": ("c.xlsx", book(rows, merged=cells), expected) for rows, cells, expected in (
        ([["author", "text"], ["al", "Fine"], ["", "So"], ["bo", "No"]], "A2:A3", "Fine - 1|So - 1|No - 2"),
        ([["author", "text"], ["al", "Fine"], ["", ""], ["bo", "No"]], "A2:A3 B2:B3", "Fine - 1|No - 2"),
        ([["id", "author", "text", "likes"], [7, "al", "Fine", 3], ["", "bo", "No", ""]], "A2:A3 D2:D3",
         "Fine - 1 3|No - 2"),
        ([["author", "text", "k"], ["al", "Fine", "x"], ["al", "", "y"], ["bo", "No", "z"]], "B2:B3",
         "Fine - 1|No - 2"))},
    **{encoding: ("c.csv", "text\nIt isn’t over, café\n".encode(encoding), "It_isn’t_over,_café - -")
       for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")},
    "halves of emoji, packed": (
        "c.jsonl.gz", gzip.compress(b'{"text": "fire \\ud83d\\udd25 half \\ud83d", "author": "x"}\n'),
        "fire_🔥_half_\ufffd - 1"),
    "ids that begin anew": (
        "c.csv", "id,parent,author,text,article_title\n1,,al,Fine,A\n2,1,bo,No,A\n1,,cy,So,B\n2,1,al,Hm,B\n",
        "Fine - 1|No 1 2|So - 3|Hm 3 1", "Ids start again"),
    "names in JSON in a cell": (
        "c.csv", "id,author,text\n1,\"{\"\"name\"\": \"\"Mira Kowal\"\", \"\"id\"\": 3}\",Fine\n"
        "2,{'name': 'Jo Berg'},No Mira Kowal\n", "Fine - 1|No_Reader_01 - 2"),
    "bots and pings": (
        "c.csv", "comment_ID,comment_author,comment_content,comment_type\n1,AutoModerator,Be kind,comment\n"
        "2,Al,Fine,comment\n3,Blog,[...],pingback\n4,Bo,I am a bot. This action was performed automatically.,\n"
        "5,Cy,Old blog,trackback\n", "Fine - 1", "bot: 2 (rows 2, 5)", "pingback: 1 (row 4)", "trackback: 1 (row 6)"),
    # JSON as programs leave it
    "parents of Reddit in base 10": ("c.jsonl", "\n".join(map(json.dumps, IN_BASE_10)), PAIR),
    "texts of Telegram in pieces": ("c.json", {"name": "A", "messages": [
        {"id": 1, "type": "message", "date": "2024-05-02T10:00:00", "from": "Al", "text": "",
         "text_entities": [{"type": "plain", "text": "Fine"}]}]}, "Fine - 1"),
    **{f"readers known by {field} alone": (
        "c.json", [{"text": "Fine", field: who[0]}, {"text": "No", field: who[1]}, {"text": "So", field: who[0]}],
        "Fine - 1|No - 2|So - 1", "WARNING: No names of commenters were found in this file")
       for field, who in (("user_id", ("u7656", "u7657")), ("author", ({"steamid": "76561"}, {"steamid": "76562"})))},
    "all held": ("c.json", HELD, "Fine - 1|No - 2", "All comments are marked as not approved"),
    "one held": ("c.json", [HELD[0], {**HELD[1], "approved": True}], "No - 1"),
    "pages in a row": ("c.json", json.dumps({"comments": TWO[:1]}) + json.dumps({"comments": TWO[1:]}), PAIR),
    "comma lines": ("c.json", ",\n".join(map(json.dumps, TWO)) + ",\n", PAIR),
    "a last comma": ("c.json", DUMP[:-1] + ",\n]\n", PAIR),
    "rows of a list": (
        "c.json", [["id", "author", "text", "parent"], [1, "al", "Fine", None], [2, "bo", "No", 1]], PAIR),
    "requests of a browser": ("c.har", {"log": {"entries": [
        {"request": {}, "response": {"content": {"text": each}}} for each in ("var a", DUMP)]}}, PAIR),
    **{way: ("c.js", way.replace("@", DUMP), PAIR) for way in (
        "cb(@);", "/**/jQuery1_2(@)", "export default @;", "module.exports = @", "// made by x\n@")},
    "JSON as a string": ("c.json", json.dumps(DUMP), PAIR),
    "JSON.parse": ("c.js", f"window.__DATA__ = JSON.parse({json.dumps(DUMP)});", PAIR),
    "a table of a database": ("c.json", [{"type": "header", "comment": "x"}, {"type": "table", "name": "c", "data": [
        {"comment_ID": "1", "comment_author": "al", "comment_content": "Fine", "comment_parent": "0"},
        {"comment_ID": "2", "comment_author": "bo", "comment_content": "No", "comment_parent": "1"}]}], PAIR),
    "JSON:API": ("c.json", {"data": [
        {"id": "a", "attributes": {"name": "al", "comment_body": {"value": "Fine"}}, "relationships": {"pid": {}}},
        {"id": "b", "attributes": {"name": "bo", "comment_body": {"value": "No"}},
         "relationships": {"pid": {"data": {"type": "comment", "id": "a"}}}}]}, PAIR),
    "versions": ("c.jsonl", "".join(json.dumps(
        {"id": own, "author": own, "parentID": above, "revisions": [{"body": "x"}, {"body": text}]}) + "\n"
        for own, above, text in (("a", None, "Fine"), ("b", "a", "No"))), PAIR),
    "posts inside lines": ("c.jsonl", '{"type": "version", "version": 1}\n' + json.dumps({"type": "post", "post": {
        "user": "al", "message": "Fine", "replies": [{"user": "bo", "message": "No"}]}}), PAIR),
    "cards are no chat": ("c.json", {"actions": [{"id": "a", "type": "commentCard", "date": "2024-05-01",
        "data": {"text": "Fine"}, "memberCreator": {"username": "al"}}]}, "Fine - 1"),
    "no votes beside a score": ("c.json", [{"text": "Fine", "user": "al", "votes": {}, "score": 3}], "Fine - 1 3"),
    **{f"{way} of Facebook with comments": ("c.json", content, expected) for way, content, expected in (
        ("post", GRAPH, PAIR), ("list of posts", {"data": [GRAPH, {"id": "10_21", "message": "Hm"}]}, PAIR + "|Hm - -"),
        ("comment", GRAPH["comments"]["data"][0], PAIR))},
    "answers of Stack Exchange": ("c.json", {"items": [{"owner": ANN, "answer_id": 81, "body": "Fine", "comments": [
        {"owner": BOB, "post_id": 81, "comment_id": 91, "body": "No"}]}]}, PAIR),
    "people who like it, by their ids": ("c.json", [{**AL, "likes": ["u2", "u3"]}], "Fine - 1 2"),
    "a text as Markdown beside none as HTML": ("c.json", [{"user": "al", "html": "", "markdown": "Fine"}], "Fine - 1"),
    "people and answers by other names": ("c.json", [{"commentId": "7", "user": {"nick": "annq"}, "content": "Fine"},
        {"commentId": "8", "user": {"nick": "bo"}, "content": "No annq", "replyTo": {"commentId": "7"}}],
        "Fine - 1|No_Reader_01 1 2"),
    "numbers in an object": ("c.json", [{**AL, "metrics": {"like_count": 3, "reply_count": 1}}], "Fine - 1 3"),
    "an object around each": ("c.json", [{"Id": "1_6", "Data": {"UserName": "al", "Text": "Fine", "Replies": [
        {"UserName": "bo", "Text": "No"}]}}], PAIR),
    "no reactions": ("c.json", [{"text": "Fine", "user": "al", "reactions": []}], "Fine - 1 0"),
    "bots and notes of chats": ("c.json", [{"text": "Fine", "user": "al"}, *(
        {"text": "x", "user": "x", key: value} for key, value in (
            ("subtype", "bot_message"), ("subtype", "systemEventMessage"), ("status", "SPAM_COMMENT")))], "Fine - 1"),
    "notes by their kind": ("c.json", [{"text": "x", "user": "x", "messageType": "systemEventMessage"},
                                       {"text": "Fine", "user": "al", "messageType": "message"}], "Fine - 1"),
    "published or not": ("c.csv", "author,text,date,published\nal,Fine,2024-05-01,1\nbo,No,2024-05-01,0\n", "Fine - 1"),
    # questions, programs and people that name columns and rows in ways of their own
    "an outline beside a yes": ("c.csv", "#,Name,Comment,Is a reply\n1,al,Fine,no\n1-1,bo,No,yes\n", PAIR),
    "a handle beside a name": ("c.csv", "id,user_screen_name,text,to_tweetid,user_name\n1,annq,Fine,,Ann Lee\n"
                               "2,bo,No @annq,1,Bo Roe\n", "Fine - 1|No_@Reader_01 1 2"),
    "ID_Post": ("c.csv", "ID_Post,ID_Parent_Post,ID_User,Body,PositiveVotes\n7,,a1,Fine,3\n8,7,b2,No,0\n",
                "Fine - 1 3|No 1 2 0"),
    "NA of R": ("c.csv", '"","author","text"\n"1","al","Fine"\n"2",NA,"No"\n', "Fine - 1|No - -"),
    "mentions of XenForo and vBulletin": (
        "c.csv", "user,text\nannq,Fine\nbo,No [USER=5]@annq[/USER]\nbo,So [MENTION]annq[/mention] [b]it[/b]\n",
        "Fine - 1|No_@Reader_01 - 2|So_@Reader_01_[b]it[/b] - 2"),
    "a question": ("c.csv", 'Timestamp,"What is your comment on it, please?",Name\n,Fine plan,al\n', "Fine_plan - 1"),
    "numbers of questions": ("c.csv", "CASE;V1_NAME;V2_COMMENT\n1;al;Fine\n2;bo;No\n", "Fine - 1|No - 2"),
    "a recipient beside a sender": (
        "c.csv", "sender,recipient_first_name,message\nal,Mira,Fine\nal,Jo,No\n", "Fine - 1|No - 1"),
    "recipients of a survey": ("c.csv", "RecipientLastName,RecipientFirstName,Comment\nKowal,Mira,Fine\nBerg,Jo,No\n",
                               "Fine - 1|No - 2"),
    "a table of Markdown": ("c.txt", "| author | text |\n| --- | :-- |\n| al | Fine |\n| bo | No |\n",
                            "Fine - 1|No - 2"),
    "a table of psql": ("c.txt", " author | text\n--------+------\n al     | Fine\n bo     | No\n", "Fine - 1|No - 2"),
    "posts and comments by type": ("c.jsonl", "\n".join(map(json.dumps, [
        {"type": "post", "id": 9, "title": "T", "body": "The town", "author": "zed"},
        {"type": "comment", "id": 7, "parent_id": 9, "body": "Fine", "author": "al"},
        {"type": "comment", "id": 8, "parent_id": 7, "body": "No", "author": "bo"}])), PAIR),
    "a cell that says Comment": (
        "c.csv", "ID,Author/Name,Body/en,Depth,Type\n1,al,Fine,0,Post\n2,bo,No,1,Comment\n", PAIR),
    "some readers known by id": ("c.xml", '<comments><row Id="1" Text="Fine" UserId="5"/><row Id="2" Text="No" '
                                 'UserDisplayName="Bob"/><row Id="3" Text="So" UserId="5"/></comments>',
                                 "Fine - 1|No - 2|So - 1"),
    "handles beside ids": ("c.json", [{"id": 7, "text": "Fine", "handle": "al", "owner_id": "5"},
        {"id": 8, "text": "No", "handle": "", "owner_id": "6"}], "Fine - 1|No - 2"),
    "reactions one by one": ("c.json", [{**AL, "reactions": [{"type": "like"}, {"type": "wow"}]}], "Fine - 1 2"),
    "replies as ids": ("c.json", [{"id": 7, **AL, "replies": [8]}, {"id": 8, **CY, "replies": []}], PAIR),
    "replies by id": ("c.json", {"comments": {"c7": {**AL, "replies": {"c8": {**CY, "replies": {}}}}}}, PAIR),
    "headings of users": ("c.csv", "User_NM,COMMENT_TXT,publishDate,Kudos received\nal,Fine,2024-05-01,1\n"
        "bo,No,2024-05-01,2\n", "Fine - 1 1|No - 2 2"),
    "headings of forms": ("c.csv", "Nome e cognome,Comment (English),commentedAt\nal,Fine,2024-05-01\n"
        "bo,No,2024-05-01\n", "Fine - 1|No - 2"),
    "headings of French forms": ("c.csv", "Écrit par,Commentaire\nal,Fine\nbo,No\n", "Fine - 1|No - 2"),
    "ids of entries": ("c.csv", "Reader,entry_id,parent_entry_id,Comment\nal,7,,Fine\nbo,8,7,No\n", PAIR),
    "replies in objects": ("c.json", [{"comment": AL, "replies": [{"reply": CY}]}], PAIR),
    "attributes in XML": ("c.xml", "<thread><comment id='7'><user name='al'/><text>Fine</text></comment>"
        "<comment id='8' parent='7'><user name='bo'/><text>No</text></comment></thread>", PAIR),
    "no values, as Rails writes them": ("c.xml", "<comments><comment><id>7</id><name>al</name><body>Fine</body>"
        "<likes nil='true'/></comment><comment><id>8</id><parent-id>7</parent-id><name>bo</name><body>No</body>"
        "<likes nil='true'/></comment></comments>", PAIR),
    "answers without names": ("c.json", [{"author": "al", "posted": "2024-05-01", "text": "Fine",
        "answers": [{"text": "No"}], "followups": ["So it is"], "tags": ["a b"]}], "Fine - 1|No 1 -|So_it_is 1 -"),
    "answers to comments or articles": (
        "c.csv", "id,text,author,depth,commentable_id,commentable_type\n9,Hm,di,0,7,Decidim::Proposals::Proposal\n"
        "7,Fine,al,0,7,Decidim::Proposals::Proposal\n8,No,bo,1,7,Decidim::Comments::Comment\n",
        "Hm - 1|Fine - 2|No 2 3"),
    "levels of nesting": ("c.csv", "user,comment,nesting\nal,Fine,0\nbo,No,1\n", PAIR),
    "reactions in an object": ("c.json", [{**AL, "reactions": {"results": [{"count": 3}, {"count": 1}]}}],
                               "Fine - 1 4"),
    "choices of a poll in comments": ("c.json", [
        {"id": own, **AL, "options": {"1": {"text": "Yes"}, "2": {"text": "No"}}} for own in (1, 2)],
        "Fine - 1|Fine - 1"),
    "a video that answers a comment": ("c.json", [
        {"id": 1, "type": "comment", "text": "Fine", "author": "al"},
        {"id": 2, "type": "video", "text": "No", "author": "bo", "parent_id": 1}], PAIR),
    "a caption beside comments": ("c.json", {"media": {"caption": {"edges": [{"node": {"text": "The town"}}]},
        "parent_comments": {"edges": [{"node": {"id": 7, **AL}}]}}}, "Fine - 1"),
    # objects in cells, and answers side by side
    "an object per cell": ("c.csv", "about,payload\n" + "".join(
        f'x,"{json.dumps(each).replace(chr(34), chr(34) * 2)}"\n' for each in TWO), PAIR),
    "an object of a platform per cell": ("c.csv", "about,payload\n" + "".join(
        f"""x,"{{'commentID': {own}, 'parentID': {above}, 'commentBody': '{text}', 'userDisplayName': '{who}'}}"\n"""
        for own, above, text, who in ((1, 0, "Fine", "al"), (2, 1, "No", "bo"))), PAIR),
    "an object beside a text": (
        "c.csv", "author,text,quoted\nal,Fine,\nbo,No,\"{'id': 7, 'text': 'x', 'user': 'cy'}\"\n", "Fine - 1|No - 2"),
    "replies side by side": ("c.csv", "author,comment,reply1,reply2\nal,Fine,No,So\nbo,Hm,,\n",
                             "Fine - 1|No 1 -|So 1 -|Hm - 2"),
    "replies with names": ("c.csv", "comment_author,comment_text,reply_1_author,reply_1_text\nal,Fine,bo,No\n", PAIR),
    "numbers of replies": ("c.csv", "author,text,reply 1,reply 2\nal,Fine,1,2\nbo,No,0,3\n", "Fine - 1|No - 2"),
    "no totals": ("c.csv", "author,text,reply_to\nal,Fine,\nTotal,No,\n", "Fine - 1|No - 2"),
    "totals": ("c.csv", "id,author,text,likes\n1,al,Fine,3\n2,bo,No,0\nTotal,,2 comments,3\n", "Fine - 1 3|No - 2 0"),
    "half numbers": ("c.csv", "author,text,likes\nal,Fine,3,0\nbo,No,12,0\n", "Fine - 1 3|No - 2 12"),
    "half numbers before the text": ("c.csv", "author,stars,text\nal,4,5,Fine\nbo,3,0,No\n", "Fine - 1|No - 2"),
    # XML
    "a database in XML": ("c.xml", "<db><table name='c'><column name='id'>1</column><column name='author'>al</column>"
        "<column name='body'>Fine</column></table><table name='c'><column name='id'>2</column><column name='author'>bo"
        "</column><column name='body'>No</column><column name='parent_id'>1</column></table></db>", PAIR),
    "Blogger in Takeout": ("c.atom", "<feed>" + "".join(
        f"<entry><id>b.post-{own}</id><type>{kind}</type><parent>b.post-9</parent>{more}<content>{text}</content>"
        f"<author><name>{who}</name></author></entry>" for own, kind, more, text, who in (
            (9, "POST", "", "x", "zed"), (1, "COMMENT", "", "Fine", "al"),
            (2, "COMMENT", "<inReplyTo>b.post-1</inReplyTo>", "No", "bo"))) + "</feed>", PAIR),
    "attributes of XML": (
        "c.xml", '<t><comment id="1" author="al">Fine</comment><comment id="2" parent="1" author="bo">No</comment></t>',
                          PAIR),
    "replies in XML": ("c.xml", "<t><comment><id>1</id><author>al</author><text>Fine</text><replies><comment><id>2</id>"
                       "<author>bo</author><text>No</text></comment></replies></comment></t>", PAIR),
    "lists by parent": ("c.json", {"comments": {"0": [{"id": 1, "author": "al", "content": "Fine"}],
        "1": [{"id": 2, "author": "bo", "content": "No", "parent": 1}]}}, PAIR),
    "replies as JSON in a text": ("c.json", [{**AL, "id": 1, "replies": json.dumps([{**CY, "id": 2}])}], PAIR),
    **{f"columns in {name}, the day first": (
        "c.csv", f"{header}\n1;;al;01/05/2024 10:00;Fine;4\n2;1;bo;01/05/2024;No;0\n",
        "Fine - 1 4|No 1 2 0", "with the day first") for name, header in (
            ("French", "Identifiant;Réponse à;Nom de l'auteur;Posté le;Commentaire;J’aime"),
            ("Spanish", "Identificador;Respuesta a;Remitente;Fecha;Mensaje;Votos positivos"),
            ("Portuguese", "Número;Resposta a;Usuário;Criado em;Opinião;Gostos"),
            ("Italian", "Identificativo;In risposta a;Nome dell'autore;Inviato il;Testo;Voti"),
            ("Dutch", "Volgnummer;Reactie op;Afzender;Tijdstip;Opmerking;Duimpjes"))},
    **{f"the year is first where a text is called {text}": (
        "c.csv", f"name,date,{text}\nal,03/04/2024,Fine\nbo,05/04/2024,No\n", "Fine - 1|No - 2",
        "Dates such as 03/04/2025 are missing") for text in ("コメント", "댓글", "评论")},
    **{f"columns in {name}, by other words": ("c.csv", f"{header}\n1,,al,2024-05-01,Fine,4\n2,1,bo,2024-05-01,No,0\n",
        "Fine - 1 4|No 1 2 0") for name, header in (
            ("German", "Kommentarnummer,Antwort auf,Verfasst von,Verfasst am,Leserkommentar,Stimmen"),
            ("Polish", "Identyfikator,Komentarz nadrzędny,Podpis,Dodano,Wypowiedź,Głosy"),
            ("Russian", "Идентификатор,Родительский комментарий,Ник,Опубликовано,Сообщение,Голоса"),
            ("Japanese", "番号,返信元,氏名,投稿時間,感想,高評価数"),
            ("Chinese", "序号,父级ID,网友,发布日期,评价内容,获赞数"),
            ("English", "Comment no.,Response to,Written by,Date posted,User comment,Helpful votes"))},
    **{f"columns in {name}, without accents": (
        "c.csv", f"{header}\n1,,al,2024-05-01,Fine,4\n2,1,bo,2024-05-01,No,0\n", "Fine - 1 4|No 1 2 0")
       for name, header in (
            ("Spanish", "codigo,respuesta_a,nombre_usuario,fecha_publicacion,opinion,votos"),
            ("Portuguese", "numero,resposta_a,pseudonimo,data_de_publicacao,opiniao,curtidas"),
            ("French", "numero,reponse_a,nom_de_l_auteur,redige_le,commentaire,j_aime"),
            ("Polish", "identyfikator,odpowiedz_na,nazwa_uzytkownika,napisano,wypowiedz,polubien"))},
    "reply_level": ("c.csv", "user,reply_level,comment\nal,0,Fine\nbo,1,No\ncy,2,So\ndi,0,Ah\n",
                    "Fine - 1|No 1 2|So 2 3|Ah - 4"),
    "comments and replies by type": (
        "c.csv", "Type,Author,Text\nComment,al,Fine\nReply,bo,No\nReply,cy,So\nComment,di,Ah\n",
        "Fine - 1|No 1 2|So 1 3|Ah - 4"),
    "types that begin with a reply": ("c.csv", "Type,Author,Text\nReply,al,Fine\nComment,bo,No\n", "Fine - 1|No - 2"),
    **{f"articles in a list of {kind}": (
        "c.json", {kind: [{"headline": "One", "comments": [AL]}, {"headline": "Two", "comments": [CY]}]},
        "Fine - 1|No - 2", "comments on 2 articles", "One (1); Two (1)") for kind in ("articles", "stories", "videos")},
    "reviews of products, with their names and ids": ("c.csv", "id,name,reviews.date,reviews.numHelpful,reviews.text,"
        "reviews.username\nA1,Kettle,2024-05-01,4,Fine,Mira Kowal\nA1,Kettle,2024-05-02,0,No Mira,Jo Berg\n"
        "A1,Kettle,2024-05-03,1,The Kettle leaks,Jo Berg\n", "Fine - 1 4|No_Reader_01 - 2 0|The_Kettle_leaks - 2 1"),
    "ids of products": ("c.csv", "id,user,review\n7,al,Fine\n7,bo,No\n7,cy,So\n8,di,Oh\n8,ed,Ah\n8,fy,Hm\n",
                        "Fine - 1|No - 2|So - 3|Oh - 4|Ah - 5|Hm - 6"),
    **{f"indented by {step!r}": ("c.csv", f"user,comment\nal,Fine\nbo,{step}No\ncy,{2 * step}So\ndi,{step}Oh\ned,Ah\n",
                                 "Fine - 1|No 1 2|So 2 3|Oh 1 4|Ah - 5", "Indented texts were read as replies")
       for step in ("  ", "    ", "\t")},
    "a stray space": ("c.csv", "user,comment\nal,Fine\nbo, No\ncy,So\n", "Fine - 1|No - 2|So - 3"),
    "two stray spaces": ("c.csv", "user,comment\nal,Fine\nbo,  No\ncy,So\n", "Fine - 1|No - 2|So - 3"),
    "paragraphs indented beside parents": ("c.csv", "id,parent,user,comment\n1,,al,Fine\n2,,bo,  No\n3,,cy,  So\n",
                                           "Fine - 1|No - 2|So - 3"),
    "texts of objects indented": ("c.json", [{"user": "al", "comment": "Fine"}, {"user": "bo", "comment": "  No"},
                                             {"user": "cy", "comment": "  So"}], "Fine - 1|No - 2|So - 3"),
    **{f"names beside {name}": (
        "c.csv", f"{header}\nMira Kowal,Fine,x\nJo Berg,No Mira,y\n", "Fine - 1|No_Reader_01 - 2") for name, header in (
            ("ids called names", "author,data.text,data.name"), ("a device", "author,body.text,body.from"),
            ("a program", "user.name,comment.body,comment.by"))},
    "names beside nicknames": ("c.csv", "author,reviews.text,reviews.username\nMira Kowal,Fine,a\nJo Berg,No Kowal,b\n",
                               "Fine - 1|No_Reader_03 - 2"),
    "ids rounded to one": ("c.csv", "id,user,text\n7.05E+18,al,Fine\n7.05E+18,bo,No\n7.05E+18,cy,So\n",
                           "Fine - 1|No - 2|So - 3", "id rounded by a spreadsheet"),
    "stray spaces": ("c.csv", "user,comment\nal,Fine\nbo,   No\ncy,  So\n", "Fine - 1|No - 2|So - 3"),
    **{f"a survey that asks {asked}": ("c.csv", f"When,Your name,{asked},Town of residence\n{above}"
        "2024-05-01,Mira Kowal,It is a fine plan for all of us,New Leeds\n2024-05-02,Jo Berg,No Mira,York\n",
        "It_is_a_fine_plan_for_all_of_us - 1|No_Reader_01 - 2", f"answers in {asked}") for asked, above in (
            ("What should be done about the bridge?", ""), ("Please say what the bridge is to you", ""),
            ("Q2", 'When,Name,What should be done?,Town\n"{""ImportId"":""a""}",,"{""ImportId"":""QID2_TEXT""}",\n'))},
    "answers within answers that have none": ("c.json", {"data": {"commentCount": 2, "data": [
        {"id": "a", "by_nickname": "Al", "content": "Fine", "replies": {"commentCount": 1, "data": [
            {"id": "b", "by_nickname": "Bo", "content": "No", "replies": {"commentCount": 0, "data": []}}]}}]}}, PAIR),
    "a form's columns": ("c.csv", "First name,Last name,Submission,_submission_time\nMira,Kowal,Fine by me,2024-05-01 "
        "10:00:00\nJo,Berg,No Mira,2024-05-01 11:00:00\n", "Fine_by_me - 1|No_Reader_01 - 2"),
    "ids that only the answers to them show": (
        "c.csv", "ref,user,comment,reply to\n7,al,Fine,\n8,bo,No,7\n9,cy,So,8\n", "Fine - 1|No 1 2|So 2 3"),
    "two columns of parents, one empty": ("c.csv", "nr,parent nr,comment id,parent id,user,comment\n"
        "1,,71,,al,Fine\n2,,72,71,bo,No\n3,,73,72,cy,So\n", "Fine - 1|No 1 2|So 2 3"),
    "ids of answers to a survey": ("c.csv", "id. Antwort ID;submitdate. Abgeschickt am;name. Ihr Name;Q1. Meinung\n"
        "1;2024-05-01 10:00:00;al;Fine\n2;2024-05-01 11:00:00;bo;No\n3;2024-05-02 10:00:00;cy;So\n",
        "Fine - 1|No - 2|So - 3"),
    "names below an unusual heading": ("c.csv", "wer,text\nMira Kowal,Fine\nJo Berg,No Mira\nmk77,So\n",
                                       "Fine - 1|No_Reader_01 - 2|So - 3", "names were taken from wer"),
    "numbers of likes": ("c.csv", "User,Comment,No. of likes\nal,Fine,3\nbo,No,4\n", "Fine - 1 3|No - 2 4"),
    "people whom the texts are about": ("c.csv", "candidate,text\nMira Kowal,Fine\nJo Berg,No Mira\n",
                                        "Fine - -|No_Mira - -"),
    "names that are repeated too often": ("c.csv", "kandidat,text\n" + 5 * "Mira Kowal,Fine Mira\nJo Berg,No\n",
                                          "|".join(["Fine_Mira - -", "No - -"] * 5)),
    "a long column beside short comments": ("c.csv", "user,comment,Full title of the linked article\nal,Fine,The town "
        "has voted on the plan for the bridge\nbo,No,x\n", "Fine - 1|No - 2"),
    "places, which are no names": ("c.csv", "location,text\nNew York,Fine\nLos Angeles,No\n", "Fine - -|No - -"),
    "an empty column of comments on coded texts": ("c.csv", "Code,Comment,Segment,Created by,Created\n"
        "a,,It is a fine plan for all of us,x,2024-05-01\nb,,No,x,2024-05-02\n",
        "It_is_a_fine_plan_for_all_of_us - -|No - -"),
    "a name that is called a text in a survey": ("c.csv", "StartDate,Q2,Q3_TEXT\n2024-05-01,It is a fine plan for all "
        "of the town,x\n2024-05-02,No,y\n", "It_is_a_fine_plan_for_all_of_the_town - -|No - -", "answers in Q2"),
    "texts called descriptions": ("c.csv", "pubdate,author,title,description\n2024-05-01,al,Re: plan,It is a fine plan "
        "for all of us\n2024-05-02,bo,Re: plan,No\n", "It_is_a_fine_plan_for_all_of_us - 1|No - 2"),
    "sheets with the same column names": (
        "c.xlsx", book([["Week 1"], ["No", "User", "Comment", "Likes"], [1, "al", "Fine", 3], [2, "bo", "No", 4]],
                       [["Week 2"], ["No", "User", "Comment", "Likes"], [1, "cy", "So", 5]], [["x", "y"], [1, 2]]),
        "Fine - 1 3|No - 2 4|So - 3 5", "2 of 3 sheets have the same column names"),
    "a sheet with rows of an earlier one": (
        "c.xlsx", book([["Id", "User", "Comment"], [1, "al", "Fine"], [2, "bo", "No"], [3, "cy", "So"]],
                       [["Id", "User", "Comment"], [3, "cy", "So"], [1, "al", "Fine"], [4, "di", "Well"]]),
        "Fine - 1|No - 2|So - 3|Well - 4", "Rows of sheet 2 that an earlier sheet has as well were left out: 2."),
    "equal comments without ids in two sheets": (
        "c.xlsx", book(*2 * [[["User", "Comment"], ["al", "Fine"]]]), "Fine - 1|Fine - 1"),
    "a table below its title, with the texts under what they wrote": (
        "c.csv", "My class,,\nWho,When,What they wrote\nal,2024-05-01,Fine\nbo,2024-05-02,No\n", "Fine - 1|No - 2"),
    "a table whose texts have no known name": (
        "c.csv", "My class,,,\nNo,Who,When,xyz\n1,al,2024-05-01,It is a fine plan for all of us\n2,bo,2024-05-02,No\n",
        "It_is_a_fine_plan_for_all_of_us - 1|No - 2"),
    "a server's message around comments": ("c.json", {"code": 1, "message": "It is done", "result": {"list": [
        {"no": 1, "up": 1, "user": "al", "text": "Fine"}, {"no": 2, "up": 1, "user": "bo", "text": "No"}]}},
        "Fine - 1|No - 2"),
    "people beside the comments of each page": ("c.jsonl", "".join(json.dumps({
        "data": [{"id": str(n), "text": text, "author_id": f"u{n}", "created_at": "2024-05-01T10:00:00Z"}],
        "includes": {"users": [{"id": f"u{n}", "name": name, "username": name[:2]}]}}) + "\n"
        for n, name, text in ((1, "Mira Kowal", "Fine"), (2, "Jo Berg", "No Mira"))), "Fine - 1|No_Reader_01 - 2"),
    "people by number": ("c.json", {
        "messages": [{"id": 1, "sender": 7, "text": "Fine"}, {"id": 2, "sender": 8, "text": "No Mira"}],
        "users": [{"id": 7, "full_name": "Mira Kowal"}, {"id": 8, "full_name": "Jo Berg"}]},
        "Fine - 1|No_Reader_01 - 2"),
    "names with endings": ("c.csv", "Järjestysnro,Kirjoittajan nimi,Kommentin teksti,Vastaus kommenttiin,Tykkäyksiä\n"
        "1,al,Fine,,3\n2,bo,No,1,4\n3,cy,So,1,5\n", "Fine - 1 3|No 1 2 4|So 1 3 5"),
    "words that only begin as names": ("c.csv", "text,authority,creations\nFine,al,2024-05-01\nNo,bo,2024-05-02\n",
                                       "Fine - -|No - -"),
    "names in small keys": ("c.json", [
        {"id": 1, "text": "Fine", "user": {"username": "mk", "displayname": "Mira Kowal"}},
        {"id": 2, "text": "No Kowal", "user": {"username": "jo", "displayname": "Jo Berg"}}],
        "Fine - 1|No_Reader_01 - 2"),
    "none approved, and some deleted": ("c.json", [
        {"user": "al", "text": "Fine", "status": 0}, {"user": "bo", "text": "No", "status": 0},
        {"user": "cy", "text": "So", "status": 0, "deleted": True}], "Fine - 1|No - 2", "deleted: 1"),
    "UTF-8 read as Latin-1": ("c.csv", "author,text\nal,caf\xc3\xa9\nbo,\xe2\x80\x99s\n", "café - 1|’s - 2"),
    "UTF-8 read as Windows-1252": ("c.csv", "author,text\nal,cafÃ©\nbo,â€™s\n", "café - 1|’s - 2"),
    "no UTF-8 read as Latin-1": ("c.csv", "author,text\nal,cafÃ©\nbo,é\n", "cafÃ© - 1|é - 2"),
    **{f"UTF-8 with {text}": ("c.csv", f"author,text\nal,{text}\nbo,no\n", f"{text} - 1|no - 2")
       for text in ("Spaß…", "LIBERTÉ…", "CAFÉ’S", "FORÊ\xa0!")},
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.filterwarnings("ignore:WARNING. no comment was kept:UserWarning")
@pytest.mark.parametrize("kind", EXPORTS)
def test_comments_of_programs_and_people_are_read(kind: str, tmp_path: Path) -> None:
    check_export(kind, EXPORTS[kind], tmp_path)


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", "k,What's it?\nx,It is a fine plan\ny,No way\n"),
        (  # SurveyMonkey, Google Forms and Qualtrics, whose further header rows are not comments
            "c.csv",
            "Respondent ID,Start Date,First Name,What do you think of the plan for the new bridge?\n"
            ",,,Open-Ended Response\n1,05/13/2024 10:00,Jane,It is a fine plan\n2,05/14/2024 10:00,Tom,No way\n",
        ),
        (
            "c.csv",
            "Timestamp,What do you think of the plan?,Your name (optional)\n"
            "2024/05/01 10:00:00 AM GMT+2,It is a fine plan,Jane Roe\n2024/05/02 9:05:00 PM GMT+2,No way,\n",
        ),
        (
            "c.csv",
            "StartDate,RecipientLastName,Q1\nStart Date,Recipient Last Name,What do you think?\n"
            '"{""ImportId"":""startDate""}","{""ImportId"":""last""}","{""ImportId"":""QID1_TEXT""}"\n'
            "2024-05-01,Roe,It is a fine plan\n2024-05-02,,No way\n",
        ),
        ("c.csv", 'k;What is it, in "short"?\nx;It is a fine plan\ny;No way\n'),
        ("c.json", {"rows": [{"k": {"blurb": "It is a fine plan"}}, {"k": {"blurb": "No way"}}]}),
        ("c.xml", "<t><a><blurb>It is a fine plan</blurb><k>x</k></a><a><blurb>No way</blurb><k>y</k></a></t>"),
        (
            "c.xml",
            "<t><a><b><blurb>It is a fine plan</blurb><k>x</k></b></a><a><b><blurb>No way</blurb><k>y</k></b></a></t>",
        ),
    ],
)
def test_the_columns_that_an_error_proposes_can_be_pasted(name: str, content: Any, tmp_path: Path) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(ValueError, match=r"columns=\{'text': .*\}") as refused:
        read_thread(ARTICLE, path, quiet=True)
    proposed = ast.literal_eval(str(refused.value).partition("columns=")[2])
    texts = read_thread(ARTICLE, path, quiet=True, columns=proposed)
    assert [*texts["text"][1:]] == ["It is a fine plan", "No way"]
    assert texts["posted"][1:].notna().all() == ("20" in str(content))
    shown = shlex.split(on_the_command_line(str(refused.value)).partition("--column ")[2])
    assert shown[0] == f"text={proposed['text']}"


@pytest.mark.parametrize(
    ("depths", "answered", "said"),
    [((0, 1, 0), ["t/c0002"], "were placed by depth"), ((0, 2, 1), [], "All comments were placed at the top level")],
)
def test_a_note_says_that_depths_need_the_order_of_the_page(
    depths: tuple[int, ...], answered: list[str], said: str, tmp_path: Path
) -> None:
    table = written(tmp_path, "c.csv", "user,comment,depth\n" + "".join(f"al,Fine,{each}\n" for each in depths))
    texts = read_thread(ARTICLE, table, name="t", quiet=True)
    assert texts["reply_to"].dropna().tolist() == answered
    assert said in import_summary(texts)


def test_few_names_cause_the_same_warning_as_none(tmp_path: Path) -> None:
    rows = "".join(f"{'Jane Doe' * (at == 0)},Fine,{at}\n" for at in range(5))
    with pytest.warns(UserWarning, match="Few names of commenters"):
        texts = read_thread(ARTICLE, written(tmp_path, "c.csv", f"UserDisplayName,Text,UserId\n{rows}"), quiet=True)
    assert texts["author"].nunique() == 5


@pytest.mark.parametrize("own", ["Anonymous", "kim****", "da39a3ee5e6b4b0d3255bfef95601890afd8070{}", "4711{}"])
def test_names_that_no_text_can_have_cause_the_same_warning_as_none(own: str, tmp_path: Path) -> None:
    rows = "".join(f"{own.format(at)},Jane Doe is right\n" for at in range(4))
    with pytest.warns(UserWarning, match="No names of commenters"):
        read_thread(ARTICLE, written(tmp_path, "c.csv", f"user,text\n{rows}"), quiet=True)


def test_only_the_column_that_is_named_is_read(tmp_path: Path) -> None:
    table = written(tmp_path, "c.csv", "Name,Q1,Q2\nal,Fine,7\nbo,No,9\n")
    assert summary(read_thread(ARTICLE, table, quiet=True, columns={"text": "Q1"})) == "Fine - 1|No - 2"


REFUSED = {
    "c.sql": ("-- dump\nCREATE TABLE `c` (`text` text);\n", "database dump"),
    "c.yml": ("- id: 1\n  text: Fine\n", "YAML"),
    "c.txt": ("AUTHOR: Al\nTITLE: T\n-----\nBODY:\nx\n", "Movable Type"),
    "c.xls": ("<html><body><table><tr><th>text</th></tr></table></body></html>", "save it as .xlsx"),
    "c.xml": ("<?xml version='1.0'?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "save it as .xlsx"),
    "Talk.xml": ("<mediawiki xmlns='x'><page><text>No. [[User:Al]]</text></page></mediawiki>", "export of Wikipedia"),
    "c.html": ("<html><body><div class='page_body chat_page'>x</div></body></html>", "again as JSON"),
    "d.txt": (
        "What I think of it is this\n\nThe bridge is old and should be closed for good at once\n",
        "no column for",
    ),
    "d.csv": (
        "shelf,What is in the box of it\n1,A long black cable of steel with a stand and a cup\n",
        "no column for",
    ),
    "c.db": ("SQLite format 3\0\1", "SQLite database"),
    "c.sav": ("$FL2@(#) SPSS DATA FILE", "SPSS"),
    "c.py": (str(TWO), "json.dump"),
    "a.xml": (RSS.format("<description>It wants one.</description>"), "feed of articles"),
    "b.xml": (
        RSS.format("<comments>x</comments><description>One.</description>"),
        "/feed/ at the end, and give that file",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_cannot_be_read_are_refused_by_name_with_the_next_step(name: str, tmp_path: Path) -> None:
    content, said = REFUSED[name]
    with pytest.raises(ValueError, match=said):
        read_thread(ARTICLE, written(tmp_path, name, content), quiet=True)


@pytest.mark.parametrize(
    ("inside", "said"),
    [("a.csv", "ZIP archive.* Unpack it"), ("word/document.xml", "Word document"), ("Index/Document.iwa", "Numbers")],
)
def test_packed_files_that_are_no_workbooks_are_refused_by_name(inside: str, said: str, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(inside, "id,text\n1,Fine\n")
    (tmp_path / "c.zip").write_bytes(packed.getvalue())
    with pytest.raises(ValueError, match=said):
        read_thread(ARTICLE, tmp_path / "c.zip", quiet=True)


@pytest.mark.parametrize(
    ("columns", "row"),
    [("Date,Time", "2024-05-01,23:30"), ("time,date", "11:30 PM,2024-05-01"), ("Fecha,Hora", "01/05/2024,23.30")],
)
def test_a_day_and_an_hour_in_two_columns_are_one_moment(columns: str, row: str, tmp_path: Path) -> None:
    table = written(tmp_path, "c.csv", f"author,text,{columns}\nal,Fine,{row}\nbo,No,{row.replace('01', '13', 1)}\n")
    texts = read_thread(ARTICLE, table, quiet=True, exact_times=True)
    assert texts["posted"].iloc[2].strftime("%H:%M") == "23:30"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("stray", ["", 'Inch 5" long'])
def test_long_tables_have_the_cells_that_the_csv_module_reads(end: str, stray: str) -> None:
    cells = ["Plain", 'Said "so"', '"', '"all"', "One, two", "Two\n\nlines", 'Old\r\nline, "x"', "", "Größe 😀"]
    saved = io.StringIO()
    table = csv.writer(saved, lineterminator=end)
    table.writerow(["author", "text"])
    for at in range(9_000):
        table.writerow([f"{cells[at % 9]}{at}", f"{at} {cells[at * 7 % 9]}."])
    text = f"{saved.getvalue()}Jo,{stray}{end}"
    expected = [*csv.reader(io.StringIO(text, newline=""))][1:]
    found = delimited_comments(text, None, ImportLog("x.csv"))
    assert [*found.author] == [author for author, _ in expected]
    assert [*found.text] == [each.replace("\r\n", "\n").strip() for _, each in expected]
    assert [*found.row] == [*range(2, len(expected) + 2)]


@pytest.mark.parametrize("head", ["customer,reviewer,review", "guest,user,comment"])
def test_the_writer_is_the_reviewer_rather_than_the_customer(head: str) -> None:
    log = ImportLog("c.csv")
    read = delimited_comments(f"{head}\nBlox Inc,Jane Doe,Very good work.\nBlox Inc,Ann Li,It broke soon.\n", None, log)
    assert [*read.author] == ["Jane Doe", "Ann Li"]
