"""Rewriting tasks: make it neutral, make it easier, keep the facts; each reports progress."""

import re
from collections.abc import Callable

from ..figures.formatting import number
from ..lexicons.vader_rules import NEUTRAL
from ..text.reading import Reading


def _neutral(first: Reading, second: Reading) -> str:
    """Report the number of sentences with a tone, before and now."""
    toned = [int(reading.positive_sentences + reading.negative_sentences) for reading in (first, second)]
    of = [int(reading.sentences) for reading in (first, second)]
    said = f"Sentences with a tone (at least {NEUTRAL} either way): {toned[0]} of {of[0]} before, "
    done = " Every sentence is neutral now; does it still say the same?" if of[1] and not toned[1] else ""
    return f"{said}{toned[1]} of {of[1]} now.{done}"


def _easier(first: Reading, second: Reading) -> str:
    """Report words per sentence and syllables per word, on which nearly all formulas depend."""
    if not (first.words and second.words):
        return "There are no words to read yet."
    lengths = [reading.words / max(1.0, reading.sentences) for reading in (first, second)]
    syllables = [reading.syllables / reading.words for reading in (first, second)]
    changes = [after - before for before, after in (lengths, syllables)]
    easier = max(changes) <= 0 > min(changes)
    moved = [f"{number(before)} before, {number(after)} now" for before, after in (lengths, syllables)]
    said = f"Words per sentence: {moved[0]}; syllables per word: {moved[1]}."
    return f"{said} Easier by both rules of thumb; is it clearer?" if easier else said


def _facts(first: Reading, second: Reading) -> str:
    """List the numbers and names of the original that are missing from the version.

    Names are capitalised words that do not begin a sentence.
    """
    found, small = list[str](), set(re.findall(r"\b[a-z]+\b", first.text))
    for sentence in first.sentences_at:
        for place, (start, end) in enumerate(first.words_in(*sentence)):
            word = re.sub(r"^\W+|(?<!\W)\W+$|'s\W*$", "", first.content[start:end])
            if any(map(str.isdigit, word)) or (place and word[:1].isupper() and word.lower() not in small):
                found.append(word)
    facts = list(dict.fromkeys(found))
    there = set(re.findall(r"\w+", second.text))
    lost = [fact for fact in facts if not set(re.findall(r"\w+", fact)) <= there]
    if not facts:
        return "There is nothing to keep: no numbers, and no names except at the beginning of a sentence."
    missing = f" Missing: {', '.join(lost[:12])}{' …' if len(lost) > 12 else ''}." if lost else ""
    return f"Numbers and names kept: {len(facts) - len(lost)} of {len(facts)}.{missing}"


TASKS: dict[str, Callable[[Reading, Reading], str]] = {
    "make it neutral": _neutral,
    "make it easier": _easier,
    "keep the facts": _facts,
}
