"""How often the interval of `compare` holds the truth, and how often it finds a difference where there is none.

python -m benchmarks.coverage             400 runs of everything, some minutes
python -m benchmarks.coverage --write     the same, and the table goes into benchmarks/README.md
python -m benchmarks.coverage --pools DIR real posts and comments: DIR has posts.jsonl.gz and comments.jsonl.gz

Run it from the root of the checkout. benchmarks/README.md says what is simulated and how to read the table.
"""

# ruff: noqa: T201 - a command: it prints

import argparse
import functools
import gzip
import itertools
import json
import multiprocessing
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from toolkit import METRICS, measure, split_sentences
from toolkit.comparison import share_higher as resampling
from toolkit.comparison.holm import holm
from toolkit.comparison.share_higher import (
    LEVEL,
    NO_DIFFERENCE,
    Group,
    Interval,
    cluster_interval,
    ranked,
)
from toolkit.comparison.verdicts import shown_interval
from toolkit.importers.html_to_text import plain_text

README = Path(__file__).resolve().parent / "README.md"
BEGIN, END = "<!-- coverage: written by benchmarks/coverage.py -->", "<!-- coverage: end -->"
REFUSED = (2, 5)
COMMENTS = (8, 10, 15, 20, 30, 60, 120)
ALIKE = (0.0, 0.2, 0.5)  # correlation between the sentences of one comment, or of one block
ARTICLES = ((40, 1), (15, 3))  # blocks, and sentences in each
SHAPES = ("even", "tone", "rare")
SENTENCES = 3.5  # of a comment, on average; geometric, so that one is the most frequent number
SHIFT = 0.7  # of the comments, in standard deviations of the latent values
FAMILY = 20  # independent metrics, tested together
WITHOUT = 4  # runs without a difference for each run with one
LARGE = 1_000_000


class Case(NamedTuple):
    """One situation to be simulated."""

    shape: str
    blocks: int
    block_sentences: int
    comments: int
    alike: float


class Result(NamedTuple):
    """The results of all runs of a case; shares from 0 to 1."""

    refused: float
    coverage: float = float("nan")
    width: float = float("nan")
    false_alarms: float = float("nan")
    families: tuple[bool, ...] = ()  # of FAMILY metrics without a difference: does Holm let one pass?
    agreement: float = float("nan")  # of p < .05 with an interval beside 0.5


def values_of(shape: str, beneath: np.ndarray) -> np.ndarray:
    """Values of sentences from standard normal numbers: as they are, like tone scores, or almost always zero."""
    if shape == "even":
        return beneath
    rank = special.ndtr(beneath)
    if shape == "rare":  # three sentences in a hundred have the thing at all
        return np.maximum(0, np.ceil((rank - 0.97) * 300))
    below = -0.9 * np.clip((0.3 - rank) / 0.3, 0, None) ** 0.7  # three in ten negative, four neutral, three positive
    above = 0.9 * np.clip((rank - 0.72) / 0.28, 0, None) ** 0.5
    return np.round(below + above, 2)


@functools.cache
def truth(shape: str, shift: float) -> float:
    """share_higher of a million sentences on either side."""
    rng = np.random.default_rng(1)
    reference, other = (values_of(shape, rng.normal(at, 1, LARGE)) for at in (0.0, shift))
    return _share(reference, other)


Units = tuple[np.ndarray, np.ndarray]  # values and clusters


def side(rng: np.random.Generator, shape: str, sizes: np.ndarray, alike: float, shift: float) -> Units:
    """Values and clusters of one side: an effect of each cluster, and one of each sentence."""
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    shared = rng.normal(size=len(sizes))[clusters]
    own = rng.normal(size=len(clusters))
    return values_of(shape, np.sqrt(alike) * shared + np.sqrt(1 - alike) * own + shift), clusters


def intervals(case: Case, shift: float, runs: int, seed: int) -> np.ndarray:
    """Low, high and p of each run; NaN where the interval is refused."""
    whole = [case.blocks, case.block_sentences, case.comments, round(100 * case.alike), round(100 * shift)]
    rng = np.random.default_rng([seed, SHAPES.index(case.shape), *whole])
    found = []
    for _ in range(runs):
        blocks = np.full(case.blocks, case.block_sentences)
        article = side(rng, case.shape, blocks, case.alike, 0.0)
        comments = side(rng, case.shape, rng.geometric(1 / SENTENCES, case.comments), case.alike, shift)
        interval = _interval(article, comments)
        found.append((interval.low, interval.high, interval.p))
    return np.array(found)


def _interval(reference: Units, other: Units) -> Interval:
    """The interval of two groups of units."""
    _, *ranks = ranked(reference[0], other[0])
    return cluster_interval(Group(ranks[0], reference[1]), Group(ranks[1], other[1]))


def _share(reference: np.ndarray, other: np.ndarray) -> float:
    """share_higher of two groups, each one cluster: then there is no interval."""
    return _interval(*((values, np.zeros(len(values), int)) for values in (reference, other))).share


def result(case: Case, runs: int, seed: int, end: float) -> Result:
    """Simulate a case with a difference and without one; `end` is what is added at either end of the scale."""
    resampling._END = end
    low, high, p = intervals(case, SHIFT, runs, seed).T
    refused = float(np.isnan(p).mean())
    if refused:
        return Result(refused)
    none = intervals(case, 0.0, WITHOUT * runs, seed)
    share = truth(case.shape, SHIFT)
    families = none[: len(none) // FAMILY * FAMILY, 2].reshape(-1, FAMILY)
    beside = np.concatenate([(low > 0.5) | (high < 0.5), (none[:, 0] > 0.5) | (none[:, 1] < 0.5)])
    return Result(
        refused,
        float(((low <= share) & (share <= high)).mean()),
        float((high - low).mean()),
        float((none[:, 2] < 0.05).mean()),
        tuple(bool((holm(family) < 0.05).any()) for family in families),
        float((beside == (np.concatenate([p, none[:, 2]]) < 0.05)).mean()),
    )


def table(results: dict[Case, Result]) -> Iterable[str]:
    """Lines of a Markdown table: a row for each number of comments, kind of values and shape of the article."""
    heads = [f"coverage, {alike:g}" for alike in ALIKE]
    heads = ["values", "blocks x sentences", "comments", *heads, "width", "false alarms", "of 20, Holm", "p agrees"]
    yield f"| {' | '.join(heads)} |"
    yield f"| --- {'| ---: ' * (len(heads) - 1)}|"
    for shape, (blocks, sentences), comments in itertools.product(SHAPES, ARTICLES, (*REFUSED, *COMMENTS)):
        row = [results[Case(shape, blocks, sentences, comments, alike)] for alike in ALIKE]
        yield f"| {shape} | {blocks} x {sentences} | {comments} | {' | '.join(cells(row))} |"


def cells(row: Sequence[Result]) -> list[str]:
    """Percentages of one row; the last four over all correlations."""
    if any(result.refused for result in row):
        return [f"refused {result.refused:.0%}" for result in row] + [""] * 4
    return [
        *(f"{result.coverage:.1%}" for result in row),
        f"{np.mean([result.width for result in row]):.2f}",
        f"{np.mean([result.false_alarms for result in row]):.1%}",
        f"{np.mean([family for result in row for family in result.families]):.1%}",
        f"{np.mean([result.agreement for result in row]):.1%}",
    ]


# ---- real comments

HEADS = ("exact", "shown", "p < .05", "false alarms")
SIZES = {(30, 30): 2, (60, 200): 4}  # blocks (or comments) against comments: how many of these are shown


def pools(folder: Path) -> pd.DataFrame:
    """Sentences of real posts and comments, measured."""
    rows = []
    for kind, file, key, text in (
        ("article", "posts.jsonl.gz", "slug", "body"),
        ("comment", "comments.jsonl.gz", "id", "message"),
    ):
        with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        rows += [{"text_id": each[key], "kind": kind, "text": plain_text(each[text])} for each in found]
    return measure(split_sentences(pd.DataFrame(rows).drop_duplicates("text_id")))


def real_table(measured: pd.DataFrame, runs: int, seed: int) -> Iterable[str]:
    """Lines of a Markdown table: coverage and false alarms of each metric, where the pool is the truth."""
    heads = [
        "metric",
        "ties",
        *(f"{what}, {size[0]} x {size[1]}" for size, shown in SIZES.items() for what in HEADS[:shown]),
    ]
    yield f"| {' | '.join(heads)} |"
    yield f"| --- {'| ---: ' * (len(heads) - 1)}|"
    for metric in METRICS:
        known = measured[measured[metric.name].notna()]
        if known[metric.name].nunique() < 2:
            continue
        sides = [known[known["kind"] == kind] for kind in ("article", "comment")]
        blocks, comments = (
            [part.to_numpy(float) for _, part in side.groupby(keys, sort=False)[metric.name]]
            for side, keys in zip(sides, (["text_id", "block_id"], ["text_id"]), strict=True)
        )
        if min(len(blocks), len(comments)) < 500:
            continue
        of_values = [side[metric.name].value_counts(normalize=True) for side in sides]
        ties = of_values[0].mul(of_values[1], fill_value=0).sum()
        rng = np.random.default_rng([seed, METRICS.index(metric)])
        row = [cell for size, shown in SIZES.items() for cell in _covered(blocks, comments, size, runs, rng)[:shown]]
        yield f"| {metric.name} | {ties:.0%} | {' | '.join(row)} |"


def _covered(
    blocks: list[np.ndarray], comments: list[np.ndarray], sizes: tuple[int, int], runs: int, rng: np.random.Generator
) -> list[str]:
    """The numbers of a row, in the order of HEADS: the last two are of comments drawn twice, without a difference."""
    share = _share(np.concatenate(blocks), np.concatenate(comments))
    counts = np.zeros(len(HEADS))
    for _ in range(runs):
        drawn = [
            [pool[at] for at in rng.integers(0, len(pool), many)]
            for pool, many in ((blocks, sizes[0]), (comments, sizes[1]), (comments, sizes[0]))
        ]
        article, others, more = (
            (np.concatenate(each), np.repeat(np.arange(len(each)), list(map(len, each)))) for each in drawn
        )
        found, null = (_interval(reference, others) for reference in (article, more))
        shown, beside = (
            shown_interval(each.low, each.high, holds_no_difference=each.p >= LEVEL) for each in (found, null)
        )
        counts += [
            found.low <= share <= found.high,
            shown[0] <= share <= shown[1],
            null.p < LEVEL,
            not beside[0] <= NO_DIFFERENCE <= beside[1],
        ]
    return [f"{count / runs:.1%}" for count in counts]


def write(lines: Iterable[str], runs: int, seed: int) -> None:
    """Put the table between its two marks in benchmarks/README.md."""
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    body = "\n".join([f"`--runs {runs} --seed {seed}`", "", *lines])
    README.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Simulate every case on two processes, print the table, and write it down if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--runs", type=int, default=400, help="with a difference, of each case; without one, four times"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--end", type=float, default=resampling._END, help="of a value, added at either end")
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/README.md")
    parser.add_argument("--pools", type=Path, help="a folder of real posts and comments to draw from instead")
    options = parser.parse_args()
    if options.pools:
        for line in real_table(pools(options.pools), options.runs, options.seed):
            print(line, flush=True)
        return
    if options.write and options.end != resampling._END:
        parser.error("--write is for the interval as it is; leave out --end.")
    cases = [
        Case(shape, *article, comments, alike)
        for shape, article, comments, alike in itertools.product(SHAPES, ARTICLES, (*REFUSED, *COMMENTS), ALIKE)
    ]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by the processes that are started below
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        one = functools.partial(result, runs=options.runs, seed=options.seed, end=options.end)
        results = dict(zip(cases, pool.map(one, cases), strict=True))
    lines = list(table(results))
    print("\n".join(lines))
    if options.write:
        write(lines, options.runs, options.seed)


if __name__ == "__main__":
    main()
