"""Rewriting tasks: make it neutral, make it easier, keep the facts; each reports the progress of a version."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..figures.words import number
from ..lexicons.vader_rules import NEUTRAL
from ..text.reading import Reading


def _neutral(first: Reading, second: Reading) -> str:
    """Count the sentences that still have a tone."""
    toned = [int(reading.positive_sentences + reading.negative_sentences) for reading in (first, second)]
    of = [int(reading.sentences) for reading in (first, second)]
    said = f"With a tone of {NEUTRAL} or more, up or down: {toned[0]} of {of[0]} sentences before, "
    done = " Every sentence is neutral now; does it still say the same?" if of[1] and not toned[1] else ""
    return f"{said}{toned[1]} of {of[1]} now.{done}"


def _easier(first: Reading, second: Reading) -> str:
    """Report words per sentence and syllables per word, on which nearly all formulas depend."""
    if not (first.words and second.words):
        return "There are no words to read yet."
    parts = [
        (what, [getattr(reading, top) / max(1.0, getattr(reading, bottom)) for reading in (first, second)])
        for what, top, bottom in (
            ("Words per sentence", "words", "sentences"),
            ("syllables per word", "syllables", "words"),
        )
    ]
    moved = "; ".join(f"{what}: {number(before)} before, {number(after)} now" for what, (before, after) in parts)
    easier = all(after <= before for _, (before, after) in parts) and any(
        after < before for _, (before, after) in parts
    )
    return f"{moved}. {'Easier by both rules of thumb; is it clearer?' if easier else ''}".strip()


def _facts(first: Reading, second: Reading) -> str:
    """List the numbers and names of the original that are missing from the version."""
    facts = list(dict.fromkeys(_facts_in(first)))
    there = set(re.findall(r"\w+", second.text))
    lost = [fact for fact in facts if not set(re.findall(r"\w+", fact)) <= there]
    if not facts:
        return "The original has no numbers, and no names inside its sentences, to keep."
    missing = f" Missing: {', '.join(lost[:12])}{' …' if len(lost) > 12 else ''}." if lost else ""
    return f"Of {len(facts)} numbers and names {len(facts) - len(lost)} are kept.{missing}"


def _facts_in(reading: Reading) -> list[str]:
    """Return tokens with a digit, and words capitalised other than at the start of a sentence."""
    found, small = [], set(re.findall(r"\b[a-z]+\b", reading.text))
    for start, end in reading.sentences_at:
        for place, (first, last) in enumerate(reading.words_in(start, end)):
            word = re.sub(r"^\W+|(?<!\W)\W+$|'s\W*$", "", reading.content[first:last])
            if any(map(str.isdigit, word)) or (place and word[:1].isupper() and word.lower() not in small):
                found.append(word)
    return found


TASKS: dict[str, Callable[[Reading, Reading], str]] = {
    "make it neutral": _neutral,
    "make it easier": _easier,
    "keep the facts": _facts,
}
