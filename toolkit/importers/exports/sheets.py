"""Read the sheets of a workbook (XLSX) as rows of text, within limits."""

import datetime
import functools
import io
import itertools
import re
import string
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Any, Final
from xml.etree.ElementTree import Element, iterparse

from ... import _limits as limits
from ..._packaging import optional
from ..import_log import ImportLog
from ..text_files import LONG_NAMESPACE, RefusedError, reading

_COUNTED: Final = re.compile(rb"<(?:\w{1,9}+:)?+(si|c|sheet|numFmt)[ />]")
_LONG_FORMAT: Final = re.compile(rb"<(?:\w{1,9}:)?numFmt\s[^>]{1000}")  # openpyxl's time grows with its square
_MERGED: Final = re.compile(rb'<(?:\w{1,9}:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_OTHERS: Final = "customxml/"  # parts of other programs, in any encoding
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_AS_READ: Final = ("XLSX workbook", "Open it in a spreadsheet and save it again, or as CSV.")


class Repeated(str):
    """A value that a row repeats from a merged cell above it."""


def used_sheets(content: bytes, log: ImportLog, wanted: Set[int]) -> list[Iterator[list[str]]]:
    """Return the rows of each sheet of a workbook that has a filled cell; ValueError if it is damaged or too large.

    If any columns are `wanted`, numbers and dates in all others stay as written in the file.
    """
    with optional("documents", "Spreadsheets (.xlsx)"):
        import openpyxl  # noqa: F401 - imported first: any later error means a damaged file
    with reading(log.source, *_AS_READ), zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        most = min(limits.LARGEST_SHEET, limits.FEW_SHEET_BYTES + limits.MOST_PACKED * len(content))
        counts = _counts(archive) if size <= most else Counter()
        if counts["unsafe"]:
            raise ValueError
        strings, used, cells, tags = (counts[name] for name in ("strings", "used", "cells", "tags"))
        most_tags = limits.FEW_SHEET_TAGS + limits.TAGS_PER_CELL * (strings + cells)
        for too_much, what in (
            (size > most, f"unpacks to {size:,} bytes; the limit for its size is {most:,}"),
            (strings > limits.FEW_STRINGS + used, f"has {strings:,} shared strings and {used:,} cells that use them"),
            (counts["endless"], f"has a text of more than {limits.LONGEST_COMMENT:,} characters"),
            (counts["formats"] > limits.MOST_FORMATS, f"has {counts['formats']:,} number formats"),
            (counts["sheets"] > limits.MOST_SHEETS, f"has {counts['sheets']:,} sheets"),
            (tags > most_tags, f"is nearly all tags: {tags:,} for {cells:,} cells"),
        ):
            if too_much:
                raise RefusedError(f"{what}. Save only the comments, as CSV.")
        longest = min(limits.LARGEST_FILE, limits.FEW_SHEET_CHARACTERS + limits.CHARACTERS_PER_BYTE * size)
        sheets = list(_filled_sheets(content, log, longest, wanted))
    return [_safely(each, log.source) for each in sheets]


def _counts(archive: zipfile.ZipFile) -> Counter[str]:
    """Count a workbook's tags, cells, shared strings and the cells that use them, in blocks to save memory."""
    counts: Counter[str] = Counter()

    def count(block: bytes, times: int) -> None:
        found = _COUNTED.findall(block)
        for name, kind in (("strings", b"si"), ("cells", b"c"), ("sheets", b"sheet"), ("formats", b"numFmt")):
            counts[name] += times * found.count(kind)
        if not each.lower().startswith(_OTHERS):
            counts["unsafe"] += block.count(b"<!D") + block.count(b"\0")  # a document type, or UTF-16
            counts["unsafe"] += len(_LONG_FORMAT.findall(block)) + len(LONG_NAMESPACE.findall(block))
        counts["used"] += times * block.count(b't="s"')
        counts["tags"] += times * block.count(b"<")

    for each in archive.namelist():
        if each.lower().endswith((".xml", ".rels")):
            rest = b""
            with archive.open(each) as part:
                while block := part.read(limits.LONGEST_COMMENT):
                    if b"<" not in block and len(block) == limits.LONGEST_COMMENT:
                        counts["endless"] += 1
                        return counts
                    count(rest + block, 1)
                    rest = (rest + block)[-2 * limits.LONGEST_NAMESPACE :]
                    count(rest, -1)
            count(rest, 1)
    return counts


def _filled_sheets(content: bytes, log: ImportLog, longest: int, wanted: Set[int]) -> Iterator[Iterator[list[str]]]:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    reader: Any = ExcelReader(io.BytesIO(content), read_only=True, data_only=True)  # its stubs lack these attributes
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    shared = reader.package.find(SHARED_STRINGS)
    strings = [*map(_content, _elements(reader.archive, shared.PartName[1:], "si") if shared else ())]
    numbers = itertools.count(1)  # across all sheets
    for _, part in reader.parser.find_sheets():
        if part.target in reader.valid_files and "chartsheet" not in part.Type:
            elements = _elements(reader.archive, part.target, "row")
            rows = _filled_down(_cells(elements, strings, reader.wb, log, wanted), reader.archive, part.target)
            rows = _bounded(rows, longest, numbers)
            blank, first = next(((at, cells) for at, cells in enumerate(rows) if any(cells)), (0, None))
            if first:
                yield itertools.chain(itertools.repeat([], blank), [first], rows)


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """Yield the elements with a name, by plain expat: `_counts` found no document type in .xml parts."""
    if not part.lower().endswith(".xml") or part.lower().startswith(_OTHERS):
        raise ValueError(part)
    with archive.open(part) as opened:
        for _, element in iterparse(opened):
            if element.tag == _MAIN + name:
                yield element
                element.clear()


def _filled_down(rows: Iterable[list[str]], archive: zipfile.ZipFile, part: str) -> Iterator[list[str]]:
    """Repeat the value of a vertically merged cell in each of its rows that has other values."""
    from openpyxl.utils.cell import column_index_from_string

    merged: defaultdict[int, dict[int, int]] = defaultdict(dict)  # first row -> column -> last row
    with archive.open(part) as opened:
        before = b""
        while block := opened.read(limits.LONGEST_COMMENT):
            for column, first, last in _MERGED.findall(before + block):
                merged[int(first)][column_index_from_string(column.decode()) - 1] = int(last)
            before = block[-100:]
    above: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows, 1):
        for at, (last, written) in above.items() if any(row) else ():
            if number <= last:
                row += [""] * (at + 1 - len(row))
                row[at] = row[at] or written
        above |= {at: (last, Repeated(row[at])) for at, last in merged.get(number, {}).items() if at < len(row)}
        yield row


def _content(item: Element) -> str:
    """Return the text of an item, plain or in formatted runs, without phonetic readings."""
    if len(item) == 1 and item[0].tag == _MAIN + "t":  # the usual case
        return item[0].text or ""
    return "".join(each.text or "" for path in ("t", f"r/{_MAIN}t") for each in item.findall(_MAIN + path))


def _safely(rows: Iterator[list[str]], source: str) -> Iterator[list[str]]:
    with reading(source, *_AS_READ):
        yield from rows


def _bounded(rows: Iterable[list[str]], longest: int, numbers: Iterator[int]) -> Iterator[list[str]]:
    """Refuse endless rows, cells or text from few bytes: gaps between distant cells, strings used many times."""
    cells = filled = full = characters = 0
    for number, row in zip(numbers, rows, strict=False):
        if row:
            cells += len(row)
            filled += len(row) - row.count("")
            full += any(row)
            characters += sum(map(len, row))
        if full > limits.FEW_ROWS + characters // limits.ROW_LENGTH or filled > limits.FEW_ROWS + characters // 2:
            what = (
                f"{characters:,} characters in its first {full:,} rows and {filled:,} cells, so they are nearly empty"
            )
        elif number > limits.MOST_ROWS or cells > min(
            limits.MOST_CELLS, limits.MOST_CELLS // 10 + limits.EMPTY_PER_FILLED * filled
        ):
            what = f"{cells:,} cells in {number:,} rows, {filled:,} of them filled; the limits are "
            what += f"{limits.MOST_CELLS:,} cells and {limits.MOST_ROWS:,} rows, most of them not empty"
        elif characters > longest:
            what = f"more than {longest:,} characters in its first {number:,} rows, many times the size of the file"
        else:
            yield row
            continue
        raise RefusedError(f"has {what}. Save only the comments, as CSV.")


def _cells(
    rows: Iterable[Element], strings: Sequence[str], book: Any, log: ImportLog, wanted: Set[int]
) -> Iterator[list[str]]:
    """Yield the cells of each row as text, and an empty list for each row that the file skips."""
    from openpyxl.utils.cell import column_index_from_string
    from openpyxl.utils.datetime import from_excel

    index, dates, spans = functools.cache(column_index_from_string), book._date_formats, book._timedelta_formats

    def dated(value: Any, style: int) -> Any:
        """Return a number formatted as a date as that date, and any other number unchanged."""
        return from_excel(value, book.epoch, timedelta=style in spans) if style in dates else value

    done = number = 0
    for element in rows:
        if element.get("hidden") == "1":
            log.note(0, "Hidden rows of the sheet, folded or filtered out, were read like the others.")
        number = int(float(element.get("r", number + 1)))
        column, row = 0, list[str]()
        for cell in element:
            column = index(at.rstrip(string.digits)) if (at := cell.get("r")) else column + 1
            if column > len(row):
                row += [""] * (column - len(row))
            row[column - 1] = _cell(cell, strings, dated if not wanted or column - 1 in wanted else None)
        if number > done:
            yield from itertools.repeat([], number - done - 1)
            yield row
            done = number


def _cell(cell: Element, strings: Sequence[str], dated: Callable[[Any, int], Any] | None) -> str:
    """Return a cell as text: whole numbers without ".0", dates as ISO 8601; numbers as written without `dated`."""
    kind = cell.get("t", "n")
    inline = kind == "inlineStr"
    written = "".join(map(_content, cell.findall(_MAIN + "is"))) if inline else cell.findtext(_MAIN + "v")
    if not written:
        return ""
    if kind == "n":
        return _number(written, int(cell.get("s", 0)), dated) if dated else written
    if kind == "b":
        return str(bool(int(written)))
    text = strings[int(written)] if kind == "s" else written
    if "_x" in text:  # escapes of characters that XML forbids: _x000D_ is a line break
        from openpyxl.utils.escape import unescape

        text = re.sub("_x005F_(?=x000[9AaDd]_)", "_x005F_x005F_x005F_", text)  # `comments_of` handles these
        text = unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    return text


def _number(written: str, style: int, dated: Callable[[Any, int], Any]) -> str:
    if len(written) > limits.LONGEST_NUMBER:
        return written
    value: Any = float(written) if "." in written or "e" in written or "E" in written else int(written)
    try:
        value = dated(value, style)
    except (OverflowError, ValueError):
        return "#VALUE!"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).removesuffix(".0")  # kept as written from 1e+16: the last digits are unknown
