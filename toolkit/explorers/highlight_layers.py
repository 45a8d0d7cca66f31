"""The layers of explore_text: what each marks in a text, with its signs and notes."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..figures.formatting import counted, number, shortened
from ..lexicons.vader_rules import NEUTRAL, vader
from ..metrics.emoji import emoji_table
from ..metrics.explanations import explain_readability, explain_sentiment
from ..metrics.spans import spans
from ..text.normalize import Change
from ..text.reading import Reading, read_many
from .highlight import LONGEST_SHOWN, Mark

_LONG_WORD = 3  # syllables, for texts too short for a formula
_MOST_LONG = 3  # longest sentences shown for such a text


class Drawn(NamedTuple):
    """A text with its marks, and one line that explains them."""

    text: str
    marks: list[Mark]
    hint: str


class Layer(NamedTuple):
    """One view of a text: the family of metrics shown beside it, and the function that marks it."""

    family: str
    draw: Callable[[Reading], Drawn]


# ---- tone


def tone(reading: Reading) -> Drawn:
    """Mark sentences by score, and the words behind the score."""
    table = explain_sentiment(reading)
    marks = []
    for row in table.to_dict("records"):
        value, rated = row["value"], row["valence"]
        if value or not math.isnan(rated):  # the word counts, or a rule cancels its rating
            rules = f", {row['rules']}" if row["rules"] else ""
            is_rated = "not rated" if math.isnan(rated) else f"rated {_signed(rated)}"
            note = f"“{row['token']}” is {is_rated}{rules}: counts {_signed(value)}"
            kind, sign = ("plus", "+") if value > 0 else ("minus", "−") if value < 0 else ("rule", "0")
            marks.append(Mark(row["start"], row["end"], kind, sign, note))
    scores = dict(zip(table["sentence"], table["compound"], strict=True))
    for place, (start, end) in enumerate(reading.sentences_at, 1):
        if not math.isnan(score := scores.get(place, math.nan)):
            kind, sign = ("plus", "▲") if score >= NEUTRAL else ("minus", "▼") if score <= -NEUTRAL else ("even", "○")
            end = start + len(reading.content[start:end].rstrip())
            marks.append(Mark(start, end, f"{kind}-sentence", sign, f"sentence {place} scores {_signed(score)}"))
    return Drawn(reading.text, marks, "▲ positive sentence, ▼ negative, ○ neither; + and − mark the words that count.")


def _signed(value: float) -> str:
    return "0" if not value else ("+" if value > 0 else "") + number(value)


# ---- readability


def readability(reading: Reading) -> Drawn:
    """Mark the longest sentences, and the words that weigh most in the Flesch-Kincaid grade."""
    table = explain_readability(reading)
    score = table[table["part"] == "score"].iloc[0]
    if math.isnan(score["value"]):
        why = f"No grade: {score['note']}. ↔ the longest sentences, ◆ words of three or more syllables."
        lengths = {at: len(reading.words_in(*at)) for at in reading.sentences_at}
        longest = sorted(lengths, key=lambda at: -lengths[at])[:_MOST_LONG]
        marks = [Mark(*at, "long", "↔", counted(lengths[at], "word")) for at in longest]
        words = [*_words(reading)]
        many = read_many([word[:100] for word, _ in words]).syllables.astype(int).tolist()
        found = zip(words, many, strict=True)
        marks += [Mark(*at, "hard", "◆", counted(many, "syllable")) for (_, at), many in found if many >= _LONG_WORD]
        return Drawn(reading.text, marks, why)
    notes = {part: dict(zip(rows["name"], rows["note"], strict=True)) for part, rows in table.groupby("part")}
    heavy = notes.get("sentence", {})
    sentences = zip(reading.sentence_texts(), reading.sentences_at, strict=True)
    marks = [Mark(*at, "long", "↔", heavy[text]) for text, at in sentences if text in heavy]
    hard = {word.casefold(): note for word, note in notes.get("word", {}).items()}
    marks += [Mark(*at, "hard", "◆", hard[word]) for word, at in _words(reading) if word in hard]
    hint = f"Flesch-Kincaid grade {number(score['value'])}: ↔ the longest sentences, ◆ the words that weigh most."
    return Drawn(reading.text, marks, hint)


def _words(reading: Reading) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each word in lower case, without surrounding punctuation, and its position."""
    for first, last in reading.sentences_at:
        for start, end in reading.words_in(first, last):
            bare = re.sub(r"^\W+|(?<!\W)\W+$", "", token := reading.content[start:end])
            at = start + token.index(bare)
            yield bare.casefold(), (at, at + len(bare))


# ---- emoji and structure


def emoji(reading: Reading) -> Drawn:
    """Mark each emoji with its name and its role."""
    table = emoji_table(reading)
    signs = {"marker": "▸", "expression": "~"}
    columns = table[["name", "start", "end", "block", "role"]].to_numpy().tolist()
    marks = [
        Mark(start, end, "emoji", signs[role], f"{name}: {role} in a {block.replace('_', ' ')}")
        for name, start, end, block, role in columns
    ]
    return Drawn(reading.text, marks, f"{len(marks)} emoji: ▸ marks a section, ~ is part of what someone says.")


_PARTS = {
    "heading": ("part", "#"),
    "list item": ("part", "•"),
    "one-line paragraph": ("part", "¶"),
    "question": ("long", "?"),
    "exclamation": ("long", "!"),
    "quotation": ("quoted", "“"),
    "attributed": ("quoted", "»"),
    "solicitation": ("minus-sentence", "£"),
    "capitals": ("hard", "A"),
    "link": ("plus", "@"),
}
"""Style and sign for each kind of span from `toolkit.spans`, except sentences and emoji."""


def structure(reading: Reading) -> Drawn:
    """Mark what the structure metrics count."""
    table = spans(reading)
    table = table[table["kind"].isin(_PARTS)]
    marks = [Mark(start, end, *_PARTS[kind], kind) for kind, start, end in table[["kind", "start", "end"]].to_numpy()]
    found = Counter(table["kind"])
    said = ", ".join(f"{_PARTS[kind][1]} {kind} {found[kind]}" for kind in _PARTS if found[kind])
    return Drawn(reading.text, marks, said or "Nothing to mark: plain sentences only.")


# ---- normalising


def before_normalising(reading: Reading) -> Drawn:
    """Mark what normalising changes in the text as pasted."""
    rules = {change.before: change for change in reading.changes if change.before}
    text = reading.original
    marks = []
    if rules:
        pattern = re.compile("|".join(map(re.escape, sorted(rules, key=len, reverse=True))))
        found = pattern.finditer(text, 0, LONGEST_SHOWN)
        marks = [Mark(*match.span(), "changed", "✎", _change(rules[match[0]])) for match in found]
    return Drawn(text, marks, f"As pasted; ✎ marks what will be changed. {_whole(text)}")


def after_normalising(reading: Reading) -> Drawn:
    """Show the text as it is measured."""
    return Drawn(reading.text, [], f"As measured. {_whole(reading.text)}")


def _change(change: Change) -> str:
    before, after = (" ".join(f"U+{ord(letter):04X}" for letter in part[:8]) for part in (change.before, change.after))
    return f"{change.rule}: {shortened(change.before, 20)} ({before}) becomes {shortened(change.after, 20)} ({after})"


def _whole(text: str) -> str:
    return f"vaderSentiment's own score for the whole text: {_signed(vader(text)['compound'])}."


LAYERS: dict[str, Layer] = {
    "tone": Layer("sentiment", tone),
    "readability": Layer("readability", readability),
    "emoji": Layer("emoji use", emoji),
    "structure": Layer("structure", structure),
    "normalising": Layer("sentiment", before_normalising),
}
