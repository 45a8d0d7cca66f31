"""Structure: numbers and lengths of words, sentences and blocks."""

import numpy as np

from ..text.counts import VARIETY_WINDOW, Counts
from .formula import formula


@formula()
def words(r: Counts) -> np.ndarray:
    """Count the words of the running text; higher is longer.

    Title, headings and solicitation are left out. Links, emoji and emoticons (`:D`, `<3`) are not words. Hyphens,
    apostrophes, underscores, and slashes and ampersands beside numbers and abbreviations (`24/7`, `km/h`, `AT&T`) do
    not split a word, nor do `and/or` and brackets inside a word (`word(s)`, `(re)open`).  `yes/no` is two words.
    """
    return r.words


@formula()
def sentences(r: Counts) -> np.ndarray:
    """Count the sentences of the running text; higher is longer.

    A lead-in and its list count as one sentence if the items have no full stops. Quotations and brackets may hold
    several sentences. An emoticon or emoji in place of a full stop ends a sentence; a semicolon or colon does not.
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
    """Compute the share of sentences that end in a question mark: 0 to 1.

    Quotation marks, brackets, emoji and emoticons may follow it. Both marks count in `?!`.
    """
    return r.questions / r.sentences


@formula(words=1)
def exclamation_share(r: Counts) -> np.ndarray:
    """Compute the share of sentences that end in an exclamation mark: 0 to 1.

    As in `question_share`, quotation marks, brackets, emoji and emoticons may follow it, and `?!` counts.
    """
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
    """Compute the share of words attributed to others (quotations of three words or more, marked voices): 0 to 1.

    In a unit from `split_sentences` or a similar function, a word counts if the whole text attributes it to others:
    half a sentence in quotation marks is half reported. If you change its `voice`, every word counts (`attributed`),
    or only those in its own quotations (`author`).
    """
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
    """Compute the mean share of distinct words in a moving window of fifty (MATTR): 0 to 1, higher is more varied.

    Unlike the plain type-token ratio, it does not fall with length; it needs fifty words.
    Covington, M.A. & McFall, J.D. (2010). Cutting the Gordian knot: the moving-average type-token ratio (MATTR).
    Journal of Quantitative Linguistics 17(2), 94-100. doi:10.1080/09296171003643098
    """
    return r.distinct_in_windows / VARIETY_WINDOW
