"""Hostile files of articles: web pages, plain text, pasted pages, documents; and notebooks with hostile outputs."""

import gzip
import html
import itertools
import json
from collections.abc import Iterator
from typing import Any

from helpers import adversarial_files as files
from helpers.adversarial import _MARKUP, BASE, FIRE
from helpers.adversarial_files import HEAD, OFFICE, PLANTED, RELATIONS, File, Sized, bomb, row, sheet

# ---- articles


def article_files(scale: float = 1.0) -> Iterator[File]:
    """Every file of an article of the corpus; `texts` is 1 where it is read, -1 where it may be read or refused."""
    sized = files.sizes(scale)
    yield from _pages(sized)
    yield from _plain_articles(sized)
    yield from _documents(sized)


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=en><head><title>T</title>{head}</head><body>{body}</body></html>"


def _pages(sized: Sized) -> Iterator[File]:
    prose = "".join(f"<p>{part}.</p>" for part in BASE.split(". "))
    article = f"<article><h1>The bridge</h1>{prose}</article>"
    many, deep = sized(60_000), sized(100_000)

    def of(name: str, body: str, texts: int = 1, head: str = "", rows: int = 0) -> File:
        return File(name, ".html", _page(body, head), texts, rows=rows)

    yield of("a page", article)
    yield File("a page of nothing", ".html", _page(""), says="no article")
    yield File("a page that begins and ends", ".html", "<html>", says="")
    yield File("only an opening sign", ".html", "<", -1)
    yield File("a page cut short", ".html", _page(article)[:-60], 1)
    yield of("a page of markup", "<article>" + "".join(map("<p>{}</p>".format, _MARKUP.values())) + prose, -1)
    yield of("a page of markup in its head", article, -1, "".join(_MARKUP.values()))
    for name, markup in itertools.islice(_MARKUP.items(), 0, None, 3):
        yield of(f"a page, {name}", f"<article><h1>{markup}</h1><p>{markup}</p>{prose}</article>", -1)
    for charset in ("utf-8", "bogus", "gzip"):
        page = _page(article.replace("'", "\u2019") + "caf\u00e9", f"<meta charset={charset}>")
        yield File(f"a page in Windows-1252 that says {charset}", ".html", page.encode("cp1252"), 1)
    page, says = _page("<div>" * deep + prose), "2,000 deep" if deep > 2000 else ""
    yield File("tags in tags of a page", ".html", page, None if says else 1, says)
    page, says = _page(f"<p {' '.join(f'a{n}=1' for n in range(many))}>{article}"), "attributes" if many > 600 else ""
    yield File("many attributes of a tag", ".html", page, None if says else -1, says)
    yield of("emphasis in emphasis", "<article>" + prose + "<b><i>" * deep, -1)
    yield of("tags that close nothing", article + "</p></div>" * deep)
    yield of("tables in tables", article + "<table><tr><td>" * min(deep, 600), -1)
    yield of("a tag left open", article + "<a " + "x " * many, -1)
    yield of("an attribute left open", article + '<a href="' + "x " * many, -1)
    yield of("a comment left open in a page", article + "<!--" * many)
    yield of("scripts left open", article + "<script>" * many)
    yield of("character data left open in a page", article + "<![CDATA[" * many)
    yield of("many paragraphs", "<article>" + "<p>war is bad</p>" * many, rows=many)
    yield of("many lines in a paragraph", "<article><p>" + "war<br>" * many, rows=many)
    yield of("many links in a paragraph", "<article><p>" + "<a href=x>war</a> " * many, rows=many)
    yield of("many articles", f"<article>{prose}</article>" * (many // 60), rows=many)
    yield of("articles in articles", "<article><p>war is bad</p>" * min(many, 1500))
    yield of("mains in mains", "<main><p>war is bad</p>" * min(many, 1500))
    yield of("many headings", "<article>" + "<h2>war</h2>" * many, rows=many)
    yield of("many cells", "<article><table><tr>" + "<td>war" * many, rows=many)
    yield of("many pictures", article + f'<img alt="{FIRE}" src=x>' * many, rows=many)
    text = '<p class="author">Writer</p><div class="comment-content"><p>war</p></div>'
    comments = [f'<li class="comment" id="comment-{n}">{text}' for n in range(many // 4)]
    listed = f"{article}<ol class=commentlist>"
    yield of("many comments in a page", listed + "".join(f"{each}</li>" for each in comments), rows=many)
    yield of("comments in comments", listed + "".join(comments[:400]))
    day = "<div><b>Ann</b><i>May 1, 2024</i><p>war</p>"
    yield of("comments without names", f"{article}<div id=comments>{f'{day}</div><time>x</time>' * (many // 4)}", -1)
    yield of("comments without names in each other", f"{article * 9}<div id=comments>{day * min(many, 400)}", -1)
    frame = f"<iframe srcdoc='{html.escape(listed + comments[0])}'></iframe>"
    yield of("frames", article + frame * min(many, 60))
    hiding = "".join(f".a{n} .b{n},.b{n}>.a{n}{{display:none}}" for n in range(300))
    names = " ".join(f"a{n} b{n}" for n in range(20))
    yield of("names that a sheet hides", article + f"<b class='{names}'>war</b>" * many, -1, f"<style>{hiding}</style>")
    script = '<script type="application/ld+json">{}</script>'.format
    yield of("data in a page, deep", article, head=script("[" * deep))
    odd: list[Any] = [None, 7, [], {}, "x", [None], {"name": {"name": []}}, [[["x"]]]]
    fields = "headline author datePublished text comment parentItem identifier upvoteCount dateCreated".split()
    for at, each in enumerate(odd):
        data: dict[str, Any] = {"@type": "Comment", **dict.fromkeys(fields, each)}
        yield of(f"data in a page, odd {at}", article, head=script(json.dumps([data, data | {"@type": each}, each])))
    yield of("a page of ten million letters", "<p>" + "a" * sized(9_900_000), -1)
    yield File("a page of zeros", ".html", _page("\0" * 999 + article), says="")


def _plain_articles(sized: Sized) -> Iterator[File]:
    many = sized(60_000)
    yield File("an article", ".md", "# The bridge\n\n" + BASE, 1)
    for at, (name, markup) in enumerate(_MARKUP.items()):
        if at % 3:  # the others are in web pages
            ending, mark = ((".md", "# "), (".txt", ""))[at % 3 - 1]
            yield File(f"an article, {name}", ending, f"{mark}{markup}\n\n{markup}\n\n{BASE}", -1)
    yield File("an article of nothing", ".md", "", says="empty")
    yield File("an article of blanks", ".md", " \n\t\n", says="empty")
    yield File("an article of a title", ".md", "# The bridge\n", -1)
    yield File("an article of marks", ".md", "#\n>\n-\n<!-- promo -->\n<!-- voice: -->\n", -1)
    yield File("front matter left open", ".md", "---\n" + "a: b\n" * many, -1, rows=many)
    yield File("front matter of marks", ".md", "---\ntitle: [\nauthor: {{\ndate: 99\n---\n" + BASE, -1)
    yield File("many lines", ".txt", "War is bad.\n" * many, 1, rows=many)
    says = "100,000" if 4 * many >= 100_000 else ""
    yield File("more lines than an article has", ".txt", "War\n" * (4 * many), None if says else 1, says, rows=many)
    yield File("many lines of Markdown", ".md", "- [a](b) *c* `d`\n" * many, 1, rows=many)
    yield File("a line of an article, long", ".txt", "# T\n" + "war is bad. " * (12 * many), 1, rows=12 * many)
    yield File("brackets", ".md", "# T\n" + "[" * many + "](" * many, -1)
    yield File("quote marks", ".md", "# T\n\n" + "> " * many + "war", -1)
    pasted = f"The bridge\n\n{BASE.replace('. ', '.' + chr(10) * 2)}\n\nComments\n\n"
    pasted += "".join(f"Writer {n}\nDec 2\nThe bridge is bad.\nLike (3)\nReply\n" for n in range(min(many, 4_000)))
    yield File("rows of comments that are pasted", ".txt", pasted, -1, rows=many)
    yield File("an article beyond the bound", ".txt", "word " * 2_000_001, -1)
    yield File("an article packed", ".md.gz", gzip.compress(("# T\n\n" + BASE).encode(), mtime=0), 1)
    much = sized(1_000_000_000)
    packed = File("an article that unpacks to very much", ".md.gz", lambda: bomb(much, b"# T\n"), -1)
    yield packed._replace(rows=sized(300_000))
    yield File("a picture for an article", ".md", b"\x89PNG\r\n\x1a\n" + b"\0" * 512, says="a picture")
    yield File("a table for an article", ".csv", "id,text\n1,war\n", -1)
    yield File("bytes for an article", ".txt", bytes((n * 131 + n // 7) % 256 for n in range(4096)), says="")


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _document(body: str, before: str = "", relations: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": files.TYPES.format(part="word/document.xml", kind="wordprocessingml.document", more=""),
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": RELATIONS.format(relations),
    }
    return files.workbook(parts)


_PDF = (
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/MediaBox[0 0 9 9]>>endobj\n"
    "4 0 obj<</Length {length}>>stream\n{stream}\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times>>endobj\n"
    "trailer<</Root 1 0 R{more}>>\n%%EOF\n"
)


def _pdf(
    stream: str = "BT /F 9 Tf (The bridge is bad and we want a new one.) Tj ET",
    kids: str = "3 0 R",
    count: int = 1,
    more: str = "",
) -> str:
    return _PDF.format(stream=stream, length=len(stream), kids=kids, count=count, more=more)


def _documents(sized: Sized) -> Iterator[File]:
    text = "<w:p><w:r><w:t>The bridge is bad and we want a new one.</w:t></w:r></w:p>"
    many, deep, spaces = sized(8_000), sized(100_000), sized(250_000_000)
    link = f'<Relationship Id="r9" Type="{OFFICE}/{{}}"/>'
    outside = link.format('image" Target="https://pixel.example/p.gif" TargetMode="External')
    upwards = link.format('styles" Target="../../../../etc/passwd')
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    entity = "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
    yield File("a document", ".docx", _document(text * 3), -1)
    yield File("a document cut short", ".docx", _document(text)[:-30], says="damaged Word document")
    yield File("a document without text", ".docx", _document(""), says="")
    yield File("a document left open", ".docx", _document("<w:p>"), says="damaged Word document")
    declared = f'<!DOCTYPE l [<!ENTITY a0 "lol">{laughs}]>'
    yield File("a document of entities", ".docx", _document(entity.replace("&x", "&a9"), declared), says="")
    declared = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    yield File("a document with a file in it", ".docx", _document(entity, declared), says="")
    repeated = _document(text + f"<w:p xmlns:q = '{'u' * 1_000}'><q:a/></w:p>")
    yield File("a document of a long namespace", ".docx", repeated, says="damaged Word document")
    yield File("a document with a picture from elsewhere", ".docx", _document(text * 3, relations=outside), -1)
    yield File("a document that reaches upwards", ".docx", _document(text * 3, relations=upwards), -1)
    yield File("a document that is a sheet", ".docx", sheet(""), says="not a Word document")
    yield File("a document of many paragraphs", ".docx", _document(text * many), -1, rows=20 * many)
    cell = f"<w:tc>{text}</w:tc>"
    for name, rows in {
        "many rows": f"<w:tr>{cell}</w:tr>" * (many // 8),
        "one very wide row": f"<w:tr>{cell * (many // 8)}</w:tr>",
    }.items():
        yield File(f"a document of {name}", ".docx", _document(f"<w:tbl>{rows}</w:tbl>"), -1, rows=20 * many)
    nested = "<w:tbl><w:tr><w:tc>" * min(deep, 80) + text + "<w:p/></w:tc></w:tr></w:tbl>" * min(deep, 80)
    yield File("tables in tables of a document", ".docx", _document(nested), -1)
    yield File("tags in tags of a document", ".docx", _document("<w:p>" * deep + "</w:p>" * deep), says="")
    packed = File("a document that unpacks to very much", ".docx", lambda: _document(text + " " * spaces), -1)
    yield packed._replace(rows=20_000)
    yield File("an old document", ".docx", b"\xd0\xcf\x11\xe0" + b"\0" * 512, says="")
    yield File("a PDF", ".pdf", _pdf(), -1)
    yield File("a PDF of its head", ".pdf", "%PDF-1.4\n", says="damaged PDF")
    yield File("a PDF cut short", ".pdf", _pdf()[:300], says="")
    yield File("a PDF of a page that holds itself", ".pdf", _pdf(kids="2 0 R"), says="")
    locked = "/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P 1>>"
    yield File("a PDF with a password", ".pdf", _pdf(more=locked), says="")
    pages, words = sized(3_000), sized(20_000)
    yield File("a PDF of one page, often", ".pdf", _pdf(kids="3 0 R " * pages, count=pages), -1, rows=40 * pages)
    yield File("a PDF of pages that are not there", ".pdf", _pdf(count=10**9), -1)
    yield File("a PDF of brackets", ".pdf", _pdf("BT " + "[" * words), says="")
    shown = "BT /F 9 Tf " + "(The bridge is bad.) Tj T* " * words
    yield File("a PDF of many words", ".pdf", _pdf(shown), -1, rows=8 * words)
    yield File("a text that calls itself a PDF", ".pdf", BASE, says="not a PDF")


# ---- notebooks

_HOSTILE = "<img src=x onerror=\"window.__pwned='{0}'\"><script>window.__pwned='{0}'</script>"


def notebooks(scale: float = 1.0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Notebooks with outputs that were stored by somebody else, by name."""
    many = files.sizes(scale)(20_000_000)
    elsewhere = "https://pixel.example/p.gif"
    vectors = "<svg xmlns='http://www.w3.org/2000/svg' onload=\"window.__pwned='svg'\"/>"
    outputs: dict[str, Any] = {
        "a script": {"text/html": _HOSTILE.format("html")},
        "a script left open": {"text/html": "<script>window.__pwned='open'"},
        "scripts left open": {"text/html": "<script>" * (many // 100)},
        "JavaScript": {"application/javascript": "window.__pwned='js'"},
        "a picture of vectors": {"image/svg+xml": vectors},
        "Markdown": {"text/markdown": f"[x](javascript:alert(1)) {_HOSTILE.format('md')} ![x]({elsewhere})"},
        "LaTeX": {"text/latex": "$\\href{javascript:alert(1)}{x}$"},
        "half a pair": {"text/plain": "war \ud83d"},
        "very much": {"text/plain": "x" * many},
        "a picture from elsewhere": {"text/html": f'<img src="{elsewhere}"><iframe src="https://other.example">'},
    }

    def notebook(own: str, kind: str, source: str, **more: Any) -> dict[str, Any]:
        cell = {"cell_type": kind, "id": own, "metadata": {}, "source": source, **more}
        return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}

    for name, data in outputs.items():
        shown = {"output_type": "display_data", "metadata": {}, "data": data}
        yield name, notebook("a1", "code", "1 + 1", execution_count=1, outputs=[shown])
    yield "words", notebook("a2", "markdown", f"# T\n\n{_HOSTILE.format('cell')} cost $5 and $10")


def planted_comments() -> str:
    """A table of comments by and about invented people, in all places where a name can occur."""
    name, handle, mail, phone, address, link, other, other_handle = PLANTED
    texts = (
        f"I am {name} and I think that the bridge is bad.",
        f"@{handle} is right: it cost $5 yesterday and $10 today.",
        f"Write to {mail} or call {phone}, the bridge is a scandal.",
        f"{other} said that the bridge is good. My address is {address}.",
        f"See {link} for what I think of this bridge and of the town.",
        f"As {name.upper()} wrote, and {other.lower()} too, we love this town.",
    )
    rows = [
        row(n, text=text, author=(name, other)[n % 2], handle=(handle, other_handle)[n % 2], email=mail, ip=address)
        for n, text in enumerate(texts * 2, 1)
    ]
    rows += [row(100 + n, text=markup, author=other) for n, markup in enumerate(_MARKUP.values())]
    return files.csv_of(rows, (*HEAD, "handle", "email", "ip"))
