"""Files of mostly nothing: counts kept while reading, so that a few bytes cannot take minutes or gigabytes."""

import base64
import builtins
import email.header
import gzip
import io
import itertools
import json
import re
import unicodedata
import zipfile
from contextlib import nullcontext
from pathlib import Path
from string import ascii_letters
from unittest.mock import Mock

import numpy as np
import pytest
from helpers.adversarial_files import sheet, workbook
from helpers.work import Spy, cpu_seconds

from toolkit import _limits, read_thread
from toolkit.importers import comments_table, dates, left_out
from toolkit.importers.article_formats import read_article
from toolkit.importers.comment_formats import read_comments
from toolkit.importers.documents import markdown_writer, running_text
from toolkit.importers.exports import csv_and_xlsx, field_names, json_files, sheets
from toolkit.importers.exports.cell_values import id_in, names_in
from toolkit.importers.exports.json_files import likes_in
from toolkit.importers.exports.text_chats_and_mail import mail
from toolkit.importers.import_log import Comments, ImportLog, RawComment, refuse_dense
from toolkit.importers.pages import (
    bylines,
    comment_elements,
    hidden_elements,
    page_markup,
    web_page_comments,
    web_pages,
)
from toolkit.importers.privacy import contact_masking, masking, name_places, word_scan
from toolkit.importers.privacy.name_forms import fold, words_of
from toolkit.importers.privacy.pseudonyms import Pseudonyms
from toolkit.importers.text_files import codec_of
from toolkit.text import document, language, reading

GOOD = '{"author": "Jo", "text": "The bridge is bad."}'
COMMENT = "<div class='comment'><b class='author'>Jo</b><i class='date'>1 May 2024</i><p class='comment-text'>No.</div>"
PEOPLE = ("Anna", "Bruno", "Carla", "Dario")
BY_FORM = "<div><b>Jo Li</b><i>1 May 2024</i><p>It is not so bad.</p></div>"
MAIL = b"From: Jo <a@b.c>\nMessage-ID: <1@x>\n"
TOO_MANY = "message with too many headers or parts"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
FAR = "".join(f'<row r="{n}"><c r="XFD{n}" t="inlineStr"><is><t>a</t></is></c></row>' for n in range(2, 9))


def strings(many: int, used: int, string: str = "<t>good</t>", **more_parts: str) -> bytes:
    """A workbook with so many shared strings, and so many cells that use one after the other."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{(n - 2) % many}</v></c></row>' for n in range(2, used + 2))
    archive = zipfile.ZipFile(io.BytesIO(sheet(HEAD + rows)))
    parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">' + f"<si>{string}</si>" * many + "</sst>"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = bytes(parts["[Content_Types].xml"]).decode().replace("</Types>", more)  # type: ignore[arg-type]
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = f'<Relationship Id="r9" Type="{link}" Target="sharedStrings.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = bytes(parts[relations]).decode().replace("</Relationships>", more)  # type: ignore[arg-type]
    return workbook({**parts, **more_parts})


def styled(formats: str) -> bytes:
    """A workbook with number formats."""
    return strings(1, 1, **{"xl/styles.xml": f"<styleSheet><numFmts>{formats}</numFmts></styleSheet>"})


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", f"[{GOOD}{',{}' * 1_000_000}]".encode(), "objects and lists.*Save only the comments"),
        ("a.json", f"[{GOOD}{',[]' * 1_000_000}]".encode(), "objects and lists"),
        ("a.json", f"[{GOOD}, [{'1,' * 1_000_000}1]]".encode(), "1,000,00. commas in .* little else"),
        ("a.jsonl", (GOOD + "\n" + "{}\n" * 1_000_000).encode(), "objects and lists"),
        ("a.jsonl", (GOOD + "\n" + "x\n" * 300_000).encode(), "300,00. lines in .* little else"),
        ("a.txt", b"Date: 2024-05-01\nComment: Fine\n" + b"\n" * 300_000, "no column for the comments' text"),
        ("a.xml", b"<rss><item>" + b"<comment/>" * 1_000_000 + b"</item></rss>", "tags or attributes in"),
        ("a.csv.gz", gzip.compress(b'id,text\n1,"war' + b" " * 60_000_000 + b'"\n'), "probably not text.*Unpack it"),
        ("a.csv", b"id,text\n" + b"1,a\n" * 200_000, "more than 133,333 rows.*Delete the empty rows"),
        (
            "a.csv",
            ",".join(["id,text", *map("replies/{}/text".format, range(9_000))]).encode()
            + (b"\n1,war" + b",a" * 9_000) * 60,
            "more than 1[0-9]{2},[0-9]{3} rows.*nearly empty",
        ),
        ("a.csv", b"id,text" + b",x" * 20_000 + b"\n1,war\n", "has 20,002 columns; the limit is 16,384"),
        ("a.json", json.dumps([{"text": "war"} | dict.fromkeys(range(20_000), 1)]).encode(), "has 20,001 columns"),
        ("a.csv.gz", gzip.compress(b"text\n") + gzip.compress(b"") * 60_000, "holds 5 bytes in its first.*Unpack it"),
        ("a.csv.gz", gzip.compress(b"text\n") + gzip.compress(b"Good, so. ") * 60_000, "so it is nearly all overhead"),
        ("a.csv.gz", gzip.compress(b"text\n") + gzip.compress(ascii_letters.encode()) * 30_000, "all overhead"),
        ("a.xlsx", strings(250_000, 1), "250,000 shared strings and 1 cells.*Save only the comments, as CSV"),
        ("a.xlsx", strings(1, 1, "<r><t>a</t></r>" * 100_000), "nearly all tags.*as CSV"),
        ("a.xlsx", sheet(HEAD + "<row/>" * 300_000), "nearly all tags: 300,0"),
        ("a.xlsx", sheet(f"{HEAD}<row><c><v>{'9' * 3_000_000}</v></c></row>"), "text of more than 1,000,000 char"),
        ("a.xlsx", styled('<numFmt numFmtId="164" formatCode="y"/>' * 1_001), "1,001 number formats.*as CSV"),
        ("a.xlsx", styled(f'<numFmt numFmtId="164" formatCode="{"[" * 1_000}"/>'), "is a damaged XLSX workbook"),
        ("a.xlsx", strings(1, 1, **{"xl/a.rels": "<a/>" * 200_000}), "nearly all tags: 200,0"),
        ("a.xlsx", sheet(HEAD, '<!DOCTYPE worksheet [<!ENTITY a "b">]>'), "is a damaged XLSX workbook"),
        ("a.xlsx", sheet(f"{HEAD}<row xmlns:a = '{'u' * 1_000}'/>"), "is a damaged XLSX workbook"),
        ("a.xlsx", re.sub(rb"(?s)(PK\x01\x02..).", rb"\1d", sheet(HEAD)), "is a damaged XLSX workbook"),  # a future zip
        ("a.csv", b"id,text\n1,war" + b"," * 1_000_001 + b"\n", "row of more than 1,000,000 cells"),
        ("a.csv", b'id,text\n1,"' + b"war\n" * 2_600_000, "field larger than field limit"),
        ("a.mbox", MAIL + b"\n" + b"--x\n" * 6_000, "6,000 borders between parts of messages in"),
        ("a.mbox", b"From a@b.c Wed May 01 10:00:00 2024\nFrom: Jo\nMessage-ID: <1>\n\n" * 30_000, "30,000 messages"),
        ("a.mbox", MAIL + b"Subject:" + b" =?utf-8?q?a?=" * 25_000 + b"\n\nNo", "25,000 encoded words of headers in"),
        (
            "a.mbox",
            MAIL
            + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(b"<p>" * 600_000),
            "600,000 tags and entities of HTML in",
        ),
        ("a.txt", b"1/2/24, 10:00 - Jo: k\n" * 200_000, "200,000 messages in 4,400,000 characters"),
        ("a.json", json.dumps([{"text": "<p>" * 300}] * 2_500).encode(), "750,000 tags and entities of HTML in"),
        ("a.json", json.dumps([{"text": "<p>" * 400}] * 1_900).replace("<", "\\u003C").encode(), "760,000 tags and"),
        ("a.xml", b"<rss><item><title>" + b"&lt;" * 700_000 + b"</title></item></rss>", "700,000 tags and entities"),
        ("a.json", json.dumps([{"text": None}] * 300_000).encode(), "300,001 objects and lists"),
        ("a.json", json.dumps({"text": ["a"] * 90_000}).encode(), "90,000 comments in 90,000 characters"),
        *(
            ("a.csv", b"author,text\n" + b"".join(row % (n, n) for n in range(40_000)), "93,334 words of names")
            for row in (b"Jo B%d C%d,b\n", b"JoB%d_C%d,b\n")
        ),
        ("a.xlsx", sheet(f"{HEAD}<row><c><v>{'9' * 3_000}</v></c></row>" + " " * 30_000_000), "the limit for its size"),
        ("a.xml", b"<rss " + b"".join(b"a%d='' " % n for n in range(300_000)) + b"/>", "300,000 tags or attributes in"),
    ],
    ids=lambda each: each[:40] if isinstance(each, str) else "",
)
def test_a_file_of_mostly_empty_parts_is_refused_before_reading(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_comments(tmp_path / name)


@pytest.mark.parametrize(
    ("head", "flag"),
    [
        ("Content-Type: message/rfc822\n\n" * 1_000, TOO_MANY),
        ("Content-Type: multipart/mixed" + "; boundary*0=b" * 30, TOO_MANY),
        ("Content-Type: text/plain" + "; a*0=b" * 200, TOO_MANY),
        ("Content-Type: text/plain;\n" + " a=b;\n" * 200 + " a=b", TOO_MANY),
        ("Content-Type: multipart/mixed; boundary*=idna''%ff", "damaged message"),
        ("Content-Type: multipart/mixed; boundary*=a\0b''x", "damaged message"),
        ("Content-Type: text/plain; charset=punycode", ""),
    ],
)  # fmt: skip
def test_a_message_that_would_take_the_square_of_its_length_is_not_read_and_the_next_is(head: str, flag: str) -> None:
    messages = "From a@b.example Wed May 01 10:00:00 2024\nFrom: Jo <a@b.example>\nMessage-ID: <1@x>\n{}\n\nFine-\n"
    read = mail((messages.format(head) + messages.format("Subject: Hours")).encode(), ImportLog())
    assert [(each.text, each.flag) for each in read] == [("", flag), ("Fine-", "")]


@pytest.mark.parametrize(("key", "likes"), [("name", "0"), ("id", "0"), ("user", "0"), ("total", "7"), ("", "")])
def test_values_nested_deeper_than_python_recurses_hold_no_name_and_no_id(key: str, likes: str) -> None:
    value: object = "7"
    for _ in range(5_000):
        value = {key: value} if key else [value]
    assert (names_in(value), id_in(value), likes_in(value)) == ([], "", likes)


def test_a_comment_too_long_for_any_forum_is_left_out_unread(tmp_path: Path) -> None:
    long = "<b>war</b> " * 300_000
    comments = [{"author": "Jo", "text": each} for each in ("war", long, "<i>is</i> bad")]
    (tmp_path / "a.json").write_text(json.dumps(comments))
    texts = read_thread("The bridge\n\nIt is bad.\n", tmp_path / "a.json", quiet=True)
    assert texts["text"].tolist()[1:] == ["war", "is bad"]
    (left_out,) = texts.attrs["report"]["comments"]["left_out"]
    assert left_out == {"what": "too long (3,300,000 characters)", "rows": [2]}


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("# a\n" + "\r" * 200_000, "Markdown", "200,00. lines; the limit is 100,000"),
        (
            "<p>a</p>" + f"<p {' '.join(map('a{}'.format, range(400)))}>a</p>" * 300,
            "web page",
            "more than 100,000 attributes beyond 3 per tag",
        ),
        ("<p>a</p>" + "<div>" * 400 + "<p>a</p>" * 20_000, "web page", "over 15,000 tags, nested more than 300 deep"),
        (
            f"<p class='{' '.join(map('a{}'.format, range(30_001)))}'>a</p>",
            "web page",
            "more than 30,000 different classes",
        ),
        (
            f"<style>{''.join(map('.a{}{{display:none}}'.format, range(50_001)))}</style><p>a</p>",
            "web page",
            "more than 50,000 kinds of elements that its styles hide or show",
        ),
        (f"<iframe srcdoc='comment{'<p>a' * 3_000}'></iframe>" * 20, "web page", "more than 50,000 tags in its frames"),
        (COMMENT * 6_001, "web page", "more than 6,000 comments, the limit. Save it in parts"),
        (
            f"<p>{'It is warm. ' * 2_000}</p><div id='comments'>{BY_FORM * 6_001}</div>",
            "web page",
            "more than 6,000 comments, the limit",
        ),
    ],
)
def test_an_article_of_mostly_empty_parts_is_refused(content: str, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_article(content.encode(), format=name)


def test_items_of_word_and_rows_of_a_forum_are_each_examined_once(monkeypatch: pytest.MonkeyPatch, spy: Spy) -> None:
    dropped, seen = spy(web_pages, "drop"), Mock(wraps=web_page_comments._POSTED_AT.search)
    monkeypatch.setattr(web_page_comments, "_POSTED_AT", Mock(search=seen))
    items = "<p class='MsoListParagraph'><span>1</span>It is warm.</p>" * 50
    posts = "<tr><td><span class='name'>Jo</span>" + "<span class='postbody'>No.</span>" * 50 + "</td></tr>"
    read = read_article(f"<p>It is warm.</p>{items}<table>{posts}</table>".encode(), format="web page")
    assert read.markdown.count("- It is warm.") == 50
    assert (dropped.call_count, seen.call_count) == (5, 1)


def test_a_page_that_is_deep_and_short_or_long_and_flat_is_read() -> None:
    page = "<html><body><article><p>The council has voted to keep the library open until ten.</p>"
    tag = '<div class="x1n2onr6 x1ja2u2z x78zum5" dir="auto" id="a1" role="article" style="opacity: 1" tabindex="0">'
    flat, long_tags = "<p>It is warm.</p>" * 19_000, f"{tag}It is warm.</div>" * 10_000  # as large networks write
    for more in ("<div>" * 400 + "<p>It is warm.</p>" * 9_000, flat, long_tags):
        assert "It is warm" in read_article((page + more).encode(), format="web page").markdown


@pytest.mark.parametrize("part", ["acct:", "acct:@", "@", "u/", "Jo, ", "Jo (", " via ", "'", "&#39;", "Vd ", "Jo<br>"])
def test_the_name_of_a_commenter_takes_no_square_of_its_length(part: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(f'id,author,text\n1,"{"acct:" + part * (200_000 // len(part))}",Good.\n')
    assert cpu_seconds(lambda: read_thread("# T\n\nFine.", tmp_path / "c.csv", quiet=True)) < 3  # 0.1 s at worst


def test_a_word_without_end_is_cut_before_it_is_folded() -> None:
    assert max(map(len, words_of("\u200b" * 5_000 + "é" * 5_000))) == 1_000


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([" ".join(f"10.0.{n}.{end}" for end in range(250)) for n in range(250)] * 20, "telephone numbers in"),
        (["@a #b-c " * 60_000], "180,001 mentions, tags, hyphens and lines in 480,000 characters"),
        (["abcd\u200b" * 200_000], "200,001 mentions, tags, hyphens and lines in 1,000,000 characters"),
    ],
    ids=["addresses", "signs", "zero-width spaces"],
)
def test_texts_too_long_to_mask_are_refused(texts: list[str], message: str, spy: Spy) -> None:
    masked = spy(word_scan, "mask_contacts")
    with pytest.raises(ValueError, match=message):
        word_scan.scan(texts, Pseudonyms())
    assert masked.call_count < len(texts) / 4


def test_comments_that_only_tag_friends_are_read() -> None:
    assert len(word_scan.scan(["@anna.b @tom_k"] * 50_000, Pseudonyms()).text) == 50_000


def test_texts_of_nothing_but_names_are_refused_before_these_are_examined(spy: Spy) -> None:
    examined = spy(name_places, "is_name")
    named = Pseudonyms([("May Will", ""), ("Will Mark", "")])
    with pytest.raises(ValueError, match="words that may be names of commenters"):
        word_scan.scan(["may will mark " * 40] * 4_000, named)
    assert examined.call_count < 200_000  # of 480,000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"author":"b","text":"a"}\n' * 60_000),
        ("a.csv", "id,comments\n" + '0,"[{""text"":""a"",""author"":""b""},{""text"":""a"",""id"":1}]"\n' * 60_000),
    ],
)
def test_objects_of_little_text_fail(name: str, content: str, tmp_path: Path, spy: Spy) -> None:
    looked = spy(json_files, "_name_writers")
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"0,000 comments in .* so it contains little else"):
        read_comments(tmp_path / name)
    assert not looked.called


def test_the_words_of_a_hashtag_are_put_together_only_if_one_is_in_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Mock(return_value=None)
    monkeypatch.setattr(Pseudonyms, "find", found)
    named = Pseudonyms([("Zebulon Kowal", "")])
    masking.mask_names("#ThankYouAnna #VoteForUsAll " * 100, named)
    assert not found.called
    masking.mask_names("#ThankYouZebulon", named)
    assert found.called


def test_long_texts_are_scanned_few_at_a_time_and_short_ones_many() -> None:
    chunks = [len(some) for some in word_scan._chunks(["a" * 600_000] * 3 + ["a"] * 4_500)]
    assert chunks == [1, 1, 2_000, 2_000, 501]


@pytest.mark.parametrize(("text", "read"), [("It is <a href='/b'>bad</a>. ", True), ("<i>a</i>", False)])
def test_elements_of_a_page_count_against_its_text(text: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "FEW_ELEMENTS", 300)
    prose = "The council has closed the bridge, and nobody knows when it will open again. "
    page = f"<title>A</title><article><p>{prose * 20}</p>" + f"<p>{text * 4}{prose * read}</p>" * 100
    if read:
        assert read_article(page).markdown.count("bad") == 400
    else:
        with pytest.raises(ValueError, match="elements without comments"):
            read_article(page)


@pytest.mark.parametrize(("name", "read"), [("button button-small button-blue icon-left", True), ("b", False)])
def test_tags_of_a_page_are_counted_against_its_length(name: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "MOST_TAGS", 100)
    page = f"<p>The bridge is bad.</p><span class='{name}'></span>" * 60
    if read:
        page_markup.parse_page(page)
    else:
        with pytest.raises(ValueError, match="more than 100 tags"):
            page_markup.parse_page(page)


def test_fields_of_no_part_are_not_compared(spy: Spy) -> None:
    compared = spy(field_names, "_by_words")
    assert field_names.part_of("k12345") == ""
    assert not compared.called


def test_files_of_many_short_comments_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = 5_000
    (tmp_path / "a.jsonl").write_text('{"text":"no"}\n' * many)
    (tmp_path / "a.xlsx").write_bytes(strings(many, many))
    (tmp_path / "a.csv.gz").write_bytes(
        gzip.compress(b"id,text\n" + b"".join(b"%06d,first!\n" % n for n in range(many)))
    )
    for name in ("a.jsonl", "a.xlsx", "a.csv.gz"):
        if name.startswith("a.csv"):
            monkeypatch.setattr(_limits, "FEW_ROWS", many // 2)  # as 100,000 to a thread of 200,000
        assert len(read_comments(tmp_path / name)[0]) == many


REAL_EXPORTS = {  # a hundredth of what people have, against a hundredth of the limits
    "names of four words": (
        "a.csv",
        "name,date,text\n"
        + "".join(f"{name},2024-05-01 10:00,no\n" for name in map(" ".join, itertools.product(PEOPLE, repeat=4))),
        4**4,
    ),
    "names and handles": (
        "a.jsonl",
        "".join(
            json.dumps({"text": "no", "user": {"nickname": f"{a} {b}", "unique_id": f"{a}{b}{n}"}}) + "\n"
            for n, (a, b) in enumerate([*itertools.product(PEOPLE, repeat=2)] * 25)
        ),
        400,
    ),
}


@pytest.mark.parametrize(("name", "content", "many"), REAL_EXPORTS.values(), ids=REAL_EXPORTS)
def test_exports_of_many_names_are_read(
    name: str, content: str, many: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("FEW_ROWS", "FEW_NAME_WORDS", "FEW_SIGNS"):
        monkeypatch.setattr(_limits, limit, getattr(_limits, limit) // 100)
    (tmp_path / name).write_text(content)
    assert len(read_comments(tmp_path / name)[0]) == many


def test_many_cells_of_two_characters_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "FEW_ROWS", 100)
    cell = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    rows = [f"<row r='{n}'>" + "".join(cell.format(c, n, "no") for c in "ABCDEFGHIJ") + "</row>" for n in range(2, 80)]
    head = "".join(cell.format(c, 1, "text" if c == "A" else f"q{c}") for c in "ABCDEFGHIJ")
    (tmp_path / "a.xlsx").write_bytes(sheet(f"<row r='1'>{head}</row>" + "".join(rows)))
    assert len(read_comments(tmp_path / "a.xlsx")[0]) == 78


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (strings(1, 200, f"<t>{'The bridge is bad.' * 50}</t>"), "many times the size of.*only the comments, as CSV"),
        (sheet(HEAD + FAR), "of them filled.*only the comments, as CSV"),
        (sheet(HEAD + "<row><c><v>1</v></c></row>" * 300), "cells, so they are nearly empty"),
        (sheet("<row r='800'><c><v>1</v></c></row>", times=3), "cells in 2,001 rows, 0 of them filled"),
    ],
    ids=["one string in many cells", "cells far to the right", "cells of one sign", "cells far below in many sheets"],
)
def test_cells_are_counted_while_they_are_read(
    content: bytes, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read = Mock(wraps=sheets._cell)
    monkeypatch.setattr(sheets, "_cell", read)
    monkeypatch.setattr(_limits, "FEW_SHEET_CHARACTERS", 1_000)
    monkeypatch.setattr(_limits, "CHARACTERS_PER_BYTE", 1)
    monkeypatch.setattr(_limits, "MOST_CELLS", 600_000)
    monkeypatch.setattr(_limits, "MOST_ROWS", 2_000)
    monkeypatch.setattr(_limits, "FEW_ROWS", 50)
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_comments(tmp_path / "a.xlsx")
    assert read.call_count < 100


def test_names_of_a_million_columns_are_not_all_looked_up(spy: Spy, tmp_path: Path) -> None:
    looked_up = spy(csv_and_xlsx, "part_of")
    (tmp_path / "a.csv").write_text(",".join(f"c{n}" for n in range(100_000)) + "\n1,2\n")
    with pytest.raises(ValueError, match="100,000 columns"):
        read_comments(tmp_path / "a.csv")
    assert looked_up.call_count < 80_000


@pytest.mark.parametrize("field", ["text", "comments"])
def test_names_of_fields_are_looked_up_just_once(field: str, spy: Spy, tmp_path: Path) -> None:
    looked_up = spy(json_files, "is_text")
    searched = spy(json_files, "_answers")
    each = json.dumps({"text": "The bridge is bad.", **{f"k{n}": 1 for n in range(20)}, field: "The bridge is bad."})
    (tmp_path / "a.jsonl").write_text(f"{each}\n" * 2_000)
    assert len(read_comments(tmp_path / "a.jsonl")[0]) == 2_000
    assert looked_up.call_count < 4_200  # of 42,000 fields
    assert searched.call_count < 200  # of 2,000 flat objects


def test_rare_kinds_do_not_cause_a_second_reading_of_the_text(spy: Spy) -> None:
    read = spy(left_out, "is_gone")
    kinds = [f"kind {n}" for n in range(998)] + ["pingback", "system_message"]
    flags = left_out.flags_of(["The bridge is bad."] * 1_000, ["Jo"] * 1_000, *[[""] * 1_000] * 3, kinds)
    assert flags == [""] * 998 + ["pingback", "service message"]
    assert read.call_count < 100
    assert left_out.flags_of(["[deleted]", "I am a bot, beep boop."], ["", ""], ["spam", "new"]) == ["deleted", "bot"]


def test_a_text_is_not_a_notice_because_it_begins_with_an_accent(spy: Spy) -> None:
    read = spy(left_out, "is_gone")
    assert left_out.flags_of([f"é{n} is bad" for n in range(1_000)], [""] * 1_000) == [""] * 1_000
    assert not read.called
    notices = ["Удалено", "Сообщение\nудалено", "该评论已删除", "삭제된 댓글입니다"]
    assert left_out.flags_of(notices, [""] * 4) == ["deleted"] * 4


def test_a_text_without_a_digit_is_compared_with_no_form_of_a_date(spy: Spy) -> None:
    compared = spy(dates, "_one")
    says = [dates.says_when(each) for each in ("yesterday", "an hour ago", "Jo Ward", "May", "")]
    assert says == [True, True, False, False, False]
    assert not compared.called
    assert dates.says_when("May 1")


def test_a_name_with_one_number_is_compared_with_no_form_of_a_date(spy: Spy) -> None:
    compared = spy(dates, "_one")
    assert not any(map(dates.says_when, ("Jo 5", "jo1984", "Ann 45413", "user1700000000", "12", "3 points")))
    assert not compared.called
    written = ("posted 1700000000", "new Date(1700000000000)", "1 мая", "May 5", "1.5.2024", "2024年5月1日")
    assert all(map(dates.says_when, written))


def test_comments_without_a_latin_letter_are_left_out_before_they_are_read(spy: Spy) -> None:
    judged = spy(language, "count_words")
    raw = [RawComment(2, "Это плохой мост, 12!"), RawComment(3, "这座桥很糟。"), RawComment(4, "Bad, плохой мост")]
    log = ImportLog()
    assert len(comments_table.comments_table(raw, log, thread_id="t")) == 0
    assert log.left_out == [(row, "not English", "") for row in (2, 3, 4)]
    assert [call.args[0] for call in judged.call_args_list] == [["Bad, плохой мост"]]


def test_hashtags_without_a_name_are_not_compared_with_the_dictionary(spy: Spy) -> None:
    compared = spy(masking, "is_familiar")
    named = Pseudonyms([("Zebulon Kowal", "")])
    tags = " ".join(f"#Thank{chr(ord('A') + n % 26)}bcdAnn" for n in range(100))
    assert masking.mask_names(f"{tags} #ThankYouZebulon", named) == f"{tags} #ThankYouReader 01"
    assert compared.call_count < 10


def test_dates_in_columns_that_are_not_read_stay_as_written(spy: Spy, tmp_path: Path) -> None:
    converted = spy(sheets, "_number")
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("text", "likes", "a", "b"))
    cells = '<c t="inlineStr"><is><t>The bridge is bad.</t></is></c><c><v>3</v></c><c><v>45413</v></c><c><v>1</v></c>'
    (tmp_path / "a.xlsx").write_bytes(sheet(f"<row>{head}</row>" + f"<row>{cells}</row>" * 500))
    assert {each.likes for each in read_comments(tmp_path / "a.xlsx")[0]} == {"3"}
    assert converted.call_count < 600  # of 1,500


def test_headers_of_mail_without_an_encoded_word_are_not_decoded(spy: Spy) -> None:
    decoded = spy(email.header, "decode_header")
    message = b"From: %s <jo@a.org>\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nSubject: Bridge\nMessage-ID: <1>\n\nBad.\n"
    assert [each.author for each in mail(message % b"Jo Ward", ImportLog())] == ["Jo Ward"]
    assert not decoded.called
    assert [each.author for each in mail(message % b"=?utf-8?q?Zo=C3=AB?= Ward", ImportLog())] == ["Zoë Ward"]


def test_short_texts_of_a_page_are_not_each_compared_with_all_others(monkeypatch: pytest.MonkeyPatch, spy: Spy) -> None:
    justext = pytest.importorskip("justext.core")
    compared = spy(justext, "_get_neighbour")
    monkeypatch.setattr(_limits, "MOST_SHORT", 50)
    page = b"<html><body><article><h1>Hours</h1><p>The council has voted.</p></article>%s</body></html>"
    assert "The council" in read_article(page % (b"<p>x</p>" * 60), format="web page").markdown
    assert not compared.called
    read_article(page % (b"<p>x</p>" * 40), format="web page")
    assert compared.called


def test_nested_comments_without_a_day_are_not_searched_for_links(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = Mock(wraps=comment_elements.is_control)
    for module in (comment_elements, web_page_comments):
        monkeypatch.setattr(module, "is_control", searched)
    each = '<div class="comment"><b class="author">Jo</b><a href="/x">more</a><div class="text">Bad.</div>'
    page = f"<html><body><article><p>The council has voted.</p></article>{each * 100}{'</div>' * 100}"
    assert "The council" in read_article(page.encode(), format="web page").markdown
    assert searched.call_count < 500  # of 4,000


def test_rules_of_style_that_are_repeated_are_read_once(spy: Spy) -> None:
    read = spy(hidden_elements, "_Rule")
    style = f"<style>{'.a {display:none} .b{display:none} .b{display:block}' * 1_000}</style>"
    page = f"<html><head>{style}</head><body><p>The council has voted.</p><p class=a>Not.</p><p class=b>On time.</p>"
    assert "Not" not in (written := read_article(page.encode(), format="web page").markdown)
    assert "On time" in written
    assert read.call_count < 10


def test_fallback_text_of_a_frame_is_not_text_of_the_page() -> None:
    page = f"<html><body><p>The council has voted.</p><iframe>{'Your browser is too old. ' * 200}</iframe><p>On time."
    assert "browser" not in read_article(page.encode(), format="web page").markdown


def test_lines_of_pasted_text_are_parted_once_and_not_one_by_one(spy: Spy) -> None:
    parted = spy(markdown_writer, "find_blocks")
    lines = [f"[^{n}]: the bridge is bad." for n in range(100)] + ["2 days ago", "(a) no mark.", "- ", "1984 was bad."]
    assert "2 days ago" in read_article("Hours\n\nThe council has voted.\n\n" + "\n\n".join(lines)).markdown
    assert parted.call_count == 1


def test_a_line_that_would_be_a_mark_is_escaped_and_one_that_only_resembles_it_stays() -> None:
    for line in ("# a", "- a", "* a", "1. a", "(2) a", "> a", "---", "<!-- promo -->", "– a", "• a"):
        assert markdown_writer.escaped(line) == f"\\{line}"
    for line in ("#a", "-5 degrees", "1984 was bad.", "(a) b", ">:( bad", "[1] a", "“a", "3.5 miles"):
        assert markdown_writer.escaped(line) == line


def test_equal_comments_are_judged_and_masked_once(spy: Spy, tmp_path: Path) -> None:
    judged = spy(language, "count_words")
    masked = spy(word_scan, "mask_names")
    (tmp_path / "a.csv").write_text("id,author,text\n" + "".join(f"{n},J,{'&amp;' + 'amp;' * 8}\n" for n in range(500)))
    texts = read_thread("# T\n\nFine.", tmp_path / "a.csv", quiet=True)
    assert texts["text"].iloc[1:].unique().tolist() == ["&" + "amp;" * 6]  # three levels are read
    assert len(texts) == 501
    assert 0 < sum(len(call.args[0]) for call in judged.call_args_list) < 5
    assert masked.call_count < 5


def test_a_page_of_very_many_blocks_is_cut_into_words_and_lines_few_times(spy: Spy) -> None:
    evened = spy(markdown_writer, "normalise")
    cut = spy(web_pages, "words_of")
    split = spy(page_markup, "_split")
    blocks = "".join(
        f"<div>😀 The council has voted {n} times to keep the library open until ten.</div>" for n in range(500)
    )
    page = f"<html><body><article><h1>Hours</h1>{blocks}</article></body></html>".encode()
    assert read_article(page, format="web page").markdown.count("council") == 500
    assert evened.call_count < 600
    assert cut.call_count < 2_200
    assert split.call_count < 10  # none has a class or an id


def test_letters_that_fold_to_many_are_folded_without_a_call_for_each(spy: Spy) -> None:
    asked = spy(unicodedata, "combining")
    assert fold("é\u200b\ufdfa" * 1_000).startswith("e\u0635\u0644\u064a")  # one letter for eighteen
    assert asked.call_count < 50


def test_for_its_language_a_long_text_is_neither_split_nor_read(
    monkeypatch: pytest.MonkeyPatch, spy: Spy, tmp_path: Path
) -> None:
    monkeypatch.setattr(document, "find_starts", Mock(side_effect=AssertionError))
    counted = spy(language, "count_words")
    (tmp_path / "a.csv").write_text(f"author,text\nJo,{'A. B. ' * 9_999}\nJo,{'Das ist nicht gut. ' * 999}\n")
    texts = read_thread("# The bridge\n\nThe bridge is bad.", tmp_path / "a.csv", quiet=True)
    assert [text[:6] for text in texts["text"][1:]] == ["A. B. "]  # initials are of no language
    assert max(map(len, counted.call_args[0][0])) < 9_999


def test_the_words_that_identify_a_language_are_those_that_reading_counts() -> None:
    texts = ["# A title\n\nOne. Two! *Three*\n\n- four\n- five", "A. B. C. 12 caf\u00e9", "> Das ist gut.\n\nJa.", ""]
    counted, read = language.count_words(texts), reading.read_many(texts)
    for name in ("all_words", "judged_words", "common_words", "known_words", "foreign_words", "latin_share"):
        np.testing.assert_array_equal(getattr(counted, name), getattr(read, name), err_msg=name)


def test_numbers_far_from_a_word_for_a_call_cause_no_search(spy: Spy) -> None:
    search = spy(contact_masking, "_CALL")
    many = "15551234, " * 50
    assert contact_masking.mask_contacts(f"{many}call 5551234, {many}") == f"{many}call [phone], {many}"
    assert search.search.call_count < 9


def test_equal_lines_are_judged_once_and_long_blocks_by_their_beginning(spy: Spy) -> None:
    judged = spy(bylines, "labels")
    comment = "<div><b>Zora Quill</b><i>3 May 2021</i><p>It was never so bad.</p></div>"
    read_article(f'<article><p>{"The library opens. " * 50}</p></article><div id="comments">{comment * 30}</div>')
    assert judged.call_count < 10  # of 90
    cut = spy(running_text, "words_of")
    assert running_text.is_prose(markdown_writer.Piece("paragraph", "so it is " * 100_000))
    assert len(cut.call_args[0][0]) < 10_000  # of 900,000


@pytest.mark.parametrize(("name", "read"), [("Mab{}", True), ("Mcab{}", True), ("McAb{}", False), ("MacAb{}", False)])
def test_a_name_of_many_spellings_counts_more_than_once(name: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "FEW_NAME_WORDS", 30)
    comments = Comments.of([RawComment(n, "No.", author=name.format("abcdefghijklmnop"[n])) for n in range(15)])
    with nullcontext() if read else pytest.raises(ValueError, match="words of names"):
        refuse_dense(comments, "a.csv")


@pytest.mark.parametrize(("word", "read"), [("w{}x", False), ("w{}, ", False), ("@w{}", True), ("\u4e00{}", True)])
def test_comments_of_words_of_no_language_are_refused(word: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.importers.comments_table.FEW_WORDS", 100)
    raw = [RawComment(n, " ".join(word.format(20 * n + at) for at in range(20))) for n in range(20)]
    with nullcontext() if read else pytest.raises(ValueError, match=r"different words in .* not to be in any language"):
        comments_table.comments_table(raw, ImportLog(), thread_id="a")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_headers_that_are_read_are_parsed(end: str, spy: Spy) -> None:
    parsed, others = spy(email, "message_from_bytes"), "X-A: b\nReceived: by x.example\n\tfrom y.example\n" * 190
    message = f"From a@b.example Wed May 01 10:00:00 2024\n{others}From: Jo <a@b.example>\nMessage-ID: <1@x>\n{others}"
    message = f"{message}\nNote: it is so.\n\nX-A: b\n"
    read = mail(message.replace("\n", end).encode(), ImportLog())
    assert [(each.author, each.text) for each in read] == [("Jo", "Note: it is so.\n\nX-A: b")]
    (said,) = parsed.call_args.args
    assert said.replace(b"\r", b"") == b"From: Jo <a@b.example>\nMessage-ID: <1@x>\n\nNote: it is so.\n\nX-A: b\n"


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("UTF8", "utf-8"), ("latin-1", "iso8859-1"), ("iso.8859.1", "iso8859-1"), ("koi8_u", "koi8-u"), ("x-1", ""),
        ("utf-8-x", ""), ("", ""), ("unknown-8bit", ""), ("idna", ""), ("undefined", ""), ("hex", ""),
        ("utf-8\0", ""), ("utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_python_is_asked_only_for_encodings_that_it_has(encoding: str, codec: str, spy: Spy) -> None:
    asked = spy(builtins, "__import__")
    assert codec_of(encoding) == codec
    assert not [each for each in asked.call_args_list if each.args[0].startswith("encodings.x")]


def test_parts_of_addresses_that_comments_share_are_looked_up_once(spy: Spy) -> None:
    looked_up = spy(comments_table, "_loosely")
    asked = [f"https://forum.example/a/b?c=1#comment-{n + 500}" for n in range(100, 200)]
    raw = [RawComment(n, "Fine.", f"c{n + 100}", asked[n]) for n in range(100)]
    table = comments_table.comments_table(raw, ImportLog(), thread_id="t", pseudonyms=Pseudonyms())
    assert table.reply_to.isna().all()
    assert looked_up.call_count == 100 + 2 * 100 + len({"1", "c", "b", "a"})  # ids, comment-500, 500; and shared parts


def test_names_of_columns_that_repeat_in_many_rows_are_parted_once() -> None:
    names = [f"x{number}" for number in range(_limits.MOST_COLUMNS)]
    assert field_names.parts_of(names) == {}
    parted = field_names.words_of.cache_info().misses
    assert field_names.parts_of(names) == {}
    assert field_names.words_of.cache_info().misses == parted
