"""Exports of platforms and of the scrapers of them: JSON, XML and tables."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.adversarial_files import written
from helpers.exports import AL, ANN, BOB, CY, DUMP, PAIR, TWO, Export, check_export

from toolkit.importers.comment_formats import read_comments

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
EXPORTS: dict[str, Export] = {  # file, content, comments, what the import log says
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
    "columns in WordPress, without a date in GMT": (
        "c.xml", '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title><wp:comment>'
        "<wp:comment_id>7</wp:comment_id><wp:comment_author>Al</wp:comment_author><wp:comment_content>Fine"
        "</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_date>2024-05-01 10:00:00"
        "</wp:comment_date><wp:comment_date_gmt>0000-00-00 00:00:00</wp:comment_date_gmt></wp:comment></item></channel>"
        "</rss>", "Fine - 1"),
    # platforms by their own names of fields
    "Drupal's API": ("c.json", {"data": [{"type": "comment--comment", "id": f"aa-{own}", "attributes": {
        "subject": "x", "name": who, "comment_body": {"value": f"<p>{text}</p>", "format": "basic_html"}},
        "relationships": {"pid": {"data": above and {"id": above}}}} for own, text, who, above in (
            (1, "Fine", "al", None), (2, "No", "bo", "aa-1"))]}, PAIR),
    "Drupal's fields in lists": ("c.json", [
        {"cid": [{"value": own}], "name": [{"value": who}], "pid": [{"target_id": above}] if above else [],
         "comment_body": [{"value": text, "format": "basic_html"}]} for own, text, who, above in (
            (1, "Fine", "al", 0), (2, "No", "bo", 1))], PAIR),
    "Confluence": ("c.json", {"results": [
        {"id": own, "type": "comment", "body": {"storage": {"value": f"<p>{text}</p>"}},
         "history": {"createdBy": {"displayName": who}}, "ancestors": [{"id": up, "type": "comment"} for up in above]}
        for own, text, who, above in ((1, "Fine", "Al", []), (2, "No", "Bo", [1]), (3, "Yes", "Al", [1, 2]))]},
        "Fine - 1|No 1 2|Yes 2 1"),
    "names of fields in Italian": ("c.json", {"articolo": {"titolo": "Oggi"}, "commenti": [
        {"idCommento": 1, "utente": {"nomeUtente": "Al"}, "messaggio": "Fine", "miPiace": 3, "risposte": [
            {"idCommento": 2, "utente": {"nomeUtente": "Bo"}, "messaggio": "No", "miPiace": 0, "risposte": []}]}]},
        "Fine - 1 3|No 1 2 0"),
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
    "WordPress's feed": ("c.xml", "<rss><channel>" + "".join(
        f"<item><title>By: {who}</title><guid>https://x/?p=9#comment-{own}</guid><creator>{who}</creator><encoded>"
        f"&lt;p&gt;{text}&lt;/p&gt;</encoded></item>" for own, who, text in ((1, "Al", "Fine"), (2, "Bo",
            'Als Antwort auf &lt;a href="https://x/#comment-1"&gt;Al&lt;/a&gt;.&lt;/p&gt; &lt;p&gt;No')))
        + "</channel></rss>", PAIR),
    "a feed that describes its comments": ("c.xml", "<rss><channel>" + "".join(
        f"<item><title>By: {who}</title><creator>{who}</creator><description>{text}</description></item>"
        for who, text in (("Mira Kowal", "Fine"), ("Jo Berg", "Mira, no"))) + "</channel></rss>",
        "Fine - 1|Reader_01,_no - 2"),
    "WordPress's feed with a link to a comment": ("c.xml", "<rss><channel>" + "".join(
        f"<item><title>By: {who}</title><guid>https://x/?p=9#comment-{own}</guid><creator>{who}</creator><encoded>"
        f"&lt;p&gt;{text}&lt;/p&gt;</encoded></item>" for own, who, text in ((1, "Al", "Fine"), (2, "Bo",
            'See &lt;a href="https://x/#comment-1"&gt;the first&lt;/a&gt;.&lt;/p&gt; &lt;p&gt;No')))
        + "</channel></rss>", "Fine - 1|See_the_first.\n\nNo - 2"),
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
    "Nextdoor": (
        "c.json", {"data": {"comments": {"edges": [
            {"node": {"comment": {"author": {"displayName": who, "neighborhood": {"name": "North"}}, "body": text,
                                  "createdAt": {"epochSeconds": 1714557600}}}}
            for who, text in (("Mira Kowal", "Fine"), ("Jo Berg", "Mira Kowal, no"))]}}},
        "Fine - 1|Reader_01,_no - 2"),
    "reviews on Steam": (
        "c.json", {"reviews": [{"recommendationid": own, "author": {"steamid": "7", "personaname": who}, "review": text}
                               for own, who, text in (("1", "Mira Kowal", "Fine"), ("2", "Jo Berg", "Mira, no"))]},
        "Fine - 1|Reader_01,_no - 2"),
    "reviews on Google": (
        "c.json", {"features": [{"properties": {
            "date": "2024-05-01T10:00:00Z", "five_star_rating_published": 5, "review_text_published": text}}
            for text in ("Fine", "No")]}, "Fine - -|No - -"),
    "Medium with named paragraphs": (
        "c.json", {"posts": [{"creator": {"name": "Mira Kowal"}, "firstPublishedAt": 1714557600, "id": "r1",
            "content": {"bodyModel": {"paragraphs": [{"name": "a", "text": "Fine"}, {"name": "b", "text": "plan"}]}}}]},
        "Fine\n\nplan - 1"),
}  # fmt: skip


UNMARKED = [{"text": "Red bus"}, {"text": "No bus"}]


@pytest.mark.parametrize(
    "choices", [["Red bus", "No bus"], [{"text": "Red bus", "correct": True}, {"text": "No bus"}], UNMARKED]
)
@pytest.mark.parametrize("listed", [True, False])
def test_choices_of_a_quiz_are_not_comments(choices: list[object], listed: bool, tmp_path: Path) -> None:
    asked = {"text": "Which bus?", "options": choices} if choices is UNMARKED else {
        "question": "Which bus?", "answers": choices, "correct": 0}  # fmt: skip
    questions = [asked] * 2
    with pytest.raises(ValueError, match=r"no comments|no field"):
        read_comments(written(tmp_path, "quiz.json", json.dumps(questions if listed else {"questions": questions})))


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize("key", ["corrected_at", "incorrectVotes", "autocorrect"])
def test_answers_below_a_corrected_comment_are_no_choices_of_a_quiz(key: str, tmp_path: Path) -> None:
    said = [{"text": "The bus is late", key: 1, "replies": [{"text": "Not today"}]}]
    comments, _ = read_comments(written(tmp_path, "c.json", json.dumps(said)))
    assert [*comments.text] == ["The bus is late", "Not today"]


@pytest.mark.parametrize("sign", ["^", "::"])
def test_the_delimiter_of_columns_is_reported(sign: str, tmp_path: Path) -> None:
    _, log = read_comments(written(tmp_path, "c.csv", f"author{sign}text\nAnn Lee{sign}Fine\n"))
    assert log.format == f"table with '{sign}'"


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize("key", ["__typename", "roleName", "host_name"])
def test_people_of_one_type_are_not_one_person(key: str, tmp_path: Path) -> None:
    said = [{"user": {"id": own, key: "Account"}, "text": "Fine"} for own in (7, 8)]
    comments, _ = read_comments(written(tmp_path, "c.json", json.dumps(said)))
    assert [*comments.author] == ["7", "8"]


@pytest.mark.filterwarnings("ignore:WARNING. No names of commenters:UserWarning")
@pytest.mark.parametrize("kind", EXPORTS)
def test_comments_on_platforms_are_read(kind: str, tmp_path: Path) -> None:
    check_export(kind, EXPORTS[kind], tmp_path)
