"""Read comments in the JSON of news sites, forums and social networks: one row of field paths per format."""

import functools
import itertools
import re
import types
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..._packaging import data_beside
from ..html_to_text import plain_text
from ..import_log import Comments, ImportLog
from ..left_out import GONE, flags_of
from .cell_values import as_text
from .columns_to_comments import above, from_bytes, parent_id
from .json_documents import Loaded, Object, outermost
from .json_files import by_label, likes_in, people_of, size_of

_COPIES: Final = frozenset("post parent comment reblog quote embed in_reply_to _highlightResult".split())
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
_BEFORE: Final = frozenset(("ancestors",))
_ANSWERED: Final = re.compile(r"\b(?:to|on|in) ([^\W\d_].{1,60}?)['’]s\b")  # "replied to Mira Kowal's comment."
_Around = tuple[Object, Any] | tuple[()]  # the objects around a comment, innermost first


class _Found(NamedTuple):
    value: Object
    above: str  # id of the comment around it
    around: _Around
    is_article: bool


class Platform(NamedTuple):
    """Where the JSON of one platform keeps each part of a comment.

    `known` names fields that every comment has, in groups separated by ``|``: any object with such fields is a comment,
    at any depth, and comments inside it are replies to it. A part is a path of keys such as "user.name", with
    alternatives after ``|``; "^title" refers to the objects around the comment, and `thread` uses all its paths.
    """

    name: str
    what: str
    known: str
    text: str
    own: str = "id"
    parent: str = ""
    path: str = ""  # ids from the top down to the parent, or to the comment itself
    author: str = ""
    handle: str = ""
    person: str = ""  # id of the author in a separate table of people
    others: str = ""  # names of people replied to or mentioned
    posted: str = ""
    likes: str = ""  # a number, or counts to add up
    status: str = ""
    flags: Mapping[str, str] = types.MappingProxyType({})  # reason to leave out -> fields such as "a|b.c|type=x"
    thread: str = ""
    total: str = ""  # the number of comments, or the list of their ids
    answers: str = ""  # number of replies to this comment
    article: str = ""  # key of the article's own post
    depth: str = ""  # 0 or less for the article's own post and anything above it
    stories: bool = False  # posts of another type, or with a title, are articles
    markup: bool = True
    joint: str = ""  # between the parts of a text
    one_byte: bool = False  # UTF-8 was decoded as one character per byte
    handles: bool = False  # the platform shows user names, never real names

    def recognises(self, loaded: Loaded) -> bool:
        """Return whether a document has objects with the fields of this platform's comments."""
        return any(self._knows(each, around) for each, around in loaded.first_objects)

    def read(self, loaded: Loaded, log: ImportLog) -> Comments:
        """Read the comments of a document, and log if the platform counts more than it contains."""
        found = list(self._found(loaded.value))
        comments = [each for each in found if not each.is_article]
        articles = {_id(_at(self.own, each.value)) for each in found if each.is_article}
        lines = loaded.rows or ()
        people = people_of(loaded.value) if self.person else {}
        read = self._comments(lines if len(lines) == len(comments) else range(1, len(comments) + 1), comments, people)
        if comments and read.reply_to[0] not in {*read.comment_id}:
            articles.add(read.reply_to[0])  # the first comment's unknown parent is the article
        totals: dict[tuple[str, ...], int] = {}
        for thread, total in zip(read.thread, _column(self.total, comments), strict=True) if self.total else ():
            totals[thread] = max(totals.get(thread, 0), size_of(total))
        missing = max(0, sum(totals.values()) - len(read))
        if self.answers:
            here, counts = Counter(read.reply_to), map(size_of, _column(self.answers, comments))
            tops = zip(read.comment_id, read.reply_to, counts, strict=True)
            missing += sum(max(0, n - here[own]) for own, parent, n in tops if not parent)
        if missing:
            log.note(0, f"The platform counts {missing:,} further comments, which are not in this file.")
        return read.replaced(reply_to=["" if each in articles else each for each in read.reply_to])

    def _knows(self, each: Object, around: _Around) -> bool:
        nearest: _Around = (around[0], ()) if around else ()
        for group in _groups(self.known):
            for key, first in group:
                if key not in each and ((first not in each and first[0] != "^") or _at(key, each, nearest) is None):
                    break
            else:
                return True
        return False

    def _found(self, value: Any) -> Iterator[_Found]:
        """Yield comments in reading order, without recursion."""
        stack: list[tuple[Any, str, _Around, str]] = [(value, "", (), "")]
        while stack:
            value, above, around, key = stack.pop()
            if isinstance(value, list):
                stack += [(each, above, around, key) for each in reversed(value) if isinstance(each, dict | list)]
            if not isinstance(value, dict):
                continue
            known = self._knows(value, around)
            if known:
                is_article = key == self.article != ""
                if self.stories:
                    is_article |= as_text(value.get("type")) not in ("", "comment") or bool(value.get("title"))
                is_article |= self.depth != "" and as_text(_at(self.depth, value, around)).startswith(("0", "-"))
                yield _Found(by_label(value) if "label_values" in value else value, above, around, is_article)
                above = "" if is_article else _id(_at(self.own, value))
            else:
                around = (value, around)
            skipped = _COPIES if known else _BEFORE
            for key, inner in reversed(value.items()):
                holds = isinstance(inner, dict) and (not known or list in map(type, inner.values()))
                if (holds or isinstance(inner, list)) and key not in skipped:
                    stack.append((inner, above, around, key))

    def _comments(self, rows: Sequence[int], found: list[_Found], people: Mapping[str, list[str]]) -> Comments:
        def part(paths: str) -> list[str]:
            values = _column(paths, found)
            texts = [
                self.joint.join(as_text(each, ("text",)) or as_text(each) for each in value)
                if isinstance(value, list)
                else as_text(value)
                for value in values
            ]
            return list(map(from_bytes, texts)) if self.one_byte else texts

        own, authors, handles = part(self.own), part(self.author), part(self.handle)
        for at, person in enumerate(part(self.person) if people else ()):
            if names := people.get(person):
                authors[at], handles[at] = (*names, handles[at])[:2]
        written = _column(self.text, found)  # None without such a field
        texts = list(map(plain_text if self.markup else str.strip, part(self.text)))
        flags = flags_of(texts, authors, part(self.status))
        flags = [flag or "deleted" * (value is None) for flag, value in zip(flags, written, strict=True)]
        for why, paths in [*self.flags.items()][::-1]:
            for path in paths.split("|"):
                name, _, wanted = path.partition("=")
                for at, value in enumerate(_column(name, found)):
                    if value and _says(value, wanted):
                        flags[at] = why
        parents = [
            _id(parent) or above(path, each_own) or each.above
            for parent, path, each_own, each in zip(part(self.parent), part(self.path), own, found, strict=True)
        ]
        naming = [path for path in self.others.split() if _occurs(path, found)]
        others: list[tuple[str, ...]] = [()] * len(found)
        for at, each in enumerate(found if naming else ()):
            named = [name for path in naming for name in _every(path, each.value, each.around) if name != written[at]]
            others[at] = tuple(map(from_bytes, named) if self.one_byte else named)
        threads = [tuple(filter(None, names)) for names in zip(*map(part, self.thread.split()), strict=True)]
        return Comments((
            rows, texts, [*map(_id, own)], [*map(parent_id, parents)], authors, handles, part(self.posted),
            [*map(likes_in, _column(self.likes, found))], flags, threads or [()] * len(found), others,
        ))  # fmt: skip


PLATFORMS: Final = tuple(Platform(name, **fields) for name, fields in data_beside(__file__, "platforms.toml").items())
"""The formats that `platforms.toml` describes, most specific first."""


@functools.cache
def _groups(known: str) -> list[list[tuple[str, str]]]:
    return [[(key, key.partition(".")[0]) for key in group.split()] for group in known.split("|")]


@functools.cache
def _steps(paths: str) -> list[tuple[bool, list[str]]]:
    return [(path.startswith("^"), path.lstrip("^").split(".")) for path in paths.split("|") if path]


def _at(paths: str, each: Object, around: _Around = ()) -> Any:
    """Return the first non-empty value at one of the paths, else an empty one, or None if no path exists."""
    if paths.isidentifier():  # the usual case, and cheap to look up
        return each.get(paths)
    inner: Any
    empty = None
    for is_around, keys in _steps(paths):
        starts: _Around = around if is_around else (each, ())
        while starts:
            inner, starts = starts
            for key in keys[:-1]:
                inner = _first_with(inner, keys[-1]) if key == "*" else inner.get(key)
                if not isinstance(inner, dict):
                    break
            else:
                if (found := inner.get(keys[-1])) not in _EMPTY:
                    return found
                empty = found if empty is None else empty
    return empty


def _column(paths: str, found: list[_Found]) -> list[Any]:
    """Return the value at one of the paths for each comment; paths that no comment has are skipped."""
    some = "|".join(path for path in paths.split("|") if _occurs(path, found))
    first, _, others = some.partition("|")
    outer, _, inner = first.partition(".")
    if outer.isidentifier() and inner.isidentifier():  # common, and cheap to look up
        column = [part.get(inner) if isinstance(part := each.value.get(outer), dict) else None for each in found]
        if not others:
            return column
        return [_at(some, each.value, each.around) if value in _EMPTY else value
                for value, each in zip(column, found, strict=True)]  # fmt: skip
    return [_at(some, each.value, each.around) for each in found] if some else [None] * len(found)


def _occurs(path: str, found: list[_Found]) -> bool:
    first = path.partition(".")[0]
    return first[:1] in ("^", "*") or any(first in each.value for each in found)


def _every(path: str, each: Object, around: _Around) -> Iterator[str]:
    """Yield all texts at a path, where ``*`` is every item of a list or object; from sentences, only names."""
    (is_around, keys), *_ = _steps(path)
    if not is_around and keys[0] != "*" and not each.get(keys[0]):  # the usual case
        return
    while is_around and around and keys[0] not in (each := around[0]):
        around = around[1]
    found: list[Any] = [each]
    for key in keys:
        objects = [part for part in found if isinstance(part, dict)]
        every = (part.values() if isinstance(part, dict) else part for part in found if isinstance(part, dict | list))
        found = [*itertools.chain.from_iterable(every)] if key == "*" else [part.get(key) for part in objects]
    for name in filter(None, map(as_text, found)):
        yield from _ANSWERED.findall(name) if " " in name and name.endswith(".") else (name,)


def _first_with(objects: Object, key: str) -> Object:
    """Return the first object with a value for the key: labels are in the user's language, keys are not."""
    return next(
        (each for each in objects.values() if isinstance(each, dict) and each.get(key) not in (None, "", "0")), {}
    )


def _says(value: Any, wanted: str) -> bool:
    """Return whether a field has the wanted value, or any value if none is given."""
    said = as_text(value).lower()
    return said == wanted if wanted else said not in ("", "0", "false")


def _id(value: Any) -> str:
    """Return an id; for an address only its last part, which contains no name."""
    return as_text(value).rpartition("/")[2]


def is_reddit(loaded: Loaded) -> bool:
    """Return whether a document contains Reddit's objects: listings, comments, posts or stubs."""
    return any(_is_thing(each) for each, _ in loaded.first_objects)


def _is_thing(each: Object) -> bool:
    return each.get("kind") in ("Listing", "t1", "t3", "more") and isinstance(each.get("data"), dict)


def reddit(loaded: Loaded, log: ImportLog) -> Comments:
    """Read Reddit's two listings, post and comments; comments cut off ("more") are counted in the import log."""
    more, stubs, found = 0, 0, list[Object]()
    stack = list(outermost(loaded.value, _is_thing))[::-1]
    while stack:
        thing = stack.pop()
        kind, data = thing.get("kind"), thing.get("data")
        if not isinstance(data, dict):
            continue
        if kind == "more":
            count = int(n) if (n := as_text(data.get("count"))).isdecimal() and len(n) < 19 else 0
            more, stubs = more + count, stubs + (not count)
        if kind == "t1":
            found.append(data)
        if inner := data.get("children" if kind == "Listing" else "replies"):
            inner = inner if kind == "Listing" else [inner]
            stack += [each for each in reversed(inner if isinstance(inner, list) else []) if isinstance(each, dict)]
    if more:
        log.note(0, f"The export was cut off by Reddit: {more:,} further comments are not in it.")
    if stubs:
        below = 'below what the export shows ("continue this thread")'
        log.note(0, f"{stubs:,} conversations go on {below}; how many comments are missing there is not known.")
    return _reddit_comments(found)


def _reddit_comments(found: list[Object]) -> Comments:
    def column(name: str) -> list[str]:
        values: list[Any] = [each.get(name) for each in found]
        return values if {*map(type, values)} == {str} else [*map(as_text, values)]

    bodies, authors, none = [*map(str.strip, column("body"))], column("author"), [""] * len(found)
    bare = {author: "" if author.lower().strip("[]") in GONE else author for author in set(authors)}
    flags = [
        "moderators' notice"
        if each.get("stickied") is True and each.get("distinguished") in ("moderator", "admin") else flag
        for each, flag in zip(found, flags_of(bodies, authors), strict=True)
    ]  # fmt: skip
    links = column("link_id")
    articles = {link: (link,) if link else () for link in set(links)}
    names = [*map(bare.__getitem__, authors)]
    texts = [plain_text(body) if "<" in body or "&" in body else body for body in bodies]
    parents = ["" if above.startswith("t3_") else above.removeprefix("t1_") for above in column("parent_id")]
    likes = ["" if each.get("score_hidden") is True else score
             for each, score in zip(found, column("score"), strict=True)]  # fmt: skip
    threads = [*map(articles.__getitem__, links)]
    rows, dates, others = range(1, len(found) + 1), column("created_utc"), [()] * len(found)
    return Comments((rows, texts, column("id"), parents, names, none, dates, likes, flags, threads, others))
