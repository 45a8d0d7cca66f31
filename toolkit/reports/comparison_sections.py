"""Report sections that compare the article with its comments: verdicts, readability, words."""

from typing import Final

import pandas as pd
from markupsafe import Markup

from ..comparison.share_higher import FEWEST_CLUSTERS
from ..comparison.word_counts import PER
from ..comparison.word_shift import word_shift
from ..figures.formatting import counted
from ..figures.plot_keyness import plot_keyness
from ..figures.plot_word_shift import plot_word_shift
from ..metrics.measure import chosen
from .measured_thread import OF_PASSAGES, MeasuredThread, has_verdict
from .page_parts import Section, figure, note, paragraph, subheading, table

TOP: Final = 15  # rows of a list
_HEADINGS: Final = {
    "label": "measure", "verdict": "verdict", "article_mean": "article, mean", "comment_mean": "comments, mean",
    "share_higher": "comments higher", "interval": "95% interval", "article_n": "n, article",
    "comment_n": "n, comments",
}  # fmt: skip


def comparison(thread: MeasuredThread) -> Section:
    """Build the section that compares the article with its comments."""
    body = note("comparison") + _verdicts("Sentence by sentence: the verdicts", thread.compared)
    if has_verdict(thread.passages_compared):
        body += subheading("Passage by passage: how hard to read")
        body += _verdicts("Passage by passage: the verdicts", thread.passages_compared)
    return Section("comparison", "The article against its comments", body + reading_ease(thread))


def _verdicts(title: str, rows: pd.DataFrame) -> Markup:
    """Render a comparison as a table: the verdict first, then the numbers behind it."""
    ends = zip(rows["share_higher_low"], rows["share_higher_high"], strict=True)
    shown = rows.assign(interval=[f"{low:.2f} to {high:.2f}" if low == low else "–" for low, high in ends])
    if rows["share_higher_low"].isna().all():  # no column of dashes if there is no interval
        shown = shown.drop(columns="interval")
    shown = shown[[name for name in _HEADINGS if name in shown.columns]].astype(object)
    warnings = [f"{label}: {why}." for label, why in zip(rows["label"], rows["warning"], strict=True) if why]
    body = table(title, [_HEADINGS[name] for name in shown.columns], shown.itertuples(index=False))
    return body + Markup("").join(map(paragraph, warnings))


def reading_ease(thread: MeasuredThread) -> Markup:
    """Render readability of the article and of all comments as one text: single comments are too short."""
    pooled = thread.pooled
    known = [metric for metric in chosen(OF_PASSAGES) if pooled[metric.name] == pooled[metric.name]]
    if not known:
        return paragraph("The comments together have too few words for a readability formula.")
    row = thread.whole.iloc[0]
    cells = [(each.label, float(row[each.name]), float(pooled[each.name]), each.higher_means) for each in known]
    head = ["measure", "article", "comments as one text", "higher means"]
    return (
        subheading("How hard to read") + note("readability") + table("Readability of article and comments", head, cells)
    )


def difference(thread: MeasuredThread) -> Section | None:
    """Build the section on the words that make the difference in tone."""
    try:
        shift = word_shift(thread.texts)
    except ValueError:  # a group has no English text
        return None
    shown = shift.assign(contribution=PER * shift["contribution"])  # as in the figure
    rows = shown[["word", "count_article", "count_comment", "value_article", "value_comment", "contribution"]]
    head = ["word", "uses in the article", "uses in the comments", "value in the article", "value in the comments",
            f"adds to the difference, per {PER:,} words"]  # fmt: skip
    if shift["contribution"].isna().all() or not (shift["contribution"] != 0).any():
        return None
    cells = list(rows.itertuples(index=False, name=None))
    drawn = figure(plot_word_shift(shift, source=thread.source))
    title = "Which words make the difference in tone"
    words = table("Words by contribution", head, cells, most=TOP)
    is_few = len(thread.comments) < FEWEST_CLUSTERS
    if not is_few:  # with fewer, words have no intervals
        typical = plot_keyness(thread.texts, function_words=False, source=thread.source)
        words += subheading("Which words are typical of each group") + figure(typical)
    return Section("words", title, note("words", counted(len(thread.comments), "comment") * is_few) + drawn + words)
