"""Explain a score: tone word by word, readability term by term."""

from __future__ import annotations

import copy
import inspect
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from ..lexicons import vader_rules as vader
from ..lexicons import vader_words
from ..lexicons.features import COLUMNS, Vocabulary, vocabulary
from ..text.counts import LINSEAR_SAMPLE, Counts
from ..text.outline import sentences_apart
from ..text.reading import Reading, read
from .base import reasons
from .formula_terms import Arithmetic, counts_used, feature_of, terms_of
from .measure import METRICS, Metric

MOST = 5
"""Words, and sentences, that `explain_readability` names."""

_FACT_OF = {"linsear_points": "polysyllables"}  # counts that are not a plain total of one feature of the words
_CHUNK = re.compile(r"\S+")


class _Token(NamedTuple):
    """A stretch between spaces, or an emoji: where it is, its row in the vocabulary, what VADER's rules see."""

    text: str
    start: int
    end: int
    row: int
    seen: tuple[vader_words.Word, ...]
    emoji: bool


class _Sentence(NamedTuple):
    tokens: list[_Token]
    exclamations: int
    questions: int
    scored: bool


# ---- tone


def explain_sentiment(text: str | Reading, *, whole: bool = False) -> pd.DataFrame:
    """Show each word's valence, the rules that changed it, and how the values add up to the score.

    `sentiment` is the mean of the sentences' scores where it has a value.  It is NaN for a text that is not English
    or has no sentence structure (see `why_missing`); the sentences are explained all the same.

    Parameters
    ----------
    text : str
        Any text; headings and solicitation have no tone and are left out.
    whole : bool
        True: explain `vader(text)`, the score of the text as one piece as vaderSentiment itself cleans it.  Nothing
        is normalised or left out, and an emoji is part of the word that follows it without a space.

    Returns
    -------
    DataFrame
        One row for each word, emoji and scored emoticon, in order.

        - `sentence`: number from 1; `token`: as spelled in the normalised text (`whole`: in the text);
          `start`, `end`: its offsets there (`read(text).text`).
        - `valence`: the lexicon's rating, -4 to 4, higher is more positive, NaN for a word that is not in the
          lexicon; for an emoji the sum over the words of its name.
        - `rules`: the rules that changed the valence, in order, such as `boosted, negated`; `before but` and
          `after but` may occur twice at one word and be missing at the next, since vaderSentiment looks words up by
          value.  `emoji name`: what is scored are the words of the emoji's name.
        - `value`: what is left of the valence after the rules; 0.0 for a word that does not count.
        - `raw_sum`: the sum of the sentence's values; `emphasis`: what `!` and `?` add to it; `compound`: the
          sentence's score, -1 to 1: x / sqrt(x * x + 15) of both together, rounded to four digits.  NaN for a
          sentence without words (a lone emoji or link), which does not count in the mean.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or too long.

    References
    ----------
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> explain_sentiment("It isn't very good.")[["token", "valence", "rules"]].values.tolist()[2:]
    [['very', nan, ''], ['good.', 1.9, 'boosted, negated']]
    """
    sentences = [_one_piece(text)] if whole else _sentences(text if isinstance(text, Reading) else read(text))
    rows = [row for number, sentence in enumerate(sentences, 1) for row in _sentence_rows(number, sentence)]
    types = {"sentence": int, "token": str, "start": int, "end": int, "valence": float, "rules": str}
    types |= dict.fromkeys(("value", "raw_sum", "emphasis", "compound"), float)
    return pd.DataFrame(rows, columns=list(types)).astype(types)


Scored = tuple[str, int, int, float, str, float]


def _sentence_rows(number: int, sentence: _Sentence) -> list[tuple[int | float | str, ...]]:
    """The rows of one sentence; each repeats the sums."""
    words = [word for token in sentence.tokens for word in token.seen]
    found = vader.trace(words, sentence.exclamations, sentence.questions)
    rows = list(_scored_tokens(sentence.tokens, {row.place: row for row in found.rows}))
    total = float(sum([value for *_, value in rows]))
    sums = (total, found.emphasis + 0.0, found.compound if sentence.scored else math.nan)
    return [(number, *row, *sums) for row in rows]


def _scored_tokens(tokens: Sequence[_Token], hits: dict[int, vader.Row]) -> Iterator[Scored]:
    """Each word, emoji and scored emoticon with the rules and values of what the rules see of it."""
    ends = itertools.accumulate(len(token.seen) for token in tokens)
    for token, end in zip(tokens, ends, strict=True):
        rows = [hits[place] for place in range(end - len(token.seen), end) if place in hits]
        if not (rows or token.emoji or any(map(str.isalnum, token.text))):
            continue
        rated = [word.valence for word in token.seen if word.valence is not None]
        rules = ["emoji name"] * token.emoji + [step.rule for row in rows for step in row.steps]
        value = float(sum(row.value for row in rows))
        yield token.text, token.start, token.end, sum(rated) if rated else math.nan, ", ".join(rules), value


def _sentences(reading: Reading) -> Iterator[_Sentence]:
    """The sentences as `sentiment` scores them."""
    known = vocabulary()
    for tokens in _tokens(reading, known):
        exclamations, questions, words = (_facts(known, tokens, name) for name in ("exclamations", "questions", "word"))
        yield _Sentence(tokens, int(exclamations.sum()), int(questions.sum()), bool(words.any()))


def _tokens(reading: Reading, known: Vocabulary) -> list[list[_Token]]:
    """The tokens of each sentence of the running text."""
    strings = sentences_apart(reading)
    starts = (start for start, _ in reading.sentences_at)
    pairs = zip(strings, starts, strict=True)
    return [list(_placed(reading.content, start, string.split(), known)) for string, start in pairs]


def _placed(content: str, at: int, tokens: Sequence[str], known: Vocabulary) -> Iterator[_Token]:
    for token, following in itertools.zip_longest(tokens, tokens[1:], fillvalue=""):
        start = content.index(token, at)
        at, row = start + len(token), known[token]
        seen = (vader_words.PLAIN,) if vader_words.abbreviates_number(token, following) else known.seen(row)
        yield _Token(token, start, at, row, seen, known.words[row] is None)


def _facts(known: Vocabulary, tokens: Sequence[_Token], name: str) -> np.ndarray:
    return known.table[COLUMNS.index(name)].take(np.fromiter((token.row for token in tokens), np.intp, len(tokens)))


def _one_piece(text: str | Reading) -> _Sentence:
    """The whole text as `vader` scores it: emoji become names, words are cleaned strictly."""
    text = text.original if isinstance(text, Reading) else text
    vader.vader(text)  # rejects anything that is not a text
    described = vader_words.describe_emoji(text)
    return _Sentence(list(_pieces(text)), described.count("!"), described.count("?"), True)


def _pieces(text: str) -> Iterator[_Token]:
    """Stretches between spaces, cut before each emoji: there the library puts a space, and none after it."""
    for chunk in _CHUNK.finditer(text):
        cuts = [at for at in range(chunk.start() + 1, chunk.end()) if _has_name(text[at])]
        for start, end in itertools.pairwise([chunk.start(), *cuts, chunk.end()]):
            token = text[start:end]
            seen = tuple(map(vader_words.word, vader_words.describe_emoji(token).split()))
            # A table's column of text cannot hold half of a surrogate pair.
            shown = token.encode("utf-8", "replace").decode("utf-8")
            yield _Token(shown, start, end, -1, seen, _has_name(token[0]))


def _has_name(character: str) -> bool:
    return not character.isascii() and vader_words.describe_emoji(character) != character


# ---- readability


def explain_readability(text: str | Reading, metric: str = "flesch_kincaid_grade") -> pd.DataFrame:
    """Show a readability score as its counts and terms, and the words and sentences that weigh most in it.

    Parameters
    ----------
    text : str
        The text.
    metric : str
        Name of a readability formula.

    Returns
    -------
    DataFrame
        Columns `part`, `name`, `value`, `note`.  The parts are, in this order:

        - `count`: the counts that the formula uses, over the running text.
        - `term`: what each ratio adds to the score, and the constant; the terms add up to the score.
        - `score`: the score; NaN where the text has none, with the reason in `note`, and then nothing follows.
        - `word`: up to five words that weigh most, those with more of what the formula counts than the text's
          words on average, all occurrences together; `value`: the score if they were taken out.
        - `sentence`: the five longest sentences; `value`: the score if one was taken out.

        `note` says how often, how long, and by how much the score would change.  A `value` is NaN where the text
        would be too short without the word or sentence.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or too long; if `metric` is not a readability formula.

    Examples
    --------
    >>> table = explain_readability("The people of the city want a good peace now. " * 10)
    >>> table.query("part in ('term', 'score')")[["name", "value"]].round(2).values.tolist()
    [['words per sentence', 3.9], ['syllables per word', 14.16], ['constant', -15.59], ['score', 2.47]]
    """
    asked = _formula_named(metric)
    reading = text if isinstance(text, Reading) else read(text)
    rows = list(_readability_rows(reading, asked))
    return pd.DataFrame(rows, columns=["part", "name", "value", "note"]).astype({"value": float})


Part = tuple[str, str, float, str]


def _formula_named(name: str) -> Metric:
    formulas = {each.name: each for each in METRICS if each.family == "readability" and each.needs.english}
    if name not in formulas:
        raise ValueError(f"{name!r} is not a readability formula; explain_readability knows {', '.join(formulas)}.")
    return formulas[name]


def _readability_rows(reading: Reading, metric: Metric) -> Iterator[Part]:
    """All rows of the table, in order."""
    arithmetic: Arithmetic = metric.function.__wrapped__  # type: ignore[attr-defined]
    counts = Counts([reading])
    used = counts_used(arithmetic, counts)
    for name, count in used.items():
        yield "count", name, count, inspect.getdoc(getattr(Counts, name)) or ""
    score = float(metric.values(counts, [])[0])
    if math.isnan(score):
        yield "score", "score", score, str(reasons(counts, metric.needs)[0])
        return
    yield from (("term", *term) for term in terms_of(arithmetic, used))
    yield "score", "score", score, f"{metric.label}, {metric.unit}; higher: {metric.higher_means}"
    yield from _heaviest_words(reading, metric, feature_of(used), score)
    yield from _longest_sentences(reading, metric, feature_of(used), score)


# ---- leave-one-out scores: the same metric over the same reading without a word or a sentence


def _heaviest_words(reading: Reading, metric: Metric, feature: str, score: float) -> Iterator[Part]:
    """The words that hold more of the feature than the text's words on average, all occurrences together."""
    known = vocabulary()
    tokens = [token for sentence in _tokens(reading, known) for token in sentence]
    is_word, amount = _facts(known, tokens, "word") > 0, _facts(known, tokens, _FACT_OF.get(feature, feature)).copy()
    if feature in ("difficult_words", "complex_words"):
        amount[Counts([reading]).names_at()] = 0
    words = [*itertools.compress(tokens, is_word.tolist())]
    keys, reach = _facts(known, words, "key").tolist(), _reach(feature, len(words))
    facts = amount[is_word][:reach].tolist()
    amounts, places = _grouped(keys[:reach], facts), _grouped(keys, words)
    average = sum(facts) / len(facts)
    excess = {key: sum(amount) - len(amount) * average for key, amount in amounts.items()}
    chosen = sorted((key for key in amounts if excess[key] > 0), key=excess.__getitem__, reverse=True)[:MOST]
    values = _scores(metric, [_blanked(reading, [(each.start, each.end) for each in places[key]]) for key in chosen])
    for key, value in zip(chosen, values, strict=True):
        # Punctuation parts single occurrences where a formula counts characters.
        each = " to ".join(map(str, sorted({min(amounts[key]), max(amounts[key])})))
        note = f", {each} {feature} each" if max(facts) > 1 else ""
        note = f"{_many(len(amounts[key]), 'time')}{note}{_change(value, score)}"
        yield "word", _bare(places[key][0].text), value, note


T = TypeVar("T")


def _grouped(keys: Sequence[int], values: Sequence[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in zip(keys, values, strict=True):
        found.setdefault(key, []).append(value)
    return found


def _longest_sentences(reading: Reading, metric: Metric, feature: str, score: float) -> Iterator[Part]:
    """The sentences with the most words, among those that the formula uses."""
    known = vocabulary()
    words = [int(_facts(known, tokens, "word").sum()) for tokens in _tokens(reading, known)]
    before = [0, *itertools.accumulate(words)]
    places = [at for at, many in enumerate(words) if many and before[at] < _reach(feature, before[-1])]
    chosen = sorted(places, key=lambda at: -words[at])[:MOST]
    spans, texts = reading.sentences_at, reading.sentence_texts()
    changed = [_blanked(reading, [spans[at]], sentences_at=spans[:at] + spans[at + 1 :]) for at in chosen]
    values = _scores(metric, changed)
    for at, value in zip(chosen, values, strict=True):
        yield "sentence", texts[at], value, f"{_many(words[at], 'word')}{_change(value, score)}"


def _reach(feature: str, words: int) -> int:
    """The number of words that a formula uses."""
    return LINSEAR_SAMPLE if feature == "linsear_points" else words


def _scores(metric: Metric, readings: Sequence[Reading]) -> list[float]:
    return [float(value) for value in metric.values(Counts(readings), [])] if readings else []


def _blanked(reading: Reading, spans: Iterable[tuple[int, int]], **attributes: Any) -> Reading:
    """The reading with spaces in the place of some spans, so that every offset stays."""
    content, pieces, at = reading.content, [], 0
    for start, end in spans:
        pieces += [content[at:start], " " * (end - start)]
        at = end
    changed = copy.copy(reading)
    own = {name: getattr(reading, name) for name in ("blocks", "sentences_at", "links_in_marks")}
    vars(changed).update(own, content="".join([*pieces, content[at:]]), **attributes)
    return changed


def _bare(token: str) -> str:
    """The token from its first letter or digit to its last."""
    places = [at for at, character in enumerate(token) if character.isalnum()]
    return token[places[0] : places[-1] + 1]


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _change(value: float, score: float) -> str:
    return "; too short without" if math.isnan(value) else f"; {value - score:+.2f} without"
