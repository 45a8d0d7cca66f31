"""The state of explore_thread: texts in reading order, the current choices, and what they select."""

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._tables import checked_choice, dates_in
from ..comparison.compare import compare
from ..context.comment_links import COLUMNS, link_comments
from ..context.concordance import concordance
from ..corpora.replies import parent_positions, place_comments, reading_order
from ..figures.formatting import number
from ..metrics.measure import Metric, measure
from ..metrics.missing_values import why_missing
from ..text.units import split_blocks, split_passages, split_sentences

SIDES = ("article", "comment")
UNITS = {"sentence": "sentence", "passage": "passage of about 100 words", "text": "whole text"}
_UNIT_OF = {"sentiment": "sentence", "readability": "passage"}  # per family; other families measure whole texts
WHOLE = -1  # the block number of a whole text
MOST_LINKED = 2_000  # texts in a thread; with more, comments are linked only on request
_ZEROS = 0.1  # share of exact zeros above which 0 has its own bar
_TYPED = {
    "voice": r"(author|attributed)?",
    "depth": r"([0-9]{1,6})?",
    "likes": r"(-?[0-9]{1,12})?",
    "date": r"([0-9]{4}-[0-9]{2}-[0-9]{2})?",
}
ORDERS = {
    "": "replies beneath what they answer",
    "low": "value, lowest first",
    "high": "value, highest first",
    "likes": "likes, most first",
    "new": "date, newest first",
}
_EVIDENCE = {"quotation": "quotation", "near_quotation": "nearly the same", "shared_words": "words in common"}
FILTERS = ("voice", *(f"{name}_{end}" for name in ("depth", "likes", "date") for end in ("from", "to")))


class Bar(NamedTuple):
    """A range of values from `low` up to but excluding `high` (the last bar includes it); both 0: exactly 0."""

    low: float
    high: float
    last: bool = False

    def holds(self, values: np.ndarray) -> np.ndarray:
        """Return a mask of values in the range."""
        below = values <= self.high if self.last or self.low == self.high else values < self.high
        return np.asarray((values >= self.low) & below)

    @property
    def label(self) -> str:
        """The range as text."""
        return number(self.low) if self.low == self.high else f"{number(self.low)} to {number(self.high)}"


class Excerpt(NamedTuple):
    """A marked part of a text or block, with the words around it and a note."""

    text_id: str
    block_id: int
    mark: str
    note: str = ""
    before: str = ""
    after: str = ""


class ThreadView:
    """The current choices and what they select, independent of any display; `state` holds the raw choices."""

    def __init__(self, texts: pd.DataFrame, metrics: Sequence[Metric]) -> None:
        placed = place_comments(texts)
        placed["posted"] = dates_in(placed, "posted")
        placed = placed[placed["text"].notna() & placed["kind"].isin(SIDES)].reset_index(drop=True)
        if placed.empty or not metrics:
            raise ValueError("There is nothing to show. Give at least one article or comment, and one metric.")
        self.metrics = {metric.name: metric for metric in metrics}
        self.threads = list(dict.fromkeys(placed["thread_id"].astype(object)))
        self.all_texts = placed
        self._last: tuple[tuple[str, ...], pd.DataFrame] = ((), placed)
        self._verdict: tuple[pd.DataFrame | None, str] = (None, "")
        self._known: dict[tuple[str, ...], pd.DataFrame] = {}
        self._excerpts: tuple[tuple[str, ...], list[Excerpt]] = ((), [])
        self.state: dict[str, str] = {"thread": str(self.threads[0]), "sort": ""}
        self.reset()
        self.set("metric", "sentiment" if "sentiment" in self.metrics else metrics[0].name)

    def reset(self) -> None:
        """Clear the filters and the selection."""
        self.state |= dict.fromkeys(FILTERS, "")
        self.narrow("", "")

    def set(self, name: str, value: str) -> None:
        """Set a choice; an invalid one raises a ValueError that lists the accepted values."""
        if name in ("thread", "metric", "unit", "sort"):
            allowed = [*{"thread": map(str, self.threads), "metric": self.metrics, "unit": UNITS}.get(name, ORDERS)]
            checked_choice(value, name, allowed)
        elif not re.fullmatch(_TYPED[checked_choice(name, "A filter", FILTERS).partition("_")[0]], value):
            raise ValueError(f"{value[:80]!r} is not a valid value for {name.replace('_', ' ')}.")
        if name == "thread":
            self.reset()
        if name == "metric":
            self.state["unit"] = _UNIT_OF.get(self.metrics[value].family, "text")
        self.state[name] = value
        if self.state["focus"] == "bar":
            self.narrow("", "")
        self.state |= {"open": "", "more": "1"}

    def narrow(self, focus: str, at: str) -> None:
        """Narrow the lists to a "bar", a "search", or the links of a "passage" or a "comment"; "" shows all."""
        self.state |= {"focus": focus, "at": at, "open": "", "more": "1"}

    @property
    def metric(self) -> Metric:
        """The chosen metric."""
        return self.metrics[self.state["metric"]]

    @property
    def texts(self) -> pd.DataFrame:
        """The texts of the chosen thread, article first, each reply after its parent."""
        key = ("texts", self.state["thread"], "")
        if key not in self._known:
            own = self.all_texts[self.all_texts["thread_id"].astype(str) == self.state["thread"]]
            articles, comments = own[own["kind"].eq("article")], own[own["kind"].eq("comment")]
            comments = comments.sort_values("order", kind="stable")
            order = reading_order(parent_positions(comments["text_id"], comments["reply_to"]))
            self._known[key] = pd.concat([articles, comments.iloc[order]]).set_index("text_id", drop=False)
        return self._known[key]

    @property
    def units(self) -> pd.DataFrame:
        """All units of the thread, measured with the chosen metric."""
        key = (self.state["unit"], self.state["thread"], self.metric.name)
        if key not in self._known:
            texts = self.texts.reset_index(drop=True)
            if self.state["unit"] == "text":
                units = texts.assign(block_id=WHOLE, voice="")
            else:
                units = split_sentences(texts) if self.state["unit"] == "sentence" else split_passages(texts)
            self._known[key] = measure(units, [self.metric])
        return self._known[key]

    @property
    def kept(self) -> pd.DataFrame:
        """The texts that the filters keep."""
        texts, state = self.texts, self.state
        keep = np.ones(len(texts), bool)
        comments = texts["kind"].eq("comment").to_numpy(bool)
        days = texts["posted"].dt.strftime("%Y-%m-%d").astype("string")
        for name, column in (("depth", texts["depth"]), ("likes", texts["likes"]), ("date", days)):
            for end, holds in (("from", column.ge), ("to", column.le)):  # missing values match only an open range
                if wanted := state[f"{name}_{end}"]:
                    limit = wanted if name == "date" else float(wanted)
                    keep &= ~comments | holds(limit).fillna(False).to_numpy(bool)
        return texts[keep]

    @property
    def shown(self) -> pd.DataFrame:
        """The units in the figure: those of the kept texts in the chosen voice."""
        choices = tuple(self.state[name] for name in ("thread", "metric", "unit", *FILTERS))
        if self._last[0] != choices:  # cached: the figure uses it often
            units = self.units[self.units["text_id"].isin(self.kept["text_id"])]
            voice = self.state["voice"] if self.state["unit"] != "text" else ""
            self._last = choices, units[units["voice"] == voice] if voice else units
        return self._last[1]

    def sorted_comments(self, comments: pd.DataFrame) -> pd.DataFrame:
        """Sort comments in the chosen order; those without a value, likes or date come last."""
        order = self.state["sort"]
        if not order:
            return comments
        if order in ("low", "high"):
            key = comments["text_id"].map(self.shown.groupby("text_id")[self.metric.name].mean())
        else:
            key = comments["likes" if order == "likes" else "posted"]
        key = key.reset_index(drop=True).sort_values(ascending=order == "low", kind="stable", na_position="last")
        return comments.iloc[key.index]

    @property
    def bars(self) -> list[Bar]:
        """The figure's ranges, computed from all units of the thread so that filters do not move them."""
        values = self.units[self.metric.name].dropna().to_numpy(float)
        return _bars(values[np.isfinite(values)])

    def count(self, bar: Bar, side: str) -> int:
        """Count the shown units of one side in a bar."""
        return int(self._in_bar(bar, side).sum())

    def _in_bar(self, bar: Bar, side: str) -> np.ndarray:
        values = self.shown[self.metric.name].to_numpy(float)
        zeros = Bar(0, 0) in self.bars and bar != Bar(0, 0)
        inside = bar.holds(values) & ~((values == 0) & zeros)
        return inside & self.shown["kind"].eq(side).to_numpy(bool)

    @property
    def behind(self) -> pd.DataFrame | None:
        """The units behind the chosen bar; None if no bar is chosen."""
        if self.state["focus"] != "bar":
            return None
        side, _, at = self.state["at"].partition(" ")
        return self.shown[self._in_bar(self.bars[int(at)], side)]

    def press(self, focus: str, at: str) -> None:
        """Narrow the lists to a bar ("comment 3"), a passage or a comment; a second press shows all again."""
        if (self.state["focus"], self.state["at"]) == (focus, at):
            return self.narrow("", "")
        side, _, number_ = at.partition(" ")
        is_bar = side in SIDES and number_.isdecimal() and int(number_) < len(self.bars)
        column = {"passage": "passage_id", "comment": "text_id"}.get(focus)
        if not (is_bar if column is None else at in set(self.links[column])):
            raise ValueError(f"There is no such {focus}: {at[:80]!r}.")
        return self.narrow(focus, at)

    def search(self, query: str) -> None:
        """Narrow the lists to the uses of a word or phrase; an empty query shows all."""
        if query.strip():
            concordance([""], query)  # fails if the query is invalid
        self.narrow("search" if query.strip() else "", query)

    # ---- what comments respond to

    @property
    def are_links_known(self) -> bool:
        """Whether comments have been linked; in a long thread this takes a while and is done on request."""
        return ("links", self.state["thread"]) in self._known or len(self.texts) <= MOST_LINKED

    def find_links(self) -> None:
        """Link the comments of this thread to what they respond to, once."""
        texts, key = self.texts.reset_index(drop=True), ("links", self.state["thread"])
        if key not in self._known:
            both = set(SIDES) <= set(texts["kind"])
            self._known[key] = link_comments(texts) if both else pd.DataFrame(columns=list(COLUMNS))

    @property
    def links(self) -> pd.DataFrame:
        """The links of the kept comments, as from `link_comments`; none until they are found."""
        if not self.are_links_known:
            return pd.DataFrame(columns=list(COLUMNS))
        self.find_links()
        links = self._known["links", self.state["thread"]]
        return links[links["kind"].notna() & links["text_id"].isin(self.kept["text_id"])]

    def excerpts(self, side: str) -> list[Excerpt] | None:
        """Return the excerpts to which one side is narrowed; None if everything is shown."""
        focus = self.state["focus"]
        make = {"bar": _behind, "search": _uses, "passage": _linked, "comment": _linked}.get(focus)
        if make is None or (focus, side) in (("passage", "article"), ("comment", "comment")):
            return None
        choices = tuple(self.state[name] for name in ("thread", "metric", "unit", "focus", "at", *FILTERS))
        if self._excerpts[0] != choices:  # cached: used by status and lists
            self._excerpts = choices, list(make(self))
        texts = set(self.texts.index[self.texts["kind"].eq(side)])
        return [each for each in self._excerpts[1] if each.text_id in texts]

    def show_more(self) -> None:
        """Lengthen the lists."""
        self.state["more"] = str(int(self.state["more"]) + 1)

    def open(self, text_id: str) -> None:
        """Open a text of the thread; an empty string closes it."""
        if text_id and text_id not in self.texts.index:
            raise ValueError(f"There is no text {text_id[:80]!r} in this thread.")
        self.state["open"] = text_id

    @property
    def verdict(self) -> str:
        """The result of `compare` for the units in the figure, in words."""
        if self._verdict[0] is not self.shown:  # cached: used by status and figure
            self._verdict = self.shown, self._compared()
        return self._verdict[1]

    def _compared(self) -> str:
        shown = self.shown.dropna(subset=[self.metric.name])
        sizes = [int(shown["kind"].eq(side).sum()) for side in SIDES]
        if not all(sizes):
            empty = " and ".join(side for side, size in zip(SIDES, sizes, strict=True) if not size)
            reasons = why_missing(self.shown, [self.metric])["reason"]
            why = f" Most often: {reasons.mode().iloc[0]}." if len(reasons) else ""
            return f"No value for: {empty}.{why}"
        row = compare(shown, metrics=[self.metric]).iloc[0]
        unit = self.state["unit"]
        chance = f"The chance that a {unit} from the comments scores higher, ties counted as half, is"
        low, high = row["share_higher_low"], row["share_higher_high"]
        interval = "" if math.isnan(low) else f" (95% interval {low:.2f} to {high:.2f})"
        return f"{chance} {row['share_higher']:.2f}{interval}; 0.50 is no difference. Verdict: “{row['verdict']}”."


def _bars(values: np.ndarray) -> list[Bar]:
    """Return about eight ranges with round limits, with a separate bar if there are many exact zeros."""
    if not len(values):
        return []
    least, most = float(values.min()), float(values.max())
    if most - least < 1e-8 * max(1, abs(least), abs(most)):
        return [Bar(least, most, last=True)]
    eighth = most / 8 - least / 8
    power = 10.0 ** math.floor(math.log10(eighth))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= eighth)
    first, beyond = math.floor(round(least / step, 6)), math.ceil(round(most / step, 6)) + 1
    ends = np.round(np.arange(first, beyond) * step, 9).tolist()
    ends[0], ends[-1] = min(ends[0], least), max(ends[-1], most)  # no value is lost by rounding
    found = [Bar(low, high) for low, high in itertools.pairwise(ends)]
    found[-1] = found[-1]._replace(last=True)
    if (values == 0).mean() < _ZEROS:
        return found
    return sorted([*found, Bar(0.0, 0.0)])


# ---- excerpts: the units behind a bar, the uses of a word, linked passages


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


def _linked(view: ThreadView) -> Iterator[Excerpt]:
    """Yield the sentences of comments that respond to a passage, or the passages that a comment responds to."""
    of_passage, article = view.state["focus"] == "passage", view.texts.index[0]
    links = view.links[view.links["passage_id" if of_passage else "text_id"].eq(view.state["at"])]
    for link in links.to_dict("records"):
        words = str(link["evidence"])
        words = words.replace(" ", ", ") if link["kind"] == "shared_words" else words
        note = f"{_EVIDENCE[link['kind']]}: {words}."
        if of_passage:
            yield Excerpt(link["text_id"], WHOLE, link["sentence"], note)
        else:
            yield Excerpt(article, link["block_id"], link["passage"], note)
