"""The parts of explore_thread: controls, figure, the article's blocks, the tree of comments, one opened text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import Markup

from ..figures.formatting import capitalised, counted, number, percent, shortened
from ..metrics.attribution import tone_by_voice
from ..metrics.measure import measure
from ..metrics.missing_values import why_missing
from ..text.reading import read
from ..text.units import split_blocks
from .highlight import marked_html
from .highlight_layers import LAYERS
from .html_panel import button, drawn, heard, paragraph
from .thread_model import ORDERS, SIDES, UNITS, WHOLE, Excerpt, ThreadView

AT_ONCE = 40  # comments, or blocks, shown before "show more"
DEEPEST = 8  # indented levels; deeper ones only name their level
HEADINGS = ("title", "heading")
_LONGEST = 1_500  # characters per text in a list; opened texts are shown in full
_LAYER_OF = {layer.family: layer for layer in reversed(LAYERS.values())}
_BEGINNING = 40  # characters used to find a passage in its block
_WIDEST = 62  # percent of its column for the longest bar, leaving space for its label
_VOICES = {"": "all voices", "author": "the writers' own words", "attributed": "words of others"}
_RANGES = (("Reply level", "depth", "number"), ("Likes", "likes", "number"), ("Posted", "date", "date"))
_WHO = {"article": "article", "comment": "comments"}
_ITEM = {"opens": "", "name": "", "answers": "", "pressed": "", "indent": 0, "look": ""}
_TEMPLATE = "thread.html.j2"
_ABOUT_LINKS = (
    "Press an underlined sentence to see the comments that answer it; the number shows how many. Links are based on "
    "shared words, so check them yourself: many answers have no link, and a few links are due to chance."
)


def controls(view: ThreadView, times_drawn: int) -> Markup:
    """Render menus, ranges and the search box."""
    texts, metrics = view.texts, defaultdict(list)
    for metric in view.metrics.values():
        metrics[metric.family].append((metric.name, metric.label))
    comments = texts[texts["kind"].eq("comment")]  # ranges and orders apply only to comments
    differ = {name for name in ("depth", "likes", "posted") if comments[name].nunique() > 1}
    ranges = [each for each in _RANGES if {"date": "posted"}.get(each[1], each[1]) in differ]
    orders = [each for each in ORDERS.items() if {"likes": "likes", "new": "posted"}.get(each[0], "") in {"", *differ}]
    menus: list[tuple[str, str, Iterable[Any]]] = [
        ("Metric", "metric", metrics.items()),
        ("Measured on", "unit", [("", [(key, f"each {words}") for key, words in UNITS.items()])]),
        ("Voice", "voice", [("", _VOICES.items())]),
        ("Sort comments by", "sort", [("", orders)]),
    ]
    if view.threads[1:]:
        menus.insert(0, ("Thread", "thread", [("", [(str(name), str(name)) for name in view.threads])]))
    levels, asks = bool(texts["depth"].notna().any()), not view.are_links_known
    return drawn(_TEMPLATE, "controls", menus, ranges, view.state, times_drawn, levels, asks)


def status(view: ThreadView) -> Markup:
    """Report how many comments remain and what is shown; screen readers also hear the verdict."""
    comments, kept = (int(table["kind"].eq("comment").sum()) for table in (view.texts, view.kept))
    left_out = f"; {comments - kept} left out" if kept < comments else ""
    said = f"{kept:,} of {counted(comments, 'comment')}{left_out}."
    found = {side: view.excerpts(side) or [] for side in SIDES}
    many = len({each.text_id for each in found["comment"]})
    match view.state["focus"]:
        case "bar":
            side, _, at = view.state["at"].partition(" ")
            label = f"{view.metric.label} {view.bars[int(at)].label}"
            said += f" Shown: {counted(len(found[side]), view.state['unit'])} of the {_WHO[side]}, {label}."
        case "search":
            said += f" “{view.state['at']}”: {counted(len(found['article']), 'use')} in the article, "
            said += f"{len(found['comment'])} in {counted(many, 'comment')}."
        case "passage":
            said += f" Shown: {counted(many, 'comment')} linked to this passage by words in common."
        case "comment":
            said += f" Shown: {counted(len(found['article']), 'passage')} linked to this comment by words in common."
    return paragraph(said, "btl-status") + heard(f"{view.metric.label}. {view.verdict}")


def figure(view: ThreadView) -> Markup:
    """Render two columns of bars; each bar is a button with a label that gives its count and share."""
    metric, unit, values = view.metric, view.state["unit"], view.shown.groupby("kind")[view.metric.name]
    totals = {side: int(values.count().get(side, 0)) for side in SIDES}
    counts = {side: [view.count(bar, side) for bar in view.bars] for side in SIDES}
    longest = max((n / totals[side] for side in SIDES for n in counts[side] if n), default=1.0)
    heads = [f"{_WHO[side].capitalize()}: share of {counted(totals[side], unit)}" for side in SIDES]

    def bar(side: str, at: int) -> dict[str, Any]:
        share = counts[side][at] / totals[side] if totals[side] else 0.0
        pressed = (view.state["focus"], view.state["at"]) == ("bar", f"{side} {at}")
        shown = {"at": f"{side} {at}", "who": _WHO[side], "count": counts[side][at], "total": totals[side]}
        return shown | {"pressed": pressed, "share": percent(share), "width": f"{_WIDEST * share / longest:.1f}"}

    rows = [(each.label, [bar(side, at) for side in SIDES]) for at, each in enumerate(view.bars)]
    missing = len(view.shown) - sum(totals.values())
    without = f" Without a value: {counted(missing, unit)}." if missing else ""
    about = f"{capitalised(metric.unit)}. Higher means {metric.higher_means}. Press a bar to read the texts behind it."
    return drawn(_TEMPLATE, "figure", metric.label, about + without, heads, rows, view.verdict)


# ---- the texts


def sides(view: ThreadView, closed: str = "", more: str = "") -> Markup:
    """Render article and comments side by side: all that the filters keep, or the excerpts of a selection.

    `closed` is the text just closed: the focus returns to its button.  `more` is the side whose "show more" was used:
    the focus moves to the first new text, since the button may be gone.
    """
    kept, lists = view.kept, Markup()
    for side in SIDES:
        texts, found = kept[kept["kind"] == side], view.excerpts(side)
        of: dict[Any, list[Excerpt]] | None = None if found is None else defaultdict(list)
        for each in found or []:
            of[each.text_id, each.block_id if side == "article" else WHOLE].append(each)  # type: ignore[index]
        items = [*(_blocks if side == "article" else _comments)(view, texts, of)]
        openers = [(name, _takes_focus(name, closed)) for name in texts["text_id"]] if side == "article" else []
        at_once = AT_ONCE * int(view.state["more"])
        shown = [draw() for draw in items[:at_once]]
        for item in shown:
            item["also"] = _takes_focus(item.get("opens"), closed)
        what, is_more = "block" if side == "article" else "comment", len(shown) < len(items)
        said = f"first {len(shown)} of {len(items):,} {what}s" if is_more else counted(len(items), what)
        title = f"{_WHO[side].capitalize()}: {said}"
        new = at_once - AT_ONCE if side == more else -1
        lists += drawn(_TEMPLATE, "side", side, title, openers, shown, new, is_more)
    back = button("Show the others again", "all", key="Escape") if view.state["focus"] else ""
    links = paragraph(_ABOUT_LINKS) if len(view.links) else ""
    return Markup('{}{}<div class="btl-sides">{}</div>').format(back, links, lists)


def _takes_focus(name: object, closed: str) -> Markup:
    return Markup("data-take-focus") if closed and str(name) == closed else Markup()


def _blocks(view: ThreadView, articles: pd.DataFrame, found: Any) -> Iterator[Callable[[], dict[str, Any]]]:
    """Yield the article's blocks, or only those with an excerpt."""
    voice, links = view.state["voice"], view.links.drop_duplicates(["passage_id", "text_id"])
    answers = links.groupby(["block_id", "passage_id", "passage"], sort=False).size().reset_index(name="answers")
    of_block = {block: rows.to_dict("records") for block, rows in answers.groupby("block_id")}

    def item(block: dict[Any, Any], parts: list[Excerpt]) -> dict[str, Any]:
        kind = str(block["block"]).replace("_", " ") + ", words of others" * (block["voice"] == "attributed")
        own = of_block.get(block["block_id"], ())
        return _ITEM | {"facts": [kind], "look": "btl-heading" * (block["block"] in HEADINGS), "excerpts": parts,
                "words": _words(view, str(block["text"]), own)}  # fmt: skip

    for block in split_blocks(articles).to_dict("records") if len(articles) else []:
        if voice in ("", block["voice"]) or block["block"] in HEADINGS:
            places = [(block["text_id"], place) for place in (block["block_id"], WHOLE)]
            parts = [] if found is None else [each for place in places for each in found[place]]
            if parts or found is None:
                yield partial(item, block, parts)


def _words(view: ThreadView, text: str, answers: Iterable[dict[Any, Any]] = ()) -> list[dict[str, Any]]:
    """Cut a text at the passages that comments respond to."""
    at, parts = 0, list[dict[str, Any]]()
    begins = [(text.find(each["passage"][:_BEGINNING]), each) for each in answers]
    for start, each in sorted(begins, key=lambda begun: begun[0]):
        if start < at:
            continue
        whole, pressed = text.startswith(each["passage"], start), view.state["at"] == each["passage_id"]
        end = start + len(each["passage"]) if whole else len(text)  # it may continue in a list below
        parts.append({"text": text[at:start], "passage": ""})
        parts.append(each | {"text": text[start:end], "passage": each["passage_id"], "pressed": pressed})
        at = end
    return [*parts, {"text": shortened(text[at:], _LONGEST) if text[at:] else "", "passage": ""}]


def _comments(view: ThreadView, comments: pd.DataFrame, found: Any) -> Iterator[Callable[[], dict[str, Any]]]:
    """Yield the comments as a tree, or only those with an excerpt; level and parent are also given in words."""
    links = view.links.groupby("text_id")["passage_id"].nunique().to_dict()
    is_tree = not view.state["sort"]

    def item(text: dict[Any, Any], parts: list[Excerpt]) -> dict[str, Any]:
        name, depth = text["text_id"], int(text["depth"]) if is_tree and _known(text["depth"]) else 1
        pressed = f'aria-pressed="{str((view.state["focus"], view.state["at"]) == ("comment", name)).lower()}"'
        answers = f"Answers {counted(links[name], 'passage')}" if name in links else ""
        return _ITEM | {"opens": name, "name": _name(text), "answers": answers, "pressed": Markup(pressed),
                "excerpts": parts, "facts": _facts(view, text), "indent": round(1.2 * (min(depth, DEEPEST) - 1), 1),
                "words": _words(view, str(text["text"]))}  # fmt: skip

    has_units = comments["text_id"].isin(view.shown["text_id"])
    for text in view.sorted_comments(comments[has_units]).to_dict("records"):
        parts = [] if found is None else found[text["text_id"], WHOLE]
        if parts or found is None:
            yield partial(item, text, parts)


def _known(value: object) -> bool:
    return value is not None and str(value) not in ("<NA>", "NaT", "nan", "")


def _name(text: dict[Any, Any]) -> str:
    return str(text["author"]) if _known(text["author"]) else "comment without a name"


def _facts(view: ThreadView, text: dict[Any, Any]) -> list[str]:
    facts = [f"reply level {int(text['depth'])}"] if _known(text["depth"]) else []
    if text["kind"] == "comment" and _known(text["reply_to"]) and text["reply_to"] in view.texts.index:
        parent = view.texts.loc[text["reply_to"]].to_dict()
        facts.append("answers the article" if parent["kind"] == "article" else f"answers {_name(parent)}")
    if _known(text["posted"]):
        has_time = text["posted"] != text["posted"].normalize()  # exactly midnight: only the day is known
        facts.append(f"{text['posted']:%Y-%m-%d %H:%M}" if has_time else f"{text['posted']:%Y-%m-%d}")
    return [*facts, *([counted(int(text["likes"]), "like")] if _known(text["likes"]) else [])]


# ---- one text


def opened(view: ThreadView) -> Markup:
    """Render the opened text with the marks that explain its score; empty if none is open."""
    if not view.state["open"]:
        return Markup()
    text = view.texts.loc[view.state["open"]].to_dict()
    marked = _LAYER_OF.get(view.metric.family, LAYERS["tone"]).draw(read(str(text["text"])))
    words = marked_html(marked.text, marked.marks, label="The opened text", hint=marked.hint)
    answered = text["reply_to"] if _known(text["reply_to"]) and text["reply_to"] in view.texts.index else ""
    whose = "The article" if text["kind"] == "article" else _name(text)
    about = " · ".join([*_facts(view, text), *_scores(view, str(text["text"]))])
    return drawn(_TEMPLATE, "opened", whose, about, answered, words)


def _scores(view: ThreadView, text: str) -> list[str]:
    """Report the metric's value for the whole text, or why it has none; for tone, also split by voice."""
    metric = view.metric
    value = measure([text], [metric])[metric.name].iloc[0]
    if value != value:
        return [f"{metric.label} has no value: {why_missing([text], [metric])['reason'].iloc[0]}"]
    said = [f"{metric.label}: {number(value)}"]
    if metric.family == "sentiment":
        voices = {row["voice"]: row for row in tone_by_voice(text).to_dict("records")}
        if voices["attributed"]["words"]:
            sums = [f"{number(voices[voice]['valence'])}" for voice in ("author", "attributed")]
            said.append(f"net valence {sums[0]} for the writer's own words, {sums[1]} for the words of others")
    return said
