"""Hostile files of comments and archives: tables, JSON, feeds, sheets, bytes that are not text, packed files."""

import gzip
import json
from collections.abc import Iterable, Iterator
from typing import Any

from helpers import adversarial_files as files
from helpers.adversarial import _MARKUP, CURLY, FIRE
from helpers.adversarial_files import FORMULAS, HEAD, TOO_DEEP, File, Sized, csv_of, row, rows_of, sheet, workbook

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
_CELLS: tuple[Any, ...] = ([], {}, [1], {"name": []}, {"name": "x"}, None, True, 1e300, -1)
_LAUGHS = '<!DOCTYPE l [<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def comment_files(scale: float = 1.0) -> Iterator[File]:
    """Every file of comments of the corpus."""
    for part in (_rows_as_csv, _broken_csv, _json, _xml, _sheets, _packed):
        yield from part(files.sizes(scale))


def _rows_as_csv(sized: Sized) -> Iterator[File]:
    def of(name: str, rows: list[dict[str, Any]], texts: int | None = None, head: Iterable[str] = HEAD) -> File:
        many = len(rows) if len(rows) > 999 else 0
        return File(name, ".csv", csv_of(rows, head), len(rows) if texts is None else texts, rows=many)

    deep, wide = sized(10_000), sized(100_000)
    chain = [str(n) for n in range(1, deep)]
    yield of("replies in a chain", rows_of(deep, parent_id=["", *chain]))
    yield of("one circle of all", rows_of(deep, parent_id=[str(deep), *chain]))
    yield of("replies to one", rows_of(wide, parent_id=["", *["1"] * (wide - 1)]))
    yield of("all of one id", rows_of(wide, id=["1"] * wide), 1)
    yield of("a name a word of which all share", rows_of(wide, author=[f"The {n} Bridge" for n in range(wide)]))
    alike = [*rows_of(deep, author=[f"bridge x{n}" for n in range(deep)]), row(0, text="bridge " * deep)]
    yield of("names that begin alike, and a text of that word", alike)
    mentions = csv_of(rows_of(2, author=["Jo", "Al"], text=["a", "@jo " * wide]))
    yield File("a comment of mentions", ".csv", mentions, 2, rows=wide)
    yield of("likes of all kinds", rows_of(len(_LIKES), likes=list(_LIKES)))
    yield of("dates of all kinds", rows_of(len(_DATES), created=list(_DATES)))
    yield of("formulas", rows_of(len(FORMULAS), text=list(FORMULAS), author=list(FORMULAS)))
    yield of("names of all kinds", rows_of(len(_NAMES), author=list(_NAMES)))
    yield of("ids of all kinds", rows_of(len(_IDS), id=list(_IDS)))
    yield of("placeholders", [*rows_of(len(_GONE), text=list(_GONE)), row(9)], 1)
    yield of("texts that look like missing ones", rows_of(4, text=["NA", "None", "null", "nan"]))
    yield of("markup", rows_of(len(_MARKUP), text=list(_MARKUP.values())), -1)
    yield of("columns of people", [row(1, email="a@example.org", ip="203.0.113.7")], None, (*HEAD, "email", "ip"))
    yield of("a zero-width space in the name of a column", [{"te\u200bxt": "war is bad"}], None, ("te\u200bxt",))
    yield File("only names of columns", ".csv", "id,text\n", says="no comments")
    yield File("no text column", ".csv", "id,other\n1,war\n", says="no column")
    yield File("two text columns", ".csv", "id,text,text\n1,war,peace\n", says="more than once")
    yield File("texts of spaces", ".csv", 'id,text\n1,"  "\n2,"\u00a0"\n', 0)


def _broken_csv(sized: Sized) -> Iterator[File]:
    table = csv_of(rows_of(3, text=['It said "war", then\nanother line', "b is bad", "c is bad"]))
    broad, long, many = sized(20_000), sized(1_250_000), sized(200_000)
    yield File("byte order mark", ".csv", "\ufeff" + table, 3)
    yield File("Windows-1252", ".csv", table.replace("bad", "b\u2019d caf\u00e9").encode("cp1252"), 3)
    yield File("semicolons", ".csv", csv_of(rows_of(3), delimiter=";"), 3)
    yield File("tabs", ".tsv", csv_of(rows_of(3), delimiter="\t"), 3)
    yield File("quotation mark out of balance", ".csv", table.replace('"It', "It", 1), 2)
    yield File("quotation left open", ".csv", table + '4,,u,2025,1,"never closed', says="row")
    yield File("rows of different lengths", ".csv", table + "4,,u\n5,,u,2025-12-02,1,war,more,more\n", 3)
    yield File("null characters", ".csv", table.replace("bad", "b\0ad"), 3)
    yield File("no names of columns", ".csv", table.split("\n", 1)[1], says="no column")
    yield File("an empty file", ".csv", b"", says="empty")
    yield File("only line ends", ".csv", "\n" * 999, says="empty")
    yield File("lines that end in CR", ".csv", csv_of(rows_of(3)).replace("\r\n", "\r"), 3)
    yield File("a name of a column of its own", ".csv", "__class__,text\nx,war is bad\n", 1)
    columns = ",".join(f"c{n}" for n in range(broad))
    yield File("many columns", ".csv", f"text,{columns}\n{'war,' * broad}1\n", 1)
    yield File("many columns of one name", ".csv", "text," * broad + "\n" + "war," * broad, says="more than once")
    yield File("a long cell", ".csv", 'id,text\n1,"' + "war is " * long + '"\n', 1, rows=long // 4)
    rows = "id,text\n" + "".join(f"{n},war is bad\n" for n in range(many))
    yield File("many rows", ".csv", rows, many, rows=many)
    yield File("many blank lines", ".csv", "id,text\n1,war is bad\n" + "\n" * 5 * many, 1, rows=many)
    yield File("a long first line", ".csv", b"text" + b"," * 4 * many, says="no comments")
    yield File("all rows open a quotation", ".csv", "id,text\n" + '1,"a\n' * many, says="row")
    good = "id,text\n1," + CURLY.replace(",", ";").replace('"', "")[:90]
    undecodable = "cannot be decoded"
    yield File("UTF-16 of an odd length", ".csv", good.encode("utf-16")[:-1], says=undecodable)
    yield File("half a pair in UTF-16", ".csv", b"\xff\xfe" + good.encode("utf-16-le") + b"\0\xd8", says=undecodable)
    yield File("EBCDIC", ".csv", good.encode("cp037", "replace"), says="")
    yield File("two encodings", ".csv", good.encode() + "\n2,caf\u00e9 it is\n".encode("cp1252"), -1)
    yield File("bytes too long for a letter", ".csv", b"id,text\n1,war \xc0\x80 \xc1\xbf \xf5\x80\x80\x80\n", -1)
    yield File("a letter cut off", ".csv", ("id,text\n1,war " + FIRE).encode()[:-2], -1)
    yield File("halves written as UTF-8", ".csv", "id,text\n1,fire \ud83d\udd25 is bad\n", -1)


def _json(sized: Sized) -> Iterator[File]:
    table = json.dumps(rows_of(3))
    deep, many, nested = sized(200_000), sized(600_000), min(sized(5_000), 400)
    lists = b'[{"id":"1","text":"war","replies":'
    yield File("cut short", ".json", table[:-20], says="neither JSON nor JSON lines")
    yield File("JSON with a byte order mark", ".json", "\ufeff" + table, 3)
    yield File("not a number", ".json", '[{"id":"1","text":"war","likes":NaN}]', 1)
    yield File("a key twice", ".json", '[{"id":"1","text":"peace","text":"war"}]', 1)
    yield File("lists in lists", ".json", b"[" * deep + b"]" * deep, says="")
    yield File("lists left open", ".json", b"[" * 100_000, says="nested too deep")
    yield File("objects left open", ".json", b'{"a":' * 100_000, says="nested too deep")
    yield File("a long number", ".json", b'[{"id":' + b"9" * sized(5_000) + b',"text":"war"}]', 1)
    yield File("ids with a point", ".json", '[{"id":9007199254740993.0,"text":"war"},{"id":1e400,"text":"x"}]', 2)
    yield File("half of a pair", ".json", '[{"id":"1","text":"war \\ud83d","author":"\\udd25"}]', 1)
    yield File("only a string", ".json", '"war"', says="no column")
    yield File("a list of numbers", ".json", "[1,2,3]", says="no comments")
    yield File("an object of lists", ".json", '{"id":["1","2"],"text":["war"]}', 0)
    yield File("an empty list", ".json", "[]", says="no comments")
    yield File("an empty object", ".json", "{}", says="no")
    yield File("replies deep inside", ".json", lists * nested + b"[]" + b"}]" * nested, 1)
    too_deep = lists * TOO_DEEP + b"[]" + b"}]" * TOO_DEEP
    yield File("replies deeper than can be read", ".json", too_deep, says="nested too deep")
    own = '[{"__proto__":{"x":1},"constructor":"x","__class__":{},"id":"1","text":"war"}]'
    yield File("names of Python's own", ".json", own, 1)
    odd = [None, 7, 1.5, True, ["war"], {"html": "<b>x</b>"}, {"rendered": "<b>war</b>"}, {}, [], "war"]
    yield File("texts that are none", ".json", json.dumps([{"id": n, "text": each} for n, each in enumerate(odd)]), 6)
    cells = [row(n, **dict.fromkeys("author created likes parent_id id".split(), c)) for n, c in enumerate(_CELLS)]
    yield File("cells that are lists and objects", ".json", json.dumps(cells), -1)
    tiny = ",".join(f'{{"id":"{n}","text":"war is bad"}}' for n in range(many))
    yield File("many tiny comments", ".json", f"[{tiny}]", many, rows=many)
    yield File("many objects without text", ".json", b"[" + b"{}," * many + b'{"text":"war"}]', 1, rows=many)
    keys = json.dumps([{f"k{n}": 1 for n in range(many // 4)} | {"text": "war"}])
    yield File("many keys", ".json", keys, 1, rows=many // 8)
    apart = json.dumps([{f"k{n}": 1, "text": "war"} for n in range(many // 4)])
    yield File("each with a key of its own", ".json", apart, many // 4, rows=many // 4)
    yield File("mixed lines", ".jsonl", '{"id":"1","text":"war"}\n\n{"id":"2"\n["x"]\n', says="neither")
    yield File("many bad lines", ".jsonl", b'{"text":"war"}\n' + b"{\n" * many, says="neither", rows=many)
    yield File("lines nested deep", ".jsonl", b'{"text":"war"}\n' + b"[" * deep + b"\n", 1)
    listing = {"kind": "Listing", "data": {"children": []}}
    yield File("Reddit, empty", ".json", json.dumps([listing, listing]), says="no comments")
    yield File("Reddit, a chain", ".json", _reddit_chain(150), 150)
    yield File("Reddit, a chain too deep", ".json", _reddit_chain(TOO_DEEP), says="nested too deep")


def _reddit_chain(deep: int) -> str:
    """Answers in answers; written by hand, since no library writes so deep."""
    listing = '{"kind":"Listing","data":{"children":[%s]}}'
    one = '{"kind":"t1","data":{"id":"c%d","body":"war is bad","replies":{"kind":"Listing","data":{"children":['
    opens = "".join(one % n for n in range(deep))
    return f"[{listing % ''},{listing % (opens + ']}}}}' * deep)}]"


def _xml(sized: Sized) -> Iterator[File]:
    deep, many, wide = sized(100_000), sized(50_000), sized(20_000)
    item = "<item><title>T</title>{}</item>"
    one = (
        "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_content>war is bad</wp:comment_content></wp:comment>"
    )
    rss = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}</channel></rss>'
    single = rss.format(item.format(one.format("1")))
    files = 'SYSTEM "file:///etc/passwd"'
    for name, content in {
        "a billion laughs": f'<?xml version="1.0"?>{_LAUGHS}]><rss>&a9;</rss>',
        "one long entity, often": f'<!DOCTYPE l [<!ENTITY a "{"a" * many}">]><rss>{"&a;" * many}</rss>',
        "an entity that is a file": f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x {files}>]><rss>&x;</rss>',
        "a parameter entity": f"<!DOCTYPE r [<!ENTITY % x {files}> %x;]><rss/>",
        "a long namespace": f"<r xmlns='{'u' * 1_001}'><a><text>war</text></a></r>",
        "an attribute for all": '<!DOCTYPE r [<!ATTLIST a b CDATA "x">]><r><a text="war"/></r>',
    }.items():
        yield File(name, ".xml", content, says="declares entities")
    elsewhere = '<!DOCTYPE r SYSTEM "https://other.example/x.dtd"><rss>&x;</rss>'
    yield File("an entity from elsewhere", ".xml", elsewhere, says="")
    yield File("tags in tags", ".xml", b"<rss>" + b"<a>" * deep + b"</a>" * deep + b"</rss>", says="")
    yield File("tags left open", ".xml", b"<rss>" * deep, says="damaged XML")
    yield File("no export", ".xml", "<feed/>", says="not a known comment export")
    yield File("an export without comments", ".xml", rss.format(""), says="no comments")
    yield File("control characters", ".xml", single.replace("<wp:comment_id>1", "<wp:comment_id>1\x01w\0"), 1)
    yield File("declared otherwise", ".xml", f'<?xml version="1.0" encoding="utf-16"?>{single}', 1)
    for name in ("bogus-1", "rot13", "zlib", "idna", "punycode", "unicode_escape"):
        yield File(f"an encoding {name}", ".xml", f'<?xml version="1.0" encoding="{name}"?><rss/>', says="no encoding")
    post = "<post><message>war</message><parent/><thread/><author/></post>"
    yield File("Disqus without numbers", ".xml", f'<disqus xmlns="http://disqus.com"><thread/>{post}</disqus>', 1)
    comments = "".join(map(one.format, range(wide)))
    yield File("WordPress, many", ".xml", rss.format(item.format(comments)), wide, rows=wide)
    items = "".join(f"<item><title>T{n}</title>{one.format(n)}</item>" for n in range(wide))
    yield File("WordPress, many articles", ".xml", rss.format(items), wide, rows=wide)
    attributes = " ".join(f'a{n}="1"' for n in range(many))
    yield File("many attributes", ".xml", f"<rss {attributes}/>", says="no comments")
    yield File("an old web page", ".xml", "<html><body><p>war</p></body></html>", says="saved page")


def _inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _sheets(sized: Sized) -> Iterator[File]:
    head = f'<row r="1">{_inline("A1", "text")}</row>'
    good = head + f'<row r="2">{_inline("A2", "war is bad")}</row>'
    many, spaces = sized(20_000), sized(250_000_000)
    xlsx = "is a damaged XLSX workbook"
    kinds = [("n", "1"), ("n", "1e400"), ("b", "1"), ("e", "#REF!"), ("s", "0"), ("s", "-9"), ("d", "2025-13-45")]
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="{kind}"><v>{v}</v></c></row>' for n, (kind, v) in enumerate(kinds, 2))
    yield File("a sheet", ".xlsx", sheet(good), 1)
    yield File("a sheet in disguise", ".csv", sheet(good), 1)
    yield File("a sheet cut short", ".xlsx", sheet(good)[:-30], says=xlsx)
    yield File("a sheet without its parts", ".xlsx", workbook({"x": "y"}), says="ZIP archive")
    yield File("an archive of nothing", ".xlsx", workbook({}), says="")
    yield File(
        "a path out of the archive", ".xlsx", workbook({"../../evil.csv": "id,text\n1,war\n"}), says="ZIP archive"
    )
    yield File("a sheet that is no XML", ".xlsx", sheet(good).replace(b"x", b"y"), says="")
    yield File("a sheet left open", ".xlsx", sheet(good + "<row>"), says=xlsx)
    yield File("a sheet of entities", ".xlsx", sheet(head + "<row><c>&a9;</c></row>", _LAUGHS + "]>"), says="")
    yield File("a cell far away", ".xlsx", sheet(good + f'<row r="3">{_inline("XFD3", "x")}</row>'), 1)
    last = f'<row r="1048576">{_inline("A1048576", "bad")}</row>'
    yield File("a row far away", ".xlsx", sheet(good + last), 2, rows=30_000)
    yield File("a row beyond all", ".xlsx", sheet(good + last.replace("1048576", "99999999999")), says="")
    far = "".join(f'<row r="{n}">{_inline(f"XFD{n}", "x")}</row>' for n in range(3, 3 + many))
    yield File("rows of far cells", ".xlsx", sheet(good + far), -1, rows=60_000)
    yield File("cells of all kinds", ".xlsx", sheet(head + cells), says="")
    yield File("a sheet that unpacks to very much", ".xlsx", lambda: sheet(good + "<row>" + " " * spaces), says="")
    rows = "".join(f'<row r="{n}">{_inline(f"A{n}", "war is bad")}</row>' for n in range(2, many + 2))
    yield File("many rows of a sheet", ".xlsx", sheet(head + rows), many, rows=4 * many)


def _packed(sized: Sized) -> Iterator[File]:
    whole = gzip.compress(b"id,text\n" + b"".join(b"%d,war is bad\n" % n for n in range(1000)), mtime=0)
    damaged, much = "damaged gzip", sized(1_000_000_000)
    yield File("packed, in two parts", ".csv.gz", whole + gzip.compress(b"1000,war\n", mtime=0), 1001, rows=1000)
    yield File("packed, cut short", ".csv.gz", whole[:-8], says=damaged)
    yield File("packed, cut shorter", ".csv.gz", whole[:13], says=damaged)
    yield File("packed, wrong sum", ".csv.gz", whole[:-8] + b"\0" * 8, says=damaged)
    yield File("packed, and something more", ".csv.gz", whole + b"garbage", says=damaged)
    yield File("packed twice", ".csv.gz", gzip.compress(whole, mtime=0), says="gzip archive")
    yield File("not packed", ".csv.gz", gzip.decompress(whole), 1000, rows=1000)
    yield File("packed, and much", ".csv.gz", lambda: files.bomb(much), -1, rows=much // 1000)
    yield File("packed zeros", ".csv.gz", lambda: files.bomb(much, unit=b"\0" * 1_000_000), says="", rows=much // 1000)


# ---- archives, as `measure_files` takes them


def archive_files() -> Iterator[File]:
    """Files of rows for `measure_files`; `texts` as before."""
    odd: list[Any] = [
        None, 7, -1, 1.5, 1e300, 10**30, True, "", "x", [], {}, ["x"], {"x": 1}, "\ud83d", "0001-01-01",
        "9" * 400,
    ]  # fmt: skip
    for field in ("text_id", "thread_id", "kind", "reply_to", "posted", "likes", "language"):
        lines = (json.dumps({"text": "War is bad.", field: each}) for each in odd)
        yield File(f"odd {field}", ".jsonl", "\n".join(lines), len(odd))
    infinite = '{"text":"a","likes":NaN}\n{"text":"a","likes":Infinity,"posted":-Infinity}\n'
    for name, ending, content, texts in (
        ("odd texts", ".jsonl", "\n".join(json.dumps({"text": each}) for each in odd), -1),
        ("numbers that are none", ".jsonl", infinite, 2),
        ("no rows", ".jsonl", "", 0),
        ("no columns", ".csv", "", 0),
        ("no column of texts", ".csv", "a,b\n1,2\n", 0),
        ("the same column often", ".csv", "text,text\nwar,peace\n", -1),
        ("a null character", ".csv", "text\nw\0ar\n", -1),
        ("bytes of no letters", ".csv", b"text\nwar \xff\n", 0),
        ("a quotation left open in an archive", ".csv", b'text\n"war is bad\n' * 100, -1),
        ("lines in lists", ".jsonl", b"[" * 200_000 + b"\n", 0),
        ("UTF-16 lines", ".jsonl", '{"text":"war"}\n'.encode("utf-16"), 0),
        ("no Zstandard", ".jsonl.zst", b'{"text":"war"}\n', -1),
        ("no Parquet", ".parquet", b"PAR1 and nothing PAR1", -1),
        ("an empty Parquet", ".parquet", b"", -1),
    ):
        yield File(name, ending, content, texts)
    whole = gzip.compress(b'{"text":"war"}\n' * 99, mtime=0)
    yield File("an archive cut short", ".jsonl.gz", whole[:-9], says="damaged")
    yield File("an archive of something else", ".jsonl.gz", b'{"text":"war"}\n', says="damaged")
