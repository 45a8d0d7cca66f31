"""Exports of other kinds: scrapers, forums, surveys, spreadsheets in other languages, chats, mail, broken files."""

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
import pandas as pd
import pytest
from helpers.adversarial_files import ARTICLE, written

from toolkit import import_summary, read_thread
from toolkit.cli.console import on_the_command_line
from toolkit.cli.main import main
from toolkit.importers.exports.csv_and_xlsx import delimited_comments
from toolkit.importers.exports.text_chats_and_mail import is_mail
from toolkit.importers.import_log import ImportLog

TWO = [{"id": 1, "author": "Mira Kowal", "text": "Fine"}, {"id": 2, "author": "Jo Berg", "text": "No", "parent_id": 1}]
DUMP = json.dumps(TWO)
PAIR = "Fine - 1|No 1 2"  # text, the row that it answers, its reader; then likes
CHAT = "13/05/2024, 10:00 - Mira Kowal created group\n13/05/2024, 10:01 - Mira Kowal: Fine\nplan\n14/05/2024, 10:02 - "
MAIL = (
    "From: Mira Kowal <mira@x.example>\nSubject: {}The plan\nDate: Wed, 0{} May 2024 10:00:00 +0000\n"
    "Message-ID: <{}@x>\n"
)
GRAPH: dict[str, Any] = {"id": "10_20", "message": "Longer hours", "comments": {"data": [
    {"id": "20_31", "message": "Fine", "from": {"name": "Al"}, "comments": {"data": [
        {"id": "20_32", "message": "No", "from": {"name": "Bo"}}]}}]}}  # fmt: skip
AL, CY = {"author": "Al", "text": "Fine"}, {"author": "Cy", "text": "No"}
ANN, BOB = {"display_name": "Ann Lee", "username": "ann"}, {"display_name": "Bob Roe", "username": "bob"}
TELEGRAM = (
    "<!DOCTYPE html>\n<html><body><div class='page_body chat_page'><div class='history'>{}</div></div></body></html>"
)
MESSAGE = (
    '<div class="message {0}" id="message{1}">\n<div class="body"><div class="pull_right date details" '
    'title="01.05.2024 10:00:00 UTC+02:00">\n10:00\n</div>\n<div class="from_name">\n{2}\n</div>{3}</div></div>\n'
)
NAMELESS = '<div class="from_name">\n\n</div>'
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


SHAPES: dict[str, Any] = {  # two comments, the second an answer, in JSON of other forms
    "Bilibili": {"code": 0, "data": {"replies": [
        {"rpid": 1, "parent": 0, "member": {"uname": "ann"}, "content": {"message": "Fine"}, "replies": [
            {"rpid": 2, "parent": 1, "member": {"uname": "bob"}, "content": {"message": "No"}, "replies": None}]}]}},
    "Coral": {"data": {"story": {"comments": {"edges": [{"node": {"id": "1", "body": "Fine", "author": ANN, "replies": {
        "edges": [{"node": {"id": "2", "body": "No", "author": BOB}}]}}}], "pageInfo": {"hasNextPage": True}}}}},
    "Discord": {"messages": [
        {"id": "1", "type": "Default", "content": "Fine", "author": {"name": "ann", "isBot": False}},
        {"id": "2", "type": "Reply", "content": "No", "author": {"name": "bob"}, "reference": {"messageId": "1"}},
        {"id": "3", "type": "ChannelPinnedMessage", "content": "Pinned it.", "author": {"name": "ann"}},
        {"id": "4", "type": "Default", "content": "Beep", "author": {"name": "helper", "isBot": True}}]},
    "Hypothes.is": {"total": 2, "rows": [{"id": "1", "user": "acct:ann@hypothes.is", "text": "Fine"},
        {"id": "2", "user": "acct:bob@hypothes.is", "text": "No", "references": ["0", "1"]}]},
    "outbox of ActivityPub": {"orderedItems": [
        {"type": "Create", "actor": "ann", "object": {"id": "1", "content": "Fine", "inReplyTo": None}},
        {"type": "Create", "actor": "bob", "object": {"id": "2", "content": "No", "inReplyTo": "https://m.example/1"}}]},
    "Slack": [{"type": "message", "text": "Fine", "user": "U1", "ts": "1714557600.1", "user_profile": ANN},
        {"type": "message", "subtype": "channel_join", "text": "<@U2> has joined", "user": "U2", "ts": "1714557650.2"},
        {"type": "message", "text": "No", "user": "U2", "ts": "1714557700.2", "thread_ts": "1714557600.1"}],
    "TikTok's research API": {"data": {"comments": [{"text": "Fine", "id": 17, "parent_comment_id": 9, "video_id": 9},
        {"text": "No", "id": 19, "parent_comment_id": 17, "video_id": 9}], "has_more": True}, "error": {"message": ""}},
    "Twitter v2": {"data": [{"id": "1", "text": "Fine", "author_id": "5"}, {"id": "2", "text": "No", "author_id": "6",
        "referenced_tweets": [{"type": "replied_to", "id": "1"}, {"type": "quoted", "id": "77"}]}],
        "includes": {"users": [{"id": "5", **ANN}, {"id": "6", **BOB}]}, "meta": {"next_token": "b"}},
    "PieFed": {"comments": [{"comment": {"id": 7, "body": "Fine", "path": "0.7"}, "creator": {"user_name": "ann"}},
        {"comment": {"id": 8, "body": "No", "path": "0.7.8"}, "creator": {"user_name": "bob"}}]},
    "Viafoura": {"contents": [{"content_uuid": "1", "content": "Fine", "actor_name": "Ann", "replies": {"contents": [
        {"content_uuid": "2", "content": "No", "actor_name": "Bob"}]}}], "more_available": True},
    "VK": {"response": {"count": 2, "items": [{"id": 1, "from_id": 5, "text": "Fine", "thread": {"count": 1, "items": [
        {"id": 2, "from_id": 6, "text": "No"}]}}], "profiles": [{"id": 5, **ANN}, {"id": 6, **BOB}]}},
    "replies beside edits": [{**AL, "replies": [CY], "edits": [AL, AL]}],
    "comments with data": {"data": [{"id": 7, **AL, "comments": {"data": [{"id": 8, **CY}], "paging": {}}}]},
    "threaded": {"count": 2, "edges": [{"node": {"id": 7, **AL, "threaded": {"edges": [{"node": {"id": 8, **CY}}]}}}]},
    "TikTok": {"comments": [{"cid": 7, **AL, "reply_comment": [{"cid": 8, **CY}], "labels": [{"text": "x", "n": 1}]}]},
    "beside replies": {"comments": [{"comment": {"id": 7, **AL}, "replies": [{"comment": {"id": 8, "pid": 7, **CY}}]}]},
    "profiles without names": [{"id": 7, **AL, "author_profile": {"verified": True}}, {"id": 8, "parent_id": 7, **CY}],
    "objects by name": {"Al Roe": {"text": "Fine", "n": 1}, "Bo Lee": {"text": "No", "n": 2}},
    "objects by id": {"comments": {"7": {**AL, "parent": None}, "8": {**CY, "parent": 7}}},
    "pages": {"pages": [{"comments": [{"id": 7, **AL}]}, {"comments": [{"id": 8, "parent_id": 7, **CY}]}]},
    "pandas": {"columns": ["id", "parent", "author", "text"], "data": [[7, None, "Al", "Fine"], [8, 7, "Cy", "No"]]},
    "columns": {"id": [7, 8], "parent": [0, 7], "author": ["Al", "Cy"], "text": ["Fine", "No"]},
    "columns by row": {"id": {"0": 7, "1": 8}, "parent": {"0": None, "1": 7}, "by": {"0": "Al", "1": "Cy"},
        "text": {"0": "Fine", "1": "No"}},
    "Commento": {"comments": [{"commentHex": "7", "commenterHex": "h1", "html": "<p>Fine</p>", "parentHex": "root"},
                     {"commentHex": "8", "commenterHex": "h2", "html": "<p>No</p>", "parentHex": "7"}],
        "commenters": {"h1": {"name": "Al"}, "h2": {"name": "Cy"}}},
    "Twitter v2 in short": {"data": [{"id": "7", "text": "Fine", "author_id": "1"},
                 {"id": "8", "text": "No", "author_id": "2", "replied_to": {"id": "7"}}],
        "includes": {"users": [{"id": "1", "name": "Al", "username": "al_x"}, {"id": "2", "username": "cy"}]}},
    "JSON:API": {"data": [{"id": 7, "type": "comment", "attributes": {"body": "Fine", "username": "al"}},
                 {"id": 8, "type": "comment", "attributes": {"body": "No", "username": "cy", "parent": {"ID": 7}}}]},
    "GitHub": {"discussion": {"comments": {"nodes": [{"id": "D7", "author": {"login": "al"}, "bodyHTML": "<p>Fine</p>",
        "replies": {"nodes": [{"id": "D8", "author": {"login": "cy"}, "bodyHTML": "<p>No</p>"}]}}]}}},
    "Lobsters": [{"short_id": "c7", "comment_plain": "Fine", "commenting_user": "al", "parent_comment": None},
        {"short_id": "c8", "comment_plain": "No", "commenting_user": "cy", "parent_comment": "c7"}],
    "Mongo": [{"_id": {"$oid": "f"}, "id": "c7", "full_text": "Fine", "user": {"first_name": "Al", "last_name": "Bo"}},
        {"_id": {"$oid": "e"}, "id": "c8", "full_text": "No", "user": {"profile": {"nickname": "cy"}},
         "reply_to": {"reply_to_msg_id": "c7"}}],
    "depths": [{"depth": 0, "said_at": 1, "text": "Fine", "author": "Al"}, {"depth": 1, "text": "No", "author": "Cy"}],
    "rows of Stack Exchange": (
        '<comments><row Id="1" Text="Fine" UserName="Ann"/><row Id="2" Text="No" UserName="Bob"/></comments>'
    ),
    "lists in lists": {"a": [{"zed": {"comment": {"text": "Fine"}}}, {"zed": {"comment": {"text": "No"}}}]},
    "a list of texts": ["Fine", "No"],
}  # fmt: skip
UNANSWERED = {"objects by name": "Fine - 1|No - 2", "rows of Stack Exchange": "Fine - 1|No - 2",
              "lists in lists": "Fine - -|No - -",
              "a list of texts": "Fine - -|No - -", "TikTok's research API": "Fine - -|No 1 -"}  # fmt: skip
ONE_PAGE = ("Coral", "TikTok's research API", "Twitter v2", "Viafoura")
HELD = [{"author": "Al", "text": "Fine", "approved": False}, {"author": "Bo", "text": "No", "approved": False}]
IN_BASE_10 = [
    {"id": own, "body": text, "author": who, "parent_id": int(above, 36), "link_id": "t3_zyw"}
    for own, text, who, above in (("zz1", "Fine", "a_b", "zyw"), ("zz2", "No", "c_d", "zz1"))
]
EXPORTS: dict[str, tuple[Any, ...]] = {  # file, content, comments, what the import log says
    **{shape: ("c.json", SHAPES[shape], UNANSWERED.get(shape, PAIR), *["one page of several"] * (shape in ONE_PAGE))
       for shape in SHAPES},
    "threads of Slack": ("c.json", [
        {"type": "message", "subtype": "channel_join", "text": "<@U1> has joined", "user": "U1", "ts": "14.0"},
        {"text": "Fine", "user": "U1", "ts": "14.1", "thread_ts": "14.1", "user_profile": {"real_name": "Ann Lee"},
         "replies": [{"user": "U2", "ts": "14.2"}]},
        {"text": "No <@U1>, Ann", "user": "U2", "ts": "14.2", "thread_ts": "14.1", "user_profile": {"name": "Bob Roe"}},
    ], "Fine - 1|No_<@Reader_01>,_Reader_01 1 2"),
    "nicknames of Discord": ("c.json", {"messages": [
        {"id": "1", "content": "Fine", "author": {"name": "tlind", "nickname": "Tobias Lindqvist"}},
        {"id": "2", "content": "No Tobias", "author": {"name": "bo", "nickname": "Bo"}}]}, "Fine - 1|No_Reader_01 - 2"),
    # scrapers
    "lists in columns": (
        "c.csv", "id,text,username,replies/0/id,replies/0/text,replies/0/username\n1,Fine,al,2,No,bo\n", PAIR),
    "lists in cells": ("c.csv", f'post,comments\nPlan,"{DUMP.replace(chr(34), chr(34) * 2)}"\n', PAIR),
    "repliesToId": (
        "c.csv", "cid,diggCount,repliesToId,text,uniqueId\n71,3,,Fine,al\n72,0,71,No,bo\n", "Fine - 1 3|No 1 2 0"),
    "reply_id": ("c.csv", "cid,reply_id,text,nickname\n71,0,Fine,al\n72,71,No,bo\n", PAIR),
    "outline": ("c.csv", "Export,x\n,y\n,Name,Comment,Likes\n1,al,Fine,3\n1-1,bo,No,0\n", "Fine - 1 3|No 1 2 0"),
    "outline with _": ("c.csv", "author,comment,comment_id\nal,Fine,1\nbo,No,1_1\n", PAIR),
    "Netvizz": (
        "c.tab", "post_by\tpost_text\tcomment_by\tcomment_message\nzed\tThe town\tal\tFine\nzed\tThe town\tbo\tNo\n",
                "Fine - 1|No - 2"),
    "NCapture": (
        "c.csv", "Posted by Username,Post,Created Time,Number of Likes,Commenter Username,Comment ID,Comment Text,"
        "Comment Number of Likes,Comment Posted\nzed,Plan,2020-01-01,300,al,1,Fine,3,2024-05-01\n"
        "zed,Plan,2020-01-01,300,bo,2,No,0,2024-05-01\n", "Fine - 1 3|No - 2 0"),
    "fields of a comment beside those of a film": (
        "c.json", [{"commentText": text, "commentDate": "2024-05-01", "commentLikes": likes, "commentAuthor": name,
                    "videoDate": "2020-01-01", "likes": 300, "author": "zed"}
                   for text, likes, name in (("Fine", 3, "al"), ("No", 0, "bo"))], "Fine - 1 3|No - 2 0"),
    "columns in reviews of a place": (
        "c.csv", "name,author_title,review_text,review_likes,review_score,review_date,date\n"
        "Cafe,al,Fine,3,5,2024-05-01,2020-01-01\nCafe,bo,No,0,1,2024-05-01,2020-01-01\n", "Fine - 1 3|No - 2 0"),
    "names and usernames": (
        "c.csv", "name,screen_name,comment_text,comment_updated_at,created_at\n"
        "Mira Kowal,al1,Fine,2025-01-01,2024-05-01\nJo Berg,bo1,No: Mira Kowal,2025-01-01,2024-05-01\n",
        "Fine - 1|No:_Reader_01 - 2"),
    "answers of which the first has no name": (
        "c.json", [{"id": 1, "author": "al", "text": "Fine", "responses": [
            {"id": 2, "text": "No"}, {"id": 3, "text": "So", "author": "bo"}]}], "Fine - 1|No 1 -|So 1 2"),
    "fields of a page within each comment": (
        "c.json", [{"id": key, "author": name, "text": text, "likes": 3, "meta": {
            "author": "zed", "likes": 300, "date": "2024-05-01"}}
                   for key, name, text in ((1, "al", "Fine"), (2, "bo", "No"))], "Fine - 1 3|No - 2 3"),
    "columns in German, twice": (
        "c.csv", "Datum;Likes;Kommentar Text;Kommentar Datum;Kommentar Likes;Kommentar Autor\n"
        "01.01.2020;300;Fine;01.05.2024;3;al\n01.01.2020;300;No;01.05.2024;0;bo\n", "Fine - 1 3|No - 2 0"),
    "columns in relative days and others": (
        "c.csv", "author,comment,date,timestamp\nal,Fine,1 year ago,1714557600000\nbo,No,1 year ago,1714557600000\n",
        "Fine - 1|No - 2"),
    "replies in further rows": (
        "c.csv", "user,commentText,likes,replies.user,replies.commentText,replies.likes\nal,Fine,3,bo,No,0\n"
        ",,,cy,So,1\ndi,Yes,4,,,\n", "Fine - 1 3|No 1 2 0|So 1 3 1|Yes - 4 4"),
    "totals of replies": ("c.csv", "user,comment,replies.total\nal,Fine,3\nbo,No,0\n", "Fine - 1|No - 2"),
    "labels beside comments": (
        "c.json", [{"id": 1, "author": "al", "text": "Fine", "tags": [{"id": 7, "text": "glad"}]},
                   {"id": 2, "author": "bo", "text": "No", "tags": []}], "Fine - 1|No - 2"),
    "choices of a poll": (
        "c.json", [{"id": 1, "created_at": "2024-05-01", "author": "al", "text": "Fine", "poll": {
            "options": [{"id": 7, "text": "Open", "votes": 3}, {"id": 8, "text": "Shut", "votes": 4}]}},
                   {"id": 2, "created_at": "2024-05-01", "author": "bo", "text": "No", "poll": None}],
        "Fine - 1|No - 2"),
    "fields of an annotation program": (
        "c.json", [{"text": text, "meta": {"user": name, "created_at": "2024-05-01"}, "answer": "accept",
                    "options": [{"id": "glad", "text": "Glad"}]} for text, name in (("Fine", "al"), ("No", "bo"))],
        "Fine - 1|No - 2"),
    "imageboard": ("c.csv", "id,body,author\n1,Fine,al\n2,>>1 No,bo\n", "Fine - 1|>>1_No 1 2"),
    "Twint": ("c.csv", "id,username,name,tweet,reply_to\n1,al,Al Roe,Fine,[]\n"
              """2,bo,Bo Lee,No @cy,"[{'screen_name': 'cy', 'name': 'x'}]"\n""", "Fine - 1|No_@Reader_03 - 2"),
    "ids with x": ("c.csv", "status_id,text,screen_name,reply_to_status_id\nx12,Fine,al,\nx13,No,bo,x12\n", PAIR),
    "Bluesky in a table": (
        "c.csv", "uri,cid,author_handle,text,in_reply_to\nat://a/1,b1,al,Fine,NA\nat://a/2,b2,bo,No,at://a/1\n", PAIR),
    "comments beside a post": ("c.json", {"post_id": 9, "text": "The town", "comments_full": [
        {"comment_id": 1, "commenter_name": "al", "comment_text": "Fine", "replies": [
            {"comment_id": 2, "commenter_name": "bo", "comment_text": "No"}]}]}, PAIR),
    "posts with comments": ("c.json", [{"id": 8, "title": "T", "text": "The town", "comments": TWO}], PAIR),
    "lists by article": ("c.json", {"A": TWO[:1], "B": TWO[1:]}, PAIR),
    # forums and blogs
    "own id pid": ("c.csv", "pid,tid,replyto,username,message\n1,9,0,al,Fine\n2,9,1,bo,No\n", PAIR),
    "post_id": ("c.csv", "post_id,topic_id,post_username,post_text\n1,9,al,Fine\n2,9,bo,No\n", "Fine - 1|No - 2"),
    "number in the topic": (
        "c.csv", "id,username,post_number,raw,reply_to_post_number\n501,al,1,Fine,\n502,bo,2,No,1\n", PAIR),
    "deleted as 0": ("c.csv", "id,parent,userfullname,message,deleted\n1,0,Al,Fine,0\n2,1,Bo,No,0\n3,1,Cy,x,1\n", PAIR),
    "system notes": (
        "c.json", [{**TWO[0], "system": False}, {**TWO[1], "system": False}, {**TWO[0], "id": 3, "system": True}],
                     PAIR),
    "speakers": (
        "c.jsonl", '{"id":"1","speaker":"annq","text":"Fine"}\n'
         '{"id":"2","speaker":"bo","reply-to":"1","text":"No annq"}\n',
                 "Fine - 1|No_Reader_01 1 2"),
    "an empty text beside the text": (
        "c.json", [{"id": 1, "body": {"doc": []}, "body_html": "<p>Fine</p>", "user": {"name": "al"}}],
                                      "Fine - 1"),
    "accounts": ("c.csv", "user,text\nacct:annq@x.example,Fine\nacct:bo@x.example,No annq\n",
                 "Fine - 1|No_Reader_01 - 2"),
    "names in halves": ("c.csv", "First Name,Last Name,Comment\nMira,Kowal,Fine\nJo,Berg,No Mira Kowal\n",
                        "Fine - 1|No_Reader_01 - 2"),
    # reviews
    "stars are no likes": (
        "c.csv", "userName,content,score,thumbsUpCount\nal,Fine,5,3\nbo,No,1,0\n", "Fine - 1 3|No - 2 0"),
    "a score of a product": ("c.csv", "ProductId,ProfileName,Score,Text\n9,al,5,Fine\n9,bo,1,No\n", "Fine - 1|No - 2"),
    "Comments": ("c.csv", "reviewer_name,comments\nal,Fine plan\nbo,No way\n", "Fine_plan - 1|No_way - 2"),
    "labels": (
        "c.json", {"feed": {"entry": [{"author": {"name": {"label": "al"}}, "content": {"label": "Fine"}}]}},
         "Fine - 1"),
    "the whole tweet": (
        "c.json", [{"text": "Fi…", "extended_tweet": {"full_text": "Fine"}, "user": {"name": "al"}}], "Fine - 1"),
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
         "コメントID;投稿者;コメント;いいね;返信先",
        "댓글ID;작성자;댓글;좋아요;부모댓글ID")},
    **{f"columns in {head}": ("c.csv", f"{head}\n7,2024-05-01,,9,Fine\n8,2024-05-01,7,9,No\n", "Fine - -|No 1 -")
       for head in (  # of a Google Takeout
        "Kommentar-ID,Zeitstempel der Erstellung des Kommentars,Übergeordnete Kommentar-ID,Beitrags-ID,Kommentartext",
        "ID du commentaire,Horodatage de création du commentaire,ID du commentaire parent,Prix,Texte du commentaire",
        "ID comentario,Marca de tiempo de creación del comentario,ID del comentario principal,Precio,Texto comentario",
        "ID commento,Timestamp creazione commento,ID commento principale,ID post,Testo commento",
        "ID do comentário,Carimbo de data/hora de criação do comentário,ID do comentário principal,ID do vídeo,Texto",
        "Reactie-ID,Tijdstempel van het aanmaken van de reactie,ID van bovenliggende reactie,Video-ID,Reactietekst",
        "コメント ID,コメントの作成日時,親コメント ID,動画 ID,コメントのテキスト")},
    **{head: ("c.csv", f"{head}\n7,,Al,Fine,3\n8,7,Bo,No,0\n", "Fine - 1 3|No 1 2 0") for head in (
        "rpid,parentRpid,uname,message,like", "comment_id,comment_pid,comment_name,comment_content,comment_up",
        "Kommentar-id,Svar til,Navn,Kommentar,Synes godt om", "id,parent,author-text,content-text,vote-count-middle")},
    "columns in WordPress, without a date in GMT": (
        "c.xml", '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title><wp:comment>'
        "<wp:comment_id>7</wp:comment_id><wp:comment_author>Al</wp:comment_author><wp:comment_content>Fine"
        "</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_date>2024-05-01 10:00:00"
        "</wp:comment_date><wp:comment_date_gmt>0000-00-00 00:00:00</wp:comment_date_gmt></wp:comment></item></channel>"
        "</rss>", "Fine - 1"),
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
    # platforms by their own names of fields
    "Drupal's API": ("c.json", {"data": [{"type": "comment--comment", "id": f"aa-{own}", "attributes": {
        "subject": "x", "name": who, "comment_body": {"value": f"<p>{text}</p>", "format": "basic_html"}},
        "relationships": {"pid": {"data": above and {"id": above}}}} for own, text, who, above in (
            (1, "Fine", "al", None), (2, "No", "bo", "aa-1"))]}, PAIR),
    "Drupal's fields in lists": ("c.json", [
        {"cid": [{"value": own}], "name": [{"value": who}], "pid": [{"target_id": above}] if above else [],
         "comment_body": [{"value": text, "format": "basic_html"}]} for own, text, who, above in (
            (1, "Fine", "al", 0), (2, "No", "bo", 1))], PAIR),
    "Jira": ("c.json", {"comments": [{"id": own, "author": {"displayName": who}, "body": {"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": part} for part in text]}]}}
        for own, who, text in ((1, "Al", ["Fi", "ne"]), (2, "Bo", ["No"]))]}, "Fine - 1|No - 2"),
    "Matrix": ("c.json", {"messages": [{"type": "m.room.message", "sender": who, "event_id": own,
        "content": {"msgtype": "m.text", "body": text, **({"m.relates_to": {"m.in_reply_to": {"event_id": above}}}
        if above else {})}} for own, who, text, above in (("$1", "al", "Fine", ""), ("$2", "bo", "No", "$1"))]}, PAIR),
    "Misskey": ("c.json", [{"id": "9a", "user": ANN, "text": "Fine", "reactions": {"a": 3, "b": 1}, "replyId": None},
        {"id": "9b", "user": BOB, "text": "No", "reactions": {}, "replyId": "9a"}], "Fine - 1 4|No 1 2"),
    "MediaWiki": ("c.json", {"threads": [{"type": "heading", "id": "h", "html": "Hours", "replies": [
        {"type": "comment", "id": "c1", "author": "al", "html": "Fine", "replies": [
            {"type": "comment", "id": "c2", "author": "bo", "html": "No", "replies": []}]}]}]}, PAIR),
    "lists by parent": ("c.json", {"comments": {"0": [{"id": 1, "author": "al", "content": "Fine"}],
        "1": [{"id": 2, "author": "bo", "content": "No", "parent": 1}]}}, PAIR),
    "replies as JSON in a text": ("c.json", [{**AL, "id": 1, "replies": json.dumps([{**CY, "id": 2}])}], PAIR),
    **{f"fields of {name}": ("c.json", [
        {own: 1, who: author({"name": "Al", "displayName": "Al"}), text: "Fine", when: "2024-05-01T10:00:00Z", like: 4},
        {own: 2, who: author({"name": "Bo", "displayName": "Bo"}), text: "No", when: "2024-05-01",
         above: 1, like: 0}],
        "Fine - 1 4|No 1 2 0") for name, own, above, who, author, text, when, like in (
            ("NodeBB", "pid", "toPid", "user", dict, "content", "timestampISO", "votes"),
            ("Vanilla", "commentID", "parentID", "insertUser", dict, "body", "dateInserted", "score"),
            ("Naver", "commentNo", "parentCommentNo", "userName", lambda each: each["name"], "contents", "regTime",
             "sympathyCount"),
            ("Trustpilot", "id", "parentId", "consumer", dict, "text", "createdAt", "numberOfLikes"))},
    **{f"columns in {name}": ("c.csv", f"{header}\n1;;al;2024-05-01 10:00;Fine;4\n2;1;bo;2024-05-01 11:00;No;0\n",
        "Fine - 1 4|No 1 2 0") for name, header in (
            ("German", "Kommentar-ID;Antwort auf;Verfasser/in;Veröffentlicht am;Kommentartext;Zustimmungen"),
            ("French", "N°;En réponse à;Pseudonyme;Publié le;Commentaire;J’aime"),
            ("Portuguese", "Código;Em resposta a;Pseudônimo;Publicado em;Texto do comentário;Curtidas"),
            ("Dutch", "Reactie-id;Reactie op;Naam;Geplaatst op;Reactie;Aantal likes"),
            ("Turkish", "Yorum No;Üst Yorum No;Kullanıcı Adı;Yorum Tarihi;Yorum Metni;Beğeni Sayısı"),
            ("Russian", "№;Ответ на;Автор комментария;Дата публикации;Текст комментария;Нравится"),
            ("Arabic", "رقم التعليق;parent;اسم المعلق;تاريخ النشر;نص التعليق;عدد الإعجابات"),
            ("Telegram's parser", "msg_id;reply_to_msg_id;sender;date;msg_content;likes"))},
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
    "a page of Telegram": ("messages.html", TELEGRAM.format("".join((
        MESSAGE.format("service", 1, "x", "Mira Kowal invited Jo Berg"),
        MESSAGE.format("default clearfix", 2, "Mira Kowal", '<div class="text">\nFine &amp; <b>good</b>\n</div>'),
        MESSAGE.format("default clearfix", 3, "Jo Berg", '<div class="reply_to details">In reply to <a href="#go_to_'
                       'message2">this message</a></div><div class="text">No,<br>Mira</div>'),
        MESSAGE.format("default clearfix joined", 4, "", '<div class="text">So</div>').replace(NAMELESS, ""),
        MESSAGE.format("default clearfix joined", 5, "Al Roe <span>1.5.</span>", '<div class="text">Oh</div>'),
        MESSAGE.format("default clearfix", 6, "Cy Roe", '<div class="media_wrap"></div>')))),
        "Fine_&_good - 1|No,\nReader_01 1 2|So - 2|Oh - 2", "Telegram", "empty: 1"),
    "answers within answers that have none": ("c.json", {"data": {"commentCount": 2, "data": [
        {"id": "a", "by_nickname": "Al", "content": "Fine", "replies": {"commentCount": 1, "data": [
            {"id": "b", "by_nickname": "Bo", "content": "No", "replies": {"commentCount": 0, "data": []}}]}}]}}, PAIR),
    "a form's columns": ("c.csv", "First name,Last name,Submission,_submission_time\nMira,Kowal,Fine by me,2024-05-01 "
        "10:00:00\nJo,Berg,No Mira,2024-05-01 11:00:00\n", "Fine_by_me - 1|No_Reader_01 - 2"),
    "UTF-8 read as Latin-1": ("c.csv", "author,text\nal,caf\xc3\xa9\nbo,\xe2\x80\x99s\n", "café - 1|’s - 2"),
    "UTF-8 read as Windows-1252": ("c.csv", "author,text\nal,cafÃ©\nbo,â€™s\n", "café - 1|’s - 2"),
    "no UTF-8 read as Latin-1": ("c.csv", "author,text\nal,cafÃ©\nbo,é\n", "cafÃ© - 1|é - 2"),
    **{f"UTF-8 with {text}": ("c.csv", f"author,text\nal,{text}\nbo,no\n", f"{text} - 1|no - 2")
       for text in ("Spaß…", "LIBERTÉ…", "CAFÉ’S", "FORÊ\xa0!")},
    "WordPress's feed": ("c.xml", "<rss><channel>" + "".join(
        f"<item><title>By: {who}</title><guid>https://x/?p=9#comment-{own}</guid><creator>{who}</creator><encoded>"
        f"&lt;p&gt;{text}&lt;/p&gt;</encoded></item>" for own, who, text in ((1, "Al", "Fine"), (2, "Bo",
            'Als Antwort auf &lt;a href="https://x/#comment-1"&gt;Al&lt;/a&gt;.&lt;/p&gt; &lt;p&gt;No')))
        + "</channel></rss>", PAIR),
    "WordPress's feed with a link to a comment": ("c.xml", "<rss><channel>" + "".join(
        f"<item><title>By: {who}</title><guid>https://x/?p=9#comment-{own}</guid><creator>{who}</creator><encoded>"
        f"&lt;p&gt;{text}&lt;/p&gt;</encoded></item>" for own, who, text in ((1, "Al", "Fine"), (2, "Bo",
            'See &lt;a href="https://x/#comment-1"&gt;the first&lt;/a&gt;.&lt;/p&gt; &lt;p&gt;No')))
        + "</channel></rss>", "Fine - 1|See_the_first.\n\nNo - 2"),
    # chats and mail
    "KakaoTalk": (
        "c.txt", "Mira Kowal 님과 카카오톡 대화\n저장한 날짜 : 2024-05-02 10:00:00\n\n"
        "--------------- 2024년 5월 1일 수요일 ---------------\n"
        "[Mira Kowal] [오전 10:00] Fine\nplan\n[Jo Berg] [오후 1:00] No\n", "Fine\nplan - 1|No - 2"),
    "LINE": ("c.txt", "[LINE] Mira Kowalとのトーク履歴\n保存日時：2024/05/02 10:00\n\n"
        "2024/05/01(水)\n10:00\tMira Kowal\tFine\n11:00\tJo Berg\tNo\n\n2024/05/02(木)\n"
        "10:00\tJo Berg\tSo\n", "Fine - 1|No - 2|So - 2"),
    "IRC": ("c.txt", "2024-05-01 10:00:00 <@mira> Fine\n2024-05-01 10:00:01 -!- jo [j@x] has joined\n"
        "2024-05-01 11:00:00 <jo> No\n", "Fine - 1|No - 2"),
    "IRC without days": ("c.txt", "[10:00:00] <mira> Fine\n[10:00:01] --> jo has joined\n[11:00] <jo> No\n",
                         "Fine - 1|No - 2"),
    "LINE in English": ("c.txt", "[LINE] Chat history with Mira Kowal\nSaved on: 05/31/2024, 10:00\n\nMon, 05/13/2024\n"
        "10:00\tMira Kowal\tFine\n10:05\tJo Berg joined the group.\n11:00\tJo Berg\tNo\n", "Fine - 1|No - 2"),
    "Twitch": ("c.txt", "[2024-05-01 10:00:00 UTC] mira: Fine\n[2024-05-01 10:00:37 UTC] jo: No\n", "Fine - 1|No - 2"),
    "Twitch without days": ("c.txt", "[0:00:37] mira: Fine\n[1:02:03] jo: No\n", "Fine - 1|No - 2"),
    "notices of IRC": ("c.txt", "[10:00] <mira> Fine\n[10:01] -!- josef is now known as zkwag\n"
        "[10:02] <-- hildew (h@x.org) has quit (Ping: 5 s)\n[11:00] <bo> No to zkwag and hildew\n",
        "Fine - 1|No_to_Reader_03_and_Reader_04 - 2", "Left out: service message: 2 (rows 2, 3)"),
    "notices of KakaoTalk": (
        "c.txt", "--------------- 2024년 5월 1일 수요일 ---------------\nZed Kwag님이 들어왔습니다.\n"
        "[Mira Kowal] [오전 10:00] Fine\nJo Berg님이 Wil Maq님을 초대했습니다.\n"
        "[Jo Berg] [오후 1:00] No to Zed Kwag and Wil Maq\n",
        "Fine - 1|No_to_Reader_03_and_Reader_04 - 2", "Left out: service message: 2 (rows 2, 4)"),
    "notices of LINE": ("c.txt", "2024/05/01(水)\n10:00\tMira Kowal\tFine\n10:05\tZed Kwagが退出しました\n"
        "11:00\tJo Berg\tNo to Zed Kwag\n", "Fine - 1|No_to_Reader_03 - 2", "Left out: service message: 1 (row 3)"),
    "a table that begins with a time": ("c.tsv", "time\tauthor\ttext\n10:00\tal\tFine\n11:00\tbo\tNo\n",
                                        "Fine - 1|No - 2"),
    "a table that quotes a chat": ("c.csv", 'author,text\nal,"So:\n[10:00] <jo> hi"\nbo,No\n',
                                   "So:\n[10:00]_<jo>_hi - 1|No - 2"),
    "WhatsApp in French": ("c.txt", "13/05/2024 à 10:00 - Mira Kowal: Fine\n13/05/2024 à 11:00 - Jo Berg: No\n",
                           "Fine - 1|No - 2"),
    "WhatsApp in Finnish": ("_chat.txt", "[13.5.2024 klo 10.00.00] Mira Kowal: Fine\n[13.5.2024 klo 11.00.00] Jo Berg: "
                            "No\n", "Fine - 1|No - 2"),
    "WhatsApp in Arabic": ("c.txt", "١٣\u200f/٠٥\u200f/٢٠٢٤، ١٠:٠٠ ص - Mira Kowal: Fine\n"
                           "١٣\u200f/٠٥\u200f/٢٠٢٤، ١١:٠٠ م - Jo Berg: No\n", "Fine - 1|No - 2"),
    "WhatsApp": ("c.txt", f"{CHAT}Jo Berg: No Mira Kowal\n14/05/2024, 10:03 - Jo Berg: <Media omitted>\n",
                 "Fine\nplan - 1|No_Reader_01 - 2"),
    "WhatsApp in German": (
        "c.txt", "[13.05.24, 10:01:02] Mira: Diese Nachricht\n[13.05.24, 10:02:03] Jo: \u200eDiese Nachricht wurde "
        "gelöscht.\n[13.05.24, 10:02:04] Jo: No\n", "Diese_Nachricht - 1|No - 2"),
    "WhatsApp of an iPhone": (
        "c.txt", "[13.05.24, 10:01:02] Mira Kowal: Fine\n\u200e[13.05.24, 10:02:03] ~\u202fJo: \u200eimage omitted\n"
                              "[13.05.24, 10:02:03] ~\u202fJo: No: no\n", "Fine - 1|No:_no - 2"),
    "Zoom": ("c.txt", "10:01:02\t From  Mira Kowal : Fine\n10:02:03\t From  Jo to Everyone : No\n", "Fine - 1|No - 2"),
    "labelled lines of TikTok": (
        "Comments.txt", "Date: 2024-05-01 10:00:00 UTC\nComment: Fine\nplan: so\n\nUrl: \n\n"
                        "Date: 2024-05-02 10:00:00 UTC\nComment: No\nUrl: \n\n", "Fine\nplan:_so - -|No - -"),
    "labelled lines with names": (
        "c.txt", "Name: Mira Kowal\nComment: Fine\n\nName: Jo\nComment: No Mira\n", "Fine - 1|No_Reader_01 - 2"),
    "labelled lines, one with a name": (
        "c.txt", "Comment: Fine\nDate: 2024-05-01\n\nComment: No\nName: Mira Kowal\nDate: 2024-05-02\n",
        "Fine - -|No - 1"),
    "labelled lines, one without a name": (
        "c.txt", "Name: Mira Kowal\nComment: Fine\n\nComment: So\n\nName: Jo\nComment: No Mira\n",
        "Fine - 1|So - -|No_Reader_01 - 2"),
    "Zoom with texts below": (
        "c.txt", "10:01:02 From Mira Kowal to Everyone:\n\tFine\n10:02:03 From Jo to Everyone:\n\tNo\n",
        "Fine - 1|No - 2"),
    "a chat that many joined first": ("c.txt", "".join(
        f"13/05/2024, 10:00 - Mira Kowal added reader number {n}\n" for n in range(200))
        + "13/05/2024, 10:01 - Mira Kowal: Fine\n", "Fine - 1"),
    "mailbox": (
        "c.mbox", f"From m@x Wed May  1 10:00:00 2024\n{MAIL.format('', 1, 1)}\nFine\n-- \nMira Kowal\n\n"
                 "From j@x Thu May  2 "
                f"10:00:00 2024\n{MAIL.format('Re: ', 2, 2).replace('Mira Kowal', 'Jo')}"
                 "In-Reply-To: <1@x>\n\nNo\n", PAIR),
    "Twitch, with a bot": (
        "c.log", "# Start logging at 2024-05-01 10:00:00 UTC\n[10:00:00]  Kowal: Fine\n[10:00:05] Berg: @Kowal No\n"
                 "[10:00:06]  nightbot: Follow us!\n", "Fine - 1|@Reader_01_No - 2"),
    "LINE with a picture": (
        "c.txt", "[LINE] Chat history in \"Plan\"\nSaved on: 05/14/2024, 10:00\n\nMon, 05/13/2024\n"
                 "10:00\tMira Kowal\tFine\n11:00\tJo Berg\tNo\n11:05\tJo Berg\t[Photo]\n"
                 "11:06\tJo Berg unsent a message.\n",
        "Fine - 1|No - 2",
        "message without text: 1"),
    "WhatsApp in Spanish": (
        "c.txt", "[1/5/24, 10:01:00 a. m.] ~ Mira Kowal: Fine\n[1/5/24, 10:02:00 a. m.] Jo Berg: "
                 "@\u2068~Mira Kowal\u2069 No \u200e<Se editó este mensaje.>\n", "Fine - 1|@Reader_01_No - 2"),
    "a feed of Reddit": (
        "c.xml", "<feed>" + "".join(
            f"<entry><author><name>/u/{by}</name></author><content>{text}</content><id>{own}</id></entry>"
            for own, by, text in (("t3_9", "Kowal", "The post"), ("t1_a", "Kowal", "Fine"), ("t1_b", "Berg", "No")))
        + "</feed>", "Fine - 1|No - 2"),
    "comments of LiveJournal": (
        "c.xml", "<c><comments><comment id='1' posterid='5'><body>Fine</body></comment><comment id='2' posterid='6' "
                 "parentid='1'><body>No</body></comment></comments></c>", PAIR),
    "posts of phpBB": (
        "c.json", [{"post_id": "1", "poster_id": "5", "post_text": "<t>Fine &amp; good</t>"},
                   {"post_id": "2", "poster_id": "6",
                    "post_text": "<r><QUOTE author=\"x\"><s>[quote=x]</s>Fine<e>[/quote]</e></QUOTE>No</r>"}],
        "Fine_&_good - 1|>_Fine\n\nNo - 2"),
    "Slack with whole ids": (
        "c.json", [{"type": "message", "user": "U05AAAAAA", "text": "Fine", "ts": "1714557600.000100",
                    "user_profile": {"real_name": "Mira Kowal"}},
                   {"type": "message", "user": "U06BBBBBB", "text": "<@U05AAAAAA> No, <@U07CCCCCC>",
                    "ts": "1714557700.000100", "user_profile": {"real_name": "Jo Berg"}}],
        "Fine - 1|@Reader_01_No,_@someone - 2"),
    "VK with a mention": (
        "c.json", {"response": {"items": [{"id": 1, "from_id": 5, "text": "Fine"},
                                          {"id": 2, "from_id": 6, "text": "[id5|Mira], no", "reply_to_comment": 1}],
                                "profiles": [{"id": 5, "first_name": "Mira", "last_name": "Kowal"},
                                             {"id": 6, "first_name": "Jo", "last_name": "Berg"}]}},
        "Fine - 1|@Reader_01,_no 1 2"),
    "Patreon, with answers beside": (
        "c.json", {"data": [{"type": "comment", "id": "1", "attributes": {"body": "Fine"}, "relationships": {
            "commenter": {"data": {"id": "5", "type": "user"}}, "parent": {"data": None},
            "post": {"data": {"id": "9", "type": "post"}}, "replies": {"data": [{"id": "2", "type": "comment"}]}}}],
            "included": [{"type": "user", "id": "5", "attributes": {"full_name": "Mira Kowal"}},
                         {"type": "user", "id": "6", "attributes": {"full_name": "Jo Berg"}},
                         {"type": "comment", "id": "2", "attributes": {"body": "No"}, "relationships": {
                             "commenter": {"data": {"id": "6", "type": "user"}},
                             "parent": {"data": {"id": "1", "type": "comment"}}}}]}, PAIR),
    "Medium with named paragraphs": (
        "c.json", {"posts": [{"creator": {"name": "Mira Kowal"}, "firstPublishedAt": 1714557600, "id": "r1",
            "content": {"bodyModel": {"paragraphs": [{"name": "a", "text": "Fine"}, {"name": "b", "text": "plan"}]}}}]},
        "Fine\n\nplan - 1"),
    "Discord as text": (
        "c.txt", f"{'=' * 62}\nGuild: Town\nChannel: News / plan\n{'=' * 62}\n\n[29-Feb-24 11:50 PM] Mira Kowal\nFine\n"
        "plan\n\n{Reactions}\nx (3)\n\n[01-Mar-24 12:20 AM] Jo Berg (pinned)\nNo: Mira Kowal\n\n\n"
        f"{'=' * 62}\nExported 2\n{'=' * 62}\n", "Fine\nplan - 1|No:_Reader_01 - 2", "Discord"),
    "Discord as text, in digits": (
        "c.txt", "Guild: Town\n\n[02/29/2024 23:50] Mira Kowal\nFine\n\n[03/01/2024 00:20] Jo Berg\nNo\n",
        "Fine - 1|No - 2"),
    "a message": ("c.eml", f"{MAIL.format('', 1, 1)}Content-Type: text/html\n\n<p>Fine</p>", "Fine - 1"),
}  # fmt: skip


def summary(texts: pd.DataFrame) -> str:
    """Give each comment as its text, the number of the one it answers, its reader and its likes."""
    below = texts.iloc[1:].astype(object)
    ids, said = [*below["text_id"]], []
    for text, above, author, likes in below[["text", "reply_to", "author", "likes"]].to_numpy().tolist():
        parent = "-" if pd.isna(above) else str(ids.index(above) + 1)
        reader = "-" if pd.isna(author) else str(int(author[-2:]))
        said.append(" ".join([text.replace(" ", "_"), parent, reader] + [str(likes)] * (not pd.isna(likes))))
    return "|".join(said)


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize("kind", EXPORTS)
def test_comments_of_other_kinds_of_export_are_read(kind: str, tmp_path: Path) -> None:
    name, content, expected, *notes = EXPORTS[kind]
    texts = read_thread(ARTICLE, written(tmp_path, name, content), quiet=True)
    assert summary(texts) == expected
    if kind.startswith(("fields of", "columns in", "KakaoTalk")):
        assert {*texts.posted.iloc[1:].dt.strftime("%Y-%m-%d")} == {"2024-05-01"}
    said, log = import_summary(texts), texts.attrs["report"]["comments"]
    assert log["read"] == log["kept"] + sum(len(each["rows"]) for each in log["left_out"])
    assert [note for note in notes if note not in said] == []
    assert ("one page of several" in said) == (kind in ONE_PAGE)
    assert not any(
        leak in texts.to_csv() + said
        for leak in ("Kowal", "Berg", "mira@", "765", "not in the file", "dropped: Comment")
    )
    if not isinstance(content, str | bytes):
        script = written(tmp_path, "c.js", f"window.YTD.tweets.part0 = {json.dumps(content)};")
        assert summary(read_thread(ARTICLE, script, quiet=True)) == expected


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", "k,What's it?\nx,It is a fine plan\ny,No way\n"),
        (  # SurveyMonkey, Google Forms and Qualtrics, whose further rows of names are no comments
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


def test_only_the_column_that_is_named_is_read(tmp_path: Path) -> None:
    table = written(tmp_path, "c.csv", "Name,Q1,Q2\nal,Fine,7\nbo,No,9\n")
    assert summary(read_thread(ARTICLE, table, quiet=True, columns={"text": "Q1"})) == "Fine - 1|No - 2"


def test_an_article_that_begins_with_a_time_is_no_chat(tmp_path: Path) -> None:
    article = written(tmp_path, "c.txt", "01.05.2024 10:30 - The bridge\n\nThe bridge is bad. We want a new one.\n")
    assert "The bridge is bad." in read_thread(article, quiet=True)["text"].iloc[0]


def test_a_chat_is_not_read_as_an_article_and_a_saved_page_is_no_mail(tmp_path: Path) -> None:
    telegram = TELEGRAM.format(MESSAGE.format("default", 2, "Mira Kowal", '<div class="text">Fine</div>'))
    for name, content in (("c.txt", f"{CHAT}Jo: No\n"), ("c.html", telegram)):
        with pytest.raises(ValueError, match="Give it second"):
            read_thread(written(tmp_path, name, content), quiet=True)
        main(["measure", str(tmp_path / name), "-o", str(tmp_path / f"{name}.csv"), "--units", "texts", "--with-text"])
        assert "Kowal" not in (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
    assert not is_mail(b"From: <Saved by Blink>\nSnapshot-Content-Location: x\nSubject: y\nDate: z\n\n")
    assert not is_mail(b"From: the town\nSubject: a bridge\n\nThe town wants one.\n")


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
