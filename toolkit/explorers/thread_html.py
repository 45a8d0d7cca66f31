"""The texts in explore_thread: the article's blocks, the comments as a tree, and one text opened word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from .._html import NO_MATHS, attribute, escaped
from ..figures.style import counted, number, shortened
from ..metrics.attribution import tone_by_voice
from ..metrics.measure import measure, why_missing
from ..text.reading import read
from ..text.units import split_blocks
from .highlight import marked_html
from .highlight_layers import LAYERS
from .html_panel import button, paragraph
from .thread_model import SIDES, WHOLE, ThreadView

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 40  # comments, or blocks, shown before "show more"
DEEPEST = 8  # indented levels; deeper ones only name their level
HEADINGS = ("title", "heading")
_LONGEST = 1_500  # characters per text in a list; an opened text is shown in full
_LAYER_OF = {layer.family: layer for layer in reversed(LAYERS.values())}


def sides(view: ThreadView, closed: str = "", more: str = "") -> str:
    """Render article and comments side by side: those the filters keep, or those behind the chosen bar.

    `closed` is the text just closed: the focus returns to its button.  `more` is the side whose "show more" was used:
    the focus moves to the first new text, since the button may be gone.
    """
    behind, kept, lists = view.behind, view.kept, ""
    for side in SIDES:
        texts = kept[kept["kind"] == side]
        if behind is not None:
            texts = texts[texts["text_id"].isin(behind["text_id"])]
        if side == "article":
            openers = [_opener(text_id, "Open the article", closed) for text_id in texts["text_id"]]
            lists += _list(view, side, _blocks(view, texts, behind), openers, is_longer=side == more)
        else:
            lists += _list(view, side, _comments(view, texts, behind, closed), [], is_longer=side == more)
    value = f"{view.state['side']} {view.state['bar']}"
    back = button("Show the others again", "bar", value, key="Escape") if behind is not None else ""
    return f'{back}<div class="btl-sides">{lists}</div>'


def _list(
    view: ThreadView, side: str, items: Sequence[Callable[[], str]], openers: list[str], *, is_longer: bool
) -> str:
    """Render one side; only visible texts are drawn."""
    shown = [draw() for draw in items[: AT_ONCE * int(view.state["more"])]]
    if is_longer and len(shown) > (new := AT_ONCE * (int(view.state["more"]) - 1)):
        shown[new] = shown[new].replace("<li ", '<li tabindex="-1" data-take-focus ', 1)
    what = "block" if side == "article" else "comment"
    said = counted(len(items), what) if len(shown) == len(items) else f"first {len(shown)} of {len(items)} {what}s"
    more = button("Show more", "more", side) if len(shown) < len(items) else ""
    title = f"{'Article' if side == 'article' else 'Comments'}: {said}"
    inside = "".join(shown) or '<li class="btl-item">Nothing here with these choices.</li>'
    box = f'class="btl-list" tabindex="0" role="region" aria-label="{title}" data-scroll="{side}" data-id="list {side}"'
    return (
        f'<section><div class="btl-title"><h4>{title}</h4>{"".join(openers)}</div>'
        f'<div {box}><ol role="list">{inside}</ol>{more}</div></section>'
    )


def _opener(text_id: object, words: str, closed: str = "") -> str:
    return button(words, "open", str(text_id), also="data-take-focus" if closed == text_id else "")


def _blocks(view: ThreadView, articles: pd.DataFrame, behind: pd.DataFrame | None) -> list[Callable[[], str]]:
    """Render the article's blocks; with a chosen bar, only those in which one of its units begins."""

    def own(block: dict[Any, Any]) -> pd.DataFrame | None:
        if behind is None:
            return None
        in_block = behind["block_id"].isin([block["block_id"], WHOLE])
        return behind[in_block & behind["text_id"].eq(block["text_id"])]

    def drawn(block: dict[Any, Any]) -> str:
        kind = str(block["block"]).replace("_", " ") + ", words of others" * (block["voice"] == "attributed")
        look = "btl-heading" * (block["block"] in HEADINGS)
        return _item([kind], _words(view, str(block["text"]), own(block)), look=look)

    voice = view.state["voice"]
    blocks = split_blocks(articles).to_dict("records") if len(articles) else []
    kept = [block for block in blocks if voice in ("", block["voice"]) or block["block"] in HEADINGS]
    return [partial(drawn, block) for block in kept if (units := own(block)) is None or len(units)]


def _comments(
    view: ThreadView, comments: pd.DataFrame, behind: pd.DataFrame | None, closed: str
) -> list[Callable[[], str]]:
    """Render the comments as a tree, with the level and the answered comment also in words."""
    comments = view.sorted_comments(comments[comments["text_id"].isin(view.shown["text_id"])])
    is_tree = not view.state["sort"]
    units = {} if behind is None else dict(list(behind.groupby("text_id")))

    def drawn(text: dict[Any, Any]) -> str:
        opener = _opener(text["text_id"], f"Open {_name(text)}", closed)
        words = _words(view, str(text["text"]), units.get(text["text_id"]))
        return _item(_facts(view, text), words, opener=opener, depth=text["depth"] if is_tree else 1)

    return [partial(drawn, text) for text in comments.to_dict("records")]


def _known(value: object) -> bool:
    return value is not None and str(value) not in ("<NA>", "NaT", "nan", "")


def _name(text: dict[Any, Any]) -> str:
    return str(text["author"]) if _known(text["author"]) else "comment without a name"


def _facts(view: ThreadView, text: dict[Any, Any]) -> list[str]:
    """Return what is known of level, answered comment, date and likes."""
    facts = [f"reply level {int(text['depth'])}"] if _known(text["depth"]) else []
    if text["kind"] == "comment" and _known(text["reply_to"]) and text["reply_to"] in view.texts.index:
        parent = view.texts.loc[text["reply_to"]].to_dict()
        facts.append("answers the article" if parent["kind"] == "article" else f"answers {_name(parent)}")
    if _known(text["posted"]):
        has_time = text["posted"] != text["posted"].normalize()  # exactly midnight: only the day is known
        facts.append(f"{text['posted']:%Y-%m-%d %H:%M}" if has_time else f"{text['posted']:%Y-%m-%d}")
    return [*facts, *([counted(int(text["likes"]), "like")] if _known(text["likes"]) else [])]


def _words(view: ThreadView, text: str, units: pd.DataFrame | None) -> str:
    """Render the text; with a chosen bar, the units in it, each with its value."""
    if units is None or view.state["unit"] == "text":
        return f'<p class="btl-words">{escaped(shortened(text, _LONGEST))}</p>'
    return "".join(
        f'<p class="btl-words"><b>{escaped(number(value))}</b> '
        f'<span class="btl-behind">{escaped(shortened(str(words), _LONGEST))}</span></p>'
        for words, value in zip(units["text"], units[view.metric.name], strict=True)
    )


def _item(facts: Sequence[str], words: str, *, opener: str = "", depth: object = 1, look: str = "") -> str:
    indent = min(int(str(depth)), DEEPEST) - 1 if _known(depth) else 0
    margin = f' style="margin-left: {1.2 * indent:.1f}em"' if indent else ""
    shown = "".join(f"<span>{escaped(fact)}</span>" for fact in facts)
    return f'<li class="btl-item {look} {NO_MATHS}"{margin}><div class="btl-facts">{opener}{shown}</div>{words}</li>'


# ---- one text


def opened(view: ThreadView) -> str:
    """Render the opened text with the marks that explain its score; empty if none is open."""
    if not view.state["open"]:
        return ""
    text = view.texts.loc[view.state["open"]].to_dict()
    drawn = _LAYER_OF.get(view.metric.family, LAYERS["tone"]).draw(read(str(text["text"])))
    words = marked_html(drawn.text, drawn.marks, label="The opened text", hint=drawn.hint)
    answered = text["reply_to"] if _known(text["reply_to"]) and text["reply_to"] in view.texts.index else None
    buttons = button("Close", "open", "", key="Escape")
    buttons += _opener(answered, "Open what it answers") if answered is not None else ""
    whose = "The article" if text["kind"] == "article" else _name(text)
    title = f'<h3 tabindex="-1" data-take-focus data-id="opened">{escaped(whose)}, word by word</h3>'
    said = " · ".join([*_facts(view, text), *_scores(view, str(text["text"]))])
    inside = f'{title}{paragraph(said)}<div class="btl-controls">{buttons}</div>{words}'
    return f'<section class="btl-opened" aria-label="{attribute(whose)}, word by word">{inside}</section>'


def _scores(view: ThreadView, text: str) -> list[str]:
    """Report the metric's value for the whole text, or why it has none, and whose tone it is."""
    metric = view.metric
    value = measure([text], [metric])[metric.name].iloc[0]
    if value != value:
        return [f"{metric.label} has no value: {why_missing([text], [metric])['reason'].iloc[0]}"]
    said = [f"{metric.label}: {number(value)}"]
    if metric.family == "sentiment":
        voices = {row["voice"]: row for row in tone_by_voice(text).to_dict("records")}
        if voices["attributed"]["words"]:
            sums = [f"{number(voices[voice]['valence'])}" for voice in ("author", "attributed")]
            said.append(f"net valence of the writer's own words {sums[0]}, of the words of others {sums[1]}")
    return said
