"""Hostile files, names and tables and their parts, besides the texts of `adversarial`.

`comment_files`, `article_files` and `archive_files` give files as functions that write their bytes; `names` gives
untrusted paths, `threads` tables of texts, `notebooks` notebooks.  Like the texts they use no clock, no random
generator and no order of a hash.
"""

import csv
import io
import itertools
import json
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from hypothesis import HealthCheck, Phase, settings

import toolkit
from toolkit import read_thread

# People who do not exist. None of their names, addresses and numbers may come out of a reader.
PLANTED = (
    "Zebulon Quagmire", "zquagmire77", "zebulon.quagmire@example.org", "+44 20 7946 0127", "203.0.113.77",
    "https://www.facebook.com/zebulon.quagmire", "Philippa Oxenbould", "philox_77",
)  # fmt: skip
TELLTALE = ("zebulon", "quagmire", "zquagmire77", "0127", "203.0.113.77", "philippa", "oxenbould", "philox_77")
"""What would give them away: no output may hold one of these, in any capitals."""
TOO_DEEP = 50_000
"""Lists in lists; newer Pythons read some ten thousand, older ones about a thousand."""


class File(NamedTuple):
    """One nasty file: either `texts` of it come out of the reader, or an error with `says` in its message.

    `rows` counts what a reader has to go through, for the bounds on time.
    """

    name: str
    ending: str
    content: bytes | str | Callable[[], bytes]  # a function, where it is large at any scale
    texts: int | None = None
    says: str = ""
    rows: int = 0


class Thread(NamedTuple):
    """A table of texts that has the right columns; `stored`: whether a corpus can hold it."""

    name: str
    table: pd.DataFrame
    stored: bool = True


Sized = Callable[[int], int]


def sizes(scale: float) -> Sized:
    """How many of something, at a scale."""
    return lambda count: max(12, int(count * scale))


# ---- what files are made of

HEAD = ("id", "parent_id", "author", "created", "likes", "text")


def row(number: int, **cells: Any) -> dict[str, Any]:
    usual = {"parent_id": None, "author": f"Writer {number}", "created": "2025-12-02T10:00:00Z", "likes": 1}
    return {"id": str(number), **usual, "text": f"The bridge is number {number} and it is bad.", **cells}


def rows_of(many: int, **cells: list[Any]) -> list[dict[str, Any]]:
    """As many rows, some of whose cells are given."""
    return [row(at + 1, **{name: values[at] for name, values in cells.items()}) for at in range(many)]


def csv_of(rows: Iterable[dict[str, Any]], head: Iterable[str] = HEAD, delimiter: str = ",") -> str:
    out, head = io.StringIO(newline=""), list(head)
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows([["" if row.get(name) is None else row[name] for name in head] for row in rows])
    return out.getvalue()


FORMULAS = (
    '=HYPERLINK("https://other.example","x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1",
    "\r=1+1", "＝1+1", "'=1+1",
)  # fmt: skip


def workbook(parts: dict[str, str | bytes]) -> bytes:
    """An archive of Office's make, with the parts given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'
    "{more}</Types>"
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(cells: str, before: str = "", times: int = 1) -> bytes:
    """A workbook of one sheet, whose rows are XML, listed a number of times."""
    return workbook(
        {
            "[Content_Types].xml": TYPES.format(
                part="xl/workbook.xml",
                kind="spreadsheetml.sheet",
                more=(
                    '<Override PartName="/xl/worksheets/s.xml" '
                    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
                ),
            ),
            "_rels/.rels": RELATIONS.format(
                f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE}"><sheets>'
            + '<sheet name="s" sheetId="1" r:id="r1"/>' * times
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/s.xml"/>'
            ),
            "xl/worksheets/s.xml": f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def bomb(size: int, head: bytes = b"id,text\n1,", unit: bytes = b"war is " * 140_000) -> bytes:
    """A gzip archive of little size that unpacks to `size` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = itertools.repeat(unit, max(1, size // len(unit)))
    return b"".join([packer.compress(head), *map(packer.compress, parts), packer.flush()])


# ---- what must come of them

SMALL = 0.01  # of the full scale, in the ordinary run
DOCUMENTED = (ValueError, TypeError, FileNotFoundError, ImportError)
LONGEST_MESSAGE = 2_000  # characters: an error that prints a file is none that helps
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)  # to explain a failure takes minutes here
SLOW = settings(phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ARTICLE = "# The bridge\n\nThe bridge is bad. We want a new one.\n"
LICENCE = {"licence": "A test's.", "title": "T", "creator": "Somebody", "language": "en"}


def written(folder: Path, name: str, content: Any) -> Path:
    """A file of bytes, of a text, or of anything else as JSON."""
    content = content if isinstance(content, bytes | str) else json.dumps(content)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / name


def outcome(work: Callable[[], Any]) -> Any:
    """What comes of it: a value, or the error, if it is one of those that are documented, and says something."""
    try:
        return work()
    except DOCUMENTED as error:
        documented = error
    raised_in = Path(traceback.extract_tb(documented.__traceback__)[-1].filename)
    ours = Path(toolkit.__file__).parent in raised_in.parents
    assert ours, f"{documented!r} is what a library says, no error of ours"
    assert type(documented) in DOCUMENTED, repr(documented)
    assert 10 < len(str(documented)) < LONGEST_MESSAGE, str(documented)[:200]
    return documented


def read_comments_of(path: Path) -> pd.DataFrame:
    return read_thread(ARTICLE, path, quiet=True)
