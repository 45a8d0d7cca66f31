"""plot_dispersion: where in each text a word is used."""

import pandas as pd

from .formatting import counted, joined, plain
from .input_tables import as_measured, source_of
from .layout import Picture, column, finished, in_our_style, named_rows, nothing_to_draw, picture, room_for
from .style import LOOKS, SMALL

MOST_TEXTS = 40


@in_our_style
def plot_dispersion(found: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Plot where a word is used: one row per text that uses it, one stroke per use, from beginning to end.

    The article comes first, then the comments in their order. At most 40 texts are drawn, those with the most uses.

    Parameters
    ----------
    found : DataFrame
        ``concordance(texts, "word")``.
    """
    columns = ("keyword", "text_id", "kind", "position")
    table = as_measured(found, "plot_dispersion", columns, 'uses of a word: concordance(texts, "word").')
    line = source_of(table, source)
    if not len(table):
        return nothing_to_draw("Uses: nothing to draw", "The word is not used in these texts.", line)
    uses = table.groupby("text_id", sort=False).size()
    kept = uses.index[uses.rank(method="first", ascending=False) <= MOST_TEXTS]
    is_article = table.groupby("text_id", sort=False)["kind"].first().eq("article")
    names = sorted(kept, key=lambda name: not is_article[name])
    word = plain(table["keyword"].str.casefold().mode().iloc[0], 30)
    title = f"“{word}” is used {counted(len(table), 'time')} in {counted(len(uses), 'text')}"
    rest = len(uses) - len(names)
    note = f"{counted(rest, 'text')} with fewer uses {'is' if rest == 1 else 'are'} not drawn." if rest else ""
    labels = [plain(str(name).rpartition("/")[2], 26) for name in names]
    subtitle, height = "One stroke per use, from the beginning of each text to its end", max(0.6, 0.22 * len(names))
    sides = {"left": room_for(labels), "right": 0.7, "above": 0.25, "below": 0.32}
    figure, axes = picture(title, height, subtitle=subtitle, note=note, source=line, **sides)
    named_rows(axes, labels, rim=0.7)
    column(axes, 0.45, "uses", [(place, f"{uses[name]:,}") for place, name in enumerate(names)])
    for place, name in enumerate(names):
        at = table.loc[table["text_id"].eq(name), "position"].to_numpy(float)
        look = LOOKS[0 if is_article[name] else 1]
        axes.axhline(place, color="#e4e4e4", linewidth=5, zorder=0)
        axes.vlines(at, place - 0.36, place + 0.36, color=look.colour, linewidth=2)
    axes.set(xlim=(0, 1))
    axes.set_xticks([0, 0.5, 1], ["beginning", "middle", "end"], size=SMALL)
    listed = "; ".join(f"{plain(name, 40)} {uses[name]:,}" for name in names[:12])
    alt = joined(f"Rows, one per text, with a stroke per use from beginning to end. {title}.", f"Uses: {listed}.", note)
    return finished(figure, alt, data=table[["text_id", "kind", "keyword", "position"]])
