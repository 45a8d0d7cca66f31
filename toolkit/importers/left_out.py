"""Comments to leave out: deleted or held ones, spam, pingbacks, and what a bot has written."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_OPENING: Final = frozenset(pair[0] for pair in _BRACKETS)
_BOTS: Final = frozenset(
    "automoderator|moderator bot|system|remindmebot|sneakpeekbot|repostsleuthbot|discobot".split("|")
)
_BOT_ENDS: Final = ("-bot", "_bot", "[bot]")
_BOT_NOTICE = re.compile(
    r"\b(?:i am|i'm|i’m|this is) a bot\b[^\n]{0,40}\b(?:action|automatic|beep|reply|contact|account)"
    r"|\bthis action was performed automatically\b|\bbleep bloop\b|\bbeep boop\b",
    re.IGNORECASE,
)
_YES: Final = frozenset({"true", "yes", "1", "1.0", "y", "t", "x"})
_STATUS: Final = {"spam": "spam"} | dict.fromkeys("trash post-trashed blocked hidden disabled".split(), "deleted")
_HELD: Final = frozenset("0 0.0 false hold held pending unapproved rejected premod system_withheld".split())


def flag_of(
    text: str = "",
    author: str = "",
    status: str = "",
    deleted: str = "",
    spam: str = "",
    kind: str = "",
    pinned: str = "",
    bot: str = "",
) -> str:
    """Return why a comment is to be left out, by its fields and its text; "" where nothing says so."""
    if (deleted and (_says(deleted) in _YES or deleted[:4].isdecimal())) or is_gone(text):  # "deleted at" has a date
        return "deleted"
    if _says(spam) in _YES:
        return "spam"
    if kind:
        if _says(kind) in ("pingback", "trackback", "webmention"):
            return _says(kind)
        if _says(kind) in ("moderator", "admin") and _says(pinned) in _YES:
            return "moderators' notice"
    if said := _says(status):
        gone = "removed" in said or "deleted" in said
        if flag := "deleted" if gone else _STATUS.get(said, "not approved" if said in _HELD else ""):
            return flag
    return "bot" if _says(bot) in _YES or is_bot(author, text) else ""


def flags_of(texts: Sequence[str], authors: Sequence[str], *fields: Sequence[str]) -> list[str]:
    """Return `flag_of` many comments, of which nearly all need no closer look; the texts begin with no space."""
    bots = {author for author in set(authors) if is_bot(author, "")}
    usual = [
        text[:1] not in _OPENING and text[:4].lower() not in _GONE_STARTS and not _may_be_bot(text.lower())
        for text in texts
    ]
    flags = [""] * len(texts)
    for at, each in enumerate(zip(usual, texts, authors, *fields, strict=True)):
        if not each[0] or each[2] in bots or any(each[3:]):
            flags[at] = flag_of(*each[1:])
    return flags


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
    if (name := author.lower().strip()).endswith(("bot", "bot]", "system", "automoderator")):
        name = name.removeprefix("u/").removeprefix("@")
        if name in _BOTS or name.endswith(_BOT_ENDS) or re.search(r"[a-z0-9]Bot$", author.strip()):
            return True
    return _may_be_bot(text.lower()) and _BOT_NOTICE.search(text) is not None


def _may_be_bot(low: str) -> bool:
    return " a bot" in low or "performed auto" in low or "eep b" in low  # one of these is in every notice


def _says(cell: str) -> str:
    return cell.strip().lower() if cell else ""
