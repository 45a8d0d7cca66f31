"""The end of a report: what it cannot show, missing values, what was read, and the glossary."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from ..figures.formatting import counted, listed
from ..importers.import_log import row_list
from ..metrics.measure import METRICS, Metric, chosen, glossary
from ..metrics.missing_values import why_missing
from .measured_thread import OF_PASSAGES, OF_SENTENCES, MeasuredThread
from .page_parts import Section, bullets, note, paragraph, part, table

WHOLE: Final = "the article as one text"


def limits(thread: MeasuredThread) -> Section:
    """Build the section on what the numbers cannot show, and on missing values."""
    shown = [(WHOLE, thread.whole, METRICS), ("sentences", thread.sentences, chosen(OF_SENTENCES)),
             ("passages", thread.passages, chosen(OF_PASSAGES))]  # fmt: skip
    gaps = [row for noun, units, metrics in shown for row in _gaps(noun, units, metrics)]
    missing = table("Values that are missing, and why", ["measures", "of", "missing", "reason"], gaps)
    return Section(
        "limits", "What cannot be said", note("limits", len(thread.comments) > 0) + (missing if gaps else Markup())
    )


def _gaps(noun: str, units: pd.DataFrame, metrics: Iterable[Metric]) -> Iterable[tuple[object, ...]]:
    """Yield missing values, grouped by count and kind of reason, with one reason as an example."""
    labels = {metric.name: metric.label for metric in metrics}
    found: dict[tuple[str, str], list[str]] = {}
    for _, name, reason in why_missing(units, list(labels)).itertuples(index=False):
        found.setdefault((name, reason.partition(":")[0]), []).append(reason)
    alike: dict[tuple[str, int], list[str]] = {}
    for (name, _), reasons in found.items():
        first = reasons[0] if len(set(reasons)) == 1 else reasons[0].replace(": ", ", for example: ", 1)
        alike.setdefault((first, len(reasons)), []).append(labels[name])
    of = noun if noun == WHOLE else f"{len(units):,} {noun}"
    for (reason, count), names in alike.items():
        yield listed(names), of, count, reason


def what_was_read(thread: MeasuredThread) -> Section:
    """Build the section on the files and texts that were read."""
    given = f"The texts were given as a table: the article and {counted(len(thread.comments), 'comment')}."
    body = _import_log(thread.log) if thread.log is not None else paragraph(given)
    kinds = [("article", thread.texts[thread.texts["kind"].eq("article")]), ("comments", thread.comments)]
    rows = []
    for kind, texts in kinds:
        own = thread.sentences[thread.sentences["text_id"].isin(texts["text_id"])]
        words = round(float(own["words_per_sentence"].dropna().sum()))
        readers = (int(texts["author"].nunique()) or "not known") if kind == "comments" else None
        replies = int(texts["reply_to"].notna().sum()) if kind == "comments" else None
        rows.append([kind, len(texts), int(own["text"].notna().sum()), words, readers, replies])
    head = ["texts of", "texts", "sentences", "words", "commenters", "replies to comments"]
    return Section("read", "What was read", body + table("What was measured", head, rows))


def _import_log(log: dict[str, Any]) -> Markup:
    """Render the import log that read_thread attaches to its table."""
    article, comments = log.get("article") or {}, log.get("comments")
    files = [(article.get("source", ""), article.get("format", ""), "article", 1, 1, 0)]
    if comments:
        left_out = sum(len(each["rows"]) for each in comments["left_out"])
        files.append((comments["source"], comments["format"], "comments", comments["read"], comments["kept"], left_out))
    out = table("The files", ["file", "read as", "what", "read", "kept", "left out"], files)
    rows = [
        (each["what"], said, len(each["rows"]), row_list(each["rows"]))
        for key, said in (("left_out", "left out"), ("changed", "changed"))
        for each in (comments or {}).get(key, [])
    ]
    if rows:
        out += table("What was left out or changed, and why", ["what", "done", "how many", "where"], rows)
    return out + bullets([*article.get("notes", []), *(comments or {}).get("notes", []), *log.get("notes", [])])


def meanings(_: MeasuredThread) -> Section:
    """Build the glossary of metrics."""
    rows = glossary().assign(reference=lambda table: table["reference"].str.partition(";")[0])
    return Section("glossary", "Glossary", part("glossary", rows.to_dict("records")))
