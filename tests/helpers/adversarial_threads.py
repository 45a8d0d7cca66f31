"""Untrusted file names, and hostile tables of texts with the right columns."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.adversarial import _MARKUP, BASE, FIRE
from helpers.adversarial_files import FORMULAS, Thread, sizes
from helpers.synthetic_threads import thread_of

# ---- names


def names() -> tuple[str, ...]:
    """Untrusted names of files and corpora; there is nothing of any of them."""
    return (
        "../../../etc/nothing", "/etc/nothing", "..\\..\\windows\\win.ini", "%2e%2e%2fetc%2fpasswd",
        "~/.ssh/nothing", "https://other.example/x.csv", "file:///etc/passwd", "corpus\0.csv", "cor\npus",
        "a" * 300, "a" * 5000, "CON", "corpus. ", "cafe\u0301", "LIBRARY-HOURS", "", " ", ".", "..", "/",
        "-rf", "*", "$HOME/x", "txt.\u202ecsv.exe", "．．/．．/etc/passwd", "link/../../etc/nothing",
        "s3://bucket/key", "corpus.pkl", "\ud83d", "\udcff", "<b>x</b>", "library-hours/../library-hours",
        "library-hours\n", "page", "\t", "'", "?", "C:\\x", "\\\\host\\share\\x", "nul",
    )  # fmt: skip


# ---- tables of texts

bridge = functools.partial(thread_of, article="# The bridge\n\n" + BASE)
"""Like `thread_of`, with an article for which every metric has a value."""


def _moments(*written: str) -> pd.Series[Any]:
    return pd.to_datetime(pd.Series(written, dtype="string"), utc=True, format="ISO8601").astype("datetime64[us, UTC]")


def threads(scale: float = 1.0) -> Iterator[Thread]:
    """Tables that have the right columns and types, and all else wrong."""
    sized = sizes(scale)
    said = [f"{part}." for part in BASE.split(". ")][:20]
    many, deep = sized(20_000), sized(10_000)
    ids = [f"own/c{number}" for number in range(len(said))]
    yield Thread("no comments", bridge())
    yield Thread("one comment", bridge("Bad."))
    yield Thread("an article alone without text", bridge(article=pd.NA), stored=False)
    articles = {"missing": pd.NA, "empty": "", "of blanks": " \n", "of emoji": FIRE * 3, "of a title": "# Only this"}
    for name, article in articles.items():
        yield Thread(f"an article {name}", bridge(*said, article=article), stored=name != "missing")
    yield Thread("comments without text", bridge(*[pd.NA] * 9), stored=False)
    yield Thread("comments of nothing", bridge(*[""] * 9), stored=False)
    yield Thread("comments that are one", bridge(*["The bridge is bad."] * 20))
    yield Thread("comments of emoji", bridge(*[FIRE] * 9))
    yield Thread("a long thread", bridge(*(said * many)[:many]))
    chain = [None, None, *(f"own/c{n}" for n in range(deep - 1))]
    yield Thread("replies in a chain", bridge(*["It is bad."] * deep, reply_to=chain))
    all_rows = len(said) + 1
    kept: dict[str, dict[str, Any]] = {
        "threads that are missing": {"thread_id": [None] * all_rows},
        "a thread called after markup": {"thread_id": ["<img src=x onerror=alert(1)>$5$"] * all_rows},
        "a thread called after a path": {"thread_id": ["../../etc"] * all_rows},
    }
    refused: dict[str, dict[str, Any]] = {
        "a circle": {"reply_to": [None, *ids[1:], ids[0]]},
        "replies to themselves": {"reply_to": [None, *ids]},
        "replies to nobody": {"reply_to": [None, *["own/x"] * len(said)]},
        "an article that answers": {"reply_to": [ids[0], *[None] * len(said)]},
        "ids that are one": {"text_id": ["own/article", *["own/c1"] * len(said)]},
        "ids that are missing": {"text_id": [None] * all_rows},
        "a thread each": {"thread_id": [f"t{n}" for n in range(all_rows)]},
        "kinds of other names": {"kind": ["article", *["reply"] * len(said)]},
        "kinds that are missing": {"kind": ["article", *[None] * len(said)]},
        "two articles": {"kind": ["article", "article", *["comment"] * (len(said) - 1)]},
        "only comments": {"kind": ["comment"] * all_rows},
        "only articles": {"kind": ["article"] * all_rows},
        "nobody": {"author": [None] * all_rows},
        "authors of markup": {"author": ["<b>$5</b>", *["<script>alert(1)</script>"] * len(said)]},
        "a language that is missing": {"language": [None] * all_rows},
    }
    for name, columns in (kept | refused).items():
        yield Thread(name, bridge(*said, **columns), stored=name in kept)
    languages = ["en", "xx", None, "<b>"]
    yield Thread("languages of all kinds", bridge(*["war"] * 3, language=languages), stored=False)
    german = bridge(*["Diese Brücke ist alt."] * 9, article="# Die Brücke\n\nSie ist alt.", language=["de"] * 10)
    yield Thread("another language", german)
    far = "0001-01-01 1677-09-21 1969-12-31 2262-04-12 9999-12-31T23:59:59.999999 2025-12-02 2025-12-02".split()
    yield Thread("times far away", bridge(*said[:6], posted=_moments(*far)), stored=False)
    yield Thread("one time for all", bridge(*said[:6], posted=_moments(*["2025-12-02"] * 7)))
    likes = pd.array([None, 2**63 - 1, -(2**63), 0, None], dtype="Int64")
    yield Thread("likes far away", bridge(*said[:4], likes=likes), stored=False)
    markup = bridge(
        *_MARKUP.values(),
        article="# $5 <b>and</b> $10\n\n" + "\n\n".join(_MARKUP.values()),
        thread_id=["<img src=x onerror=alert(1)>$5$"] * (len(_MARKUP) + 1),
        author=["<b>$5</b>", *["<script>alert(1)</script>"] * len(_MARKUP)],
    )
    yield Thread("markup", markup, stored=False)
    yield Thread("formulas", bridge(*FORMULAS, article="=1+1\n\n" + BASE))
    lines = ("a\r\nb", "\r", "a\x85b\u2028c", "\x0bwar\x0c")
    yield Thread("line ends", bridge(*lines, article="# T\r\n\r\nWar.\r"), stored=False)
    lines = ("war \0", "\x1b[31mred", "\ufffe\uffff", "\u202ewar")
    yield Thread("halves and zeros", bridge(*lines, article="# T\n\n\x01war\n"))
    yield Thread("words of one letter", bridge(*["a " * 999] * 9, article="b " * 999))
    words = ("a" * sized(500_000), "$" * sized(50_000))
    yield Thread("words without end", bridge(*words, article="# " + "x" * sized(500_000)))
    blocks = "# T\n\n" + "## H\n\nWar.\n\n" * sized(10_000)
    yield Thread("blocks without end", bridge("- a\n" * sized(20_000), article=blocks))
    yield Thread("no rows", bridge().iloc[:0], stored=False)
    yield Thread("another index", bridge(*said).set_index(pd.Index([7] * (len(said) + 1))))
    yield Thread("rows from the end", bridge(*said).iloc[::-1], stored=False)
