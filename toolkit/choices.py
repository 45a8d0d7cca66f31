"""Robustness: does a finding survive other reasonable choices?  One comparison under every combination of them."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import vader_rules as vader
from .comparison import compare
from .metrics import METRICS, Metric, as_table, measure, texts_of
from .outline import ends_in
from .reading import Reading
from .vocabulary import COLUMNS, EMOJI, vocabulary

if TYPE_CHECKING:
    import pandas as pd

DOMAIN_WORDS = frozenset(
    """
    strike strikes offensive defense defence defensive legal legally top like united party security intelligence
    """.split()
)
"""Words with a rating that name things more often than they praise or blame: acts of war and work (a strike, an
offensive, defence), law (legal), rank (top general), comparison (like the UK) and parts of names (United Nations,
Labour Party, Security Council, intelligence service).  Where the choice is "neutral" the word list lacks them."""

PASSAGE = 100  # words, as in split_passages
_SHORT = 20  # words; a metric that needs more has no value for most single sentences


class Choice(NamedTuple):
    """A choice with two reasonable values: `usual` is the toolkit's own, `other` as reasonable; `told` names that."""

    name: str
    usual: str
    other: str
    told: str


SCORING = (
    Choice("quotes", "normalised", "as pasted", "curly quotes and dashes as pasted"),
    Choice("emoji", "in", "out", "emoji left out"),
    Choice("domain_words", "as rated", "neutral", "domain words neutral"),
)
"""Choices of how one stretch of text is scored, for metrics of tone only."""
CUTTING = (
    Choice("reported_speech", "in", "out", "reported speech left out"),
    Choice("headings", "out", "in", "headings counted"),
    Choice("solicitation", "out", "in", "solicitation counted"),
    Choice("lists", "joined", "split", "every line a sentence"),
    Choice("unit", "sentences", "passages", "passages of 100 words"),
)
"""Choices of what is scored: which parts of the texts, cut into which units."""
STATISTIC = Choice("statistic", "mean", "median", "median, not mean")
CHOICES = (*SCORING, *CUTTING, STATISTIC)


def robustness(
    texts: pd.DataFrame,
    metric: str | Metric = "sentiment",
    by: str = "kind",
    pair: tuple[str, str] = ("article", "comment"),
) -> pd.DataFrame:
    """Make one comparison under every combination of reasonable choices.

    The choices, the toolkit's own first:

    - quotes (tone only): normalised; or as pasted: units are cut as usual, but each is scored as it stands on the
      page, with the rules of vaderSentiment and nothing normalised, so that words with a curly quote, an ellipsis or
      a dash attached are not recognised.  A text in which normalising changed the number of letters (an entity, a
      ligature) keeps its normal form.
    - emoji (tone only): in, scored by the words of their names; or out.
    - domain_words (tone only): as rated; or neutral, as if the word list lacked `toolkit.choices.DOMAIN_WORDS`.
    - reported_speech: in; or out, without what mostly reports somebody else.
    - headings: out; or in, each as a unit of its own.
    - solicitation: out; or in, only together with the headings, as when a whole page is pasted.
    - lists: joined to their lead-in; or split, every line a sentence.  For sentences, not for passages, whose mean it
      hardly moves; but for passages where they are the only unit.
    - unit: sentences; or passages of 100 words (the only unit of a metric that needs more than a sentence).
    - statistic: mean or median, for the difference and its sign; share_higher is the same for both.

    A choice that changes nothing in these texts is left out, so that no combination is counted twice because of it.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with a column `text` (from `load_corpus`), not units.
    metric : str or Metric
        What to compare.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups: the first is the reference, the second is what is said to score higher or lower.

    Returns
    -------
    DataFrame
        One row a combination, the first with the toolkit's own choices: metric, label, a column for each choice, then
        for both groups n (units with a value), clusters (comments, or blocks of an article), median and mean;
        difference (second minus first, in the metric's unit), share_higher with its interval share_higher_low and
        share_higher_high and p, and verdict, all as in `compare`; sign of the difference (`higher`, `lower`, `same`,
        or `none` where a group has no value).

    Raises
    ------
    TypeError
        If `texts` is no table, or holds something else than texts.
    ValueError
        If there is no such metric; if `texts` are units; if `by` is no column or lacks a group.

    See Also
    --------
    robustness_sentence : the table in one sentence.
    """
    import pandas as pd

    table, known = _checked(texts, by, pair), _metric_of(metric)
    parts = {lists: _Parts(table, known, lists) for lists in ("joined", "split")}
    choices = _telling(parts, known)
    rows = []
    seen: dict[tuple[str, ...], dict[str, Any]] = {}
    for combination in _combinations(choices, known):
        key = tuple(combination[choice.name] for choice in (*SCORING, *CUTTING))
        if key not in seen:
            seen[key] = _compared(parts[combination["lists"]], combination, by, pair)
        shown = {choice.name: combination[choice.name] for choice in choices}
        rows.append({"metric": known.name, "label": known.label, **shown, **seen[key]})
        rows[-1] |= _difference(seen[key], pair, combination["statistic"])
    return pd.DataFrame(rows)[_columns(choices, pair)]


def robustness_sentence(table: pd.DataFrame) -> str:
    """Say in one sentence in how many combinations the second group scores lower or higher, and what carries a verdict.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"article_median": 0.0, "comment_median": 0.1, "sign": ["lower", "lower", "higher"],
    ...                       "verdict": "cannot tell from 2 comments"})
    >>> robustness_sentence(table)
    'In 2 of 3 combinations the comments score lower, in 1 higher; in none do the numbers carry a verdict.'
    """
    _, second = pair_of(table)
    counts = table["sign"].value_counts().to_dict()
    signs = sorted((sign for sign in ("lower", "higher") if sign in counts), key=lambda sign: -counts[sign])
    said = [f"the {second}s score {signs[0]}"] if signs else [f"the {second}s score neither higher nor lower"]
    said += [f"in {counts[sign]:,} {sign}" for sign in signs[1:]]
    said += [f"in {counts['same']:,} the same"] if signs and counts.get("same") else []
    said += [f"in {counts['none']:,} there is no value"] if counts.get("none") else []
    leading = counts[signs[0]] if signs else counts.get("same", 0)
    return f"In {leading:,} of {len(table):,} combinations {', '.join(said)}; {_verdicts(table['verdict'].tolist())}."


def _verdicts(verdicts: list[str]) -> str:
    told = [verdict for verdict in verdicts if not verdict.startswith("cannot tell")]
    if not told:
        return "in none do the numbers carry a verdict"
    counts = {verdict: told.count(verdict) for verdict in dict.fromkeys(told)}
    which = [f'"{verdict}"' + (f" in {count:,}" if len(counts) > 1 else "") for verdict, count in counts.items()]
    return f"in {len(told):,} the numbers carry a verdict: {', '.join(which)}"


def pair_of(table: pd.DataFrame) -> tuple[str, str]:
    """The two groups that a table from `robustness` compares, by its columns."""
    names = [str(name).removesuffix("_median") for name in table.columns if str(name).endswith("_median")]
    if len(names) != 2 or not {"sign", "verdict"} <= set(table.columns):
        columns = list(map(str, table.columns))
        raise ValueError(f"This is no table from robustness(texts); it has the columns {columns}.")
    return names[0], names[1]


# ---- what is asked for


def _checked(texts: pd.DataFrame, by: str, pair: tuple[str, str]) -> pd.DataFrame:
    table = as_table(texts)
    if "unit_id" in table.columns:
        raise ValueError("robustness cuts the texts itself: give it whole texts, as from load_corpus, not units.")
    if list(table.columns).count(by) != 1:
        raise ValueError(
            f"One column {by!r} is needed; the table has {list(map(str, table.columns))}. Name it with by=."
        )
    for group in pair:
        if not (table[by] == group).any():
            found = sorted(map(str, table[by].dropna().unique()))
            raise ValueError(f"Column {by!r} has no {group!r}; it has {found}. Name two of them with pair=(..., ...).")
    return table


def _metric_of(metric: str | Metric) -> Metric:
    if isinstance(metric, Metric):
        return metric
    found = next((each for each in METRICS if each.name == metric), None)
    if found is None:
        raise ValueError(f"There is no metric {metric!r}; glossary() lists them: {', '.join(m.name for m in METRICS)}.")
    return found


def _needs_passages(metric: Metric) -> bool:
    return metric.needs.words > _SHORT or metric.needs.sentences > 1


def _telling(parts: dict[str, _Parts], metric: Metric) -> list[Choice]:
    """The choices that change something in these texts for this metric."""
    joined, split = parts["joined"], parts["split"]
    usual = {choice.name: choice.usual for choice in CHOICES}
    base = joined.scores(usual)
    told = {
        "reported_speech": any(part.role == "sentence" and part.voice == "attributed" for part in joined.parts),
        "headings": any(part.role == "heading" for part in joined.parts),
        "solicitation": any(part.role == "promo" for part in joined.parts),
        "lists": [part.text for part in joined.parts] != [part.text for part in split.parts],
        "unit": not _needs_passages(metric),
        "statistic": True,
    }
    for choice in SCORING if metric.name in _OF_SCORES else ():
        told[choice.name] = not np.array_equal(base, joined.scores(usual | {choice.name: choice.other}))
    if metric.name == "sentiment_without_emoji":
        told["emoji"] = False
    return [choice for choice in CHOICES if told.get(choice.name)]


def _combinations(choices: Sequence[Choice], metric: Metric) -> Iterator[dict[str, str]]:
    """All combinations that make sense together; choices that are not asked have their usual value."""
    usual = {choice.name: choice.usual for choice in CHOICES}
    if _needs_passages(metric):
        usual["unit"] = "passages"
    names = [choice.name for choice in choices]
    for values in itertools.product(*((choice.usual, choice.other) for choice in choices)):
        combination = usual | dict(zip(names, values, strict=True))
        page = combination["solicitation"] == "out" or combination["headings"] == "in" or "headings" not in names
        if page and not ("unit" in names and combination["unit"] == "passages" and combination["lists"] == "split"):
            yield combination


# ---- the texts, read and scored once


class _Part(NamedTuple):
    """A sentence, a heading or a sentence of the solicitation; `pasted` is how it stands on the page."""

    text: str
    pasted: str
    role: str
    voice: str
    owner: int
    block: int
    words: int


class _Parts:
    """All parts of all texts, and their scores under each way of scoring."""

    def __init__(self, table: pd.DataFrame, metric: Metric, lists: str) -> None:
        self.table, self.metric, self.lists = table, metric, lists
        texts = enumerate(texts_of(table))
        self.parts = [part for owner, text in texts if text for part in _parts_of(text, owner, lists == "joined")]
        self._cut: dict[tuple[str, ...], tuple[pd.DataFrame, list[np.ndarray]]] = {}
        self._scores: dict[tuple[str, ...], np.ndarray] = {}

    def scores(self, combination: dict[str, str]) -> np.ndarray:
        """VADER's compound score of every part under one way of scoring; NaN for a part without words."""
        key = tuple(combination[choice.name] for choice in SCORING)
        if key not in self._scores:
            scores = [_compound(part, *key) if part.words else np.nan for part in self.parts]
            self._scores[key] = np.array(scores, float)
        return self._scores[key]

    def cut(self, combination: dict[str, str]) -> tuple[pd.DataFrame, list[np.ndarray]]:
        """The units under one way of cutting, measured as usual, and the parts of each."""
        key = tuple(combination[choice.name] for choice in CUTTING)
        if key not in self._cut:
            chosen = [i for i, part in enumerate(self.parts) if _is_in(part, combination)]
            members = _members(self.parts, chosen, combination["unit"], len(self.table))
            self._cut[key] = (
                measure(self._units(members), [self.metric]),
                [np.array(each, int) for _, each in members],
            )
        return self._cut[key]

    def _units(self, members: list[tuple[int, list[int]]]) -> pd.DataFrame:
        import pandas as pd

        units = self.table.iloc[[owner for owner, _ in members]].reset_index(drop=True)
        units["text"] = pd.Series([self._text(each) for _, each in members], dtype=object)
        units["block"] = "paragraph"
        units["block_id"] = [self.parts[each[0]].block if each else 0 for _, each in members]
        return units

    def _text(self, members: list[int]) -> str | None:
        """The words of a unit, with full stops where its lists were split: they are cut there when it is measured."""
        texts = [self.parts[i].text for i in members]
        return " ".join(map(_closed, texts) if self.lists == "split" and len(texts) > 1 else texts) or None


def _parts_of(text: str, owner: int, join_lines: bool) -> list[_Part]:
    """The parts of one text in its order."""
    reading = Reading(text, join_lines=join_lines)
    pasted = _as_pasted(reading)
    found = [(*span, "sentence") for span in reading.sentences_at]
    for block in reading.blocks:
        if block.kind in ("title", "heading"):
            found.append((block.inner, block.end, "heading"))
        elif block.kind == "promo":
            inside = Reading(reading.text[block.inner : block.end], one_block="promo").sentences_at
            found += [(block.inner + start, block.inner + end, "promo") for start, end in inside]
    ends = [block.end for block in reading.blocks]
    parts = []
    for start, end, role in sorted(found):
        content = reading.content[start:end]
        if line := " ".join(content.split()):
            voice = reading.voice_of(start, end) if role == "sentence" else "author"
            place = bisect.bisect_right(ends, start + len(content) - len(content.lstrip()))
            words = len(reading.words_in(start, end))
            parts.append(_Part(line, pasted(start, end), role, voice, owner, place, words))
    return parts


def _as_pasted(reading: Reading) -> Callable[[int, int], str]:
    """A function that gives a stretch of the reading as it stood in the original text, line by line.

    Normalising changes quotes, dashes and spaces, hardly ever letters: so the n-th letter or digit of the one is the
    n-th of the other.  Where their numbers differ (an entity, a ligature) the normalised stretch is given.
    """
    original, text = reading.original, reading.text
    here = [i for i, letter in enumerate(text) if letter.isalnum()]
    there = [i for i, letter in enumerate(original) if letter.isalnum()]
    if original == text or len(here) != len(there):
        return lambda start, end: " ".join(reading.content[start:end].split())

    def pasted(start: int, end: int) -> str:
        lines = []
        for line in re.finditer(r"\S[^\n]*", reading.content[start:end]):
            first = bisect.bisect_left(here, start + line.start())
            last = bisect.bisect_left(here, start + line.end()) - 1
            if first <= last:
                begin = _beginning(original, there[first])
                after = _beginning(original, there[last + 1]) if last + 1 < len(there) else len(original)
                gap = original[there[last] + 1 : after].splitlines()
                lines.append(original[begin : there[last] + 1] + (gap[0] if gap else ""))
        return " ".join(" ".join(lines).split())

    return pasted


def _beginning(text: str, at: int) -> int:
    """Where what is attached to the letter at an offset begins: marks without a space, or all marks of its line."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    begin = at
    while begin > line and not text[begin - 1].isalnum() and not text[begin - 1].isspace():
        begin -= 1
    if not any(map(str.isalnum, text[line:at])):  # the first of its line: emoji before it belong to it, marks do not
        begin = line + len(text[line:at]) - len(text[line:at].lstrip(" \t#>*-•"))
    return begin


def _closed(text: str) -> str:
    """The text with a full stop, if it has words and no mark ends it."""
    closed = any(ends_in(text, mark) for mark in ".!?") or not any(map(str.isalnum, text))
    return text if closed else f"{text}."


# ---- cutting


def _is_in(part: _Part, combination: dict[str, str]) -> bool:
    if part.role == "heading":
        return combination["headings"] == "in"
    if part.role == "promo":
        return combination["solicitation"] == "in"
    return part.voice == "author" or combination["reported_speech"] == "in"


def _members(parts: Sequence[_Part], chosen: Iterable[int], unit: str, texts: int) -> list[tuple[int, list[int]]]:
    """Owner and parts of every unit; a text without any part keeps one empty unit, so that it is not lost."""
    of_text: list[list[int]] = [[] for _ in range(texts)]
    for i in chosen:
        of_text[parts[i].owner].append(i)
    units: list[tuple[int, list[int]]] = []
    for owner, own in enumerate(of_text):
        pieces = [[i] for i in own] if unit == "sentences" else _passages(own, [parts[i].words for i in own])
        units += [(owner, piece) for piece in pieces or [[]]]
    return units


def _passages(parts: list[int], words: list[int]) -> list[list[int]]:
    """Parts in passages of at least `PASSAGE` words; what remains at the end joins the passage before it."""
    passages: list[list[int]] = []
    size = 0
    for part, many in zip(parts, words, strict=True):
        if not passages or size >= PASSAGE:
            passages.append([])
            size = 0
        passages[-1].append(part)
        size += many
    if len(passages) > 1 and size < PASSAGE:
        passages[-2:] = [passages[-2] + passages[-1]]
    return passages


# ---- scoring


def _compound(part: _Part, quotes: str, emoji: str, domain_words: str) -> float:
    """VADER's compound score of one part."""
    told = _pasted_words if quotes == "as pasted" else _normal_words
    words, exclamations, questions = told(part, emoji == "in")
    if domain_words == "neutral":
        words = [word._replace(valence=None, hit=False) if word.key in DOMAIN_WORDS else word for word in words]
    return vader.score(words, exclamations, questions).compound


def _normal_words(part: _Part, emoji: bool) -> tuple[list[vader.Word], int, int]:
    """Words and marks as `measure` scores them."""
    known = vocabulary()
    rows = known.rows(EMOJI.sub(r" \g<0> ", part.text).split())
    words = [word for row in rows.tolist() for word in known.seen(row) if emoji or known.words[row] is not None]
    marks = (int(known.table[COLUMNS.index(name)].take(rows).sum()) for name in ("exclamations", "questions"))
    return words, *marks  # type: ignore[return-value]


def _pasted_words(part: _Part, emoji: bool) -> tuple[list[vader.Word], int, int]:
    """Words and marks as vaderSentiment reads them, nothing normalised."""
    text = vader.describe_emoji(part.pasted if emoji else EMOJI.sub(" ", part.pasted))
    return list(map(vader.word, text.split())), text.count("!"), text.count("?")


_Values = Callable[[np.ndarray], float]
_OF_SCORES: dict[str, _Values] = {
    "sentiment": lambda scores: float(scores.mean()),
    "sentiment_without_emoji": lambda scores: float(scores.mean()),
    "sentiment_spread": lambda scores: float(scores.std(ddof=1)) if len(scores) > 1 else float("nan"),
    "positive_share": lambda scores: float((scores >= 0.05).mean()),
    "negative_share": lambda scores: float((scores <= -0.05).mean()),
}
"""The metrics of tone, from the scores of a unit's sentences."""


def _compared(parts: _Parts, combination: dict[str, str], by: str, pair: tuple[str, str]) -> dict[str, Any]:
    """What `compare` says under one combination."""
    metric = parts.metric
    measured, members = parts.cut(combination)
    if metric.name in _OF_SCORES:  # NaN where the metric has no value for the unit as a whole
        scoring = combination | ({"emoji": "out"} if metric.name == "sentiment_without_emoji" else {})
        value, scores = _OF_SCORES[metric.name], parts.scores(scoring)
        has_value = measured[metric.name].notna().tolist()
        own = [scores[each][~np.isnan(scores[each])] for each in members]
        values = [value(each) if has and len(each) else np.nan for each, has in zip(own, has_value, strict=True)]
        measured = measured.assign(**{metric.name: values})
    kept = [name for name in ("text_id", "kind", "block_id", by, metric.name) if name in measured.columns]
    row = compare(measured[list(dict.fromkeys(kept))], by, pair, metrics=[metric]).iloc[0].to_dict()
    return {str(name): value for name, value in row.items()}


def _difference(row: dict[str, Any], pair: tuple[str, str], statistic: str) -> dict[str, Any]:
    difference = float(row[f"{pair[1]}_{statistic}"] - row[f"{pair[0]}_{statistic}"])
    if difference != difference:
        return {"difference": difference, "sign": "none"}
    difference = round(difference, 12)  # what sums of floats leave is no difference
    return {"difference": difference, "sign": "higher" if difference > 0 else "lower" if difference < 0 else "same"}


_LAST_COLUMNS = ("difference", "share_higher", "share_higher_low", "share_higher_high", "p", "verdict", "sign")


def _columns(choices: Sequence[Choice], pair: tuple[str, str]) -> list[str]:
    sides = [f"{group}_{what}" for what in ("n", "clusters", "median", "mean") for group in pair]
    return ["metric", "label", *(choice.name for choice in choices), *sides, *_LAST_COLUMNS]
