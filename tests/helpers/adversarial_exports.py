"""Nasty exports of comments: JSON of eleven kinds, feeds and sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from helpers.adversarial import FIRE
from helpers.adversarial_files import TOO_DEEP, File, Sized, always, row, rows_of, sheet, workbook

_CELLS: tuple[Any, ...] = ([], {}, [1], {"name": []}, {"name": "x"}, None, True, 1e300, -1)


def exports(sized: Sized) -> Iterator[File]:
    """All of them."""
    yield from _json(sized)
    yield from _exports(sized)
    yield from _xml(sized)
    yield from _sheets(sized)


def _json(sized: Sized) -> Iterator[File]:
    table = json.dumps(rows_of(3))
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
    yield File("a list of numbers", ".json", always("[1,2,3]"), says="not a known comment export")
    yield File("an object of lists", ".json", always('{"id":["1","2"],"text":["war"]}'), 0)
    yield File("an empty list", ".json", always("[]"), says="not a known comment export")
    yield File("an empty object", ".json", always("{}"), says="no")
    yield File(
        "replies inside", ".json", always('[{"id":"1","text":"a","replies":[{"id":"2","text":"b","replies":[]}]}]'), 2
    )
    yield File("replies deep inside", ".json", lambda: lists * nested + b"[]" + b"}]" * nested, 1)
    yield File(
        "replies deeper than can be read", ".json", lambda: lists * TOO_DEEP + b"[]" + b"}]" * TOO_DEEP,
        says="nested too deep",
    )  # fmt: skip
    yield File(
        "names of Python's own", ".json",
        always('[{"__proto__":{"x":1},"constructor":"x","__class__":{},"id":"1","text":"war"}]'), 1,
    )  # fmt: skip
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
        6,
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
        "many keys", ".json",
        lambda: json.dumps([{f"k{n}": 1 for n in range(many // 4)} | {"text": "war"}]).encode(), 1,
        rows=many // 8,
    )  # fmt: skip
    yield File(
        "each with a key of its own", ".json",
        lambda: json.dumps([{f"k{n}": 1, "text": "war"} for n in range(many // 4)]).encode(), many // 4,
        rows=many // 4,
    )  # fmt: skip
    yield File("mixed lines", ".jsonl", always('{"id":"1","text":"war"}\n\n{"id":"2"\n["x"]\n'), says="neither")
    yield File(
        "lines, one of them bad", ".jsonl", always('{"id":"1","text":"war"}\n{"id":"2","text":"b"}\n{"id":\n'), 2
    )
    yield File("many bad lines", ".jsonl", lambda: b'{"text":"war"}\n' + b"{\n" * many, says="neither", rows=many)
    yield File("lines nested deep", ".jsonl", lambda: b'{"text":"war"}\n' + b"[" * deep + b"\n", 1)


def _exports(sized: Sized) -> Iterator[File]:
    listing = {"kind": "Listing", "data": {"children": []}}
    yield File("Reddit, empty", ".json", always(json.dumps([listing, listing])), says="no comments")
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
        "an entity from elsewhere", ".xml",
        always('<!DOCTYPE r SYSTEM "https://other.example/x.dtd"><rss>&x;</rss>'), says="",
    )  # fmt: skip
    yield File(
        "a parameter entity", ".xml",
        always('<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><rss/>'), says=declares,
    )  # fmt: skip
    yield File("tags in tags", ".xml", lambda: b"<rss>" + b"<a>" * deep + b"</a>" * deep + b"</rss>", says="")
    yield File("tags left open", ".xml", lambda: b"<rss>" * deep, says="damaged XML")
    yield File("no export", ".xml", always("<feed/>"), says="not a known comment export")
    yield File("an export without comments", ".xml", always(rss.format("")), says="no comments")
    yield File(
        "control characters", ".xml",
        always(rss.format(item.format(comment.format("1\x01"))).replace("war", "w\0ar")), 1,
    )  # fmt: skip
    yield File(
        "declared otherwise", ".xml",
        always('<?xml version="1.0" encoding="utf-16"?>' + rss.format(item.format(comment.format("1")))), 1,
    )  # fmt: skip
    yield File(
        "an encoding of nobody", ".xml", always('<?xml version="1.0" encoding="bogus-1"?><rss/>'), says="no encoding"
    )
    yield File(
        "an encoding that is no text's", ".xml", always('<?xml version="1.0" encoding="rot13"?><rss/>'), says="encoding"
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
        "WordPress, many", ".xml",
        lambda: rss.format(item.format("".join(map(comment.format, range(wide))))).encode(), wide,
        rows=wide,
    )  # fmt: skip
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
        "many attributes", ".xml",
        lambda: ("<rss " + " ".join(f'a{n}="1"' for n in range(many)) + "/>").encode(), says="no comments",
    )  # fmt: skip
    yield File("an old web page", ".xml", always("<html><body><p>war</p></body></html>"), says="saved page")


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
        "a row far away", ".xlsx",
        lambda: sheet(good + f'<row r="1048576">{_inline("A1048576", "bad")}</row>'), 2, rows=30_000,
    )  # fmt: skip
    yield File(
        "a row beyond all", ".xlsx",
        lambda: sheet(good + f'<row r="99999999999">{_inline("A99999999999", "bad")}</row>'), says="",
    )  # fmt: skip
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
                        ("n", "1"), ("n", "1e400"), ("b", "1"), ("e", "#REF!"), ("s", "0"), ("s", "-9"),
                        ("d", "2025-13-45"), ("x", "war"),
                    ],
                    2,
                )
            )
        ),
        says="",
    )  # fmt: skip
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
