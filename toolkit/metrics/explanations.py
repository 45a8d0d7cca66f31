"""Explain a score: tone word by word, readability term by term."""

import inspect
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import check_flags, checked_choice
from ..lexicons.characters import Characters
from ..lexicons.vader_rules import Is, compounds, describe_emoji, emphasis_of, library, numbers_in, rate, totals, vader
from ..lexicons.vocabulary import Scored
from ..text.counts import LINSEAR_SAMPLE, Counts
from ..text.document import Batch
from ..text.reading import Reading, read
from .formula import reasons
from .formula_terms import Arithmetic, counts_used, feature_of, terms_of
from .measure import METRICS, Metric

MOST = 5
"""Number of words and of sentences that `explain_readability` lists."""

_FEATURE_OF = {"linsear_points": "polysyllables"}  # counts other than the total of one word feature
_CHUNK = re.compile(r"\S+")


# ---- tone


def explain_sentiment(text: str | Reading, *, whole: bool = False) -> pd.DataFrame:
    """Explain a tone score: each word's valence, the rules that changed it, and how the values add up.

    `sentiment` is the mean of the sentence scores.  It is NaN for a text that is not English
    or has no sentence structure (see `why_missing`); the sentences are explained nonetheless.

    Parameters
    ----------
    text : str
        Any text; headings and solicitation have no tone and are left out.
    whole : bool
        True: explain `vader(text)`, the score of the text as one piece, cleaned as in vaderSentiment.  Nothing
        is normalised or left out, and an emoji joins the word that follows it without a space.

    Returns
    -------
    DataFrame
        One row per word, emoji and scored emoticon, in order.

        - `sentence`: number from 1; `token`: as spelled in the normalised text (`whole`: in the text);
          `start`, `end`: its offsets there (`read(text).text`).
        - `valence`: the lexicon's rating, -4 to 4, higher is more positive, NaN for a word that is not in the
          lexicon; for an emoji the sum over the words of its name.
        - `rules`: the rules that changed the valence, in order, such as `boosted, negated`; `before but` and
          `after but` may apply twice to one word and not at all to the next, since vaderSentiment looks words up by
          value.  `emoji name`: the words of the emoji's name are scored.
        - `value`: the valence after the rules; 0.0 for a word that does not count.
        - `raw_sum`: the sum of the sentence's values; `emphasis`: what `!` and `?` add to it; `compound`: the
          sentence's score, -1 to 1: x / sqrt(x * x + 15) of their sum x, rounded to four digits.  NaN for a
          sentence without words (a lone emoji or link), which does not count in the mean.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or is too long.

    References
    ----------
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> explain_sentiment("It isn't very good.")[["token", "valence", "rules"]].values.tolist()[2:]
    [['very', nan, ''], ['good.', 1.9, 'boosted, negated']]
    """
    check_flags(whole=whole)
    shown = _one_piece(text) if whole else _sentences(text if isinstance(text, Reading) else read(text))
    tokens, spans, sentence, are_emoji, seen, emphasis, worded = shown
    hits, many = rate(seen.numbers, seen.starts, explain=True), len(tokens)
    scored, rules = seen.places[hits.place], [["emoji name"] * is_emoji for is_emoji in are_emoji.tolist()]
    for token, steps in zip(scored.tolist(), hits.steps, strict=True):
        rules[token] += [step.rule for step in steps]
    rated = np.bincount(seen.places, library().flags[seen.numbers] & Is.RATED, many) > 0
    valence = totals(seen.places, library().valence[seen.numbers], many)
    value, sums = totals(scored, hits.value, many), totals(hits.part, hits.value, len(emphasis))
    counted = np.isin(np.arange(many), scored) | are_emoji
    counted |= np.array([any(map(str.isalnum, token)) for token in tokens], bool)
    start, end = np.array(spans, np.int64).reshape(-1, 2).T
    table = pd.DataFrame({
        "sentence": sentence + 1, "token": pd.Series(tokens, dtype="str"), "start": start, "end": end,
        "valence": np.where(rated, valence, np.nan), "rules": pd.Series([*map(", ".join, rules)], dtype="str"),
        "value": value, "raw_sum": totals(sentence, value, len(sums))[sentence],
        "emphasis": (np.sign(sums) * emphasis)[sentence] + 0.0,
        "compound": np.where(worded, compounds(hits, emphasis), np.nan)[sentence],
    })  # fmt: skip
    return table[counted].reset_index(drop=True)


_Shown = tuple[list[str], list[tuple[int, int]], np.ndarray, np.ndarray, Scored, np.ndarray, np.ndarray]
"""Tokens, their places, sentences, and which are emoji; what VADER's rules see of them; for each sentence its emphasis
and whether it has words."""


def _sentences(reading: Reading) -> _Shown:
    """Yield the sentences as `sentiment` scores them."""
    batch, many = reading.batch, len(reading.sentences_at)
    places, sentence = batch.tokens_in(batch.sentences)
    words, exclamations, questions, emoji = (
        batch.feature(name, places) for name in ("word", "exclamations", "questions", "emoji")
    )
    marks = (np.bincount(sentence, each, many).astype(int) for each in (exclamations, questions))
    seen = batch.known.scored(batch.rows[places], np.searchsorted(sentence, np.arange(many)))
    spans = [*zip(*(each[places].tolist() for each in batch.tokens), strict=True)]
    tokens = [reading.content[a:b] for a, b in spans]
    return tokens, spans, sentence, emoji > 0, seen, emphasis_of(*marks), np.bincount(sentence, words, many) > 0


def _one_piece(text: str | Reading) -> _Shown:
    """Return the whole text as `vader` scores it: emoji become names, words are cleaned strictly."""
    text = text.original if isinstance(text, Reading) else text
    vader(text)  # rejects anything but a text
    spans = [*_pieces(text)]
    pieces = [describe_emoji(text[start:end]) for start, end in spans]
    numbers, bounds = numbers_in(pieces)
    seen = Scored(numbers, np.zeros(1, np.intp), np.repeat(np.arange(len(spans)), np.diff(bounds)))
    # A column of strings cannot hold lone surrogates.
    tokens = [text[start:end].encode("utf-8", "replace").decode("utf-8") for start, end in spans]
    marks = (np.array([sum(piece.count(mark) for piece in pieces)]) for mark in "!?")
    are_emoji = np.array([_has_name(text[start]) for start, _ in spans], bool)
    return tokens, spans, np.zeros(len(spans), np.intp), are_emoji, seen, emphasis_of(*marks), np.ones(1, bool)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces between spaces, cut before each emoji: the library puts a space there, but none after it."""
    for chunk in _CHUNK.finditer(text):
        cuts = [at for at in range(chunk.start() + 1, chunk.end()) if _has_name(text[at])]
        yield from itertools.pairwise([chunk.start(), *cuts, chunk.end()])


def _has_name(character: str) -> bool:
    return not character.isascii() and describe_emoji(character) != character


# ---- readability


def explain_readability(text: str | Reading, metric: str = "flesch_kincaid_grade") -> pd.DataFrame:
    """Explain a readability score: its counts and terms, and the words and sentences that weigh most.

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
        - `term`: the contribution of each ratio, and the constant; the terms add up to the score.
        - `score`: the score; NaN if the text has none, with the reason in `note` and no further rows.
        - `word`: up to five words with the largest effect, all occurrences together, among those above average in what
          the formula counts; `value`: the score without them.
        - `sentence`: the five longest sentences; `value`: the score without that sentence.

        `note` gives frequency, length and the change in the score.  A `value` is NaN if the text
        would be too short without the word or sentence.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str or is too long, or `metric` is not a readability formula.

    Examples
    --------
    >>> table = explain_readability("The people of the city want a good peace now. " * 10)
    >>> table.query("part in ('term', 'score')")[["name", "value"]].round(2).values.tolist()
    [['words per sentence', 3.9], ['syllables per word', 14.16], ['constant', -15.59], ['score', 2.47]]
    """
    formulas = {each.name: each for each in METRICS if each.family == "readability" and each.needs.english}
    checked_choice(metric, "metric", formulas)
    reading = text if isinstance(text, Reading) else read(text)
    rows = list(_readability_rows(reading, formulas[metric]))
    return pd.DataFrame(rows, columns=["part", "name", "value", "note"]).astype({"value": float})


Part = tuple[str, str, float, str]


def _readability_rows(reading: Reading, metric: Metric) -> Iterator[Part]:
    arithmetic: Arithmetic = metric.function.__wrapped__  # type: ignore[attr-defined]
    counts = reading.counts
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


# ---- leave-one-out scores: the same metric over the same reading, without a word or a sentence


def _heaviest_words(reading: Reading, metric: Metric, feature: str, score: float) -> Iterator[Part]:
    """Yield the words with more of the feature than the average word, each with all its occurrences."""
    batch = reading.batch
    tokens, _ = batch.tokens_in(batch.sentences)
    tokens = tokens[batch.feature("word", tokens) > 0]
    amount = batch.feature(_FEATURE_OF.get(feature, feature), tokens)
    if feature in ("difficult_words", "complex_words"):
        amount[np.isin(tokens, reading.counts.names_at)] = 0
    spans = [*zip(*(each[tokens].tolist() for each in batch.tokens), strict=True)]
    keys, reach = batch.feature("key", tokens).tolist(), _reach(feature, len(spans))
    facts = amount[:reach].tolist()
    amounts, places = _grouped(keys[:reach], facts), _grouped(keys, spans)
    average = sum(facts) / len(facts)
    excess = {key: sum(amount) - len(amount) * average for key, amount in amounts.items()}
    chosen = sorted((key for key in amounts if excess[key] > 0), key=excess.__getitem__, reverse=True)[:MOST]
    values = _scores_without(reading, metric, [places[key] for key in chosen])
    for key, value in zip(chosen, values, strict=True):
        # If a formula counts characters, punctuation can make occurrences of a word differ.
        each = " to ".join(map(str, sorted({min(amounts[key]), max(amounts[key])})))
        note = f", {each} {feature} each" if max(facts) > 1 else ""
        note = f"{_many(len(amounts[key]), 'time')}{note}{_change(value, score)}"
        yield "word", _bare(reading.content[slice(*places[key][0])]), value, note


def _grouped(keys: Sequence[int], values: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in zip(keys, values, strict=True):
        found.setdefault(key, []).append(value)
    return found


def _longest_sentences(reading: Reading, metric: Metric, feature: str, score: float) -> Iterator[Part]:
    """Yield the longest sentences among those that the formula uses."""
    spans, texts = reading.sentences_at, reading.sentence_texts()
    tokens, sentence = reading.batch.tokens_in(reading.batch.sentences)
    words = np.bincount(sentence, reading.batch.feature("word", tokens), len(spans)).astype(int).tolist()
    before = [0, *itertools.accumulate(words)]
    places = [at for at, many in enumerate(words) if many and before[at] < _reach(feature, before[-1])]
    chosen = sorted(places, key=lambda at: -words[at])[:MOST]
    values = _scores_without(reading, metric, [[spans[at]] for at in chosen], sentences=chosen)
    for at, value in zip(chosen, values, strict=True):
        yield "sentence", texts[at], value, f"{_many(words[at], 'word')}{_change(value, score)}"


def _reach(feature: str, words: int) -> int:
    return LINSEAR_SAMPLE if feature == "linsear_points" else words


def _scores_without(
    reading: Reading, metric: Metric, left_out: Sequence[Sequence[tuple[int, int]]], sentences: Sequence[int] = ()
) -> list[float]:
    """Return the score without each group of spans, which become spaces, and optionally without a sentence each."""
    many, content = len(left_out), reading.content
    batch = Batch([reading.original] * many, [reading.cut_from] * many, join_lines=reading.batch.join_lines)
    gone = np.arange(len(sentences)) * len(reading.sentences_at) + np.array(sentences, np.intp)
    spans = np.array(reading.sentences_at, np.intp).reshape(-1, 2) + batch.seen.bounds[:-1, None, None]
    batch.sentences = (*np.delete(spans.reshape(-1, 2), gone, axis=0).T,)
    blanked = []
    for group in left_out:
        ends = [0, *(end for _, end in group)]
        gaps = [content[end:start] + " " * (stop - start) for end, (start, stop) in zip(ends, group, strict=False)]
        blanked.append("".join([*gaps, content[ends[-1] :]]))
    batch.content = Characters("\n".join(blanked), batch.seen.bounds)
    return [*map(float, metric.values(Counts(batch), []))]


def _bare(token: str) -> str:
    """Return a token from its first letter or digit to its last."""
    places = [at for at, character in enumerate(token) if character.isalnum()]
    return token[places[0] : places[-1] + 1]


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _change(value: float, score: float) -> str:
    return "; too short without" if math.isnan(value) else f"; {value - score:+.2f} without"
