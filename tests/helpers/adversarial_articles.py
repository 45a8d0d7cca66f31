"""Nasty files of articles: web pages, plain text, pasted pages, documents; and notebooks with hostile outputs."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator
from typing import Any

from helpers.adversarial import _MARKUP, BASE, FIRE
from helpers.adversarial_files import (
    HEAD,
    OFFICE,
    PLANTED,
    RELATIONS,
    TYPES,
    File,
    Sized,
    always,
    bomb,
    csv_of,
    row,
    sheet,
    sizes,
    workbook,
)

# ---- articles


def article_files(scale: float = 1.0) -> Iterator[File]:
    """Every file of an article of the corpus; `texts` is 1 where it is read, -1 where it may be read or refused."""
    sized = sizes(scale)
    yield from _pages(sized)
    yield from _plain_articles(sized)
    yield from _documents(sized)


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=en><head><title>T</title>{head}</head><body>{body}</body></html>"


def _pages(sized: Sized) -> Iterator[File]:
    prose = "".join(f"<p>{part}.</p>" for part in BASE.split(". "))
    article = f"<article><h1>The bridge</h1>{prose}</article>"
    many, deep = sized(60_000), sized(100_000)
    comment = (
        '<li class="comment" id="comment-{n}"><p class="author">Writer {n}</p>'
        '<div class="comment-content"><p>war</p></div>'
    )
    yield File("a page", ".html", always(_page(article)), 1)
    yield File("a page of nothing", ".html", always(_page("")), says="no article")
    yield File("a page that begins and ends", ".html", always("<html>"), says="")
    yield File("only an opening sign", ".html", always("<"), -1)
    yield File("a page cut short", ".html", always(_page(article)[:-60]), 1)
    yield File(
        "a page of markup", ".html",
        always(_page("<article>" + "".join(map("<p>{}</p>".format, _MARKUP.values())) + prose)), -1,
    )  # fmt: skip
    yield File("a page of markup in its head", ".html", always(_page(article, "".join(_MARKUP.values()))), -1)
    for name, markup in itertools.islice(_MARKUP.items(), 0, None, 3):
        body = f"<article><h1>{markup}</h1><p>{markup}</p>{prose}</article>"
        yield File(f"a page, {name}", ".html", always(_page(body)), -1)
    yield File(
        "a page of another charset", ".html",
        always(_page(article.replace("'", "\u2019"), '<meta charset="utf-8">').encode("cp1252")), 1,
    )  # fmt: skip
    yield File(
        "a page in an encoding of nobody", ".html",
        always(_page("caf\u00e9" + article, "<meta charset=bogus>").encode("cp1252")), 1,
    )  # fmt: skip
    yield File(
        "a page in an encoding of archives", ".html",
        always(_page("caf\u00e9" + article, "<meta charset=gzip>").encode("cp1252")), 1,
    )  # fmt: skip
    yield File(
        "tags in tags of a page", ".html", lambda: _page("<div>" * deep + prose).encode(),
        says="2,000 deep" if deep > 2000 else "", texts=None if deep > 2000 else 1,
    )  # fmt: skip
    yield File("emphasis in emphasis", ".html", lambda: _page("<article>" + prose + "<b><i>" * deep).encode(), -1)
    yield File("tags that close nothing", ".html", lambda: _page(article + "</p></div>" * deep).encode(), 1)
    yield File("tables in tables", ".html", lambda: _page(article + "<table><tr><td>" * min(deep, 600)).encode(), -1)
    yield File(
        "many attributes of a tag", ".html",
        lambda: _page("<p " + " ".join(f"a{n}=1" for n in range(many)) + f">{article}").encode(),
        says="attributes" if many > 600 else "", texts=None if many > 600 else -1,
    )  # fmt: skip
    yield File("a tag left open", ".html", lambda: _page(article + "<a " + "x " * many).encode(), -1)
    yield File("an attribute left open", ".html", lambda: _page(article + '<a href="' + "x " * many).encode(), -1)
    yield File("a comment left open in a page", ".html", lambda: _page(article + "<!--" * many).encode(), 1)
    yield File("scripts left open", ".html", lambda: _page(article + "<script>" * many).encode(), 1)
    yield File("character data left open in a page", ".html", lambda: _page(article + "<![CDATA[" * many).encode(), 1)
    yield File(
        "many paragraphs", ".html", lambda: _page("<article>" + "<p>war is bad</p>" * many).encode(), 1, rows=many
    )
    yield File(
        "many lines in a paragraph", ".html", lambda: _page("<article><p>" + "war<br>" * many).encode(), 1, rows=many
    )
    yield File(
        "many links in a paragraph", ".html",
        lambda: _page("<article><p>" + "<a href=x>war</a> " * many).encode(), 1, rows=many,
    )  # fmt: skip
    yield File(
        "many articles", ".html", lambda: _page(f"<article>{prose}</article>" * (many // 60)).encode(), 1, rows=many
    )
    yield File(
        "articles in articles", ".html", lambda: _page("<article><p>war is bad</p>" * min(many, 1500)).encode(), 1
    )
    yield File("mains in mains", ".html", lambda: _page("<main><p>war is bad</p>" * min(many, 1500)).encode(), 1)
    yield File("many headings", ".html", lambda: _page("<article>" + "<h2>war</h2>" * many).encode(), 1, rows=many)
    yield File("many cells", ".html", lambda: _page("<article><table><tr>" + "<td>war" * many).encode(), 1, rows=many)
    yield File(
        "many pictures", ".html", lambda: _page(article + f'<img alt="{FIRE}" src=x>' * many).encode(), 1, rows=many
    )
    yield File(
        "many comments in a page",
        ".html",
        lambda: _page(
            article + "<ol class=commentlist>" + "".join(comment.format(n=n) + "</li>" for n in range(many // 4))
        ).encode(),
        1,
        rows=many,
    )
    yield File(
        "comments in comments",
        ".html",
        lambda: _page(
            article + "<ol class=commentlist>" + "".join(comment.format(n=n) for n in range(min(many, 400)))
        ).encode(),
        1,
    )
    yield File(
        "data in a page, deep",
        ".html",
        lambda: _page(article, '<script type="application/ld+json">' + "[" * deep + "</script>").encode(),
        1,
    )
    odd: list[Any] = [None, 7, [], {}, "x", [None], {"name": {"name": []}}, [[["x"]]]]
    for at, each in enumerate(odd):
        told = {
            "@type": "Comment", "headline": each, "author": each, "datePublished": each, "text": each, "comment": each,
            "parentItem": each, "identifier": each, "upvoteCount": each, "dateCreated": each,
        }  # fmt: skip
        yield File(
            f"data in a page, odd {at}",
            ".html",
            always(
                _page(
                    article,
                    f'<script type="application/ld+json">{json.dumps([told, told | {"@type": each}, each])}</script>',
                )
            ),
            1,
        )
    yield File("a page of ten million letters", ".html", lambda: _page("<p>" + "a" * sized(9_900_000)).encode(), -1)
    yield File("a page of zeros", ".html", always(_page("\0" * 999 + article)), says="")


def _plain_articles(sized: Sized) -> Iterator[File]:
    many = sized(60_000)
    yield File("an article", ".md", always("# The bridge\n\n" + BASE), 1)
    for at, (name, markup) in enumerate(_MARKUP.items()):
        if at % 3:  # the others are in web pages
            ending, mark = ((".md", "# "), (".txt", ""))[at % 3 - 1]
            yield File(f"an article, {name}", ending, always(f"{mark}{markup}\n\n{markup}\n\n{BASE}"), -1)
    yield File("an article of nothing", ".md", always(""), says="empty")
    yield File("an article of blanks", ".md", always(" \n\t\n"), says="empty")
    yield File("an article of a title", ".md", always("# The bridge\n"), -1)
    yield File("an article of marks", ".md", always("#\n>\n-\n<!-- promo -->\n<!-- voice: -->\n"), -1)
    yield File("front matter left open", ".md", lambda: ("---\n" + "a: b\n" * many).encode(), -1, rows=many)
    yield File("front matter of marks", ".md", always("---\ntitle: [\nauthor: {{\ndate: 99\n---\n" + BASE), -1)
    yield File("many lines", ".txt", lambda: b"War is bad.\n" * many, 1, rows=many)
    yield File(
        "more lines than an article has", ".txt", lambda: b"War\n" * (4 * many),
        says="200,000" if 4 * many > 200_000 else "", texts=None if 4 * many > 200_000 else 1, rows=many,
    )  # fmt: skip
    yield File("many lines of Markdown", ".md", lambda: b"- [a](b) *c* `d`\n" * many, 1, rows=many)
    yield File(
        "a line of an article, long", ".txt", lambda: b"# T\n" + b"war is bad. " * (12 * many), 1, rows=12 * many
    )
    yield File("brackets", ".md", lambda: b"# T\n" + b"[" * many + b"](" * many, -1)
    yield File("quote marks", ".md", lambda: b"# T\n\n" + b"> " * many + b"war", -1)
    yield File("rows of comments that are pasted", ".txt", lambda: _pasted(min(many, 4_000)).encode(), -1, rows=many)
    yield File(
        "an article beyond the bound", ".txt", lambda: b"word " * (sized(2_000_001) if sized(10) < 9 else 2_000_001), -1
    )
    yield File("an article packed", ".md.gz", always(gzip.compress(("# T\n\n" + BASE).encode(), mtime=0)), 1)
    yield File(
        "an article that unpacks to very much", ".md.gz", lambda: bomb(sized(1_000_000_000), b"# T\n"), -1,
        rows=sized(300_000),
    )  # fmt: skip
    yield File("a picture for an article", ".md", always(b"\x89PNG\r\n\x1a\n" + b"\0" * 512), says="a picture")
    yield File("a table for an article", ".csv", always("id,text\n1,war\n"), -1)
    yield File("bytes for an article", ".txt", always(bytes((n * 131 + n // 7) % 256 for n in range(4096))), says="")


def _pasted(many: int) -> str:
    return (
        "The bridge\n\n"
        + BASE.replace(". ", ".\n\n")
        + "\n\nComments\n\n"
        + "".join(f"Writer {n}\nDec 2\nThe bridge is bad.\nLike (3)\nReply\nShare\n" for n in range(many))
    )


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _document(body: str, before: str = "", relations: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.format(part="word/document.xml", kind="wordprocessingml.document", more=""),
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": RELATIONS.format(relations),
    }
    return workbook(parts)


def _documents(sized: Sized) -> Iterator[File]:
    text = "<w:p><w:r><w:t>The bridge is bad and we want a new one.</w:t></w:r></w:p>"
    many, deep = sized(8_000), sized(100_000)
    outside = (
        f'<Relationship Id="r9" Type="{OFFICE}/image" Target="https://pixel.example/p.gif" TargetMode="External"/>'
    )
    upwards = f'<Relationship Id="r9" Type="{OFFICE}/styles" Target="../../../../etc/passwd"/>'
    laughs = (
        '<!DOCTYPE l [<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + "]>"
    )
    damaged = "damaged Word document"
    yield File("a document", ".docx", lambda: _document(text * 3), -1)
    yield File("a document cut short", ".docx", lambda: _document(text)[:-30], says="not a Word document")
    yield File("a document without text", ".docx", lambda: _document(""), says="")
    yield File("a document left open", ".docx", lambda: _document("<w:p>"), says=damaged)
    yield File(
        "a document of entities", ".docx", lambda: _document("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", laughs), says=""
    )
    yield File(
        "a document with a file in it",
        ".docx",
        lambda: _document(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        ),
        says="",
    )
    yield File("a document with a picture from elsewhere", ".docx", lambda: _document(text * 3, relations=outside), -1)
    yield File("a document that reaches upwards", ".docx", lambda: _document(text * 3, relations=upwards), -1)
    yield File("a document that is a sheet", ".docx", lambda: sheet(""), says="not a Word document")
    yield File("a document of many paragraphs", ".docx", lambda: _document(text * many), -1, rows=20 * many)
    yield File(
        "a document of many rows", ".docx",
        lambda: _document("<w:tbl>" + f"<w:tr><w:tc>{text}</w:tc></w:tr>" * (many // 8) + "</w:tbl>"), -1,
        rows=20 * many,
    )  # fmt: skip
    yield File(
        "a document of one very wide row", ".docx",
        lambda: _document("<w:tbl><w:tr>" + f"<w:tc>{text}</w:tc>" * (many // 8) + "</w:tr></w:tbl>"), -1,
        rows=20 * many,
    )  # fmt: skip
    yield File(
        "tables in tables of a document",
        ".docx",
        lambda: _document(
            "<w:tbl><w:tr><w:tc>" * min(deep, 80) + text + "<w:p/></w:tc></w:tr></w:tbl>" * min(deep, 80)
        ),
        -1,
    )
    yield File("tags in tags of a document", ".docx", lambda: _document("<w:p>" * deep + "</w:p>" * deep), says="")
    yield File(
        "a document that unpacks to very much", ".docx", lambda: _document(text + " " * sized(250_000_000)),
        -1, rows=20_000,
    )  # fmt: skip
    yield File("an old document", ".docx", always(b"\xd0\xcf\x11\xe0" + b"\0" * 512), says="")
    page = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/MediaBox[0 0 9 9]>>endobj\n"
        "4 0 obj<</Length {length}>>stream\n{stream}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times>>endobj\n"
        "trailer<</Root 1 0 R{more}>>\n%%EOF\n"
    )

    def pdf(
        stream: str = "BT /F 9 Tf (The bridge is bad and we want a new one.) Tj ET",
        kids: str = "3 0 R",
        count: int = 1,
        more: str = "",
    ) -> bytes:
        return page.format(stream=stream, length=len(stream), kids=kids, count=count, more=more).encode()

    yield File("a PDF", ".pdf", lambda: pdf(), -1)
    yield File("a PDF of its head", ".pdf", always("%PDF-1.4\n"), says="damaged PDF")
    yield File("a PDF cut short", ".pdf", lambda: pdf()[:300], says="")
    yield File("a PDF of a page that holds itself", ".pdf", lambda: pdf(kids="2 0 R"), says="")
    yield File(
        "a PDF with a password", ".pdf", lambda: pdf(more="/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P 1>>"), says=""
    )
    yield File(
        "a PDF of one page, often", ".pdf", lambda: pdf(kids="3 0 R " * sized(3_000), count=sized(3_000)),
        -1, rows=40 * sized(3_000),
    )  # fmt: skip
    yield File("a PDF of pages that are not there", ".pdf", lambda: pdf(count=10**9), -1)
    yield File("a PDF of brackets", ".pdf", lambda: pdf("BT " + "[" * sized(20_000)), says="")
    yield File(
        "a PDF of many words", ".pdf",
        lambda: pdf("BT /F 9 Tf " + "(The bridge is bad.) Tj T* " * sized(20_000)), -1,
        rows=8 * sized(20_000),
    )  # fmt: skip
    yield File("a text that calls itself a PDF", ".pdf", always(BASE), says="not a PDF")


# ---- notebooks

_HOSTILE = "<img src=x onerror=\"window.__pwned='{0}'\"><script>window.__pwned='{0}'</script>"


def notebooks(scale: float = 1.0) -> Iterator[tuple[str, dict[str, Any]]]:
    """Notebooks with outputs that were stored by somebody else, by name."""
    many = sizes(scale)(20_000_000)
    text = "application/javascript"
    outputs: dict[str, Any] = {
        "a script": {"text/html": _HOSTILE.format("html")},
        "a script left open": {"text/html": "<script>window.__pwned='open'"},
        "scripts left open": {"text/html": "<script>" * (many // 100)},
        "JavaScript": {text: "window.__pwned='js'"},
        "a picture of vectors": {
            "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload=\"window.__pwned='svg'\"/>"
        },
        "Markdown": {
            "text/markdown": f"[x](javascript:alert(1)) {_HOSTILE.format('md')} ![x](https://pixel.example/p.gif)"
        },
        "LaTeX": {"text/latex": "$\\href{javascript:alert(1)}{x}$"},
        "half a pair": {"text/plain": "war \ud83d"},
        "very much": {"text/plain": "x" * many},
        "a picture from elsewhere": {
            "text/html": '<img src="https://pixel.example/p.gif"><iframe src="https://other.example">'
        },
    }
    for name, data in outputs.items():
        shown = {"output_type": "display_data", "metadata": {}, "data": data}
        cell = {
            "cell_type": "code", "id": "a1", "metadata": {}, "execution_count": 1, "source": "1 + 1",
            "outputs": [shown],
        }  # fmt: skip
        yield name, {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    words = {
        "cell_type": "markdown",
        "id": "a2",
        "metadata": {},
        "source": f"# T\n\n{_HOSTILE.format('cell')} cost $5 and $10",
    }
    yield "words", {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [words]}


def planted_comments() -> str:
    """A table of comments by and about people who do not exist, in all the places where a name can stand."""
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
    return csv_of(rows, (*HEAD, "handle", "email", "ip"))
