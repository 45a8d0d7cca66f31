"""The rows of a comparison: effect sizes per metric, and the table of all metrics with verdicts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from .._tables import numbers_in, require_columns, rows_where
from ..corpora.replies import parent_positions, roots
from ..metrics.measure import Metric
from .holm import holm
from .share_higher import FEWEST_CLUSTERS, LEVEL, NO_DIFFERENCE, NO_INTERVAL, Group, Interval, cluster_interval, ranked
from .verdicts import UNDECIDED, shown_interval, verdict_of

CLUSTERS: Final = {"text": "texts", "thread": "threads", "author": "authors"}
"""What may be resampled as a whole among the comments, and its name in verdicts."""
WEIGHTS: Final = ("units", "comments")
LENGTH: Final = "words"  # the column with the length of a unit
_KEYS = ("text_id", "kind", "reply_to", "author", "block_id", "thread_id")
_STRATA = 10
_IS_LENGTH = 0.95  # rank correlation with length from which a metric itself measures length


class Design(NamedTuple):
    """The options of a comparison."""

    pair: tuple[str, str]
    cluster: str
    min_difference: float
    weights: str
    given: str | None
    seed: int


class Side(NamedTuple):
    """Cluster and text of each unit of one group, as whole numbers; a text below 0 is unknown."""

    clusters: np.ndarray
    texts: np.ndarray
    together: bool = False  # whether a number is the same cluster in both groups: an article with its comments


class Row(NamedTuple):
    """The result of one metric, before adjustment for the number of metrics."""

    cells: dict[str, Any]  # up to left_out
    interval: Interval
    ranking: bytes  # equal for metrics that rank the units of both groups in the same or the reverse order
    varies: bool
    within: Interval  # among units of similar length; computed only if there is a difference


def sides_of(measured: pd.DataFrame, groups: Sequence[np.ndarray], cluster: str) -> list[Side]:
    """Number the clusters and texts of two groups, which are given as the numbers of their rows.

    If the groups share two threads or more, each thread is one cluster: the comments of one article are alike, and
    like their article, so threads are what was sampled.
    """
    keys = measured[[name for name in _KEYS if name in measured.columns]]
    if "text_id" not in keys.columns:  # each row is a text
        keys = keys.assign(text_id=np.arange(len(keys)))
    parts = [keys.iloc[rows] for rows in groups]
    texts = [pd.factorize(part["text_id"])[0] for part in parts]
    if "thread_id" in keys.columns:
        threads = pd.factorize(np.concatenate([part["thread_id"] for part in parts]), use_na_sentinel=False)[0]
        first, second = threads[: len(parts[0])], threads[len(parts[0]) :]
        if len(np.intersect1d(first, second)) >= 2:
            return [Side(ids, own, True) for ids, own in zip((first, second), texts, strict=True)]
    return [Side(clusters_of(part, cluster), own) for part, own in zip(parts, texts, strict=True)]


def clusters_of(rows: pd.DataFrame, cluster: str = "text") -> np.ndarray:
    """Number the clusters: blocks of articles, and comments, threads or authors."""
    names = (
        rows["text_id"] if rows["text_id"].dtype == np.uint64 else rows["text_id"].astype(object)
    )  # hashes are used unchanged
    is_article = rows_where(rows, "kind", "article")
    if cluster == "thread" and "reply_to" in rows.columns:
        comments = rows.drop_duplicates("text_id")
        ids = comments["text_id"].tolist()
        tops = roots(parent_positions(ids, comments["reply_to"]))
        names = names.map({name: ids[top] for name, top in zip(ids, tops, strict=True)})
    if cluster == "author" and "author" in rows.columns:
        names = names.where(is_article | rows["author"].isna().to_numpy(), rows["author"].astype(names.dtype))
    codes = pd.factorize(names, use_na_sentinel=False)[0]
    if "block_id" in rows.columns and is_article.any():
        blocks = np.where(is_article, pd.factorize(rows["block_id"], use_na_sentinel=False)[0] + 1, 0)
        codes = pd.factorize(codes * (int(blocks.max()) + 1) + blocks)[0]
    return codes


class Strata(NamedTuple):
    """Units of similar length or `given` value: deciles over both groups, -1 for a missing value."""

    deciles: list[np.ndarray]
    ranks: list[np.ndarray]

    @classmethod
    def from_columns(cls, columns: Sequence[np.ndarray]) -> Strata:
        """Cut the values of both groups into deciles; equal values are in one stratum."""
        known = [~np.isnan(column) for column in columns]
        both = np.concatenate(columns)[np.concatenate(known)]
        cuts = np.unique(np.quantile(both, np.arange(1, _STRATA) / _STRATA)) if len(both) else both
        deciles = [np.where(has, np.searchsorted(cuts, each), -1) for each, has in zip(columns, known, strict=True)]
        return cls(deciles, list(ranked(*columns)[1:]))


def own_words(measured: pd.DataFrame) -> Callable[[str], np.ndarray]:
    """Return a function that gives the values of a metric, NaN for quotations in comments: their parents' words."""
    quoted = rows_where(measured, "block", "quote") & rows_where(measured, "kind", "comment")
    return lambda name: np.where(quoted, np.nan, numbers_in(measured, name))


def length_column(measured: Any, given: str | None) -> str | None:
    """Return the column that strata are made from: `given`, else `words` if the table has it."""
    if given is None:
        return LENGTH if LENGTH in measured.columns else None
    require_columns(measured, (given,), "Name a column of numbers with given=, such as 'words'.")
    if measured[given].dtype.kind not in "iuf":
        raise ValueError(f"given={given!r} must be a column of numbers, not of {measured[given].dtype}.")
    return given


def row_of(
    metric: Metric, columns: Sequence[np.ndarray], sides: list[Side], strata: Strata | None, design: Design
) -> Row:
    """Compare one metric; `columns` are its values in both groups, `strata` those of length, or of `given`."""
    known = [~np.isnan(column) for column in columns]
    if design.given is not None and strata is not None:
        known = [has & (stratum >= 0) for has, stratum in zip(known, strata.deciles, strict=True)]
    kept = [slice(None) if has.all() else np.flatnonzero(has) for has in known]
    values = [column[rows] for column, rows in zip(columns, kept, strict=True)]
    scale, *ranks = ranked(*values)
    groups, numbers = [], []
    for own, side, rows in zip(ranks, sides, kept, strict=True):
        clusters, per_text = side.clusters[rows], side.texts[rows]
        counts = np.bincount(per_text + 1, minlength=1)
        weights = _per_text(per_text, counts) if design.weights == "comments" else None
        groups.append(Group(own, clusters, weights))
        centre = _median_and_mean(scale, np.bincount(own, weights, len(scale)))
        numbers.append((*centre, len(own), np.count_nonzero(counts[1:]), np.count_nonzero(np.bincount(clusters))))
    cells: dict[str, Any] = {"metric": metric.name, "label": metric.label}
    for what, both in zip(("median", "mean", "n", "texts", "clusters"), zip(*numbers, strict=True), strict=True):
        cells |= {f"{group}_{what}": number for group, number in zip(design.pair, both, strict=True)}
    cells["left_out"] = sum(map(len, columns)) - sum(map(len, values))
    ranking = _ranking(ranks, known, len(scale))
    if not all(map(len, values)):
        return Row(cells, NO_INTERVAL, ranking, False, NO_INTERVAL)
    in_strata = groups
    if strata is not None:
        deciles = [np.maximum(decile[rows], 0) for decile, rows in zip(strata.deciles, kept, strict=True)]
        in_strata = [group._replace(strata=each) for group, each in zip(groups, deciles, strict=True)]
    first, second = in_strata if design.given else groups
    interval = cluster_interval(first, second, design.seed, together=sides[0].together)
    if len(scale) == 1:  # there is nothing to test
        return Row(cells, interval._replace(p=float("nan")), ranking, False, NO_INTERVAL)
    within = NO_INTERVAL
    if strata is not None and not design.given and (interval.low > NO_DIFFERENCE or interval.high < NO_DIFFERENCE):
        lengths = np.concatenate([each[rows] for each, rows in zip(strata.ranks, kept, strict=True)])
        if abs(np.corrcoef(np.concatenate(ranks), lengths)[0, 1]) < _IS_LENGTH:
            within = cluster_interval(in_strata[0], in_strata[1], design.seed, together=sides[0].together)
    return Row(cells, interval, ranking, True, within)


def _per_text(texts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return weights that make each text count the same, 1 on average; a unit of unknown text is its own text."""
    many = counts[0] + np.count_nonzero(counts[1:])
    return len(texts) / max(1, many) / np.where(texts < 0, 1, counts[texts + 1])


def _median_and_mean(scale: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Return weighted median (the mean of two middle values) and mean; NaN without values."""
    heaped = np.cumsum(weights)
    if not len(heaped) or not heaped[-1]:
        return float("nan"), float("nan")
    half, slack = heaped[-1] / 2, 1e-9 * heaped[-1]
    low, high = np.searchsorted(heaped, half - slack), np.searchsorted(heaped, half + slack)
    there = weights > 0  # excludes the other group's infinite values
    with np.errstate(invalid="ignore", over="ignore"):  # infinities of both signs have no mean
        return float(scale[low] / 2 + scale[high] / 2), float(scale[there] @ weights[there] / heaped[-1])


def _ranking(ranks: Sequence[np.ndarray], known: Sequence[np.ndarray], levels: int) -> bytes:
    """Return a digest that metrics share if they rank the same units in the same or the reverse order."""
    order = np.concatenate(ranks)
    off_middle = 2 * order != levels - 1
    if off_middle.any() and 2 * order[off_middle.argmax()] > levels - 1:  # the first one decides on the direction
        order = levels - 1 - order
    digest = hashlib.blake2b(np.concatenate(known).data)
    digest.update(order.astype(np.int32).data)
    return digest.digest()


def table_of(metrics: Sequence[Metric], rows: Sequence[Row], sides: list[Side], design: Design) -> pd.DataFrame:
    """Put the rows of all metrics together."""
    table = pd.DataFrame(records_of(metrics, rows, sides, design))
    return table.astype(dict.fromkeys(("why_not_counted", "verdict", "warning"), object))


def records_of(
    metrics: Sequence[Metric], rows: Sequence[Row], sides: list[Side], design: Design
) -> list[dict[str, Any]]:
    """Complete the rows of all metrics: p adjusted for their number, the rounded interval, and the verdict."""
    why = _why_not_counted(rows, [metric.label for metric in metrics])
    firsts = {row.ranking: row.interval.p for row, reason in zip(rows, why, strict=True) if not reason}
    adjusted = dict(zip(firsts, holm(np.array(list(firsts.values()))).tolist(), strict=True))
    records = []
    for metric, row, reason in zip(metrics, rows, why, strict=True):
        share, low, high, p = row.interval
        p_holm = adjusted.get(row.ranking, p)
        low, high = shown_interval(low, high, holds_no_difference=p_holm >= LEVEL)
        numbers = {"share_higher": share, "share_higher_low": low, "share_higher_high": high, "p": p, "p_holm": p_holm}
        record = row.cells | numbers | {"family_size": len(firsts), "why_not_counted": reason}
        verdict = _verdict(metric, record, sides, design)
        records.append(record | {"verdict": verdict, "warning": _warning(row, low, high)})
    return records


def _why_not_counted(rows: Sequence[Row], labels: Sequence[str]) -> list[str]:
    """Return for each metric why it is excluded from the adjustment of p; an empty string if it is not."""
    seen: dict[bytes, str] = {}
    why = []
    for row, label in zip(rows, labels, strict=True):
        if row.interval.low != row.interval.low:
            why.append("no interval")
        elif not row.varies:
            why.append("the same value in every unit")
        else:
            first = seen.setdefault(row.ranking, label)
            why.append("" if first is label else f"ranks these units as {first} does")
    return why


def _verdict(metric: Metric, row: dict[str, Any], sides: list[Side], design: Design) -> str:
    """State in words what the numbers of a row support, or why they support nothing."""
    first, second = design.pair
    if not (row[f"{first}_n"] and row[f"{second}_n"]):
        return f"{UNDECIDED}: no value in one group"
    resampled = "articles" if sides[0].together else CLUSTERS[design.cluster]
    if not sides[0].together and design.cluster == "text" and second == "comment":
        resampled = "comments"
    if (many := row[f"{second}_clusters"]) < FEWEST_CLUSTERS:
        return f"{UNDECIDED} from {_counted(many, resampled)}"
    if (many := row[f"{first}_clusters"]) < FEWEST_CLUSTERS:
        noun = resampled if sides[0].together else {"article": "blocks", "comment": "comments"}.get(first, "texts")
        place = {"article": " in the article", "comment": ""}.get(first, f" in the group {first}")
        return f"{UNDECIDED} from {_counted(many, noun)}{place}"
    low, high = row["share_higher_low"], row["share_higher_high"]
    if low != low:
        return f"{UNDECIDED}: too few units of similar {design.given} in both groups"
    return verdict_of(low, high, design.min_difference, second, metric.higher_means)


def _counted(count: int, things: str) -> str:
    return f"{count} {things[:-1] if count == 1 else things}"


def _warning(row: Row, low: float, high: float) -> str:
    """Return a warning if most of a difference disappears among units of similar length; else an empty string."""
    inside = shown_interval(row.within.low, row.within.high, holds_no_difference=False)
    if low <= NO_DIFFERENCE <= high or not inside[0] <= NO_DIFFERENCE <= inside[1]:
        return ""
    if abs(row.within.share - NO_DIFFERENCE) > abs(row.interval.share - NO_DIFFERENCE) / 2:
        return ""
    return (
        f"length may explain this difference: among units of similar length share_higher is {row.within.share:.2f} "
        f"({inside[0]:.2f} to {inside[1]:.2f}), see given={LENGTH!r}"
    )
