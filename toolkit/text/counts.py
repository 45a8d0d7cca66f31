"""Counts over one text or many: numpy columns, from one tokenisation and one lookup per distinct word."""

from __future__ import annotations

import functools
import string
from collections.abc import Callable, Sequence

import numpy as np

from ..lexicons.characters import ranges
from ..lexicons.tokens import Numbered
from ..lexicons.vader_rules import NEUTRAL, compounds, emphasis_of, rate
from .blocks import KINDS
from .document import Batch, Found, Spans
from .sentences import all_ending_in

SENTENCE, HEADING, PROMO = _ALL = 0, 1, 2
_TITLE_BLOCK, _HEADING_BLOCK, _ITEM_BLOCK, _PROMO_BLOCK = map(KINDS.index, ("title", "heading", "list_item", "promo"))
LINSEAR_SAMPLE = 100  # words, O'Hayre (1966)
VARIETY_WINDOW = 50  # words, Covington & McFall (2010)


class _Column(functools.cached_property[np.ndarray]):
    """A column of `Counts`."""


def _column(doc: str, values: Callable[[Counts], np.ndarray]) -> _Column:
    """A column: what it counts, and how."""
    values.__doc__ = doc
    return _Column(values)


def _total(fact: str, doc: str, *roles: int) -> _Column:
    """A column that sums one feature of the words over parts of the given roles, the running text by default."""
    return _column(doc, lambda self: self._totals(fact, *(roles or (SENTENCE,))))


def _judged(fact: str, doc: str) -> _Column:
    """A column by which the language is judged, in running text, title and headings of the whole text."""
    return _column(f"{doc}; title and headings included.", lambda self: self._of_whole_text(fact, SENTENCE, HEADING))


class Counts:
    """Counts of many readings, one row per text: every public attribute is a numpy column of floats.

    Only `visible` has truth values. Unless stated otherwise, a count covers the running text: title, headings and
    solicitation are left out.
    """

    words = _total("word", "Words: tokens between spaces with a letter or digit; links, emoji, emoticons do not count.")
    syllables = _total("syllables", "Syllables (CMUdict, else hyphenation).")
    polysyllables = _total("polysyllables", "Words of three syllables or more.")
    letters = _total("letters", "Letters and digits.")
    characters = _total("characters", "Characters without spaces and marks of emphasis, punctuation included.")
    long_words = _total("long_words", "Words of more than six letters.")
    capital_words = _total("capital_words", "Words of two letters or more, all in capitals.")
    spelled_words = _total("spelled_words", "Words with at least one letter, so not numbers.")
    all_words = _total("word", "Words of running text, title and headings.", SENTENCE, HEADING)
    promo_words = _total("word", "Words of the solicitation.", PROMO)
    emoji = _total("emoji", "Emoji as a reader sees them, solicitation left out.", SENTENCE, HEADING)
    judged_words = _judged("spelled_words", "Words with a letter, by which the language is judged")
    common_words = _judged("common_words", "Words among the most frequent English ones")
    known_words = _judged("known_words", "Words with a letter in an English dictionary, VADER's lexicon or chat slang")
    foreign_words = _judged("foreign_words", "Function words of other languages")
    maybe_foreign_words = _judged("maybe_foreign_words", "Function words of other languages and of English")

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        starts, ends = batch.sentences
        others = np.flatnonzero(~batch.blocks.running)
        owner = np.append(batch.seen.owners(starts), batch.blocks.text[others])
        roles = np.where(batch.blocks.kind[others] == _PROMO_BLOCK, PROMO, HEADING)
        starts, ends = np.append(starts, batch.blocks.inner[others]), np.append(ends, batch.blocks.end[others])
        order = np.lexsort((starts, owner)) if len(others) else slice(None)
        self._spans, self._owner = (starts[order], ends[order]), owner[order]
        self._role = np.append(np.full(len(owner) - len(others), SENTENCE), roles)[order]
        self._cell = self._owner * len(_ALL) + self._role
        self._bounds = np.append(np.searchsorted(batch.tokens[0], self._spans[0]), len(batch.rows))
        self.known: dict[object, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._batch)

    @classmethod
    def names(cls) -> list[str]:
        """Names of the columns."""
        return [name for name, value in vars(cls).items() if isinstance(value, _Column)]

    # ---- adding up

    @functools.cached_property
    def _of_parts(self) -> dict[str, np.ndarray]:
        """Totals of the features of words per part."""
        return self._batch.known.totals(self._batch.rows, self._bounds)

    def _totals(self, fact: str, *roles: int) -> np.ndarray:
        """Total of one feature per text, over parts of the given roles."""
        return self._per_text(self._of_parts[fact], *roles)

    def _per_text(self, values: np.ndarray, *roles: int) -> np.ndarray:
        """Total of a value of the parts per text, over parts of the given roles."""
        by_role = np.bincount(self._cell, values, len(self) * len(_ALL)).reshape(-1, len(_ALL))
        return by_role[:, roles].sum(axis=1, dtype=float)

    def _per_owner(self, owners: Sequence[int] | np.ndarray) -> np.ndarray:
        return np.bincount(np.asarray(owners, np.intp), minlength=len(self)).astype(float)

    def _spans_per_text(self, spans: Spans) -> np.ndarray:
        return self._per_owner(self._batch.seen.owners(spans[0]))

    def _blocks_of(self, *kinds: int) -> np.ndarray:
        return self._per_owner(self._batch.blocks.text[np.isin(self._batch.blocks.kind, kinds)])

    # ---- words and sentences

    @_Column
    def visible(self) -> np.ndarray:
        """Whether the text has a visible character."""
        return self._batch.seen.filled(self._batch.seen.starts, self._batch.seen.ends)

    def _sentences_where(self, chosen: np.ndarray | bool) -> np.ndarray:
        return self._per_text(chosen & (self._of_parts["word"] > 0), SENTENCE)

    sentences = _column("Sentences with at least one word.", lambda self: self._sentences_where(chosen=True))

    @functools.cached_property
    def _endings(self) -> dict[str, np.ndarray]:
        """The parts that end in each mark."""
        return all_ending_in(self._batch.content, self._spans, "?!")

    questions = _column(
        "Sentences that end in a question mark, perhaps among others; closing quotes, emoji and emoticons aside.",
        lambda self: self._sentences_where(self._endings["?"]),
    )
    exclamations = _column(
        "Sentences that end in an exclamation mark, perhaps among others; closing quotes and the like aside.",
        lambda self: self._sentences_where(self._endings["!"]),
    )
    links = _column(
        "Web, mail and payment addresses anywhere in the text, solicitation included.",
        lambda self: self._totals("links", *_ALL) + self._spans_per_text(self._batch.links_in_marks),
    )

    # ---- words that are hard to read, unless they are names

    difficult_words = _column(
        "Words that Dale and Chall's rules do not count as familiar; names are familiar.",
        lambda self: self._without_names("difficult_words"),
    )
    complex_words = _column(
        "Words of three syllables or more that are hard by Gunning's rules; names are not.",
        lambda self: self._without_names("complex_words"),
    )

    def _without_names(self, fact: str) -> np.ndarray:
        owners = self._owner[self._part_of(self.names_at)]
        named = np.bincount(owners, self._batch.feature(fact, self.names_at), len(self))
        return self._totals(fact, SENTENCE) - named

    @functools.cached_property
    def names_at(self) -> np.ndarray:
        """Places among the tokens of the names in running text that would otherwise be hard words.

        Inside a sentence, every capitalized word is a name.
        The first word of a sentence or quotation is a name if the text uses it as a name elsewhere, or if another
        capitalized word follows (`Vladimir Putin said`).
        """
        batch, feature = self._batch, self._batch.feature
        found = np.flatnonzero(feature("capitalized"))
        found = found[(feature("difficult_words", found) | feature("complex_words", found)) > 0]
        parts = self._part_of(found)
        running = self._role[parts] == SENTENCE
        found, parts = found[running], parts[running]
        words, ends = np.cumsum(batch.are_words) - batch.are_words, self._bounds[1:][parts]
        after_colon = (found > 0) & (feature("colon", found - 1) > 0)
        first = (words[found] == words[self._bounds[parts]]) | (feature("opens", found) > 0) | after_colon
        next_one = np.minimum(found + 1, ends - 1)
        runs_on = (next_one > found) & (feature("capitalized", next_one) > feature("opens", next_one))
        leads = feature("may_lead_name", found) > 0
        rows, which = np.unique(batch.rows[found], return_inverse=True)
        spellings = [batch.known.tokens[row] for row in rows.tolist()]
        bare = [spelling.strip(string.punctuation).removesuffix("'s") for spelling in spellings]
        # The same name in the same text, with whatever marks are around it.
        same = self._owner[parts].astype(np.int64) * (len(bare) + 1) + Numbered().numbers(bare)[which]
        return found[~first | (runs_on & leads) | np.isin(same, same[~first])]

    def _part_of(self, places: np.ndarray) -> np.ndarray:
        """The part that each token belongs to, by its place."""
        return np.searchsorted(self._bounds[:-1], places, side="right") - 1

    @_Column
    def latin_share(self) -> np.ndarray:
        """Share of letters that are Latin, solicitation included; NaN without letters."""
        with np.errstate(invalid="ignore"):
            return self._of_whole_text("latin_letters", *_ALL) / self._of_whole_text("script_letters", *_ALL)

    def _of_whole_text(self, fact: str, *roles: int) -> np.ndarray:
        totals = np.bincount(self._batch.whole_text, self._totals(fact, *roles))
        return totals[self._batch.whole_text].astype(float, copy=False)

    # ---- samples and windows

    @functools.cached_property
    def _running_words(self) -> tuple[np.ndarray, np.ndarray]:
        """Places of the words of running text among the tokens, and the text of each."""
        many = np.diff(self._bounds)
        places = np.flatnonzero(np.repeat(self._role == SENTENCE, many) & self._batch.are_words)
        return places, np.repeat(self._owner, many)[places]

    @functools.cached_property
    def _linsear(self) -> tuple[np.ndarray, np.ndarray]:
        """Points and sentences of each text, for a longer one those of its first hundred words."""
        points, sentences = self.words + 2 * self.polysyllables, self.sentences.copy()
        texts = np.flatnonzero(self.words > LINSEAR_SAMPLE)
        places, owners = self._running_words
        first = np.searchsorted(owners, texts)
        before = np.append(0, np.cumsum(self._batch.feature("polysyllables", places)))
        points[texts] = LINSEAR_SAMPLE + 2 * (before[first + LINSEAR_SAMPLE] - before[first])
        begun = np.append(0, np.cumsum((self._of_parts["word"] > 0) & (self._role == SENTENCE)))
        last = self._part_of(places[first + LINSEAR_SAMPLE - 1])
        sentences[texts] = begun[last + 1] - begun[np.searchsorted(self._owner, texts)]
        return points, sentences

    linsear_points = _column(
        "Points of the first hundred words: 1 for a word of up to two syllables, 3 for a longer one.",
        lambda self: self._linsear[0],
    )
    linsear_sentences = _column("Sentences begun within the first hundred words.", lambda self: self._linsear[1])

    @_Column
    def distinct_in_windows(self) -> np.ndarray:
        """Mean number of distinct words in all windows of fifty words; NaN below fifty words.

        A word counts in a window if it has not occurred earlier in the same window: so each word adds the number
        of windows that hold it and begin after its last occurrence in the text, if any.
        """
        is_chosen = self.words >= VARIETY_WINDOW
        chosen = np.flatnonzero(is_chosen)
        places = self._running_words[0][is_chosen[self._running_words[1]]]
        length = self.words[chosen].astype(np.intp)
        texts, at = np.repeat(np.arange(len(chosen)), length), np.arange(len(places))
        starts = (np.cumsum(length) - length)[texts]
        keys = self._batch.feature("key", places)
        order = np.argsort(keys.astype(np.uint16), kind="stable")  # of 16 bits, in time proportional to their number
        if keys.max(initial=0) >> 16:
            order = order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]
        before, this = order[:-1], order[1:]
        last = np.full(len(keys), -1)
        last[this] = np.where(keys[before] == keys[this], before, -1)
        first_window = np.maximum(np.maximum(at - VARIETY_WINDOW, last) + 1, starts)
        many = length - VARIETY_WINDOW + 1
        windows = np.clip(np.minimum(at + 1, starts + many[texts]) - first_window, 0, None)
        distinct = np.full(len(self), np.nan)
        distinct[chosen] = np.bincount(texts, windows, len(chosen)) / many
        return distinct

    # ---- emoji

    @functools.cached_property
    def _found_emoji(self) -> list[Found]:
        return [found for found in self._batch.found_emoji if found.block != "promo"]

    distinct_emoji = _column(
        "Different emoji, solicitation left out.",
        lambda self: self._per_owner([text for text, _ in {(each.text, each.emoji) for each in self._found_emoji}]),
    )
    marker_emoji = _column(
        "Emoji that mark a heading, a list item or a run of paragraphs, solicitation left out.",
        lambda self: self._per_owner([each.text for each in self._found_emoji if each.role == "marker"]),
    )

    # ---- structure

    all_blocks = _column(
        "Blocks of every kind but solicitation.",
        lambda self: self._blocks_of(*{*range(len(KINDS))} - {_PROMO_BLOCK}) * self.visible,
    )
    headings = _column("Title and headings.", lambda self: self._blocks_of(_TITLE_BLOCK, _HEADING_BLOCK))
    list_items = _column("List items.", lambda self: self._blocks_of(_ITEM_BLOCK))
    paragraphs = _column("Paragraphs.", lambda self: self._spans_per_text(self._batch.paragraphs))
    one_line_paragraphs = _column(
        "Paragraphs of a single sentence.", lambda self: self._spans_per_text(self._batch.one_line_paragraphs)
    )

    quoted_words = _column(
        "Words between quotation marks; those of a unit are between marks of the text that it was cut from.",
        lambda self: self._spoken_words(self._batch.spoken[:, 0], self._batch.quotations),
    )

    @_Column
    def attributed_words(self) -> np.ndarray:
        """Words that report somebody else: attributed blocks and quotations of three words and more.

        A voice that no longer agrees with the number was changed after splitting, and decides.
        """
        _, known, voice = self._batch.spoken.T
        changed = (voice >= 0) & ((2 * known > self.words) != voice)
        return self._spoken_words(np.where(changed, np.nan, known), self._batch.attributed)

    def _spoken_words(self, known: np.ndarray, spans: Spans) -> np.ndarray:
        """Words as counted in the whole text where they are known, otherwise those within spans of the unit itself."""
        owners = self._batch.seen.owners(spans[0])
        own = np.bincount(owners, self._batch.words_within(spans), len(self)).astype(float, copy=False)
        return np.where(known >= 0, np.minimum(known, self.words), own)

    # ---- tone

    @functools.cached_property
    def _tones(self) -> tuple[np.ndarray, np.ndarray]:
        """VADER's compound score of every part, with emoji and without them; NaN for a part without words."""
        totals, rows, bounds, known = self._of_parts, self._batch.rows, self._bounds, self._batch.known
        emphasis, worded = emphasis_of(totals["exclamations"], totals["questions"]), totals["word"] > 0
        scores = compounds(rate(*known.scored(rows, bounds[:-1])[:2]), emphasis)
        with_emoji = np.where(worded, scores, np.nan)
        without = with_emoji.copy()
        parts = np.flatnonzero((totals["emoji"] > 0) & (totals["hit"] > 0) & worded)
        first, last = bounds[parts], bounds[parts + 1]
        starts = np.append(0, np.cumsum(last - first))[:-1]
        seen = known.scored(rows[ranges(first, last)], starts, emoji=False)
        without[parts] = compounds(rate(*seen[:2]), emphasis[parts])
        return with_emoji, without

    def _tone_mean(self, values: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return self._per_text(np.nan_to_num(values), SENTENCE) / self.sentences

    tone = _column(
        "Mean of VADER's compound score over sentences; NaN without a sentence.",
        lambda self: self._tone_mean(self._tones[0]),
    )
    tone_without_emoji = _column("The same with all emoji taken out.", lambda self: self._tone_mean(self._tones[1]))

    @_Column
    def tone_spread(self) -> np.ndarray:
        """Standard deviation of the compound score over sentences (n - 1); NaN below two sentences."""
        values = self._tones[0]
        squares = self._per_text(np.nan_to_num((values - self.tone[self._owner]) ** 2), SENTENCE)
        return np.where(self.sentences >= 2, np.sqrt(squares / np.maximum(self.sentences - 1, 1)), np.nan)

    positive_sentences = _column(
        "Sentences with a compound score of 0.05 and above.",
        lambda self: self._sentences_where(self._tones[0] >= NEUTRAL),
    )
    negative_sentences = _column(
        "Sentences with a compound score of -0.05 and below.",
        lambda self: self._sentences_where(self._tones[0] <= -NEUTRAL),
    )
