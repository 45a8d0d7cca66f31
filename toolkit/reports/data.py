"""The data of a report: an article and its comments, measured once for all sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..comparison.compare import compare
from ..comparison.verdicts import is_decided
from ..figures.tables import source_of
from ..metrics.measure import chosen, measure
from ..text.reading import Reading, read
from ..text.units import split_blocks, split_passages, split_sentences

if TYPE_CHECKING:
    import pandas as pd

# Chosen before seeing any text: metrics defined for sentences, and metrics that need a passage. Verdicts are adjusted
# for the number of rows in a table, so every row without meaning has a cost.
OF_SENTENCES: Final = """
    sentiment positive_share negative_share words_per_sentence question_share exclamation_share capitals_share
    quoted_share attributed_share emoji_density
""".split()
OF_PASSAGES: Final = """
    flesch_reading_ease flesch_kincaid_grade gunning_fog dale_chall coleman_liau_index lix lexical_variety
""".split()


class Material(NamedTuple):
    """The data of all sections: the texts, their measured units, the parsed article, and its source."""

    texts: pd.DataFrame
    title: str
    source: str
    article: Reading
    whole: pd.DataFrame  # the article measured as one text
    sentences: pd.DataFrame
    passages: pd.DataFrame
    blocks: int
    compared: pd.DataFrame  # sentences of the comments against those of the article; no rows without comments
    passages_compared: pd.DataFrame  # only the metrics with a value in both groups
    pooled: pd.Series  # all comments measured as one text

    @property
    def is_compared(self) -> bool:
        """Whether any metric has a verdict other than "cannot tell"."""
        return carries(self.compared)

    @property
    def comments(self) -> pd.DataFrame:
        """The rows of the comments."""
        return self.texts[self.texts["kind"].eq("comment")]


def carries(comparison: pd.DataFrame) -> bool:
    """Return whether a comparison has a verdict other than "cannot tell"."""
    return len(comparison) > 0 and bool(comparison["verdict"].map(is_decided).any())


def material_of(texts: pd.DataFrame, title: str | None = None) -> Material:
    """Measure everything that the report shows."""
    article = texts[texts["kind"].eq("article")]
    blocks = split_blocks(article)
    titles = blocks["text"][blocks["block"].eq("title")].dropna().tolist()
    text = article["text"].tolist()[0]
    sentences, passages = measure(split_sentences(texts), OF_SENTENCES), measure(split_passages(texts), OF_PASSAGES)
    comments = texts[texts["kind"].eq("comment")]
    both = [name for name in OF_PASSAGES if passages[name].notna().groupby(passages["kind"]).any().sum() == 2]
    return Material(
        texts=texts,
        title=title or (titles[0].removeprefix("#").strip() if titles else "") or "An article without a title",
        source=_source(texts),
        article=read(text if isinstance(text, str) else ""),
        whole=measure(article),
        sentences=sentences,
        passages=passages,
        blocks=int(blocks["text"].notna().sum()),
        compared=_compared(sentences, OF_SENTENCES) if len(comments) else sentences.head(0),
        passages_compared=_compared(passages, both) if both else passages.head(0),
        pooled=measure(["\n\n".join(comments["text"].dropna())], OF_PASSAGES).iloc[0],
    )


def _compared(units: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return compare(units, metrics=chosen(names))


def _source(texts: pd.DataFrame) -> str:
    """Return the source line: the metadata of an imported article, else the citation of its corpus."""
    log = texts.attrs.get("report")
    if not isinstance(log, dict):
        return source_of(texts, None)
    article = log.get("article", {})
    parts = [article.get(key, "") for key in ("author", "title", "published", "url")]
    return ". ".join(str(part) for part in parts if part) or "own texts"
