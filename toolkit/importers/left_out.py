"""Comments to leave out: deleted or held ones, spam, pingbacks, and posts by bots."""

import functools
import re
from collections.abc import Sequence
from typing import Final

from .._packaging import data_beside, word_sets

_SETS: Final = word_sets(data_beside(__file__, "notices.toml"))
GONE, _UNSEEN, _BETWEEN, _YES = map(_SETS.__getitem__, ("gone", "unseen", "between", "yes"))
_WHY: Final = re.compile(
    r"(?: (?:by|von|durch|par|por|da|door) .{1,40}?)?"
    r"(?:,? (?:because|as|due to|wegen|weil|for (?:\w+ing|breach|not)) .{0,400}|, will .{0,100})?\W*",
    re.IGNORECASE | re.DOTALL,
)
_EAST_ASIAN: Final = re.compile(
    r"(?=.{0,60}(?:删除|刪除|削除|삭제)).{0,60}(?:评论|評論|留言|消息|コメント|メッセージ|投稿|댓글|메시지).{0,60}"
)
_EAST_ASIAN_LETTERS: Final = "\u1100"  # the first of the scripts without spaces between words
_WORD: Final = re.compile(r"\w+")
_LONGEST_NOTICE, _SHORT = 500, 60
_BRACKETS: Final = ("[]", "()", "<>", "{}", "**", "__", "~~")
STUB: Final = re.compile(
    r"(?:(?:view|load|show|see|read) (?:all )?(?:\d{1,6} )?(?:more|previous|older|all)?\s?|\d{1,6} more |more )"
    r"(?:comments?|repl(?:y|ies))?(?: \(.{1,30}\)| (?:by|from) .{1,60})?\W*"
    r"|continue (?:this|the) (?:thread|conversation|discussion)\W*|comment score below threshold.{0,40}",
    re.IGNORECASE,
)
MORE_COMMENTS: Final = re.compile(  # a link to comments that a page hides
    r"(?:(?:view|load|show|see) )?(?:\d{1,6} )?more (?:comments?|repl(?:y|ies))(?: \(\d{1,6}(?: \w{1,9})?\))?\W*"
    r"|(?:view|load|show|see) (?:all )?\d{1,6} (?:more |other )?repl(?:y|ies)\W*|continue this thread\W*",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(  # messages by a chat or shop itself: somebody joined or paid, a message was pinned
    r"service|system(?:_?(?:message|notice|note|event|info|update)\w{0,20})?|(?:channel|group|guild|member|recipient|thread|bot|user)\w{0,12}?_?"
    r"(?:join|leave|left|add|remove|pinned|purpose|topic|name|create|boost)\w{0,12}|\w{0,20}(?:order|payment)_note"
)
_MISSING: Final = frozenset(("NULL", "NaN", "<NA>", r"\N"))
_ERROR: Final = re.compile(r"#(?:REF!|NAME\?|VALUE!|N/A|DIV/0!|NULL!|NUM!|ERROR!)")
_FIRST_WORDS: Final = (
    _UNSEEN | _BETWEEN | frozenset("view load show see read more continue pingback trackback null nan".split())
)
_SECOND_WORDS: Final = _UNSEEN | _BETWEEN | {"no", "not", "and", "score"}  # after one of _BETWEEN
_BOTS: Final = frozenset(
    "automoderator|moderator bot|system|remindmebot|sneakpeekbot|repostsleuthbot|discobot|nightbot|moobot".split("|")
)
_BOT_ENDS: Final = ("-bot", "_bot", "[bot]")
_BOT_NOTICE = re.compile(
    r"\b(?:i am|i'm|i’m|this is) a bot\b[^\n]{0,40}\b(?:action|automatic|beep|reply|contact|account)"
    r"|\bthis action was performed automatically\b|\bbleep bloop\b|\bbeep boop\b",
    re.IGNORECASE,
)
_BOT_MARKS: Final = (b"performed auto", b"bleep bloop", b"beep boop")  # every notice has one of these, or the next
_A_BOT: Final = re.compile(rb" a bot\b")  # not "a bottle"
_CHUNK: Final = 200  # texts searched at a time
_STATUS: Final = dict.fromkeys(("spam", "spam_comment"), "spam") | dict.fromkeys(
    "trash trashed post-trashed blocked hidden disabled ghosted emptied".split(), "deleted"
)


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
    """Return the reason to leave out a comment, by its fields and text; "" if there is none."""
    if says_gone(deleted):
        return "deleted"
    if text and (notice := _notice(text)):
        return notice
    if _says(spam) in _YES:
        return "spam"
    if kind:
        if _says(kind) in ("pingback", "trackback", "webmention"):
            return _says(kind)
        if _SERVICE.fullmatch(_says(kind)) or _says(kind) == "true":
            return "service message"
        if _says(kind) in ("moderator", "admin") and _says(pinned) in _YES:
            return "moderators' notice"
    if said := _says(status):
        gone = "removed" in said or "deleted" in said
        if flag := "deleted" if gone else _STATUS.get(said, "not approved" if said in _SETS["held"] else ""):
            return flag
    return "bot" if _says(bot) in _YES or _says(kind) == "bot_message" or is_bot(author, text) else ""


def says_gone(cell: str) -> bool:
    """Return whether a field such as "deleted" is true, or "deleted at" has a date."""
    return cell != "" and (_says(cell) in _YES or cell[:4].strip("0.").isdecimal())


def flags_of(texts: Sequence[str], authors: Sequence[str], *fields: Sequence[str]) -> list[str]:
    """Return `flag_of` for many comments, checking only a few closely; no text may begin with a space."""
    bots = {author for author in set(authors) if is_bot(author, "")}
    firsts = [text[:20].partition(" ")[0] for text in texts]
    marks = {word for word in {*firsts} if (bare := word.removeprefix("@")) == "" or bare >= _EAST_ASIAN_LETTERS
             or not bare[0].isalpha() or bare.strip(".,:;!").lower() in _FIRST_WORDS
             or ((bare[0] > "z" or bare != word) and _WORD.findall(bare)[0].lower() in _FIRST_WORDS)}  # fmt: skip
    said = {at for at, word in enumerate(firsts)
            if word in marks and _may_be_notice(word, texts[at]) and _notice(texts[at])}  # fmt: skip
    for start in range(0, len(texts), _CHUNK):
        if _may_be_bot("\n".join(some := texts[start : start + _CHUNK])):
            said |= {at for at, text in enumerate(some, start) if is_bot("", text)}
    asked = said | {at for at, author in enumerate(authors if bots else ()) if author in bots}
    asked |= {at for field in fields if any(field) for at, cell in enumerate(field) if cell}
    flags, by_fields = [""] * len(texts), functools.cache(functools.partial(flag_of, ""))
    for at in asked:
        cells = (authors[at], *(field[at] for field in fields))
        flags[at] = flag_of(texts[at], *cells) if at in said else by_fields(*cells)
    return flags


def _may_be_notice(first: str, text: str) -> bool:
    """Return whether a text may be a notice by its first two words: "This comment", but not "This bridge"."""
    if first.lower() not in _BETWEEN:
        return True
    second = _WORD.search(text, len(first))
    return not second or not second[0].isascii() or second[0].lower() in _SECOND_WORDS


def _notice(text: str) -> str:
    """Return why a text is not a comment, but a notice of removal, a link to more comments, a pingback or the like."""
    if is_gone(text):
        return "deleted"
    if STUB.fullmatch(text):
        return "stub of further comments"
    if text in _MISSING:
        return "empty"
    if _ERROR.fullmatch(text):
        return "spreadsheet error: the text was taken for a formula"
    return text.partition(":")[0].lower() if text.startswith(("Pingback:", "Trackback:")) else ""


def is_gone(text: str) -> bool:
    """Return whether a text is only a notice that a comment was deleted, removed or hidden, in one of ten languages.

    A notice begins with what is gone ("This comment has been removed"); only by whom and why may follow. In brackets,
    one word is enough.
    """
    text = text.strip()
    if len(text) > _LONGEST_NOTICE or text.endswith("?"):
        return False
    bracketed = text[:1] + text[-1:] in _BRACKETS
    if "available" in text:
        text = re.sub(r"(?:no longer|not) available", "unavailable", text)
    done, and_has, rest = text.partition(" and has been ")
    text = f"{' '.join(done.split()[:2])} has been {rest}" if and_has else done
    names_thing, known = text.startswith("You "), _UNSEEN | {"dead"} if bracketed else _UNSEEN
    for found in _WORD.finditer(text):
        word = found[0].lower()
        if word in known:
            break
        if word not in _BETWEEN:
            return not word.isascii() and len(text) < _SHORT and _EAST_ASIAN.fullmatch(text) is not None
        names_thing |= word in _SETS["things"]
    else:
        return False
    tail = text[found.end() :]
    after = _WORD.findall(tail.lower())
    if not after:
        return names_thing or bracketed or word in GONE
    if not _SETS["personal"].isdisjoint(after):
        return False
    names_thing |= after[0] in _SETS["this"] and not _SETS["things"].isdisjoint(after)  # "Usunięto tę wiadomość"
    by_whom = after[0] in _SETS["by"]
    if tail[0] == "." and not _SETS["agents"].isdisjoint(after):  # "Removed. Please stay on topic. The editors"
        return True
    if (names_thing or bracketed or by_whom) and (set(after) <= _BETWEEN | known or (bracketed and by_whom)):
        return True
    return (names_thing or bracketed) and _WHY.fullmatch(tail) is not None


def is_bot(author: str, text: str) -> bool:
    """Return whether a comment is a bot's, by its name or by its own words."""
    if (name := author.lower().strip()).endswith(("bot", "bot]", "system", "automoderator")):
        name = name.removeprefix("u/").removeprefix("@")
        if name in _BOTS or name.endswith(_BOT_ENDS) or re.search(r"[a-z0-9]Bot$", author.strip()):
            return True
    return text != "" and _may_be_bot(text) and _BOT_NOTICE.search(text) is not None


def _may_be_bot(text: str) -> bool:
    low = text.encode("utf-8", "replace").lower()  # lowers only ASCII, which is much faster
    return any(mark in low for mark in _BOT_MARKS) or (b" a bot" in low and _A_BOT.search(low) is not None)


def _says(cell: str) -> str:
    return cell.strip().lower() if cell else ""
