"""The top of a report: its findings, what a reader should know before any number, and the main picture."""

from collections.abc import Hashable
from typing import Any

from markupsafe import Markup

from ..comparison.share_higher import FEWEST_CLUSTERS, NO_DIFFERENCE
from ..comparison.verdicts import ADJECTIVES, is_decided
from ..figures.formatting import counted, listed, lower_first, number, percent
from ..figures.plot_comparison import plot_comparison
from ..lexicons.vader_rules import NEUTRAL
from .article_sections import tone_picture
from .measured_thread import MeasuredThread, has_verdict
from .page_parts import figure


def findings(thread: MeasuredThread) -> list[str]:
    """List what the numbers support, one sentence per finding."""
    if thread.comments.empty:
        none = "There are no comments, so nothing can be compared. The page shows how the article is written."
        return [none, *_of_the_article(thread)]
    rows = thread.compared.to_dict("records")
    said = [_difference(row) for row in rows if row["verdict"].startswith("comments: ")]
    small: dict[str, list[str]] = {}
    unknown = []
    for row in rows:
        if not is_decided(row["verdict"]):
            unknown.append(lower_first(row["label"]))
        elif not row["verdict"].startswith("comments: "):
            small.setdefault(row["verdict"], []).append(lower_first(row["label"]))
    said += [f"{claim[:1].upper()}{claim[1:]}: {listed(labels)}." for claim, labels in small.items()]
    if len(unknown) == len(rows):
        why = _why_undecided(thread)
        return [f"We cannot tell whether the comments differ from the article: {why}.", *_of_the_article(thread)]
    return said + ([f"Too few or too mixed to tell: {listed(unknown)}."] if unknown else [])


def _of_the_article(thread: MeasuredThread) -> list[str]:
    """List what stands out in the article alone: its tone, and its paragraphs."""
    scores = thread.sentences.loc[thread.sentences["kind"].eq("article"), "sentiment"].dropna()
    said = []
    if len(scores):
        negative, positive = int((scores <= -NEUTRAL).sum()), int((scores >= NEUTRAL).sum())
        of = counted(len(scores), "sentence")
        said.append(f"Of {of} of the article, {negative:,} sound negative and {positive:,} positive.")
    if paragraphs := len(thread.article.paragraphs_at):
        short = len(thread.article.one_line_paragraphs_at)
        said.append(
            f"Of its {counted(paragraphs, 'paragraph')}, {short:,} {'is' if short == 1 else 'are'} one sentence."
        )
    return said


def _difference(row: dict[Hashable, Any]) -> str:
    """Describe a difference, with both means and how often it appears."""
    what = row["verdict"].removeprefix("comments: ")
    means = f"{number(row['comment_mean'])} on average against {number(row['article_mean'])} in the article"
    share = row["share_higher"]
    often = f"the {'higher' if share > NO_DIFFERENCE else 'lower'} one in {percent(max(share, 1 - share))} of pairs"
    return f"The comments {'are' if what in ADJECTIVES else 'show'} {what}: {means}; a comment's sentence is {often}."


def _why_undecided(thread: MeasuredThread) -> str:
    """Explain why no metric has a verdict: too few texts in a group, or intervals that are too wide."""
    lengths = thread.compared[thread.compared["metric"].eq("words_per_sentence")]  # measured in any language
    many, measured = len(thread.comments), int(lengths["comment_texts"].sum())
    if measured < FEWEST_CLUSTERS:
        there = f"there {'is' if many == 1 else 'are'} {counted(many, 'comment')}"
        return there if measured == many else f"{there}, {measured} of them with a sentence"
    if (blocks := int(lengths["article_clusters"].sum())) < FEWEST_CLUSTERS:
        return f"the article has {counted(blocks, 'block')} with a sentence"
    return "every interval reaches 0.50, and values well away from it"


def warnings_of(thread: MeasuredThread) -> list[str]:
    """List what a reader should know before any number."""
    many, out = len(thread.comments), []
    if 0 < many < FEWEST_CLUSTERS:
        out.append(
            f"There {'is' if many == 1 else 'are'} {counted(many, 'comment')}. Below {FEWEST_CLUSTERS} no interval is "
            "given, and nothing can be said about other comments."
        )
    if many and thread.blocks < FEWEST_CLUSTERS:
        out.append(
            f"The article has {counted(thread.blocks, 'block')} with a sentence; an interval needs {FEWEST_CLUSTERS}."
        )
    if foreign := sorted(set(thread.texts["language"].dropna()) - {"en"}):
        out.append(
            f"Some texts are in another language ({listed(foreign)}); the word lists and formulas are for English."
        )
    if thread.comments["author"].dropna().duplicated().any():
        out.append(
            "Some people wrote several comments; the intervals treat each comment as if it were by a different person."
        )
    comments = thread.log.get("comments") if thread.log else None
    if comments and many and thread.comments["author"].isna().all():
        out.append(
            "The comments' file names no commenters, so names inside the comments could not be masked, except after @. "
            "Do not treat this page as anonymous."
        )
    if comments and (lost := sum(len(each["rows"]) for each in comments["left_out"])):
        out.append(
            f"{counted(lost, 'row')} of the comments' file {'was' if lost == 1 else 'were'} left out: see below."
        )
    return out


def main_picture(thread: MeasuredThread) -> Markup:
    """Draw the comparison if it has any verdict, else the tone of the article; empty if neither can be drawn."""
    if has_verdict(thread.compared):
        return figure(plot_comparison(thread.compared, source=thread.source))
    return tone_picture(thread)
