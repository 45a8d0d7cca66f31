"""Map names of columns and fields to the part of a comment that each holds."""

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from ..._limits import MOST_COLUMNS
from ..._packaging import data_beside, word_sets, words_in
from ...lexicons.dictionaries import dictionary
from ..left_out import GONE

_Words = frozenset[str]
_FILE: Final = data_beside(__file__, "field_names.toml")
_ACCENT: Final = re.compile("[\u0300-\u0345]")
_LISTS: Final = {  # with and without accents, as programs write both
    name: f"{words} {_ACCENT.sub('', unicodedata.normalize('NFD', words))}" for name, words in _FILE["words"].items()
}
_SETS: Final = word_sets(_LISTS, gone=GONE)
_OWN, _POST, _LINKS, _COMMENT, _RATED, _FIRST, _LAST, DAY_FIRST = map(
    _SETS.__getitem__, ("own", "post", "links", "comment", "rated", "first", "last", "day_first")
)
TIME_WORDS: Final = _SETS["when"] | _SETS["clocks"] | _SETS["timed"] | {"data"}
TEXT_WORDS: Final = _SETS["text"]
_RULES: Final = [
    (each["part"], [words_in(needed, _SETS) for needed in each["needs"]], words_in(each["may_have"], _SETS))
    for each in _FILE["rules"]
]
_OF_PART: Final = {
    part: frozenset[str]().union(*(each for of, needed, may in _RULES if of == part for each in (*needed, may)))
    for part in ("posted", "reply_to")
}
_OF_POSTS: Final = ("text", "author", "posted", "likes")
NAMES: Final[dict[str, list[str]]] = {part: names.split() for part, names in _FILE["names"].items()}
"""Names for each part, most decisive first; capitals, spaces and signs do not matter."""
KEYS: Final[dict[str, list[str]]] = {name: keys.split() for name, keys in _FILE["keys"].items()}
"""Keys and words that must match exactly."""
FIELD_WORDS: Final = frozenset[str]().union(
    *(each for _, needed, others in _RULES for each in (*needed, others)),
    *(name.split("_") for names in NAMES.values() for name in names),
    ("channel",),
)
_EASTERN: Final = "|".join(
    sorted((word for word in FIELD_WORDS if "⺀" <= word <= "퟿"), key=len, reverse=True)
)  # scripts without spaces
_WORD: Final = re.compile(
    rf"№|[nN]\.?[°º]|[A-Z]{{2,}}(?![a-z])|(?=[⺀-퟿])(?:{_EASTERN}|[⺀-퟿]+?(?={_EASTERN}|[^⺀-퟿]|\Z))|[^\W\d_a-z]?[^\W\d_A-Z⺀-퟿]+|[A-Z]"
)
_SERVED: Final = {"customer", "guest", "visitor"}  # may be a company, or an attribute of the writer
_VAGUE: Final = {"name", "by", "from"}  # names of people, files or programs
_NUMBER: Final = re.compile(r"[vq]\d{1,3}(?:_(?!text)|[.:)] )", re.IGNORECASE)  # as in "Q2. Name" and "V3_COMMENT"
_CODE: Final = re.compile(r"\A[a-z]\w*(?=\. [^\Wa-z])")  # "submitdate. Date", as of LimeSurvey, but not "No. of likes"
_SHORTEST_PARTED, _LONGEST_PARTED = 4, 20  # letters of the first of two joined words
_SHORTEST_STEM, _LONGEST_ENDING = 5, 3  # letters of a word that is not English
_SIGNS: Final = re.compile(r"[\W_]+")
_BARE: Final = {part: [name.replace("_", "") for name in names] for part, names in NAMES.items()}
_KNOWN: Final = {name: part for part, names in reversed(_BARE.items()) for name in names}
_DECISIVE: Final = frozenset[str]().union(*(needed[0] for _, needed, _ in _RULES))


def bare(name: str) -> str:
    """Reduce "Created At", "created_at" and "createdAt" to one form."""
    return (name if name.isalnum() else _SIGNS.sub("", name)).lower()


@functools.lru_cache(2 * MOST_COLUMNS)
def part_of(name: str) -> str:
    """Return the part that a field holds, by a known name or by the words in it; "" for none."""
    name = _NUMBER.sub("", name)
    if known := _KNOWN.get(bare(name)):
        return known
    if (code := _CODE.match(name)) and (known := _KNOWN.get(bare(code[0]))):
        return known
    if _DECISIVE.isdisjoint(words := words_of(name)):
        return ""  # the usual case
    above, _, own = name.rpartition(".")
    part = _by_words(words) or (part_of(own) if above else "")
    return "" if part in ("posted", "likes") and _by_words(words_of(above)) == "author" else part  # the writer's


def _by_words(words: _Words) -> str:
    return next((part for part, needed, others in _RULES
                 if all(map(words.intersection, needed)) and words <= others.union(*needed)), "")  # fmt: skip


def parts_of(fields: Iterable[str]) -> dict[str, str]:
    """Choose the field for each part: by known names in order, then by words; further fields are numbered."""
    found = list(dict.fromkeys(fields))
    ranked = sorted(found, key=lambda name: name.startswith("_"))  # "id" wins over "_id"
    plain = {bare(name): name for name in ranked[::-1]}
    first = {part: next(filter(plain.__contains__, names), None) for part, names in _BARE.items()}
    chosen = {part: plain[known] for part, known in first.items() if known is not None}
    for name in sorted(found, key=lambda each: not _SERVED.isdisjoint(words_of(each))):
        if name not in chosen.values() and (part := part_of(name)):
            if part in ("author", "handle") and part in chosen and bare(name) != "name":
                part = "others"  # a second name, or the other half of one
            further = part == "others" or (part == "deleted" and part in chosen)
            chosen.setdefault(f"{part} {len(chosen)}" if further else part, name)
    if "comment" not in words_of(chosen.get("text", "")):  # otherwise post fields describe the parent
        for name in found:
            if not _POST.isdisjoint(words := words_of(name)) and (part := _by_words(words - _POST)) in _OF_POSTS:
                chosen.setdefault(part, name)
    last = next((part for part, name in chosen.items() if part.startswith("others") and words_of(name) & _LAST), "")
    if last and words_of(chosen.get("author", "")) & _FIRST:
        chosen["last"] = chosen.pop(last)
    above = chosen.get("text", "").rpartition(".")[0]
    if above:  # "reviews.text" in a table of products with their own names and ids
        own = parts_of(name[len(above) + 1 :] for name in found if name.startswith(f"{above}."))
        own = {part: f"{above}.{name}" for part, name in own.items() if part in NAMES}
        for part in ("author", "handle"):
            words = words_of(outer := chosen.get(part, ""))
            if outer in own.values() or words <= {"name"} or not _by_words(words):  # the product's
                continue
            if words_of(own.get(part, "")) - words_of(above) <= _VAGUE:
                own.pop(part, None)
            else:
                chosen[f"others {len(chosen)}"] = outer
        chosen = {part: name for part, name in chosen.items() if name not in own.values()} | own
    _prefer_own(found, chosen)
    if bare(chosen.get("likes", "")) == "score" and any(not _RATED.isdisjoint(words_of(name)) for name in found):
        del chosen["likes"]
    _find_ids(found, plain, chosen)
    return chosen


def _prefer_own(found: list[str], chosen: dict[str, str]) -> None:
    """Prefer "Comment Posted" beside "Comment Text" to "Created Time", which may be the article's."""
    kind, *more = _WORD.findall(chosen.get("text", "")) or [""]
    if not more or kind.lower() not in _COMMENT | _RATED:
        return
    for part in ("author", "posted", "likes"):
        now = chosen.get(part, "")
        own = [
            name for name in found
            if name.startswith(kind) and name != chosen["text"] and bare(name[len(kind) :]) != "score"
            and part in (part_of(name), part_of(name[len(kind) :].strip("_. "))) and "updated" not in words_of(name)
        ]  # fmt: skip
        if part == "author" and bare(now) == "name":  # the product's, unless there is a username
            own += [name for name in found if part_of(name) == part and bare(name).startswith("author")]
        if own and not now.startswith(kind):
            chosen[part] = own[0]
            if part == "author" and now and bare(now) != "name":
                chosen[f"others {len(chosen)}"] = now


def _find_ids(found: list[str], plain: dict[str, str], chosen: dict[str, str]) -> None:
    """Match ids to parents: reply_to_post_number refers to post_number, in_reply_to to a permalink."""
    above = bare(chosen.get("reply_to", ""))
    ends = [name for key, name in plain.items() if above.endswith(key) and key not in ("id", above)]
    if own := [name for name in ends if words_of(name) & (_OWN | {"hash"})]:
        chosen["comment_id"] = max(own, key=len)
    for name in filter(None, map(plain.get, ("replyid", "pid", "rid"))):  # a reply's own id, or its parent
        if name not in chosen.values():
            chosen.setdefault("reply_to" if "comment_id" in chosen else "comment_id", name)
    if "reply_to" not in chosen and {"commentableid", "commentabletype"} <= plain.keys():  # perhaps the article
        chosen |= {"reply_to": plain["commentableid"], "parent kind": plain["commentabletype"]}
    if {"mode", "remoteaddr"} <= plain.keys():
        chosen["mode of Isso"] = plain["mode"]
    if {"uri", "cid"} <= plain.keys():  # on Bluesky, replies refer to the uri
        chosen["comment_id"] = plain["uri"]
    if "comment_id" not in chosen and (own_post := plain.get("postid") or plain.get("idpost")):
        chosen["comment_id"] = own_post  # a post is a comment only in a forum
    links = (name for name in found if _LINKS.intersection(words := words_of(name)) and words <= _LINKS | _COMMENT)
    if "reply_to" in chosen and "comment_id" not in chosen and (link := next(links, "")):
        chosen["comment_id"] = link
    if "comment_id" not in chosen and "unnamed0" in plain:  # row numbers, as pandas writes them
        chosen["number"] = plain["unnamed0"]


def may_mean(name: str, part: str) -> bool:
    """Return whether each word of a name is one of the part's, or unknown in English too, and none of other days."""
    words, low = words_of(name), name.lower()
    known = (word in FIELD_WORDS or (len(word) > 2 and word in dictionary()) for word in words - _OF_PART[part])
    return bool(words) and not any(known) and not any(map(low.__contains__, KEYS["other_days"]))


@functools.lru_cache(2 * MOST_COLUMNS)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a field's name, which may be in camel case."""
    words = [word.lower() for word in _WORD.findall(name[:100])]
    return frozenset(part for word in words for part in _parted(word))


def _parted(word: str) -> tuple[str, ...]:
    """Split a compound into two known words (creationdate, as databases write CreationDate), if it is one."""
    if word not in FIELD_WORDS:
        for at in range(_SHORTEST_PARTED, min(len(word) - 1, _LONGEST_PARTED)):
            if word[:at] in FIELD_WORDS and word[at:] in FIELD_WORDS:
                return word[:at], word[at:]
        stems = (word[:-cut] for cut in range(1, _LONGEST_ENDING + 1) if len(word) - cut >= _SHORTEST_STEM)
        if stem := next((each for each in stems if each in FIELD_WORDS and each not in dictionary()), ""):
            return (stem,)  # kommentarens, with an ending; none of an English word, such as authority
    return (word,)
