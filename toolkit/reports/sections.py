"""The sections of a report, in the order of the page: findings, comparison, limits, sources, glossary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from .. import __version__
from .._versions import versions
from ..comparison.share_higher import FEWEST_CLUSTERS, NO_DIFFERENCE
from ..comparison.verdicts import is_decided
from ..comparison.word_counts import PER
from ..comparison.word_shift import word_shift
from ..figures.comparison import plot_comparison
from ..figures.count_circles import lower_first
from ..figures.keyness import plot_keyness
from ..figures.sentiment import NEUTRAL
from ..figures.style import counted, listed, number
from ..figures.word_shift import plot_word_shift
from ..importers.import_log import row_list
from ..metrics.measure import METRICS, Metric, chosen, glossary
from ..metrics.missing_values import why_missing
from .answers_section import answers, conversation
from .article_sections import emoji, opened, structure, tone, tone_picture
from .data import OF_PASSAGES, OF_SENTENCES, Material, carries
from .html import Section, bullets, figure, glossary_list, paragraph, subheading, table

if TYPE_CHECKING:
    import pandas as pd

READERS = (
    "What the readers think. Those who comment chose to, and most who read do not; comments may also have been removed "
    "before the page was saved."
)
TOP = 15  # rows of a list
WHOLE = "the article as one text"


def findings(material: Material) -> list[str]:
    """List what the numbers support, one sentence per finding."""
    if material.comments.empty:
        none = "There are no comments, so nothing can be compared. The page shows how the article is written."
        return [none, *_of_the_article(material)]
    rows = material.compared.to_dict("records")
    said = [_difference(row) for row in rows if str(row["verdict"]).startswith("comments: ")]
    rest: dict[str, list[str]] = {}
    for row in rows:
        verdict = str(row["verdict"])
        if is_decided(verdict) and not verdict.startswith("comments: "):
            rest.setdefault(verdict, []).append(lower_first(row["label"]))
    said += [f"{claim[:1].upper()}{claim[1:]}: {listed(labels)}." for claim, labels in rest.items()]
    unknown = [lower_first(row["label"]) for row in rows if not is_decided(row["verdict"])]
    if len(unknown) == len(rows):
        why = _why_undecided(material)
        return [f"We cannot tell whether the comments differ from the article: {why}.", *_of_the_article(material)]
    return said + ([f"Too few or too mixed to tell: {listed(unknown)}."] if unknown else [])


def _of_the_article(material: Material) -> list[str]:
    """List what stands out in the article alone: its tone, and its paragraphs."""
    scores = material.sentences.loc[material.sentences["kind"].eq("article"), "sentiment"].dropna()
    said = []
    if len(scores):
        negative, positive = int((scores <= -NEUTRAL).sum()), int((scores >= NEUTRAL).sum())
        of = counted(len(scores), "sentence")
        said.append(f"Of {of} of the article, {negative:,} sound negative and {positive:,} positive.")
    if paragraphs := len(material.article.paragraphs_at):
        short = len(material.article.one_line_paragraphs_at)
        said.append(
            f"Of its {counted(paragraphs, 'paragraph')}, {short:,} {'is' if short == 1 else 'are'} one sentence."
        )
    return said


def _difference(row: dict[Hashable, Any]) -> str:
    """Describe a difference, with both means and how often it appears."""
    what = str(row["verdict"]).removeprefix("comments: ")
    means = f"{number(row['comment_mean'])} on average against {number(row['article_mean'])} in the article"
    share = row["share_higher"]
    often = f"the {'higher' if share > NO_DIFFERENCE else 'lower'} one in {max(share, 1 - share):.0%} of pairs"
    return f"The comments show {what}: {means}; a comment's sentence is {often}."


def _why_undecided(material: Material) -> str:
    """Explain why no metric has a verdict: too few texts in a group, or intervals that are too wide."""
    many, measured = len(material.comments), int(material.compared["comment_texts"].min())
    if measured < FEWEST_CLUSTERS:
        there = f"there {'is' if many == 1 else 'are'} {counted(many, 'comment')}"
        return there if measured == many else f"{there}, {measured} of them with a sentence"
    if (blocks := int(material.compared["article_clusters"].min())) < FEWEST_CLUSTERS:
        return f"the article has {counted(blocks, 'block')} with a sentence"
    return "no interval keeps clear of 0.50, or close to it throughout"


def warnings_of(material: Material) -> list[str]:
    """List what a reader should know before any number."""
    many, out = len(material.comments), []
    if 0 < many < FEWEST_CLUSTERS:
        out.append(
            f"There {'is' if many == 1 else 'are'} {counted(many, 'comment')}. Below {FEWEST_CLUSTERS} no interval is "
            "given, and nothing can be said about other comments."
        )
    if material.blocks < FEWEST_CLUSTERS:
        out.append(f"The article has {counted(material.blocks, 'block')}; an interval needs {FEWEST_CLUSTERS}.")
    if foreign := sorted(set(material.texts["language"].dropna()) - {"en"}):
        out.append(f"Some texts are in {listed(foreign)}; the word lists and formulas are for English.")
    if material.comments["author"].dropna().duplicated().any():
        out.append("Some people wrote several comments; the intervals treat each comment as if by another person.")
    log = material.texts.attrs.get("report")
    comments = log.get("comments") if isinstance(log, dict) else None
    if comments and (lost := sum(len(each["rows"]) for each in comments["left_out"])):
        out.append(
            f"{counted(lost, 'row')} of the comments' file {'was' if lost == 1 else 'were'} left out: see below."
        )
    return out


def main_picture(material: Material) -> Markup:
    """Draw the comparison if it has any verdict, else the tone of the article; empty if neither can be drawn."""
    if material.is_compared:
        return figure(plot_comparison(material.compared, source=material.source))
    return tone_picture(material)


def what_was_read(material: Material) -> Section:
    """Build the section on the files and texts that were read."""
    log = material.texts.attrs.get("report")
    if isinstance(log, dict):
        body = _import_log(log)
    else:
        body = paragraph(
            f"The texts were given as a table: the article and {counted(len(material.comments), 'comment')}."
        )
    kinds = [("article", material.texts[material.texts["kind"].eq("article")]), ("comments", material.comments)]
    rows = [_size(kind, material, texts) for kind, texts in kinds]
    head = ["texts of", "texts", "sentences", "words", "commenters", "answers to a comment"]
    return Section("read", "What was read", body + table("What there is to measure", head, rows))


def _size(kind: str, material: Material, texts: pd.DataFrame) -> list[object]:
    own = material.sentences[material.sentences["text_id"].isin(texts["text_id"])]
    many = own["words_per_sentence"].dropna().sum()
    readers = (int(texts["author"].nunique()) or "not known") if kind == "comments" else None
    answers = int(texts["reply_to"].notna().sum()) if kind == "comments" else None
    return [kind, len(texts), int(own["text"].notna().sum()), round(float(many)), readers, answers]


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


def comparison(material: Material) -> Section | None:
    """Build the section that compares the article with its comments."""
    if material.comments.empty:
        return None
    how = (
        "Take one sentence of the comments and one of the article at random: how often is the comment's score the "
        "higher one? A tie counts half: 0.50 is no difference, 1 always, 0 never. The interval shows how far off that "
        "share may be, given who happened to comment. The verdict follows from the interval as printed. If it leaves "
        "out 0.50 there is a difference, smaller than 0.10 if it stays between 0.40 and 0.60. If it contains 0.50 and "
        "stays between them, there is no difference larger than 0.10. Any other interval is “cannot tell”, which "
        "is not the same as “no difference”."
    )
    body = paragraph(how)
    body += _verdicts("Sentence by sentence: the verdicts", material.compared)
    passages = material.passages_compared
    if carries(passages):
        body += subheading("Passage by passage: how hard to read") + _verdicts(
            "Passage by passage: the verdicts", passages
        )
    return Section("comparison", "The article against its comments", body + reading_ease(material))


def _verdicts(title: str, rows: pd.DataFrame) -> Markup:
    """Render a comparison as a table: the verdict first, then the numbers behind it."""
    head = ["measure", "verdict", "article, mean", "comments, mean", "comments higher", "95 % interval", "n, article",
            "n, comments"]  # fmt: skip
    cells: list[tuple[object, ...]] = [
        (row["label"], row["verdict"], row["article_mean"], row["comment_mean"], row["share_higher"],
         _interval(row["share_higher_low"], row["share_higher_high"]), row["article_n"], row["comment_n"])
        for row in rows.to_dict("records")
    ]  # fmt: skip
    if rows["share_higher_low"].isna().all():  # no interval anywhere: no column of dashes
        head.remove("95 % interval")
        cells = [(*row[:5], *row[6:]) for row in cells]
    warnings = [f"{row['label']}: {row['warning']}." for row in rows.to_dict("records") if row["warning"]]
    return table(title, head, cells) + Markup("").join(map(paragraph, warnings))


def _interval(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}" if low == low else "–"


def reading_ease(material: Material) -> Markup:
    """Render readability of the article and of all comments as one text: single comments are too short."""
    pooled = material.pooled
    known = [metric for metric in chosen(OF_PASSAGES) if pooled[metric.name] == pooled[metric.name]]
    if not known:
        return paragraph("The comments together have too few words for a readability formula.")
    note = (
        "A readability formula needs about 100 words, and most comments are shorter. Here all comments are read as one "
        "text, beside the article; with a single number for each there is no interval and no verdict."
    )
    row = material.whole.iloc[0]
    cells = [(each.label, float(row[each.name]), float(pooled[each.name]), each.higher_means) for each in known]
    head = ["measure", "article", "comments as one text", "higher means"]
    return subheading("How hard to read") + paragraph(note) + table("Readability of article and comments", head, cells)


def difference(material: Material) -> Section | None:
    """Build the section on the words that make the difference in tone."""
    if material.comments.empty:
        return None
    shift = word_shift(material.texts)
    shown = shift.assign(contribution=PER * shift["contribution"])  # as in the figure
    rows = shown[["word", "count_article", "count_comment", "value_article", "value_comment", "contribution"]]
    head = ["word", "uses in the article", "uses in the comments", "value in the article", "value in the comments",
            f"adds to the difference, per {PER:,} words"]  # fmt: skip
    if shift["contribution"].isna().all() or not (shift["contribution"] != 0).any():
        return None
    note = (
        "Bars to the right: the word makes the comments more positive than the article; to the left: more negative. "
        "A word's value is its rating after negation and emphasis."
    )
    if len(material.comments) < FEWEST_CLUSTERS:
        note += (
            f" From {counted(len(material.comments), 'comment')} this describes these texts and nothing beyond them."
        )
    cells = list(rows.itertuples(index=False, name=None))
    drawn = figure(plot_word_shift(shift, source=material.source))
    title = "Which words make the difference in tone"
    words = table("Words by what they add", head, cells, most=TOP)
    if len(material.comments) >= FEWEST_CLUSTERS:  # fewer carry no interval of any word
        typical = plot_keyness(material.texts, function_words=False, source=material.source)
        words += subheading("Which words are typical of each side") + figure(typical)
    return Section("words", title, paragraph(note) + drawn + words)


def limits(material: Material) -> Section:
    """Build the section on what the numbers cannot show, and on missing values."""
    items = [
        "Whether anyone is right. A score counts words; it does not measure truth, credibility or worth.",
        "What anyone meant or felt. A low tone is not anger, and a harsh word may be a joke or the name of a thing.",
        READERS if len(material.comments) else "How readers answered: there are no comments.",
    ]
    shown = [(WHOLE, material.whole, METRICS), ("sentences", material.sentences, chosen(OF_SENTENCES)),
             ("passages", material.passages, chosen(OF_PASSAGES))]  # fmt: skip
    gaps = [row for noun, units, metrics in shown for row in _gaps(noun, units, metrics)]
    gap_table = (
        table("Values that are missing, and why", ["measures", "of", "missing", "reason"], gaps) if gaps else Markup()
    )
    return Section("limits", "What cannot be said", bullets(items) + gap_table)


def _gaps(noun: str, units: pd.DataFrame, metrics: Iterable[Metric]) -> Iterable[tuple[object, ...]]:
    """Yield missing values: metrics with the same count and kind of reason together, with one reason as an example."""
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


def meanings(_: Material) -> Section:
    """Build the glossary of metrics."""
    rows = glossary().assign(reference=lambda table: table["reference"].str.partition(";")[0])
    return Section("glossary", "Glossary", glossary_list(rows.to_dict("records")))


SECTIONS: Final[tuple[Callable[[Material], Section | None], ...]] = (
    comparison, answers, conversation, structure, tone, emoji, difference, opened, limits, what_was_read, meanings
)  # fmt: skip


def foot(material: Material) -> list[str]:
    """Return the footer: how to use the page, versions, and the fingerprint of the texts."""
    made_with = ", ".join(f"{name} {version}" for name, version in versions().items())
    return [
        f"Made by Below the Line {__version__}. A number here is a prompt to read closer. Quotations belong to their "
        "authors; check them for names before you pass this page on.",
        f"The texts have the fingerprint {_fingerprint(material.texts)}. The same files read in the same way give the "
        f"same one, and with the same versions the same numbers: {made_with}.",
    ]


def _fingerprint(texts: pd.DataFrame) -> str:
    """Return the first 12 digits of the SHA-256 of kinds and texts as JSON, in order; missing values are empty."""
    columns = (texts[name].astype(object).where(texts[name].notna(), "").tolist() for name in ("kind", "text"))
    pairs = [*zip(*columns, strict=True)]
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:12]
