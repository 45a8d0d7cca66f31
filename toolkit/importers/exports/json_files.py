"""Find comments in JSON of any structure by the fields of its objects, without recursion."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ..._limits import FEW_OBJECTS, MOST_COLUMNS, OBJECT_LENGTH
from ...lexicons.familiar_words import is_familiar
from ..import_log import Comments, ImportLog, refuse_more
from .cell_values import NAMING, OBJECT, as_text, id_in, names_in, parsed, whole_text
from .column_names import FULL_NAME, choose_fields, refuse_columns
from .columns_to_comments import comments_of
from .field_names import KEYS, part_of, words_of
from .json_documents import FIRST_OF_LIST, Loaded, Object, inside, objects_of

NESTED: Final = (
    "children",
    "replies",
    "comments",
    "answers",
    "responses",
    "followups",
)  # keys for replies in lists of unknown platforms
_TITLED: Final = frozenset("title heading headline post article story video".split())  # fields of an article
_ABOUT: Final = frozenset(("author", "handle", "posted"))
_IDS: Final = ("comment_id", "reply_to", "person")
_COPIES: Final = frozenset(KEYS["copies"])
MOST_BESIDE: Final = 4  # fields beside a GraphQL node
MOST_LEVELS: Final = 6  # depth to which a list of comments is searched for
_WRAPPED: Final = ("value", "target_id")  # keys inside Drupal's fields
_LANGUAGES: Final = frozenset("ar cs da de el en es fi fr hu it ja ko nl no pl pt ru sv tr uk zh".split())  # as keys
_LISTS: Final = KEYS["lists"]


def any_list(loaded: Loaded, columns: Mapping[str, str] | None, log: ImportLog) -> Comments:
    """Read any list of objects, or JSON lines; replies may be nested in `children`, `replies` or `comments`."""
    listed = loaded.value if isinstance(loaded.value, list) else []
    if all(isinstance(each, str) for each in listed) and any(each.strip("-.0123456789") for each in listed):
        loaded = Loaded([{"text": each} for each in loaded.value])
    if tables := [each for each in loaded.objects if each.get("type") == "table" and objects_of(each.get("data"))]:
        loaded = Loaded([row for each in tables for row in objects_of(each["data"])])  # phpMyAdmin's export
    tops = (records(loaded.value) if loaded.rows is None else []) or list(map(_bare, _listed(loaded)))
    wanted = (columns or {}).get("text", "")
    where = ""
    first = [each for each, _ in itertools.islice(_walk(tops), 20)]
    alone = len(first) == 1 and first[0] is loaded.value and _has_text(first[0], wanted)
    if alone and {"author", "handle"}.isdisjoint(map(part_of, first[0])):  # perhaps the message of a server
        inner = _deeper([*first[0].values()], wanted)
        if inner and not _ABOUT.isdisjoint(map(part_of, inner[1][0])):
            first = tops = [{key: value for key, value in first[0].items() if not is_text(key)}]
    if not any(_has_text(each, wanted) for each in first):
        flat = any(_has_text(_flat(each), wanted) for each in tops[:20])
        where, tops = _deeper(loaded.value, wanted) or (None if flat else _deeper(loaded.value, None)) or ("", tops)
        if where:
            log.note(0, f"The comments were taken from the list at {where}.")
    found = list(_walk(tops))
    if not found or (not columns and isinstance(loaded.value, dict) and _is_empty(loaded, found, where)):
        return Comments([])
    if not any(_has_text(each, wanted) for each, _ in found[:20]):
        found = [(_flat(each), None) for each in tops]
    above_all = {id(each) for each in tops if not _is_flat(each) and _is_article(each, each is loaded.value)}
    if any(as_text(each.get("type")).lower() == "comment" for each, _ in found):
        above_all |= {
            id(each) for each, _ in found if as_text(each.get("type")).lower() in _TITLED
            and not any(each[name] for name in each if part_of(name) == "reply_to")
        }  # fmt: skip
    if above_all:
        log.note(0, f"{len(above_all)} objects with comments below them were taken for articles.")
    said = [each for each, _ in found if id(each) not in above_all]
    if not columns and _are_choices({}, said):
        return Comments([])
    named = dict.fromkeys(itertools.chain.from_iterable(said))
    refuse_columns(len(named), log.source)
    texts, lists = set(filter(is_text, named)), named.keys() & NESTED
    fields = dict.fromkeys(
        key for each in said for key, value in each.items()
        if not (objects_of(value) if key in texts else key in lists and isinstance(value, list))
    )  # fmt: skip
    seen = said[:FIRST_OF_LIST]
    sample = {key: [as_text(each.get(key)) for each in seen] for key in dict.fromkeys(itertools.chain(*seen))}
    chosen = choose_fields(fields, columns, log, cells=sample, kind="XML" if "XML" in log.format else "JSON")
    numbers = loaded.rows if loaded.rows and len(loaded.rows) == len(found) else range(1, len(found) + 1)
    articles: dict[int, tuple[str, ...]] = {}  # objects without a text, which contain the comments
    rows, objects, above = [], [], []
    for (each, parent), row in zip(found, numbers, strict=True):
        if id(each) in above_all or (chosen["text"] not in each and any(objects_of(each.get(key)) for key in NESTED)):
            about = (as_text(each.get(key)) for key in ("title", "headline", "url", "id"))
            articles[id(each)] = tuple(filter(None, about))
        else:
            rows.append(row - len(articles) * (loaded.rows is None))
            objects.append(each)
            above.append(id(parent))
    readers = {**dict.fromkeys(_IDS, id_in), "likes": likes_in, "text": whole_text}
    cells = {
        part: list(map(readers.get(part, as_text), values))
        for part, name in chosen.items()
        for values in [[each.get(name) for each in objects]]
    }
    size = sum(map(len, itertools.chain(*cells.values())))  # a good estimate of the comments' size, available early
    refuse_more(len(objects), "comments", size, FEW_OBJECTS + 2 * size // OBJECT_LENGTH, log.source)
    document = loaded.value if where or isinstance(loaded.value, dict) else None  # with tables of people
    others = _name_writers(objects, chosen, cells, document)
    if not any(cells.get("author", ())) and not any(cells.get("handle", ())):
        written = [each.get(chosen.get("author", "")) for each in objects]
        cells["author"] = [next((as_text(each[key]) for key in each if key.lower().endswith("id")), "")
                           if isinstance(each, dict) else "" for each in written]  # fmt: skip
        log.ids_only = True
    comments = comments_of(cells, rows, log, others)
    answered = set(above)
    own_ids = zip(comments.comment_id, rows, map(id, objects), strict=True)
    comments = comments.replaced(comment_id=[own or f"c{row:04d}" * (at in answered) for own, row, at in own_ids])
    ids = dict(zip(map(id, objects), comments.comment_id, strict=True))
    known = {*ids.values()} - {""}
    above_ids = {as_text(own): ids[id(each)] for each in objects for key in NESTED if isinstance(each.get(key), list)
              for own in each[key] if not isinstance(own, dict | list)}  # fmt: skip
    tops_of = {*itertools.chain(*articles.values())}
    asked_for = ["" if asked in tops_of and asked not in known else asked for asked in comments.reply_to]
    parents = [asked if asked in known else ids.get(outer) or asked or above_ids.get(own, "")
               for own, asked, outer in zip(comments.comment_id, asked_for, above, strict=True)]  # fmt: skip
    threads = [thread or articles.get(outer, ()) for thread, outer in zip(comments.thread, above, strict=True)]
    return comments.replaced(reply_to=parents, thread=threads)


def _is_article(each: Object, alone: bool) -> bool:
    """Return whether an object is an article: its comments lack a title, or on Facebook have id 20_31 below 10_20."""
    posted = objects_of(inside(each, "comments").get("data"))
    if posted:
        (_, sign, own), (up, *_) = as_text(each.get("id")).rpartition("_"), id_in(posted[:1]).partition("_")
        if own == up if sign else alone:
            return True
    for key, value in each.items():
        inner = objects_of(value) if "comment" in key.lower() else []
        if inner and any(map(is_text, inner[0])):
            return any(not _TITLED.isdisjoint(words_of(name)) for name in each.keys() - inner[0].keys())
    return False


def _name_writers(
    objects: list[Object], chosen: Mapping[str, str], cells: dict[str, list[str]], document: Any
) -> list[tuple[str, ...]]:
    """Fill in authors and handles from objects about people in or beside the comments; return other people's names."""
    above = chosen.get("reply_to", "")
    fields = [name for part, name in chosen.items() if part.startswith("others")]
    fields += [above] * any(isinstance(each.get(above), dict) for each in objects)  # the parent, as an object
    likers = [_likers(each.get(chosen.get("likes", ""))) for each in objects]
    author = chosen.get("author", "")
    profiles = [each.get(f"{author}_profile") for each in objects]  # Slack's user_profile
    written = [profile if isinstance(profile, dict) and names_in(profile) else each.get(author)
               for each, profile in zip(objects, profiles, strict=True)]  # fmt: skip
    if any(isinstance(each, dict) for each in written):
        fields_of = [each.items() if isinstance(each, dict) else () for each in written]
        cells["bot"] = [
            next((as_text(value) for key, value in inner if part_of(key) == "bot"), "") for inner in fields_of
        ]
    plain = all(isinstance(each, str) for each in written) and any(
        map(str.isalpha, "".join(map(as_text, written[:FIRST_OF_LIST])))
    )
    if not fields and not any(likers) and "person" not in chosen and plain:
        return []
    named = list(map(names_in, written))
    profiled: dict[str, list[str]] = {}
    for each, profile, names in zip(objects, profiles, named, strict=True):
        if isinstance(profile, dict) and names and names == names_in(profile):
            names.insert(1, own := as_text(each.get(author)))  # the id used in mentions
            profiled[own] = names
    named = [profiled.get("".join(names[:1]), names) for names in named]
    people: dict[str, list[str]] = {}
    if document and ("person" in chosen or not any(map(str.isalpha, "".join(itertools.chain(*named))))):
        people = people_of(document)
        asked = cells.get("person") or [""] * len(objects)
        named = [people.get(own if own in people else names[0] if names else "", names)
                 for own, names in zip(asked, named, strict=True)]  # fmt: skip
    if any(named):
        cells["author"] = [names[0] if names else "" for names in named]
        handles = cells.get("handle") or [""] * len(objects)
        cells["handle"] = [own or "".join(names[1:2]) for own, names in zip(handles, named, strict=True)]
    beside = [name for names in people.values() for name in names]  # people who wrote nothing too
    return [
        (*names[2:], *liked, *itertools.chain(*(names_in(each.get(name)) for name in fields)), *beside * (not at))
        for at, (each, names, liked) in enumerate(zip(objects, named, likers, strict=True))
    ]


def people_of(document: Any) -> dict[str, list[str]]:
    """Return people's names by id from tables beside the comments: lists of users, or users by id."""
    people: dict[str, list[str]] = {}
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        key, each = waiting.pop()
        if isinstance(each, list):
            waiting += [("", inner) for inner in each if isinstance(inner, dict | list)]
            continue
        inner = [field for field in each.items() if isinstance(field[1], dict | list)]
        if not NAMING.isdisjoint(each):
            flat = {name: value for name, value in each.items() if not isinstance(value, dict | list)}
            if (names := names_in(flat)) and not _has_text(flat):
                ids = (as_text(value) for name, value in flat.items() if part_of(name) in ("comment_id", "person"))
                people |= dict.fromkeys(filter(None, (key, *ids)), names)
        waiting += inner
    return people


def _walk(tops: Iterable[Object]) -> Iterator[tuple[Object, Object | None]]:
    """Yield nested comments in reading order, each with its parent object, without recursion."""
    stack: list[tuple[Object, Object | None]] = [(each, None) for each in reversed(list(tops))]
    while stack:
        each, parent = stack.pop()
        yield each, parent
        if _is_flat(each) and not any(as_text(each[key]).startswith(OBJECT) for key in NESTED if key in each):
            continue
        stack += [(child, each) for child in reversed(list(_answers(each)))]


def _answers(each: Object) -> Iterator[Object]:
    """Yield the replies to a comment: lists with a known name, or of objects with the same fields."""
    for key, value in each.items():
        if isinstance(value, str) and key in NESTED:
            value = parsed(value)
        if not isinstance(value, dict | list):
            continue
        named = key in NESTED or "comments" in key.lower()
        if named and _are_choices(each, value):
            continue
        if named and isinstance(value, list) and all(isinstance(said, str) and " " in said for said in value):
            value = [{next(filter(is_text, each), "text"): said} for said in value]
        if isinstance(value, dict):
            keyed = _keyed(value) if named else None  # unnamed ones are media, choices of a poll and the like
            every = _signed({name: objects_of(inner) for name, inner in value.items()})
            lists = [inner for inner in every.values() if inner and _has_text(inner[0])]
            first = next((inner for inner in value.values() if objects_of(inner)), keyed)
            value = [*itertools.chain(*lists)] or first
        if inner := records(value):
            common = each.keys() & inner[0].keys()
            alike = key not in _COPIES and 2 * len(common) > max(2, len(inner[0])) and any(map(is_text, common))
            about = _ABOUT.intersection(map(part_of, each))  # poll choices and labels have none
            alike &= not about or not about.isdisjoint(part_of(name) for part in inner for name in part)
            listed = any(is_text(name) for part in inner for name in part) or not any(map(is_text, each))  # not ids
            yield from inner if (named and listed) or alike else ()


def _are_choices(question: Object, value: Any) -> bool:
    """Return whether a list holds a quiz's choices, or questions with `options`, none with a writer or date."""
    first = objects_of(value)[:1]
    about = _ABOUT.intersection(part_of(name) for choice in first for name in choice)
    asked = any(objects_of(each.get("options")) for each in first)
    return not about and (asked or any("correct" in words_of(name) for each in (question, *first) for name in each))


def _signed(lists: dict[str, list[Object]]) -> dict[str, list[Object]]:
    """Make the key of each list the author of its objects, if they have none and all keys look like names."""
    first = [name for some in lists.values() for name in (some[0] if some else ())]
    if not {"author", "handle"}.isdisjoint(map(part_of, first)):
        return lists
    if not all(FULL_NAME.fullmatch(key) and not any(map(is_familiar, key.lower().split())) for key in lists):
        return lists
    return {key: [{"author": key, **each} for each in some] for key, some in lists.items()}


def records(value: Any) -> list[Object]:
    """Return the objects of a list, unwrapped, or the rows of a table written by pandas."""
    if isinstance(value, list) and len(value) > 1 and all(isinstance(row, list) for row in value):
        names = [as_text(name) for name in value[0]]
        return [dict(zip(names, row, strict=False)) for row in value[1:]] if any(map(is_text, names)) else []
    if not isinstance(value, dict):
        return list(map(_bare, objects_of(value)))
    rows, columns = value.get("data"), value.get("columns")
    if isinstance(rows, list) and isinstance(columns, list) and rows and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, columns), row, strict=False)) for row in rows]
    columns = list(value.values())
    if len(value) > MOST_COLUMNS or len({*map(type, columns)}) > 1 or not any(map(is_text, value)):
        return []
    if isinstance(columns[0], dict) and all(each.keys() == columns[0].keys() for each in columns):
        texts = (each for name in filter(is_text, value) for each in value[name].values())
        has_objects = any(isinstance(each, dict | list) for each in texts)
        return [] if has_objects else [{name: column[row] for name, column in value.items()} for row in columns[0]]
    if isinstance(columns[0], list) and len(set(map(len, columns))) == 1 and not any(map(objects_of, columns)):
        return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return []


def _is_flat(each: Object) -> bool:
    return {dict, list}.isdisjoint(map(type, each.values()))


def _bare(each: Object) -> Object:
    """Unwrap a comment from a GraphQL node, or from an object that holds its replies beside it."""
    if _is_flat(each):
        return each
    if isinstance(each.get("node"), dict) and len(each) < MOST_BESIDE:
        each = each["node"]
    if links := inside(each, "relationships"):  # JSON:API
        each = {name: inside(link, "data").get("id") for name, link in links.items() if isinstance(link, dict)} | each
    for name in KEYS["inside"]:
        if isinstance(inner := each.get(name), dict) and not (
            (name in ("post", "reply") and any(map(is_text, each))) or (name == "content" and "msgtype" not in inner)
        ):
            rest = {key: value for key, value in each.items() if key != name}
            own = {*map(part_of, rest)} - {""} if name == "meta" else set()  # "meta" may repeat them for the page
            each = {**rest, **{key: value for key, value in inner.items() if part_of(key) not in own}}
            if name == "extended_tweet" and "full_text" in inner:
                each["text"] = inner["full_text"]  # "text" is cut short
    return {**versions[-1], **each} if (versions := objects_of(each.get("revisions"))) else each


def _flat(each: Object, above: str = "") -> Object:
    """Return the fields of inner objects and one-item lists under dotted names: "media.title"."""
    fields: Object = {}
    for key, value in each.items():
        is_wrapped = isinstance(value, list) and len(value) == 1 and not (part_of(key) == "reply_to" and id_in(value))
        inner = value[0] if is_wrapped else value
        if isinstance(inner, dict) and above.count(".") < MOST_LEVELS:
            fields |= _flat(inner, f"{above}{key}.")
        else:
            fields[above[:-1] if above and key in _WRAPPED else above + key] = value
    return fields


def _is_empty(loaded: Loaded, found: list[tuple[Object, Object | None]], where: str) -> bool:
    """Return whether the file has an empty list of comments, and the objects found have no text or are elsewhere."""
    empty = [
        each for each, _ in loaded.first_objects
        if any(value in (None, []) and ("comment" in name.lower() or name in (*_LISTS, "descendants"))
               for name, value in each.items())
    ]  # fmt: skip
    own = {id(inner) for each, _ in found for inner in (each, *each.values())}  # a comment may have no replies
    if where and any("comment" in key.lower() for each in empty if id(each) not in own for key in each):
        return True
    texts = (value for each, _ in found for name, value in each.items() if is_text(name))
    return bool(empty) and not any(as_text(value).strip() for value in texts)


def _listed(loaded: Loaded) -> list[Object]:
    """Return the objects of the document, or of each page's list with a usual name."""
    pages = loaded.objects if loaded.rows is None else []
    key = next((key for key in _LISTS if pages and all(isinstance(each.get(key), list) for each in pages)), "")
    have_texts = key in NESTED and len(pages) > 1 and any(map(_has_text, pages))
    said = (each for each in pages if "title" not in each and any(map(is_text, each)))
    answered = key in NESTED and any(key != "comments" or not objects_of(each[key]) for each in said)
    if not key or have_texts or answered:
        return loaded.objects  # comments, perhaps with replies: neither pages nor articles
    return [each for page in pages for each in records(page[key]) + _included(page, key)]


def _included(page: Object, key: str) -> list[Object]:
    """Return the objects that JSON:API includes beside a list, of the same type as those in it."""
    kinds = {as_text(each.get("type")) for each in objects_of(page[key])} - {""}
    return [_bare(each) for each in objects_of(page.get("included")) if as_text(each.get("type")) in kinds]


def _has_text(each: Object, wanted: str = "") -> bool:
    texts = (value for name, value in each.items() if name == wanted or is_text(name))
    return any(whole_text(value) != "" if isinstance(value, dict) else not objects_of(value) for value in texts)


def is_text(name: str) -> bool:
    """Return whether a field of this name is the text of a comment."""
    return part_of(name) == "text"


def _keyed(each: Object, wanted: str = "") -> list[Object]:
    """Return the comments of an object that holds only comments; each key is an id, a language or a name."""
    if not each or not all(isinstance(inner, dict) and _has_text(inner, wanted) for inner in each.values()):
        return []
    answered = {as_text(value) for inner in each.values() for name, value in inner.items()
                if part_of(name) == "reply_to"}  # fmt: skip
    answers = not answered.isdisjoint(each)
    ids = re.search(r"\d", "".join(each)) or (answers and max(map(len, each)) == 1)  # otherwise keys may be names
    alike = answers or len({*map(frozenset, each.values())}) == 1 < len(each)
    part = "id" if ids else "language" if _LANGUAGES.issuperset(each) else "author"
    return [{part: key, **inner} for key, inner in each.items()] if ids or alike else []


def _deeper(value: Any, wanted: str | None) -> tuple[str, list[Object]] | None:
    """Find the path with the most objects in lists, with a text if one is `wanted`, without recursion."""
    lists: dict[str, list[Object]] = {}
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        where, each = waiting.pop()
        objects = records(each)
        if wanted is not None and not objects and isinstance(each, dict):
            objects = _keyed(each, wanted)
        if objects and (where if wanted is None else _has_text(objects[0], wanted)):
            lists.setdefault(where, []).extend(objects)
        elif isinstance(each, dict):
            waiting += [(f"{where}.{key}" if where else str(key)[:40], inner) for key, inner in reversed(each.items())]
        elif where.count(".") < MOST_LEVELS:
            waiting += [(where, inner) for inner in reversed(objects)]
    if not lists:
        return None
    where, most = max(lists.items(), key=lambda found: (len(found[1]), "comment" in found[0]))
    under = where.rpartition(".")[0]
    beside = {each: some for each, some in lists.items() if each.rpartition(".")[0] == under
              and 2 * len(some[0].keys() & most[0].keys()) > len(most[0])}  # fmt: skip
    if len(beside) > 1 and wanted is not None:
        titled = not any(part_of(each.rpartition(".")[2]) or each.rpartition(".")[2] in _LISTS for each in beside)
        signed = _signed({each.rpartition(".")[2]: some for each, some in beside.items()})
        most = [
            {"thread": key, **one} if titled and one.get("author") != key else one
            for key, some in signed.items()
            for one in some
        ]
        where = ", ".join(beside)
    return where, most


def by_label(each: Object) -> Object:
    """Convert Meta's lists of labels and values (2025) to the earlier form; nested lists are about people."""
    own = objects_of(each["label_values"])
    nested = [inner for part in own for inner in objects_of(part.get("dict"))]
    for part in nested:
        nested += objects_of(part.get("dict"))
    fields = {as_text(part.get("label")): part for part in own if "value" in part and "href" not in part}
    known = {"Comment": {"value": ""}, **fields, "Time": {"timestamp": each.get("timestamp")}}
    return {"string_map_data": known, "people": dict(enumerate(nested))}


def likes_in(value: Any) -> str:
    """Return the number of likes: the total in an object, else the sum of its counts by kind."""
    while isinstance(value, dict) and (totals := [value[key] for key in KEYS["totals"] if value.get(key) is not None]):
        value = totals[0]
    if isinstance(value, dict):
        value = next((each for each in value.values() if any("count" in part for part in objects_of(each))), value)
    if not isinstance(value, dict | list):
        return as_text(value)
    one_each = (part if isinstance(part, dict) else {} for part in value if isinstance(part, dict | str))  # or an id
    counts = list(value.values()) if isinstance(value, dict) else [part.get("count", "1") for part in one_each]
    return str(sum(map(size_of, counts))) if counts or value == [] else ""


def _likers(value: Any) -> list[str]:
    """Return the names of people who like a comment, if its likes are a list of people and not of counts."""
    liked = value.get("data") if isinstance(value, dict) else value
    people = liked if isinstance(liked, list) else []
    named = [each for each in people if not (isinstance(each, dict) and "count" in each)]
    plain = [each["user"] for each in named if isinstance(each, dict) and isinstance(each.get("user"), str)]
    return names_in(named) + plain


def size_of(value: Any) -> int:
    """Return a count, given as a number or as the list of items counted."""
    written = str(len(value)) if isinstance(value, list) else as_text(value)
    return int(written) if written.isdecimal() and len(written) < 10 else 0
