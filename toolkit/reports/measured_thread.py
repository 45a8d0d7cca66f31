"""An article and its comments, measured once for all report sections."""

from typing import Any, Final, NamedTuple

import pandas as pd

from ..comparison.compare import compare
from ..comparison.verdicts import is_decided
from ..figures.input_tables import source_of
from ..metrics.measure import measure
from ..text.reading import Reading, read
from ..text.units import split_blocks, split_passages, split_sentences

# Chosen before seeing any text: metrics defined for sentences, and metrics that need a passage. Verdicts are adjusted
# for the number of rows, so every meaningless row has a cost.
OF_SENTENCES: Final = """
    sentiment positive_share negative_share words_per_sentence question_share exclamation_share capitals_share
    quoted_share attributed_share emoji_density
""".split()
OF_PASSAGES: Final = """
    flesch_reading_ease flesch_kincaid_grade gunning_fog dale_chall coleman_liau_index lix lexical_variety
""".split()


class MeasuredThread(NamedTuple):
    """The texts, their measured units, the parsed article, the comparisons, and the source."""

    texts: pd.DataFrame
    comments: pd.DataFrame  # rows of the texts
    title: str
    source: str
    article: Reading
    whole: pd.DataFrame  # the article measured as one text
    sentences: pd.DataFrame
    passages: pd.DataFrame
    blocks: int  # number of the article's blocks with a sentence
    compared: pd.DataFrame  # comments' sentences against the article's; empty without comments
    passages_compared: pd.DataFrame  # only metrics with values in both groups
    pooled: pd.Series  # all comments measured as one text
    log: dict[str, Any] | None  # import log of a thread read from files


def has_verdict(comparison: pd.DataFrame) -> bool:
    """Return whether any metric of a comparison has a verdict other than "cannot tell"."""
    return len(comparison) > 0 and bool(comparison["verdict"].map(is_decided).any())


def measure_thread(texts: pd.DataFrame, title: str | None = None) -> MeasuredThread:
    """Measure everything shown in the report."""
    log = texts.attrs.get("report") if isinstance(texts.attrs.get("report"), dict) else None
    texts = texts.copy(deep=False)
    texts.attrs = {"report": {"article": log.get("article")}} if log else {}  # pandas copies attrs at every step
    article, comments = (texts[texts["kind"].eq(kind)] for kind in ("article", "comment"))
    blocks = split_blocks(article)
    titles = blocks["text"][blocks["block"].eq("title")].dropna().tolist()
    text = article["text"].tolist()[0]
    sentences, passages = measure(split_sentences(texts), OF_SENTENCES), measure(split_passages(texts), OF_PASSAGES)
    both = [name for name in OF_PASSAGES if passages[name].notna().groupby(passages["kind"]).any().sum() == 2]
    return MeasuredThread(
        texts=texts,
        comments=comments,
        title=title or (titles[0].removeprefix("#").strip() if titles else "") or "An article without a title",
        source=source_of(texts, None),
        article=read(text if isinstance(text, str) else ""),
        whole=measure(article),
        sentences=sentences,
        passages=passages,
        blocks=sentences.loc[sentences["kind"].eq("article"), "block_id"].nunique(),
        compared=compare(sentences, metrics=OF_SENTENCES) if len(comments) else sentences.head(0),
        passages_compared=compare(passages, metrics=both) if both else passages.head(0),
        pooled=measure(["\n\n".join(comments["text"].dropna())], OF_PASSAGES).iloc[0],
        log=log,
    )
