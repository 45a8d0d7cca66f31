"""Mask anything in comments that identifies people: names, mentions, addresses and numbers."""

import itertools
import re
from collections.abc import Iterable
from typing import Final

from ...lexicons.dictionaries import dictionary
from ...lexicons.familiar_words import is_familiar
from .contact_masking import mask_contacts, with_letters
from .name_forms import CAMEL, MOST_JOINED, PARTICLES, WORDS, folded, ordinary_words, with_plain_letters, words_of
from .name_places import Place, names_of
from .pseudonyms import SHORTEST_NAME, SOMEONE, Pseudonyms

_DOTTED = re.compile(r"([A-Z])(?<!\w.)\.[ ]?([A-Z])\.(?!\s?[A-Z]\.)")
_SMALL_TAG = re.compile(  # made of several words, such as "#teamrasmus"
    "#((?:i?stand)?with|thank(?:s|you)|i?love|team|free|save|vote|ask|support|justicefor)([a-z]{5,40})"
)
HASHTAG: Final = re.compile(rf"(?:{_SMALL_TAG.pattern}|#(?=\w{{0,80}}[a-z][A-Z])\w{{2,80}})(?!\w)")
_BROKEN = re.compile(r"(?<![^\W_])([^\W\d_]{1,64})-(?:[ \n][ >]{0,4})?([^\W\d_]{1,64})(?![^\W_])")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_]([ .-])[^\W\d_](?:\1[^\W\d_]){2,40}(?![^\W_])")
_MAILED = re.compile(  # "Karl von Weber <", "Weber, Karl <", "Karl Weber [mailto:" and "karl weber ("
    r"(?<!\w)[^\W\d_][\w.'’-]{0,40}(?:,? (?:[dlvz][a-z]{1,2} ){0,2}[^\W\d_][\w.'’-]{0,40}){1,3}"
    r"(?=[\"'”]? [<\[‹(](?:mailto:)?\[e-mail\])"
)


def mask(text: str, pseudonyms: Pseudonyms | None) -> str:
    """Replace names and contacts of commenters in a text.

    Masked are: e-mail addresses, also spelt in six languages -> "[e-mail]"; telephone numbers with a country code, a
    leading 0 or an area code, or after a word such as "call" -> "[phone]"; numbers of bank accounts (IBAN) and cards
    -> "[account]"; IP addresses, those of network cards -> "[address]"; links to profiles, names beside a messenger's
    ("insta: zebq") -> "[profile link]"; @mentions and u/names -> the pseudonym of a commenter, else "someone", with the
    capitalised words that follow; the names and handles of commenters in any form: reversed, joined, in parts
    ("Xiao-Ming", "A n n a"), inflected or stretched; their first and last names where they have a capital and belong to
    no other name, or are addressed.

    A single ordinary English word ("Rose", "Patriot", "Jordan") that is a name is masked only after @ or a greeting,
    before "said" or "wrote", before a colon or comma at the start of a line, and, if it is a given name, with a capital
    inside a sentence; in small letters only where it is addressed ("thanks mark", "well said, rose!"), speaks or signs.
    Several such words ("Free Speech") are a name where all have capitals. Names of people who are not commenters stay:
    they are the subject, except in "Jane Doe <jane@example.org>". So does a commenter's name that the article has,
    except where it is addressed or speaks.

    Not recognised are nicknames that are in no name field ("Liz" for Elizabeth), first or last names in small letters
    if the dictionary has inflected forms of them ("weber", "webers"), misspelled names, and names wholly in look-alike
    letters of another script, or from one in Latin letters, unless it is Cyrillic or Greek; an ordinary word
    before "at" and a site ("mira at example.org"), @ or "at" between slashes; numbers in words, street addresses,
    number plates, and anything that a text reveals about a person.

    Without pseudonyms, names stay and the rest is masked. Takes linear time. Raises ValueError for a long text of
    almost nothing but words of names that are not names in their context.
    """
    if pseudonyms is None:
        return mask_contacts(text)
    pseudonyms.look_for([text])
    return mask_names(mask_contacts(text), pseudonyms)


def mask_names(text: str, pseudonyms: Pseudonyms) -> str:
    """Replace the names in a text whose addresses and numbers are already masked."""
    plain = with_plain_letters(with_letters(text))
    if plain != text:
        masked = mask_names(plain, pseudonyms)
        return text if masked == plain else masked
    text = _DOTTED.sub(
        lambda each: each[0] if (key := pseudonyms.initials.get(each[1] + each[2])) is None else pseudonyms.named(key),
        text,
    )
    if "-" in text:
        text = _BROKEN.sub(lambda found: _joined(found, found[1] + found[2], pseudonyms), text)
    if "#" in text:
        text = HASHTAG.sub(lambda found: _inside_hashtag(found[0], pseudonyms), text)
    text = _SPACED.sub(lambda found: _joined(found, found[0][::2], pseudonyms), text)
    masked = replaced(text, names_of(text, pseudonyms), pseudonyms)
    return _MAILED.sub(_without_writer, masked) if "[e-mail]" in masked else masked


def _without_writer(found: re.Match[str]) -> str:
    """Replace a name of at least two words before an e-mail address by "someone"."""
    words, small = found[0].split(" "), found[0].rpartition(" ")[2].islower()
    shown = not small and found.string[found.end() :].lstrip("\"'” ")[0] in "<["  # not "Customer Service (a@b.org)"

    def in_name(word: str) -> bool:
        plain = folded(word.strip(",."))
        return plain in PARTICLES or (word.islower() == small and (shown or plain not in ordinary_words()))

    name = [*itertools.takewhile(in_name, reversed(words))]
    parts = {*words_of(" ".join(name))} - PARTICLES
    known = shown or not WORDS["names_alone"].isdisjoint(parts) or not any(part in dictionary() for part in parts)
    return " ".join([*words[: -len(name)], SOMEONE]) if len(parts) > 1 and known else found[0]


def replaced(text: str, names: Iterable[Place], pseudonyms: Pseudonyms) -> str:
    """Replace the names that `names_in` found in a text by pseudonyms."""
    pieces, done = [], 0
    for start, end, key in names:
        pieces += [text[done:start], pseudonyms.named(key)]
        done = end
    return "".join([*pieces, text[done:]])


def _joined(found: re.Match[str], whole: str, pseudonyms: Pseudonyms) -> str:
    """Join a word written in parts, "Xiao-Ming" or "A n n a", if the result is a name."""
    word, roles = folded(whole), pseudonyms.roles
    known = len(found[0]) == len(whole) + 1 and folded(found[1]) in roles  # "Anne-Marie"
    stays = known or len(word) <= SHORTEST_NAME  # "B-a-M"
    is_name = whole[0].isupper() and word in roles and not stays and not pseudonyms.ordinary([word])
    return whole if is_name else found[0]


def _inside_hashtag(tag: str, pseudonyms: Pseudonyms) -> str:
    """Mask the name in a hashtag if all its other words are ordinary: "#ThankYouAnna"."""
    parts = [*small.groups()] if (small := _SMALL_TAG.fullmatch(tag)) else CAMEL.split(tag[1:])
    words = [pseudonyms.bare(folded(part)) for part in parts]
    if pseudonyms.roles.keys().isdisjoint(words):
        return tag  # the usual case
    for first, last in itertools.combinations(range(min(len(parts), MOST_JOINED) + 1), 2):
        name, others = tuple(words[first:last]), words[:first] + words[last:]
        long = (word for word in others if len(word) > SHORTEST_NAME)  # not the "Im" of "#ImWithAnna"
        if not others or not (found := pseudonyms.find(name)) or not (small or pseudonyms.ordinary(long)):
            continue
        if not pseudonyms.ordinary(name) and not all(map(is_familiar, name)):
            return f"#{''.join(parts[:first])}{pseudonyms.named(found[0])}{''.join(parts[last:])}"
    return tag
