"""Dates as exports write them: read as UTC without guessing, or missing, with a note that says why."""

import numpy as np
import pytest
from helpers.work import Spy

from toolkit.importers import dates as of_dates
from toolkit.importers.dates import read_dates

READ = {
    "Reviewed in the United States on May 1, 2024": "2024-05-01T00:00:00",
    "Rezension aus Deutschland vom 1. Mai 2024": "2024-05-01T00:00:00",
    "2025-03-01": "2025-03-01T00:00:00", "2025-03-01T10:20:30Z": "2025-03-01T10:20:30",
    "2025-03-01 10:20:30 UTC": "2025-03-01T10:20:30", "2004-11-10 23:45:00-08:00": "2004-11-11T07:45:00",
    "2025-03-01T10:20:30.123456789+0100": "2025-03-01T09:20:30.123456", "2025/3/1 10:20": "2025-03-01T10:20:00",
    "1740824430": "2025-03-01T10:20:30", "1740824430.0": "2025-03-01T10:20:30",
    "1740824430123": "2025-03-01T10:20:30", "950000000000": "2000-02-08T08:53:20",
    "Sat, 01 Mar 2025 10:20:30 +0200": "2025-03-01T08:20:30", "March 1, 2025 at 6:41 pm": "2025-03-01T18:41:00",
    "1 March 2025": "2025-03-01T00:00:00", "Mar. 1, 2025, 12:05 AM": "2025-03-01T00:05:00",
    "13/03/2025 10:20": "2025-03-13T10:20:00", "03/13/2025": "2025-03-13T00:00:00",
    "05.05.2025": "2025-05-05T00:00:00", "2024年5月1日 10:00": "2024-05-01T10:00:00",
    "2024. 5. 1. 10:00": "2024-05-01T10:00:00", "2024.05.01. 10:00": "2024-05-01T10:00:00",
    "13. 5. 2024 6:58": "2024-05-13T06:58:00", "2024년 5월 1일": "2024-05-01T00:00:00",
    "1. Mai 2024 um 10:00 Uhr": "2024-05-01T10:00:00", "1er mai 2024 à 10h00": "2024-05-01T10:00:00",
    "1 мая 2024 г. 10:00": "2024-05-01T10:00:00", "1 Maj 2024": "2024-05-01T00:00:00",
    "02jan2006 15:04:05": "2006-01-02T15:04:05",
    "Jan-02-2006": "2006-01-02T00:00:00", "1-May-24": "2024-05-01T00:00:00", "٢٠٢٤-٠٥-٠١": "2024-05-01T00:00:00",
    "Mar 25, 2024, 11:54:02 AM UTC+1": "2024-03-25T10:54:02", '{"$date":"2024-05-01T10:00:00Z"}': "2024-05-01T10:00:00",
    '{"$date": {"$numberLong": "1714557600000"}}': "2024-05-01T10:00:00",
    "Mon Jun 17 2019 11:00:00 GMT-0700 (Pacific Daylight Time)": "2019-06-17T18:00:00",
    "Mon Jan 05 2026 00:20:30 GMT+0530 (India Standard Time)": "2026-01-04T18:50:30",
    "2024-05-01 10:00:00 +0200 CEST": "2024-05-01T08:00:00",
    "2024-05-01 10:00:00.5 +0000 UTC m=+0.0001": "2024-05-01T10:00:00.500000",
    "/Date(1714557600000)/": "2024-05-01T10:00:00", "/Date(1714557600000+0200)/": "2024-05-01T10:00:00",
    "638501544000000000": "2024-05-01T10:00:00", "45413.5": "2024-05-01T12:00:00",
    "2024-05-01 10:15 PM": "2024-05-01T22:15:00", "12:05 am, May 1, 2024": "2024-05-01T00:05:00",
    "10:00 AM · May 1, 2024": "2024-05-01T10:00:00", "Wed May 01 10:00:00 +0000 2024": "2024-05-01T10:00:00",
    "1714557600000000000": "2024-05-01T10:00:00", "1.7145576E+09": "2024-05-01T10:00:00",
    "2024-05-01 10:00:00 EST": "2024-05-01T15:00:00", "May 1, 2024, 10:00 p.m. EDT": "2024-05-02T02:00:00",
    "20240501": "2024-05-01T00:00:00", "5/13/2024 1:00:00 PM": "2024-05-13T13:00:00",
    "new Date(1714557600000)": "2024-05-01T10:00:00",
    "2024-05-01T10:00:00+02:00[Europe/Berlin]": "2024-05-01T08:00:00", "45413,5": "2024-05-01T12:00:00",
    "20240501100000": "2024-05-01T10:00:00", "2024.05.01, 10:00": "2024-05-01T10:00:00",
    "01-May-2024 10:00": "2024-05-01T10:00:00", "Posted on May 1, 2024 | 10:00 am": "2024-05-01T10:00:00",
    "1. Mai 2024 um 10:00": "2024-05-01T10:00:00", "1 de agosto de 2024": "2024-08-01T00:00:00",
    "1 lipca 2024": "2024-07-01T00:00:00", "12 października 2024": "2024-10-12T00:00:00",
    "1. května 2024": "2024-05-01T00:00:00", "5 Ağustos 2024 10:00": "2024-08-05T10:00:00",
    "5 липня 2024": "2024-07-05T00:00:00", "5 noiembrie 2024": "2024-11-05T00:00:00",
    "5. marraskuuta 2024": "2024-11-05T00:00:00", "5 Σεπτεμβρίου 2024": "2024-09-05T00:00:00",
    "2024/05/01(水) 11:00:00.12": "2024-05-01T11:00:00.120000",
    "10:00 1 août 2024": "2024-08-01T10:00:00", "2024-W18-3": "2024-05-01T00:00:00", "2024-122": "2024-05-01T00:00:00",
    "5/13/24, 11:30\u202fPM": "2024-05-13T23:30:00", "05/13/24(Mon)10:00:00": "2024-05-13T10:00:00",
    "2024-05-13 23:30 UTC+2": "2024-05-13T21:30:00", "2024-05-13 23:30 Europe/Berlin": "2024-05-13T21:30:00",
    "mer. 13 déc. 2023 10:00": "2023-12-13T10:00:00", "13 de março de 2024 às 10:00": "2024-03-13T10:00:00",
    "13 mei 2024 om 10:00": "2024-05-13T10:00:00", "2024年5月13日 午後11:30": "2024-05-13T23:30:00",
    "2024. 5. 13. 오후 11:30": "2024-05-13T23:30:00", "Edited on 2024-05-13": "2024-05-13T00:00:00",
    "ISODate('2024-05-13T10:00:00Z')": "2024-05-13T10:00:00",
    "2024-05-13 11.30 pm": "2024-05-13T23:30:00", "11h30 PM, May 13, 2024": "2024-05-13T23:30:00",
    "13-MAY-24 11.30.00.000000000 PM": "2024-05-13T23:30:00", "5/13/99": "1999-05-13T00:00:00",
    "May 1 '24 at 10:00": "2024-05-01T10:00:00", "May 1, ’24": "2024-05-01T00:00:00",
    "05 1, 2024": "2024-05-01T00:00:00", "2 мая 2024 в 10:00": "2024-05-02T10:00:00",
    "Date: 2024-05-01": "2024-05-01T00:00:00", "1 de mayo de 2024 a las 10:00": "2024-05-01T10:00:00",
    "May 2nd, 2024 at 10pm": "2024-05-02T22:00:00", "Sat, 1st Mar 2025": "2025-03-01T00:00:00",
    "2nd of May 2024": "2024-05-02T00:00:00", "01/May/2024:10:20:30 +0200": "2024-05-01T08:20:30",
    "[01/May/2024:10:20:30 +0000]": "2024-05-01T10:20:30", "Wed, 05/22/2024 - 10:00": "2024-05-22T10:00:00",
    "2024-05-01 10:00 Etc/GMT0": "2024-05-01T10:00:00", "14:03 2024-05-01": "2024-05-01T14:03:00",
    "17.07.13 um 10:31 Uhr": "2013-07-17T10:31:00",
}  # fmt: skip
UNREAD = (
    "5 srpna 2024", "5 listopada 2024",
    "1/1/0001 12:00:00 AM", "10:00 Xx/Yy", "1714557600 (4)", "45413.5 (4)", "23/08/02 (Fri)",
    "03/04/2025", "Thu, 03/04/2025 - 10:00", "31.06.2025", "2025-02-30", "2 days ago", "March 1", "0000-00-00 00:00:00",
    "0", "1970-01-01T00:00:00Z", "01-05-24", "{\"$date\": {}}", "2024年13月1日", "9999-12-31T23:59:59-12:00", "",
    "Version 1.2.2024",
    "x" * 100_000,
)  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), READ.items())
def test_a_date_without_a_zone_is_read_as_utc(written: str, expected: str) -> None:
    assert read_dates([written]).read[0].item().isoformat() == expected


@pytest.mark.parametrize("written", UNREAD)
def test_what_could_be_two_days_or_none_is_not_read(written: str) -> None:
    assert np.isnat(read_dates([written]).read).tolist() == [True]


@pytest.mark.parametrize(
    ("cells", "expected", "note"),
    [
        (["03/04/2025", "25/04/2025"], ["2025-04-03", "2025-04-25"], "day first"),
        (["01.05.2024, 10:00 Uhr", "22.05.2024, 09:15 Uhr"], ["2024-05-01", "2024-05-22"], "day first"),
        (["03/04/2025", "04/25/2025"], ["2025-03-04", "2025-04-25"], "month first"),
        (["03/04/2025", "04/25/2025", "25/04/2025"], ["NaT", *["2025-04-25"] * 2], "may be the day or the month"),
        (["03/05/2024 08:33 AM", "05/05/2024 09:14 PM"], ["NaT", "2024-05-05"], "may be the day or the month"),
        (["05/05/2024", "31/13/2024", "2024-05-06"], ["2024-05-05", "NaT", "2024-05-06"], ""),
        (["13/05/24", "14/05/24", "02/06/24"], ["2024-05-13", "2024-05-14", "2024-06-02"], "day first"),
        (["01.05.24, 12:01", "02.05.24, 12:05"], ["2024-05-01", "2024-05-02"], "day first"),
        (["01/05/2024 à 12h00", "02/05/2024 à 9h30"], ["2024-05-01", "2024-05-02"], "day first"),
        (["1/5/24 12:01 p. m.", "23/5/24 8:00 a. m."], ["2024-05-01", "2024-05-23"], "day first"),
        (["24/05/13", "24/05/14", "24/06/02"], ["NaT"] * 3, ""),  # the first may be the year
        (["24.05.13", "24.05.14"], ["NaT"] * 2, ""),  # as in Korea
        (["24.05.13"], ["NaT"], ""),
        (
            ["03.04.2025", "04.05.2025 10:00 Uhr"],
            ["2025-04-03", "2025-05-04"],
            "03.04.2025 were read with the day first",
        ),
        (["14.05.2024", "15.05.2024"], ["2024-05-14", "2024-05-15"], "03.04.2025 were read with the day first"),
        (["05-14-2024", "05-15-2024"], ["2024-05-14", "2024-05-15"], "03-04-2025 were read with the month first"),
        (["03.04.2025", "05/04/2025"], ["2025-04-03", "NaT"], "may be the day or the month"),
        (["03.04.2025", "04.25.2025"], ["2025-03-04", "2025-04-25"], "month first"),
        (["03.04.2025", "04.25.2025", "25.04.2025"], ["NaT", *["2025-04-25"] * 2], "may be the day or the month"),
    ],
)
def test_a_column_shows_which_number_is_the_day(cells: list[str], expected: list[str], note: str) -> None:
    days, notes = read_dates(cells)
    assert days.astype("M8[D]").astype(str).tolist() == expected
    assert note in " ".join(notes)
    assert ("day or the month" in " ".join(notes)) == ("or" in note)


def test_days_that_a_spreadsheet_took_for_months_are_noted() -> None:
    swapped = ["2024-04-03T00:00:00", "2024-01-12T00:00:00", "25/03/2024", "13/05/2024"]
    assert "confused days with months" in " ".join(read_dates(swapped).notes)
    assert "for months" not in " ".join(read_dates([*swapped, "2024-04-30"]).notes)


@pytest.mark.parametrize(
    "cell",
    ["2 days ago", "3h", "yesterday", "1 year ago (edited)", "just now", "an hour ago", "vor 2 Tagen",
     "2 dagen geleden", "2 giorni fa", "2 дня назад", "2日前", "3시간 전", "há 2 dias", "cerca de 2 horas atrás"],
)  # fmt: skip
def test_relative_dates_name_no_day_and_a_note_says_so(cell: str) -> None:
    dates = read_dates([cell, "2024-05-01"])
    assert np.isnat(dates.read[0])
    assert any("Relative dates" in note for note in dates.notes)
    assert not any("Relative" in note for note in read_dates(["2024-05-01", "May 2024", "x"]).notes)


def test_dates_of_comments_that_are_left_out_show_which_number_is_the_day() -> None:
    assert str(read_dates(["03/04/2025"], ["03/04/2025", "25/04/2025", "x"]).read[0])[:10] == "2025-04-03"


ALIKE = {
    "Mon Jun 17 2019 11:{:02}:{:02} GMT-0700 (Pacific Daylight Time)": "2019-06-17T18:{:02}:{:02}",
    "13/5/2024 8:{:02}:{:02} p. m.": "2024-05-13T20:{:02}:{:02}",
    "٢٠٢٤-٠٥-٠١ ١٠:{:02}:{:02} UTC": "2024-05-01T10:{:02}:{:02}",
    "[01/May/2024:10:{:02}:{:02} +0200]": "2024-05-01T08:{:02}:{:02}",
    "2024-05-13 23:{:02}:{:02} Europe/Berlin": "2024-05-13T21:{:02}:{:02}",
}


@pytest.mark.parametrize("form", ALIKE)
def test_the_form_of_many_dates_is_found_once(form: str, spy: Spy) -> None:
    rewritten = spy(of_dates, "_rewritten")
    clocks = [(n // 60, n % 60) for n in range(500)]
    found = read_dates([form.format(*clock) for clock in clocks]).read.astype("M8[s]").astype(str).tolist()
    assert found == [ALIKE[form].format(*clock) for clock in clocks]
    assert rewritten.call_count == 1


def test_a_name_that_covers_several_zones_is_not_read() -> None:
    assert np.isnat(read_dates([f"2024-05-01 10:{n:02} America/Argentina" for n in range(60)]).read).all()


def test_cells_of_too_many_forms_are_not_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_dates, "MOST_DATE_FORMS", 3)
    found = read_dates(["1 May 2024", "x", "xx", "xxx", "2 May 2024", "1 June 2024"]).read
    assert np.isnat(found).tolist() == [False, True, True, True, False, True]
