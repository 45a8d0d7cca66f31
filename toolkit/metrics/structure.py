"""Structure: how a text is built, in words, sentences and blocks, and the spans that each count rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..text.counts import VARIETY_WINDOW, Counts
from ..text.outline import Span, ends_in
from ..text.reading import Reading, read
from .base import formula

if TYPE_CHECKING:
    import pandas as pd


@formula()
def words(r: Counts) -> np.ndarray:
    """Count the words of the running text; higher is longer.

    Title, headings and solicitation are left out. Links and emoji are not words.
    """
    return r.words


@formula()
def sentences(r: Counts) -> np.ndarray:
    """Count the sentences of the running text; higher is longer.

    A lead-in and its list count as one sentence where the items have no full stops.
    """
    return r.sentences


@formula(words=1)
def words_per_sentence(r: Counts) -> np.ndarray:
    """Compute the mean number of words per sentence; higher is longer."""
    return r.words / r.sentences


@formula()
def one_line_paragraph_share(r: Counts) -> np.ndarray:
    """Compute the share of paragraphs with a single sentence: 0 to 1; NaN without paragraphs."""
    return r.one_line_paragraphs / r.paragraphs


@formula()
def heading_share(r: Counts) -> np.ndarray:
    """Compute the share of blocks that are a title or heading, solicitation left out: 0 to 1."""
    return r.headings / r.all_blocks


@formula()
def list_share(r: Counts) -> np.ndarray:
    """Compute the share of blocks that are list items, solicitation left out: 0 to 1."""
    return r.list_items / r.all_blocks


@formula(words=1)
def question_share(r: Counts) -> np.ndarray:
    """Compute the share of sentences that end in a question mark: 0 to 1."""
    return r.questions / r.sentences


@formula(words=1)
def exclamation_share(r: Counts) -> np.ndarray:
    """Compute the share of sentences that end in an exclamation mark: 0 to 1."""
    return r.exclamations / r.sentences


@formula(words=1)
def capitals_share(r: Counts) -> np.ndarray:
    """Compute the share of words in capitals (two letters or more, abbreviations too), numbers left out: 0 to 1."""
    return r.capital_words / r.spelled_words


@formula(words=1)
def quoted_share(r: Counts) -> np.ndarray:
    """Compute the share of words between double quotation marks: 0 to 1."""
    return r.quoted_words / r.words


@formula(words=1)
def attributed_share(r: Counts) -> np.ndarray:
    """Compute the share of words that report others (quotations of three words or more, marked voices): 0 to 1."""
    return r.attributed_words / r.words


@formula()
def promo_share(r: Counts) -> np.ndarray:
    """Compute the share of all words that ask for money or a subscription: 0 to 1."""
    return r.promo_words / (r.all_words + r.promo_words)


@formula()
def links(r: Counts) -> np.ndarray:
    """Count web, mail and payment addresses in the whole text, solicitation included."""
    return r.links


@formula(words=VARIETY_WINDOW)
def lexical_variety(r: Counts) -> np.ndarray:
    """Compute the mean share of different words in a moving window of fifty (MATTR): 0 to 1, higher is more varied.

    Unlike the plain type-token ratio it does not fall with length; it needs fifty words.
    Covington, M.A. & McFall, J.D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2), 94-100. doi:10.1080/09296171003643098
    """
    return r.distinct_in_windows / VARIETY_WINDOW


def spans(text: str | Reading) -> pd.DataFrame:
    """Show what the structure metrics counted.

    Returns
    -------
    DataFrame
        One row per span, ordered by kind and place: kind (`sentence`, `question`, `exclamation`, `one-line paragraph`,
        `heading`, `list item`, `quotation`, `attributed`, `solicitation`, `capitals`, `link`, `emoji`), start and end
        (offsets in the normalised text, ``read(text).text``) and the text itself. Capitals, links and emoji are those
        of the whole page, headings and solicitation included; `capitals_share` counts the running text only.

    Examples
    --------
    >>> spans("Is it TRUE? No.").query("kind != 'sentence'")[["kind", "text"]].values.tolist()
    [['question', 'Is it TRUE?'], ['capitals', 'TRUE?']]
    """
    import pandas as pd

    reading = text if isinstance(text, Reading) else read(text)
    return pd.DataFrame(find_spans(reading), columns=["kind", "start", "end", "text"])


def find_spans(reading: Reading) -> list[Span]:
    """The spans behind the structure counts of one reading."""
    from ..lexicons.features import COLUMNS, vocabulary

    found = [("sentence", *at) for at in reading.sentences_at]
    for mark, kind in (("?", "question"), ("!", "exclamation")):
        found += [(kind, a, b) for a, b in reading.sentences_at if ends_in(reading.content[a:b], mark)]
    found += [("one-line paragraph", *at) for at in reading.one_line_paragraphs_at]
    kinds = {"title": "heading", "heading": "heading", "list_item": "list item", "promo": "solicitation"}
    found += [(kinds[block.kind], block.inner, block.end) for block in reading.blocks if block.kind in kinds]
    found += [("quotation", *at) for at in reading.quotations_at] + [
        ("attributed", *at) for at in reading.attributed_at
    ]
    known = vocabulary()
    rows = known.rows([reading.content[start:end] for start, end in reading.tokens_at])
    for kind, fact in (("capitals", "capital_words"), ("link", "links")):
        counted = known.table[COLUMNS.index(fact)].take(rows).tolist()
        found += [(kind, *at) for at, one in zip(reading.tokens_at, counted, strict=True) if one]
    found += [("link", *at) for at in reading.links_in_marks]
    found += [("emoji", *at) for at in reading.emoji_at]
    return [Span(kind, *_trimmed(reading.text, start, end)) for kind, start, end in found]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, str]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip()), piece.strip()
