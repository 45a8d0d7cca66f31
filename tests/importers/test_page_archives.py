"""Pages that a browser saved as one file, and formats that are refused by their names."""

import base64
import io
import plistlib
import quopri
import zipfile
from pathlib import Path
from typing import Any

import pytest
from helpers.work import Spy

from toolkit.importers.article_formats import read_article

TEXT = "It’s great — really: the library stays open until ten on weekdays, and the plan starts in May, the clerk said."
PAGE = (
    f"<!doctype html><html><head><title>Hours</title></head><body><article><h1>Hours</h1><p>{TEXT}</p></article></body>"
)
RIGHT = f"# Hours\n\n{TEXT}\n"


def mhtml(coding: str = "quoted-printable", charset: str = "", end: str = "\r\n", first: str = "") -> bytes:
    """An MHTML file as browsers write it: a style sheet, a picture, and the page in the coding asked for."""
    content = PAGE.encode(charset or "utf-8")
    shown = base64.encodebytes(content) if coding == "base64" else quopri.encodestring(content)
    shown = content if coding == "8bit" else shown
    kind = "text/html" + (f'; charset="{charset}"' if charset else "")
    head = [
        first or "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://town.example/hours",
        "Subject: Hours",
    ]
    head += ["MIME-Version: 1.0", 'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----x"', ""]
    parts = ["------x", "Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "aVZCTw==", ""]
    parts += ["------x", f"Content-Type: {kind}", f"Content-Transfer-Encoding: {coding}", ""]
    start = "\n".join([*head, *parts, ""]).encode()
    return (start + shown + b"\n------x--\n").replace(b"\r\n", b"\n").replace(b"\n", end.encode())


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("coding", "charset"),
    [("quoted-printable", ""), ("base64", ""), ("8bit", "utf-8"), ("quoted-printable", "cp1252"), ("base64", "utf-16")],
)
def test_the_page_in_an_mhtml_file_is_read(coding: str, charset: str, end: str, tmp_path: Path) -> None:
    content = mhtml(coding, charset, end)
    (tmp_path / "page.mhtml").write_bytes(content)
    for source in (tmp_path / "page.mhtml", content):
        article = read_article(source)
        assert (article.markdown, article.format) == (RIGHT, "MHTML")
        assert (article.title, article.url, article.published) == ("Hours", "https://town.example/hours", None)


@pytest.mark.parametrize("first", ['From: "Saved by Internet Explorer 11"', "Date: Wed, 1 May 2024 10:00:00 -0000"])
def test_mhtml_is_recognised_by_its_headers_whatever_the_file_is_called(first: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(mhtml(first=first))
    assert read_article(tmp_path / "page.txt").markdown == RIGHT


def test_a_frame_without_a_name_is_not_taken_for_the_page() -> None:
    frame = b"------x\r\nContent-Type: text/html\r\n\r\n<p>Buy bread, it is good bread.</p>\r\n------x--"
    named = mhtml().replace(b"Content-Type: text/html", b"Content-ID: <f@mhtml.blink>\r\nContent-Type: text/html")
    assert read_article(named.replace(b"------x--", frame)).markdown == RIGHT


def test_comments_in_a_frame_of_an_mhtml_file_are_read() -> None:
    said = "<div class=comment id=comment-7><b class=author>Ann</b><p class=comment-text>Open it late.</p></div>"
    frame = b"\n------x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(
        said.encode()
    )
    for charset in ("utf-8", "utf-16"):
        article = read_article(mhtml("base64", charset, "\n").replace(b"\n------x--", frame + b"\n------x--"))
        found = [(each.comment_id, each.author, each.text) for each in article.comments]
        assert (article.markdown, found) == (RIGHT, [("7", "Ann", "Open it late.")][: charset == "utf-8"])


@pytest.mark.parametrize(("header", "head"), [("; charset=iso-8859-1", ""), ("", "<meta charset=windows-1252>")])
def test_a_frame_in_windows_1252_is_decoded_as_its_header_or_the_page_declares(header: str, head: str) -> None:
    said = f"<html><head>{head}</head><div class=comment id=c7><b class=author>Ann</b><p class=comment-text>Café"
    frame = f"\n------x\nContent-Type: text/html{header}\nContent-Transfer-Encoding: quoted-printable\n\n"
    content = frame.encode() + quopri.encodestring(said.encode("cp1252"))
    article = read_article(mhtml("base64", "utf-8", "\n").replace(b"\n------x--", content + b"\n------x--"))
    assert [each.text for each in article.comments] == ["Café"]


@pytest.mark.parametrize("advertisement", [b"<!-- comment -->", b"<p>comment" + b"<b>" * 2_001])
def test_a_frame_that_cannot_be_read_leaves_the_page_readable(advertisement: bytes) -> None:
    frame = b"\n------x\nContent-Type: text/html\n\n" + advertisement
    saved = mhtml("base64", "utf-8", "\n").replace(b"\n------x--", frame + b"\n------x--")
    assert read_article(saved).markdown == RIGHT


@pytest.mark.parametrize("kind", [b"multipart/alternative", b"multipart/mixed"])
def test_the_page_in_a_letter_by_e_mail_is_read(kind: bytes, tmp_path: Path) -> None:
    letter = mhtml(first="From: Paper <a@b.example>").replace(b"multipart/related", kind)
    for name in ("letter.eml", "letter.txt"):
        (tmp_path / name).write_bytes(letter)
        assert read_article(tmp_path / name).markdown == RIGHT


@pytest.mark.parametrize("how", [plistlib.FMT_BINARY, plistlib.FMT_XML], ids=["binary", "XML"])
def test_the_page_in_a_web_archive_of_safari_is_read(how: plistlib.PlistFormat, tmp_path: Path) -> None:
    endless: list[Any] = []
    for _ in range(60):
        endless = [endless, endless]  # in a file of parts that are shared, as a binary one is
    resource = {
        "WebResourceData": PAGE.encode(),
        "WebResourceMIMEType": endless if how == plistlib.FMT_BINARY else "text/html",
        "WebResourceURL": "https://town.example/hours",
        "WebResourceTextEncodingName": "UTF-8",
    }
    (tmp_path / "page.webarchive").write_bytes(plistlib.dumps({"WebMainResource": resource}, fmt=how))
    article = read_article(tmp_path / "page.webarchive")
    assert (article.markdown, article.url) == (RIGHT, "https://town.example/hours")


@pytest.mark.parametrize(
    "content",
    [
        b"From: <Saved by Blink>\nMIME-Version: 1.0\n\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/css\n\na{}\n--x--",
        b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n\n",
        b"MIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 500,
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        + b"--x\nContent-Type: a/b\n\n\n" * 20_000,
        mhtml().replace(b"------x\r\n", b"------x\r\n\r\n" * 10_001, 1),
        mhtml(first="From: <Saved by Blink>" + "\nA: b" * 5_000),
        mhtml(first="From: <Saved by Blink>" + "".join(f"\n a*{n}=b;" for n in range(4_000))),
        mhtml().replace(b"------x\r\n", (b"------x\r\nA: " + b"b" * 15_000 + b"\r\n\r\n") * 300, 1),
        b"bplist00",
        b"bplist00" + b"\xff" * 40,
        plistlib.dumps({"WebMainResource": {"WebResourceData": "text"}}, fmt=plistlib.FMT_BINARY),
        plistlib.dumps({"other": 1}, fmt=plistlib.FMT_BINARY),
    ],
)
def test_an_archive_without_a_page_gets_one_clear_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="save it as HTML only"):
        read_article(content)


@pytest.mark.parametrize("how", plistlib.PlistFormat)
def test_a_web_archive_of_mostly_values_is_refused_unread(how: plistlib.PlistFormat, spy: Spy, tmp_path: Path) -> None:
    read = spy(plistlib, "load")
    page = {"WebMainResource": {"WebResourceData": PAGE.encode()}, "other": [*range(160_000)]}
    (tmp_path / "page.webarchive").write_bytes(plistlib.dumps(page, fmt=how))
    with pytest.raises(ValueError, match=r"has 160,00\d values; the limit is 150,000"):
        read_article(tmp_path / "page.webarchive")
    assert not read.called


def test_the_page_is_found_in_a_part_of_a_part_and_what_follows_the_last_is_passed_over() -> None:
    inner = mhtml().replace(b"----x", b"o.x")
    head = (
        b'From: Paper <a@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\n'
    )
    letter = (
        head + inner + b"\r\n--o\r\nContent-Type: text/plain\r\n\r\nBye\r\n--o--\r\n" + b"<p>No part of it." * 2_000
    )
    assert read_article(letter).markdown == RIGHT


def packed(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.rtf", rb"{\rtf1\ansi Hours\par}", "a.rtf is an RTF document.*save it as .docx"),
        ("a.txt", rb"{\rtf1\ansi Hours\par}", "RTF document"),
        ("a.odt", packed("application/vnd.oasis.opendocument.text"), "OpenDocument text.*save it as .docx"),
        ("a.zip", packed("application/vnd.oasis.opendocument.text"), "OpenDocument text"),
        ("a.ps", b"%!PS-Adobe-3.0\n(Hours) show", "a.ps is a PostScript file.*as PDF"),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF\n(Hours) show", "PostScript"),
        ("a.txt", b"%!PS\n(Hours) show", "PostScript"),
        ("a.djvu", b"AT&TFORM\0\0\0\x1cDJVMDIRM", "a.djvu is a DjVu document.*as PDF"),
        ("a.pdf", b"AT&TFORM\0\0\0\x1cDJVU", "DjVu"),
        ("a.tex", b"The \\emph{bus}.\n", "a.tex is a TeX source.*PDF"),
        ("a.txt", b"\\documentclass{article}\nHours", "TeX"),
        ("a.latex", b"Hours", "TeX"),
        ("a.epub", packed("application/epub+zip"), "e-book.*copy the article"),
        ("a.docx", packed("application/epub+zip"), "e-book"),
        ("a.pages", b"PK\x03\x04 something", "Pages document.*save it as .docx"),
    ],
)
def test_other_documents_are_refused_with_a_next_step(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_article(tmp_path / name)
