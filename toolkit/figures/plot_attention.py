"""plot_attention: the blocks of an article that readers respond to, and in what tone."""

from typing import Any

import numpy as np
import pandas as pd

from ..lexicons.vader_rules import NEUTRAL
from ..metrics.measure import measure
from ..text.units import split_blocks
from . import layout
from .formatting import counted, fitted, joined, plain, quoted, without_emoji
from .input_tables import as_measured, first_article, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture
from .style import GREY, INK, NEGATIVE, POSITIVE, SMALL, Look

FEWEST_COMMENTS = 5  # with fewer, no block is called the most answered
_LEFT = 3.1  # inches, for the opening words of each block
_MOST = 60  # marks per row; with more, bars
_TONES = {
    "negative": Look(NEGATIVE, "v", True, ""),
    "neutral": Look(GREY, "o", False, ""),
    "positive": Look(POSITIVE, "^", True, ""),
}


@in_our_style
def plot_attention(links: pd.DataFrame, texts: pd.DataFrame | None = None, *, source: str | None = None) -> Picture:
    """Plot which blocks of an article its readers respond to: one mark per comment, by its tone.

    The article runs from top to bottom. A comment is a triangle pointing up if its linked sentences are positive in
    tone, a triangle pointing down if they are negative, and a circle otherwise. The sentence with the most responses
    is quoted. A comment that responds to several blocks has a mark in each.

    Parameters
    ----------
    links : DataFrame
        ``link_comments(texts)``; if there are several threads, the one with the most links is drawn.
    texts : DataFrame, optional
        The texts that were linked. With them, every block of the article has a row; without them, only blocks with
        responses.
    """
    columns = ("thread_id", "text_id", "answers", "kind", "block_id", "passage", "sentence")
    table = as_measured(links, "plot_attention", columns, "links: link_comments(texts).")
    found = table[table["kind"].notna()]
    if not len(table):
        return nothing_to_draw("Attention: nothing to draw", "The table has no rows.", source_of(table, source))
    thread = (found if len(found) else table)["thread_id"].value_counts().index[0]
    table, found = (each[each["thread_id"].eq(thread)] for each in (table, found))
    line, comments = source_of(table, source), table["text_id"].nunique()
    if not len(found):
        who = "The one comment could not" if comments == 1 else f"None of {counted(comments, 'comment')} could"
        reason = f"{who} be linked to a passage of the article."
        return nothing_to_draw("What the readers answer: cannot tell", reason, line)
    return _draw(_rows(found, texts, thread), found, comments, line)


def _rows(found: pd.DataFrame, texts: pd.DataFrame | None, thread: Any) -> pd.DataFrame:
    """Return a row per block: its opening words, whether it is a heading, its comments per tone, and `all` of them."""
    if texts is None:
        blocks = found.drop_duplicates("block_id").sort_values("block_id")
        blocks = blocks.assign(text=blocks["passage"], block="")
    else:
        texts = as_measured(texts, "plot_attention", ["text"], "the texts that were linked: load_corpus(name).")
        own = texts[texts["thread_id"] == thread] if "thread_id" in texts.columns else texts
        blocks = split_blocks(first_article(own).head(1))
        blocks = blocks[blocks["block"].ne("promo")]
    said = found.drop_duplicates(["block_id", "text_id", "sentence"])
    scores = measure(said["sentence"].tolist(), ["sentiment"])["sentiment"].set_axis(said.index)
    means = scores.groupby([said["block_id"].astype(int), said["text_id"]]).mean()
    tone = np.select([means <= -NEUTRAL, means >= NEUTRAL], ["negative", "positive"], "neutral")
    counts = pd.crosstab(means.index.get_level_values(0), tone)
    rows = counts.reindex(index=blocks["block_id"].astype(int), columns=list(_TONES), fill_value=0)
    rows.insert(0, "name", [plain(without_emoji(text), 120) for text in blocks["text"]])
    return rows.assign(heading=blocks["block"].isin(["title", "heading"]).tolist(), all=rows[[*_TONES]].sum(axis=1))


def _draw(rows: pd.DataFrame, found: pd.DataFrame, comments: int, source: str) -> Picture:
    linked = found["text_id"].nunique()
    most = rows["all"].max()
    title, note = _title(rows, comments), _note(found, linked, comments)
    subtitle = (
        f"Comments per block of the article, by the tone of the linked sentences; {linked:,} of {comments:,} linked"
    )
    height, sides = max(0.8, 0.19 * len(rows)), {"left": _LEFT, "right": 0.35, "above": 0.32, "below": 0.5}
    figure, axes = picture(title, height, subtitle=subtitle, note=note, source=source, **sides)
    drawn: list[Any] = [*rows.itertuples()]
    layout.named_rows(axes, [fitted(row.name, _LEFT - 0.25, SMALL, bold=row.heading) for row in drawn], rim=0.7)
    for place, (label, row) in enumerate(zip(axes.get_yticklabels(), drawn, strict=True)):
        label.set(size=SMALL, weight="bold" if row.heading else "normal", color=INK if row.all else GREY)
        before = 0  # a mark per comment, or a bar per tone
        for tone, look in _TONES.items():
            many = getattr(row, tone)
            if most <= _MOST:
                layout.points(axes, range(before + 1, before + many + 1), [place] * many, look, 6)
            elif many:
                axes.barh([place], [many], 0.72, before, facecolor=look.face, edgecolor=look.colour)
            before += many
    axes.set(xlim=(0, max(3, most) + 1))
    axes.set_xlabel("comments that answer the block")
    layout.ticks_among(axes.xaxis, [0, most])
    for at, (sign, (tone, look)) in enumerate(zip("▼○▲", _TONES.items(), strict=True)):
        layout.write(axes, f"{sign} {tone}", (0, 1), (75.0 * at, 5), layout.AXES, color=look.colour)
    data = rows[["name", *_TONES]].rename(columns={"name": "block"}).reset_index(drop=True)
    return finished(figure, _alt_text(rows, title, note), "", data)


def _title(rows: pd.DataFrame, comments: int) -> str:
    if comments < FEWEST_COMMENTS:
        return f"What the readers answer: cannot tell from {counted(comments, 'comment')}"
    top = rows.iloc[int(rows["all"].argmax())]
    return f"Most answered, by {top['all']:,} of {counted(comments, 'comment')}: {quoted(top['name'], 70)}"


def _note(found: pd.DataFrame, linked: int, comments: int) -> str:
    answered = found.drop_duplicates(["text_id", "passage"])["passage"].value_counts()
    passage, count = quoted(answered.index[0], 160), int(answered.iloc[0])
    rest = comments - linked
    return joined(
        f"{counted(linked, 'comment')} of {comments:,} could be linked to a passage; {rest:,} may answer any passage."
        if rest
        else f"{'The one comment' if comments == 1 else f'All {comments:,} comments'} could be linked to a passage.",
        f"The sentence most answered ({counted(count, 'comment')}): {passage}" if comments >= FEWEST_COMMENTS else "",
        "Links by shared words are right in most cases, not in all.",
    )


def _alt_text(rows: pd.DataFrame, title: str, note: str) -> str:
    said = []
    for row in rows[rows["all"] > 0].to_dict("records"):
        counts = ", ".join(f"{row[tone]} {tone}" for tone in _TONES if row[tone])
        said.append(f"{quoted(row['name'], 50)} {row['all']:,} ({counts})")
    return joined(
        f"Rows from top to bottom, one per block of the article, with a mark per comment that answers it. {title}.",
        f"{counted(len(rows), 'block')}, {len(said):,} of them answered: {'; '.join(said[:12])}.",
        f"{len(said) - 12:,} more are answered." if len(said) > 12 else "",
        note,
    )
