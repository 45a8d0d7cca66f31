"""Nasty files of comments and of archives: tables, bytes that are no text, packed files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from typing import Any

from helpers.adversarial import _MARKUP, CURLY, FIRE
from helpers.adversarial_exports import exports
from helpers.adversarial_files import FORMULAS, HEAD, File, Sized, always, bomb, csv_of, row, rows_of, sizes

_DATES = (
    "2025-12-02T10:00:00Z", "2025-12-02T10:00:00+05:30", "2025-12-02 10:00", "02/12/2025", "12/02/2025",
    "13/02/2025", "Dec 2, 2025", "2 déc. 2025", "3 hours ago", "Yesterday", "1764669600", "1764669600000",
    "2025-13-45", "0001-01-01", "9999-12-31T23:59:59Z", "2025-02-29", "2016-12-31T23:59:60Z",
    "2025-11-02T01:30:00 America/New_York", "", "now", "2025-W49-2", "20251202", "٢٠٢٥-١٢-٠٢",
    "Tue, 02 Dec 2025 10:00:00 GMT", "2099-01-01T00:00:00Z", "1e400", "-1", "2025-12-02T10:00:00+99:99",
    "Tue, 99 Foo 99999 99:99:99 +9999", "1" * 400, "2025-12-02T10:00:00.123456789Z", "²/12/2025",
    "１/１２/２０２５", "00:00", "a:" * 50, "Mon, 1 Jan 0 0:0:0 -9999999999",
)  # fmt: skip
_LIKES = (
    "-5", "1.2K", "3M", "1,234", "nan", "inf", str(10**30), str(2**63), "True", "1e5", "", " 7 ", "٣", "²",
    "0x1F", "9" * 5000,
)  # fmt: skip
_NAMES = (
    "NA", "null", "None", "nan", "True", "1e5", "007", "", "<b>x</b>", "Jane.Doe@example.org", "@jane",
    "\u202eeoJ", "=1+1", "Reader 01", "Reader 99999999999999999999", "reader 02", " ", "\u200b", "a" * 5000,
    "war is bad " * 400, "[deleted]", "u/x",
)  # fmt: skip
_GONE = ("[deleted]", "[removed]", "[Deleted by user]", " [deleted] ")
_IDS = ("9007199254740993", "9007199254740992", "007", "1e5", "article", "a b", "../x", "=1", "é", "", "a.b", "x" * 300)


def comment_files(scale: float = 1.0) -> Iterator[File]:
    """Every file of comments of the corpus."""
    sized = sizes(scale)
    yield from _rows_as_csv(sized)
    yield from _broken_csv(sized)
    yield from exports(sized)
    yield from _bytes()
    yield from _packed(sized)


def _rows_as_csv(sized: Sized) -> Iterator[File]:
    def of(name: str, rows: list[dict[str, Any]], texts: int | None = None, head: Iterable[str] = HEAD) -> File:
        return File(name, ".csv", always(csv_of(rows, head)), len(rows) if texts is None else texts)

    deep, wide = sized(10_000), sized(100_000)
    yield of("three replies", rows_of(3, parent_id=["", "1", "2"]))
    yield of("ids twice", rows_of(3, id=["1", "1", "2"]), 2)
    yield of("no ids", rows_of(2, id=["", ""]))
    yield of("a reply to nobody", rows_of(2, parent_id=["", "999"]))
    yield of("a reply to itself", rows_of(1, parent_id=["1"]))
    yield of("a circle of two", rows_of(2, parent_id=["2", "1"]))
    yield of("a circle of three with a tail", rows_of(4, parent_id=["3", "1", "2", "3"]))
    yield of("a reply before its comment", rows_of(2, id=["2", "1"], parent_id=["1", ""]))
    yield File(
        "replies in a chain", ".csv",
        lambda: csv_of(rows_of(deep, parent_id=["", *map(str, range(1, deep))])).encode(), deep, rows=deep,
    )  # fmt: skip
    yield File(
        "one circle of all", ".csv",
        lambda: csv_of(rows_of(deep, parent_id=[str(deep), *map(str, range(1, deep))])).encode(), deep,
        rows=deep,
    )  # fmt: skip
    yield File(
        "replies to one", ".csv",
        lambda: csv_of(rows_of(wide, parent_id=["", *["1"] * (wide - 1)])).encode(), wide, rows=wide,
    )  # fmt: skip
    yield File(
        "a comment of mentions", ".csv",
        lambda: csv_of(rows_of(2, author=["Jo", "Al"], text=["a", "@jo " * wide])).encode(), 2, rows=wide,
    )  # fmt: skip
    yield File("all of one id", ".csv", lambda: csv_of(rows_of(wide, id=["1"] * wide)).encode(), 1, rows=wide)
    yield File(
        "a name a word of which all share", ".csv",
        lambda: csv_of(rows_of(wide, author=[f"The {n} Bridge" for n in range(wide)])).encode(), wide,
        rows=wide,
    )  # fmt: skip
    yield File(
        "names that begin alike, and a text of that word",
        ".csv",
        lambda: csv_of(
            [*rows_of(deep, author=[f"bridge x{n}" for n in range(deep)]), row(0, text="bridge " * deep)]
        ).encode(),
        deep + 1,
        rows=2 * deep,
    )
    yield of("likes of all kinds", rows_of(len(_LIKES), likes=list(_LIKES)))
    yield of("dates of all kinds", rows_of(len(_DATES), created=list(_DATES)))
    yield of("days and months that could be either", rows_of(2, created=["01/02/2025", "13/02/2025"]))
    yield of("formulas", rows_of(len(FORMULAS), text=list(FORMULAS), author=list(FORMULAS)))
    yield of("names of all kinds", rows_of(len(_NAMES), author=list(_NAMES)))
    yield of("ids of all kinds", rows_of(len(_IDS), id=list(_IDS)))
    yield of("placeholders", [*rows_of(len(_GONE), text=list(_GONE)), row(9)], 1)
    yield of("texts that look like missing ones", rows_of(4, text=["NA", "None", "null", "nan"]))
    yield of("markup", rows_of(len(_MARKUP), text=list(_MARKUP.values())), -1)
    yield of("columns of people", [row(1, email="a@example.org", ip="203.0.113.7")], None, (*HEAD, "email", "ip"))
    yield of("a zero-width space in the name of a column", [{"te\u200bxt": "war is bad"}], None, ("te\u200bxt",))
    yield File("only names of columns", ".csv", always("id,text\n"), says="no comments")
    yield File("no text column", ".csv", always("id,other\n1,war\n"), says="no column")
    yield File("two text columns", ".csv", always("id,text,text\n1,war,peace\n"), says="more than once")
    yield File("texts of spaces", ".csv", always('id,text\n1,"  "\n2,"\u00a0"\n'), 0)


def _broken_csv(sized: Sized) -> Iterator[File]:
    table = csv_of(rows_of(3, text=['It said "war", then\nanother line', "b is bad", "c is bad"]))
    broad, long, many = sized(20_000), sized(1_250_000), sized(200_000)
    yield File("byte order mark", ".csv", always("\ufeff" + table), 3)
    yield File("UTF-16", ".csv", always(table.encode("utf-16")), 3)
    yield File("Windows-1252", ".csv", always(table.replace("bad", "b\u2019d caf\u00e9").encode("cp1252")), 3)
    yield File("semicolons", ".csv", always(csv_of(rows_of(3), delimiter=";")), 3)
    yield File("tabs", ".tsv", always(csv_of(rows_of(3), delimiter="\t")), 3)
    yield File("quotation mark out of balance", ".csv", always(table.replace('"It', "It", 1)), 2)
    yield File("quotation left open", ".csv", always(table + '4,,u,2025,1,"never closed'), says="row")
    yield File("rows of different lengths", ".csv", always(table + "4,,u\n5,,u,2025-12-02,1,war,more,more\n"), 3)
    yield File("null characters", ".csv", always(table.replace("bad", "b\0ad")), 3)
    yield File("no names of columns", ".csv", always(table.split("\n", 1)[1]), says="no column")
    yield File("an empty file", ".csv", always(b""), says="empty")
    yield File("only a byte order mark", ".csv", always("\ufeff"), says="empty")
    yield File("only line ends", ".csv", always("\n" * 999), says="empty")
    yield File("lines that end in CR", ".csv", always(csv_of(rows_of(3)).replace("\r\n", "\r")), 3)
    yield File("a name of a column of its own", ".csv", always("__class__,text\nx,war is bad\n"), 1)
    yield File(
        "many columns",
        ".csv",
        lambda: ("text," + ",".join(f"c{n}" for n in range(broad)) + "\n" + "war," * broad + "1\n").encode(),
        1,
    )
    yield File(
        "many columns of one name", ".csv",
        lambda: ("text," * broad + "\n" + "war," * broad + "\n").encode(), says="more than once",
    )  # fmt: skip
    yield File("a long cell", ".csv", lambda: ('id,text\n1,"' + "war is " * long + '"\n').encode(), 1, rows=long // 4)
    yield File(
        "many rows", ".csv",
        lambda: ("id,text\n" + "".join(f"{n},war is bad\n" for n in range(many))).encode(), many, rows=many,
    )  # fmt: skip
    yield File("many blank lines", ".csv", lambda: ("id,text\n1,war is bad\n" + "\n" * 5 * many).encode(), 1, rows=many)
    yield File("a long first line", ".csv", lambda: b"text" + b"," * 4 * many, says="no comments")
    yield File("all rows open a quotation", ".csv", lambda: ("id,text\n" + '1,"a\n' * many).encode(), says="row")


def _bytes() -> Iterator[File]:
    text = "id,text\n1,{}\n"
    good = text.format(CURLY.replace(",", ";").replace('"', "")[:90])
    refused = ("UTF-7", "utf-7"), ("Shift JIS", "shift_jis"), ("GB 18030", "gb18030"), ("KOI8-R", "koi8-r")
    yield File("UTF-16 without mark", ".csv", always(good.encode("utf-16-le")), says="encoding='utf-16-le'")
    yield File("UTF-32", ".csv", always(good.encode("utf-32")), 1)
    yield File("UTF-16 mark and nothing", ".csv", always(b"\xff\xfe"), says="empty")
    yield File("UTF-16 of an odd length", ".csv", always(good.encode("utf-16")[:-1]), says="cannot be decoded")
    yield File(
        "half a pair in UTF-16", ".csv", always(b"\xff\xfe" + good.encode("utf-16-le") + b"\x00\xd8"),
        says="cannot be decoded",
    )  # fmt: skip
    yield File("UTF-7", ".csv", always("id,text\n1,isn+IBk-t it bad\n"), 1)
    yield File("EBCDIC", ".csv", always(good.encode("cp037", "replace")), says="")
    yield File("two encodings", ".csv", always(good.encode() + text.format("caf\u00e9 it is").encode("cp1252")), -1)
    yield File(
        "bytes too long for a letter", ".csv", always(b"id,text\n1,war \xc0\x80 \xc1\xbf \xf5\x80\x80\x80\n"), -1
    )
    yield File("a letter cut off", ".csv", always(("id,text\n1,war " + FIRE).encode()[:-2]), -1)
    yield File("halves written as UTF-8", ".csv", always("id,text\n1,fire \ud83d\udd25 is bad\n"), -1)
    yield File("no text at all", ".csv", always(bytes((n * 131 + n // 7) % 256 for n in range(4096))), says="")
    yield File("a picture", ".csv", always(b"\x89PNG\r\n\x1a\n" + b"\0" * 512), says="a picture")
    yield File("a PDF for a table", ".csv", always(b"%PDF-1.4\n%%EOF\n"), says="a PDF")
    for name, codec in refused[1:]:
        yield File(
            name,
            ".csv",
            always("id,text\n1,".encode(codec) + ("мост" if codec == "koi8-r" else "戦争です").encode(codec) * 99),
            says="",
        )


def _packed(sized: Sized) -> Iterator[File]:
    rows = b"id,text\n" + b"".join(b"%d,war is bad\n" % n for n in range(1000))
    whole = gzip.compress(rows, mtime=0)
    damaged = "damaged gzip"
    yield File("packed", ".csv.gz", always(whole), 1000, rows=1000)
    yield File(
        "packed, in two parts", ".csv.gz", always(whole + gzip.compress(b"1000,war\n", mtime=0)), 1001, rows=1000
    )
    yield File("packed, cut short", ".csv.gz", always(whole[:-8]), says=damaged)
    yield File("packed, cut shorter", ".csv.gz", always(whole[:13]), says=damaged)
    yield File("packed, wrong sum", ".csv.gz", always(whole[:-8] + b"\0" * 8), says=damaged)
    yield File("packed, and something more", ".csv.gz", always(whole + b"garbage"), says=damaged)
    yield File("packed twice", ".csv.gz", always(gzip.compress(whole, mtime=0)), says="gzip archive")
    yield File("not packed", ".csv.gz", always(rows), 1000, rows=1000)
    yield File("packed, and much", ".csv.gz", lambda: bomb(sized(1_000_000_000)), texts=-1, rows=sized(1_000_000))
    yield File(
        "packed zeros", ".csv.gz", lambda: bomb(sized(1_000_000_000), unit=b"\0" * 1_000_000), says="",
        rows=sized(1_000_000),
    )  # fmt: skip


# ---- archives, as `measure_files` takes them


def archive_files(scale: float = 1.0) -> Iterator[File]:
    """Files of rows for `measure_files`; `texts` as before."""
    sized = sizes(scale)
    odd: list[Any] = [
        None, 7, -1, 1.5, 1e300, 10**30, True, "", "x", [], {}, ["x"], {"x": 1}, "\ud83d", "0001-01-01",
        "9" * 400,
    ]  # fmt: skip
    fields = ("text_id", "thread_id", "kind", "reply_to", "posted", "likes", "language")
    for field in fields:
        lines = (json.dumps({"text": "War is bad.", field: each}) for each in odd)
        yield File(f"odd {field}", ".jsonl", always("\n".join(lines)), len(odd))
    yield File("odd texts", ".jsonl", always("\n".join(json.dumps({"text": each}) for each in odd)), -1)
    yield File(
        "numbers that are none", ".jsonl",
        always('{"text":"a","likes":NaN}\n{"text":"a","likes":Infinity,"posted":-Infinity}\n'), 2,
    )  # fmt: skip
    yield File("no rows", ".jsonl", always(""), 0)
    yield File("no columns", ".csv", always(""), 0)
    yield File("no column of texts", ".csv", always("a,b\n1,2\n"), 0)
    yield File("the same column often", ".csv", always("text,text\nwar,peace\n"), -1)
    yield File("a null character", ".csv", always("text\nw\0ar\n"), -1)
    yield File("bytes of no letters", ".csv", always(b"text\nwar \xff\n"), 0)
    yield File(
        "a quotation left open in an archive", ".csv", lambda: b'text\n"war is bad\n' * sized(10_000), -1,
        rows=sized(10_000),
    )  # fmt: skip
    yield File("lines in lists", ".jsonl", lambda: b"[" * sized(200_000) + b"\n", 0)
    yield File("UTF-16 lines", ".jsonl", always('{"text":"war"}\n'.encode("utf-16")), 0)
    yield File(
        "an archive cut short", ".jsonl.gz", always(gzip.compress(b'{"text":"war"}\n' * 99, mtime=0)[:-9]),
        says="damaged",
    )  # fmt: skip
    yield File("an archive of something else", ".jsonl.gz", always(b'{"text":"war"}\n'), says="damaged")
    yield File("no Zstandard", ".jsonl.zst", always(b'{"text":"war"}\n'), -1)
    yield File("no Parquet", ".parquet", always(b"PAR1 and nothing PAR1"), -1)
    yield File("an empty Parquet", ".parquet", always(b""), -1)
