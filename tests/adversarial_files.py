"""Nasty files, names and tables, and what reading each must end in: beside the texts of `adversarial`.

`comment_files`, `article_files` and `archive_files` give files as functions that write their bytes; `names` gives
untrusted paths, `threads` tables of texts, `notebooks` notebooks.  Like the texts they use no clock, no random
generator and no order of a hash.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd
from adversarial import _MARKUP, CURLY, FIRE

# People who do not exist. None of their names, addresses and numbers may come out of a reader.
PLANTED = (
    "Zebulon Quagmire",
    "zquagmire77",
    "zebulon.quagmire@example.org",
    "+44 20 7946 0127",
    "203.0.113.77",
    "https://www.facebook.com/zebulon.quagmire",
    "Philippa Oxenbould",
    "philox_77",
)
TOLD_BY = ("zebulon", "quagmire", "zquagmire77", "0127", "203.0.113.77", "philippa", "oxenbould", "philox_77")
"""What would give them away: no output may hold one of these, in any capitals."""
TOO_DEEP = 50_000
"""Lists in lists; newer Pythons read some ten thousand, older ones about a thousand."""


class File(NamedTuple):
    """One nasty file: either `texts` of it come out of the reader, or an error with `says` in its message.

    `rows` counts what a reader has to go through, for the bounds on time.
    """

    name: str
    ending: str
    content: Callable[[], bytes]
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


def always(content: bytes | str) -> Callable[[], bytes]:
    written = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return lambda: written


# ---- tables of comments

HEAD = ("id", "parent_id", "author", "created", "likes", "text")


def row(number: int, **cells: Any) -> dict[str, Any]:
    usual = {"parent_id": None, "author": f"Writer {number}", "created": "2025-12-02T10:00:00Z", "likes": 1}
    return {"id": str(number), **usual, "text": f"The bridge is number {number} and it is bad.", **cells}


def _rows(many: int, **cells: list[Any]) -> list[dict[str, Any]]:
    """As many rows, some of whose cells are given."""
    return [row(at + 1, **{name: values[at] for name, values in cells.items()}) for at in range(many)]


def csv_of(rows: Iterable[dict[str, Any]], head: Iterable[str] = HEAD, delimiter: str = ",") -> str:
    out, head = io.StringIO(newline=""), list(head)
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows([["" if row.get(name) is None else row[name] for name in head] for row in rows])
    return out.getvalue()


_DATES = (
    "2025-12-02T10:00:00Z",
    "2025-12-02T10:00:00+05:30",
    "2025-12-02 10:00",
    "02/12/2025",
    "12/02/2025",
    "13/02/2025",
    "Dec 2, 2025",
    "2 déc. 2025",
    "3 hours ago",
    "Yesterday",
    "1764669600",
    "1764669600000",
    "2025-13-45",
    "0001-01-01",
    "9999-12-31T23:59:59Z",
    "2025-02-29",
    "2016-12-31T23:59:60Z",
    "2025-11-02T01:30:00 America/New_York",
    "",
    "now",
    "2025-W49-2",
    "20251202",
    "٢٠٢٥-١٢-٠٢",
    "Tue, 02 Dec 2025 10:00:00 GMT",
    "2099-01-01T00:00:00Z",
    "1e400",
    "-1",
    "2025-12-02T10:00:00+99:99",
    "Tue, 99 Foo 99999 99:99:99 +9999",
    "1" * 400,
    "2025-12-02T10:00:00.123456789Z",
    "²/12/2025",
    "１/１２/２０２５",
    "00:00",
    "a:" * 50,
    "Mon, 1 Jan 0 0:0:0 -9999999999",
)
_LIKES = (
    "-5",
    "1.2K",
    "3M",
    "1,234",
    "nan",
    "inf",
    str(10**30),
    str(2**63),
    "True",
    "1e5",
    "",
    " 7 ",
    "٣",
    "²",
    "0x1F",
    "9" * 5000,
)
_NAMES = (
    "NA",
    "null",
    "None",
    "nan",
    "True",
    "1e5",
    "007",
    "",
    "<b>x</b>",
    "Jane.Doe@example.org",
    "@jane",
    "\u202eeoJ",
    "=1+1",
    "Reader 01",
    "Reader 99999999999999999999",
    "reader 02",
    " ",
    "\u200b",
    "a" * 5000,
    "war is bad " * 400,
    "[deleted]",
    "u/x",
)
FORMULAS = (
    '=HYPERLINK("https://other.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
)
_CELLS: tuple[Any, ...] = ([], {}, [1], {"name": []}, {"name": "x"}, None, True, 1e300, -1)
_GONE = ("[deleted]", "[removed]", "[Deleted by user]", " [deleted] ")
_IDS = ("9007199254740993", "9007199254740992", "007", "1e5", "article", "a b", "../x", "=1", "é", "", "a.b", "x" * 300)


def comment_files(scale: float = 1.0) -> Iterator[File]:
    """Every file of comments of the corpus."""
    sized = sizes(scale)
    yield from _rows_as_csv(sized)
    yield from _broken_csv(sized)
    yield from _json(sized)
    yield from _exports(sized)
    yield from _xml(sized)
    yield from _sheets(sized)
    yield from _bytes()
    yield from _packed(sized)


def _rows_as_csv(sized: Sized) -> Iterator[File]:
    def of(name: str, rows: list[dict[str, Any]], texts: int | None = None, head: Iterable[str] = HEAD) -> File:
        return File(name, ".csv", always(csv_of(rows, head)), len(rows) if texts is None else texts)

    deep, wide = sized(10_000), sized(100_000)
    yield of("three replies", _rows(3, parent_id=["", "1", "2"]))
    yield of("ids twice", _rows(3, id=["1", "1", "2"]), 2)
    yield of("no ids", _rows(2, id=["", ""]))
    yield of("a reply to nobody", _rows(2, parent_id=["", "999"]))
    yield of("a reply to itself", _rows(1, parent_id=["1"]))
    yield of("a circle of two", _rows(2, parent_id=["2", "1"]))
    yield of("a circle of three with a tail", _rows(4, parent_id=["3", "1", "2", "3"]))
    yield of("a reply before its comment", _rows(2, id=["2", "1"], parent_id=["1", ""]))
    yield File(
        "replies in a chain",
        ".csv",
        lambda: csv_of(_rows(deep, parent_id=["", *map(str, range(1, deep))])).encode(),
        deep,
        rows=deep,
    )
    yield File(
        "one circle of all",
        ".csv",
        lambda: csv_of(_rows(deep, parent_id=[str(deep), *map(str, range(1, deep))])).encode(),
        deep,
        rows=deep,
    )
    yield File(
        "replies to one",
        ".csv",
        lambda: csv_of(_rows(wide, parent_id=["", *["1"] * (wide - 1)])).encode(),
        wide,
        rows=wide,
    )
    yield File("all of one id", ".csv", lambda: csv_of(_rows(wide, id=["1"] * wide)).encode(), 1, rows=wide)
    yield File(
        "a name a word of which all share",
        ".csv",
        lambda: csv_of(_rows(wide, author=[f"The {n} Bridge" for n in range(wide)])).encode(),
        wide,
        rows=wide,
    )
    yield File(
        "names that begin alike, and a text of that word",
        ".csv",
        lambda: csv_of(
            [*_rows(deep, author=[f"bridge x{n}" for n in range(deep)]), row(0, text="bridge " * deep)]
        ).encode(),
        deep + 1,
        rows=2 * deep,
    )
    yield of("likes of all kinds", _rows(len(_LIKES), likes=list(_LIKES)))
    yield of("dates of all kinds", _rows(len(_DATES), created=list(_DATES)))
    yield of("days and months that could be either", _rows(2, created=["01/02/2025", "13/02/2025"]))
    yield of("formulas", _rows(len(FORMULAS), text=list(FORMULAS), author=list(FORMULAS)))
    yield of("names of all kinds", _rows(len(_NAMES), author=list(_NAMES)))
    yield of("ids of all kinds", _rows(len(_IDS), id=list(_IDS)))
    yield of("placeholders", [*_rows(len(_GONE), text=list(_GONE)), row(9)], 1)
    yield of("texts that look like missing ones", _rows(4, text=["NA", "None", "null", "nan"]))
    yield of("markup", _rows(len(_MARKUP), text=list(_MARKUP.values())), -1)
    yield of("columns of people", [row(1, email="a@example.org", ip="203.0.113.7")], None, (*HEAD, "email", "ip"))
    yield of("a zero-width space in the name of a column", [{"te\u200bxt": "war is bad"}], None, ("te\u200bxt",))
    yield File("only names of columns", ".csv", always("id,text\n"), says="no comments")
    yield File("no text column", ".csv", always("id,other\n1,war\n"), says="no column")
    yield File("two text columns", ".csv", always("id,text,text\n1,war,peace\n"), says="more than once")
    yield File("texts of spaces", ".csv", always('id,text\n1,"  "\n2,"\u00a0"\n'), 0)


def _broken_csv(sized: Sized) -> Iterator[File]:
    table = csv_of(_rows(3, text=['It said "war", then\nanother line', "b is bad", "c is bad"]))
    broad, long, many = sized(20_000), sized(1_250_000), sized(200_000)
    yield File("byte order mark", ".csv", always("\ufeff" + table), 3)
    yield File("UTF-16", ".csv", always(table.encode("utf-16")), 3)
    yield File("Windows-1252", ".csv", always(table.replace("bad", "b\u2019d caf\u00e9").encode("cp1252")), 3)
    yield File("semicolons", ".csv", always(csv_of(_rows(3), delimiter=";")), 3)
    yield File("tabs", ".tsv", always(csv_of(_rows(3), delimiter="\t")), 3)
    yield File("quotation mark out of balance", ".csv", always(table.replace('"It', "It", 1)), 2)
    yield File("quotation left open", ".csv", always(table + '4,,u,2025,1,"never closed'), says="row")
    yield File("rows of different lengths", ".csv", always(table + "4,,u\n5,,u,2025-12-02,1,war,more,more\n"), 3)
    yield File("null characters", ".csv", always(table.replace("bad", "b\0ad")), 3)
    yield File("no names of columns", ".csv", always(table.split("\n", 1)[1]), says="no column")
    yield File("an empty file", ".csv", always(b""), says="empty")
    yield File("only a byte order mark", ".csv", always("\ufeff"), says="empty")
    yield File("only line ends", ".csv", always("\n" * 999), says="empty")
    yield File("lines that end in CR", ".csv", always(csv_of(_rows(3)).replace("\r\n", "\r")), 3)
    yield File("a name of a column of its own", ".csv", always("__class__,text\nx,war is bad\n"), 1)
    yield File(
        "many columns",
        ".csv",
        lambda: ("text," + ",".join(f"c{n}" for n in range(broad)) + "\n" + "war," * broad + "1\n").encode(),
        1,
    )
    yield File(
        "many columns of one name",
        ".csv",
        lambda: ("text," * broad + "\n" + "war," * broad + "\n").encode(),
        says="more than once",
    )
    yield File("a long cell", ".csv", lambda: ('id,text\n1,"' + "war is " * long + '"\n').encode(), 1, rows=long // 4)
    yield File(
        "many rows",
        ".csv",
        lambda: ("id,text\n" + "".join(f"{n},war is bad\n" for n in range(many))).encode(),
        many,
        rows=many,
    )
    yield File("many blank lines", ".csv", lambda: ("id,text\n1,war is bad\n" + "\n" * 5 * many).encode(), 1, rows=many)
    yield File("a long first line", ".csv", lambda: b"text" + b"," * 4 * many, says="no comments")
    yield File("all rows open a quotation", ".csv", lambda: ("id,text\n" + '1,"a\n' * many).encode(), says="row")


def _json(sized: Sized) -> Iterator[File]:
    table = json.dumps(_rows(3))
    deep, many, nested = sized(200_000), sized(600_000), min(sized(5_000), 400)
    lists = b'[{"id":"1","text":"war","replies":'
    yield File("a list", ".json", always(table), 3)
    yield File("cut short", ".json", always(table[:-20]), says="neither JSON nor JSON lines")
    yield File("JSON with a byte order mark", ".json", always("\ufeff" + table), 3)
    yield File("not a number", ".json", always('[{"id":"1","text":"war","likes":NaN}]'), 1)
    yield File("a key twice", ".json", always('[{"id":"1","text":"peace","text":"war"}]'), 1)
    yield File("lists in lists", ".json", lambda: b"[" * deep + b"]" * deep, says="")
    yield File("lists left open", ".json", lambda: b"[" * deep, says="")
    yield File("a long number", ".json", lambda: b'[{"id":' + b"9" * sized(5_000) + b',"text":"war"}]', 1)
    yield File(
        "ids with a point", ".json", always('[{"id":9007199254740993.0,"text":"war"},{"id":1e400,"text":"x"}]'), 2
    )
    yield File("half of a pair", ".json", always('[{"id":"1","text":"war \\ud83d","author":"\\udd25"}]'), 1)
    yield File("only a string", ".json", always('"war"'), says="no column")
    yield File("a list of numbers", ".json", always("[1,2,3]"), says="no comment export")
    yield File("an object of lists", ".json", always('{"id":["1","2"],"text":["war"]}'), 0)
    yield File("an empty list", ".json", always("[]"), says="no comment export")
    yield File("an empty object", ".json", always("{}"), says="no")
    yield File(
        "replies inside", ".json", always('[{"id":"1","text":"a","replies":[{"id":"2","text":"b","replies":[]}]}]'), 2
    )
    yield File("replies deep inside", ".json", lambda: lists * nested + b"[]" + b"}]" * nested, 1)
    yield File(
        "replies deeper than can be read",
        ".json",
        lambda: lists * TOO_DEEP + b"[]" + b"}]" * TOO_DEEP,
        says="nested too deep",
    )
    yield File(
        "names of Python's own",
        ".json",
        always('[{"__proto__":{"x":1},"constructor":"x","__class__":{},"id":"1","text":"war"}]'),
        1,
    )
    yield File(
        "texts that are none",
        ".json",
        always(
            json.dumps(
                [
                    {"id": n, "text": each}
                    for n, each in enumerate(
                        [None, 7, 1.5, True, ["war"], {"html": "<b>x</b>"}, {"rendered": "<b>war</b>"}, {}, [], "war"]
                    )
                ]
            )
        ),
        5,
    )
    yield File(
        "cells that are lists and objects",
        ".json",
        always(
            json.dumps(
                [
                    row(n, author=each, created=each, likes=each, parent_id=each, id=each)
                    for n, each in enumerate(_CELLS)
                ]
            )
        ),
        -1,
    )
    yield File(
        "many tiny comments",
        ".json",
        lambda: ("[" + ",".join(f'{{"id":"{n}","text":"war is bad"}}' for n in range(many)) + "]").encode(),
        many,
        rows=many,
    )
    yield File("many objects without text", ".json", lambda: b"[" + b"{}," * many + b'{"text":"war"}]', 1, rows=many)
    yield File(
        "many keys",
        ".json",
        lambda: json.dumps([{f"k{n}": 1 for n in range(many // 4)} | {"text": "war"}]).encode(),
        1,
        rows=many // 8,
    )
    yield File(
        "each with a key of its own",
        ".json",
        lambda: json.dumps([{f"k{n}": 1, "text": "war"} for n in range(many // 4)]).encode(),
        many // 4,
        rows=many // 4,
    )
    yield File("mixed lines", ".jsonl", always('{"id":"1","text":"war"}\n\n{"id":"2"\n["x"]\n'), says="neither")
    yield File(
        "lines, one of them bad", ".jsonl", always('{"id":"1","text":"war"}\n{"id":"2","text":"b"}\n{"id":\n'), 2
    )
    yield File("many bad lines", ".jsonl", lambda: b'{"text":"war"}\n' + b"{\n" * many, says="neither", rows=many)
    yield File("lines nested deep", ".jsonl", lambda: b'{"text":"war"}\n' + b"[" * deep + b"\n", 1)


def _export(name: str, document: Any, texts: int | None = None, says: str = "") -> File:
    return File(name, ".json", always(json.dumps(document)), texts, says)


def _exports(sized: Sized) -> Iterator[File]:
    """Known exports whose fields are not what they should be."""
    odd: list[Any] = [None, 7, "x", [], {}, [None], [7], {"data": None}, {"children": 7}]
    listing = {"kind": "Listing", "data": {"children": []}}
    yield _export("Reddit, empty", [listing, listing], says="no comments")
    for at, each in enumerate(odd):
        yield _export(
            f"Reddit, odd {at}", [{"kind": "Listing", "data": {"children": each}}, {"kind": "t1", "data": each}], -1
        )
        yield _export(f"YouTube, odd {at}", {"kind": "youtube#commentThreadListResponse", "items": each}, -1)
        inner = {
            "kind": "youtube#x",
            "items": [{"snippet": each, "replies": each}, {"snippet": {"topLevelComment": each}}],
        }
        yield _export(f"YouTube, odd inside {at}", inner, -1)
        yield _export(
            f"YouTube, odd replies {at}", {"kind": "youtube#x", "items": [{"replies": {"comments": each}}]}, -1
        )
        yield _export(f"Hacker News, odd {at}", {"children": each, "created_at_i": each, "type": each}, -1)
        yield _export(
            f"Hacker News, odd hits {at}",
            {"hits": [{"objectID": each, "story_id": each, "comment_text": each}, each]},
            -1,
        )
        yield _export(
            f"Hacker News, odd pages {at}", [{"hits": [{"objectID": "1", "story_id": 1}]}, {"hits": each}], -1
        )
        odd_comment = {
            "body": each,
            "id": each,
            "ancestor_path": each,
            "children": each,
            "reactions": each,
            "name": each,
        }
        yield _export(f"Substack, odd {at}", {"comments": [odd_comment, each]}, -1)
        yield _export(
            f"WordPress, odd {at}",
            [{"author_name": each, "content": {"rendered": each}, "type": each, "post": each}],
            -1,
        )
        yield _export(
            f"WordPress, odd later {at}",
            [{"author_name": "a", "content": {}}, {"content": each, "author_name": each}],
            -1,
        )
        yield _export(
            f"youtube-comment-downloader, odd {at}",
            [{"cid": each, "text": each, "votes": each, "time_parsed": each}],
            -1,
        )
        yield _export(f"a list, odd answers {at}", [{"id": 1, "text": "war", "replies": each, "comments": each}], 1)
        yield _export(f"a list, odd beside {at}", [{"id": 1, "text": "war"}, each], -1)
        yield _export(f"under a key, odd {at}", {"comments": each, "text": "war"}, -1)
    many = sized(20_000)
    yield File("Reddit, a chain", ".json", lambda: _reddit_chain(150), 150)
    yield File("Reddit, a chain too deep", ".json", lambda: _reddit_chain(TOO_DEEP), says="nested too deep")
    yield File(
        "Substack, many",
        ".json",
        lambda: json.dumps(
            {
                "comments": [
                    {"id": n, "body": "war is bad", "ancestor_path": "", "name": f"N{n}", "reactions": {FIRE: 1}}
                    for n in range(many)
                ]
            }
        ).encode(),
        many,
        rows=many,
    )


def _reddit_chain(deep: int) -> bytes:
    """Answers in answers; written by hand, since no library writes so deep."""
    listing = '{"kind":"Listing","data":{"children":[%s]}}'
    opens = "".join(
        f'{{"kind":"t1","data":{{"id":"c{n}","body":"war is bad","replies":{{"kind":"Listing","data":{{"children":['
        for n in range(deep)
    )
    return f"[{listing % ''},{listing % (opens + ']}}}}' * deep)}]".encode()


def _xml(sized: Sized) -> Iterator[File]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    deep, many, wide = sized(100_000), sized(50_000), sized(20_000)
    item = "<item><title>T</title>{}</item>"
    comment = (
        "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_content>war is bad</wp:comment_content></wp:comment>"
    )
    rss = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}</channel></rss>'
    declares = "declares entities"
    yield File(
        "a billion laughs",
        ".xml",
        always(f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "lol">{laughs}]><rss>&a9;</rss>'),
        says=declares,
    )
    yield File(
        "one long entity, often",
        ".xml",
        lambda: f'<!DOCTYPE l [<!ENTITY a "{"a" * many}">]><rss>{"&a;" * many}</rss>'.encode(),
        says=declares,
    )
    yield File(
        "an entity that is a file",
        ".xml",
        always('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'),
        says=declares,
    )
    yield File(
        "an entity from elsewhere",
        ".xml",
        always('<!DOCTYPE r SYSTEM "https://other.example/x.dtd"><rss>&x;</rss>'),
        says="",
    )
    yield File(
        "a parameter entity",
        ".xml",
        always('<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><rss/>'),
        says=declares,
    )
    yield File("tags in tags", ".xml", lambda: b"<rss>" + b"<a>" * deep + b"</a>" * deep + b"</rss>", says="")
    yield File("tags left open", ".xml", lambda: b"<rss>" * deep, says="damaged XML")
    yield File("no export", ".xml", always("<feed/>"), says="no comment export")
    yield File("an export without comments", ".xml", always(rss.format("")), says="no comments")
    yield File(
        "control characters",
        ".xml",
        always(rss.format(item.format(comment.format("1\x01"))).replace("war", "w\0ar")),
        1,
    )
    yield File(
        "declared otherwise",
        ".xml",
        always('<?xml version="1.0" encoding="utf-16"?>' + rss.format(item.format(comment.format("1")))),
        1,
    )
    yield File(
        "an encoding of nobody", ".xml", always('<?xml version="1.0" encoding="bogus-1"?><rss/>'), says="no encoding"
    )
    yield File(
        "an encoding that is no text's",
        ".xml",
        always('<?xml version="1.0" encoding="rot13"?><rss/>'),
        says="encoding",
    )
    yield File(
        "an encoding of archives", ".xml", always('<?xml version="1.0" encoding="zlib"?><rss/>'), says="encoding"
    )
    yield File("an encoding of the machine", ".xml", always('<?xml version="1.0" encoding="idna"?><rss/>'), says="")
    yield File(
        "Disqus without numbers",
        ".xml",
        always(
            '<disqus xmlns="http://disqus.com"><thread/><post><message>war</message><parent/><thread/><author/></post></disqus>'
        ),
        1,
    )
    yield File(
        "WordPress, many",
        ".xml",
        lambda: rss.format(item.format("".join(map(comment.format, range(wide))))).encode(),
        wide,
        rows=wide,
    )
    yield File(
        "WordPress, many articles",
        ".xml",
        lambda: rss.format(
            "".join(f"<item><title>T{n}</title>{comment.format(n)}</item>" for n in range(wide))
        ).encode(),
        wide,
        rows=wide,
    )
    yield File(
        "many attributes",
        ".xml",
        lambda: ("<rss " + " ".join(f'a{n}="1"' for n in range(many)) + "/>").encode(),
        says="no comments",
    )
    yield File("an old web page", ".xml", always("<html><body><p>war</p></body></html>"), says="saved page")


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


def sheet(cells: str, before: str = "") -> bytes:
    """A workbook of one sheet, whose rows are XML."""
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
            '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/s.xml"/>'
            ),
            "xl/worksheets/s.xml": f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def _inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _sheets(sized: Sized) -> Iterator[File]:
    head = f'<row r="1">{_inline("A1", "text")}</row>'
    good = head + f'<row r="2">{_inline("A2", "war is bad")}</row>'
    many, bomb = sized(20_000), sized(250_000_000)
    laughs = '<!DOCTYPE l [<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xlsx = "could not be read as XLSX"
    yield File("a sheet", ".xlsx", lambda: sheet(good), 1)
    yield File("a sheet in disguise", ".csv", lambda: sheet(good), 1)
    yield File("a sheet cut short", ".xlsx", lambda: sheet(good)[:-30], says=xlsx)
    yield File("a sheet without its parts", ".xlsx", lambda: workbook({"x": "y"}), says=xlsx)
    yield File("an archive of nothing", ".xlsx", lambda: workbook({}), says="")
    yield File(
        "a path out of the archive", ".xlsx", lambda: workbook({"../../evil.csv": "id,text\n1,war\n"}), says=xlsx
    )
    yield File("a sheet that is no XML", ".xlsx", lambda: sheet(good).replace(b"x", b"y"), says="")
    yield File("a sheet left open", ".xlsx", lambda: sheet(good + "<row>"), says=xlsx)
    yield File("a sheet of entities", ".xlsx", lambda: sheet(head + "<row><c>&a9;</c></row>", laughs + "]>"), says="")
    yield File("a cell far away", ".xlsx", lambda: sheet(good + f'<row r="3">{_inline("XFD3", "x")}</row>'), 1)
    yield File(
        "a row far away",
        ".xlsx",
        lambda: sheet(good + f'<row r="1048576">{_inline("A1048576", "bad")}</row>'),
        2,
        rows=30_000,
    )
    yield File(
        "a row beyond all",
        ".xlsx",
        lambda: sheet(good + f'<row r="99999999999">{_inline("A99999999999", "bad")}</row>'),
        says="",
    )
    yield File(
        "rows of far cells",
        ".xlsx",
        lambda: sheet(good + "".join(f'<row r="{n}">{_inline(f"XFD{n}", "x")}</row>' for n in range(3, 3 + many))),
        -1,
        rows=60_000,
    )
    yield File(
        "cells of all kinds",
        ".xlsx",
        lambda: sheet(
            head
            + "".join(
                f'<row r="{n}"><c r="A{n}" t="{kind}"><v>{value}</v></c></row>'
                for n, (kind, value) in enumerate(
                    [
                        ("n", "1"),
                        ("n", "1e400"),
                        ("b", "1"),
                        ("e", "#REF!"),
                        ("s", "0"),
                        ("s", "-9"),
                        ("d", "2025-13-45"),
                        ("x", "war"),
                    ],
                    2,
                )
            )
        ),
        says="",
    )
    yield File("a sheet that unpacks to very much", ".xlsx", lambda: sheet(good + "<row>" + " " * bomb), says="")
    yield File(
        "many rows of a sheet",
        ".xlsx",
        lambda: sheet(
            head + "".join(f'<row r="{n}">{_inline(f"A{n}", "war is bad")}</row>' for n in range(2, many + 2))
        ),
        many,
        rows=4 * many,
    )


def _bytes() -> Iterator[File]:
    text = "id,text\n1,{}\n"
    good = text.format(CURLY.replace(",", ";").replace('"', "")[:90])
    refused = ("UTF-7", "utf-7"), ("Shift JIS", "shift_jis"), ("GB 18030", "gb18030"), ("KOI8-R", "koi8-r")
    yield File("UTF-16 without mark", ".csv", always(good.encode("utf-16-le")), says="encoding='utf-16-le'")
    yield File("UTF-32", ".csv", always(good.encode("utf-32")), 1)
    yield File("UTF-16 mark and nothing", ".csv", always(b"\xff\xfe"), says="empty")
    yield File("UTF-16 of an odd length", ".csv", always(good.encode("utf-16")[:-1]), says="does not fit")
    yield File(
        "half a pair in UTF-16",
        ".csv",
        always(b"\xff\xfe" + good.encode("utf-16-le") + b"\x00\xd8"),
        says="does not fit",
    )
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


def bomb(size: int, head: bytes = b"id,text\n1,", unit: bytes = b"war is " * 140_000) -> bytes:
    """A gzip archive of little size that unpacks to `size` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = itertools.repeat(unit, max(1, size // len(unit)))
    return b"".join([packer.compress(head), *map(packer.compress, parts), packer.flush()])


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
        "packed zeros",
        ".csv.gz",
        lambda: bomb(sized(1_000_000_000), unit=b"\0" * 1_000_000),
        says="",
        rows=sized(1_000_000),
    )


# ---- archives, as `measure_files` takes them


def archive_files(scale: float = 1.0) -> Iterator[File]:
    """Files of rows for `measure_files`; `texts` as before."""
    sized = sizes(scale)
    odd: list[Any] = [
        None,
        7,
        -1,
        1.5,
        1e300,
        10**30,
        True,
        "",
        "x",
        [],
        {},
        ["x"],
        {"x": 1},
        "\ud83d",
        "0001-01-01",
        "9" * 400,
    ]
    fields = ("text_id", "thread_id", "kind", "reply_to", "posted", "likes", "language")
    for field in fields:
        lines = (json.dumps({"text": "War is bad.", field: each}) for each in odd)
        yield File(f"odd {field}", ".jsonl", always("\n".join(lines)), len(odd))
    yield File("odd texts", ".jsonl", always("\n".join(json.dumps({"text": each}) for each in odd)), -1)
    yield File(
        "numbers that are none",
        ".jsonl",
        always('{"text":"a","likes":NaN}\n{"text":"a","likes":Infinity,"posted":-Infinity}\n'),
        2,
    )
    yield File("no rows", ".jsonl", always(""), 0)
    yield File("no columns", ".csv", always(""), 0)
    yield File("no column of texts", ".csv", always("a,b\n1,2\n"), 0)
    yield File("the same column often", ".csv", always("text,text\nwar,peace\n"), -1)
    yield File("a null character", ".csv", always("text\nw\0ar\n"), -1)
    yield File("bytes of no letters", ".csv", always(b"text\nwar \xff\n"), 0)
    yield File(
        "a quotation left open in an archive",
        ".csv",
        lambda: b'text\n"war is bad\n' * sized(10_000),
        -1,
        rows=sized(10_000),
    )
    yield File("lines in lists", ".jsonl", lambda: b"[" * sized(200_000) + b"\n", 0)
    yield File("UTF-16 lines", ".jsonl", always('{"text":"war"}\n'.encode("utf-16")), 0)
    yield File(
        "an archive cut short",
        ".jsonl.gz",
        always(gzip.compress(b'{"text":"war"}\n' * 99, mtime=0)[:-9]),
        says="damaged",
    )
    yield File("an archive of something else", ".jsonl.gz", always(b'{"text":"war"}\n'), says="damaged")
    yield File("no Zstandard", ".jsonl.zst", always(b'{"text":"war"}\n'), -1)
    yield File("no Parquet", ".parquet", always(b"PAR1 and nothing PAR1"), -1)
    yield File("an empty Parquet", ".parquet", always(b""), -1)
