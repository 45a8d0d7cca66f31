"""The exercises of notebook 04: counting emoji, where they stand, and what they do to a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..metrics.emoji import emoji_table
from ..metrics.measure import measure
from ..metrics.sentiment import sentiment, sentiment_without_emoji
from ..text.units import split_blocks
from .exercises import Exercise, Finding, Number, Reason

if TYPE_CHECKING:
    import pandas as pd

LINE = "🏳️‍🌈 👩🏿‍🚀 #️⃣ © 7"
LIST = "- 🎉 The hall is open again\n- Bring a friend"
FRIENDLY = "I like this song"


def _emoji_in_line(texts: pd.DataFrame) -> int:
    return len(emoji_table(LINE))


def _blocks_with_emoji(texts: pd.DataFrame) -> int:
    blocks = split_blocks(texts[texts["kind"] == "article"])
    return int((measure(blocks, ["emoji_density"])["emoji_density"] > 0).sum())


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _marks_no_longer(answer: str, texts: pd.DataFrame) -> str:
    """A hint, or nothing if the party popper alone was moved, out of its place at the front."""
    if sorted(_without_spaces(answer)) != sorted(_without_spaces(LIST)):
        return "Move the emoji alone; every other sign stays, and none is added."
    if _without_spaces(answer).replace("🎉", "") != _without_spaces(LIST).replace("🎉", ""):
        return "The words changed their order. Move the emoji alone."
    roles = set(emoji_table(answer)["role"])
    return "" if roles == {"expression"} else "It still opens its line, and marks it. Where would it say something?"


def _spoils_the_song(answer: str, texts: pd.DataFrame) -> str:
    """A hint, or nothing if the emoji, and not the words, makes the line negative."""
    if not answer.startswith(FRIENDLY) or sentiment_without_emoji(answer) <= 0:
        return f"Keep the words {FRIENDLY!r} and change the emoji behind them."
    if sentiment(answer) < 0:
        return ""
    if sentiment(answer) < sentiment_without_emoji(answer):
        return "It pulls the right way, but not far enough. Which thing has a name that is rated lower?"
    return "This one does not lower the score. VADER reads an emoji's name: whose name holds a bad word?"


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="04-a",
        reference=_emoji_in_line,
        tolerance=0.1,
        slips=(
            (lambda texts: len(LINE), "These are the characters. One picture may be made of several."),
            (lambda texts: len(emoji_table(LINE)) + 1, "One sign too many: which one is drawn like a letter?"),
        ),
        why="Glued pictures are one each; a copyright sign and a bare digit are none.",
        again="Cover all but one sign, and ask of each whether it is a picture.",
        wrong=17,
        needs_corpus=False,
    ),
    Number(
        id="04-b",
        reference=_blocks_with_emoji,
        tolerance=0.1,
        slips=(
            (
                lambda texts: len(emoji_table(texts["text"].iloc[0])),
                "These are the emoji. Some blocks hold more than one; count the blocks.",
            ),
            (
                lambda texts: len(split_blocks(texts[texts["kind"] == "article"])),
                "These are all blocks of the article.",
            ),
        ),
        why="A block with three emoji counts once: it is another question than how many emoji there are.",
        again="Ask of the column `emoji_density` where it is above zero, then add up: True counts as 1.",
        wrong=0,
    ),
    Finding(
        id="04-c",
        accepts=_marks_no_longer,
        why="The same sign has another role by its place alone. Do you, as a reader, feel the difference?",
        again="Where does an emoji stand that belongs to the sentence?",
        wrong=LIST,
        needs_corpus=False,
    ),
    Finding(
        id="04-d",
        accepts=_spoils_the_song,
        why="The words are as friendly as before. The name of a picture made the number.",
        again="Think of an emoji whose name is a dangerous thing.",
        wrong=f"{FRIENDLY} 🎵",
        needs_corpus=False,
    ),
    Reason(
        id="04-e",
        checklist=(
            "It says where the article's emoji stand.",
            "It says of how many comments one is speaking, or of 'these comments' and not of readers.",
            "It says nothing of what the writer intended or what readers felt, or says that this was not measured.",
            "Somebody who likes the article and somebody who does not could both sign it.",
        ),
        why="A count of signs is about signs. Intention and effect need other methods: asking people, for one.",
        again="Begin with: The counts show ...",
        wrong=7,
    ),
)
