"""Exercises for notebook 04: counting emoji, where they appear, and what they do to a score."""

from .. import emoji_table, measure, sentiment, sentiment_without_emoji
from .exercises import Exercise, Finding, Number
from .lesson_01 import article_blocks

LINE = "🏳️‍🌈 👩🏿‍🚀 #️⃣ © 7"
LIST = "- 🎉 The hall is open again\n- Bring a friend"
FRIENDLY = "I like this song"


def _moves_the_marker(answer: str) -> str:
    """Return a hint, or nothing if only the party popper moved, away from the start of its line."""
    given, wanted = ("".join(text.split()) for text in (answer, LIST))
    if sorted(given) != sorted(wanted):
        return "Move only the emoji; keep every other character, and do not add any."
    if given.replace("🎉", "") != wanted.replace("🎉", ""):
        return "The order of the words changed. Move only the emoji."
    roles = set(emoji_table(answer)["role"])
    return "" if roles == {"expression"} else "It still opens its line, and marks it. Where would it express something?"


def _spoils_the_song(answer: str) -> str:
    """Return a hint, or nothing if the emoji, not the words, makes the line negative."""
    if not answer.startswith(FRIENDLY) or sentiment_without_emoji(answer) <= 0:
        return f"Keep the words {FRIENDLY!r} and change the emoji after them."
    if sentiment(answer) < 0:
        return ""
    if sentiment(answer) < sentiment_without_emoji(answer):
        return "It pulls the right way, but not far enough. Which thing has a name with a lower rating?"
    return "This one does not lower the score. VADER reads an emoji's name: which name contains a bad word?"


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="04-a",
        reference=lambda: len(emoji_table(LINE)),
        hints={
            "That is the number of characters. One picture may be made of several.": len(LINE),
            "One too many: which of them is drawn like a letter?": lambda: len(emoji_table(LINE)) + 1,
        },
        why="Joined pictures count as one each; a copyright sign and a bare digit do not count.",
        again="Cover all but one of them, and ask whether it is a picture.",
    ),
    Number(
        id="04-b",
        reference=lambda texts: (measure(article_blocks(texts), ["emoji_density"])["emoji_density"] > 0).sum(),
        hints={
            "That is the number of emoji. Some blocks hold more than one; count the blocks.": lambda texts: len(
                emoji_table(texts["text"].iloc[0])
            ),
            "That is the number of all blocks in the article.": lambda texts: len(article_blocks(texts)),
        },
        why="A block with three emoji counts once. How many emoji there are is a different question.",
        again="Where is the column `emoji_density` above zero? Add up the answers: True counts as 1.",
    ),
    Finding(
        id="04-c",
        accepts=_moves_the_marker,
        why="The same emoji has a different role just because of its place. Do you, as a reader, feel the difference?",
        again="If an emoji belonged to the sentence, where would it be?",
    ),
    Finding(
        id="04-d",
        accepts=_spoils_the_song,
        why="The words are as friendly as before. The name of a picture changed the number.",
        again="Think of an emoji named after something dangerous.",
    ),
)
