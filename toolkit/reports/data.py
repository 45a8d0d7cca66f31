"""What a report page is made of: an article and its comments, measured once for all its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..figures.base import source_of
from ..metrics.measure import measure
from ..text.reading import Reading, read
from ..text.units import split_blocks, split_passages, split_sentences

if TYPE_CHECKING:
    import pandas as pd

# Chosen before any text is seen: what a sentence can have, and what needs a passage. The verdicts of a table are
# adjusted for the number of its rows, so a row that means nothing costs something.
OF_SENTENCES: Final = """
    sentiment positive_share negative_share words_per_sentence question_share exclamation_share capitals_share
    quoted_share attributed_share emoji_density
""".split()
OF_PASSAGES: Final = """
    flesch_reading_ease flesch_kincaid_grade gunning_fog dale_chall coleman_liau_index lix lexical_variety
""".split()


class Material(NamedTuple):
    """What the sections are made of: the texts, their units measured, the article read, and where it is from."""

    texts: pd.DataFrame
    title: str
    source: str
    article: Reading
    whole: pd.DataFrame  # the article measured as one text
    sentences: pd.DataFrame
    passages: pd.DataFrame
    blocks: int

    @property
    def comments(self) -> pd.DataFrame:
        """The rows of the comments."""
        return self.texts[self.texts["kind"].eq("comment")]


def material_of(texts: pd.DataFrame, title: str | None = None) -> Material:
    """Measure what the page shows."""
    article = texts[texts["kind"].eq("article")]
    blocks = split_blocks(article)
    titles = blocks["text"][blocks["block"].eq("title")].dropna().tolist()
    text = article["text"].tolist()[0]
    return Material(
        texts=texts,
        title=title or (titles[0].removeprefix("#").strip() if titles else "") or "An article without a title",
        source=_source(texts),
        article=read(text if isinstance(text, str) else ""),
        whole=measure(article),
        sentences=measure(split_sentences(texts), OF_SENTENCES),
        passages=measure(split_passages(texts), OF_PASSAGES),
        blocks=int(blocks["text"].notna().sum()),
    )


def _source(texts: pd.DataFrame) -> str:
    """Whose words these are, in a line: an imported article's own facts, else the citation of its corpus."""
    told = texts.attrs.get("report")
    if not isinstance(told, dict):
        return source_of(texts, None)
    article = told.get("article", {})
    parts = [article.get(key, "") for key in ("author", "title", "published", "url")]
    return ". ".join(str(part) for part in parts if part) or "own texts"
