"""Comments in tables: CSV with any of the usual delimiters, and XLSX, every cell unchanged."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import operator
import re
import threading
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar
from xml.etree.ElementTree import Element, iterparse

from .. import _limits as limits
from .._packaging import optional
from .column_names import choose_fields, comments_of
from .field_names import part_of
from .import_log import ImportLog, RawComment, row_list

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
NO_DELIMITER: Final = "\x1f"  # for a table of one column, whose texts may have commas
HEADER_ROWS: Final = 10  # searched for the column names: exports may put a title above them
MOST_SEEN: Final = 8  # rows below the header by which a second one is known
LONGEST_NAME: Final = 60  # characters of a column's name
_DATA: Final = re.compile(r"[@!?]|\.\s|\.$|://|\d{4}|\b[A-Z]\w+ [A-Z]\w+ \w+ \w+")  # what no column name contains
_SEPARATOR: Final = re.compile(r'"?sep=(.)"?\r?\n')
_COUNTED: Final = re.compile(rb"<(?:\w{1,9}:)?(si|c|sheet|numFmt)[ />]")
_LONG_FORMAT: Final = re.compile(rb"<(?:\w{1,9}:)?numFmt\s[^>]{1000}")  # openpyxl takes the square of its length
_OTHERS: Final = "customxml/"  # what other programs keep in a workbook, in any encoding
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINE_END: Final = re.compile(r"\r\n?|\n")
Item = TypeVar("Item")
_MANY: Final = 1_000  # rows read at a time
_PIECE: Final = 65_536  # characters, to the end of the line, that are cut into lines at a time
_LOCK: Final = threading.Lock()


def delimited_comments(text: str, columns: Mapping[str, str] | None, log: ImportLog) -> list[RawComment]:
    """Read the comments of a CSV, semicolon, tab or pipe table; row 1 is the header."""
    declared = _SEPARATOR.match(text)  # a first line for spreadsheets, which counts as a blank one
    delimiter = declared[1] if declared and declared[1] in DELIMITERS else _delimiter(text, columns)
    text = "\n" + text[declared.end() :] if declared else text
    log.format += f" with {DELIMITERS.get(delimiter, 'one column')}"
    return _comments(_rows(text, delimiter, log.source), columns, log, limits.FEW_ROWS + len(text) // limits.ROW_LENGTH)


def sheet_comments(content: bytes, columns: Mapping[str, str] | None, log: ImportLog) -> list[RawComment]:
    """Read the comments of the first sheet of an XLSX file that has any cells; row 1 is the header."""
    return _comments(_sheet_rows(content, log), columns, log, limits.MOST_ROWS)


def _comments(
    rows: Iterator[list[str]], columns: Mapping[str, str] | None, log: ImportLog, most: int
) -> list[RawComment]:
    """Turn rows into comments, by the names in the first row, or in the first of ten that names a text column."""
    top = [(row, [cell.strip() for cell in cells]) for row, cells in zip(range(1, HEADER_ROWS + 1), rows)]  # noqa: B905
    filled = [each for each in top if any(each[1])] or [(1, [])]
    wanted = (columns or {}).get("text")
    naming = [each for each in filled if _names_a_text(each[1], wanted)] or filled[:1]
    first, header = max(naming, key=lambda each: sum(part_of(cell) != "" for cell in each[1]))
    if above := [row for row, _ in filled if row < first]:
        log.note(0, f"Rows above the column names were skipped: {row_list(above)}.")
    if more := _more_headers([each for each in filled if each[0] > first]):
        log.note(0, f"Further rows of column names were skipped: {row_list(more)}.")
    above_first = more[-1] if more else first
    rows = itertools.chain((cells for row, cells in top if row > above_first), rows)
    times = Counter(header)
    chosen = choose_fields([name for name in header if name], columns, log, sample=_sample(header, top, first))
    if clash := sorted(name for name in chosen.values() if times[name] > 1):
        raise ValueError(f"{log.source} has the column {clash[0][:40]!r} more than once. Rename one of them.")
    places = {part: header.index(name) for part, name in chosen.items()}
    parts: dict[str, list[str]] = {part: [] for part in places}
    numbers: list[int] = []
    row = above_first
    while block := [*itertools.islice(rows, _MANY)]:  # column by column, a few rows at a time, is quickest
        rows_filled = [*map(any, block)]  # a blank line has a number, but is no comment
        log.read += sum(rows_filled)
        if log.read > most:
            raise ValueError(
                f"{log.source} has more than {most:,} rows, and they have fewer than {limits.ROW_LENGTH} characters on "
                "average, so most are nearly empty. Delete the empty rows, or measure the file with measure_files."
            )
        numbered = [*itertools.compress(enumerate(block, row + 1), rows_filled)]
        row += len(block)
        if len(numbered) < len(block) or {*map(len, block)} != {len(header)}:
            numbered = _regular(numbered, len(header), log)
            block = [cells for _, cells in numbered]
        numbers += [number for number, _ in numbered]
        for part, at in places.items():
            parts[part] += map(operator.itemgetter(at), block)
    return comments_of(parts, numbers)


def _more_headers(below: list[tuple[int, list[str]]]) -> list[int]:
    """Return the rows in which surveys repeat column names: with import ids, or without what all other rows have."""
    rows = [row for row, _ in below]
    for at, (_, cells) in enumerate(below[:3], 1):
        if any('"ImportId"' in cell for cell in cells):
            return rows[:at]
    columns = list(itertools.zip_longest(*(cells for _, cells in below[:MOST_SEEN]), fillvalue=""))
    missing = [column for column in columns if not column[0] and all(column[1:])]
    return rows[:1] if len(below) > 2 and len(missing) > 1 else []


def _regular(rows: list[tuple[int, list[str]]], width: int, log: ImportLog) -> list[tuple[int, list[str]]]:
    """Fill short rows up, and leave out those with more cells than the header."""
    for row, cells in rows:
        if any(cells[width:]):
            log.leave_out(row, "more cells than the header", f"{len(cells)}, not {width}")
    return [(row, [*cells, *[""] * (width - len(cells))]) for row, cells in rows if not any(cells[width:])]


def _sample(header: list[str], top: list[tuple[int, list[str]]], first: int) -> dict[str, str] | None:
    """Return the longest cell below each name of a column; None if the names look like a row of data."""
    known = any(map(part_of, header))
    if not known and not all(
        len(name) <= LONGEST_NAME and re.search(r"[^\W\d]", name) and not _DATA.search(name) for name in header
    ):
        return None
    below = [cells for row, cells in top if row > first]
    return {name: max((cells[at] for cells in below if at < len(cells)), key=len, default="")
            for at, name in enumerate(header)}  # fmt: skip


def _names_a_text(cells: list[str], wanted: str | None) -> bool:
    """Return whether a row names the columns of a table: two cells and more, one of them a name for the text."""
    if wanted is not None:
        return wanted in cells
    return len([cell for cell in cells if cell]) > 1 and any(part_of(cell) == "text" for cell in cells)


def _delimiter(text: str, columns: Mapping[str, str] | None) -> str:
    """Find the delimiter that gives the most known column names in one of the first ten lines, else most cells."""
    lines = text.lstrip("\n\r")[:100_000].split("\n")[:HEADER_ROWS]
    named = {name.strip() for name in (columns or {}).values()}

    def known(delimiter: str) -> tuple[int, int, int]:
        """Known names in the best line, its cells, and which line it is."""
        rows = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
        names = [sum(part_of(cell) != "" or cell in named for cell in cells) for cells in rows]
        best = max(range(len(lines)), key=lambda at: (names[at], -at))
        return names[best], len(rows[best]), best

    best = max(DELIMITERS, key=lambda delimiter: known(delimiter)[:2])
    return best if best in lines[known(best)[2]] else NO_DELIMITER


def _rows(text: str, delimiter: str, source: str) -> Iterator[list[str]]:
    """Read records one by one; a quotation mark that is never closed is an error, not a cell of half the file."""
    reader = csv.reader(_lines(text, delimiter, source), delimiter=delimiter, strict=True)
    row, full = 0, True
    while full:
        some: list[list[str]] = []
        with _LOCK:  # the longest cell is a setting of the whole process, so it is put back
            usual = csv.field_size_limit(limits.LONGEST_TEXT)
            try:
                some.extend(itertools.islice(reader, _MANY))
                fault = None
            except csv.Error as error:
                fault = error
            finally:
                csv.field_size_limit(usual)
        yield from some
        row, full = row + len(some), len(some) == _MANY
        if fault:
            raise ValueError(
                f"{source}: row {row + 1} (line {reader.line_num:,}) is not a table row: {fault}. A cell with a "
                "quotation mark must be in quotation marks, and the mark doubled. Save the table as CSV again."
            ) from fault


def _lines(text: str, delimiter: str, source: str) -> Iterator[str]:
    """Yield the lines of a table, cut from it piece by piece: a second copy would take four bytes per character."""
    start = 0
    while start < len(text):
        found = _LINE_END.search(text, min(start + _PIECE, len(text)))
        piece, start = text[start : found.end() if found else len(text)], found.end() if found else len(text)
        lines = io.StringIO(piece, newline="")
        most = limits.MOST_IN_ROW
        if len(piece) > most and any(line.count(delimiter) > most for line in lines):
            raise ValueError(f"{source} has a row of more than {most:,} cells. Save only the comments' columns.")
        lines.seek(0)
        yield from lines


class _TooMuchError(ValueError):
    """The sheet has more cells or characters than comments can need."""


def _sheet_rows(content: bytes, log: ImportLog) -> Iterator[list[str]]:
    with optional("documents", "Spreadsheets (.xlsx)"):
        import openpyxl  # noqa: F401 - asked for here, since below any error means a damaged file
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            counts = _counts(archive) if size <= limits.LARGEST_SHEET else Counter()
    except Exception as error:  # zipfile and zlib raise a dozen kinds of error for damaged archives
        raise _damaged(log.source) from error
    if counts["unsafe"]:
        raise _damaged(log.source)
    strings, used, cells, tags = (counts[name] for name in ("strings", "used", "cells", "tags"))
    for too_much, what in (
        (size > limits.LARGEST_SHEET, f"unpacks to {size:,} bytes; the limit is {limits.LARGEST_SHEET:,}"),
        (strings > limits.FEW_STRINGS + used, f"has {strings:,} shared strings and {used:,} cells that use them"),
        (counts["endless"], f"has a text of more than {limits.LONGEST_COMMENT:,} characters"),
        (counts["formats"] > limits.MOST_FORMATS, f"has {counts['formats']:,} number formats"),
        (counts["sheets"] > limits.MOST_SHEETS, f"has {counts['sheets']:,} sheets"),
        (
            tags > limits.FEW_SHEET_TAGS + limits.TAGS_PER_CELL * (strings + cells),
            f"is nearly all tags: {tags:,} for {cells:,} cells",
        ),
    ):
        if too_much:
            raise ValueError(f"{log.source} {what}. Save only the comments, as CSV.")
    longest = min(limits.LARGEST_FILE, limits.FEW_SHEET_CHARACTERS + limits.CHARACTERS_PER_BYTE * size)
    sheets = list(_safely(_used_sheets(content, log.source, longest), log.source))
    if len(sheets) > 1:
        log.note(0, f"Only the first of {len(sheets)} sheets was read; save another one as a file of its own.")
    return _safely(sheets[0], log.source) if sheets else iter(())


def _counts(archive: zipfile.ZipFile) -> Counter[str]:
    """Count a workbook's tags, cells, shared strings and the cells that use one; part by part, in little memory."""
    counts: Counter[str] = Counter()

    def count(block: bytes, times: int) -> None:
        found = _COUNTED.findall(block)
        for name, kind in (("strings", b"si"), ("cells", b"c"), ("sheets", b"sheet"), ("formats", b"numFmt")):
            counts[name] += times * found.count(kind)
        if not each.lower().startswith(_OTHERS):
            counts["unsafe"] += block.count(b"<!D") + block.count(b"\0")  # a document type, or letters of two bytes
            counts["unsafe"] += len(_LONG_FORMAT.findall(block))
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
                    rest = (rest + block)[-5:]
                    count(rest, -1)
            count(rest, 1)
    return counts


def _used_sheets(content: bytes, source: str, longest: int) -> Iterator[Iterator[list[str]]]:
    """Yield the rows of each sheet that has a filled cell."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.worksheet._reader import WorkSheetParser
    from openpyxl.xml.constants import SHARED_STRINGS

    reader: Any = ExcelReader(io.BytesIO(content), read_only=True, data_only=True)  # its stubs do not know its parts
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    shared = reader.package.find(SHARED_STRINGS)
    strings = [_content(each).replace("x005F_", "")
               for each in (_elements(reader.archive, shared.PartName[1:], "si") if shared else ())]  # fmt: skip
    formats = reader.wb._date_formats, reader.wb._timedelta_formats
    for _, part in reader.parser.find_sheets():
        if part.target in reader.valid_files and "chartsheet" not in part.Type:
            parser = WorkSheetParser(io.BytesIO(), strings, True, reader.wb.epoch, *formats)
            rows = _bounded(_cells(_elements(reader.archive, part.target, "row"), parser), source, longest)
            blank, first = next(((at, cells) for at, cells in enumerate(rows) if any(cells)), (0, None))
            if first:
                yield itertools.chain(itertools.repeat([], blank), [first], rows)


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """Yield the elements of a name with expat itself: `_counts` found no document type in parts that end in .xml."""
    if not part.lower().endswith(".xml") or part.lower().startswith(_OTHERS):
        raise ValueError(part)
    with archive.open(part) as opened:
        for _, element in iterparse(opened):
            if element.tag == _MAIN + name:
                yield element
                element.clear()


def _content(item: Element) -> str:
    """Return a text in one piece or in several formatted ones, without its pronunciation."""
    return "".join(each.text or "" for path in ("t", f"r/{_MAIN}t") for each in item.findall(_MAIN + path))


def _safely(items: Iterator[Item], source: str) -> Iterator[Item]:
    try:
        yield from items
    except _TooMuchError as error:
        raise ValueError(str(error)) from error
    except Exception as error:  # a damaged file fails anywhere within zipfile, openpyxl or the XML parser
        raise _damaged(source) from error


def _damaged(source: str) -> ValueError:
    return ValueError(f"{source} could not be read as XLSX. Open it in a spreadsheet and save it again, or as CSV.")


def _bounded(rows: Iterable[list[str]], source: str, longest: int) -> Iterator[list[str]]:
    """Stop where a few bytes make endless rows, cells or text: gaps between distant cells, strings used many times."""
    cells = filled = full = characters = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        filled += len(row) - row.count("")
        full += any(row)
        characters += sum(map(len, row))
        if full > limits.FEW_ROWS + characters // 10 or filled > limits.FEW_ROWS + characters // 3:
            raise _TooMuchError(
                f"{source} has {characters:,} characters in its first {full:,} rows and {filled:,} cells, so they are "
                "nearly empty. Save only the comments, as CSV."
            )
        if number > limits.MOST_ROWS or cells > min(
            limits.MOST_CELLS, limits.MOST_CELLS // 10 + limits.EMPTY_PER_FILLED * filled
        ):
            raise _TooMuchError(
                f"{source} has {cells:,} cells in {number:,} rows, {filled:,} of them filled; the limits are "
                f"{limits.MOST_CELLS:,} cells and {limits.MOST_ROWS:,} rows, most of them not empty. Save only the "
                "comments, as CSV."
            )
        if characters > longest:
            raise _TooMuchError(
                f"{source} has more than {longest:,} characters in its first {number:,} rows, many times what it takes "
                "up itself. Save only the comments, as CSV."
            )
        yield row


def _cells(rows: Iterable[Element], parser: Any) -> Iterator[list[str]]:
    """Yield the cells of each row as text, and an empty row for each one that the file skips."""
    done = 0
    for element in rows:
        for cell in element:
            if cell.get("t") == "inlineStr" and (item := cell.find(f"{_MAIN}is")) is not None:
                value = Element(f"{_MAIN}v")
                value.text = _content(item)
                cell.insert(0, value)
                cell.set("t", "str")
        number, cells = parser.parse_row(element)
        if number > done:
            yield from itertools.repeat([], number - done - 1)
            row = [""] * max((each["column"] for each in cells), default=0)
            for each in cells:
                if each["value"] is not None:
                    row[each["column"] - 1] = _cell(each["value"])
            yield row
            done = number


def _cell(value: Any) -> str:
    """Return a cell as text: whole numbers without ".0", dates as ISO 8601."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    text = str(value)
    if "_x" in text:  # how XLSX writes characters that XML forbids: _x000D_ is a line break
        from openpyxl.utils.escape import unescape

        text = unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    return text
