"""The excerpts that explore_thread shows: the units behind a bar, the uses of a word, or linked passages."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

from ..context.concordance import concordance
from ..figures.formatting import number
from ..text.units import split_blocks
from .thread_model import FILTERS, WHOLE, ThreadView

_EVIDENCE = {"quotation": "quotation", "near_quotation": "nearly the same", "shared_words": "words in common"}


class Excerpt(NamedTuple):
    """A marked part of a text or block, with the words around it and a note."""

    text_id: str
    block_id: int
    mark: str
    note: str = ""
    before: str = ""
    after: str = ""


def excerpts(view: ThreadView, side: str) -> list[Excerpt] | None:
    """Return the excerpts to which one side is narrowed; None if everything is shown."""
    focus = view.state["focus"]
    make = {"bar": _behind, "search": _uses, "passage": _answers, "comment": _answered}.get(focus)
    if make is None or (focus, side) in (("passage", "article"), ("comment", "comment")):
        return None
    choices = tuple(view.state[name] for name in ("thread", "metric", "unit", "focus", "at", *FILTERS))
    if view.excerpts[0] != choices:  # status and lists use them for both sides
        view.excerpts = choices, list(make(view))
    texts = set(view.texts.index[view.texts["kind"].eq(side)])
    return [each for each in view.excerpts[1] if each.text_id in texts]


def _behind(view: ThreadView) -> Iterator[Excerpt]:
    behind = view.behind
    assert behind is not None
    for name, block, text, value in behind[["text_id", "block_id", "text", view.metric.name]].itertuples(index=False):
        whole = view.state["unit"] == "text"  # shown without a mark
        yield Excerpt(name, block, "", before=text) if whole else Excerpt(name, block, text, number(value))


def _uses(view: ThreadView) -> Iterator[Excerpt]:
    """Yield the uses of the searched words; an article is searched block by block."""
    kept, wanted = view.kept.reset_index(drop=True), view.state["voice"]
    articles, comments = (kept[kept["kind"].eq(side)] for side in ("article", "comment"))
    places = [(name, WHOLE, text, "") for name, text in comments[["text_id", "text"]].itertuples(index=False)]
    if len(articles):
        blocks = split_blocks(articles).dropna(subset=["text"])
        places += blocks[["text_id", "block_id", "text", "voice"]].itertuples(index=False)
    for use in concordance([text for *_, text, _ in places], view.state["at"]).to_dict("records"):
        name, block, _, voice = places[use["text_id"]]
        if wanted in ("", "attributed" if voice == "attributed" else use["voice"]):
            after = use["right"] if use["right"][:1] in ",.;:!?)" else f" {use['right']}"
            yield Excerpt(name, block, use["keyword"], before=f"{use['left']} ", after=after)


def _answers(view: ThreadView) -> Iterator[Excerpt]:
    """Yield the sentences of comments that respond to a passage."""
    links = view.links[view.links["passage_id"].eq(view.state["at"])]
    for link in links.to_dict("records"):
        yield Excerpt(link["text_id"], WHOLE, link["sentence"], _evidence(link))


def _answered(view: ThreadView) -> Iterator[Excerpt]:
    """Yield the passages that a comment responds to."""
    links, article = view.links[view.links["text_id"].eq(view.state["at"])], view.texts.index[0]
    for link in links.to_dict("records"):
        yield Excerpt(article, link["block_id"], link["passage"], _evidence(link))


def _evidence(link: Mapping[Hashable, Any]) -> str:
    words = str(link["evidence"])
    return f"{_EVIDENCE[link['kind']]}: {words.replace(' ', ', ') if link['kind'] == 'shared_words' else words}."
