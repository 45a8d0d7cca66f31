"""Names of fields: which column of a table, or field of an object, plays which part in a comment."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

NAMES: Final[dict[str, tuple[str, ...]]] = {
    part: tuple(names.split())
    for part, names in {
        "text": """
            text comment comment_text comment_content comment_body body content message text_original
            text_display body_text comment_html raw_message cooked html selftext answer response
            review com
        """,
        "comment_id": "comment_id id cid object_id reply_id nr number comment_counter rpid",
        "reply_to": """
            reply_to parent_id parent comment_parent parent_comment_id in_reply_to in_reply_to_id
            reply_to_id in_reply_to_comment_id reply_to_comment_id reply_to_message_id in_reply_to_status_id pid
            reference references referenced_tweets thread_ts resto
        """,
        "author": """
            author name user username user_name author_name display_name author_display_name comment_author
            commenter screen_name by user_display_name author_username full_name nickname login from owner
            account creator member profile_name poster
        """,
        "handle": "handle username user_name screen_name author_handle nickname acct unique_id",
        "posted": """
            posted date_gmt comment_date_gmt date comment_date created_at created created_utc published_at
            published time_parsed timestamp datetime date_time posted_at posted_on date_posted created_on
            submitted time create_date create_time date_created created_date created_time
            comment_create_timestamp comment_timestamp iso_date_time published_date time_published
            updated_at ts ctime
        """,
        "likes": """
            likes like_count score votes points upvotes ups reaction_count thumbs_up recommendations
            recommends num_recommends recommend_count likes_count comment_likes favourites_count
            favorite_count digg_count vote_count net_votes thumbs_up_count reactions action_counts
        """,
        "thread": """
            thread thread_id thread_title article article_id article_title article_url post post_title slug
            story_id link_id video_id
        """,
        "path": "path ancestor_path comment_path thread_path",
        "deleted": "deleted is_deleted removed is_removed delete deleted_at is_moderated is_minimized",
        "spam": "spam is_spam",
        "status": "status approved comment_approved comment_status state",
        "kind": "comment_type distinguished subtype type",
        "pinned": "stickied",
        "bot": "bot is_bot bot_account",
    }.items()
}
"""Names for each part; the first match counts, and capitals, spaces and signs do not matter."""

_PEOPLE: Final = frozenset(
    """
    author user commenter commentator commenting poster posted member creator account person sender writer owner actor
    reviewer submitter submitted participant autor autore auteur verfasser benutzer nutzer usuario utilisateur utente
    name names username nickname nick login handle benutzername nutzername surname nom nombre nome naam gebruiker автор
    имя 作者 名前
    """.split()
)
_OWN: Final = frozenset("id cid uuid guid hex pk key identifier identifiant kennung nummer no".split())
_STATUS: Final = frozenset("msg status str tweet post".split())
_LINKS: Final = frozenset("url uri permalink link fullname ts".split())
_COMMENT: Final = frozenset("comment message kommentar kommentars commentaire comentario comentário commento".split())
_TEXT: Final = _COMMENT | frozenset(
    "text body content kommentartext kommentarinhalt beitrag nachricht reactie комментарий текст 评论".split()
)
_WHEN: Final = frozenset(
    """
    date time timestamp datetime created posted published written submitted sent creation datum zeit zeitpunkt
    zeitstempel erstellt fecha дата 日期
    """.split()
)
_LIKED: Final = frozenset(
    """
    like likes votes vote upvote upvotes score points favourites favorites hearts recommendations reactions aime gefällt
    gusta piace curtidas лайки 赞
    """.split()
)
_ABOVE: Final = frozenset("parent übergeordneten eltern padre".split())
_SMALL: Final = frozenset("in to of the at on by and a de des del la der du d um".split())
_SHOWN: Final = frozenset(
    "display screen full first last given family real public profile click view info your optional what is".split()
)
_VERSIONS: Final = frozenset("plain full raw html original display clean review markdown translated published".split())
_CLOCKS: Final = frozenset("utc gmt iso unix local publication erstellung review recorded start".split())
_COUNTS: Final = frozenset("count counts total number num net up me j mi mir n nombre".split())
_Words = frozenset[str]
_RULES: Final[tuple[tuple[str, tuple[_Words, ...], _Words], ...]] = (  # a name has one word of each set, and may have
    ("text", (_TEXT,), _VERSIONS),
    ("comment_id", (_OWN,), _TEXT | _SMALL | frozenset("short object item entry node tweet review".split())),
    ("reply_to", (_ABOVE,), _OWN | _COMMENT | _SMALL | _LINKS),
    ("reply_to", (_Words({"reply", "replied"}), _OWN | {"to"}), _COMMENT | _SMALL | _LINKS | _STATUS),
    ("posted", (_WHEN,), _TEXT | _SMALL - {"by"} | _CLOCKS),
    ("author", (_PEOPLE,), _COMMENT | _SMALL | _SHOWN | {"review"}),
    ("likes", (_LIKED,), _COMMENT | _SMALL | _COUNTS),
    ("person", (_PEOPLE | {"from"}, _OWN), _COMMENT),
    ("depth", (_Words({"depth", "level", "indent"}),), _COMMENT | {"thread", "nesting"}),
    (
        "others",
        (_ABOVE | frozenset("reply replied replying recipient mention forwarded".split()), _PEOPLE | {"from"}),
        _SMALL | _SHOWN,
    ),
    ("others", (_Words({"mentions", "mentioned", "tagged", "tags"}),), _PEOPLE | _COMMENT),
)  # fmt: skip
FIELD_WORDS: Final = frozenset[str]().union(
    *(each for _, needed, others in _RULES for each in (*needed, others)),
    *(name.split("_") for names in NAMES.values() for name in names),
    ("channel",),
)
_WORD: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[^\W\d_a-z]?[^\W\d_A-Z]+|[A-Z]")
_KNOWN: Final = {name.replace("_", ""): part for part, names in reversed(NAMES.items()) for name in names}


def bare(name: str) -> str:
    """Reduce "Created At", "created_at" and "createdAt" to one form."""
    return (name if name.isalnum() else re.sub(r"[\W_]+", "", name)).lower()


@functools.lru_cache(10_000)
def part_of(name: str) -> str:
    """Return the part that a field of this name plays, by the names in use or by its words; "" for none."""
    if known := _KNOWN.get(bare(name)):
        return known
    if FIELD_WORDS.isdisjoint(words := _words(name)):
        return ""  # nearly always
    found = next((part for part, needed, others in _RULES if _fits(words, needed, others)), "")
    return found or (part_of(name.rpartition(".")[2]) if "." in name else "")


def parts_of(fields: Iterable[str]) -> dict[str, str]:
    """Return the field for each part: by the names in use, in their order, then by words; "others" are numbered."""
    found = list(dict.fromkeys(fields))
    ranked = sorted(found, key=lambda name: name.startswith("_"))  # "id" before "_id"
    plain = {bare(name): name for name in ranked[::-1]}
    chosen = {
        part: next(plain[each] for name in names if (each := name.replace("_", "")) in plain)
        for part, names in NAMES.items()
        if any(name.replace("_", "") in plain for name in names)
    }
    for name in found:
        if name not in chosen.values() and (part := part_of(name)):
            if (
                part in ("author", "handle") and part in chosen and bare(name) != "name"
            ):  # a second name, or half of one
                part = "others"
            chosen.setdefault(f"{part} {len(chosen)}" if part == "others" else part, name)
    links = (name for name in found if _LINKS.intersection(words := _words(name)) and words <= _LINKS | _COMMENT)
    if "reply_to" in chosen and "comment_id" not in chosen and (link := next(links, "")):
        chosen["comment_id"] = link
    return chosen


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(name[:100]))


def _fits(words: frozenset[str], needed: tuple[frozenset[str], ...], others: frozenset[str]) -> bool:
    return all(map(words.intersection, needed)) and words <= others.union(*needed)
