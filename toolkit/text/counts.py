"""Counts over one text or many: numpy columns, from one tokenisation and one lookup per distinct word."""

from __future__ import annotations

import functools
import itertools
import string

import numpy as np

from ..lexicons.tokens import Numbered, Tokens
from ..lexicons.vader_rules import NEUTRAL, compounds, emphasis_of, rate
from ..lexicons.vocabulary import COLUMNS
from .blocks import KINDS
from .characters import ranges
from .document import Batch, Spans
from .emoji_spans import emoji_roles, spelling
from .sentences import all_ending_in

SENTENCE, HEADING, PROMO = _ALL = 0, 1, 2
_EVERY = slice(None)
_OF_PARTS = "word", "exclamations", "questions", "emoji", "hit"
_OF_TEXTS = (*itertools.takewhile("exclamations".__ne__, COLUMNS), "emoji")
"""The features that are summed per part and per text."""
LINSEAR_SAMPLE = 100  # words, O'Hayre (1966)
VARIETY_WINDOW = 50  # words, Covington & McFall (2010)


def _total(fact: str, doc: str, *roles: int, of_whole_text: bool = False) -> functools.cached_property[np.ndarray]:
    """A column that sums one feature of the words over parts of the given roles, the running text by default."""

    def column(self: Counts) -> np.ndarray:
        add_up = self._of_whole_text if of_whole_text else self._totals
        return add_up(fact, *(roles or (SENTENCE,)))

    column.__doc__ = doc
    return functools.cached_property(column)


_judged = functools.partial(_total, of_whole_text=True)  # the language: of all rows of one text together


class Counts:
    """Counts of many readings, one row per text: every public attribute is a numpy column of floats.

    Only `visible` has truth values. Unless stated otherwise, a count covers the running text: title, headings and
    solicitation are left out.
    """

    words = _total("word", "Words: tokens between spaces with a letter or digit; links, emoji, emoticons do not count.")
    syllables = _total("syllables", "Syllables (CMUdict, else hyphenation).")
    polysyllables = _total("polysyllables", "Words of three syllables or more.")
    letters = _total("letters", "Letters and digits.")
    characters = _total("characters", "Characters without spaces, punctuation included.")
    long_words = _total("long_words", "Words of more than six letters.")
    capital_words = _total("capital_words", "Words of two letters or more, all in capitals.")
    spelled_words = _total("spelled_words", "Words with at least one letter, so not numbers.")
    all_words = _total("word", "Words of running text, title and headings.", SENTENCE, HEADING)
    promo_words = _total("word", "Words of the solicitation.", PROMO)
    emoji = _total("emoji", "Emoji as a reader sees them, solicitation left out.", SENTENCE, HEADING)
    judged_words = _judged(
        "spelled_words",
        "Words with a letter by which the language is judged: running text, title and headings.",
        SENTENCE,
        HEADING,
    )
    common_words = _judged("common_words", "Words among the most frequent English ones.", SENTENCE, HEADING)
    known_words = _judged(
        "known_words",
        "Words with a letter that are in an English dictionary, VADER's lexicon or chat slang.",
        SENTENCE,
        HEADING,
    )
    foreign_words = _judged("foreign_words", "Function words of other languages.", SENTENCE, HEADING)
    maybe_foreign_words = _judged(
        "maybe_foreign_words", "Function words of other languages that are also English words.", SENTENCE, HEADING
    )

    def __init__(self, batch: Batch, cut_from: np.ndarray | None = None, spoken: np.ndarray | None = None) -> None:
        self._batch = batch
        self._cut_from = cut_from  # per row, the number of the text that a unit was cut from
        unknown = np.full((len(batch), 3), np.nan)
        self._spoken = unknown if spoken is None else spoken  # per row, as in `read_units`
        starts, ends = batch.sentences
        others = np.flatnonzero(~batch.blocks.running)
        owner = np.append(batch.seen.owners(starts), batch.blocks.text[others])
        roles = np.where(batch.blocks.kind[others] == KINDS.index("promo"), PROMO, HEADING)
        starts, ends = np.append(starts, batch.blocks.inner[others]), np.append(ends, batch.blocks.end[others])
        order = np.lexsort((starts, owner)) if len(others) else slice(None)
        self._spans, self._owner = (starts[order], ends[order]), owner[order]
        self._role = np.append(np.zeros(len(owner) - len(others), np.int8), roles)[order]
        self._vocabulary, self._rows = batch.known, batch.distinct.astype(np.intp)
        bounds = np.append(np.searchsorted(batch.tokens[0], self._spans[0]), len(batch.which))
        self._tokens = Tokens(self._rows, batch.which, bounds)
        self._starts, self._ends = bounds[:-1], bounds[1:]
        self.known: dict[object, np.ndarray] = {}

    def __len__(self) -> int:
        return len(self._batch)

    @classmethod
    def names(cls) -> list[str]:
        """Names of the columns."""
        return [
            name for name, value in vars(cls).items() if isinstance(value, functools.cached_property) and name[0] != "_"
        ]

    # ---- adding up

    @functools.cached_property
    def _facts(self) -> dict[str, np.ndarray]:
        """The features in `COLUMNS` for each distinct token."""
        return {name: fact.take(self._rows) for name, fact in zip(COLUMNS, self._vocabulary.table, strict=True)}

    def _fact(self, name: str, places: np.ndarray | slice = _EVERY) -> np.ndarray:
        """One feature per token, or of the tokens at some places."""
        return self._facts[name].take(self._tokens.which[places])

    @functools.cached_property
    def _of_parts(self) -> dict[str, np.ndarray]:
        """Totals of some features per part."""
        return dict(zip(_OF_PARTS, self._tokens.sums([self._facts[name] for name in _OF_PARTS]), strict=True))

    @functools.cached_property
    def _runs(self) -> np.ndarray:
        """The first part of each run of parts of one role in one text."""
        role = np.append(-1, self._role)
        owner = np.append(-1, self._owner)
        return np.flatnonzero((role[1:] != role[:-1]) | (owner[1:] != owner[:-1]))

    @functools.cached_property
    def _of_runs(self) -> dict[str, np.ndarray]:
        """Totals of features per run of parts."""
        tokens = self._tokens._replace(bounds=self._tokens.bounds[np.append(self._runs, len(self._owner))])
        return dict(zip(_OF_TEXTS, tokens.sums([self._facts[name] for name in _OF_TEXTS]), strict=True))

    def _totals(self, fact: str, *roles: int) -> np.ndarray:
        """Total of one feature per text, over parts of the given roles."""
        return self._per_text(self._of_runs[fact], *roles, parts=self._runs)

    def _per_text(self, values: np.ndarray, *roles: int, parts: np.ndarray | slice = _EVERY) -> np.ndarray:
        """Total of a value of the parts per text, over parts of the given roles."""
        owner, role = self._owner[parts], self._role[parts]
        if len(roles) < len(_ALL) and role.any():
            chosen = np.logical_or.reduce([role == each for each in roles])
            owner, values = owner[chosen], values[chosen]
        elif SENTENCE not in roles:
            return np.zeros(len(self))
        return np.bincount(owner, weights=values, minlength=len(self)).astype(float, copy=False)

    def _spans_per_text(self, spans: Spans) -> np.ndarray:
        return np.bincount(self._batch.seen.owners(spans[0]), minlength=len(self)).astype(float)

    def _blocks_where(self, chosen: np.ndarray) -> np.ndarray:
        return np.bincount(self._batch.blocks.text[chosen], minlength=len(self)).astype(float)

    # ---- words and sentences

    @functools.cached_property
    def visible(self) -> np.ndarray:
        """Whether the text has a visible character."""
        seen = self._batch.seen
        return seen.many(seen.bounds[:-1], seen.bounds[1:] - 1) > 0

    @functools.cached_property
    def sentences(self) -> np.ndarray:
        """Sentences with at least one word."""
        return self._sentences_where(self._of_parts["word"] > 0)

    def _sentences_where(self, chosen: np.ndarray) -> np.ndarray:
        return self._per_text(chosen & (self._of_parts["word"] > 0), SENTENCE)

    @functools.cached_property
    def _endings(self) -> dict[str, np.ndarray]:
        """The parts that end in each mark."""
        return all_ending_in(self._batch.content, self._spans, "?!")

    @functools.cached_property
    def questions(self) -> np.ndarray:
        """Sentences that end in a question mark, perhaps among others; closing quotes, emoji and emoticons aside."""
        return self._sentences_where(self._endings["?"])

    @functools.cached_property
    def exclamations(self) -> np.ndarray:
        """Sentences that end in an exclamation mark, perhaps among others; closing quotes and the like aside."""
        return self._sentences_where(self._endings["!"])

    @functools.cached_property
    def links(self) -> np.ndarray:
        """Web, mail and payment addresses anywhere in the text, solicitation included."""
        return self._totals("links", *_ALL) + self._spans_per_text(self._batch.links_in_marks)

    # ---- words that are hard to read, unless they are names

    @functools.cached_property
    def difficult_words(self) -> np.ndarray:
        """Words that Dale and Chall's rules do not count as familiar; names are familiar."""
        return self._without_names("difficult_words")

    @functools.cached_property
    def complex_words(self) -> np.ndarray:
        """Words of three syllables or more that are hard by Gunning's rules; names are not."""
        return self._without_names("complex_words")

    def _without_names(self, fact: str) -> np.ndarray:
        names = self._names_at
        owners = self._owner[self._part_of(names)]
        named = np.bincount(owners, self._fact(fact, names), len(self))
        return self._totals(fact, SENTENCE) - named

    def names_at(self) -> np.ndarray:
        """Return the places among the tokens of the names in running text that would otherwise be hard words."""
        return self._names_at

    @functools.cached_property
    def _names_at(self) -> np.ndarray:
        """Places of names: inside a sentence, every capitalized word.

        The first word of a sentence or quotation is a name if the text uses it as a name elsewhere, or if another
        capitalized word follows (`Vladimir Putin said`).
        """
        facts = self._facts
        hard = facts["capitalized"] * (facts["difficult_words"] | facts["complex_words"]) > 0
        found = np.flatnonzero(hard.take(self._tokens.which))
        parts = self._part_of(found)
        running = self._role[parts] == SENTENCE
        found, parts = found[running], parts[running]
        before = np.append(0, np.cumsum(self._fact("word")))
        after_colon = (found > 0) & (self._fact("colon", found - 1) > 0)
        first = (before[found] == before[self._starts[parts]]) | (self._fact("opens", found) > 0) | after_colon
        next_one = np.minimum(found + 1, self._ends[parts] - 1)
        runs_on = (next_one > found) & (self._fact("capitalized", next_one) > self._fact("opens", next_one))
        leads = self._fact("may_lead_name", found) > 0
        tokens, which = np.unique(self._tokens.which[found], return_inverse=True)
        spellings = [self._vocabulary.tokens[row] for row in self._rows[tokens].tolist()]
        bare = [spelling.strip(string.punctuation).removesuffix("'s") for spelling in spellings]
        # The same name in the same text, with whatever marks are around it.
        same = self._owner[parts].astype(np.int64) * (len(bare) + 1) + Numbered().numbers(bare)[which]
        return found[~first | (runs_on & leads) | np.isin(same, same[~first])]

    def _part_of(self, places: np.ndarray) -> np.ndarray:
        """The part that each token belongs to, by its place."""
        return np.searchsorted(self._starts, places, side="right") - 1

    @functools.cached_property
    def latin_share(self) -> np.ndarray:
        """Share of letters that are Latin, solicitation included; NaN without letters."""
        with np.errstate(invalid="ignore"):
            return self._of_whole_text("latin_letters", *_ALL) / self._of_whole_text("script_letters", *_ALL)

    def _of_whole_text(self, fact: str, *roles: int) -> np.ndarray:
        totals = self._totals(fact, *roles)
        if self._cut_from is None:
            return totals
        return np.bincount(self._whole_text, totals)[self._whole_text]

    @functools.cached_property
    def _whole_text(self) -> np.ndarray:
        return np.unique(np.asarray(self._cut_from), return_inverse=True)[1]

    # ---- samples and windows

    @functools.cached_property
    def _running_words(self) -> tuple[np.ndarray, np.ndarray]:
        """Places of the words of running text among the tokens, and the text of each."""
        many = np.diff(self._tokens.bounds)
        words = self._fact("word") > 0
        if self._role.any():
            words &= np.repeat(self._role == SENTENCE, many)
        places = np.flatnonzero(words)
        return places, np.repeat(self._owner, many)[places]

    @functools.cached_property
    def _samples(self) -> tuple[np.ndarray, np.ndarray]:
        """Texts of more than a hundred words, and where each begins among the words of running text."""
        texts = np.flatnonzero(self.words > LINSEAR_SAMPLE)
        return texts, np.searchsorted(self._running_words[1], texts)

    @functools.cached_property
    def linsear_points(self) -> np.ndarray:
        """Points of the first hundred words: 1 for a word of up to two syllables, 3 for a longer one."""
        points = self.words + 2 * self.polysyllables
        texts, first = self._samples
        before = np.append(0, np.cumsum(self._fact("polysyllables", self._running_words[0])))
        points[texts] = LINSEAR_SAMPLE + 2 * (before[first + LINSEAR_SAMPLE] - before[first])
        return points

    @functools.cached_property
    def linsear_sentences(self) -> np.ndarray:
        """Sentences begun within the first hundred words."""
        sentences = self.sentences.copy()
        texts, first = self._samples
        before = np.append(0, np.cumsum((self._of_parts["word"] > 0) & (self._role == SENTENCE)))
        last = self._part_of(self._running_words[0][first + LINSEAR_SAMPLE - 1])
        sentences[texts] = before[last + 1] - before[np.searchsorted(self._owner, texts)]
        return sentences

    @functools.cached_property
    def distinct_in_windows(self) -> np.ndarray:
        """Mean number of distinct words in all windows of fifty words; NaN below fifty words.

        A word counts in a window if it has not occurred earlier in the same window: so each word adds the number
        of windows that hold it and begin after its last occurrence.
        """
        is_chosen = self.words >= VARIETY_WINDOW
        chosen = np.flatnonzero(is_chosen)
        places = self._running_words[0][is_chosen[self._running_words[1]]]
        length = self.words[chosen].astype(np.intp)
        texts, number = np.repeat(np.arange(len(chosen)), length), ranges(np.zeros_like(length), length)
        last = self._last_occurrence(texts, self._fact("key", places), number)
        first_window = np.maximum(number - VARIETY_WINDOW + 1, last + 1)
        windows = np.clip(np.minimum(number, (length - VARIETY_WINDOW)[texts]) - first_window + 1, 0, None)
        distinct = np.full(len(self), np.nan)
        distinct[chosen] = np.bincount(texts, windows, len(chosen)) / (length - VARIETY_WINDOW + 1)
        return distinct

    @staticmethod
    def _last_occurrence(texts: np.ndarray, keys: np.ndarray, number: np.ndarray) -> np.ndarray:
        """For every word the number of the same word's last occurrence in its text, -1 at the first."""
        order = np.argsort(keys.astype(np.uint16), kind="stable")  # of 16 bits, in time proportional to their number
        order = order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]
        before, this = order[:-1], order[1:]
        again = (keys[before] == keys[this]) & (texts[before] == texts[this])
        last = np.full(len(keys), -1)
        last[this[again]] = number[before[again]]
        return last

    # ---- emoji

    @functools.cached_property
    def distinct_emoji(self) -> np.ndarray:
        """Different emoji, solicitation left out."""
        texts, emoji, _ = self._found_emoji
        pairs = np.unique(texts.astype(np.int64) * (len(emoji) + 1) + Numbered().numbers(emoji))
        return np.bincount(pairs // (len(emoji) + 1), minlength=len(self)).astype(float)

    @functools.cached_property
    def marker_emoji(self) -> np.ndarray:
        """Emoji that mark a heading, a list item or a run of paragraphs, solicitation left out."""
        texts, _, marks = self._found_emoji
        return np.bincount(texts[marks], minlength=len(self)).astype(float)

    @functools.cached_property
    def _found_emoji(self) -> tuple[np.ndarray, list[str], np.ndarray]:
        """Emoji outside the solicitation: the text of each, its spelling, and whether it is a marker."""
        batch, (block, marks) = self._batch, emoji_roles(self._batch)
        kept = batch.blocks.kind[block] != KINDS.index("promo")
        spans = zip(*(each[kept].tolist() for each in batch.emoji), strict=True)
        return batch.blocks.text[block[kept]], [spelling(batch.seen.text[a:b]) for a, b in spans], marks[kept]

    # ---- structure

    @functools.cached_property
    def all_blocks(self) -> np.ndarray:
        """Blocks of every kind but solicitation."""
        return self._blocks_where(self._batch.blocks.kind != KINDS.index("promo")) * self.visible

    @functools.cached_property
    def headings(self) -> np.ndarray:
        """Title and headings."""
        return self._blocks_where(self._batch.blocks.kind <= KINDS.index("heading"))

    @functools.cached_property
    def list_items(self) -> np.ndarray:
        """List items."""
        return self._blocks_where(self._batch.blocks.kind == KINDS.index("list_item"))

    @functools.cached_property
    def paragraphs(self) -> np.ndarray:
        """Paragraphs."""
        return self._spans_per_text(self._batch.paragraphs)

    @functools.cached_property
    def one_line_paragraphs(self) -> np.ndarray:
        """Paragraphs of a single sentence."""
        return self._spans_per_text(self._batch.one_line_paragraphs)

    @functools.cached_property
    def quoted_words(self) -> np.ndarray:
        """Words between quotation marks; those of a unit are between marks of the text that it was cut from."""
        return self._spoken_words(self._spoken[:, 0], self._batch.quotations)

    @functools.cached_property
    def attributed_words(self) -> np.ndarray:
        """Words that report somebody else: attributed blocks and quotations of three words and more.

        A voice that no longer agrees with the number was changed after splitting, and decides.
        """
        _, known, voice = self._spoken.T
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
        totals, rows, bounds = self._of_parts, self._rows.take(self._tokens.which), self._tokens.bounds
        emphasis, worded = emphasis_of(totals["exclamations"], totals["questions"]), totals["word"] > 0
        known = self._vocabulary
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
        return self._sentences_where(self._tones[0] >= NEUTRAL)

    @functools.cached_property
    def negative_sentences(self) -> np.ndarray:
        """Sentences with a compound score of -0.05 and below."""
        return self._sentences_where(self._tones[0] <= -NEUTRAL)
