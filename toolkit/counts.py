"""Counts over one text or many: numpy columns, from one tokenisation and one look-up a distinct word."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np

from . import vader_words
from .blocks import RUNNING
from .emoji_spans import find_emoji
from .outline import EMOJI_APART, Outline, all_ending_in
from .plain import Plain
from .tokens import Tokens, as_column, tokens_of
from .vader_columns import Seen, emphasis_of
from .vocabulary import COLUMNS, EMOJI, FIRST_EMOJI, WORD, Vocabulary, vocabulary

_Some = TypeVar("_Some")

SENTENCE, HEADING, PROMO = _ALL = 0, 1, 2
LINSEAR_SAMPLE = 100  # words, O'Hayre (1966)
VARIETY_WINDOW = 50  # words, Covington & McFall (2010)


def _total(fact: str, doc: str) -> functools.cached_property[np.ndarray]:
    """A column that adds up one fact of the words over the running text."""

    def column(self: Counts) -> np.ndarray:
        return self._totals(fact, SENTENCE)

    column.__doc__ = doc
    return functools.cached_property(column)


class Counts:
    """Counts of many readings, one row a text; every public attribute is a numpy column of floats.

    Unless it says otherwise a count is over the running text: title, headings and solicitation are left out.
    """

    words = _total("word", "Words: tokens between spaces that hold a letter or digit; links and emoji are none.")
    syllables = _total("syllables", "Syllables (CMUdict, else hyphenation).")
    polysyllables = _total("polysyllables", "Words of three syllables and more.")
    letters = _total("letters", "Letters and digits.")
    characters = _total("characters", "Characters without spaces, punctuation included.")
    long_words = _total("long_words", "Words of more than six letters.")
    difficult_words = _total("difficult_words", "Words that are not on the Dale-Chall list of easy words.")
    complex_words = _total("complex_words", "Difficult words of three syllables and more.")
    capital_words = _total("capital_words", "Words of two letters and more in capitals only.")
    spelled_words = _total("spelled_words", "Words with at least one letter, so not numbers.")

    def __init__(self, readings: Iterable[Outline | Plain]) -> None:
        self._built: dict[int, Outline] = {}  # the texts that are more than plain paragraphs
        self._later: dict[int, Callable[[], Outline]] = {}  # paragraphs with emoji or quotation marks
        others: list[tuple[int, int]] = []
        strings: list[str] = []
        texts: list[tuple[int, int, int]] = []
        for i, reading in enumerate(readings):
            if isinstance(reading, Plain):
                sentences, paragraphs, short, outline = reading
                strings += sentences
                texts.append((len(sentences), paragraphs, short))
                if outline:
                    self._later[i] = outline
            else:
                self._built[i] = reading
                parts = _parts(reading)
                others += [(len(strings) + place, role) for place, (role, _) in enumerate(parts) if role != SENTENCE]
                strings += [text for _, text in parts]
                texts.append((len(parts), 0, 0))
        many, self._paragraphs, self._one_line_paragraphs = np.array(texts, np.int32).reshape(-1, 3).T
        self._owner = np.repeat(np.arange(len(many), dtype=np.int32), many)
        self._role = np.zeros(len(strings), np.int8)
        self._role[[place for place, _ in others]] = [role for _, role in others]
        self._vocabulary: Vocabulary = vocabulary()
        self._strings = as_column(strings)
        self._tokens = _with_emoji_apart(tokens_of(self._strings))
        self._rows = self._vocabulary.rows(self._tokens.distinct).astype(np.intp)[self._tokens.which]
        self._starts, self._ends = self._tokens.bounds[:-1], self._tokens.bounds[1:]
        self.known: dict[object, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._paragraphs)

    @classmethod
    def names(cls) -> list[str]:
        """Names of the columns."""
        return [
            name for name, value in vars(cls).items() if isinstance(value, functools.cached_property) and name[0] != "_"
        ]

    # ---- adding up

    def _fact(self, name: str) -> np.ndarray:
        """One fact for every token."""
        return self._vocabulary.table[COLUMNS.index(name)].take(self._rows)

    @functools.cached_property
    def _part(self) -> np.ndarray:
        """The part (sentence, heading, solicitation) of every token."""
        return np.repeat(np.arange(len(self._strings), dtype=np.int32), self._ends - self._starts)

    def _sums(self, name: str) -> np.ndarray:
        """Total of one fact for every part."""
        return self._tokens.sums(self._fact(name))

    def _per_text(self, values: np.ndarray, *roles: int) -> np.ndarray:
        """Total of a value of parts for every text, over parts of the given roles."""
        if SENTENCE in roles and (len(roles) == len(_ALL) or not self._role.any()):
            return np.bincount(self._owner, weights=values, minlength=len(self))
        chosen = np.isin(self._role, roles)
        return np.bincount(self._owner[chosen], weights=values[chosen], minlength=len(self))

    def _totals(self, fact: str, *roles: int) -> np.ndarray:
        """Total of one fact for every text, over the running text and other parts of the given roles."""
        numbers = self._fact(fact)
        totals = self._tokens._replace(bounds=self._bounds_of_texts).sums(numbers)
        if len(beside := self._beside(roles)):
            bounds = np.column_stack([self._starts[beside], self._ends[beside]]).ravel()
            less = np.add.reduceat(np.append(numbers, 0), bounds)[::2]
            totals -= np.bincount(self._owner[beside], less, len(self))
        return totals

    def _beside(self, roles: tuple[int, ...]) -> np.ndarray:
        """The parts of other roles that hold anything."""
        others = [role for role in _ALL if role not in roles]
        return self._held[np.isin(self._role[self._held], others)]

    @functools.cached_property
    def _held(self) -> np.ndarray:
        """The parts beside the running text that hold anything."""
        return np.flatnonzero((self._role != SENTENCE) & (self._ends > self._starts))

    @functools.cached_property
    def _bounds_of_texts(self) -> np.ndarray:
        """Where the tokens of each text begin, and where the last ones end."""
        return self._tokens.bounds[np.searchsorted(self._owner, np.arange(len(self) + 1))]

    @functools.cached_property
    def _outlines(self) -> dict[int, Outline]:
        """The texts that have emoji, or may quote or report."""
        return self._built | {i: outline() for i, outline in self._later.items()}

    def _with_built(self, of_plain: np.ndarray, count: Callable[[Outline], float]) -> np.ndarray:
        """What plain texts have, and what is counted in each of the others."""
        return _with(of_plain, self._built, count)

    # ---- words and sentences

    @functools.cached_property
    def visible(self) -> np.ndarray:
        """Whether the text has anything to see."""
        return self._with_built(np.ones(len(self)), lambda reading: reading.text.strip() != "") > 0

    @functools.cached_property
    def _words_of_parts(self) -> np.ndarray:
        return self._sums("word")

    @functools.cached_property
    def sentences(self) -> np.ndarray:
        """Sentences with at least one word."""
        return self._per_text((self._words_of_parts > 0).astype(float), SENTENCE)

    @functools.cached_property
    def all_words(self) -> np.ndarray:
        """Words of running text, title and headings."""
        return self._totals("word", SENTENCE, HEADING)

    @functools.cached_property
    def promo_words(self) -> np.ndarray:
        """Words of the solicitation."""
        return self._per_text(self._words_of_parts, PROMO)

    def _ending_in(self, mark: str) -> np.ndarray:
        return self._per_text((self._endings[mark] & (self._words_of_parts > 0)).astype(float), SENTENCE)

    @functools.cached_property
    def _endings(self) -> dict[str, np.ndarray]:
        """By mark the parts that end in it."""
        return all_ending_in(self._strings, "?!")

    @functools.cached_property
    def questions(self) -> np.ndarray:
        """Sentences that end in a question mark, closing quotes aside."""
        return self._ending_in("?")

    @functools.cached_property
    def exclamations(self) -> np.ndarray:
        """Sentences that end in an exclamation mark, closing quotes aside."""
        return self._ending_in("!")

    @functools.cached_property
    def links(self) -> np.ndarray:
        """Web, mail and payment addresses anywhere in the text, solicitation included."""
        in_marks = self._with_built(np.zeros(len(self)), lambda reading: len(reading.links_in_marks))
        return self._totals("links", *_ALL) + in_marks

    # ---- the language

    @functools.cached_property
    def common_share(self) -> np.ndarray:
        """Share of words that are among the most frequent English ones."""
        return self._share_of_words("common_words")

    @functools.cached_property
    def known_share(self) -> np.ndarray:
        """Share of words that CMUdict knows."""
        return self._share_of_words("known_words")

    @functools.cached_property
    def latin_share(self) -> np.ndarray:
        """Share of letters that are Latin, over the whole text; NaN without letters."""
        with np.errstate(invalid="ignore"):
            return self._totals("latin_letters", *_ALL) / self._totals("script_letters", *_ALL)

    def _share_of_words(self, fact: str) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return self._totals(fact, SENTENCE, HEADING) / self.all_words

    # ---- samples and windows

    @functools.cached_property
    def _running_words(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every word of running text: its text, its number within the text from 0, its place in the stream."""
        places = np.flatnonzero((self._fact("word") > 0) & (self._role[self._part] == SENTENCE))
        texts = self._owner[self._part[places]]
        firsts = np.searchsorted(texts, np.arange(len(self)))
        return texts, np.arange(len(places)) - firsts[texts], places

    @functools.cached_property
    def linsear_points(self) -> np.ndarray:
        """Points of the first hundred words: 1 for a word of up to two syllables, 3 for a longer one."""
        texts, number, places = self._running_words
        sample = number < LINSEAR_SAMPLE
        points = 1 + 2 * self._fact("polysyllables")[places[sample]]
        return np.bincount(texts[sample], weights=points, minlength=len(self))

    @functools.cached_property
    def linsear_sentences(self) -> np.ndarray:
        """Sentences begun within the first hundred words."""
        _, number, places = self._running_words
        parts = self._part[places[number < LINSEAR_SAMPLE]]
        begun = parts[np.append(-1, parts[:-1]) != parts]  # they come in order
        return np.bincount(self._owner[begun], minlength=len(self)).astype(float)

    @functools.cached_property
    def distinct_in_windows(self) -> np.ndarray:
        """Mean number of distinct words in all windows of fifty words; NaN below fifty words.

        A word counts in a window if it has not occurred earlier in the same window: so each word adds the number
        of windows that hold it and begin after its last occurrence.
        """
        texts, number, places = self._running_words
        last = self._last_occurrence(texts, self._fact("key")[places], number)
        length = np.bincount(texts, minlength=len(self))
        first_window = np.maximum(number - VARIETY_WINDOW + 1, last + 1)
        windows = np.clip(np.minimum(number, (length - VARIETY_WINDOW)[texts]) - first_window + 1, 0, None)
        total = np.bincount(texts, weights=windows, minlength=len(self))
        return np.where(length >= VARIETY_WINDOW, total / np.maximum(length - VARIETY_WINDOW + 1, 1), np.nan)

    @staticmethod
    def _last_occurrence(texts: np.ndarray, keys: np.ndarray, number: np.ndarray) -> np.ndarray:
        """For every word the number of the same word's last occurrence in its text, -1 at the first."""
        same = texts.astype(np.int64) * (int(keys.max(initial=0)) + 1) + keys
        size = len(same)
        if size and int(same.max()) < 2**62 // size:
            ordered = np.sort(same * size + np.arange(size))  # one sort of whole numbers: word first, then place
            order, same = ordered % size, ordered // size
        else:
            order = np.argsort(same, kind="stable")
            same = same[order]
        again = same[1:] == same[:-1]
        last = np.full(size, -1)
        last[order[1:][again]] = number[order[:-1][again]]
        return last

    # ---- emoji

    @functools.cached_property
    def emoji(self) -> np.ndarray:
        """Emoji as a reader sees them, solicitation left out."""
        return self._totals("emoji", SENTENCE, HEADING)

    @functools.cached_property
    def _found_emoji(self) -> dict[int, list[tuple[str, str]]]:
        """Emoji and their roles outside the solicitation, by text."""
        return {i: _emoji_of(outline) for i, outline in self._outlines.items()}

    @functools.cached_property
    def distinct_emoji(self) -> np.ndarray:
        """Different emoji, solicitation left out."""
        return _with(np.zeros(len(self)), self._found_emoji, lambda found: len({emoji for emoji, _ in found}))

    @functools.cached_property
    def marker_emoji(self) -> np.ndarray:
        """Emoji that mark a heading, a list item or a run of paragraphs, solicitation left out."""
        return _with(np.zeros(len(self)), self._found_emoji, lambda found: sum(role == "marker" for _, role in found))

    # ---- structure

    @functools.cached_property
    def all_blocks(self) -> np.ndarray:
        """Blocks of every kind but solicitation."""
        return self._with_built(
            self._paragraphs,
            lambda reading: sum(block.kind != "promo" for block in reading.blocks) if reading.text.strip() else 0,
        )

    @functools.cached_property
    def headings(self) -> np.ndarray:
        """Title and headings."""
        return self._blocks_of("title", "heading")

    @functools.cached_property
    def list_items(self) -> np.ndarray:
        """List items."""
        return self._blocks_of("list_item")

    def _blocks_of(self, *kinds: str) -> np.ndarray:
        return self._with_built(
            np.zeros(len(self)), lambda reading: sum(block.kind in kinds for block in reading.blocks)
        )

    @functools.cached_property
    def paragraphs(self) -> np.ndarray:
        """Paragraphs."""
        return self._with_built(self._paragraphs, lambda reading: len(reading.paragraphs_at))

    @functools.cached_property
    def one_line_paragraphs(self) -> np.ndarray:
        """Paragraphs of a single sentence."""
        return self._with_built(self._one_line_paragraphs, lambda reading: len(reading.one_line_paragraphs_at))

    @functools.cached_property
    def quoted_words(self) -> np.ndarray:
        """Words between quotation marks."""
        return self._words_in(lambda reading: reading.quotations_at)

    @functools.cached_property
    def attributed_words(self) -> np.ndarray:
        """Words that report somebody else: attributed blocks and quotations of three words and more."""
        return self._words_in(lambda reading: reading.attributed_at)

    def _words_in(self, stretches: Callable[[Outline], list[tuple[int, int]]]) -> np.ndarray:
        """Words that begin in some stretches of each text."""
        tokens: list[str] = []
        many = np.zeros(len(self), np.int64)
        for i, reading in sorted(self._outlines.items()):
            for start, end in stretches(reading):
                found = reading.tokens_in(start, end)
                tokens += found
                many[i] += len(found)
        rows = self._vocabulary.rows(tokens)
        words = self._vocabulary.table[WORD].take(rows)
        return np.bincount(np.repeat(np.arange(len(self)), many), weights=words, minlength=len(self))

    # ---- tone

    @functools.cached_property
    def _tones(self) -> tuple[np.ndarray, np.ndarray]:
        """VADER's compound score of every part, with emoji and without them; NaN for a part without words."""
        seen = Seen(*(self._fact(f"tone_{name}") for name in Seen._fields))
        emphasis = emphasis_of(*(self._sums(mark).astype(int) for mark in ("exclamations", "questions")))
        compounds = self._vocabulary.rules.compounds(seen, self._starts, emphasis)
        with_emoji = np.where(self._words_of_parts > 0, compounds, np.nan)
        without = with_emoji.copy()
        chosen = (self._sums("emoji") > 0) & (self._sums("hit") > 0) & (self._words_of_parts > 0)
        if len(parts := np.flatnonzero(chosen & (self._role == SENTENCE))):
            with_emoji[parts], without[parts] = self._tones_by_emoji(parts, emphasis[parts])
        return with_emoji, without

    def _tones_by_emoji(self, parts: np.ndarray, emphasis: np.ndarray) -> list[np.ndarray]:
        """Compound scores of parts with each emoji read as the words of its name, and with all emoji taken out."""
        known, many = self._vocabulary, (self._ends - self._starts)[parts]
        ends = np.cumsum(many)
        places = np.repeat(self._starts[parts] - ends + many, many) + np.arange(many.sum())
        rows, which = np.unique(self._rows[places], return_inverse=True)
        tokens = Tokens([""] * len(rows), which, np.append(0, ends), [])
        facts = known.table[[COLUMNS.index(f"tone_{name}") for name in Seen._fields]][:, rows]
        names = {i: known.name_of(rows[i]) for i in np.flatnonzero(known.table[COLUMNS.index("emoji")][rows]).tolist()}
        scores = []
        nothing: list[str] = []
        for told in (names, dict.fromkeys(names, nothing)):
            read = tokens.replaced(told)
            of_names = known.rules.numbers([vader_words.cleaned(word) for words in told.values() for word in words])
            seen = Seen(*np.concatenate([facts, of_names], axis=1)[:, read.which])
            scores.append(known.rules.compounds(seen, read.bounds[:-1], emphasis))
        return scores

    def _tone_mean(self, values: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return self._per_text(np.nan_to_num(values), SENTENCE) / self.sentences

    @functools.cached_property
    def tone(self) -> np.ndarray:
        """Mean of VADER's compound score over sentences; NaN without a sentence."""
        return self._tone_mean(self._tones[0])

    @functools.cached_property
    def tone_without_emoji(self) -> np.ndarray:
        """The same with all emoji taken out."""
        return self._tone_mean(self._tones[1])

    @functools.cached_property
    def tone_spread(self) -> np.ndarray:
        """Standard deviation of the compound score over sentences (n - 1); NaN below two sentences."""
        values = self._tones[0]
        squares = self._per_text(np.nan_to_num((values - self.tone[self._owner]) ** 2), SENTENCE)
        return np.where(self.sentences >= 2, np.sqrt(squares / np.maximum(self.sentences - 1, 1)), np.nan)

    @functools.cached_property
    def positive_sentences(self) -> np.ndarray:
        """Sentences with a compound score of 0.05 and above."""
        return self._per_text((np.nan_to_num(self._tones[0]) >= 0.05).astype(float), SENTENCE)

    @functools.cached_property
    def negative_sentences(self) -> np.ndarray:
        """Sentences with a compound score of -0.05 and below."""
        return self._per_text((np.nan_to_num(self._tones[0]) <= -0.05).astype(float), SENTENCE)


def _with(of_others: np.ndarray, some: Mapping[int, _Some], count: Callable[[_Some], float]) -> np.ndarray:
    counts = of_others.astype(float)
    counts[[*some]] = [count(reading) for reading in some.values()]
    return counts


def _with_emoji_apart(tokens: Tokens) -> Tokens:
    """Part emoji from the words that they stand at."""
    told = {
        place: EMOJI.sub(EMOJI_APART, tokens.distinct[place]).split()
        for place in tokens.beyond_ascii
        if max(tokens.distinct[place]) >= FIRST_EMOJI
    }
    return tokens.replaced({place: pieces for place, pieces in told.items() if len(pieces) > 1})


def parts_of(reading: Outline) -> list[tuple[int, str]]:
    """Sentences, headings and solicitation of one reading as strings in which emoji stand apart."""
    if not reading.emoji_at:
        return _parts(reading)
    return [(role, text if text.isascii() else EMOJI.sub(EMOJI_APART, text)) for role, text in _parts(reading)]


def _parts(reading: Outline) -> list[tuple[int, str]]:
    content = reading.content
    parts = [(SENTENCE, content[start:end]) for start, end in reading.sentences_at]
    if len(reading.blocks) == 1 and parts:
        return parts
    roles = {"title": HEADING, "heading": HEADING, "promo": PROMO}
    others = (block for block in reading.blocks if block.kind not in RUNNING)
    return parts + [(roles[block.kind], content[block.inner : block.end]) for block in others]


def _emoji_of(reading: Outline) -> list[tuple[str, str]]:
    """Emoji and their roles outside the solicitation."""
    if not reading.emoji_at:
        return []
    return [(found.emoji, found.role) for found in find_emoji(reading) if found.block != "promo"]
