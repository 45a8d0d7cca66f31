"""Comments to leave out: deleted or held ones, spam, pingbacks, and what a bot has written."""

from __future__ import annotations

import re
from typing import Final

GONE: Final = frozenset(  # what is written in brackets in place of a comment
    "deleted|removed|removed by reddit|deleted by user|comment removed|comment deleted|flagged|dead|gelöscht|entfernt"
    "|supprimé|eliminado|borrado|removido|excluído".split("|")
)
_GONE_NOTICE = re.compile(
    r"(?:(?:this|your|the|dieser|ce|este) )?(?:comment|post|message|reply|kommentar|beitrag|commentaire|comentari?o)"
    r"(?: (?:has been|was|is|wurde|a été|fue|foi)| .{1,60} and (?:has been|was))?"
    r" (?:deleted|removed|hidden|gelöscht|entfernt|supprimé|eliminado|borrado|removido)"
    r"(?: by .{1,40}?)?(?: (?:because|for|as) .{0,400})?\W*",
    re.IGNORECASE | re.DOTALL,
)
_GONE_STARTS: Final = frozenset(
    ("this", "your", "the ", *"comm post mess repl komm beit dies este come".split(), "ce c")
)
_BRACKETS: Final = ("[]", "()", "<>", "{}", "**", "__", "~~")
_BOTS: Final = frozenset({"automoderator", "remindmebot", "moderator bot", "system", "sneakpeekbot", "repostsleuthbot"})
_BOT_HINTS: Final = (" bot", " Bot", " BOT", "automatically", "eep ")  # one of these is in every notice
_BOT_NOTICE = re.compile(
    r"\b(?:i am|i'm|i’m|this is) a bot\b[^\n]{0,40}\b(?:action|automatic|beep|reply|contact|account)"
    r"|\bthis action was performed automatically\b|\bbleep bloop\b|\bbeep boop\b",
    re.IGNORECASE,
)
_YES: Final = frozenset({"true", "yes", "1", "y", "t", "x"})
_STATUS: Final = {"spam": "spam"} | dict.fromkeys(
    "trash post-trashed deleted removed blocked hidden".split(), "deleted"
)
_HELD: Final = frozenset({"0", "false", "hold", "held", "pending", "unapproved", "rejected"})


def flag_of(
    text: str = "", author: str = "", status: str = "", deleted: str = "", spam: str = "", kind: str = ""
) -> str:
    """Return why a comment is to be left out, by its fields and its text; "" where nothing says so."""
    if _says(deleted) in _YES or is_gone(text):
        return "deleted"
    if _says(spam) in _YES:
        return "spam"
    if _says(kind) in ("pingback", "trackback", "webmention"):
        return _says(kind)
    if status and (flag := _STATUS.get(_says(status), "not approved" if _says(status) in _HELD else "")):
        return flag
    return "bot" if is_bot(author, text) else ""


def is_gone(text: str) -> bool:
    """Return whether a text is only the mark of a comment that was deleted or removed."""
    text = text.strip()
    bracketed = text[:1] + text[-1:] in _BRACKETS
    if not bracketed and text[:4].lower() not in _GONE_STARTS:
        return False
    inner = " ".join(text.strip("[]()<>{}*_~ ").lower().split()) if bracketed else text
    gone = bracketed and (inner in GONE or inner.startswith(("removed by ", "deleted by ")))
    return gone or _GONE_NOTICE.fullmatch(inner) is not None


def is_bot(author: str, text: str) -> bool:
    """Return whether a comment is a bot's, by its name or because it says so."""
    if author.strip().lower().removeprefix("u/") in _BOTS:
        return True
    return any(map(text.__contains__, _BOT_HINTS)) and _BOT_NOTICE.search(text) is not None


def _says(cell: str) -> str:
    return cell.strip().lower() if cell else ""
