"""Report sections on how texts are written: structure, tone, emoji, sentences word by word."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from ..figures.formatting import number
from ..figures.plot_structure import plot_structure
from ..figures.plot_tone import plot_tone
from ..figures.style import block_name
from ..lexicons.vocabulary import EMOJI
from ..metrics.attribution import tone_by_voice
from ..metrics.emoji import emoji_name
from ..metrics.explanations import explain_sentiment
from ..metrics.measure import METRICS
from ..metrics.readability import grade_band
from ..text.document import Batch
from ..text.reading import Reading
from .measured_thread import MeasuredThread, has_verdict
from .page_parts import Section, figure, note, paragraph, sentence, subheading, table

_ENDS = ".,;:!?…”’)\"'"  # marks that may follow a word
EACH, WORDS_SHOWN = 2, 12  # sentences per kind and group; words per sentence


def structure(thread: MeasuredThread) -> Section:
    """Build the section on the structure and readability of the article."""
    band = grade_band(thread.article)
    row = thread.whole.iloc[0]
    shown = [metric for metric in METRICS if metric.family in ("structure", "readability")]
    cells = [(each.label, float(row[each.name]), each.unit, each.higher_means) for each in shown]
    body = figure(plot_structure(thread.texts, source=thread.source)) if thread.article.blocks else Markup()
    body += note("grades", *map(number, band)) if band[0] == band[0] else ""
    body += table("The article as one text", ["measure", "value", "unit", "a higher value means"], cells)
    return Section("structure", "How the article is built, and how hard it is to read", body)


def tone_picture(thread: MeasuredThread) -> Markup:
    """Draw the tone of the article's sentences; empty if none has a score."""
    article = thread.sentences[thread.sentences["kind"].eq("article")]
    if article["sentiment"].isna().all():
        return Markup()
    return figure(plot_tone(thread.sentences, source=thread.source))


def tone(thread: MeasuredThread) -> Section:
    """Build the section on the tone of the article."""
    drawn = tone_picture(thread) if has_verdict(thread.compared) else Markup()  # else it is the main picture
    head = ["whose words", "words", "scored words", "sum of values", "negative values"]
    voices = tone_by_voice(thread.article).to_dict("records")
    names = {"author": "the writer", "attributed": "someone quoted or reported"}
    cells = [(names[row["voice"]], row["words"], row["scored"], row["valence"], row["negative"]) for row in voices]
    return Section("tone", "Tone", drawn + note("tone") + table("The article's tone by voice", head, cells))


def emoji(thread: MeasuredThread) -> Section:
    """Build the section on emoji."""
    with_signs = [text for text in thread.comments["text"].dropna() if "&" in text or EMOJI.search(text)]
    sides = [Counter(_emoji(batch)) for batch in (thread.article.batch, Batch(with_signs))]
    found = sorted(sides[0] + sides[1], key=lambda key: -(sides[0][key] + sides[1][key]))
    if not found:
        return Section("emoji", "Emoji", paragraph("There are none in the article or the comments."))
    cells = [(*key, sides[0][key], sides[1][key]) for key in found]
    head = ["emoji", "name", "block", "role", "in the article", "in the comments"]
    return Section("emoji", "Emoji", note("emoji") + table("Emoji and where they are", head, cells))


def _emoji(batch: Batch) -> Iterable[tuple[str, str, str, str]]:
    for found in batch.found_emoji:
        shown = found.emoji.replace("\u20e3", "\ufe0f\u20e3")  # keycaps need their selector
        yield shown, emoji_name(found.emoji), block_name(found.block), found.role


def opened(thread: MeasuredThread) -> Section:
    """Build the section that explains sentences word by word."""
    body = paragraph("The sentences with the strongest scores, and the longest ones, with every word that counted.")
    for kind, title in (("article", "From the article"), ("comment", "From the comments")):
        rows = thread.sentences[thread.sentences["kind"].eq(kind) & thread.sentences["text"].notna()]
        if len(rows):
            body += subheading(title) + Markup().join(_opened(what, row) for what, row in _striking(rows))
    return Section("sentences", "Sentences explained word by word", body)


def _striking(rows: pd.DataFrame) -> Iterable[tuple[str, Any]]:
    """Select the most negative, the most positive and the longest sentences, each once."""
    ranked, by_length = (rows.sort_values(name, kind="stable") for name in ("sentiment", "words_per_sentence"))
    tops = {
        "among the most negative": ranked[ranked["sentiment"] < 0].head(EACH),
        "among the most positive": ranked[ranked["sentiment"] > 0].tail(EACH)[::-1],
        "the longest": by_length.dropna(subset="words_per_sentence").tail(1),
    }
    found = pd.concat([each.assign(what=what) for what, each in tops.items()])
    for _, row in found[~found.index.duplicated()].iterrows():
        yield row["what"], row


def _opened(what: str, row: Any) -> Markup:
    scored = explain_sentiment(Reading(Batch([row["text"]], [row["block"]])))
    heavy = scored[scored["value"] != 0]
    heaviest = heavy["value"].abs().sort_values(ascending=False, kind="stable").index[:WORDS_SHOWN]
    heavy = heavy.loc[heaviest].sort_index()
    parts = [
        f"{token.rstrip(_ENDS)} {number(value)}{f' ({rules})' if rules else ''}"
        for token, value, rules in zip(heavy["token"], heavy["value"], heavy["rules"], strict=True)
    ]
    score = "no score" if np.isnan(row["sentiment"]) else f"score {number(row['sentiment'])}"
    who = row["author"] if row["kind"] == "comment" and isinstance(row["author"], str) else ""
    whose = "; ".join(filter(None, [who, what, "quoted or reported" if row["voice"] == "attributed" else "", score]))
    words = f"What counted: {' · '.join(parts)}." if parts else "None of its words is in the word list."
    return sentence(row["text"], row["language"], whose, words)
