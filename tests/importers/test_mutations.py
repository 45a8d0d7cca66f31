"""Files with a few bytes changed: every reader gives a value or one error of its own, never one of a library."""

from __future__ import annotations

import io
import plistlib
import random
import traceback
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.adversarial_articles import _document
from helpers.adversarial_files import sheet

from toolkit.importers.article_formats import read_article
from toolkit.importers.comment_formats import read_comments

PAGE = (
    "<!doctype html><html lang='en'><head><title>Hours</title><script type='application/ld+json'>"
    '{"@type":"NewsArticle","headline":"Hours","datePublished":"2024-05-01","author":{"name":"Ana"}}</script></head>'
    "<body><article><h1>Hours</h1><p hidden>Unseen.</p><p>The council has voted<sup><a href='#1'>1</a></sup> to keep "
    "the library open &amp; warm 🔥 until ten.</p><img alt='🔥' src='data:image/png;base64,iVBO'><ul><li>One</li></ul>"
    "</article><ol class='comments'><li class='comment' id='comment-5'><cite class='fn'>Jo</cite>"
    "<div class='comment-content'><p>Good plan.</p></div></li></ol></body></html>"
)
MHTML = (
    'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--x"\r\n\r\n'
    f"----x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{PAGE}\r\n----x--\r\n"
)
WORD = (
    "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Hours</w:t></w:r></w:p><w:p><w:ins w:id='1'><w:r>"
    "<w:t>The library stays open until ten.</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/>"
    "</w:tcPr><w:p><w:r><w:t>Ten</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
SHOWN = "BT /F 9 Tf 10 700 Td (The library stays open until ten on weekdays, they say.) Tj 0 -12 Td (1/1) Tj ET"
PDF_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/MediaBox[0 0 600 800]>>",
    f"<</Length {len(SHOWN)}>>stream\n{SHOWN}\nendstream ",
    "<</Type/Font/Subtype/Type1/BaseFont/Times>>",
)
CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>text</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Jo</t></is></c><c r="B2" t="inlineStr"><is><t>Good.</t></is></c></row>'
)
JSON = (
    '[{"id": 1, "author": "Jo", "date": "2024-05-01T10:00:00Z", "text": "Good <b>plan</b>.", "likes": "1.2K",'
    ' "children": [{"id": 2, "author": "Al", "text": "No \\ud83d\\ude00", "likes": null}]}]'
)
WXR = (
    '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Hours</title>'
    "<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author><![CDATA[Jo]]></wp:comment_author>"
    "<wp:comment_content><![CDATA[Good plan.]]></wp:comment_content><wp:comment_parent>0</wp:comment_parent>"
    "<wp:comment_approved>1</wp:comment_approved></wp:comment></item></channel></rss>"
)


def pdf() -> bytes:
    """A PDF of one page with a table of its objects."""
    out, rows = "%PDF-1.4\n", ""
    for number, each in enumerate(PDF_OBJECTS, 1):
        rows += f"{len(out):010d} 00000 n \n"
        out += f"{number} 0 obj{each}endobj\n"
    table = f"xref\n0 {len(PDF_OBJECTS) + 1}\n0000000000 65535 f \n{rows}"
    return f"{out}{table}trailer<</Root 1 0 R/Size 6>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def stored(packed: bytes) -> bytes:
    """The same archive without compression, so that a changed byte is a changed part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "a.html": PAGE.encode,
    "a.mhtml": MHTML.encode,
    "a.webarchive": lambda: plistlib.dumps(
        {"WebMainResource": {"WebResourceData": PAGE.encode(), "WebResourceURL": "https://town.example/"}},
        fmt=plistlib.FMT_BINARY,
    ),
    "a.docx": lambda: _document(WORD),
    "b.docx": lambda: stored(_document(WORD)),
    "a.pdf": pdf,
    "a.md": "---\ntitle: Hours\n---\n# Hours\n\nThe council has voted.[^1]\n\n- One\n\n[^1]: Minutes.\n".encode,
    "a.txt": "Hours\n\nThe council has voted.\n\nJo\n2 days ago\nGood plan.\nReply\n".encode,
    "c.csv": 'id,author,date,text\n1,Jo,2024-05-01,"Good ""plan"", yes"\n2,Al,1 May 2024,No\n'.encode,
    "c.xlsx": lambda: sheet(CELLS),
    "d.xlsx": lambda: stored(sheet(CELLS)),
    "c.json": JSON.encode,
    "c.jsonl": '{"author": "Jo", "text": "Good."}\n{"author": "Al", "text": "No."}\n'.encode,
    "c.xml": WXR.encode,
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change one to four places: bytes turned over or replaced, parts deleted, doubled, exchanged or cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if not changed:
            break
        at, many = chance.randrange(len(changed)), chance.randint(1, 40)
        kind = chance.randrange(7)
        if kind == 0:
            changed[at] ^= 0xFF
        elif kind == 1:
            changed[at] = chance.choice(b"\x00\x01\x7f\x80\xff<>\"'&{}[]()/=,:;%-0129")
        elif kind == 2:
            del changed[at : at + many]
        elif kind == 3:
            changed[at:at] = changed[at : at + many] * chance.randint(1, 3)
        elif kind == 4:
            changed[at:at] = chance.randbytes(many)
        elif kind == 5:
            other = chance.randrange(len(changed))
            changed[at : at + many] = changed[other : other + many]
        elif chance.random() < 0.3:
            del changed[at:]
    return bytes(changed)


def undocumented(path: Path) -> str:
    """Read a file; where that ends in anything but a value or a ValueError of the project, say in what."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read_article(path) if path.name[0] in "ab" else read_comments(path)
    except ValueError as error:
        place = traceback.extract_tb(error.__traceback__)[-1].filename
        if type(error) is ValueError and "/toolkit/" in Path(place).as_posix():
            return ""
        return f"{type(error).__name__} raised in {Path(place).name}: {error}"
    except Exception as error:  # what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1].filename
        return f"{type(error).__name__} raised in {Path(place).name}: {error}"
    return ""


def faults_of(name: str, folder: Path, many: int) -> list[str]:
    chance, content, found = random.Random(name), FILES[name](), []
    for at in range(many):
        path = folder / f"{name[0]}{at}{Path(name).suffix}"
        path.write_bytes(mutated(content, chance))
        if fault := undocumented(path):
            found.append(f"file {at}: {fault[:200]}")
        path.unlink()
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_files_that_are_mutated_are_read_as_they_are(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name]())
    if name[0] in "ab":
        assert "Minutes" in (text := read_article(tmp_path / name).markdown) or "council" in text or "until ten" in text
    else:
        assert read_comments(tmp_path / name)[0]


@pytest.mark.parametrize("name", FILES)
def test_a_few_changed_files_end_in_a_value_or_a_documented_error(name: str, tmp_path: Path) -> None:
    assert faults_of(name, tmp_path, 15) == []


@pytest.mark.full
@pytest.mark.parametrize("name", FILES)
def test_thousands_of_changed_files_end_in_a_value_or_a_documented_error(name: str, tmp_path: Path) -> None:
    assert faults_of(name, tmp_path, 1_000) == []
