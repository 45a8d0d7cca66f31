"""Read comments from tables: CSV with any of the usual delimiters, and XLSX, every cell unchanged."""

import contextlib
import csv
import io
import itertools
import operator
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from ... import _limits as limits
from ..import_log import Comments, ImportLog, row_list
from .cell_values import OBJECT, parsed
from .column_names import choose_fields
from .columns_to_comments import comments_of, indents
from .field_names import part_of, parts_of
from .json_documents import Loaded, Object
from .json_files import any_list
from .sheets import Repeated, used_sheets
from .social_media_and_messengers import PLATFORMS

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ODD: Final = re.compile(  # an unusual delimiter such as ^ or ::, but no sign that joins words in prose
    r"""(?<=[\w"'])(?![:!?…–—][\w"'])[^\w\s"'()./-]{1,3}(?=[\w"'])"""
)
NO_DELIMITER: Final = "\x1f"  # for a table of one column, whose texts may contain commas
HEADER_ROWS: Final = 10  # searched for the column names: exports may put a title above them
MOST_SEEN: Final = 8  # rows below the header that are checked for a second header
FIRST_ROWS: Final = 40  # whose cells show which columns hold ids, names and texts
MOST_NOTES: Final = 3  # rows of notes below a table, after a blank row
FEWEST_CELLS: Final = 3  # per comment, if a row holds several: name, date and text
LONGEST_NAME: Final = 60  # characters of a column's name
_DATA: Final = re.compile(r"[@!?]|\.\s|\.$|://|\d{4}|\b[A-Z]\w+ [A-Z]\w+ \w+ \w+")  # in data, never in names
_NUMBERED: Final = re.compile(r"\A[^\W\d]\w{0,40}(?:[/.]\w{1,40}){0,6}?[/.]\d{1,4}[/.][^\W\d]")  # replies/0/text
_REPLY: Final = re.compile(r"(?:repl(?:y|ies)[ _-]?(\d{1,2})|replies(?=\.))(?:[ ._-](.{1,40}))?\Z", re.IGNORECASE)
_RULE: Final = re.compile(r"[:+-]{2,}|")  # the line below the header in Markdown and psql
_TOTAL: Final = re.compile(
    r"(?:grand |sub)?totals?:?|sum|(?:gesamt)?summe|gesamt|somme|totale|totaal|итого|合计|合計|总计", re.IGNORECASE
)
_ABOUT: Final = frozenset(("author", "comment_id", "posted"))
_ONCE: Final = frozenset(("text", "comment_id", "likes"))  # parts that no two comments share
_QUOTED_HEAD: Final = re.compile(r'"[^"\n]{1,60}"(?:[,; \t]"[^"\n]{1,60}")*\r?\n"')
_QUOTED_LINE: Final = re.compile(r'"\w{1,40}(?:[,;]\w{1,40})+"\r?\n')
_SPACED: Final = re.compile(r'"[^"]{1,60}"(?: "[^"]{1,60}")+\r?')  # a header written by R's write.table
_BACKSLASH: Final = re.compile(r"""\\"(?<![\\"]..)(?=[^",;|\t\r\n])""")
_ESCAPE: Final = re.compile(r"""\\(["\\]?)""")
_INNER: Final = re.compile(r"""(?:^|\t)"[^"\t]{0,1000}"[^"\t]""")
_SEPARATOR: Final = re.compile(r'"?sep=(.)"?\r?\n')
_LINE_END: Final = re.compile(r"\r\n?|\n")
_MANY: Final = 1_000  # rows read at a time
_PIECE: Final = 65_536  # characters cut into lines at a time, up to the end of a line
_MOST_LINES: Final = 100  # read beyond a piece to find the end of a quoted cell
_LOCK: Final = threading.Lock()


def delimited_comments(text: str, columns: Mapping[str, str] | None, log: ImportLog) -> Comments:
    """Read the comments of a CSV, semicolon, tab or pipe table; row 1 is the header."""
    declared = _SEPARATOR.match(text)  # a first line for spreadsheets, numbered like a blank row
    delimiter = declared[1] if declared and declared[1] in DELIMITERS else _delimiter(text, columns)
    text = "\n" + text[declared.end() :] if declared else text
    odd = _odd_delimiter(text) if delimiter == NO_DELIMITER else ""
    if odd:
        text, delimiter = (text, odd) if len(odd) == 1 else (text.replace(odd, delimiter), delimiter)
    if _QUOTED_HEAD.match(text):
        with contextlib.suppress(csv.Error, StopIteration):
            rows = csv.reader(io.StringIO(text[:100_000]), delimiter=delimiter)
            if len(next(rows)) == len(next(rows)) - 1:
                text = f'""{delimiter}{text}'  # R's write.table writes no header for its row names
    if _QUOTED_LINE.match(text):  # a spreadsheet read the table as one column and saved it
        text = "\n".join(row[0] if row else "" for row in csv.reader(io.StringIO(text)))
    if "escapechar" in (quoting := _quoting(text, delimiter)):
        text = _ESCAPE.sub(lambda found: found[0] if found[1] else r"\\", text)  # other backslashes stay
    log.format += f" with {DELIMITERS.get(delimiter, repr(odd) if odd else 'one column')}"
    most = limits.FEW_ROWS + len(text) // limits.ROW_LENGTH
    return _comments(_rows(text, delimiter, log.source, **quoting), columns, log, most, set())


def sheet_comments(content: bytes, columns: Mapping[str, str] | None, log: ImportLog) -> Comments:
    """Read comments from the first sheet of an XLSX file with a text column, else the first with cells."""
    places: set[int] = set()
    sheets = used_sheets(content, log, places)
    wanted = (columns or {}).get("text")
    tops = [[*itertools.islice(each, HEADER_ROWS)] for each in sheets]
    rows_of = [[[*map(str.strip, row)] for row in top] for top in tops]
    heads: list[list[str]] = [next((row for row in some if _names_a_text(row, wanted)), []) for some in rows_of]
    at = next((at for at, head in enumerate(heads) if head), 0)
    read = [other for other, head in enumerate(heads) if other == at or (head and head == heads[at])]
    if len(sheets) > len(read) == 1:
        log.note(
            0, f"Only sheet {at + 1} of {len(sheets)} was read. To read another one, save it as a file of its own."
        )
    opened: list[Iterator[list[str]]] = [itertools.chain(tops[each], sheets[each]) for each in read if sheets]
    if len(read) > 1:
        log.note(
            0, f"{len(read)} of {len(sheets)} sheets have the same column names and were read one after the other."
        )
        if "thread" not in parts_of(heads[at]):
            told: set[tuple[str, ...]] | None = set() if {"comment_id", "posted"} & parts_of(heads[at]).keys() else None
            opened = [
                _of_thread(rows, heads[at], f"sheet {each + 1}", told, log)
                for each, rows in zip(read, opened, strict=True)
            ]
    rows = itertools.chain(*opened)
    return _comments(rows, columns, log, limits.MOST_ROWS, places)


def _of_thread(
    rows: Iterable[list[str]], head: list[str], name: str, earlier: set[tuple[str, ...]] | None, log: ImportLog
) -> Iterator[list[str]]:
    """Add a column with the name of a sheet, in each of which the numbers of comments may begin anew.

    Rows that are among the `earlier` ones, of a sheet that this one copies or selects from, become empty.
    """
    width, copied, own = len(head), 0, []
    for row in rows:
        label = "thread" if [*map(str.strip, row)] == head else name
        if earlier is not None and label == name and any(row):
            own.append(tuple(row))
            if own[-1] in earlier:
                copied += 1
                yield []
                continue
        yield [*row[:width], *[""] * (width - len(row)), label, *row[width:]] if any(row) else row
    if earlier is not None:
        earlier.update(own)
    if copied:
        log.note(0, f"Rows of {name} that an earlier sheet has as well were left out: {copied:,}.")


def _comments(
    rows: Iterator[list[str]], columns: Mapping[str, str] | None, log: ImportLog, most: int, used: set[int]
) -> Comments:
    """Turn rows into comments, with column names from the best header among the first ten rows.

    The positions of the columns read are added to `used`.
    """
    first_rows = zip(range(1, HEADER_ROWS + 1), rows)  # noqa: B905 - there may be fewer rows
    top = [
        (row, [cell if isinstance(cell, Repeated) else cell.rstrip() for cell in cells]) for row, cells in first_rows
    ]
    filled = [(row, [*map(str.strip, cells)]) for row, cells in top if any(cells)] or [(1, [])]
    wanted = (columns or {}).get("text")
    most_columns = limits.MOST_COLUMNS
    naming = [each for each in filled if _names_a_text(each[1][:most_columns], wanted)]
    if wanted and not naming:
        naming = [each for each in filled if _names_a_text(each[1][:most_columns], None)]
    if not naming:
        naming = [each for each in filled if len(each[1]) < most_columns and len({*map(part_of, each[1])} - {""}) > 2]
    naming += filled[:1] if not wanted or not naming else []  # a cell of data may be "Comment" too
    first, header = max(naming, key=lambda each: sum(part_of(cell) != "" for cell in each[1][:most_columns]))
    if len(header) > most_columns:
        choose_fields(header, columns, log)  # raises
    if above := [row for row, _ in filled if row < first]:
        log.note(0, f"Rows above the column names were skipped: {row_list(above)}.")
    if more := _more_headers([each for each in filled if each[0] > first]):
        log.note(0, f"Further rows of column names were skipped: {row_list(more)}.")
    above_first = more[-1] if more else first
    below = [cells for row, cells in top if row > above_first] + [*itertools.islice(rows, FIRST_ROWS)]
    rows = itertools.chain(below, rows)
    lists = {
        at for cells in below for at, cell in enumerate(cells[: len(header)])
        if cell[:1] == "[" or (cell[:1] == "{" and not _names_a_text(header, wanted)) if _has_comments(cell)
    }  # fmt: skip
    if not columns and (lists or any(map(_NUMBERED.search, header := _replies(header, below)))):
        made = Loaded(_objects(header, lists, rows, log, most))
        platform = next((each for each in PLATFORMS if each.recognises(made)), None)
        comments = platform.read(made, log) if platform else any_list(made, None, log)
        log.read = len(comments)
        return comments
    times = Counter(header)
    text = "" if "text" in (columns or {}) else _unnumbered(parts_of(header).get("text", ""))
    alike = [at for at, name in enumerate(header) if text and _unnumbered(name) == text != name]
    others = alike[1:] if len(alike) > 1 else []
    named = [name for at, name in enumerate(header) if name and at not in others]
    chosen = choose_fields(named, columns, log, cells=_sample(header, below))
    if clash := sorted(name for name in chosen.values() if times[name] > 1):
        raise ValueError(f"{log.source} has the column {clash[0][:40]!r} more than once. Rename one of them.")
    places = {part: header.index(name) for part, name in chosen.items()}
    if header[0] in ("", "#", "Unnamed: 0") and not {"comment_id", "path"} & chosen.keys():
        places["path"] = 0  # perhaps an outline: 3, 3-1, 3-2
    used |= {*places.values(), *alike}
    parts: dict[str, list[str]] = {part: [] for part in places}
    numbers: list[int] = []
    row, width = above_first, len(header)
    while block := [*itertools.islice(rows, _MANY)]:  # fastest by column, in blocks of rows
        numbered: Sequence[int] = range(row + 1, row + 1 + len(block))
        row += len(block)
        log.read += (full := sum(map(any, block)))  # a blank line has a row number, but is not a comment
        _refuse_more(log, log.read, most)
        usual = full == len(block) and {*map(len, block)} == {width}
        if not usual or header[0] in map(operator.methodcaller("strip", "\ufeff "), map(operator.itemgetter(0), block)):
            numbered, block = _regular(numbered, block, header, log)
        if others:
            at_text = places["text"]
            found = [
                (number, [*cells[:at_text], cells[at], *cells[at_text + 1 :]])
                for number, cells in zip(numbered, block, strict=True) for at in alike if cells[at].strip()
            ]  # fmt: skip
            numbered, block = [number for number, _ in found], [cells for _, cells in found]
            log.read += len(block) - full
        numbers += numbered
        cut = [*zip(*block, strict=False)]  # rows may have empty cells beyond the header
        for part, at in places.items() if block else ():
            parts[part] += cut[at]
    for part in parts.keys() & _ONCE:
        if Repeated in {*map(type, parts[part])}:
            parts[part] = ["" if isinstance(each, Repeated) else each for each in parts[part]]
    _drop_notes(parts, numbers, log)
    if levels := indents(parts):
        parts["depth"] = levels
        log.note(0, "Indented texts were read as replies to those above them.")
    comments = comments_of(parts, numbers, log)
    if others:
        log.note(0, f"Each cell of {len(alike)} columns was read as a comment of its own: {header[alike[0]][:40]}, ...")
        comments = comments.replaced(comment_id=[f"c{row:04d}-{at}" for at, row in enumerate(comments.row)])
    return comments


def _has_comments(cell: str) -> bool:
    """Return whether a cell holds objects with a text and an author, id or date: replies to the row's comment."""
    listed = Loaded(parsed(cell)).first_objects if cell.startswith(OBJECT) else ()
    return any("text" in (parts := {*map(part_of, each)}) and not _ABOUT.isdisjoint(parts) for each, _ in listed)


def _replies(header: list[str], below: list[list[str]]) -> list[str]:
    """Rename reply1, reply_2_author and replies.user to replies/1/text, replies/2/author and replies/0/user."""
    chosen = parts_of(name for name in header if not _REPLY.match(name))
    dotted = any(part_of(name[8:]) == "text" for name in header if name.lower().startswith("replies."))

    def renamed(at: int, name: str) -> str:
        found = _REPLY.match(name)
        if not found or ("." in name and not dotted):
            return name
        field = found[2] if found[2] in header else chosen.get(part_of(found[2]) if found[2] else "text")
        is_count = not found[2] and "".join(cells[at] for cells in below if at < len(cells)).isdecimal()
        return f"replies/{found[1] or 0}/{field}" if field and not is_count else name

    return list(itertools.starmap(renamed, enumerate(header)))


def _refuse_more(log: ImportLog, many: int, most: int) -> None:
    if many > most:
        raise ValueError(
            f"{log.source} has more than {most:,} rows or replies, of fewer than {limits.ROW_LENGTH} characters on "
            "average, so most are nearly empty. Delete the empty rows, or measure the file with measure_files."
        )


def _objects(header: list[str], lists: set[int], rows: Iterable[list[str]], log: ImportLog, most: int) -> list[Object]:
    """Build nested objects from columns such as replies/0/text and from cells that hold lists of objects."""
    paths = [re.split(r"[/.]", name) if _NUMBERED.search(name) else [name] for name in header]
    made: list[Object] = []
    filled = 0
    for cells in filter(any, rows):
        filled += len(cells) - cells.count("")
        _refuse_more(log, filled // FEWEST_CELLS, most)
        top, own = Object(), Object()
        for at, cell in enumerate(cells[: len(header)]):
            inner: Any = top
            for step in paths[at][:-1]:
                inner = inner.setdefault(step, {}) if isinstance(inner, dict) else {}
            value = parsed(cell) if at in lists else cell
            if isinstance(value, dict):
                own |= value
            elif cell and isinstance(inner, dict):
                inner[paths[at][-1]] = value
        each = {name: listed for name, value in top.items() if (listed := _listed(value))} | own
        if made and each.keys() == {"replies"}:  # more replies to the comment above
            made[-1].setdefault("replies", []).extend(each["replies"])
        else:
            made.append(each)
    return made


def _listed(value: Any) -> Any:
    """Turn an object with numbers as keys into a list without empty items."""
    is_list = isinstance(value, dict) and all(map(str.isdecimal, value))
    return [listed for each in value.values() if (listed := _listed(each))] if is_list else value


def _unnumbered(name: str) -> str:
    return re.sub(r"\d+", "#", name)


def _drop_notes(parts: Mapping[str, list[str]], numbers: list[int], log: ImportLog) -> None:
    """Leave out a last row of totals, or notes such as a source: rows below a blank one with text alone."""
    start = next((at for at in range(len(numbers) - 1, 0, -1) if numbers[at] > numbers[at - 1] + 1), 0)
    others = [cells for part, cells in parts.items() if part != "text"]
    last = {part: cells[-1] for part, cells in parts.items() if cells}
    if any(map(_TOTAL.fullmatch, last.values())) and not all((last | {"text": "-", "reply_to": "-"}).values()):
        start = len(numbers) - 1
    elif (
        not start
        or len(numbers) - start > MOST_NOTES
        or any(map(any, (cells[start:] for cells in others)))
        or not all(any(cells[at] for cells in others) for at in range(start))
    ):
        return
    for row in numbers[start:]:
        log.leave_out(row, "note below the table")
    del numbers[start:]
    for cells in parts.values():
        del cells[start:]


def _more_headers(below: list[tuple[int, list[str]]]) -> list[int]:
    """Return further header rows: other names, import ids, rules of dashes, or rows that lack cells."""
    rows = [row for row, _ in below]
    if below and all(map(_RULE.fullmatch, below[0][1])):
        return rows[:1]
    if below and _names_a_text(below[0][1], None) and all(part_of(cell) for cell in below[0][1] if cell):
        return rows[:1]
    for at, (_, cells) in enumerate(below[:3], 1):
        if any('"ImportId"' in cell for cell in cells):
            return rows[:at]
    columns = list(itertools.zip_longest(*(cells for _, cells in below[:MOST_SEEN]), fillvalue=""))
    missing = [column for column in columns if not column[0] and all(column[1:])]
    return rows[:1] if len(below) > 2 and len(missing) > 1 else []


def _regular(
    rows: Sequence[int], block: list[list[str]], header: list[str], log: ImportLog
) -> tuple[list[int], list[list[str]]]:
    """Pad short rows; leave out blank rows, repeated headers, and rows with more cells than the header.

    If every row with one cell too many has digits split at the same place, the two cells are one number: 12,5.
    """
    width, kept = len(header), {}
    long = [cells for cells in block if len(cells) == width + 1 and cells[-1]]
    halves = [{at for at in range(width) if cells[at].isdecimal() and cells[at + 1].isdecimal()} for cells in long]
    cut = [*set.intersection(*halves)] if halves else []
    for row, cells in zip(rows, block, strict=True):
        if len(cut) == 1 and len(cells) == width + 1 and cells[-1]:
            cells[cut[0] : cut[0] + 2] = [",".join(cells[cut[0] : cut[0] + 2])]
        if any(cells[width:]):
            log.leave_out(row, "more cells than the header", f"{len(cells)}, not {width}")
        elif any(cells) and [cell.strip("\ufeff ") for cell in cells] == header:
            log.leave_out(row, "column names again")
        elif any(cells):
            kept[row] = [*cells, *[""] * (width - len(cells))]
    return [*kept], [*kept.values()]


def _quoting(text: str, delimiter: str) -> dict[str, Any]:
    r"""Return the csv options for unusual quoting: none between tabs, or \" for a quotation mark."""
    if delimiter == "\t" and '"' in text:
        lines = [line for line in text.splitlines() if line]
        many = lines[0].count("\t")
        if any(line.count('"') % 2 or _INNER.search(line) for line in lines) and all(
            line.count("\t") == many for line in lines
        ):
            return {"quoting": csv.QUOTE_NONE}
    return {"escapechar": "\\"} if "\\" in text and _BACKSLASH.search(text) else {}


def _sample(header: list[str], below: list[list[str]]) -> dict[str, list[str]] | None:
    """Return the first cells below each column name; None if the names look like a row of data."""
    if not any(map(part_of, header)) and not all(
        len(name) <= LONGEST_NAME and re.search(r"[^\W\d]", name) and not _DATA.search(name.rstrip("?!"))
        for name in header
    ):
        return None
    return {name: [cells[at] if at < len(cells) else "" for cells in below] for at, name in enumerate(header)}


def _names_a_text(cells: list[str], wanted: str | None) -> bool:
    """Return whether a row looks like a header: at least two cells, one of them a name for the text."""
    if wanted is not None:
        return wanted in cells
    return len([cell for cell in cells if cell]) > 1 and any(part_of(cell) == "text" for cell in cells)


def _delimiter(text: str, columns: Mapping[str, str] | None) -> str:
    """Find the delimiter that gives the most known column names in one of the first ten lines, if any."""
    lines = text.lstrip("\n\r")[:100_000].split("\n")[:HEADER_ROWS]
    if _SPACED.fullmatch(lines[0]):
        return " "
    named = {name.strip() for name in (columns or {}).values()}

    def known(delimiter: str) -> tuple[int, bool, int, int, int]:
        """Rate the best line: known names, whether it is cut, lines with as many cells, its cells, its position."""
        rows = [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
        names = [sum(part_of(cell) != "" or cell in named for cell in cells) for cells in rows]
        best = max(range(len(lines)), key=lambda at: (names[at], -at))
        many = len(rows[best])
        return names[best], many > 1, sum(len(cells) >= many for cells in rows), many, best

    best = max(DELIMITERS, key=lambda delimiter: known(delimiter)[:4])
    return best if best in lines[known(best)[4]] else NO_DELIMITER


def _odd_delimiter(text: str) -> str:
    """Return an unusual delimiter that cuts the first line into a name for the text and another known name, or ""."""
    head = text.lstrip().partition("\n")[0][:1_000]
    signs = {*_ODD.findall(head)}
    names = [*filter(None, map(part_of, _ODD.split(head.replace('"', ""))))] if len(signs) == 1 else []
    sign, below = "".join(signs), [*filter(None, text.lstrip()[:100_000].splitlines()[1:MOST_SEEN])]
    cuts = len({*names}) > 1 and "text" in names and 2 * sum(sign in line for line in below) >= len(below)
    return sign if cuts else ""


def _rows(text: str, delimiter: str, source: str, **quoting: Any) -> Iterator[list[str]]:
    """Read records one by one; an unclosed quotation mark is an error, not a cell of half the file."""
    pieces = _pieces(text, delimiter, source)
    row = begin = 0
    for piece in pieces:
        if quoting or (some := _split(piece, delimiter)) is None:
            pieces = itertools.chain([piece], pieces)
            break
        yield from some
        row, begin = row + len(some), begin + len(piece)
    reader = csv.reader(
        itertools.chain.from_iterable(io.StringIO(piece, newline="") for piece in pieces),
        delimiter=delimiter, strict=True, **quoting,
    )  # fmt: skip
    full = True
    while full:
        some = []
        with _LOCK:  # the size limit is global to the process, so it is restored
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
            line = len(_LINE_END.findall(text, 0, begin)) + reader.line_num
            raise ValueError(
                f"{source}: row {row + 1} (line {line:,}) is not a table row: {fault}. A cell with a "
                "quotation mark must be in quotation marks, and the mark doubled. Save the table as CSV again."
            ) from fault


def _split(piece: str, delimiter: str) -> list[list[str]] | None:
    """Split records into cells faster than the csv module; None if quotation marks do not enclose whole cells."""
    sections = piece.split('"')
    outside, inside = sections[::2], sections[1::2]
    if len(outside) == len(inside) or piece[-1] not in "\r\n" or len(piece) > limits.LONGEST_TEXT:
        return None
    opened = [at for at, each in enumerate(outside[:-1]) if each or not at]  # doubled marks have nothing between them
    outside = [*map(outside.__getitem__, opened), outside[-1]]
    if not {each[-1:] for each in outside[:-1]} | {each[:1] for each in outside[1:]} <= {"", delimiter, "\r", "\n"}:
        return None
    quoted = ('"'.join(inside[at:end]) for at, end in itertools.pairwise([*opened, len(inside)]))
    lines = '"'.join(outside).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = [line.split(delimiter) if line else [] for line in lines[:-1]]
    return [[next(quoted) if cell == '"' else cell for cell in row] if '"' in row else row for row in rows]


def _pieces(text: str, delimiter: str, source: str) -> Iterator[str]:
    """Yield the lines of a table in pieces: a second copy of it would take four bytes per character."""
    end, most = 0, limits.MOST_IN_ROW
    while end < len(text):
        start, end = end, _line_end(text, end + _PIECE)
        marks = text.count('"', start, end)
        for _ in range(_MOST_LINES):  # while a quoted cell is open
            if marks % 2:
                begin, end = end, _line_end(text, end)
                marks += text.count('"', begin, end)
        piece = text[start:end]
        if piece.count(delimiter) > most and any(line.count(delimiter) > most for line in io.StringIO(piece, "")):
            raise ValueError(f"{source} has a row of more than {most:,} cells. Save only the comments' columns.")
        yield piece


def _line_end(text: str, start: int) -> int:
    found = _LINE_END.search(text, start)
    return found.end() if found else len(text)
