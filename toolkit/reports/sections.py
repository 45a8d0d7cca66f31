"""The sections of a report page, in the order of the page: what was read, compared, and cannot be said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from .. import __version__
from .._versions import versions
from ..comparison.cluster_bootstrap import FEWEST_CLUSTERS
from ..comparison.compare import compare
from ..comparison.word_shift import PER, word_shift
from ..figures.comparison import plot_comparison
from ..figures.style import counted, listed
from ..figures.word_shift import plot_word_shift
from ..importers.import_log import row_list
from ..metrics.measure import METRICS, Metric, chosen, glossary, why_missing
from .article_sections import emoji, opened, structure, tone
from .data import OF_PASSAGES, OF_SENTENCES, Material
from .html import Section, bullets, figure, paragraph, table, words

if TYPE_CHECKING:
    import pandas as pd

READERS = (
    "What the readers think. Those who comment chose to, and most who read do not; comments may also have been removed "
    "before the page was saved."
)
WHOLE = "the article as one text"
TOP = 15  # rows of a list


def opening(material: Material) -> str:
    """Whose words, how many, and what can be told, before anything else."""
    comments = len(material.comments)
    size = f"{counted(int(material.article.words), 'word')} in the article, {counted(comments, 'comment')} beneath it."
    told = _verdicts(material)
    return paragraph(f"Source: {material.source}") + paragraph(size) + f'<div class="key">{paragraph(told)}</div>\n'


def _verdicts(material: Material) -> str:
    if material.comments.empty:
        return "There are no comments: nothing can be compared. The page tells how the article is written."
    rows = compare(material.sentences, metrics=chosen(OF_SENTENCES))
    found = [
        str(verdict).removeprefix("comments: ") for verdict in rows["verdict"] if str(verdict).startswith("comments: ")
    ]
    even = int(rows["verdict"].str.startswith("no difference").sum())
    unknown = int(rows["verdict"].str.startswith("cannot tell").sum())
    if not found and not even:
        return f"Whether the comments differ from the article cannot be told: {_why_untold(material, rows)}."
    lines = [f"Against the article, the comments show {listed(found)}." if found else "No difference can be shown."]
    lines += (
        [f"In {even} of {len(rows)} measures both are alike to within 0.10: the interval lies between 0.40 and 0.60."]
        if even
        else []
    )
    lines += [f"In {unknown} of {len(rows)} the texts are too few or too mixed to tell."] if unknown else []
    return " ".join(lines)


def _why_untold(material: Material, rows: pd.DataFrame) -> str:
    """Too few on one side, or intervals that reach too far."""
    many, measured = len(material.comments), int(rows["comment_texts"].min())
    if measured < FEWEST_CLUSTERS:
        there = f"there {'is' if many == 1 else 'are'} {counted(many, 'comment')}"
        return there if measured == many else f"{there}, {measured} of them with a sentence"
    if (blocks := int(rows["article_clusters"].min())) < FEWEST_CLUSTERS:
        return f"the article has {counted(blocks, 'block')} with a sentence"
    return "no interval lies clear of 0.50, or wholly near it"


def what_was_read(material: Material) -> Section:
    """What was read."""
    told = material.texts.attrs.get("report")
    if isinstance(told, dict):
        body = _ledger(told)
    else:
        body = paragraph(
            f"The texts were given as a table: the article and {counted(len(material.comments), 'comment')}."
        )
    kinds = [("article", material.texts[material.texts["kind"].eq("article")]), ("comments", material.comments)]
    rows = [_size(kind, material, texts) for kind, texts in kinds]
    head = [
        "side",
        "texts",
        "sentences",
        "words of running text",
        "different commenters",
        "answers to a comment",
    ]
    return Section("read", "What was read", body + table("What there is to measure", head, rows))


def _size(kind: str, material: Material, texts: pd.DataFrame) -> list[object]:
    own = material.sentences[material.sentences["text_id"].isin(texts["text_id"])]
    many = own["words_per_sentence"].dropna().sum()
    readers = (int(texts["author"].nunique()) or "not known") if kind == "comments" else None
    answers = int(texts["reply_to"].notna().sum()) if kind == "comments" else None
    return [kind, len(texts), int(own["text"].notna().sum()), round(float(many)), readers, answers]


def _ledger(told: dict[str, Any]) -> str:
    """The report that read_thread leaves with its table."""
    article, comments = told.get("article") or {}, told.get("comments")
    files = [(article.get("source", ""), article.get("format", ""), "article", 1, 1, 0)]
    if comments:
        left_out = sum(len(each["rows"]) for each in comments["left_out"])
        files.append((comments["source"], comments["format"], "comments", comments["read"], comments["kept"], left_out))
    out = table("The files", ["file", "read as", "what", "read", "kept", "left out"], files)
    if comments and (rows := list(_reasons(comments))):
        out += table("What was left out or changed, and why", ["what", "done", "how many", "where"], rows)
    return out + bullets([*article.get("notes", []), *(comments or {}).get("notes", []), *told.get("notes", [])])


def _reasons(comments: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    for key, said in (("left_out", "left out"), ("changed", "changed")):
        for each in comments[key]:
            yield each["what"], said, len(each["rows"]), row_list(each["rows"])


def comparison(material: Material) -> Section:
    """The article against its comments."""
    title = "The article against its comments"
    if material.comments.empty:
        return Section("comparison", title, paragraph("There are no comments, so nothing can be compared."))
    why = (
        "Take a sentence (or passage) of the comments and one of the article by chance: how often does that of the "
        "comments score higher, a tie counting half? 0.5 is no difference, 1 always, 0 never. Of something that most "
        "sentences lack, most pairs are ties, and the share stays near 0.5. The interval says how far that could lie "
        "from what was found by chance of who happened to comment. The verdict says what the interval carries; where "
        "it carries nothing it says “cannot tell”, which is not the same as “no difference”."
    )
    few = len(material.comments)
    warning = (
        f"There {'is' if few == 1 else 'are'} {counted(few, 'comment')}. Below {FEWEST_CLUSTERS} no interval is given, "
        "and nothing can be told from so few."
    )
    if material.comments["author"].dropna().duplicated().any():
        why += (
            " Some people wrote several comments; the interval takes each comment as if somebody else had written it."
        )
    body = paragraph(why) + (f'<div class="key">{paragraph(warning)}</div>\n' if few < FEWEST_CLUSTERS else "")
    body += _compared(material, material.sentences, OF_SENTENCES, "Sentence by sentence", "sentences")
    note = "Formulas of reading ease need passages of about 100 words: a comment that is shorter has no value there."
    passages = _compared(material, material.passages, OF_PASSAGES, "Passage by passage: how hard to read", "passages")
    return Section("comparison", title, body + passages + paragraph(note))


def _compared(material: Material, units: pd.DataFrame, names: list[str], title: str, noun: str) -> str:
    rows = compare(units, metrics=chosen(names))
    head = ["measure", f"article, {noun}", f"comments, {noun}", "article, mean", "comments, mean",
            "comments score higher, ties half", "95 % interval", "verdict"]  # fmt: skip
    cells = [
        (row["label"], row["article_n"], row["comment_n"], row["article_mean"], row["comment_mean"],
         row["share_higher"], _interval(row["share_higher_low"], row["share_higher_high"]), row["verdict"])
        for row in rows.to_dict("records")
    ]  # fmt: skip
    drawn = figure(plot_comparison(rows, source=material.source))
    return f"<h3>{words(title)}</h3>\n" + drawn + table(f"{title}: the numbers", head, cells)


def _interval(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}" if low == low else "none"


def difference(material: Material) -> Section | None:
    """Which words make the difference."""
    if material.comments.empty:
        return None
    shift = word_shift(material.texts)
    shown = shift.assign(contribution=PER * shift["contribution"])  # as in the figure
    rows = shown.head(TOP)[["word", "count_article", "count_comment", "value_article", "value_comment", "contribution"]]
    head = ["word", "uses in the article", "uses in the comments", "value in the article", "value in the comments",
            f"adds to the difference, per {PER:,} words"]  # fmt: skip
    note = (
        "Above zero: the word makes the comments more positive than the article; below zero: more negative. "
        "A word's value is what is left of its rating after negation and emphasis."
    )
    if len(material.comments) < FEWEST_CLUSTERS:
        note += (
            f" From {counted(len(material.comments), 'comment')} this describes these texts and nothing beyond them."
        )
    cells = [tuple(row.values()) for row in rows.to_dict("records")]
    drawn = figure(plot_word_shift(shift, source=material.source))
    return Section(
        "words",
        "Which words make the difference in tone",
        paragraph(note) + drawn + table("Words by what they add", head, cells),
    )


def limits(material: Material) -> Section:
    """What cannot be said."""
    many, blocks = len(material.comments), material.blocks
    items = [
        "Whether anybody is right. A score counts words; it is no measure of truth, of credibility or of worth.",
        "What anybody meant or felt. A low tone is not anger, and a harsh word may be a joke or the name of a thing.",
        READERS if many else "How readers answered: there are no comments.",
    ]
    if 0 < many < FEWEST_CLUSTERS:
        items.append(
            f"Whether other comments would look alike: {counted(many, 'comment')} cannot show it; an interval needs "
            f"{FEWEST_CLUSTERS}."
        )
    if blocks < FEWEST_CLUSTERS:
        items.append(
            f"Whether the article is alike throughout: it has {counted(blocks, 'block')}, and an interval needs "
            f"{FEWEST_CLUSTERS}."
        )
    foreign = sorted(set(material.texts["language"].dropna()) - {"en"})
    items += (
        [f"Anything about words in {listed(foreign)}: the word lists and formulas are for English."] if foreign else []
    )
    shown = [(WHOLE, material.whole, METRICS), ("sentences", material.sentences, chosen(OF_SENTENCES)),
             ("passages", material.passages, chosen(OF_PASSAGES))]  # fmt: skip
    gaps = [row for noun, units, metrics in shown for row in _gaps(noun, units, metrics)]
    gap_table = table("Values that are missing, and why", ["measures", "of", "missing", "reason"], gaps) if gaps else ""
    return Section("limits", "What cannot be said", bullets(items) + gap_table)


def _gaps(noun: str, units: pd.DataFrame, metrics: Iterable[Metric]) -> Iterable[tuple[object, ...]]:
    """Missing values: the measures that lack as many for the same kind of reason, with one reason as an example."""
    labels = {metric.name: metric.label for metric in metrics}
    found: dict[tuple[str, str], list[str]] = {}
    for row in why_missing(units, list(labels)).to_dict("records"):
        found.setdefault((row["metric"], row["reason"].partition(":")[0]), []).append(row["reason"])
    alike: dict[tuple[str, int], list[str]] = {}
    for (name, _), reasons in found.items():
        first = reasons[0] if len(set(reasons)) == 1 else reasons[0].replace(": ", ", for example: ", 1)
        alike.setdefault((first, len(reasons)), []).append(labels[name])
    of = noun if noun == WHOLE else f"{len(units):,} {noun}"
    for (reason, count), names in alike.items():
        yield listed(names), of, count, reason


def meanings(material: Material) -> Section:
    """What the numbers mean."""
    rows = glossary().to_dict("records")
    head = ["measure", "what it is", "unit", "a higher value means", "source"]
    cells = [(row["label"], row["definition"], row["unit"], row["higher_means"], row["reference"]) for row in rows]
    return Section("glossary", "Glossary", table("Every measure of this page", head, cells))


SECTIONS: Final[tuple[Callable[[Material], Section | None], ...]] = (
    what_was_read,
    comparison,
    structure,
    tone,
    emoji,
    difference,
    opened,
    limits,
    meanings,
)


def foot(material: Material) -> str:
    """Who made the page and from what, and what may be read from it."""
    made_with = ", ".join(f"{name} {version}" for name, version in versions().items())
    return paragraph(
        f"Made by Below the Line {__version__}. A number here is a prompt to read closer. Quotations belong to those "
        "who wrote them; whoever passes this page on should look through them for names first."
    ) + paragraph(
        f"The texts have the fingerprint {_fingerprint(material.texts)}: whoever reads the same files in the same way "
        f"gets the same one, and with the same versions the same numbers: {made_with}."
    )


def _fingerprint(texts: pd.DataFrame) -> str:
    """The first 12 digits of the SHA-256 of the kinds and texts as JSON, in order; what is missing is empty."""
    told = (texts[name].astype(object).where(texts[name].notna(), "").tolist() for name in ("kind", "text"))
    pairs = [*zip(*told, strict=True)]
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:12]
