"""Exercises for notebook 10: what comments answer, and how a link can be wrong."""

import pandas as pd

from .. import concordance, link_comments
from ..context.comment_links import QUOTED_WORDS
from .exercises import Exercise, Finding, Number


def _links(texts: pd.DataFrame) -> pd.DataFrame:
    return link_comments(texts).dropna(subset=["kind"])


def _quotes_the_article(answer: str, texts: pd.DataFrame) -> str:
    """Return a hint, or nothing if the answer is linked to the article by a quotation and says more than that."""
    article = texts[texts["kind"].eq("article")].head(1)
    mine = article.assign(text_id="mine", kind="comment", text=answer)
    thread = article.assign(thread_id="mine"), mine.assign(thread_id="mine")
    links = link_comments(pd.concat(thread, ignore_index=True))
    if "quotation" not in links["kind"].tolist():
        return f"No {QUOTED_WORDS} words in a row are from the article. Copy a few of its words exactly."
    quoted = max((found for found in links["evidence"].dropna()), key=len)
    if len(answer.split()) < len(quoted.split()) + 3:
        return "That is only the quotation. Add a few words of your own: what do you answer?"
    return ""


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="10-a",
        reference=lambda texts: _links(texts)["text_id"].nunique(),
        hints={
            "That is the number of links. A comment may have several; count the comments.": lambda texts: len(
                _links(texts)
            ),
            "That is the number of rows; those without a link have no kind.": lambda texts: len(link_comments(texts)),
        },
        why="A comment with three links counts once. We cannot tell what the rest answer.",
        again="Keep the rows that have a kind, and count the different values of `text_id`.",
    ),
    Finding(
        id="10-b",
        accepts=_quotes_the_article,
        why="Five words in a row are hardly ever shared by chance, so a quotation needs no other evidence.",
        again="Pick a sentence of the article, copy five words or more, and answer them.",
    ),
    Number(
        id="10-c",
        reference=lambda texts: len(concordance(texts[texts["kind"].eq("comment")], "the")),
        hints={"That counts the article too. Keep the comments only.": lambda texts: len(concordance(texts, "the"))},
        why="A concordance shows every use, so its length is a count.",
        again="Search only the rows whose kind is comment, and take the length of the table.",
    ),
)
