"""Mask what the texts of commenters say about who they are: names, mentions, addresses and numbers."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final, NamedTuple

from ...lexicons.dictionaries import dictionary, place_names
from ...lexicons.familiar_words import is_familiar
from ...lexicons.function_words import COMMON, FUNCTION_WORDS
from .contact_masking import mask_contacts, with_letters
from .name_forms import (
    CAMEL,
    MOST_JOINED,
    ONLY_NAMES,
    PARTICLES,
    PLAIN_WORD,
    TITLES,
    WORD,
    WORDS,
    How,
    Words,
    folded,
    has_other_letters,
    ordinary_words,
    with_plain_letters,
    words_of,
)
from .pseudonyms import ABBREVIATIONS, BEGINS, SHORTEST_NAME, SOMEONE, STEM, Pseudonyms, precedes_foreign

SHORTEST_JOINED: Final = 4  # letters of an initial and a name in one word, such as "jdoe"
MOST_PARTS: Final = 4  # of a name after @ that nobody here has, such as "@Maria de Souza"

Place = tuple[int, int, str]  # where a name starts and ends, and its key

_SPLIT = re.compile(f"({WORD.pattern})")
_PLAIN_SPLIT = re.compile(f"({PLAIN_WORD.pattern})")
_MENTION = re.compile(r"[@＠](?<![^\W_].)")
_HANDLE = re.compile(r"\w+(?:(?:[.-]|['’](?![sS]\b))\w+)*+")
_GAP = re.compile(r"(?:[^\w\n\0,;:!?]|[_ʹʻ-ʽˈ]){0,3}(?:\n[\s>*_]{0,6})?")
_REVERSED_GAP = re.compile(r",?\s?|[_.'’-]")
_NEXT_PART = re.compile(
    rf"[ \u00a0](?:(?:{'|'.join(sorted(PARTICLES))})[ \u00a0]){{0,2}}"
    r"((?:بن[ \u00a0]|ال)\w+|[^\W\d_\u0590-\u1dff\u2e80-\uffff][\w'’-]*)"
)
_AFTER = re.compile(r"(?:['’]s)?\s{0,2}(?:[:,]|(?:wrote|said|says|writes)\b)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n>*_/\"“”'‘(–—-]\)?)\s{0,6}$")
_DOTTED = re.compile(r"([A-Z])(?<!\w.)\.[ ]?([A-Z])\.(?!\s?[A-Z]\.)")
# Of several words: "#ThankYouAnna", "#teamrasmus".
_SMALL_TAG = re.compile(
    "#((?:i?stand)?with|thank(?:s|you)|i?love|team|free|save|vote|ask|support|justicefor)([a-z]{5,40})"
)
HASHTAG: Final = re.compile(rf"(?:{_SMALL_TAG.pattern}|#(?=\w{{0,80}}[a-z][A-Z])\w{{2,80}})(?!\w)")
_BROKEN = re.compile(r"(?<![^\W_])([^\W\d_]{1,64})-(?:[ \n][ >]{0,4})?([^\W\d_]{1,64})(?![^\W_])")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_]([ .-])[^\W\d_](?:\1[^\W\d_]){2,40}(?![^\W_])")
_STOP = re.compile(r"[.!?]")
_JOINED = re.compile(r"^[^ ]*[._-][^ ]*$")
_GOES_ON = re.compile(r"-|['’](?![sS]\b)")
_CLOSED = re.compile(r"\s{0,2}(?:$|[,.!?:;)\n\0])")
_ENDED = re.compile(r"[.!](?:[\s\0]|$)")
_LINE_END = re.compile(r"[.!]?[ ]{0,2}(?:$|[\n\0])")
_YOU = re.compile(r",\s(?:you|your|i|no|yes|that|thanks?|please|what|why|how|are|do|did|can)\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{7}")  # of a telephone
_JUDGED = re.compile(
    r"(?: (?:and|or) [A-Z]\w{1,30})?"
    r" (?:(?:is|are|was|were) (?:right|wrong|correct|mistaken)(?=[^\w ]|\Z| (?:about|again|and|but|that|too)\b)"
    r"|(?:thinks?|agrees?|claims? that|argues?|replied|asked(?! of))\b)"
)
_SURNAME = re.compile(r" ([a-z]{4,40})(?<!s)(?<!ed)(?<!ly)(?<!ing)(?![\w'’-])")  # in small letters, rather than a verb
_TAG = re.compile(r"#\d{1,5}(?!\w)")  # of a name on Discord
_OF_SEVERAL = re.compile(r"\s(?:are|were|have|do|don['’]t)\b")  # verbs that no single person takes
_NOUN = re.compile(r" ([a-z]{1,40})\b(?: ([a-z]{1,10}))?")  # after an adjective: no verb with an object
_NOUN_AND_VERB = re.compile(  # "speed is" after Max, "bikes are" after Boris
    r" ([a-z]{3,40}(?:(?<!s)(?<![^e]ed)(?<!ly)(?<!ing)(?= (?:is|was|has|can|will|would|must)\b)|s(?= (?:are|were)\b)))"
)
_NOT = re.compile("['’]t(?![ae])", re.IGNORECASE)  # "Don't", but not "Ayşe'ten"
_INSIDE = re.compile(r"[,;:)]|\s{0,2}[^\W\dA-Z]")
_BEFORE_NAMES = ' >*_"“-–—~'
_NEVER = (FUNCTION_WORDS | WORDS["openers"]) - WORDS["given"]
_MAILED = re.compile(  # "Karl von Weber <", "Weber, Karl <", "Karl Weber [mailto:" and "karl weber ("
    r"(?<!\w)[^\W\d_][\w.'’-]{0,40}(?:,? (?:[dlvz][a-z]{1,2} ){0,2}[^\W\d_][\w.'’-]{0,40}){1,3}"
    r"(?=[\"'”]? [<\[‹(](?:mailto:)?\[e-mail\])"
)
_SUFFIXES, _GREETS, GREETING, _CLAUSES, _OPENERS, _MONTHS, _GIVEN, _ADJECTIVES, _DETERMINERS, _WORDS_TOO, _PHRASES = (
    map(
        WORDS.__getitem__,
        "beside greets greeting clauses openers months given adjectives determiners words_too phrases".split(),
    )
)


def mask(text: str, pseudonyms: Pseudonyms | None) -> str:
    """Replace in a text what names or reaches a commenter.

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

    Not recognised are nicknames that no name field has ("Liz" for Elizabeth), first or last names in small letters of
    which the dictionary has other forms ("weber", "webers"), names that are misspelled, or wholly in look-alike letters
    of another script; an ordinary word before "at" and a site ("mira at example.org"), @ or "at" between slashes, IP
    addresses with commas; numbers in words, street addresses, number plates, and what a text says about a person.

    Without pseudonyms names stay, and the rest is masked. Linear in time.
    """
    if pseudonyms is None:
        return mask_contacts(text)
    pseudonyms.look_for([text])
    return mask_names(mask_contacts(text), pseudonyms)


def mask_names(text: str, pseudonyms: Pseudonyms) -> str:
    """Replace the names in a text of which addresses and numbers are masked already."""
    plain = with_plain_letters(with_letters(text))
    if plain != text:
        masked = mask_names(plain, pseudonyms)
        return text if masked == plain else masked
    text = _DOTTED.sub(
        lambda found: (
            pseudonyms.named(whose[pair])
            if (pair := (found[1] + found[2]).lower()) in (whose := pseudonyms.initials)
            else found[0]
        ),
        text,
    )
    if "-" in text:
        text = _BROKEN.sub(lambda found: _joined(found, found[1] + found[2], pseudonyms), text)
    if "#" in text:
        text = HASHTAG.sub(lambda found: _inside_hashtag(found[0], pseudonyms), text)
    text = _SPACED.sub(lambda found: _joined(found, found[0][::2], pseudonyms), text)
    masked = replaced(text, _names_of(text, pseudonyms), pseudonyms)
    return _MAILED.sub(_without_writer, masked) if "[e-mail]" in masked else masked


def _without_writer(found: re.Match[str]) -> str:
    """Return words before an e-mail address with "someone" for the name at their end, if it has two words or more."""
    words, small = found[0].split(" "), found[0].rpartition(" ")[2].islower()
    shown = not small and found.string[found.end() :].lstrip("\"'” ")[0] in "<["  # no "Customer Service (a@b.org)"

    def in_name(word: str) -> bool:
        plain = folded(word.strip(",."))
        return plain in PARTICLES or (word.islower() == small and (shown or plain not in ordinary_words()))

    name = [*itertools.takewhile(in_name, reversed(words))]
    parts = {*words_of(" ".join(name))} - PARTICLES
    known = shown or not WORDS["names_alone"].isdisjoint(parts) or not any(part in dictionary() for part in parts)
    return " ".join([*words[: -len(name)], SOMEONE]) if len(parts) > 1 and known else found[0]


def replaced(text: str, names: Iterable[Place], pseudonyms: Pseudonyms) -> str:
    """Replace the names in a text, found by `names_in`, by pseudonyms."""
    pieces, done = [], 0
    for start, end, key in names:
        pieces += [text[done:start], pseudonyms.named(key)]
        done = end
    return "".join([*pieces, text[done:]])


def _joined(found: re.Match[str], whole: str, pseudonyms: Pseudonyms) -> str:
    """Return a word written in parts, "Xiao-Ming" or "A n n a", as one if it then is a name."""
    word, roles = folded(whole), pseudonyms.roles
    stays = len(found[0]) == len(whole) + 1 and folded(found[1]) in roles  # "Anne-Marie"
    stays = stays or len(word) <= SHORTEST_NAME  # "B-a-M"
    is_name = whole[0].isupper() and word in roles and not stays and not pseudonyms.ordinary([word])
    return whole if is_name else found[0]


def _inside_hashtag(tag: str, pseudonyms: Pseudonyms) -> str:
    """Return a hashtag with the name in it masked, if all the rest are ordinary words: "#ThankYouAnna"."""
    parts = [*small.groups()] if (small := _SMALL_TAG.fullmatch(tag)) else CAMEL.split(tag[1:])
    words = [pseudonyms.bare(folded(part)) for part in parts]
    if pseudonyms.roles.keys().isdisjoint(words):
        return tag  # nearly always
    for first, last in itertools.combinations(range(min(len(parts), MOST_JOINED) + 1), 2):
        name, others = tuple(words[first:last]), words[:first] + words[last:]
        long = (word for word in others if len(word) > SHORTEST_NAME)  # not the "Im" of "#ImWithAnna"
        if not others or not (found := pseudonyms.find(name)) or not (small or pseudonyms.ordinary(long)):
            continue
        if not pseudonyms.ordinary(name) and not all(map(is_familiar, name)):
            return f"#{''.join(parts[:first])}{pseudonyms.named(found[0])}{''.join(parts[last:])}"
    return tag


class Tokens(NamedTuple):
    """A text, its words as `fold` writes them, and where each starts and ends."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def between(self, at: int) -> str:
        """Return what is between a word and the next one."""
        return self.text[self.ends[at] : self.starts[at + 1]]

    def before(self, at: int) -> str:
        """Return the word before another one of the same text."""
        return self.words[at - 1] if at and "\0" not in self.between(at - 1) else ""


def _tokens(text: str, pseudonyms: Pseudonyms) -> Tokens:
    other = has_other_letters(text)
    pieces = _SPLIT.split(text) if other else _PLAIN_SPLIT.split(text.lower())
    bounds = [*itertools.accumulate(map(len, pieces))]
    words = [*map(folded, pieces[1::2])] if other else pieces[1::2]
    words = [pseudonyms.bare(word) if word[-1:] < "a" or not "a" <= word[:1] <= "z" else word for word in words]
    starts = bounds[:-1:2]
    words = [
        pseudonyms.nominative(word, text, end)
        if word[:STEM] in pseudonyms.stems and text[start] == text[start].title()
        else word
        for word, start, end in zip(words, starts, bounds[1::2], strict=False)
    ]
    return Tokens(text, words, starts, bounds[1::2])


def _names_of(text: str, pseudonyms: Pseudonyms) -> Iterator[Place]:
    """Yield the places in which a text names somebody."""
    tokens, roles = _tokens(text, pseudonyms), pseudonyms.roles
    after = {found.end() for found in _MENTION.finditer(text)} if "@" in text or "＠" in text else set()
    mentions = {at for at, start in enumerate(tokens.starts) if start in after} if after else set()
    places = [at for at, word in enumerate(tokens.words) if roles.get(word, 0) >= BEGINS or at in mentions]
    return names_in(tokens, places, mentions, pseudonyms)


def names_in(tokens: Tokens, places: Iterable[int], mentions: Set[int], pseudonyms: Pseudonyms) -> Iterator[Place]:
    """Yield where a text names somebody, of the words at which a name may begin; `mentions` are those after an @."""
    text, done = tokens.text, 0
    for at in places:
        start = tokens.starts[at]
        if start < done:
            continue
        end, key, how = _name_at(tokens, at, pseudonyms, at in mentions)
        if at in mentions:
            reach = handle.end() if (handle := _HANDLE.match(text, start)) else 0
            if how in ("", "first", "last"):  # a whole name may go on: "@Mira Kowal", where only another Mira is known
                reach = _unknown_name(text, start, max(reach, end), pseudonyms)
            if reach > end:  # a name that nobody here has, even if it begins like one
                hour = tokens.words[at][:1].isdecimal() and not _LONG_NUMBER.match(text, start)  # "@ 5pm"
                end, key = 0 if hour else reach, ""
        if end:
            end = tag.end() if text[end : end + 1] == "#" and (tag := _TAG.match(text, end)) else end
            yield start, end, key
            done = end


def _unknown_name(text: str, start: int, end: int, pseudonyms: Pseudonyms) -> int:
    """Return where a name after @ ends: capitalised words that follow belong to it, unless they open a sentence."""
    first = text[start:end]
    small = first.lower() == first != first.upper() and first not in PARTICLES
    if small or not all(map(str.isalpha, re.split("['’-]", first))):
        return end
    end += text[end : end + 1] == "." and folded(text[start:end]) in TITLES
    for _ in range(MOST_PARTS - 1):
        found = _NEXT_PART.match(text, end)
        if not found or found[1][0].islower() or (found[1].isupper() and len(found[1]) > 1):
            break
        word = folded(re.split("['’]", found[1])[0])
        if word in _OPENERS or word in COMMON or pseudonyms.in_subject([word]):
            break
        end = found.end() - (2 if found[1][-2:] in ("'s", "’s") else 0)
    return end


def _name_at(tokens: Tokens, at: int, pseudonyms: Pseudonyms, mention: bool) -> tuple[int, str, How | str]:
    """Return where the longest name that begins with a word ends, whose it is and its form; 0 where there is none."""
    text, lengths = tokens.text, pseudonyms.lengths(tokens.words[at])
    ahead = tuple(tokens.words[at : at + lengths[0] + 1]) if lengths else ()
    for many in lengths:
        # A middle initial or name in the text that the name has not: "Zebulon M. Quagmire", "Zebulon Max Quagmire".
        initials = [n for n, word in enumerate(ahead[1:many], 1) if len(word) == 1]
        if many == 2 and not initials and len(ahead) > 2 and text[tokens.starts[at + 1]].isupper():
            plain = pseudonyms.ordinary(ahead[1:2]) or all(map(is_common, ahead[:3:2]))  # "New York Times"
            initials = [1] * (tokens.between(at) == " " and not plain)
        for skip in (0, *initials):
            window = ahead[: many + bool(skip)]
            name = window[:skip] + window[skip + 1 :] if skip else window
            found = pseudonyms.find(name)
            if not found or len(name) < many:
                continue
            key, how = found
            last = at + many - 1 + bool(skip)
            gap = (_REVERSED_GAP if how == "reversed" else _GAP).fullmatch
            if how == "reversed" and "," in tokens.between(last - 1) and _begins_name(tokens, last, pseudonyms):
                continue
            if (skip and how != "whole") or not all(
                gap(text, tokens.ends[i], tokens.starts[i + 1]) for i in range(at, last)
            ):
                continue
            if mention or _is_name(tokens, at, last, name, pseudonyms, how):
                end = tokens.ends[last]
                end += "(" in text[tokens.starts[at] : end] and text[end : end + 1] == ")"  # "Jo (Work)"
                if how == "initial" and len(name[-1]) == 1 and text[end : end + 1] == ".":
                    end += _INSIDE.match(text, end + 1) is not None  # the full stop of "Mira K." inside a sentence
                return end, key, how
    return 0, "", ""


def _begins_name(tokens: Tokens, at: int, pseudonyms: Pseudonyms) -> bool:
    """Return whether a name of several words begins with a word: "Quagmire, Zebulon Quagmire" is two names."""
    several = (at + many for many in pseudonyms.lengths(tokens.words[at]) if many > 1)
    return any(
        end <= len(tokens.words)
        and pseudonyms.find(tuple(tokens.words[at:end]))
        and all(_GAP.fullmatch(tokens.between(each)) for each in range(at, end - 1))
        for end in several
    )


def _is_name(tokens: Tokens, first: int, last: int, name: Words, pseudonyms: Pseudonyms, how: How) -> bool:
    """Return whether words that could be a name are one, where no @ shows it."""
    end = tokens.ends[last]
    written = tokens.text[tokens.starts[first] : end]
    letters = sum(map(len, name))
    caseless = written[0].isalpha() and written[0].lower() == written[0].title()  # as also in Georgian
    one = first == last
    if _NOT.match(tokens.text, end):
        return False
    several = name[0][-1] == "s" and name[0][:-1] in ordinary_words() and _OF_SEVERAL.match(tokens.text, end)
    before = tokens.before(first)
    in_place = name[0] in place_names() and before in WORDS["before_places"]  # "in London", of a Jack London
    other = how == "first" and before in WORDS["of_others"] and "," not in tokens.between(first - 1)
    other = other and tokens.before(first - 1) not in GREETING and not _YOU.match(tokens.text, end)  # "Hi Queen Anna"
    if one and (several or in_place or other or _is_adjective(tokens, first)):  # "Banks are evil", "King James"
        return False
    if "_".join(name) in _PHRASES and _is_determined(tokens, first):  # "our Jack Russell"
        return False
    if letters < SHORTEST_NAME or all(map(str.isdecimal, name)) or (one and name[0] in _NEVER and how != "last"):
        return False
    head = next((at for at in range(first, last) if tokens.words[at] not in PARTICLES), last)
    capital = caseless or tokens.text[tokens.starts[head]].isupper()
    if not capital and before in ("a", "an", "the") and all(word in dictionary() for word in name):
        return False  # "a grumpy old man", "a voter"
    ordinary = pseudonyms.ordinary(name) and (written.isascii() or pseudonyms.in_subject(name))
    ordinary = ordinary or (one and how == "whole" and name[0] in place_names())
    if letters == SHORTEST_NAME and not caseless:  # "Jo", but not "jo" and "JO"
        capital = written.istitle() or (written.isupper() and name[0] not in dictionary())
        ordinary = ordinary or name[0] in _OPENERS or name[0] in ABBREVIATIONS
        if how in ("whole", "reversed") and not capital:
            return one and name[0] not in ABBREVIATIONS and _is_addressed(tokens, first, last, how)
    joined = not capital and _JOINED.search(written) is not None  # will_smith is not two words
    common = (
        word in _WORDS_TOO or pseudonyms.ordinary([word]) or (word.isalpha() and is_familiar(word)) for word in name
    )
    alone = written in ONLY_NAMES if how == "whole" else one and not capital and name[0] in pseudonyms.rare
    if alone and not pseudonyms.in_subject(name) and not _in_small_name(tokens, first):
        return True
    if how == "joined":
        camel = written[0].isupper() and written[-1].isupper() and not written.isupper()  # "TomK"
        known = name[0] in dictionary() and not (written[-1] in "sS" and precedes_foreign(tokens.text, end))
        return not ordinary and letters > SHORTEST_JOINED - camel and not known
    if how == "initial":
        long = tokens.words[first if len(tokens.words[first]) > 1 else last]
        dotted = "." in tokens.text[tokens.ends[first] : end + 1]
        goes_on = len(name[-1]) == 1 and _GOES_ON.match(tokens.text, end)
        capitals = capital and tokens.text[tokens.starts[last]].isupper()
        return not goes_on and (capitals or joined) and ((dotted and capitals) or not pseudonyms.ordinary([long]))
    ends_small = how == "whole" and " " in written and tokens.text[tokens.starts[last]].islower()  # "Who cares"
    ends_small = ends_small and name[0] not in _GIVEN  # "Mary smith"
    if (ends_small or not (capital or joined)) and (how in ("first", "last") or (how == "whole" and all(common))):
        return not pseudonyms.in_subject(name) and _is_addressed(tokens, first, last, how)
    if how == "last":
        if before in TITLES:
            return True
        speaks = (after := _AFTER.match(tokens.text, end)) is not None and after[0][-1].isalpha()
        return (speaks or not ordinary) and not _another(tokens, first - 1, first - 1, pseudonyms)
    in_part = ordinary or (not capital and any(pseudonyms.ordinary([word]) for word in name))  # "young Christian"
    if how == "reversed" and in_part and "," not in written:
        return False
    if ordinary:
        return _ordinary_name(tokens, first, last, name, pseudonyms, how)
    genitive = written[-1] in "sS" and (name[-1][-1] != "s" or name[-1][:-1] in pseudonyms.rare)  # "Jürgens Idee"
    return how != "first" or genitive or not _another(tokens, last + 1, last, pseudonyms)


def is_common(word: str) -> bool:
    """Return whether a whole name is a common word, too, so that in small letters it counts after a greeting only."""
    common = word in _WORDS_TOO or word in ordinary_words() or (word.isalpha() and is_familiar(word))
    return common and word not in _GIVEN


def _in_small_name(tokens: Tokens, at: int) -> bool:
    """Return whether a name in small letters is a part of somebody else's: "karl marx", "george michael"."""
    if tokens.words[at] not in (alone := WORDS["names_alone"]):
        return False
    after, before = _SURNAME.match(tokens.text, tokens.ends[at]), tokens.before(at)
    surname = after is not None and after[1] in dictionary() and not is_common(after[1])
    return surname or ((before in alone or before in ONLY_NAMES) and tokens.between(at - 1) == " ")


def _is_adjective(tokens: Tokens, at: int) -> bool:
    """Return whether a word says what somebody or something is: "a Christian", "Christian values", "Max speed is"."""
    word, text, end = tokens.words[at], tokens.text, tokens.ends[at]
    before = f"{tokens.before(at)}_{word}" if text[tokens.starts[at] - 1] == " " else ""
    goes_on = at + 1 < len(tokens.words) and tokens.between(at) == " "
    after = f"{word}_{tokens.words[at + 1].removesuffix('s')}" if goes_on else ""
    if not _PHRASES.isdisjoint((before, after)):
        return True
    if after in WORDS["of_everyone"]:
        return _is_determined(tokens, at) and tokens.before(at) != "what"
    noun = _NOUN_AND_VERB.match(text, end)
    if noun and _is_noun(word) and _is_noun(noun[1]) and noun[1].removesuffix("s") not in WORDS["of_commenters"]:
        return _is_determined(tokens, at) or _begins_sentence(tokens, at)
    if word not in _ADJECTIVES:
        return False
    noun = _NOUN.match(text, end)
    described = noun is not None and noun[1] not in COMMON and noun[2] not in _DETERMINERS
    return _is_determined(tokens, at) or described


def _is_noun(word: str) -> bool:
    names = WORDS["names_alone"] | ONLY_NAMES
    return word in dictionary() and word not in names and word not in COMMON and word not in _OPENERS


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    start = tokens.starts[at]
    return _SENTENCE_START.search(tokens.text[max(0, start - 6) : start]) is not None


def _is_determined(tokens: Tokens, at: int) -> bool:
    return tokens.before(at) in _DETERMINERS and tokens.between(at - 1).isspace()  # but "No, Will."


def _is_addressed(tokens: Tokens, at: int, last: int, how: How) -> bool:
    """Return whether words in small letters are the name of one who is addressed, speaks or signs.

    "thanks mark", "well said, rose!" and "grace said so", but "thanks, hope this helps" and "hey will you".
    """
    text, word, end = tokens.text, tokens.words[at], tokens.ends[last]
    closed = _CLOSED.match(text, end) is not None
    after = tokens.words[last + 1] if not closed and last + 1 < len(tokens.words) else ""
    before = tokens.before(at)
    thanked = before == "you" and how == "whole" and tokens.before(at - 1) == "thank"
    gap = tokens.between(at - 1) if before else ""
    if before in _GREETS and gap == ", " and _ENDED.match(text, end):  # "Thanks, mark."
        return True
    if before in GREETING and "\n" in gap.removeprefix(",") and closed:  # "Best regards,\nmark"
        return True
    if (before in GREETING or thanked) and gap.isspace():
        open_end = before in _GREETS and (after == "for" or (word not in COMMON and after not in _CLAUSES))
        return closed or open_end
    if how != "whole" or word not in _GIVEN:
        return False
    line = text.rfind("\n", max(0, tokens.starts[at] - 4), tokens.starts[at])
    opens = (line >= 0 or tokens.starts[at] < 4) and not text[line + 1 : tokens.starts[at]].strip(_BEFORE_NAMES)
    signed = line > 0 and text[line - 1] != "\0" and _LINE_END.match(text, end)
    if opens and (text[end : end + 1] == ":" or _YOU.match(text, end) or signed):
        return True
    return not _is_determined(tokens, at) and (said := _AFTER.match(text, end)) is not None and said[0][-1].isalpha()


def _another(tokens: Tokens, beside: int, gap: int, pseudonyms: Pseudonyms) -> bool:
    """Return whether the word beside a first or last name makes it somebody else's: "Joe Biden", "Vladimir Putin"."""
    if not 0 <= beside < len(tokens.words) or not tokens.text[tokens.starts[beside]].isupper():
        return False
    between = tokens.between(gap)
    if tokens.words[beside] in _SUFFIXES | _GREETS:
        return False
    return between.isspace() and "\n" not in between and not pseudonyms.ordinary([tokens.words[beside]])


def _ordinary_name(tokens: Tokens, first: int, last: int, name: Words, pseudonyms: Pseudonyms, how: How) -> bool:
    """Return whether ordinary words such as "Rose" or "Free Speech" are a name where they are."""
    text, start, end = tokens.text, tokens.starts[first], tokens.ends[last]
    if "_" in text[start:end]:
        return True
    line = text.rfind("\n", max(0, start - 4), start)  # a line may begin with a mark or two
    opens = (line >= 0 or start < 4) and not text[line + 1 : start].strip(_BEFORE_NAMES)
    mark = after[0][-1] if (after := _AFTER.match(text, end)) else ""
    greeted = tokens.before(first) in _GREETS and not _STOP.search(tokens.between(first - 1))
    addressed = greeted or (opens and (mark == ":" or (mark == "," and how == "whole")))
    begins = opens or _begins_sentence(tokens, first)
    addressed = addressed or (begins and (how == "whole" or name[0] in _GIVEN) and _YOU.match(text, end) is not None)
    before = tokens.before(first)
    determined = _is_determined(tokens, first)
    beside = _another(tokens, first - 1, first - 1, pseudonyms) and not opens
    judged = _JUDGED.match(text, end) is not None and not pseudonyms.in_subject(name)
    speaks = (
        (mark.isalpha() or judged)
        and not beside
        and not (determined and first == last)
        and name[0] not in place_names()
    )
    if text[start].isupper() and (addressed or speaks):
        return True
    capitals = all(text[tokens.starts[at]].isupper() for at in range(first, last + 1))
    if first < last:
        return capitals and not pseudonyms.in_subject(name)
    owns = text[end : end + 2] in ("'s", "’s") and name[0] not in _MONTHS
    inside = (not begins or owns) and not text[start:end].isupper()
    if not (capitals and inside and how in ("first", "whole") and name[0] in _GIVEN) or pseudonyms.in_subject(name):
        return False
    while name[0] in _MONTHS and before in ("and", "or", "to") and tokens.before(first - 1) in _MONTHS:
        first -= 2  # "in April and June"
        before = tokens.before(first)
    month = name[0] in _MONTHS and (before in WORDS["before_months"] or text[end : end + 2].strip()[:1].isdecimal())
    return not (month or beside or determined or _another(tokens, last + 1, last, pseudonyms))
