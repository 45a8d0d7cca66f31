"""Names of fields: which column of a table, or field of an object, plays which part in a comment."""

import functools
import re
from collections.abc import Iterable
from typing import Final

from ..left_out import GONE

NAMES: Final[dict[str, tuple[str, ...]]] = {
    part: tuple(names.split())
    for part, names in {
        "text": """
            text comment comment_text comment_content comment_body body content message text_original
            text_display body_text comment_html raw_message cooked html selftext review answer response
            com page_text review_text_published tweet raw live_chat_text bình_luận
        """,
        "comment_id": "comment_id id cid object_id nr number comment_counter rpid status_id msg_id live_chat_id",
        "reply_to": """
            reply_to parent_id parent comment_parent parent_comment_id in_reply_to in_reply_to_id
            reply_to_id in_reply_to_comment_id reply_to_comment_id reply_to_message_id in_reply_to_status_id pid
            in_response_to reference references referenced_tweets thread_ts resto in_reply_to_tweet_id
        """,
        "author": """
            author name user username user_name author_name display_name author_display_name comment_author
            commenter screen_name by user_display_name author_username full_name nickname login from owner
            account creator member profile_name poster імя
        """,
        "handle": "handle username user_name screen_name author_handle nickname acct unique_id",
        "posted": """
            posted date_gmt comment_date_gmt date comment_date created_at created created_utc published_at
            published time_parsed timestamp datetime date_time posted_at posted_on date_posted created_on
            submitted time create_date create_time date_created created_date created_time
            comment_create_timestamp comment_timestamp iso_date_time published_date time_published
            updated_at ts ctime dateline at updated data live_chat_create_timestamp create_at
        """,
        "likes": """
            likes like_count votes points thumbs_up_count thumbs_up votes_up review_votes helpfulness_numerator
            useful score upvotes ups reaction_count recommendations recommends num_recommends recommend_count
            likes_count comment_likes favourites_count favorite_count digg_count vote_count net_votes reactions
            action_counts edge_liked_by
        """,
        "thread": """
            thread thread_id thread_title article article_id article_title article_url post post_title slug
            story_id link_id video_id topic_id post_id comment_post_id
        """,
        "path": "path ancestor_path comment_path thread_path",
        "deleted": "deleted is_deleted removed is_removed delete is_moderated",
        "spam": "spam is_spam",
        "status": "status approved comment_approved comment_status state message_state post_visibility visible",
        "clock": "time hora heure uhrzeit ora hour tijd tid godzina saat время 时间 時刻 time_of_day",
        "kind": "comment_type distinguished system subtype message_type type",
        "pinned": "stickied",
        "bot": "bot is_bot bot_account",
    }.items()
}
"""Names for each part; the first match counts, and capitals, spaces and signs do not matter."""

_Words = frozenset[str]
_PEOPLE: Final = frozenset(
    """
    author user commenter commentator kommentator commenting poster posted member creator account person sender writer
    owner actor reviewer submitter submitted participant speaker by autor autora autore auteur verfasser benutzer
    nutzer usuario usuário utilisateur utente användare użytkownik kullanıcı name names username nickname nick login
    handle benutzername nutzername vorname nachname surname userfullname nom prénom apellido nombre nome naam namn
    gebruiker gebruikersnaam brukernavn brugernavn användarnamn pseudo uživatel nazwa użytkownika adı автор имя
    пользователь пользователя 作者 名前 名 用户 用户名 昵称 投稿者 ユーザー 작성자 작성자명 닉네임 الاسم navn nimi név
    jméno nume nama tên שם όνομα имени imię nazwisko käyttäjä käyttäjänimi nimimerkki kirjoittaja χρήστη χρήστης
    ニックネーム 评论者 اسم المستخدم الكاتب
    """.split()
)
_OWN: Final = frozenset(
    "id cid uuid guid hex pk key identifier identifiant kennung nummer numéro number no nr lp n° 番号 编号 번호".split()
)
_POST: Final = frozenset("post tweet".split())
_STATUS: Final = _POST | frozenset("msg status str".split())
_LINKS: Final = frozenset("url uri permalink link fullname ts".split())
_COMMENT: Final = frozenset(
    """
    comment message kommentar kommentars commentaire comentario comentário commento komentarz komentarza yorum
    komentáře комментарий комментария 评论 コメント 댓글
    """.split()
)
_TEXT: Final = _COMMENT | frozenset(
    """
    text body content contents feedback remark remarks opinion verbatim statement kommentartext kommentarinhalt beitrag
    beitragstext kommentartekst nachricht avis opinión reactie комментарии текст отзыв 内容 正文 評論 留言 本文 내용
    التعليق testo texto texte tekst treść metni contenu contenido contenuto conteúdo inhalt mensaje mensagem messaggio
    komentář kommentti hozzászólás comentariu komentar коментар σχόλιο תגובה viesti نص
    """.split()
)
_WHEN: Final = frozenset(
    """
    date time timestamp datetime created posted published written submit submitted sent added creation datum zeit
    zeitpunkt zeitstempel erstellt fecha tarih indexed taken geplaatst дата 日期 时间 发布时间 投稿日時 投稿日 日時
    작성일 작성일시 등록일 등록일시 시간 作成日 作成日時 날짜 التاريخ تاريخ dato dátum päivämäärä tanggal ngày
    ημερομηνία תאריך 发表时间 评论时间 创建时间 gepostet startzeit fertigstellungszeit erstellungszeit erstellungsdatum
    veröffentlichungsdatum kommentardatum aanmaakdatum skapad publicerad opprettet oprettet publisert julkaistu luotu
    vytvořeno tarihi
    """.split()
)
_LIKED: Final = frozenset(
    """
    like likes votes vote upvote upvotes score points favourites favorites hearts recommendations reaction reactions
    helpful aime gefällt gusta piace curtidas gillar polubienia beğeni leuk leuks líbí likerklikk tykkäykset gillningar
    stemmen polubień лайки лайков 赞 点赞 いいね 좋아요 공감
    """.split()
)
_ABOVE: Final = frozenset(
    "parent übergeordneten übergeordneter eltern padre pai rodzica родителя yanıtlanan 父 返信先 부모".split()
)
_REPLY: Final = frozenset(
    """
    reply replies replied antwort réponse reponse respuesta resposta risposta antwoord odpowiedź odpowiedzi odpověď
    svar ответ 回复
    """.split()
)
_OF: Final = frozenset("of the de des del della di do da du d der la le el van".split())
_TIMED: Final = frozenset(  # what follows a word for a date: "y hora", "publikacji"
    """
    time uhrzeit heure hora ora tijd godzina время dodania publikacji utworzenia pubblicazione creazione plaatsing
    création envoi creación publicación criação publicação vytvoření oluşturulma публикации создания δημοσίευσης النشر
    작성
    """.split()
)
_SMALL: Final = _OF | frozenset("in to at on a am en em um auf op à au na till til на is and i y и w в se".split())
_SHOWN: Final = frozenset(
    "display screen full first last given family real public profile click view info your optional what".split()
)
_VERSIONS: Final = frozenset(
    """
    plain full raw html value original display clean review markdown translated your my any other additional further
    required optional
    """.split()
)
_CLOCKS: Final = frozenset("utc gmt iso unix ms local publication erstellung review recorded start".split())
_COUNTS: Final = frozenset(
    "count counts total number num net up n nombre anzahl sayısı aantal liczba número numero количество 数 수".split()
)
_OF_POSTS: Final = ("text", "author", "posted", "likes")
_FIRST, _LAST = _Words("first given vorname prénom".split()), _Words("last family surname nachname apellido".split())
_RATED: Final = frozenset("review reviews product asin summary movie rating ratings hotel restaurant".split())
_RULES: Final[tuple[tuple[str, tuple[_Words, ...], _Words], ...]] = (  # a name has one word of each set, and may have
    ("text", (_TEXT,), _VERSIONS | _OF | {"leave", "a"}),
    ("comment_id", (_OWN,), _TEXT | _SMALL | frozenset("short object item entry node tweet review".split())),
    ("reply_to", (_ABOVE,), _OWN | _COMMENT | _POST | _SMALL | _LINKS | _REPLY),
    ("reply_to", (_REPLY, _OWN | _Words("to auf à au a op på na till til на".split())),
     _COMMENT | _SMALL | _LINKS | _STATUS),
    ("posted", (_WHEN,), _TEXT | _SMALL | _CLOCKS),
    ("posted", (_WHEN | {"data"}, _TIMED | _COMMENT - {"comment", "message"}), _SMALL | {*"yeiи", "und", "et"}),
    ("author", (_PEOPLE,), _COMMENT | _SMALL | _SHOWN | {"review"}),
    ("likes", (_LIKED,), _COMMENT | _SMALL | _COUNTS | _Words("j me mi mir angaben nb vind ik".split())),
    ("person", (_PEOPLE | {"from"}, _OWN), _COMMENT),
    ("depth", (_Words({"depth", "level", "indent"}),), _COMMENT | {"thread", "nesting"}),
    (
        "others",
        (_ABOVE | frozenset("reply replied replying recipient mention forwarded".split()), _PEOPLE | {"from"}),
        _SMALL | _SHOWN,
    ),
    ("deleted", (GONE | {"hidden", "minimized"},), _TEXT | {"is", "at"}),
    ("others", (_Words({"mentions", "mentioned", "tagged", "tags"}),), _PEOPLE | _COMMENT),
)  # fmt: skip
FIELD_WORDS: Final = frozenset[str]().union(
    *(each for _, needed, others in _RULES for each in (*needed, others)),
    *(name.split("_") for names in NAMES.values() for name in names),
    ("channel",),
)
_EASTERN: Final = sorted((word for word in FIELD_WORDS if "⺀" <= word <= "퟿"), key=len, reverse=True)  # no spaces
_WORD: Final = re.compile(
    rf"[nN]°|[A-Z]{{2,}}(?![a-z])|(?=[⺀-퟿])(?:{'|'.join(_EASTERN)}|[⺀-퟿]+)|[^\W\d_a-z]?[^\W\d_A-Z⺀-퟿]+|[A-Z]"
)
_SIGNS: Final = re.compile(r"[\W_]+")
_BARE: Final = {part: [name.replace("_", "") for name in names] for part, names in NAMES.items()}
_KNOWN: Final = {name: part for part, names in reversed(_BARE.items()) for name in names}
_DECISIVE: Final = frozenset[str]().union(*(needed[0] for _, needed, _ in _RULES))


def bare(name: str) -> str:
    """Reduce "Created At", "created_at" and "createdAt" to one form."""
    return (name if name.isalnum() else _SIGNS.sub("", name)).lower()


@functools.lru_cache(10_000)
def part_of(name: str) -> str:
    """Return the part that a field of this name plays, by the names in use or by its words; "" for none."""
    if known := _KNOWN.get(bare(name)):
        return known
    if _DECISIVE.isdisjoint(words := words_of(name)):
        return ""  # nearly always
    return _by_words(words) or (part_of(name.rpartition(".")[2]) if "." in name else "")


def _by_words(words: _Words) -> str:
    return next((part for part, needed, others in _RULES
                 if all(map(words.intersection, needed)) and words <= others.union(*needed)), "")  # fmt: skip


def parts_of(fields: Iterable[str]) -> dict[str, str]:
    """Return the field for each part: by the names in use, in their order, then by words; further ones are numbered."""
    found = list(dict.fromkeys(fields))
    ranked = sorted(found, key=lambda name: name.startswith("_"))  # "id" before "_id"
    plain = {bare(name): name for name in ranked[::-1]}
    chosen = {
        part: plain[known]
        for part, names in _BARE.items()
        if (known := next(filter(plain.__contains__, names), None)) is not None
    }
    for name in found:
        if name not in chosen.values() and (part := part_of(name)):
            if part in ("author", "handle") and part in chosen and bare(name) != "name":
                part = "others"  # a second name, or half of one
            further = part == "others" or (part == "deleted" and part in chosen)
            chosen.setdefault(f"{part} {len(chosen)}" if further else part, name)
    if "comment" not in words_of(chosen.get("text", "")):  # else what is said of posts is about those that are answered
        for name in found:
            if not _POST.isdisjoint(words := words_of(name)) and (part := _by_words(words - _POST)) in _OF_POSTS:
                chosen.setdefault(part, name)
    last = next((part for part, name in chosen.items() if part.startswith("others") and words_of(name) & _LAST), "")
    if last and words_of(chosen.get("author", "")) & _FIRST:
        chosen["last"] = chosen.pop(last)
    if bare(chosen.get("likes", "")) == "score" and any(not _RATED.isdisjoint(words_of(name)) for name in found):
        del chosen["likes"]
    _find_ids(found, plain, chosen)
    return chosen


def _find_ids(found: list[str], plain: dict[str, str], chosen: dict[str, str]) -> None:
    """Choose ids and parents by each other: reply_to_post_number answers a post_number, an in_reply_to a permalink."""
    above = bare(chosen.get("reply_to", ""))
    own = [
        name
        for name in found
        if above.endswith(bare(name)) and bare(name) not in ("id", above) and words_of(name) & _OWN
    ]
    if own:
        chosen["comment_id"] = max(own, key=len)
    for name in filter(None, map(plain.get, ("replyid", "pid", "rid"))):  # which is the one or the other
        if name not in chosen.values():
            chosen.setdefault("reply_to" if "comment_id" in chosen else "comment_id", name)
    if {"uri", "cid"} <= plain.keys():  # of Bluesky, which answers the first
        chosen["comment_id"] = plain["uri"]
    if "comment_id" not in chosen and "postid" in plain:  # in a forum; elsewhere the id of the article
        chosen["comment_id"] = plain["postid"]
    links = (name for name in found if _LINKS.intersection(words := words_of(name)) and words <= _LINKS | _COMMENT)
    if "reply_to" in chosen and "comment_id" not in chosen and (link := next(links, "")):
        chosen["comment_id"] = link


def words_of(name: str) -> frozenset[str]:
    """Return the words of a field's name, which may be in camel case."""
    return frozenset(word.lower() for word in _WORD.findall(name[:100]))
