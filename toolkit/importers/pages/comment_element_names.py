"""What the names of elements say about comments: which part of one an element holds, or that it is one."""

import functools
from typing import Final

from .page_markup import words_in

# The names of elements are their classes, ids and made-up tags, cut into words. What a whole name says; and what the
# last word of any other says. "post" is a comment of a forum.
_NAMED: Final = {
    name: part
    for part, names in {
        "comment": "comtr commento-card answer posting status",
        "post": "post topic-post message-post postcontainer post-wrapper c-post timeline-comment",
        "text": "commtext usertext-body post-message post-text postbody cooked bb-wrapper postcontent content-text",
        "author": "fn hnuser person-listing author-text bigusername commento-name profile-name display-name-html",
        "posted": "published-time-text relativetime relativetime-clean commentmetadata postmetadata smalltext",
        "likes": "vote-count-middle post-likes",
    }.items()
    for name in names.split()
}
_LAST: Final = {
    word: part
    for part, words in {
        "comment": "comment comentario kommentar commentaire commento reactie",
        "text": "body content text message copy",
        "author": "author byline user username name nick nickname poster",
        "posted": "date time timestamp datetime timeago ago age created posted metadata permalink meta footer datum",
        "likes": "like likes vote votes upvotes score points recommend",
    }.items()
    for word in words.split()
}
_ABOUT: Final = frozenset("comment comentario kommentar commentaire commento reply message isso".split())
_LOOSE: Final = frozenset(("meta", "footer", "metadata", "permalink"))  # a day is among what they have
_TRAILING: Final = frozenset(
    "article box card container count entity entry html inner item link model node renderer row single view "
    "wrapper".split()
)
_OTHER: Final = frozenset(
    "add all closed delete disabled dislike dislikes down edit enabled form has hide latest leave load login new no "
    "navigation number open post recent report show submit toggle write".split()
)
_REPLIES: Final = frozenset("children replies responses followup indented".split())


def _part(name: str) -> tuple[str, int]:
    """What an element of this name is; and how sure that is: 2 if the name speaks of comments, 0 if it holds more."""
    words = [word for word in words_in(name) if not word.isdecimal()]
    if not words or (known := _NAMED.get("-".join(words), "")):
        return known if words else "", 2
    if not _REPLIES.isdisjoint(words) and _OTHER.isdisjoint(words):
        return "replies", 0
    sure = 0 if words[-1] in _LOOSE else 1 + (not _ABOUT.isdisjoint(words))
    counts, other = words[-1] == "count", not _OTHER.isdisjoint(words)
    while len(words) > 1 and words[-1] in _TRAILING:
        words.pop()
    part = "reply" if words[-1] == "reply" else _LAST.get(words[-1], "")
    part = "author" if words[-2:] == ["name", "text"] else part
    is_other = (other and part in ("comment", "likes")) or (counts and part == "comment")
    return ("", 0) if is_other else (part, sure)


@functools.lru_cache(4_096)
def parts_named(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return for each name which part of a comment it says, as in "text", and how sure that is, 0 to 2."""
    return tuple(map(_part, names))
