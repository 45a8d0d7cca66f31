"""What must hold for every text, checked on one."""

import functools
import math
import re

import toolkit
from toolkit import METRICS, Metric, Reading, grade_band, measure, read, vader, why_missing

SPLITS = (toolkit.split_blocks, toolkit.split_sentences, toolkit.split_passages)


def bounds(metric: Metric) -> tuple[float, float]:
    """Smallest and largest value that the metric's own description allows."""
    if scale := re.search(r"(?<!about )(-?\d+) to (\d+)$", metric.unit.replace("−", "-")):
        return float(scale[1]), float(scale[2])
    if metric.name == "emoji_density":
        return 0.0, 100.0
    grows_from_zero = (
        "lix", "rix", "reading_minutes", "sentiment_spread", "words", "sentences", "words_per_sentence", "links",
    )  # fmt: skip
    return (0.0 if metric.name in grows_from_zero else -math.inf), math.inf


@functools.cache
def values_of(text: str) -> dict[str, float]:
    reading = read(text)
    return {metric.name: metric.function(reading) for metric in METRICS}  # type: ignore[arg-type]


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def check_bounds(values: dict[str, float]) -> None:
    for metric in METRICS:
        value, (lowest, highest) = values[metric.name], bounds(metric)
        assert type(value) is float
        assert math.isnan(value) or (math.isfinite(value) and lowest <= value <= highest), (metric.name, value)


def check_values(text: str) -> None:
    """Each metric gives NaN or a number within its range; `measure` gives the same; `why_missing` explains each NaN."""
    values = values_of(text)
    check_bounds(values)
    row = measure([text]).iloc[0]
    assert [name for name in values if not same(values[name], row[name])] == []
    why = why_missing([text])
    assert why["metric"].tolist() == [name for name in values if math.isnan(values[name])]
    assert all(why["reason"])


def check_looks(text: str) -> None:
    """Everything but metrics keeps its promises: shares are shares, spans are where they say, splits lose no word."""
    reading = read(text)
    low, middle, high = grade_band(reading)
    assert all(map(math.isnan, (low, middle, high))) or low <= middle <= high
    tone = vader(text)
    assert -1 <= tone["compound"] <= 1
    assert all(0 <= tone[part] <= 1 for part in ("neg", "neu", "pos"))
    found = toolkit.emoji_table(reading)
    spots = zip(found["emoji"], found["start"], found["end"], strict=True)
    assert all(reading.text[start:end].replace("\ufe0f", "") == emoji for emoji, start, end in spots)
    shown = toolkit.spans(reading)
    assert all(reading.text[s.start : s.end].strip() == s.text or "](" in reading.text for s in shown.itertuples())  # type: ignore[index]
    check_splits(text, reading)


def check_splits(text: str, reading: Reading) -> None:
    blocks, sentences, passages = (split([text]) for split in SPLITS)
    for units in (blocks, sentences, passages):
        assert units["position"].tolist() == list(range(len(units)))
        assert units["unit_id"].is_unique
        assert units["text"].dropna().map(len).gt(0).all()
    running = " ".join(reading.sentence_texts()).split()
    assert " ".join(sentences["text"].dropna()).split() == running
    assert " ".join(passages["text"].dropna()).split() == running
    everything = blocks["text"].dropna()
    assert " ".join(everything).split() == reading.content.split()
