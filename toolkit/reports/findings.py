"""The top of a report: findings, what to know before reading any number, and the main picture."""

from collections.abc import Hashable
from typing import Any

from markupsafe import Markup

from ..comparison.share_higher import FEWEST_CLUSTERS, NO_DIFFERENCE
from ..comparison.verdicts import ADJECTIVES, is_decided
from ..figures.formatting import capitalised, counted, listed, lower_first, number
from ..figures.plot_comparison import plot_comparison
from ..lexicons.vader_rules import NEUTRAL
from .article_sections import tone_picture
from .measured_thread import MeasuredThread, has_verdict
from .page_parts import figure, note


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
    said += [f"{capitalised(claim)}: {listed(labels)}." for claim, labels in small.items()]
    if len(unknown) == len(rows):
        why = _why_undecided(thread)
        return [f"We cannot tell whether the comments differ from the article: {why}.", *_of_the_article(thread)]
    return said + ([f"Too few or too mixed to tell: {listed(unknown)}."] if unknown else [])


def _of_the_article(thread: MeasuredThread) -> list[str]:
    """List what is notable in the article alone: its tone, and its paragraphs."""
    scores = thread.sentences.loc[thread.sentences["kind"].eq("article"), "sentiment"].dropna()
    said = []
    if len(scores):
        negative, positive = int((scores <= -NEUTRAL).sum()), int((scores >= NEUTRAL).sum())
        of, sound = counted(len(scores), "sentence"), "sounds" if negative == 1 or len(scores) == 1 else "sound"
        said.append(f"Of {of} of the article, {negative:,} {sound} negative and {positive:,} positive.")
    if (paragraphs := len(thread.article.paragraphs_at)) > 1:
        short = len(thread.article.one_line_paragraphs_at)
        said.append(
            f"Of its {counted(paragraphs, 'paragraph')}, {short:,} {'is' if short == 1 else 'are'} one sentence."
        )
    return said


def _difference(row: dict[Hashable, Any]) -> str:
    """Describe a difference, with both means and its frequency, and note if the means do not show it."""
    what, share = row["verdict"].removeprefix("comments: "), row["share_higher"]
    verb, is_higher = "are" if what in ADJECTIVES else "have", share > NO_DIFFERENCE
    comments, article = row["comment_mean"], row["article_mean"]
    shows = number(comments) != number(article) and (comments > article) == is_higher
    means = f"{number(comments)} on average against {number(article)} in the article"
    often = f"in {number(share)} of pairs the comment's sentence scores higher, ties counted as half"
    but = "" if shows else ", though the averages do not show it"
    return f"The comments {verb} {what}{but}: {means}; {often}."


def _why_undecided(thread: MeasuredThread) -> str:
    """Explain why no metric has a verdict: too few texts in a group, or intervals that are too wide."""
    lengths = thread.compared[thread.compared["metric"].eq("words_per_sentence")]  # measured in any language
    many, measured = len(thread.comments), int(lengths["comment_texts"].sum())
    if measured < FEWEST_CLUSTERS:
        there = f"there {'is' if many == 1 else 'are'} {counted(many, 'comment')}"
        return there if measured == many else f"{there}, {measured or 'none'} with a sentence"
    if (blocks := int(lengths["article_clusters"].sum())) < FEWEST_CLUSTERS:
        return f"the article has {counted(blocks, 'block')} with a sentence"
    return "every interval contains 0.50, and also values well away from it"


def warnings_of(thread: MeasuredThread) -> Markup:
    """List what a reader should know before any number."""
    authors, said, read = thread.comments["author"], thread.comments["text"], (thread.log or {}).get("comments")
    return note(
        "warnings",
        len(thread.comments),
        thread.blocks,
        FEWEST_CLUSTERS,
        intervals=len(thread.comments) > 0 and thread.compared["share_higher_low"].notna().any(),
        foreign=listed(sorted(set(thread.texts["language"].dropna()) - {"en"})),
        several=authors.dropna().duplicated().any(),
        one_person=authors.notna().all() and authors.nunique() == 1,
        repeated=int(said[said.fillna("").str.strip().ne("")].duplicated().sum()),
        nameless=read and len(authors) and authors.isna().all(),
        lost=sum(len(each["rows"]) for each in read["left_out"]) if read else 0,
    )


def main_picture(thread: MeasuredThread) -> Markup:
    """Draw the comparison if it has any verdict, else the tone of the article; empty if neither can be drawn."""
    if has_verdict(thread.compared):
        return figure(plot_comparison(thread.compared, source=thread.source))
    return tone_picture(thread)
