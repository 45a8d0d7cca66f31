"""Dates as exports write them, read as UTC without guessing: what could be two days is not read."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

FIRST_YEAR, LAST_YEAR = 1990, 2200  # outside stand "no date" (0000-00-00, 1970-01-01) and slips

UTC: Final = datetime.UTC
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_CLOCK = (
    r"(?:,?\s{1,3}(?:at\s)?|T)(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?\s?(?P<half>[ap]\.?m\.?)?"
)
_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sign>[./-])(?P<b>\d{{1,2}})(?P=sign)(?P<y>\d{{4}})(?:{_CLOCK})?{_ZONE}", re.IGNORECASE
)
_WORDS = re.compile(
    r"(?:[a-z]{3,9},?\s)?(?:(?P<m1>[a-z]{3,9})\.?\s(?P<d1>\d{1,2})|(?P<d2>\d{1,2})\.?\s(?P<m2>[a-z]{3,9})\.?)"
    rf"(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}})(?:{_CLOCK})?{_ZONE}",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d{1,9})?")


class Dates(NamedTuple):
    """The dates of a column, None where a cell has none or cannot be read, and what was decided for the column."""

    read: list[datetime.datetime | None]
    notes: list[str]


def read_dates(cells: Iterable[str]) -> Dates:
    """Read a column of dates, in any mixture of the usual forms.

    These are ISO 8601, seconds, milliseconds or microseconds since 1970, dates as e-mails have them, months in English
    words, and day, month and year as numbers. Numbers such as 03/04/2025 are read only if the column shows which is
    the day: if some cell has a number above 12 in one place, and none in the other. A date without a zone is taken as
    UTC. Relative dates ("2 days ago") and dates without a year are not read.
    """
    cells = [cell.strip()[:100] for cell in cells]
    numbers = [found for cell in cells if (found := _NUMBERS.fullmatch(cell))]
    day_first, month_first = (any(int(found[part]) > 12 for found in numbers) for part in "ab")
    order = "ab" if day_first > month_first else "ba" if month_first > day_first else ""
    notes = []
    if numbers and order:
        notes.append(f"Dates such as 03/04/2025 were read with the {'day' if order == 'ab' else 'month'} first.")
    read = [_one(cell, order) for cell in cells]
    if any(each is not None and each.tzinfo is None for each in read):
        notes.append("Dates without a time zone were taken as UTC.")
    return Dates([_in_utc(each) for each in read], notes)


def _one(cell: str, order: str) -> datetime.datetime | None:
    """Read one cell by whichever form it has; without a zone if it names none."""
    try:
        if found := _EPOCH.fullmatch(cell):
            seconds = int(found[1]) // 1000 ** ((len(found[1]) - 9) // 3)
            return datetime.datetime.fromtimestamp(seconds, UTC)
        if found := _ISO.match(cell):
            day = "-".join((found[1], found[2].zfill(2), found[3].zfill(2)))
            return datetime.datetime.fromisoformat(day + _iso_rest(cell[found.end() :]))
        if found := _NUMBERS.fullmatch(cell):
            return _numbered(found, order)
        if found := _WORDS.fullmatch(cell):
            month = _MONTHS.get((found["m1"] or found["m2"])[:3].lower(), 0)
            return _moment(found, month, int(found["d1"] or found["d2"]))
        if cell[:1].isalpha() or cell[:1].isdecimal():
            return email.utils.parsedate_to_datetime(cell) if ":" in cell else None
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None  # looks like a date, but is none: the 31st of June, the hour 25
    return None


def _iso_rest(rest: str) -> str:
    """Give a time as `fromisoformat` takes it: no space before the zone, at most six digits of a second."""
    rest = re.sub(r"\s?(?:UTC|GMT)$", "Z", rest.strip() and f" {rest.strip().lstrip('T')}")
    return re.sub(r"([.,]\d{6})\d+", r"\1", re.sub(r"(?<=\d)\s(?=[+-])", "", rest))


def _numbered(found: re.Match[str], order: str) -> datetime.datetime | None:
    a, b = int(found["a"]), int(found["b"])
    if a == b or order == "ab" or (not order and a > 12):
        return _moment(found, b, a)
    return _moment(found, a, b) if order == "ba" or b > 12 else None


def _moment(found: re.Match[str], month: int, day: int) -> datetime.datetime:
    hour, half = int(found["h"] or 0), (found["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + 12 * (half == "p")
    zone = found["zone"]
    moment = datetime.datetime(int(found["y"]), month, day, hour, int(found["mi"] or 0), int(found["s"] or 0))  # noqa: DTZ001
    return moment if not zone else datetime.datetime.fromisoformat(moment.isoformat() + _offset(zone))


def _offset(zone: str) -> str:
    return zone if zone[0] in "+-" else "+00:00"


def _in_utc(moment: datetime.datetime | None) -> datetime.datetime | None:
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
