"""Read dates in the forms that exports use as UTC, without guessing: ambiguous dates are left empty."""

import collections
import datetime
import email.utils
import functools
import itertools
import operator
import re
import zoneinfo
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from .._limits import MOST_DATE_FORMS
from .._packaging import data_beside

FIRST_YEAR, LAST_YEAR = 1990, 2200  # other years mean "no date" (0000-00-00, 1970-01-01) or errors

UTC: Final = datetime.UTC
_FIRST, _LAST = (int(datetime.datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (FIRST_YEAR, LAST_YEAR + 1))
_NONE: Final = np.datetime64("NaT").astype(int).item()
_FILE: Final = data_beside(__file__, "dates.toml")
_MONTHS = {start: n for n, starts in enumerate(_FILE["months"], 1) for start in starts.split()}
_CLOCK = (
    r"(?:,?\s{1,3}(?:(?:at|um|à|às|a las|alle|om|o|v|в|kl\.?|klo|[|·•-])\s|@\s?)?|T|:(?=\d\d:)|\([a-z]{3}\))"
    r"(?P<h>\d{1,2})[:.h](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?)?(?:\s?[ap](?:\.\s?)?m\.?)?"
)
_ZONE = r"(?:\s?(?P<zone>(?:UTC|GMT)?[+-]\d{2}:?\d{2}|(?:UTC|GMT)[+-]\d{1,2}|Z|UTC|GMT|[CEMP][SD]T|CES?T|BST))?"
_NUMBERS = re.compile(
    rf"(?:(?!version|release)[^\W\d_]{{2,9}}[.,]{{0,2}}\s)?(?P<a>\d{{1,2}})(?P<sign>[./-])(?:(?<=\.)\s)?(?P<b>\d{{1,2}})(?P=sign)(?:(?<=\.)\s)?(?P<y>\d{{4}}|\d\d)(?:{_CLOCK})?{_ZONE}",
    re.IGNORECASE,
)
_NOT_ENGLISH = re.compile(r"\d\s(?:um|à|às|a las|alle|om|o|v|в|kl\.?) ?\d|\dh\d\d", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:[^\W\d_]{2,9}[.,]{0,2}\s){0,2}(?:(?P<m1>[^\W\d_]{3,12})\.?[\s-](?P<d1>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<d2>\d{1,2})(?:\.|er|st|nd|rd|th)?[\s/-]?(?:de\s|of\s)?(?P<m2>[^\W\d_]{3,12})\.?)"
    rf",?(?:[\s/-]|(?<=\d[a-z]{{3}}))(?:de\s)?['’]?(?P<y>\d{{4}}|(?<=[-'’])\d\d)(?:\sг\.)?(?:{_CLOCK})?{_ZONE}",
    re.IGNORECASE,
)
_DIGIT_RUN = re.compile(r"\d+")
_FULL = re.compile(  # Unix timestamps, or with a year of four digits, but no decimals and postal codes
    r"\A(?:\d{10}|\d{13}|(?!\d+[.,]\d+(?:e\+?\d+)?$|\d{4}-\d{3}$).*(?<!\d)20\d\d(?!\d).*)", re.IGNORECASE | re.DOTALL
)
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\.?[\d/-])\.?")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16}|\d{19})(?:\.\d{1,9})?")
_SERIAL = re.compile(r"(?:3[3-9]|[4-6]\d)\d{3}(?:[.,]\d{1,12})?")  # a spreadsheet's day numbers, 1990 to 2091
_FLOAT = re.compile(r"\d\.\d+e\+?(?:0?9|1[0-8])", re.IGNORECASE)
_CLOCK_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)[\s,·•|-]{1,3}(.{6,30})")
_CTIME = re.compile(
    r"[a-z]{3} ([a-z]{3}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (?:([+-]\d{4}|[A-Z]{3,4}) )?(\d{4})", re.IGNORECASE
)
_AFTERTHOUGHT = re.compile(
    r"\s{0,20}(?:Uhr\b|\[[\w/+-]{1,40}\]|\((?:[^()]{0,60})\)|\bm=[+-][\d.]+|(?<=[+-]\d{4}) [A-Z]{3,5}(?: m=\S+)?)$"
)
_HALF_DAY = re.compile(
    r"(?<![\d.])(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2}(?:[.,]\d{1,9})?))?)?\s?([ap])(?:\.\s?)?m\b\.?", re.IGNORECASE
)
RELATIVE: Final = re.compile(
    r"(?:about |over |almost |edited |posted )?(?:an?|one|\d{1,3})\s?(?:s|secs?|seconds?|m|mins?\.?|minutes?|h"
    r"|hrs?\.?|hours?|d|days?"
    r"|w|weeks?|mos?|months?|y|yrs?|years?)(?:\s(?:ago|prior))?"
    r"|(?:yesterday|today|gestern|heute|hier|ayer|ieri)\b.*|(?:vor|il y a|hace|há) \w{1,9} .*|just now|now"
    r"|last (?:week|month|year)|.{1,30}\s(?:geleden|fa|назад|тому|atrás|sedan|siden|temu|önce)"
    r"|\d{1,4}+\s?\w{1,3}\s?[前전]",
    re.IGNORECASE,
)
_ZONES: Final[dict[str, str]] = _FILE["zones"]
_EAST = re.compile(r"(\d{4})\s?[年년.]\s?(\d{1,2})\s?[月월.]\s?(\d{1,2})(?:\s?[日일.])?\s*")
_WRAPPED = re.compile(  # by MongoDB, or in milliseconds by JavaScript and .NET
    r"""(?:\{\s?["']\$date["']\s?:\s?(?:\{["']\$numberLong["']\s?:\s?)?["']?|\w{4,9}\(["'])([^"'{}]+)["'} )]+"""
    r"|(?:new\s|\\?/)Date\((\d{12,13})(?:[+-]\d{4})?\)(?:\\?/)?"
)
_EAST_CLOCK = re.compile(r"(?:(오전|午前|上午)|오후|午後|下午)\s?(\d{1,2}:\d\d(?::\d\d)?)")
_AMAZON = re.compile(r"(\d{2}) (\d{1,2}), (\d{4})")  # month first
_DAY_OF_YEAR = re.compile(r"\d{4}-(?:\d{3}|W\d\d-\d)")
_SAID = re.compile(
    r"(?:date|posted|edited|published|updated|submitted|created|commented)(?: on| at|:)? (?=\d)"
    r"|(?:reviewed in|rezension aus|commenté (?:en|au)|reseñado en|recensito in) \D{2,40} (?:on|vom|le|el|il) ",
    re.IGNORECASE,
)
_PARTS_OF_SAID: Final = ("ed", "date", "rez", "comm", "rese", "rece")  # one is in each word of the pattern
_ONE_DIGIT: Final = str.maketrans("123456789", "0" * 9)
_PLACE = re.compile(r"(.{1,80}) ([A-Z]\w{2,20}/[A-Z]\w{2,20})")
_EPOCH_DIGITS: Final = {9: 0, 10: 0, 12: 1, 13: 1, 15: 2, 16: 2, 19: 3}  # digits -> power of 1,000 per second
_TICKS_1970: Final = 621_355_968_000_000_000  # .NET's ticks of 100 nanoseconds since the year 1


class _Digits(dict[int, int | str]):
    """Plain digits and spaces for those of any script, for `str.translate`."""

    def __missing__(self, point: int) -> int | str:
        sign = chr(point)
        self[point] = str(int(sign)) if sign.isdecimal() else " " if sign.isspace() else point
        return self[point]


_PLAIN_DIGITS: Final = _Digits()
_MARKED: Final = "".join(map(chr, range(ord("\U0001d7ce"), ord("\U0001d800"))))  # mathematical digits
# Raised for impossible dates, times and zones: 31 June, 25 o'clock, America/Argentina.
_NO_DATE: Final = (ValueError, OverflowError, OSError, TypeError, IndexError, zoneinfo.ZoneInfoNotFoundError)


class _Day(NamedTuple):
    """A date in numbers as written: day or month, separator, month or day, year."""

    a: str
    sign: str
    b: str
    year: str


class Dates(NamedTuple):
    """The dates of a column in UTC, NaT for empty or unreadable cells, and notes on what was decided."""

    read: npt.NDArray[np.datetime64]
    notes: list[str]


def read_dates(cells: Iterable[str], left_out: Iterable[str] = (), *, day_first: bool = False) -> Dates:
    """Read a column of dates, in any mixture of the usual forms.

    These are ISO 8601, also with a 12-hour clock; seconds, milliseconds, microseconds or nanoseconds since 1970; dates
    as written by e-mails, JavaScript, Go, .NET and Twitter; spreadsheet day numbers (45413.5); month names in eighteen
    languages; and day, month and year as numbers. Numbers such as 03/04/2025 are read only if the column shows which is
    the day: if some cell, even one `left_out`, has a number above 12 in one place, and none has one in the other. If no
    cell has one, 03.04.2025 is the third of April, as wherever dots are used, and `day_first` decides for the others. A
    date without a zone is taken as UTC. Relative dates ("2 days ago") and dates without a year are not read, but noted.
    """
    whole = cells = [*cells]
    if not (plain := "".join(cells).isdecimal()):
        cells = [*map(str.strip, cells)]
        whole = [cell.removesuffix(".0") for cell in cells]
    if {*map(len, whole)} <= {9, 10} and (plain or "".join(whole).isdecimal()):  # all are Unix timestamps
        seconds = np.fromiter(map(int, whole), np.int64, len(whole))
        moments = np.where((seconds >= _FIRST) & (seconds < _LAST), seconds * 10**6, _NONE)
        return Dates(moments.view("M8[us]"), [])
    cells = [(cell if cell.isascii() else cell.translate(_PLAIN_DIGITS))[:100] for cell in cells]
    read = {cell: _plain(cell) for cell in cells}
    forms = _by_form(cell for cell, moment in read.items() if moment is None and cell)
    numbers = _in_numbers(forms)
    short = {each for each in numbers if len(each.year) == len("24")}
    years, firsts = {int(each.year) for each in short}, {int(each.a) for each in short}
    dotted = all(each.sign == "." for each in short) and max(years, default=0) >= max(firsts, default=0)
    if not any(int(each.b) > 12 for each in short) and len(years) + (not dotted) > len(firsts):
        found_in = {form: _NUMBERS.fullmatch(_ended(form)) for form in forms if not form.endswith("Uhr")}
        unsure = {form for form, found in found_in.items() if found and len(found["y"]) == len("24")}
        forms = {form: some for form, some in forms.items() if form not in unsure}  # 24/05/13 may start with the year
        numbers = collections.Counter({each: many for each, many in numbers.items() if each not in short})
    seen = {*numbers, *(_in_numbers(_by_form(cell.strip()[:100] for cell in {*left_out})) if numbers else ())}
    over, month_first = (any(int(each[part]) > 12 for each in seen) for part in (0, 2))
    written = (_ended(form) for form in forms)
    abroad = day_first or any(_NOT_ENGLISH.search(form) and _NUMBERS.fullmatch(form) for form in written)
    day_first = over or (abroad and not month_first)
    order = "ab" if day_first > month_first else "ba" if month_first > day_first else "" if day_first else "."
    unclear = {each.sign for each in numbers if each.a != each.b and int(each.a) <= 12 >= int(each.b)}
    notes = []
    if numbers and order in ("ab", "ba"):
        example = next(iter(numbers)).sign.join(("03", "04", "2025"))
        notes.append(f"Dates such as {example} were read with the {'day' if order == 'ab' else 'month'} first.")
    elif order and "." in unclear:
        notes.append("Dates such as 03.04.2025 were read with the day first.")
    if len(order) < len("ab") and any(sign not in order for sign in unclear):
        notes.append(
            "Dates such as 03/04/2025 are missing: the first number may be the day or the month, and the file "
            "does not show which. Write them as 2025-04-03."
        )
    days = [int(found[4]) for cell in read if (found := _ISO.match(cell))]
    if numbers.total() > 1 < len(days) and max(days) <= 12 and all(int(each.a) > 12 for each in numbers):
        notes.append(
            "All dates written as 25/03/2025 have days after the 12th, and all others days up to the 12th: a "
            "spreadsheet has probably confused days with months. Take the dates from the original file."
        )
    if any(_SERIAL.fullmatch(cell) for form, some in forms.items() if form[:5].isdecimal() for cell in some):
        notes.append("Dates such as 45413.5 were read as spreadsheet day numbers.")
    if any(RELATIVE.fullmatch(_ended(form)) for form in forms):
        notes.append('Relative dates ("2 days ago") do not say which day; they are missing.')
    for form, some in forms.items():
        read.update(zip(some, map(_reader(form, order), some), strict=True))
    if any(each is not None and each.tzinfo is None for each in read.values()):
        notes.append("Dates without a time zone were taken as UTC.")
    since = {cell: _microseconds(each) for cell, each in read.items()}
    return Dates(np.array([*map(since.__getitem__, cells)], np.int64).view("M8[us]"), notes)


def _by_form(cells: Iterable[str]) -> dict[str, list[str]]:
    """Group cells by form, with all digits equal, up to a limit that no real file reaches."""
    forms: dict[str, list[str]] = {}
    for cell in cells:
        form = cell.translate(_ONE_DIGIT)
        if len(forms) < MOST_DATE_FORMS or form in forms:
            forms.setdefault(form, []).append(cell)
    return forms


def _in_numbers(forms: dict[str, list[str]]) -> collections.Counter[_Day]:
    days = collections.Counter[_Day]()
    for form, some in forms.items():
        if found := _NUMBERS.fullmatch(_ended(form)):
            parts = [slice(*found.span(part)) for part in ("a", "sign", "b", "y")]
            days.update(_Day(*map(cell.__getitem__, parts)) for cell in some)
    return days


def _ended(cell: str) -> str:
    """Strip what may follow a date, such as "Uhr" or a zone in brackets."""
    may_follow = cell[-1:] in ("r", "]", ")") or cell[-1:].isupper() or "m=" in cell
    return _AFTERTHOUGHT.sub("", cell) if may_follow and not cell[:5].isdecimal() else cell


def says_when(text: str) -> bool:
    """Return whether a text is only a date, written out ("May 1, 2024", "May 1") or relative ("2 days ago")."""
    if text.isdecimal() or RELATIVE.fullmatch(text):
        return not text.isdecimal()
    numbers = _DIGIT_RUN.findall(text)
    if not numbers or (len(numbers) == 1 and not _may_be_date(numbers[0], text)):
        return False  # the usual case
    written = (text, f"{text}, {LAST_YEAR}") if text[-1:].isalnum() else (text,)
    return any(_one(each, order) is not None for each in written for order in ("ab", "ba"))


def is_past_day(cell: str) -> bool:
    """Return whether a cell is a date from 2000 to today with a year of four digits, or such a Unix timestamp."""
    moment = (_one(cell[:100], "ab") or _one(cell[:100], "ba")) if _FULL.fullmatch(cell[:100]) else None
    tomorrow = datetime.datetime.now(UTC).date() + datetime.timedelta(days=1)  # where it is later than in UTC
    return moment is not None and datetime.date(2000, 1, 1) <= moment.date() <= tomorrow


def _may_be_date(number: str, text: str) -> bool:
    """Return whether a text with one number may be a date: 45413.5 or "May 1", not a name such as "jo45413"."""
    if len(number) >= len("45413") and not (text[0].isalpha() and "(" not in text and not _SAID.match(text)):
        return True
    return any(word[:3] in _MONTHS or word[:4] in _MONTHS for word in _LETTER_RUN.findall(text.lower()))


def _plain(cell: str) -> datetime.datetime | None:
    """Read the most common forms: Unix timestamps and full ISO 8601 timestamps."""
    try:
        if cell[4:5] == "-" == cell[7:8] and len(cell) > len("2025-01-01T10:00"):
            return datetime.datetime.fromisoformat(cell)
        seconds, point, rest = cell.partition(".")
        if len(seconds) in (9, 10) and seconds.isdecimal() and (not point or not rest or rest.isdecimal()):
            return datetime.datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        pass  # an impossible date
    return None


def _reader(form: str, order: str) -> Callable[[str], datetime.datetime | None]:
    """Return a function that reads dates of one form: the positions of ISO 8601's signs are worked out only once."""
    one = functools.partial(_one, order=order)
    if form.count("0") > len(_MARKED):
        return one
    marks = iter(_MARKED)
    marked = "".join(next(marks) if sign == "0" else sign for sign in form)
    place_of = {sign: at for at, sign in enumerate(marked) if sign in _MARKED}
    cell, half, place = _rewritten(marked)
    wanted = _iso(cell, "ba" if order == "ba" else "ab")
    if not wanted or not place.isascii() or (len(order) < len("ab") and wanted != _iso(cell, "ba")):
        return one  # the values matter: timestamps, Etc/GMT0, 25/12/2024
    fixed = "".join(sign for sign in wanted if sign not in place_of)
    after = itertools.count(len(form))
    pick = operator.itemgetter(*(place_of[sign] if sign in place_of else next(after) for sign in wanted))

    def read(cell: str) -> datetime.datetime | None:
        try:
            return _moment("".join(pick(cell + fixed)), half, place)
        except _NO_DATE:
            return None

    return read


def _one(cell: str, order: str) -> datetime.datetime | None:
    """Read one cell in any form; the result has no zone if the cell names none."""
    try:
        cell, half, place = _rewritten(cell if cell.isascii() else cell.translate(_PLAIN_DIGITS))
        moment = _iso(cell, order) or _unlike_iso(cell)
        return _moment(moment, half, place) if moment else None
    except _NO_DATE:
        return None


def _rewritten(cell: str) -> tuple[str, str, str]:
    """Return a date without anything around it, "a" or "p" for the half of the day or "", and its zone's name."""
    if "午" in cell or "오" in cell:
        cell = _EAST_CLOCK.sub(lambda found: f"{found[2]} {'AM' if found[1] else 'PM'}", cell)
    if cell[4:5] in ("年", "년") or cell[4:6] == ". ":
        cell = _EAST.sub(r"\1-\2-\3 ", cell).strip()
    if found := _WRAPPED.fullmatch(cell):
        cell = found[1] or found[2]
    cell = cell.strip("[]") if cell[:1] == "[" else cell  # server logs
    low, half, place = cell.lower(), "", ""
    if any(part in low for part in _PARTS_OF_SAID):
        cell = _SAID.sub("", cell)
    if any(part in low for part in ("am", "pm", ".m", ". m")) and (found := _HALF_DAY.search(cell)):
        half = found[4].lower()
        clock = f"{found[1].zfill(2)}:{found[2] or '00'}:{found[3] or '00'}"
        cell = cell[: found.start()] + clock + cell[found.end() :]
    if found := _PLACE.fullmatch(cell):
        cell, place = found[1], found[2]
    cell = _ended(_AMAZON.sub(r"\3-\1-\2", cell))
    if found := _CLOCK_FIRST.fullmatch(cell):
        cell = f"{found[2]} {found[1]}"
    if found := _CTIME.fullmatch(cell):
        cell = f"{found[1]} {found[2]} {found[5]} {found[3]} {found[4] or ''}".strip()
    return cell, half, place


def _iso(cell: str, order: str) -> str:
    """Rewrite a date as ISO 8601, keeping two-digit years; "" if it does not consist of day, month and year."""
    if found := _ISO.match(cell):
        return "-".join((found[1], found[3].zfill(2), found[4].zfill(2))) + _iso_rest(cell[found.end() :])
    if found := _NUMBERS.fullmatch(cell):
        day, month = found["a"], found["b"]
        day_first = order == "ab" or (len(order) < len("ab") and (int(day) > 12 or found["sign"] == order))
        if order == "ba" or (not day_first and int(month) > 12):
            day, month = month, day
        elif not day_first and int(day) != int(month):
            raise ValueError("may be the day or the month")
    elif found := _WORDS.fullmatch(cell):
        name, day = (found["m1"] or found["m2"]).lower(), found["d1"] or found["d2"]
        month = str(_MONTHS.get(name[:4]) or _MONTHS.get(name[:3], 0))
    else:
        return ""
    clock = f"{(found['h'] or '').zfill(2)}:{found['mi'] or '00'}:{found['s'] or '00'}"
    return f"{found['y']}-{month.zfill(2)}-{day.zfill(2)}T{clock}{_offset(found['zone']) if found['zone'] else ''}"


def _unlike_iso(cell: str) -> datetime.datetime | None:
    """Read numbers that count from an epoch, days of a year or week, and the dates of e-mails."""
    if _DAY_OF_YEAR.fullmatch(cell):
        return datetime.datetime.strptime(cell, "%G-W%V-%u" if "W" in cell else "%Y-%j")  # noqa: DTZ007
    if found := _EPOCH.fullmatch(cell):
        return datetime.datetime.fromtimestamp(int(found[1]) // 1000 ** _EPOCH_DIGITS[len(found[1])], UTC)
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{6}Z?)?", cell):
        return datetime.datetime.fromisoformat(re.sub(r"(?<=^\d{8})(?=\d)", "T", cell))
    if cell.isdecimal() and len(cell) == len(str(_TICKS_1970)):
        return datetime.datetime.fromtimestamp((int(cell) - _TICKS_1970) // 10**7, UTC)
    if _SERIAL.fullmatch(cell):
        seconds = round(float(cell.replace(",", ".")) * 86_400)
        return datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=seconds)  # noqa: DTZ001
    if _FLOAT.fullmatch(cell):
        return _unlike_iso(str(int(float(cell))))
    is_mail = (cell[:1].isalpha() or cell[:1].isdecimal()) and ":" in cell and "GMT" not in cell[:-3]
    return email.utils.parsedate_to_datetime(cell) if is_mail else None


def _moment(written: str | datetime.datetime, half: str, place: str) -> datetime.datetime:
    """Return an ISO 8601 date as a datetime, with the half of the day and the zone written beside it."""
    if isinstance(written, str):
        century = "" if written[2:3] != "-" else "19" if int(written[:2]) >= FIRST_YEAR % 100 else "20"
        written = datetime.datetime.fromisoformat(century + written)
    if half:
        written = written.replace(hour=written.hour % 12 + 12 * (half == "p"))
    return written if written.tzinfo or not place else written.replace(tzinfo=zoneinfo.ZoneInfo(place))


def _iso_rest(rest: str) -> str:
    """Rewrite a time for `fromisoformat`: no space before the zone, at most six decimals."""
    if not rest:
        return ""  # the usual case
    rest = re.sub(r"\s?((?:UTC|GMT)[+-]\d{1,2}(?::?\d\d)?)$", lambda found: _offset(found[1]), rest)
    rest = re.sub(r"\s?([A-Z]{3,4})$", lambda found: _ZONES.get(found[1], found[0]), rest)
    rest = re.sub(r"\s?(?:UTC|GMT)$", "Z", rest.strip() and f" {re.sub('^(?:,|T|at|[(]..?.?[)]) ?', '', rest.strip())}")
    return re.sub(r"([.,]\d{6})\d+", r"\1", re.sub(r"(?<=\d)\s(?=[+-])", "", rest))


def _offset(zone: str) -> str:
    zone = zone.upper()
    offset = zone.removeprefix("UTC").removeprefix("GMT").removeprefix("Z") or "+00:00"
    return _ZONES.get(zone) or f"{offset[0]}{offset[1:].zfill(2)}"


def _microseconds(moment: datetime.datetime | None) -> int:
    """Return microseconds since 1970, taking no zone as UTC; `_NONE` if the year is missing or implausible."""
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return _NONE
    since = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.datetime.fromtimestamp(0, UTC)
    return since // datetime.timedelta(microseconds=1)
