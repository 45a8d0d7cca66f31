"""Report sections on the conversation: what comments respond to, and how tone relates to time and likes."""

from typing import Final

from markupsafe import Markup

from ..comparison.correlate import correlate
from ..comparison.verdicts import UNDECIDED
from ..context.comment_links import link_comments
from ..figures.formatting import counted, number, shortened
from ..figures.plot_attention import FEWEST_COMMENTS, plot_attention
from ..figures.plot_conversation import plot_conversation
from .measured_thread import MeasuredThread
from .page_parts import Section, bullets, figure, note, table

_MOST: Final = 12  # links shown
_ORDERS: Final = {
    "likes": ("Likes and tone", "a known number of likes", "number of likes"),
    "posted": ("Time and tone", "a date", "date"),
}
_KINDS: Final = {"quotation": "quotation", "near_quotation": "nearly the same sentence", "shared_words": "shared words"}


def answers(thread: MeasuredThread) -> Section:
    """Build the section on what the comments answer."""
    links = link_comments(thread.texts)
    found = links[links["kind"].notna()]
    comments, linked = links["text_id"].nunique(), found["text_id"].nunique()
    replies = links[links["answers"].eq("another comment")]["text_id"].nunique()
    parts = [note("answers", comments, linked, replies, comments < FEWEST_COMMENTS)]
    if len(found):
        if comments >= FEWEST_COMMENTS:
            parts.append(figure(plot_attention(links, thread.texts, source=thread.source)))
        strongest = found.assign(rank=found["kind"].map(list(_KINDS).index)).sort_values(
            ["rank", "score"], ascending=[True, False], kind="stable"
        )
        rows = [
            (shortened(row["sentence"], 160), shortened(row["passage"], 160), _KINDS[row["kind"]], row["evidence"])
            for row in strongest.head(_MOST).to_dict("records")
        ]
        head = ("comment", "passage of the article", "evidence", "words in common")
        parts += [table("The strongest links", head, rows), note("links")]
    return Section("answers", "What the readers answer", Markup("").join(parts))


def conversation(thread: MeasuredThread) -> Section | None:
    """Build the section on tone over time and likes."""
    measured = thread.sentences
    if measured.loc[measured["kind"].eq("comment")].groupby("text_id")["sentiment"].any().size < FEWEST_COMMENTS:
        return None
    said = []
    for row in correlate(measured).to_dict("records"):
        what, known, value = _ORDERS[row["against"]]
        if row["rho"] == row["rho"]:
            what += f" (rank correlation {number(row['rho'])}, {counted(row['comments'], 'comment')} by "
            what += f"{row['people']:,} {'person' if row['people'] == 1 else 'people'})"
        if row["comments"] < 2:
            verdict = f"{UNDECIDED}: {'only 1' if row['comments'] else 'no'} comment has both a tone and {known}"
        elif row["rho"] != row["rho"]:
            verdict = f"{UNDECIDED}: all comments compared have the same tone or {value}"
        else:
            verdict = row["verdict"]
        said.append(f"{what}: {verdict}.")
    drawn = figure(plot_conversation(measured, source=thread.source))
    return Section("conversation", "Tone over time and likes", drawn + bullets(said))
