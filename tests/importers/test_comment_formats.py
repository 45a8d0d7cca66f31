"""Comment exports: one conversation in every format gives one table; real exports and damaged ones."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from helpers.adversarial_files import written
from helpers.work import cpu_seconds

from toolkit.importers.comment_formats import FORMATS, read_comments
from toolkit.importers.comments_table import comments_table
from toolkit.importers.html_to_text import plain_text
from toolkit.importers.import_log import ImportLog, RawComment

SAMPLES = Path(__file__).parents[1] / "samples"
REAL = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_real_exports = pytest.mark.skipif(not REAL.is_dir(), reason="the real exports are not beside the checkout")

TEXTS = {
    "1": "The library should open later. I work until six.\n\n"
    "Write to wilhelmina@castellanos.example or call +1 (555) 010-4477.",
    "2": "@Wilhelmina Castellanos I agree with you about the hours.",
    "4": "Thanks, Otto! My machine is 203.0.113.77 and my page is https://www.facebook.com/w.castellanos today.",
    "5": "Closed doors help nobody & that’s a fact <3 🙂",
}  # fmt: skip
MASKED = {
    "1": "The library should open later. I work until six.\n\nWrite to [e-mail] or call [phone].",
    "2": "@Reader 01 I agree with you about the hours.",
    "4": "Thanks, Reader 02! My machine is [address] and my page is [profile link] today.",
    "5": "Closed doors help nobody & that’s a fact <3 🙂",
}
PLANTED = ("ilhelmina", "astellanos", "Otto", "randvold", "Ines", "uintanar", "203.0.113", "010-4477", ".example")
FORMAT_OF = {
    "table.csv": "csv", "table_semicolon.csv": "csv", "table.tsv": "csv", "table.xlsx": "xlsx", "nested.json": "json",
    "lines.jsonl": "json", "substack.json": "substack", "wordpress_rest.json": "wordpress-rest",
    "wordpress.xml": "wordpress", "disqus.xml": "disqus", "reddit.json": "reddit",
    "hacker_news_item.json": "hacker-news", "hacker_news_search.json": "hacker-news", "youtube.json": "youtube",
    "youtube_downloader.jsonl": "youtube-downloader", "nyt.json": "nyt", "nyt.csv": "csv", "guardian.json": "guardian",
    "discourse.json": "discourse", "mastodon.json": "mastodon", "bluesky.json": "bluesky", "lemmy.json": "lemmy",
    "disqus_api.json": "disqus-api", "telegram.json": "telegram", "telegram.html": "telegram",
    "ghost.json": "ghost",
    "hacker_news_firebase.json": "hn-firebase", "pushshift.jsonl": "json", "isso.json": "isso",
    "openweb.json": "openweb", "blogger.xml": "xml", "list.mbox": "mail", "medium.json": "medium",
}  # fmt: skip
OWN_COMMENTS_OF = {  # what a person downloads about themselves: no ids that answer one another, no other names
    "facebook.json": "facebook",
    "tiktok.json": "json",
    "instagram.json": "instagram",
    "threads.json": "threads",
    "youtube_takeout.csv": "csv",
}
WITHOUT_LIKES = (
    "wordpress_rest.json", "wordpress.xml", "disqus.xml", "blogger.xml", "hacker_news_item.json", "list.mbox",
    "hacker_news_search.json", "hacker_news_firebase.json", "telegram.html",
)  # fmt: skip


def sample(name: str, folder: Path) -> Path:
    """Give a sample; the spreadsheet is made from the table, as it would be by hand."""
    if name != "table.xlsx":
        return SAMPLES / name
    book, path = openpyxl.Workbook(), folder / name
    for line in pd.read_csv(SAMPLES / "table.csv", header=None).fillna("").to_numpy().tolist():
        book.worksheets[0].append([int(cell) if str(cell).isdecimal() else cell for cell in line])
    book.save(path)
    return path


def error_of(path: Path) -> str:
    """Give the words of the error that a file leads to, or of none."""
    try:
        read_comments(path)
    except ValueError as error:
        return str(error)
    return ""


def number(text_id: Any) -> str:
    """Give the last digit of an id: the comments are 101 to 105 in every sample."""
    return "" if pd.isna(text_id) else str(text_id)[-1]


def test_every_format_and_every_sample_has_a_test() -> None:
    every = FORMAT_OF | OWN_COMMENTS_OF
    assert {*every.values(), "chat"} == {each.name for each in FORMATS}  # which has neither ids nor replies
    assert {path.name for path in SAMPLES.glob("*.*") if path.suffix in (".csv", ".tsv", ".jsonl")} <= set(every)


@pytest.mark.parametrize("name", OWN_COMMENTS_OF)
def test_a_persons_own_comments_are_read_with_their_dates(name: str) -> None:
    raw, log = read_comments(SAMPLES / name)
    assert log.format.startswith(next(each.what for each in FORMATS if each.name == OWN_COMMENTS_OF[name]))
    assert [each.text for each in raw] == [TEXTS["1"], TEXTS["4"].replace(", Otto", ""), TEXTS["5"]]
    table = comments_table(raw, log, thread_id="hours")
    assert list(table.posted.dt.strftime("%Y-%m-%d")) == ["2025-03-01", "2025-03-04", "2025-03-05"]
    assert table.author.nunique() == (name == "facebook.json")
    assert any("names inside its texts (3) cannot be recognised" in it for it in log.notes) == (name != "facebook.json")
    assert "[e-mail] or call [phone]" in table.text.iloc[0]


@pytest.mark.parametrize("name", FORMAT_OF)
def test_one_conversation_gives_one_table_in_every_format(name: str, tmp_path: Path) -> None:
    raw, log = read_comments(sample(name, tmp_path))
    assert log.format.startswith(next(each.what for each in FORMATS if each.name == FORMAT_OF[name]))
    assert {number(each.comment_id): each.text for each in raw if not each.flag} == TEXTS
    table = comments_table(raw, log, thread_id="hours").sort_values("posted").set_index("text_id", drop=False)
    assert [number(each) for each in table.text_id] == ["1", "2", "4", "5"]
    under = ["", "1", "1", ""] if "youtube" in name else ["", "1", "2", ""]  # YouTube has two levels alone
    assert [number(each) for each in table.reply_to] == under
    assert table.reply_to.dropna().isin(table.text_id).all()
    assert list(table.posted.dt.strftime("%Y-%m-%d %H:%M")) == [f"2025-03-0{day} 00:00" for day in (1, 2, 4, 5)]
    likes = [] if name in WITHOUT_LIKES else [5, 0, 2, 1200]
    assert list(table.likes.dropna()) == likes
    if name != "wordpress_rest.json":  # it begins with the newest, who is Reader 01 then
        assert dict(zip(map(number, table.text_id), table.text, strict=True)) == MASKED
        assert list(table.author) == ["Reader 01", "Reader 02", "Reader 01", "Reader 03"]
    assert log.read == log.kept + len(log.left_out) == len(raw)


@pytest.mark.parametrize("name", [each for each in FORMAT_OF if each != "table.xlsx"])
def test_bots_are_recognised_in_every_format(name: str, tmp_path: Path) -> None:
    content = (SAMPLES / name).read_bytes().replace(b"doors help", b"doors. I am a bot; beep boop.")
    raw, _ = read_comments(written(tmp_path, name, content))
    assert [each.text for each in raw if each.flag == "bot"] == [each.text for each in raw if "beep boop" in each.text]
    assert any("beep boop" in each.text for each in raw)


WRAPPED: dict[str, Any] = {
    "data": lambda export: {"data": export},
    "deep": lambda export: {"status": "ok", "a": {"b": {"result": export}}},
    "list": lambda export: {"status": "ok", "response": [export]},
    "pages": lambda export: [{"comments": []}, export],
    "below": lambda export: {"other": [[[{"n": "-" * 40}] * 20] * 20] * 20, "a": [{"b": [{"c": [export]}]}]},
}


@pytest.mark.parametrize("way", WRAPPED)
@pytest.mark.parametrize("name", [name for name in FORMAT_OF if name.endswith(".json")])
def test_an_export_is_known_in_whatever_it_is_wrapped(name: str, way: str, tmp_path: Path) -> None:
    export = WRAPPED[way](json.loads((SAMPLES / name).read_text(encoding="utf-8")))
    raw, log = read_comments(written(tmp_path, "t.json", b"\xef\xbb\xbf" + json.dumps(export).encode()))
    wanted, known = read_comments(SAMPLES / name)
    assert ([*raw], log.format) == ([*wanted], known.format)
    lines = f"{json.dumps(export)}\n" * 3
    raw, log = read_comments(written(tmp_path, "t.jsonl", lines))
    assert ([each.text for each in raw], log.format) == ([each.text for each in wanted] * 3, known.format)


POST = "at://a/app.bsky.feed.post/"
MOD = {"author": "mod_1", "distinguished": "moderator"}
STUB = {"kind": "Listing", "data": {"children": [{"kind": "more", "data": {"count": 0, "id": "_", "children": []}}]}}
STUBBED = {"kind": "t1", "data": {"id": "a", "author": "x_y", "body": "No", "replies": STUB}}
KINDS: dict[str, Any] = {  # what is left of each of two comments, and what the import log must say
    "reddit": (
        {"kind": "Listing", "data": {"children": [
            {"kind": "t1", "data": {"id": "a", "body": "Read the rules", "stickied": True, **MOD}},
            {"kind": "t1", "data": {"id": "b", "body": "No", "stickied": False, **MOD}}]}},
        ["b<", "moderators' notice: 1", "user names only: real names inside the texts (1) cannot be recognised"],
    ),
    "reddit listing": ({"kind": "Listing", "data": {"children": [STUBBED]}}, ["a<", "1 conversations go on below"]),
    "reddit tree": ({"data": [STUBBED]}, ["a<", "1 conversations go on below"]),
    "lemmy": (
        {"comments": [
            {"comment": {"id": 5, "content": "x", "path": "0.5", "removed": True}, "creator": {"name": "al"}},
            {"comment": {"id": 6, "content": "No", "path": "0.5.6"}, "creator": {"name": "cy"}},
            {"comment": {"id": 7, "content": "Be kind", "path": "0.7", "distinguished": True}},
        ]},
        ["6<", "deleted", "moderators' notice"],
    ),
    "bluesky": (
        {"thread": {"post": {"uri": f"{POST}1", "record": {"text": "Article"}, "author": {}}, "replies": [
            {"$type": "#threadViewPost", "replies": [{"uri": f"{POST}3", "blocked": True}], "post": {
                "uri": f"{POST}2", "author": {"handle": "al.x"}, "record": {
                    "text": "No", "reply": {"parent": {"uri": f"{POST}1"}}},
                "embed": {"record": {"uri": f"{POST}9", "author": {}, "record": {"text": "quoted"}}}}}]}},
        ["2<", "deleted"],
    ),
    "telegram": (
        {"chats": {"list": [{"name": "A", "messages": [
            {"id": 1, "type": "service", "date": "2024-05-02T10:00:00", "actor": "Al", "text": ""},
            {"id": 2, "type": "message", "date": "2024-05-02T10:00:00", "from_id": "u",
             "text": ["N", {"text": "o"}]}]}]}},
        ["2<", "service message"],
    ),
    "discourse": (
        {"post_stream": {"stream": [1, 2, 3], "posts": [
            {"id": 901, "post_number": 1, "cooked": "<p>No</p>", "username": "al", "post_type": 1},
            {"id": 902, "post_number": 2, "cooked": "", "username": "system", "post_type": 3,
             "reply_to_post_number": 1}]}},
        ["1<", "moderators' notice", "counts 1 further"],
    ),
    "guardian": (
        {"discussion": {"title": "T", "commentCount": 12, "comments": [
            {"id": 1, "body": "gone", "status": "blocked", "userProfile": {"displayName": "Al"}},
            {"id": 2, "body": "No", "userProfile": {"displayName": "Cy"}, "responseTo": {"commentId": "1"}}]}},
        ["2<", "deleted", "counts 10 further"],
    ),
    "mastodon": (
        [{"id": "1", "in_reply_to_id": "9", "content": "Beep", "account": {"acct": "al", "bot": True}},
         {"id": "2", "in_reply_to_id": "1", "content": "<p>No</p>", "account": {"acct": "cy"}}],
        ["2<", "bot"],
    ),
    "hn-firebase": (
        {"id": 1, "type": "story", "title": "T", "by": "z", "time": 1, "kids": [
            {"id": 2, "type": "comment", "by": "al", "parent": 1, "text": "Yes", "time": 2, "kids": [
                {"id": 3, "type": "comment", "by": "cy", "parent": 2, "text": "No", "time": 2},
                {"id": 4, "type": "comment", "deleted": True, "parent": 2, "time": 2}]}]},
        ["2<", "3<2", "deleted"],
    ),
    "ghost": (
        {"comments": [{"id": "a", "html": None, "member": None},
                      {"id": "b", "html": "<p>No</p>", "member": {"name": "Al"},
         "in_reply_to_id": "a", "count": {"likes": 2}}], "meta": {"pagination": {"total": 5}}},
        ["b<", "deleted", "counts 3 further"],
    ),
    "instagram": (
        [{"string_map_data": {"Kommentar": {"value": "No", "timestamp": 0}, "Zeit": {"timestamp": 1714644900}}}],
        ["c0001<", "Times of day"],
    ),
    "instagram 2025": (
        [{"timestamp": 1714644900, "media": [], "fbid": "1", "label_values": [
            {"label": "URL", "value": "https://x.org/p/1", "href": "https://x.org/p/1"},
            {"title": "Owner", "dict": [{"title": "", "dict": [{"label": "Name", "value": "Al"}]}]},
            {"ent_field_name": "Comment", "label": "Comment", "value": "Al is wrong"}]},
         {"timestamp": 1714644900, "media": [], "label_values": [
             {"title": "Owner", "dict": [{"dict": [{"label": "Name", "value": "Cy"}]}]},
             {"label": "Kommentar", "value": "No"}, {"label": "Media Owner", "value": "zed_77"}]}],
        ["c0001<", "c0002<", "Times of day"],
    ),
    "instagram likes": (
        {"likes": [{"timestamp": 1714644900, "label_values": [
            {"label": "URL", "value": "https://x.org/p/1", "href": "https://x.org/p/1"},
            {"title": "Owner", "dict": [{"dict": [{"label": "Username", "value": "zed_77"}]}]}]},
            {"string_map_data": {"Comment": {"value": "No"}, "Time": {"timestamp": 1714644900}}}]},
        ["c0002<", "empty"],
    ),
    "bluesky 2": (
        {"hasOtherReplies": False, "thread": [
            {"uri": f"{POST}{own}", "depth": depth, "value": {"$type": "app.bsky.unspecced.defs#threadItem", **value}}
            for own, depth, value in (
                (1, -1, {"post": {"uri": f"{POST}1", "record": {"text": "Above"}, "author": {"handle": "al.x"}}}),
                (2, 0, {"post": {"uri": f"{POST}2", "record": {"text": "Article", "reply": {
                    "parent": {"uri": f"{POST}1"}}}, "author": {"handle": "al.x"}}, "opThread": True}),
                (3, 1, {"post": {"uri": f"{POST}3", "record": {"text": "Yes", "langs": ["en"], "reply": {
                    "parent": {"uri": f"{POST}2"}}}, "author": {"handle": "cy.x"}, "labels": []}}),
                (4, 2, {}),
                (5, 2, {"post": {"uri": f"{POST}5", "record": {"text": "No", "reply": {
                    "parent": {"uri": f"{POST}3"}}}, "author": {"handle": "al.x"}, "likeCount": 2}}),
            )]},
        ["3<", "5<3", "deleted"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("empty", [
    {"Comment": {"Comments": {"CommentsList": []}}, "Chat": {"ChatHistory": {"a:": [{"From": "al", "Content": "Hm"}]}}},
    {"Comment": {"Comments": {"CommentsList": None}}}, {"comments": []}, {"comments_v2": []},
    {"items": [], "kind": "x"}, {"ancestors": [], "descendants": []},
])  # fmt: skip
def test_an_empty_list_of_comments_is_called_so(empty: Any, tmp_path: Path) -> None:
    assert "has no comments" in error_of(written(tmp_path, "t.json", empty))


@pytest.mark.parametrize("name", KINDS)
def test_what_each_platform_marks_is_noted_and_what_it_answers_is_found(name: str, tmp_path: Path) -> None:
    export, expected = KINDS[name]
    raw, log = read_comments(written(tmp_path, "t.json", export))
    table = comments_table(raw, log, thread_id="t")
    assert log.format == next(each.what for each in FORMATS if each.name == name.split()[0])
    assert table.text.iloc[-1] == "No"
    said = log.summary()
    assert not any(each in out for out in (table.to_csv(), said) for each in ("Al is", "zed_77"))
    answers = [
        f"{own}<{'' if pd.isna(to) else to}".replace("t/", "")
        for own, to in zip(table.text_id, table.reply_to, strict=True)
    ]
    assert answers == [each for each in expected if "<" in each]
    assert [each for each in expected if "<" not in each and each not in said] == []


@pytest.mark.parametrize("name", FORMAT_OF)
def test_planted_names_are_in_no_error(name: str, tmp_path: Path) -> None:
    path = sample(name, tmp_path)
    content = path.read_bytes()
    cut = content[: len(content) // 2]
    for damaged in (cut, content.replace(b"text", b"tixt"), content.replace(b"omment", b"imment"), cut + b'"\0'):
        message = error_of(written(tmp_path, "damaged" + path.suffix, damaged))
        assert [each for each in PLANTED if each in message] == []
    with pytest.raises(ValueError, match="not 'csw'"):
        read_comments(path, format="csw")


def test_dropped_columns_are_named() -> None:
    _, log = read_comments(SAMPLES / "table.csv")
    assert "Unused columns dropped: Email, IP" in log.notes
    _, log = read_comments(SAMPLES / "reddit.json")
    assert any("3 further comments" in note for note in log.notes)


def test_cells_stay_as_written(tmp_path: Path) -> None:
    lines = 'id,text,likes\n007,NA,1\n9007199254740993,null,"1,234"\n'
    lines += '"8","a ""b"", c\nd",9223372036854775807\n\n1e3,nan,2K\n'
    raw, log = read_comments(written(tmp_path, "t.csv", lines))
    assert [(each.row, each.comment_id, each.text) for each in raw] == [
        (2, "007", "NA"), (3, "9007199254740993", "null"), (4, "8", 'a "b", c\nd'), (6, "1e3", "nan"),
    ]  # fmt: skip
    table = comments_table(raw, log, thread_id="t")
    assert list(table.text_id) == ["t/007", "t/9007199254740993", "t/8", "t/1e3"]
    assert list(table.likes) == [1, 1234, 9223372036854775807, 2000]
    raw, _ = read_comments(written(tmp_path, "t.json", '[{"id": 9007199254740993, "text": "x", "score": 1e400}]'))
    assert (raw[0].comment_id, raw[0].likes) == ("9007199254740993", "1e400")


def test_columns_can_be_named_and_a_wrong_name_is_explained(tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "Lfd;Gesagtes;Wann\n1;Good idea;1.3.2025\n")
    raw, _ = read_comments(path, columns={"text": "Gesagtes", "posted": "Wann", "comment_id": "Lfd"})
    assert [*raw] == [RawComment(2, "Good idea", comment_id="1", posted="1.3.2025")]
    with pytest.raises(ValueError, match="no column for the comments' text"):
        read_comments(path)
    for text in (
        "Text: It is out.\nAuthor: unknown\n\nThe bridge is bad.\n", "Saved\nDate: 2024-05-01\nComment: Hi\n",
        "text:date\nI like it: a lot\n",
    ):  # fmt: skip
        with pytest.raises(
            ValueError, match="no column for the comments' text"
        ):  # nor labelled lines, nor columns parted at colons
            read_comments(written(tmp_path, "t.txt", text))
    with pytest.raises(ValueError, match=r"no column 'Gesagt' for text. Found: Lfd, Gesagtes, Wann"):
        read_comments(path, columns={"text": "Gesagt"})
    parts = r"unknown key 'body'\. Use text, comment_id, .*, as in columns={'text': 'Message'}\."
    with pytest.raises(ValueError, match=parts):
        read_comments(path, columns={"body": "Gesagtes"})


def test_a_wrong_format_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"table\.csv is a table or text, but cannot be read as Disqus export"):
        read_comments(SAMPLES / "table.csv", format="disqus")


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    raw, log = read_comments(written(tmp_path, "t.csv", "id,text\n1,one\n2,two, with a comma\n3\n"))
    assert [(each.row, each.text) for each in raw] == [(2, "one"), (4, "")]
    assert log.as_dict()["left_out"] == [{"what": "more cells than the header (3, not 2)", "rows": [3]}]
    lines = '{"text": "one"}\n\nno json\n{"text": "two"}\n'
    raw, log = read_comments(written(tmp_path, "t.jsonl", lines))
    assert [(each.row, each.text) for each in raw] == [(1, "one"), (4, "two")]
    assert (log.read, log.left_out) == (3, [(3, "not a JSON object", "")])


def test_commas_in_texts_are_no_delimiters_of_one_column_or_where_a_line_names_another(tmp_path: Path) -> None:
    for table in ("\ncomment\nWell, yes\nNo; never\n", 'sep=|\ncomment|id\n"Well, yes"|1\n"No; never"|2\n'):
        raw, _ = read_comments(written(tmp_path, "t.csv", table))
        assert [(each.row, each.text) for each in raw] == [(3, "Well, yes"), (4, "No; never")]


@pytest.mark.parametrize(
    "header",
    [
        "authorDisplayName,textDisplay,publishedAt,likeCount,id,parentId",
        "Comment Author,Comment,Date posted,Up-Votes,Comment No.,In reply to",
        "Name (click to view profile),Comment Text (original),Creation Date,Total likes,Comment UUID,Parent UUID",
        "Benutzername,Kommentartext,Zeitstempel der Erstellung,Gefällt mir,ID,ID des übergeordneten Kommentars",
        "Auteur,Commentaire,Date de publication,J'aime,Identifiant,Parent",
        "Usuario,Comentario,Fecha,Me gusta,Comentario ID,Comentario padre",
        "commenterName,bodyHTML,written_at,TotalVotes,commentHex,parentHex",
        "posted_by,comment_body,submitted_on,num_points,short_id,reply_to_msg_id",
        "Verfasser,Kommentartext,Datum und Uhrzeit,Anzahl Likes,Kommentar-Nr.,Antwort auf Nr.",
        "Pseudo,Texte du commentaire,Date et heure,Nombre de j'aime,N° commentaire,En réponse à",
        "Nombre de usuario,Texto del comentario,Fecha y hora,Me gusta,ID del comentario,En respuesta a",
        "Nome utente,Testo del commento,Data e ora,Mi piace,ID commento,In risposta a",
        "Gebruikersnaam,Tekst van de reactie,Datum en tijd,Vind-ik-leuks,Reactie-ID,Antwoord op",
        "Nazwa użytkownika,Treść komentarza,Data i godzina,Polubienia,ID komentarza,W odpowiedzi na",
        "Имя пользователя,Текст комментария,Дата и время,Лайки,ID комментария,В ответ на",
        "Autor komentarza,Komentarz,Data dodania,Liczba polubień,ID komentarza,ID rodzica",
        "Autore del commento,Commento,Data del commento,Numero di like,ID commento,ID commento padre",
        "Autor do comentário,Comentário,Data do comentário,Número de curtidas,ID do comentário,ID do comentário pai",
        "Автор комментария,Комментарий,Дата публикации,Количество лайков,ID комментария,ID родителя",
        "작성자,댓글 내용,작성 시간,좋아요 수,댓글 ID,부모 댓글 ID",
        "ユーザー名,コメント内容,投稿日時,いいね数,コメントID,返信先ID",
        "用户名,评论内容,评论时间,点赞数,评论ID,回复ID",
        "Kullanıcı adı,Yorum metni,Tarih,Beğeni sayısı,Yorum ID,Yanıtlanan",
        "Nutzername,Kommentar,Erstellungsdatum,Gefällt-mir-Angaben,Kommentar-ID,Antwort auf",
        "Imię i nazwisko,Treść,Data utworzenia,Polubienia,Lp.,Odpowiedź na",
        "Όνομα χρήστη,Σχόλιο,Ημερομηνία δημοσίευσης,Likes,ID,Parent",
        "Nimimerkki,Viesti,Julkaistu,Tykkäykset,ID,Parent",
        "Auteur,Commentaire,Date de création,J'aime,Numéro,Parent",
        "Usuario,Comentario,Fecha de creación,Me gusta,ID,Padre",
        "Pseudo,Message,Date,Nb de likes,N°,Réponse au n°",
        "author_name,message,created_at,likes,post_id,parent_post_id",
        "ニックネーム,コメント,作成日時,いいね,番号,返信先",
        "اسم المستخدم,نص التعليق,تاريخ النشر,likes,id,parent",
        "Verfasser,Kommentartext,Zeitpunkt,Empfehlungen,Kommentar-Nr.,Antwort auf",
        "commenter_display_name,comment_body,published_at,reactions_respect,comment_id,replied_to_comment_id",
        "persona_name,review,created_at,votes_up,recommendation_id,parent_id",
        "username,post_raw,created_at,like_count,post_id,reply_to",
        "username,post_cooked,created_at,like_count,post_id,reply_to",
        "Verfasser,Kommentar,Datum,Likes,Lfd. Nr.,Antwort auf Nr.",
        "Autor,Comentário,Data,Curtidas,N.º,Em resposta a",
        "Pseudo,Commentaire,Date,Mentions J'aime,N°,Réponse au n°",
        "Skribentens namn,Inläggets text,Inskickad,Antal gillamarkeringar,Löpnr,Svar på inlägg",
        "Nama pengguna,Isi komentar,Tanggal komentar,Jumlah suka,No,Balasan untuk",
        "שם המגיב,תוכן התגובה,תאריך פרסום,לייקים,מספר,תגובה ל",
        "USR_NM,segment_text,dataInserimento,miPiace,idCommento,Răspuns la",
    ],
)
def test_names_of_columns_are_known_in_several_spellings_and_languages(tmp_path: Path, header: str) -> None:
    raw, log = read_comments(written(tmp_path, "t.csv", f"{header}\nA,B,2025-03-01,4,12,11\n"))
    assert [*raw] == [RawComment(2, "B", "12", "11", "A", posted="2025-03-01", likes="4")]
    assert not [note for note in log.notes if "dropped" in note]


@pytest.mark.parametrize(
    "name",
    ["comment_count", "reply_count", "replies", "dislikes", "user_type", "text_language", "post_date",
     "in_reply_to_user_id", "video_published_at", "author_url", "has_liked", "Created By", "comment_status_id",
     "Channel ID", "user email", "is_comment", "data_y", "deleted_by", "回复数", "文章名"],
)  # fmt: skip
def test_columns_that_only_sound_like_a_part_are_dropped(tmp_path: Path, name: str) -> None:
    raw, log = read_comments(written(tmp_path, "t.csv", f"comment,{name}\nB,7\n"))
    assert [*raw] == [RawComment(2, "B")]
    assert f"Unused columns dropped: {name}" in log.notes


MOMENTS = [f"2022-05-1{day}T06:58:03Z" for day in range(6)]
SECONDS = [f"16522522{n}" for n in range(10, 16)]
PARENTS = ["", "c5001", "c5001", "c5003", "", "c5002"]


def _six(tmp_path: Path, form: str, **columns: list[str]) -> tuple[list[RawComment], ImportLog]:
    """Read six comments with further columns."""
    own = {"nr": [f"c500{n}" for n in range(1, 7)], "comment": [f"Word {n}" for n in range(6)]} | columns
    rows = [*zip(*own.values(), strict=True)]
    listed: Any = [dict(zip(own, row, strict=True)) for row in rows]
    table = "\n".join(map(";".join, [tuple(own), *rows]))
    raw, log = read_comments(written(tmp_path, f"t.{form}", listed if form == "json" else table))
    return [*raw], log


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Data publicării", MOMENTS), ("дата публікації", [f"1{n}.05.2022, 09:30" for n in range(6)]),
        ("kazkada", [f"1{n} May 2022" for n in range(6)]), ("gmt", SECONDS), ("utc_ms", [f"{n}000" for n in SECONDS]),
        ("lahetyspv", [f"Wed, 1{n} May 2022 06:58:03 +0200" for n in range(6)]),
    ],
)  # fmt: skip
def test_dates_are_known_by_their_cells(tmp_path: Path, form: str, name: str, cells: list[str]) -> None:
    raw, log = _six(tmp_path, form, **{name: cells})
    assert [each.posted for each in raw] == cells
    shown = name if name.isascii() or name == "Data publicării" else "column 3"
    assert f"The dates were taken from {shown}, the only column that may hold them." in log.notes


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("birthday", MOMENTS), ("Geburtsdatum", MOMENTS), ("fecha_nacimiento", MOMENTS), ("dob", MOMENTS),
        ("article_date", MOMENTS), ("Artikeldatum", MOMENTS), ("user_created_at", MOMENTS), ("scraped_at", MOMENTS),
        ("author.created_utc", SECONDS), ("author.score", ["5"] * 6), ("last_edited", MOMENTS),
        ("laikas", MOMENTS[:1] * 6), ("laikas", [*MOMENTS[:1], *[""] * 5]), ("laikas", ["1999-05-01", *MOMENTS[1:]]),
        ("laikas", [f"2999-05-1{n}" for n in range(6)]), ("laikas", [f"45413.{n}" for n in range(6)]),
        ("laikas", [f"45413.202{n}" for n in range(6)]), ("laikas", [f"2022051{n}" for n in range(6)]),
        ("kodas", SECONDS), ("kodas", [f"2001-12{n}" for n in range(6)]), ("kodas", [f"1.2.1{n}" for n in range(6)]),
        ("phone", SECONDS), ("views", SECONDS), ("rank", list("112233")), ("sterne", ["", *"11223"]),
        ("previous_id", PARENTS), ("root_id", PARENTS), ("member_since", MOMENTS),
        ("kodas", ["c5001", *PARENTS[1:]]), ("kodas", ["", "c9001", *PARENTS[2:]]),
    ],
)  # fmt: skip
def test_other_dates_and_numbers_are_not_taken_for_a_comments(
    tmp_path: Path, form: str, name: str, cells: list[str]
) -> None:
    raw, _ = _six(tmp_path, form, **{name: cells})
    assert {(each.posted, each.reply_to, each.likes) for each in raw} == {("", "", "")}


def test_of_several_columns_of_dates_the_one_with_a_word_of_time_is_taken_or_none(tmp_path: Path) -> None:
    raw, _ = _six(tmp_path, "csv", kada=[f"2021{each[4:]}" for each in MOMENTS], datum_xx=MOMENTS)
    assert [each.posted for each in raw] == MOMENTS
    raw, log = _six(tmp_path, "csv", kada=MOMENTS, kodas=MOMENTS)
    assert {each.posted for each in raw} == {""}
    assert (
        "No column is known to hold the comments' dates, but dates are in: kada, kodas. "
        "If one holds them, name it: columns={'posted': '...'}."
    ) in log.notes


@pytest.mark.parametrize("form", ["csv", "json"])
def test_parents_are_known_by_their_cells(tmp_path: Path, form: str) -> None:
    raw, _ = _six(tmp_path, form, an_komm=PARENTS)
    assert [each.reply_to for each in raw] == PARENTS


def test_signs_in_the_name_of_the_only_column_are_no_delimiters(tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "comment&author\nThis & that\nNo\nFine\n")
    raw, _ = read_comments(table, columns={"text": "comment&author"})
    assert [each.text for each in raw] == ["This & that", "No", "Fine"]


def test_objects_with_names_beside_the_text_are_read(tmp_path: Path) -> None:
    listed = [{"id": 1, "body": "B", "author": {"name": "A", "login": "a_b"}, "date": "2025-03-01", "parent_id": None}]
    raw, _ = read_comments(written(tmp_path, "t.json", listed))
    assert [*raw] == [RawComment(1, "B", comment_id="1", author="A", handle="a_b", posted="2025-03-01")]


ZED = "Zed Quagmire"
SAID = f"No, {ZED}, and zq_77 was right"
ANSWERED: dict[str, Any] = {  # people who are named in fields, and wrote no comment of the file themselves
    "nyt": [{"commentID": 1, "commentBody": SAID, "userDisplayName": "Al", "parentUserDisplayName": ZED}],
    "guardian": [{"id": 1, "body": SAID, "userProfile": {"displayName": "Al"}, "responseTo": {"displayName": ZED}}],
    "discourse": [{"post_number": 1, "cooked": SAID, "username": "al", "topic_id": 1,
                   "reply_to_user": {"username": "zq_77", "name": ZED}}],
    "mastodon": [{"id": 1, "content": SAID, "in_reply_to_id": None, "account": {"acct": "al", "display_name": ZED},
                  "mentions": [{"acct": "zq_77"}]}],
    "telegram": {"messages": [{"id": 1, "type": "message", "date": "2024-05-02T10:00:00", "from": "Al", "text": SAID,
                               "forwarded_from": ZED}]},
    "facebook": {"comments_v2": [{"title": f"Al Bo replied to {ZED}'s comment.", "data": [
        {"comment": {"timestamp": 1714644900, "comment": SAID, "author": "Al Bo"}}]}]},
    "instagram": [{"string_map_data": {
        "Kommentar": {"value": SAID}, "Inhaber": {"value": ZED}, "Zeit": {"timestamp": 1}}}],
    "json": {"comments": [{"id": 1, "text": SAID, "user_id": 5}],
             "users": [{"id": 5, "username": "al"}, {"id": 6, "full_name": ZED, "username": "zq_77"}]},
    "csv": f"id,comment,author,In reply to (name),mentions\n1,\"{SAID}\",Al,{ZED},zq_77\n",
    "jsonl": [{"comment": SAID, "username": "zq_77", "full_name": ZED}],
    "xml": f"<disqus><thread id='x'><author><name>{ZED}</name><username>zq_77</username></author></thread>"
           f"<post><message>{SAID}</message><author><name>Al</name></author><thread id='x'/></post></disqus>",
    **{line: f"13/05/2024, 10:00 - {line}\n13/05/2024, 10:01 - Al Roe: {SAID}\n" for line in (
        f"Al Roe added Cy Lee and {ZED}", f"{ZED} left", f'{ZED} created group "Town"', f"Al Roe hat {ZED} hinzugefügt",
        f"{ZED} hat die Gruppe verlassen", f"{ZED} changed the subject to Town", f"Al Roe añadió a {ZED}",
        f"{ZED} salió del grupo", f"Al Roe a ajouté {ZED}", f"{ZED} a quitté le groupe",
        f"Your security code with {ZED} changed. Tap to learn more.")},
    "likers": [{"id": 1, "text": SAID, "author": "Al", "liked_by": [{"name": ZED}, "zq_77"]}],
    "reactions": [{"id": 1, "text": SAID, "author": "Al", "reactions": [{"user": {"name": ZED}}, {"user": "zq_77"}]}],
    "listed likes": [{"id": 1, "text": SAID, "author": "Al", "likes": [ZED, "zq_77"]}],
    "likes of Meta": {"data": [
        {"id": "1", "message": SAID, "from": {"name": "Al"}, "likes": {"data": [{"name": ZED}]}}]},
    "likes by": f"id,comment,author,likes by,upvoted_by\n1,\"{SAID}\",Al,Ann Lee; {ZED},\"zq_77, ann, bo\"\n",
    "mentioned users": f"comment,author,mentioned_users\n\"{SAID}\",Al,\"{ZED}, zq_77\"\n",
    "halves": f"comment,first name,last name\n\"{SAID}\",Zed,Quagmire\n",
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERED)
def test_people_who_are_only_named_in_fields_are_masked_in_texts(name: str, tmp_path: Path) -> None:
    raw, log = read_comments(written(tmp_path, "t.txt", ANSWERED[name]))
    said = comments_table(raw, log, thread_id="t").to_csv() + log.summary()
    shown = ["Zed", "Quagmire"] + ["zq_77"] * ("zq_77" in json.dumps(ANSWERED[name]).replace(SAID, ""))
    assert [each for each in shown if each in said] == []


LEFT_OUT: list[tuple[dict[str, Any], str]] = [
    ({"body": "Read the rules", "distinguished": "moderator", "stickied": True}, "moderators' notice"),
    ({"body": "Hm", "deletedAt": "2024-05-01T10:00:00Z"}, "deleted"), ({"body": "Hm", "delete": True}, "deleted"),
    ({"body": "Hm", "status": "moderator_removed"}, "deleted"), ({"body": "Hm", "state": "disabled"}, "deleted"),
    ({"body": "Hm", "visibility": "trashed"}, "deleted"), ({"body": "Hm", "visibility": "private"}, ""),
    ({"body": "Hm", "status": "PREMOD"}, "not approved"), ({"body": "Hm", "author": {"login": "x[bot]"}}, "bot"),
    ({"body": "Hm", "author": "GroupHelpBot"}, "bot"), ({"body": "Hm", "author": "tidy-bot"}, "bot"),
    ({"body": "Hm", "is_bot": True}, "bot"), ({"body": "Be kind", "author": "AutoModerator"}, "bot"),
    ({"body": "I am a bot, and this action was performed automatically."}, "bot"),
    *(({"body": "[...]", "comment_type": why}, why) for why in ("pingback", "trackback")),
    *(({"content": {"rendered": "[...]"}, "author_name": "A", "type": why or "comment"}, why)
      for why in ("webmention", "pingback", "")),
    ({"body": "I like it", "distinguished": "moderator", "stickied": False}, ""),
    *(({"body": "Hm", "author": each, "status": "open"}, "")
      for each in ("Talbot", "John Abbot", "Le Bot", "Robota", "TALBOT")),
]  # fmt: skip


@pytest.mark.parametrize(("comment", "why"), LEFT_OUT)
def test_marks_in_fields_leave_comments_out(comment: dict[str, Any], why: str, tmp_path: Path) -> None:
    raw, _ = read_comments(written(tmp_path, "t.json", [{"id": 1} | comment]))
    assert [each.flag for each in raw] == [why]


def test_a_spreadsheet_with_blank_rows_and_a_second_sheet_is_read_and_noted(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "t.xlsx"
    for line in ([], ["id", "text", "date"], [7.0, "one", pd.Timestamp("2025-03-01 10:00").to_pydatetime()], [8, True]):
        book.worksheets[0].append(line)
    book.create_sheet("more").append(["x"])
    book.save(path)
    raw, log = read_comments(path)
    expected = [(3, "7", "one", "2025-03-01T10:00:00"), (4, "8", "True", "")]
    assert [(each.row, each.comment_id, each.text, each.posted) for each in raw] == expected
    assert any("Only sheet 1 of 2" in note for note in log.notes)


def test_xml_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    text = (SAMPLES / "disqus.xml").read_text(encoding="utf-8").replace("utf-8", "windows-1251").replace("🙂", "")
    text = text.replace("Closed doors", "Двери")
    raw, _ = read_comments(written(tmp_path, "t.xml", text.encode("cp1251")))
    assert raw[-1].text.startswith("Двери help nobody")


def test_one_article_is_chosen_by_title_address_or_id_and_several_are_noted(tmp_path: Path) -> None:
    text = (SAMPLES / "wordpress.xml").read_text(encoding="utf-8")
    item = text[text.index(" <item>") : text.index("</channel>")]
    other = item.replace("Opening hours", "Other").replace("opening-hours", "other").replace(">42<", ">43<")
    path = written(tmp_path, "t.xml", text.replace("</channel>", other + "</channel>"))
    for name in ("opening HOURS", "http://www.example.org/opening-hours?x=1", "42"):
        raw, log = read_comments(path, article=name)
        assert [each.row for each in raw] == [1, 2, 3, 4, 5, 6]
        assert len(log.left_out) == 6
    raw, log = read_comments(path)
    assert any("comments on 2 articles" in note for note in log.notes)
    with pytest.raises(ValueError, match=r"no comments on 'Third'\. It has comments on: Opening hours; Other"):
        read_comments(path, article="Third")
    letters = written(tmp_path, "t.csv", f"author,text,article_title\n{ZED},Fine,Letter by {ZED}\nAl,No,Town\n")
    with pytest.raises(ValueError, match="comments on: Letter by Reader 01; Town"):
        read_comments(letters, article="Third")
    posts = written(tmp_path, "t.csv", "post_id,topic_id,text\n1,9,Fine\n2,9,No\n")  # of a forum, by topic
    assert [each.comment_id for each in read_comments(posts, article="9")[0]] == ["1", "2"]
    named = written(tmp_path, "t.csv", "post_id,text\n1,Fine\n2,No\n")
    assert [each.text for each in read_comments(named, columns={"thread": "post_id"}, article="2")[0]] == ["No"]


def test_a_flat_thread_of_ten_thousand_levels_is_read(tmp_path: Path) -> None:
    rows = "".join(f"{n},{n - 1 or ''},Level {n}\n" for n in range(1, 10_001))
    raw, log = read_comments(written(tmp_path, "t.csv", "id,parent,text\n" + rows))
    tables = []
    assert cpu_seconds(lambda: tables.append(comments_table([*raw][::-1], log, thread_id="t"))) < 5
    (table,) = tables
    assert (table.reply_to.notna().sum(), len(table)) == (9_999, 10_000)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One &amp; two<br>three<br><br>four</p><p>five</p>", "One & two\nthree\n\nfour\n\nfive"),
        ("First<p>Second<p><i>third</i>", "First\n\nSecond\n\nthird"),
        ("<blockquote><p>said</p></blockquote><p>answer</p>", "> said\n\nanswer"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('see <a href="/x?a=1&amp;b">this page</a>', "see this page"),
        ('<a href="https://example.org/long">https://example.org/lo...</a>', "https://example.org/long"),
        ("<p>a</p><script>alert('<p>')</script><style>p{}</style><!-- <p>x</p> -->b", "a\n\nb"),
        ('ok <img class="emoji" alt="😀" src="x"><img alt="Portrait of somebody" src="y">', "ok 😀"),
        ("line one\nline <b>two</b>\n\nline three", "line one\nline two\n\nline three"),
        ("a < b <3 x<y and &lt;b&gt; &#x27;", "a < b <3 x<y and <b> '"),
        ("<!-- promo -->\nDonate", "Donate"),
        ("<script>never closed", ""),
        ('<p>The <acronym title="World Health Organization">WHO</acronym> is great.</p>', "The WHO is great."),
        ("<p>An inter<wbr>national plan.</p>", "An international plan."),
        ('<p class="MsoNormal">Great plan.<o:p></o:p></p>', "Great plan."),
        ("<details><summary>In short</summary><p>I <mark>love</mark> it.</p></details>", "In short\n\nI love it."),
        ("<details><summary>In short</summary>I love it.</details>", "In short\nI love it."),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ('<aside class="quote" data-username="al"><div class="title"><div></div>al:</div><blockquote>'
         "<p>Great.</p></blockquote></aside><p>No.</p>", "> Great.\n\nNo."),
        ("<blockquote><cite>al wrote:</cite>Great <cite>Emma</cite>.</blockquote>", "> al wrote:\n\n> Great Emma."),
        ("press <kbd>a</kbd> <my-tag>b</my-tag>", "press a b"),
        ("a < b and <3 you", "a < b and <3 you"),
        ("a &#" + "9" * 5_000 + "; b", "a \ufffd b"),
        ("&lt;p&gt;Great.&lt;/p&gt;&lt;p&gt;Yes.&lt;/p&gt;", "Great.\n\nYes."),  # escaped twice
        ("&lt;blockquote&gt;Great.&lt;/blockquote&gt;No.", "> Great.\n\nNo."),
        ("Great.&lt;br /&gt;Yes.", "Great.\nYes."),
        ("&amp;lt;p&amp;gt;No, &amp;lt;b&amp;gt;bad&amp;lt;/b&amp;gt;.&amp;lt;/p&amp;gt;", "No, bad."),
        ("Fish &amp;amp; chips, it&amp;#39;s good", "Fish & chips, it's good"),
        ("Write &lt;b&gt;a word&lt;/b&gt; or &lt;p&gt;", "Write <b>a word</b> or <p>"),
        ("<p>Use &lt;br&gt; here</p>", "Use <br> here"),
        ("Use &lt;br&gt; here, `&lt;br/&gt;` there", "Use <br> here, `<br/>` there"),
        ("Write &amp;lt;p&amp;gt;, not &lt;script&gt;, here", "Write &lt;p&gt;, not <script>, here"),
        ("Write &amp;lt;script&amp;gt; here", "Write <script> here"),
        ("&lt;p&gt; begins what ends at &lt;/p&gt;", "<p> begins what ends at </p>"),
        ("&" + "amp;" * 5, "&amp;amp;"),
        ("<b>a</b> &#" + "0" * 5_000 + "65", "a \ufffd"),
    ],
)  # fmt: skip
def test_html_becomes_plain_text(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "<", "<a ", "<!--", "<script>", "<p>", "</p>", "<blockquote>", "&", "&#", "<a href='", "<li>", "<a><br>",
        "<img alt=", "<aside class=quote>",
    ],
)  # fmt: skip
def test_html_is_read_in_linear_time(unit: str) -> None:
    assert cpu_seconds(lambda: plain_text("<b>" + unit * (200_000 // len(unit)))) < 10


@needs_real_exports
@pytest.mark.parametrize(
    ("name", "read", "kept", "replies"),
    [
        ("isso_imports/disqus.xml", 6, 5, 1),  # one is deleted; the reply to it is at the top
        ("isso_imports/wordpress.xml", 8, 8, 3),
        ("reddit_urs/wsb_thread.json", 694, None, None),
        ("wordpress_wxr/themeunittestdata.wordpress.xml", 33, 26, 9),  # 3 held, 2 trackbacks, 2 pingbacks
        ("youtube/google_io_2014_threads.json", 20, 20, 0),
        ("youtube/music_video_threads.json", 98, None, 0),
        ("substack_samples/substack_reduced.json", 39, None, 0),
        ("blog_pairs/comments.jsonl.gz", 12_653, None, 0),
    ],
)
def test_real_exports_are_read_whole(name: str, read: int, kept: int | None, replies: int | None) -> None:
    raw, log = read_comments(REAL / name)
    assert (log.read, len(raw)) == (read, read)
    if read < 1000:
        table = comments_table(raw, log, thread_id="t")
        assert log.read == log.kept + len(log.left_out)
        assert kept in (None, len(table))
        assert replies in (None, table.reply_to.notna().sum())
        assert len(table) > 0.8 * sum(not each.flag for each in raw)
        assert "reader-" not in "".join(table.author.dropna())


@needs_real_exports
def test_every_comment_search_of_hacker_news_is_read(tmp_path: Path) -> None:
    answers = json.loads((REAL / "hn_algolia" / "fixtures_2014-06.json").read_text(encoding="utf-8"))
    found = 0
    for answer in (each["reply"] for each in answers):
        hits = [hit for hit in answer.get("hits", []) if hit.get("comment_text")]
        if hits:
            raw, _ = read_comments(written(tmp_path, "hn.json", answer))
            assert [each.comment_id for each in raw if each.text] == [hit["objectID"] for hit in hits]
            assert all("<p>" not in each.text and "&#x" not in each.text for each in raw)
            found += len(hits)
    assert found > 100


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ({"a": {"text": "A"}, "b": {"text": "B", "parent": "a"}}, [("a", "", ""), ("b", "a", "")]),
        ({"en": {"text": "A"}, "de": {"text": "B"}}, [("", "", ""), ("", "", "")]),
        ({"ann": {"text": "A"}, "bo": {"text": "B"}}, [("", "", "ann"), ("", "", "bo")]),
        ({"ann": {"text": "A"}, "bo": {"text": "B", "parent": "ann"}}, [("", "", "ann"), ("", "ann", "bo")]),
        ({"Ann Roe": [{"text": "A"}], "Bo de Vries": [{"text": "B"}]}, [("", "", "Ann Roe"), ("", "", "Bo de Vries")]),
        ({"Longer Hours": [{"text": "A"}], "Brexit Vote": [{"text": "B"}]}, [("", "", ""), ("", "", "")]),
        (
            {"id": 7, "comments": {"Ann Roe": [{"id": 1, "text": "A"}], "Bo Vries": [{"id": 2, "text": "B"}]}},
            [("7", "", ""), ("1", "7", "Ann Roe"), ("2", "7", "Bo Vries")],
        ),
    ],
)
def test_keys_are_ids_languages_or_names(listed: Any, expected: list[tuple[str, ...]], tmp_path: Path) -> None:
    raw, _ = read_comments(written(tmp_path, "t.json", listed))
    assert [(each.comment_id, each.reply_to, each.author) for each in raw] == expected


@pytest.mark.parametrize(
    ("cell", "text"), [("a._x000D_\nb", "a.\nb"), ("a_x000a_b", "a\nb"), ("a_x0009_b", "a b"), ("_x_y_", "_x_y_"),
                       ("a_x005F_x000D_b", "a_x000D_b")],
)  # fmt: skip
def test_signs_that_a_workbook_escapes_are_read_in_a_table_of_text_too(cell: str, text: str, tmp_path: Path) -> None:
    raw, _ = read_comments(written(tmp_path, "t.csv", f'id,author,text\n1,Al,"{cell}"\n'))
    assert [each.text for each in raw] == [text]
