"""Counts over one or many texts as numpy columns, from one tokenisation and one lookup per distinct word."""

from __future__ import annotations

import functools
import string
from collections.abc import Callable, Sequence

import numpy as np

from ..lexicons.tokens import Numbered
from ..lexicons.vader_rules import NEUTRAL, compounds, emphasis_of, rate
from .blocks import KINDS, PROMO
from .document import Batch, Spans
from .sentences import all_ending_in

SENTENCE, HEADING, SOLICITATION = _ALL = 0, 1, 2
LINSEAR_SAMPLE = 100  # words, O'Hayre (1966)
VARIETY_WINDOW = 50  # words, Covington & McFall (2010)


class _Column(functools.cached_property[np.ndarray]):
    """A column of `Counts`."""


def _column(doc: str, values: Callable[[Counts], np.ndarray]) -> _Column:
    values.__doc__ = doc
    return _Column(values)


def _total(feature: str, doc: str, *roles: int) -> _Column:
    """A column that sums a feature of words over parts with the given roles, by default the running text."""
    return _column(doc, lambda of: of._totals(feature, *(roles or (SENTENCE,))))


def _sentences(doc: str, chosen: Callable[[Counts], np.ndarray | bool]) -> _Column:
    """A column that counts some of the sentences with at least one word."""
    return _column(doc, lambda of: of._per_text(chosen(of) & (of._of_parts["word"] > 0), SENTENCE))


def _judged(feature: str, doc: str) -> _Column:
    """A column for identifying the language, over running text, title and headings of the whole text."""
    return _column(f"{doc}; title and headings included.", lambda of: of._of_whole_text(feature, SENTENCE, HEADING))


class Counts:
    """Counts of many readings, one row per text: every public attribute is a numpy column of floats.

    Only `visible` has truth values. Unless stated otherwise, a count covers the running text: title, headings and
    solicitation are left out.
    """

    words = _total("word", "Words: tokens between spaces with a letter or digit; links, emoji, emoticons do not count.")
    syllables = _total("syllables", "Syllables: by the CMU dictionary, otherwise by groups of vowels.")
    polysyllables = _total("polysyllables", "Words of three syllables or more.")
    letters = _total("letters", "Letters and digits.")
    characters = _total("characters", "Characters without spaces and marks of emphasis, punctuation included.")
    long_words = _total("long_words", "Words of more than six letters.")
    capital_words = _total("capital_words", "Words of two letters or more, all in capitals.")
    spelled_words = _total("spelled_words", "Words with at least one letter, so not numbers.")
    all_words = _total("word", "Words of running text, title and headings.", SENTENCE, HEADING)
    promo_words = _total("word", "Words of the solicitation.", SOLICITATION)
    emoji = _total("emoji", "Emoji as a reader sees them, solicitation left out.", SENTENCE, HEADING)
    judged_words = _judged("spelled_words", "Words with a letter, by which the language is judged")
    common_words = _judged("common_words", "Words among the most frequent English ones")
    known_words = _judged("known_words", "Words with a letter in an English dictionary, VADER's lexicon or chat slang")
    foreign_words = _judged("foreign_words", "Function words of other languages")
    maybe_foreign_words = _judged("maybe_foreign_words", "Function words of other languages and of English")

    def __init__(self, batch: Batch) -> None:
        self._batch, blocks = batch, batch.blocks
        others = np.flatnonzero(~blocks.running)
        spans = zip(batch.sentences, (blocks.inner[others], blocks.end[others]), strict=True)
        starts, ends = (np.append(*each) for each in spans)
        order = np.argsort(starts, kind="stable")
        self._spans = starts[order], ends[order]
        self._owner = batch.seen.owners(self._spans[0])
        roles = np.where(blocks.kind[others] == PROMO, SOLICITATION, HEADING)
        self._role = np.append(np.full(len(starts) - len(others), SENTENCE), roles)[order]
        self._cell = self._owner * len(_ALL) + self._role
        self._bounds = np.append(np.searchsorted(batch.tokens[0], self._spans[0]), len(batch.rows))
        self._of_parts = batch.known.totals(batch.rows, self._bounds)  # totals of word features
        self.known: dict[object, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._batch)

    @classmethod
    def names(cls) -> list[str]:
        """Names of the columns."""
        return [name for name, value in vars(cls).items() if isinstance(value, _Column)]

    def _totals(self, feature: str, *roles: int) -> np.ndarray:
        """Return the total of a feature per text, over parts with the given roles."""
        return self._per_text(self._of_parts[feature], *roles)

    def _per_text(self, values: np.ndarray, *roles: int) -> np.ndarray:
        """Return the total of a value per text, over parts with the given roles."""
        by_role = np.bincount(self._cell, values, len(self) * len(_ALL)).reshape(-1, len(_ALL))
        return by_role[:, roles].sum(axis=1, dtype=float)

    def _per_owner(self, owners: Sequence[int] | np.ndarray) -> np.ndarray:
        return np.bincount(np.asarray(owners, np.intp), minlength=len(self)).astype(float)

    def _spans_of(self, name: str) -> np.ndarray:
        starts, _ = getattr(self._batch, name)
        return self._per_owner(self._batch.seen.owners(starts))

    def _blocks_of(self, *kinds: str) -> np.ndarray:
        blocks = self._batch.blocks
        return self._per_owner(blocks.text[np.isin(blocks.kind, [*map(KINDS.index, kinds)])]) * self.visible

    @_Column
    def visible(self) -> np.ndarray:
        """Return whether the text has a visible character."""
        return self._batch.seen.filled(self._batch.seen.starts, self._batch.seen.ends)

    sentences = _sentences("Sentences with at least one word.", lambda _: True)
    questions = _sentences('Sentences that end in "?", closing quotes and emoji aside.', lambda of: of._endings["?"])
    exclamations = _sentences('Sentences that end in "!", closing quotes and emoji aside.', lambda of: of._endings["!"])

    @functools.cached_property
    def _endings(self) -> dict[str, np.ndarray]:
        return all_ending_in(self._batch.content, self._spans, "?!")

    @_Column
    def links(self) -> np.ndarray:
        """Web, mail and payment addresses anywhere in the text, solicitation included."""
        return self._totals("links", *_ALL) + self._spans_of("links_in_marks")

    difficult_words = _column(
        "Words that Dale and Chall's rules do not count as familiar; names are familiar.",
        lambda of: of._without_names("difficult_words"),
    )
    complex_words = _column(
        "Words of three syllables or more that are hard by Gunning's rules; names are not.",
        lambda of: of._without_names("complex_words"),
    )

    def _without_names(self, feature: str) -> np.ndarray:
        owners = self._batch.seen.owners(self._batch.tokens[0][self.names_at])
        named = np.bincount(owners, self._batch.feature(feature, self.names_at), len(self))
        return self._totals(feature, SENTENCE) - named

    @functools.cached_property
    def names_at(self) -> np.ndarray:
        """Positions among the tokens of names in running text that would otherwise count as hard words.

        Inside a sentence, every capitalized word is a name.
        The first word of a sentence or quotation is a name if the text uses it as a name elsewhere, or if another
        capitalized word follows (`Vladimir Putin said`).
        """
        batch, feature = self._batch, self._batch.feature
        found = np.flatnonzero(feature("capitalized"))
        found = found[(feature("difficult_words", found) | feature("complex_words", found)) > 0]
        parts = np.searchsorted(self._bounds[:-1], found, "right") - 1
        running = self._role[parts] == SENTENCE
        found, parts = found[running], parts[running]
        words, ends = np.cumsum(batch.are_words) - batch.are_words, self._bounds[1:][parts]
        after_colon = (found > 0) & (feature("colon", found - 1) > 0)
        first = (words[found] == words[self._bounds[parts]]) | (feature("opens", found) > 0) | after_colon
        next_one = np.minimum(found + 1, ends - 1)
        runs_on = (next_one > found) & (feature("capitalized", next_one) > feature("opens", next_one))
        leads = feature("may_lead_name", found) > 0
        rows, which = np.unique(batch.rows[found], return_inverse=True)
        bare = [batch.known.tokens[row].strip(string.punctuation).removesuffix("'s") for row in rows.tolist()]
        # The same name in the same text, whatever marks surround it.
        same = self._owner[parts].astype(np.int64) * (len(bare) + 1) + Numbered().numbers(bare)[which]
        return found[~first | (runs_on & leads) | np.isin(same, same[~first])]

    @_Column
    def latin_share(self) -> np.ndarray:
        """Share of letters that are Latin, solicitation included; NaN without letters."""
        with np.errstate(invalid="ignore"):
            return self._of_whole_text("latin_letters", *_ALL) / self._of_whole_text("script_letters", *_ALL)

    def _of_whole_text(self, feature: str, *roles: int) -> np.ndarray:
        totals = np.bincount(self._batch.whole_text, self._totals(feature, *roles))
        return totals[self._batch.whole_text].astype(float, copy=False)

    @functools.cached_property
    def _running_words(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The words of running text: their positions among the tokens, their texts, and their positions in these."""
        many = np.diff(self._bounds)
        places = np.flatnonzero(np.repeat(self._role == SENTENCE, many) & self._batch.are_words)
        texts = np.repeat(self._owner, many)[places]
        return places, texts, np.arange(len(places)) - (np.cumsum(self.words) - self.words)[texts]

    @_Column
    def linsear_points(self) -> np.ndarray:
        """Points of the first hundred words: 1 for a word of up to two syllables, 3 for a longer one."""
        places, texts, _ = [each[self._running_words[2] < LINSEAR_SAMPLE] for each in self._running_words]
        points = 1 + 2 * self._batch.feature("polysyllables", places)
        return np.bincount(texts, points, len(self)).astype(float, copy=False)

    @functools.cached_property
    def _words_before(self) -> np.ndarray:
        """Return the number of words of running text before each part."""
        words = self._of_parts["word"] * (self._role == SENTENCE)
        before = np.cumsum(words) - words
        return before - before[np.searchsorted(self._owner, self._owner)]

    linsear_sentences = _sentences("Sentences of the first 100 words.", lambda of: of._words_before < LINSEAR_SAMPLE)

    @_Column
    def distinct_in_windows(self) -> np.ndarray:
        """Mean number of distinct words in all windows of fifty words; NaN below fifty words.

        A word counts in a window if it has not occurred earlier in the same window: so each word adds the number
        of windows that hold it and begin after its last occurrence in the text, if any.
        """
        windows = self.words - VARIETY_WINDOW + 1
        places, texts, nth = (each[windows[self._running_words[1]] > 0] for each in self._running_words)
        keys = self._batch.feature("key", places)
        order = np.argsort(keys.astype(np.uint16), kind="stable")  # 16 bits sort in linear time
        if keys.max(initial=0) >> 16:
            order = order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]
        since = np.full(len(keys), VARIETY_WINDOW)
        since[order[1:]] = np.where(np.diff(keys[order]) == 0, np.diff(order), VARIETY_WINDOW)
        first = np.maximum(nth + 1 - np.minimum(since, VARIETY_WINDOW), 0)
        new_in = np.maximum(np.minimum(nth + 1, windows[texts]) - first, 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(windows > 0, np.bincount(texts, new_in, len(self)) / windows, np.nan)

    @_Column
    def distinct_emoji(self) -> np.ndarray:
        """Different emoji, solicitation left out."""
        found = {(each.text, each.emoji) for each in self._batch.found_emoji if each.block != "promo"}
        return self._per_owner([text for text, _ in found])

    @_Column
    def marker_emoji(self) -> np.ndarray:
        """Emoji that mark a heading, a list item or a run of paragraphs, solicitation left out."""
        found = (each for each in self._batch.found_emoji if each.block != "promo" and each.role == "marker")
        return self._per_owner([each.text for each in found])

    all_blocks = _column("Blocks of every kind but solicitation.", lambda of: of._blocks_of(*KINDS[:PROMO]))
    headings = _column("Title and headings.", lambda of: of._blocks_of("title", "heading"))
    list_items = _column("List items.", lambda of: of._blocks_of("list_item"))
    paragraphs = _column("Paragraphs.", lambda of: of._spans_of("paragraphs"))
    one_line_paragraphs = _column("Paragraphs of one sentence.", lambda of: of._spans_of("one_line_paragraphs"))

    quoted_words = _column(
        "Words between quotation marks; those of a unit are between marks of the text that it was cut from.",
        lambda of: of._spoken_words(of._batch.spoken[:, 0], of._batch.quotations),
    )

    @_Column
    def attributed_words(self) -> np.ndarray:
        """Words of reported speech: attributed blocks and quotations of three or more words.

        A voice that no longer agrees with the number was changed after splitting, and decides.
        """
        _, known, voice = self._batch.spoken.T
        changed = (voice >= 0) & ((2 * known > self.words) != voice)
        return self._spoken_words(np.where(changed, np.nan, known), self._batch.attributed)

    def _spoken_words(self, known: np.ndarray, spans: Spans) -> np.ndarray:
        """Return words as counted in the whole text if known, otherwise those within spans of the unit."""
        owners = self._batch.seen.owners(spans[0])
        own = np.bincount(owners, self._batch.words_within(spans), len(self)).astype(float, copy=False)
        return np.where(known >= 0, np.minimum(known, self.words), own)

    @functools.cached_property
    def _tones(self) -> tuple[np.ndarray, np.ndarray]:
        """Return VADER's compound score of every part, with and without emoji; NaN for parts without words."""
        totals, batch = self._of_parts, self._batch
        emphasis = emphasis_of(totals["exclamations"], totals["questions"])

        def scores(*, emoji: bool) -> np.ndarray:
            seen = batch.known.scored(batch.rows, self._bounds[:-1], emoji=emoji)
            return np.where(totals["word"] > 0, compounds(rate(*seen[:2]), emphasis), np.nan)

        with_emoji = scores(emoji=True)
        return with_emoji, scores(emoji=False) if totals["emoji"].any() else with_emoji

    def _tone_mean(self, values: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return self._per_text(np.nan_to_num(values), SENTENCE) / self.sentences

    tone = _column(
        "Mean of VADER's compound score over sentences; NaN without a sentence.",
        lambda of: of._tone_mean(of._tones[0]),
    )
    tone_without_emoji = _column("The same with all emoji taken out.", lambda of: of._tone_mean(of._tones[1]))

    @_Column
    def tone_spread(self) -> np.ndarray:
        """Standard deviation of the compound score over sentences (n - 1); NaN below two sentences."""
        values = self._tones[0]
        squares = self._per_text(np.nan_to_num((values - self.tone[self._owner]) ** 2), SENTENCE)
        return np.where(self.sentences >= 2, np.sqrt(squares / np.maximum(self.sentences - 1, 1)), np.nan)

    positive_sentences = _sentences("Sentences with a compound of 0.05 or more.", lambda of: of._tones[0] >= NEUTRAL)
    negative_sentences = _sentences("Sentences with a compound of -0.05 or less.", lambda of: of._tones[0] <= -NEUTRAL)
