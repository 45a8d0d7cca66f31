"""Files of nothing: what is counted while it is read, so that a few bytes cannot take minutes or gigabytes."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from helpers.adversarial_files import sheet, workbook

from toolkit.importers.comment_formats import read_comments

GOOD = '{"author": "Jo", "text": "The bridge is bad."}'


def strings(many: int, used: int) -> bytes:
    """A workbook with so many shared strings, of which so many are used."""
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 2}</v></c></row>' for n in range(2, used + 2))
    archive = zipfile.ZipFile(io.BytesIO(sheet(head + rows)))
    parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">' + "<si><t>good</t></si>" * many + "</sst>"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = bytes(parts["[Content_Types].xml"]).decode().replace("</Types>", more)  # type: ignore[arg-type]
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = f'<Relationship Id="r9" Type="{link}" Target="sharedStrings.xml"/></Relationships>'
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = bytes(parts[relations]).decode().replace("</Relationships>", more)  # type: ignore[arg-type]
    return workbook(parts)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", f"[{GOOD}{',{}' * 1_000_000}]".encode(), "objects and lists.*Export only the comments"),
        ("a.json", f"[{GOOD}{',[]' * 1_000_000}]".encode(), "objects and lists"),
        ("a.json", f"[{GOOD}, [{'1,' * 1_000_000}1]]".encode(), "nearly all of them are empty"),
        ("a.jsonl", (GOOD + "\n" + "{}\n" * 1_000_000).encode(), "objects and lists"),
        ("a.xml", b"<rss><channel><item>" + b"<comment/>" * 1_000_000 + b"</item></channel></rss>", "nearly all tags"),
        ("a.csv.gz", gzip.compress(b'id,text\n1,"war' + b" " * 60_000_000 + b'"\n'), "probably not text.*Unpack it"),
        ("a.csv", b"id,text\n" + b"1,a\n" * 200_000, "more than 126,666 rows.*Delete the empty rows"),
        ("a.csv", b"id,text" + b",x" * 20_000 + b"\n1,war\n", "has 20,002 columns; the limit is 16,384"),
        ("a.csv.gz", gzip.compress(b"text\n") + gzip.compress(b"") * 60_000, "holds 5 bytes in its first.*Unpack it"),
        ("a.xlsx", strings(250_000, 1), "250,000 shared strings and 1 cells.*Save the sheet as CSV"),
    ],
    ids=["objects", "lists", "numbers", "lines", "tags", "spaces", "rows", "columns", "members", "strings"],
)
def test_a_file_of_nothing_is_refused_before_it_is_read(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_comments(tmp_path / name)


def test_files_of_many_short_comments_are_read(tmp_path: Path) -> None:
    many = 5_000
    (tmp_path / "a.jsonl").write_text('{"text":"no"}\n' * many)
    (tmp_path / "a.xlsx").write_bytes(strings(many, many))
    for name in ("a.jsonl", "a.xlsx"):
        assert len(read_comments(tmp_path / name)[0]) == many


def test_a_workbook_that_asks_for_a_future_zip_is_refused_in_words_of_the_project(tmp_path: Path) -> None:
    content = bytearray(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'))
    content[content.find(b"PK\x01\x02") + 6] = 100
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(ValueError, match="could not be read as XLSX"):
        read_comments(tmp_path / "a.xlsx")
