"""Files with a few bytes changed: every reader gives a value or one error of its own, never one of a library."""

import gzip
import hashlib
import io
import os
import plistlib
import random
import re
import subprocess
import sys
import traceback
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.adversarial_articles import _document
from helpers.adversarial_files import sheet

from toolkit import lexicon_metric, list_corpora, provenance, read_codings, read_thread
from toolkit.archives.readers import _TooLargeError, batches
from toolkit.archives.rows_as_texts import texts_of_batch
from toolkit.importers.article_formats import read_article
from toolkit.importers.comment_formats import read_comments

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

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


LINES = b'{"text": "Good", "likes": 1, "posted": "2024-05-01", "author": "A"}\n{"text": "No", "posted": 1714521600}\n'
ROWS = b'text,likes,posted\n"Good ""plan"", yes",1,2024-05-01\nNo,2,\n'
ABOUT = f"""title = "Hours"
creator = "Ana"
licence = "x"
composed = true
language = "en"
published = "2024-05-01"
likes = 3

[sha256]
"article.md" = "{hashlib.sha256(b"# Hours").hexdigest()}"
"comments.csv" = "DIGEST"
"""
COMMENTS = b'comment_id,reply_to,author,posted,likes,text\nc1,,Reader 01,2024-05-01,3,Good.\nc2,c1,Reader 02,,,"No"\n'


def parquet() -> bytes:
    """A table with a dictionary, a column that is not needed, and missing values."""
    out = io.BytesIO()
    text = pa.array(["Good.", None, "No."] * 3).dictionary_encode()
    posted = pa.array([0, 10**9, None] * 3, pa.timestamp("s"))
    table = pa.table({"text": text, "likes": [1, None, 3] * 3, "posted": posted, "other": [["x"], [], None] * 3})
    pq.write_table(table, out, compression="none")
    return out.getvalue()


def thread(path: Path) -> object:
    return read_thread(path, quiet=True)


def archive(path: Path) -> object:
    return [texts_of_batch(batch, {}, path.name) for batch in batches(path, 4, {})]


def corpus(path: Path) -> object:
    """A corpus that contains this file; correct digests do not protect it."""
    place = path.parent / "own"
    place.mkdir(exist_ok=True)
    table = path.read_bytes() if path.suffix == ".csv" else COMMENTS
    about = path.read_bytes() if path.suffix == ".toml" else ABOUT.encode()
    (place / "article.md").write_bytes(b"# Hours")
    (place / "comments.csv").write_bytes(table)
    (place / "about.toml").write_bytes(about.replace(b"DIGEST", hashlib.sha256(table).hexdigest().encode()))
    return list_corpora(folder=path.parent), provenance("own", folder=path.parent)


class Kind(NamedTuple):
    """A file that is read, and by what."""

    read: Callable[[Path], object]
    content: Callable[[], bytes]


FILES = {
    "a.html": Kind(read_article, PAGE.encode),
    "a.mhtml": Kind(read_article, MHTML.encode),
    "a.webarchive": Kind(
        read_article,
        lambda: plistlib.dumps({"WebMainResource": {"WebResourceData": PAGE.encode()}}, fmt=plistlib.FMT_BINARY),
    ),
    "a.docx": Kind(read_article, lambda: _document(WORD)),
    "stored.docx": Kind(read_article, lambda: stored(_document(WORD))),
    "a.pdf": Kind(read_article, pdf),
    "a.md": Kind(
        read_article,
        b"---\ntitle: Hours\n---\n# Hours\n\nThe council has voted.[^1]\n\n- One\n\n[^1]: Minutes.\n".__bytes__,
    ),
    "a.txt": Kind(read_article, b"Hours\n\nThe council has voted.\n\nJo\n2 days ago\nGood plan.\nReply\n".__bytes__),
    "c.csv": Kind(
        read_comments, b'id,author,date,text\n1,Jo,2024-05-01,"Good ""plan"", y"\n2,Al,1 May 2024,No\n'.__bytes__
    ),
    "c.xlsx": Kind(read_comments, lambda: sheet(CELLS)),
    "stored.xlsx": Kind(read_comments, lambda: stored(sheet(CELLS))),
    "c.json": Kind(read_comments, JSON.encode),
    "c.jsonl": Kind(read_comments, b'{"author": "Jo", "text": "Good."}\n{"author": "Al", "text": "No."}\n'.__bytes__),
    "c.xml": Kind(read_comments, WXR.encode),
    "t.html": Kind(thread, PAGE.encode),
    "p.parquet": Kind(archive, parquet),
    "p.jsonl": Kind(archive, LINES.__bytes__),
    "p.jsonl.gz": Kind(archive, lambda: gzip.compress(LINES, mtime=0)),
    "p.jsonl.zst": Kind(archive, lambda: zstd.compress(LINES)),
    "p.csv": Kind(archive, ROWS.__bytes__),
    "about.toml": Kind(corpus, ABOUT.encode),
    "comments.csv": Kind(corpus, COMMENTS.__bytes__),
    "codings.csv": Kind(read_codings, b"unit_id,coder,question,answer\na#s1,Jo,tone,-1\na#s2,Jo,tone,\n".__bytes__),
    "words.csv": Kind(lexicon_metric, b"word,value\ngood,1.5\nbad,-2\nangr*,-1e0\n".__bytes__),
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


def undocumented(path: Path, read: Callable[[Path], object]) -> str:
    """Read a file; where that ends in anything but a value or a documented ValueError, say in what."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read(path)
    except Exception as error:  # what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1].filename
        if type(error) not in (ValueError, _TooLargeError) or "/toolkit/" not in Path(place).as_posix():
            return f"{type(error).__name__} raised in {Path(place).name}: {error}"
    return ""


def faults_of(name: str, folder: Path, many: int, seed: str = "") -> list[str]:
    """Change a file so many times, and list the undocumented errors."""
    chance, kind, found = random.Random(name + seed), FILES[name], []
    content = kind.content()
    for at in range(many):
        path = folder / f"f{at}{''.join(Path(name).suffixes)}"
        path.write_bytes(mutated(content, chance))
        if fault := undocumented(path, kind.read):
            found.append(f"file {at}: {fault[:200]}")
        path.unlink()
    return found


@pytest.mark.parametrize(
    ("error", "allowed"), [(ValueError, True), (_TooLargeError, True), (UnicodeError, False), (TypeError, False)]
)
def test_only_documented_errors_count_as_values(error: type[Exception], allowed: bool, tmp_path: Path) -> None:
    """A reader of the project that raises it: the file must lie in its folder."""
    code = compile("def read(path): raise error('x')", "/toolkit/reader.py", "exec")
    exec(code, made := {"error": error})
    assert (undocumented(tmp_path, made["read"]) == "") is allowed


@pytest.mark.parametrize("name", FILES)
def test_the_files_that_are_mutated_are_read_as_they_are(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name].content())
    assert undocumented(tmp_path / name, FILES[name].read) == ""
    if FILES[name].read is read_article:
        assert re.search("Minutes|council|until ten", read_article(tmp_path / name).markdown)
    elif FILES[name].read is read_comments:
        assert read_comments(tmp_path / name)[0]
    elif FILES[name].read is archive:
        assert sum(len(batch.rows) for batch in batches(tmp_path / name, 4, {})) >= 2


@pytest.mark.parametrize("kept", [3, 18])
def test_a_parquet_file_with_damaged_metadata_does_not_end_python(kept: int, tmp_path: Path) -> None:
    """The byte says whether values may be missing, and no longer agrees with how many are."""
    pq.write_table(pa.table({"text": ["Good.", "No."]}), tmp_path / "p.parquet", compression="none")
    content = bytearray((tmp_path / "p.parquet").read_bytes())
    at = content.index(b"\x04text", -int.from_bytes(content[-8:-4], "little") - 8) - 2
    content[at] = kept
    (tmp_path / "p.parquet").write_bytes(content)
    code = "import sys; from test_mutated_files import *; sys.exit(undocumented(Path(sys.argv[1]), archive) or 0)"
    command = [sys.executable, "-c", code, str(tmp_path / "p.parquet")]
    search = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])}
    subprocess.run(command, env=search, check=True)


@pytest.mark.parametrize("content", ["a = " + "9" * 5_000, "a" + ".a" * 2_000 + " = 1", "[a" + ' . "b"' * 2_000 + "]"])
def test_toml_that_would_take_too_long_to_read_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "about.toml").write_text(content)
    with pytest.raises(ValueError, match=r"is not TOML in UTF-8.*Correct the file"):
        corpus(tmp_path / "about.toml")


@pytest.mark.parametrize("text", ['"%s"', "'%s'", '"""\n%s"""', "'''%s'''", '"\\"%s" # it\'s %s'])
def test_dots_in_the_texts_of_a_corpus_are_not_counted(text: str, tmp_path: Path) -> None:
    about = FILES["about.toml"].content().decode()
    (tmp_path / "about.toml").write_text(f"note = {text.replace('%s', 'a.' * 2_000)}\n{about}")
    FILES["about.toml"].read(tmp_path / "about.toml")


@pytest.mark.parametrize("name", FILES)
def test_a_few_mutated_files_give_a_value_or_a_documented_error(name: str, tmp_path: Path) -> None:
    assert faults_of(name, tmp_path, 15) == []


@pytest.mark.full
@pytest.mark.parametrize("name", FILES)
def test_thousands_of_mutated_files_give_a_value_or_a_documented_error(name: str, tmp_path: Path) -> None:
    assert faults_of(name, tmp_path, 1_000, seed=os.environ.get("MUTATION_SEED", "")) == []
