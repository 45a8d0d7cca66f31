"""Word precision, recall and F1 of the article read from saved pages, against what their maintainers agreed on.

python benchmarks/pages.py FOLDER [--least 50] [--jobs 2] [--worst 15]

FOLDER holds one folder per page, with `source.html` (the page as saved) and `expected.html` (its article), as the
test pages of Mozilla's Readability do. Precision is the share of our words that the article has, recall the share of
the article's words that we have; both count how often each word occurs. The page's title is not counted.
"""

# ruff: noqa: T201 - a command: it prints

import argparse
import concurrent.futures
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import lxml.html

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

WORD = re.compile(r"\w+")
UNREAD = ("script", "style", "noscript", "svg", "iframe", "object", "video", "audio")


class Score(NamedTuple):
    """One page: how much of what was read is article, how much of the article was read, and the import's notes."""

    name: str
    words: int
    precision: float
    recall: float
    seconds: float
    warnings: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def silent(self) -> bool:
        """Whether over a quarter is foreign or missing and no warning says so."""
        return min(self.precision, self.recall) < 0.75 and not self.warnings


def expected_words(path: Path) -> Counter[str]:
    """Count the words of the article that a page's maintainers agreed on."""
    root = lxml.html.fromstring(path.read_bytes().decode("utf-8", "replace"))
    for each in list(root.iter(*UNREAD)):
        each.drop_tree()  # type: ignore[attr-defined]  # lxml-stubs type fromstring too narrowly
    return Counter(WORD.findall(" ".join(map(str, root.itertext())).casefold()))


def score(folder: Path) -> Score:
    """Read one page and compare its words with the article's."""
    from toolkit.importers.article_formats import read_article

    wanted, start = expected_words(folder / "expected.html"), time.process_time()
    notes: tuple[str, ...] = ()
    try:
        article = read_article(folder / "source.html")
        notes = article.notes
        text = re.sub(r"\A# .*\n", "", article.markdown).replace("<!-- promo -->", "")
    except ValueError as error:
        text, notes = "", (f"Warning: not read: {error}",)
    seconds = time.process_time() - start
    found = Counter(WORD.findall(text.casefold()))
    shared = (found & wanted).total()
    warnings = tuple(note for note in notes if note.startswith("Warning"))
    return Score(
        folder.name,
        wanted.total(),
        shared / found.total() if found else 0.0,
        shared / wanted.total() if wanted else 0.0,
        seconds,
        warnings,
    )


def main() -> None:
    """Print one line for each of the worst pages, then the summary over all pages with enough words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=int, default=50, help="fewest words of an article that counts (50)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--worst", type=int, default=15, help="pages shown, worst first (15)")
    chosen = parser.parse_args()
    folders = sorted(path.parent for path in chosen.folder.glob("*/source.html"))
    with concurrent.futures.ProcessPoolExecutor(chosen.jobs) as pool:
        scores = [each for each in pool.map(score, folders) if each.words >= chosen.least]
    if not scores:
        parser.error(f"{chosen.folder} has no folders with source.html and expected.html of {chosen.least} words.")
    for each in sorted(scores, key=lambda each: each.f1)[: chosen.worst]:
        marks = "SILENT" if each.silent else "; ".join(each.warnings)
        numbers = f"{each.f1:.3f}  P {each.precision:.3f}  R {each.recall:.3f}  {each.words:6,} words"
        print(f"{numbers}  {each.name}  {marks}")
    for name in ("precision", "recall", "f1"):
        values = [getattr(each, name) for each in scores]
        print(f"{name:9}  mean {statistics.mean(values):.4f}  median {statistics.median(values):.4f}")
    warned = sum(bool(each.warnings) for each in scores)
    print(
        f"{len(scores)} pages; {sum(each.silent for each in scores)} with over a quarter foreign or missing and no "
        f"warning; {warned} with a warning; {sum(each.seconds for each in scores):.1f} s of CPU"
    )


if __name__ == "__main__":
    main()
