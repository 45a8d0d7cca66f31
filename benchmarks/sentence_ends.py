"""How well sentence ends are found in paragraphs whose sentences were cut by hand.

python benchmarks/sentence_ends.py FILE                 JSON lines, also gzipped: {"sentences": [...]} per paragraph
python benchmarks/sentence_ends.py FILE --misses        and every place where the two differ
python benchmarks/sentence_ends.py FILE --half 0        every other paragraph only, so that the others stay unseen

The sentences of a paragraph are joined by spaces, so a line break that ended one is gone. Ends that follow no mark are
therefore listed by kind: headings, addresses and signatures, which are blocks of their own where lines are kept.
"""

# ruff: noqa: T201 - a command: it prints

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from toolkit import normalise, read

_KINDS = (
    ("a full stop, question or exclamation mark", re.compile(r"[.!?][\"')\]}*_]*$")),
    ("a colon", re.compile(r":$")),
    ("a comma, semicolon or dash", re.compile("[,;\u2014\u2013-]$")),
    ("an address, a date or a number", re.compile(r"(?:\S[@/]\S+|\S*\d|\d\d? ?[AP]M)[>\])]*$")),
    ("a word", re.compile(r"$")),
)
"""What is before an end, the first that fits."""


def ends_of(sentences: Sequence[str]) -> tuple[dict[int, str], set[int]]:
    """Return the sentence ends inside a paragraph, with what is before each, and those that are found.

    Places are counted in visible characters.
    """
    wanted, place = {}, 0
    for sentence in map(normalise, sentences):
        place += len("".join(sentence.split()))
        wanted[place] = next(kind for kind, pattern in _KINDS if pattern.search(sentence.rstrip()))
    reading = read(" ".join(sentences))
    found = {len("".join(reading.text[:end].split())) for _, end in reading.sentences_at}
    del wanted[place]
    return wanted, found - {place}


def _print_rates(name: str, paragraphs: Sequence[Sequence[str]], show_misses: bool) -> None:
    both, missed = [ends_of(sentences) for sentences in paragraphs], Counter[str]()
    right, found, wanted = (
        sum(map(len, each))
        for each in zip(*((wanted.keys() & found, found, wanted) for wanted, found in both), strict=True)
    )
    for ends, ours in both:
        missed.update(kind for place, kind in ends.items() if place not in ours)
    marked = sum([*ends.values()].count(_KINDS[0][0]) for ends, _ in both)
    print(f"{name}: {len(paragraphs)} paragraphs, {wanted} ends inside them")
    print(f"    precision {right / found:.3f}, recall {right / wanted:.3f}; ", end="")
    print(f"of the {marked} ends after a mark {1 - missed[_KINDS[0][0]] / marked:.3f}")
    for kind, times in missed.most_common():
        print(f"    missed after {kind}: {times}")
    if show_misses:
        for sentences, (ends, ours) in zip(paragraphs, both, strict=True):
            _print_misses("".join(normalise(" ".join(sentences)).split()), ends.keys() - ours, ours - ends.keys())


def _print_misses(text: str, missed: set[int], extra: set[int]) -> None:
    for place in sorted(missed | extra):
        print(
            "    missed" if place in missed else "    extra ",
            f"{text[max(place - 50, 0) : place]} | {text[place : place + 40]}",
        )


def main() -> None:
    """Print precision and recall for paragraphs with and without quotations."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="paragraphs, one JSON object per line")
    parser.add_argument("--misses", action="store_true", help="print every place where the two differ")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other paragraph only")
    chosen = parser.parse_args()
    with (gzip.open if chosen.file.suffix == ".gz" else open)(chosen.file, "rt", encoding="utf-8") as lines:
        paragraphs = [json.loads(line)["sentences"] for line in lines]
    groups: dict[bool, list[list[str]]] = {True: [], False: []}
    for sentences in paragraphs:
        groups['"' in normalise(" ".join(sentences))].append(sentences)
    for quoted, name in ((True, "With quotations"), (False, "Without quotations")):
        some = groups[quoted] if chosen.half is None else groups[quoted][chosen.half :: 2]
        if some:
            _print_rates(name, some, chosen.misses)


if __name__ == "__main__":
    main()
