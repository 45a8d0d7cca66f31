"""Decide from the context whether words that match a commenter's name are a name or ordinary words."""

import re
from typing import Final

from ...lexicons.dictionaries import dictionary, place_names
from ...lexicons.familiar_words import is_familiar
from ...lexicons.function_words import COMMON, FUNCTION_WORDS
from .name_forms import ONLY_NAMES, PARTICLES, TITLES, WORDS, How, Words, ordinary_words
from .pseudonyms import ABBREVIATIONS, SHORTEST_NAME, Pseudonyms, precedes_foreign
from .tokens import Tokens

_SHORTEST_JOINED: Final = 4  # letters of initial and name together, such as "jdoe"
_AFTER = re.compile(r"(?:['’]s)?\s{0,2}(?:[:,]|(?:wrote|said|says|writes)\b)")
_JOINED = re.compile(r"^[^ ]*[._-][^ ]*$")
_GOES_ON = re.compile(r"-|['’](?![sS]\b)")
_CLOSED = re.compile(r"\s{0,2}(?:$|[,.!?:;)\n\0])")
_ENDED = re.compile(r"[.!](?:[\s\0]|$)")
_LINE_END = re.compile(r"[.!]?[ ]{0,2}(?:$|[\n\0])")
_YOU = re.compile(r",\s(?:you|your|i|no|yes|that|thanks?|please|what|why|how|are|do|did|can)\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"(?: (?:and|or) [A-Z]\w{1,30})?"
    r" (?:(?:is|are|was|were) (?:right|wrong|correct|mistaken)(?=[^\w ]|\Z| (?:about|again|and|but|that|too)\b)"
    r"|(?:thinks?|agrees?|claims? that|argues?|replied|asked(?! of))\b)"
)
_SURNAME = re.compile(r" ([a-z]{4,40})(?<!s)(?<!ed)(?<!ly)(?<!ing)(?![\w'’-])")  # in small letters, hardly a verb
_OF_SEVERAL = re.compile(r"\s(?:are|were|have|do|don['’]t)\b")  # verbs in the plural
_NOUN = re.compile(r" ([a-z]{1,40})\b(?: ([a-z]{1,10}))?")  # after an adjective, not a verb with an object
_NOUN_AND_VERB = re.compile(  # "speed is" after Max, "bikes are" after Boris
    r" ([a-z]{3,40}(?:(?<!s)(?<![^e]ed)(?<!ly)(?<!ing)(?= (?:is|was|has|can|will|would|must)\b)|s(?= (?:are|were)\b)))"
)
_OBJECT = re.compile(r" (?:them|me(?! too)|us|him)\b")  # after a verb
_NOT = re.compile("['’]t(?![ae])", re.IGNORECASE)  # "Don't", but not "Ayşe'ten"
_DAY_BEFORE = re.compile(r"(?:^|[^\w+/#.])(?:[12]?\d|3[01]) $")  # "3 May", but not "+1 May" and "5/5 May"
_NEVER = (FUNCTION_WORDS | WORDS["openers"]) - WORDS["given"]
_NO_NOUNS = WORDS["names_alone"] | WORDS["openers"] | ONLY_NAMES | frozenset(COMMON)
GREETING, _GREETS, _MONTHS, _GIVEN = map(WORDS.__getitem__, "greeting greets months given".split())
_BESIDE = WORDS["beside"] | _GREETS


def is_name(tokens: Tokens, first: int, last: int, name: Words, pseudonyms: Pseudonyms, how: How) -> bool:
    """Return whether words that could be a name are one, without an @ before them."""
    end = tokens.ends[last]
    written = tokens.text[tokens.starts[first] : end]
    letters = sum(map(len, name))
    caseless = written[0].isalpha() and written[0].lower() == written[0].title()  # a script without case, or Georgian
    one = first == last
    if _NOT.match(tokens.text, end) or letters < SHORTEST_NAME or all(map(str.isdecimal, name)):
        return False
    if one and _is_word_alone(tokens, first, how):
        return False
    before = tokens.before(first)
    if "_".join(name) in WORDS["phrases"] and tokens.is_determined(first):  # "our Jack Russell"
        return False
    head = next((at for at in range(first, last) if tokens.words[at] not in PARTICLES), last)
    capital = caseless or tokens.is_capital(head)
    noun = before in WORDS["before_nouns"] and tokens.is_determined(first)
    if not capital and noun and all(word in dictionary() for word in name):
        return False  # "a grumpy old man", "every voter"
    ordinary = pseudonyms.ordinary(name) and (written.isascii() or pseudonyms.in_subject(name))
    ordinary = ordinary or (one and how == "whole" and name[0] in place_names())
    if letters == SHORTEST_NAME and not caseless:  # "Jo", but not "jo" and "JO"
        capital = written.istitle() or (written.isupper() and name[0] not in dictionary())
        ordinary = ordinary or name[0] in WORDS["openers"] or name[0] in ABBREVIATIONS
        if how in ("whole", "reversed") and not capital:
            return one and name[0] not in ABBREVIATIONS and _is_addressed(tokens, first, last, how)
    if how == "whole" and len(name) > 2 and name[-1].isdecimal() and len(name[-1]) > 1:  # from brick_lane_56
        return True
    joined = not capital and _JOINED.search(written) is not None  # will_smith is a single word
    common = (word in _GIVEN or is_common(word) or pseudonyms.ordinary([word]) for word in name)
    alone = written in ONLY_NAMES if how == "whole" else head == last and not capital and name[-1] in pseudonyms.rare
    if alone and not pseudonyms.in_subject(name) and not _in_small_name(tokens, first):
        return True
    if how == "joined":
        camel = written[0].isupper() and written[-1].isupper() and not written.isupper()  # "TomK"
        known = name[0] in dictionary() and not (written[-1] in "sS" and precedes_foreign(tokens.text, end))
        return not ordinary and letters > _SHORTEST_JOINED - camel and not known
    if how == "initial":
        long = tokens.words[first if len(tokens.words[first]) > 1 else last]
        dotted = "." in tokens.text[tokens.ends[first] : end + 1]
        goes_on = len(name[-1]) == 1 and _GOES_ON.match(tokens.text, end)
        capitals = capital and tokens.is_capital(last)
        return not goes_on and (capitals or joined) and ((dotted and capitals) or not pseudonyms.ordinary([long]))
    ends_small = how == "whole" and " " in written and tokens.text[tokens.starts[last]].islower()
    ends_small = ends_small and name[0] not in _GIVEN  # "Who cares", but not "Mary smith"
    if (ends_small or not (capital or joined)) and (how in ("first", "last") or (how == "whole" and all(common))):
        return not pseudonyms.in_subject(name) and _is_addressed(tokens, first, last, how)
    if how == "last":
        speaks = (after := _AFTER.match(tokens.text, end)) is not None and after[0][-1].isalpha()
        if before in TITLES or (not ordinary and is_shortened(before, name, pseudonyms)):
            return True
        return not ((ordinary and not speaks) or _another(tokens, first - 1, first - 1, pseudonyms))
    in_part = ordinary or (not capital and any(pseudonyms.ordinary([word]) for word in name))  # "young Christian"
    if how == "reversed" and in_part and "," not in written:
        return False
    if ordinary:
        return _ordinary_name(tokens, first, last, name, pseudonyms, how)
    genitive = written[-1] in "sS" and (name[-1][-1] != "s" or name[-1][:-1] in pseudonyms.rare)  # "Jürgens Idee"
    return how != "first" or genitive or not _another(tokens, last + 1, last, pseudonyms)


def _is_word_alone(tokens: Tokens, at: int, how: How) -> bool:
    """Return whether a single word is no name because of those beside it: "Banks are evil", "King James"."""
    word, text, end, before = tokens.words[at], tokens.text, tokens.ends[at], tokens.before(at)
    if word in _NEVER and how != "last":
        return True
    if word[-1] == "s" and word[:-1] in ordinary_words() and _OF_SEVERAL.match(text, end):
        return True
    again = text[end : end + 5] == " and " and (word,) == tuple(tokens.words[at + 2 : at + 3])  # "Miles and miles"
    if (again or _OBJECT.match(text, end)) and word in _GIVEN - ONLY_NAMES and before not in GREETING:  # "Sue them"
        return True
    if word in place_names() and before in WORDS["before_places"]:  # "in London", beside a Jack London
        return True
    other = how == "first" and before in WORDS["of_others"] and "," not in tokens.between(at - 1)
    if other and tokens.before(at - 1) not in GREETING and not _YOU.match(text, end):  # "Hi Queen Anna"
        return True
    return _is_adjective(tokens, at)


def is_shortened(before: str, last: Words, pseudonyms: Pseudonyms) -> bool:
    """Return whether a word before a last name is short for the first name: "Des Okwuosa", who is Desmond."""
    owner = (pseudonyms.find(last) or ("",))[0]
    return len(before) > 1 and owner.startswith(before) and owner[len(before) :][:1].isalpha()


def is_common(word: str) -> bool:
    """Return whether a name is also a common word, so that in small letters it counts only after a greeting."""
    common = word in WORDS["words_too"] or word in ordinary_words() or (word.isalpha() and is_familiar(word))
    return common and word not in _GIVEN


def _in_small_name(tokens: Tokens, at: int) -> bool:
    """Return whether a name in small letters belongs to somebody else: "karl marx", "george michael"."""
    if tokens.words[at] not in (alone := WORDS["names_alone"]):
        return False
    after, before = _SURNAME.match(tokens.text, tokens.ends[at]), tokens.before(at)
    surname = after is not None and after[1] in dictionary() and not is_common(after[1])
    return surname or ((before in alone or before in ONLY_NAMES) and tokens.between(at - 1) == " ")


def _is_adjective(tokens: Tokens, at: int) -> bool:
    """Return whether a word is an attribute, not a name: "a Christian", "Christian values", "Max speed is"."""
    word, text, end = tokens.words[at], tokens.text, tokens.ends[at]
    before = f"{tokens.before(at)}_{word}" if text[tokens.starts[at] - 1] == " " else ""
    goes_on = at + 1 < len(tokens.words) and tokens.between(at) == " "
    after = f"{word}_{tokens.words[at + 1].removesuffix('s')}" if goes_on else ""
    if not WORDS["phrases"].isdisjoint((before, after)):
        return True
    if after in WORDS["of_everyone"]:
        return tokens.is_determined(at)
    noun = _NOUN_AND_VERB.match(text, end)
    are_nouns = noun is not None and all(each in dictionary() and each not in _NO_NOUNS for each in (word, noun[1]))
    if noun and are_nouns and noun[1].removesuffix("s") not in WORDS["of_commenters"]:
        return tokens.is_determined(at) or tokens.begins_sentence(at)
    if word not in WORDS["adjectives"]:
        return False
    noun = _NOUN.match(text, end)
    described = noun is not None and noun[1] not in COMMON and noun[2] not in WORDS["determiners"]
    return tokens.is_determined(at) or described


def _is_addressed(tokens: Tokens, at: int, last: int, how: How) -> bool:
    """Return whether words in small letters name someone who is addressed, speaks or signs.

    "thanks mark", "well said, rose!" and "grace said so", but "thanks, hope this helps" and "hey will you".
    """
    text, word, end = tokens.text, tokens.words[at], tokens.ends[last]
    closed = _CLOSED.match(text, end) is not None
    after = tokens.words[last + 1] if not closed and last + 1 < len(tokens.words) else ""
    before = tokens.before(at)
    thanked = before == "you" and how == "whole" and tokens.before(at - 1) == "thank"
    gap = tokens.between(at - 1) if before else ""
    signed = before in GREETING and "\n" in gap.removeprefix(",") and closed  # "Best regards,\nmark"
    ends = before in GREETING and gap == ", " and _LINE_END.match(text, end)  # "Best, mark"
    if signed or ends or (before in _GREETS and gap == ", " and _ENDED.match(text, end)):  # "Thanks, mark."
        return True
    if (before in GREETING or thanked) and gap.isspace():
        open_end = before in _GREETS and (after == "for" or (word not in COMMON and after not in WORDS["clauses"]))
        return closed or open_end
    if how != "whole" or word not in _GIVEN:
        return False
    line, opens = tokens.line_of(at)
    alone = line > 0 and text[line - 1] != "\0" and _LINE_END.match(text, end)
    if opens and (text[end : end + 1] == ":" or _YOU.match(text, end) or alone):
        return True
    return not tokens.is_determined(at) and (said := _AFTER.match(text, end)) is not None and said[0][-1].isalpha()


def _another(tokens: Tokens, beside: int, gap: int, pseudonyms: Pseudonyms) -> bool:
    """Return whether the word beside a first or last name shows that it is somebody else's: "Joe Biden"."""
    if not 0 <= beside < len(tokens.words) or not tokens.is_capital(beside) or tokens.words[beside] in _BESIDE:
        return False
    between = tokens.between(gap)
    return between.isspace() and "\n" not in between and not pseudonyms.ordinary([tokens.words[beside]])


def _ordinary_name(tokens: Tokens, first: int, last: int, name: Words, pseudonyms: Pseudonyms, how: How) -> bool:
    """Return whether ordinary words such as "Rose" or "Free Speech" are a name in this context."""
    text, start, end = tokens.text, tokens.starts[first], tokens.ends[last]
    if "_" in text[start:end]:
        return True
    if not text[start].isupper():
        return False
    opens = tokens.line_of(first)[1]
    mark = after[0][-1] if (after := _AFTER.match(text, end)) else ""
    greeted = tokens.before(first) in _GREETS and {*".!?"}.isdisjoint(tokens.between(first - 1))
    addressed = greeted or (opens and (mark == ":" or (mark == "," and how == "whole")))
    begins = opens or tokens.begins_sentence(first)
    addressed = addressed or (begins and (how == "whole" or name[0] in _GIVEN) and _YOU.match(text, end) is not None)
    before = tokens.before(first)
    determined = tokens.is_determined(first)
    beside = _another(tokens, first - 1, first - 1, pseudonyms) and not opens
    judged = _JUDGED.match(text, end) is not None and not pseudonyms.in_subject(name)
    other = beside or (determined and first == last) or name[0] in place_names()
    speaks = (mark.isalpha() or judged) and not other
    if addressed or speaks:
        return True
    capitals = all(map(tokens.is_capital, range(first, last + 1)))
    if first < last:
        return capitals and not pseudonyms.in_subject(name)
    owns = text[end : end + 2] in ("'s", "’s") and name[0] not in _MONTHS
    inside = (not begins or owns) and not text[start:end].isupper()
    if not (capitals and inside and how in ("first", "whole") and name[0] in _GIVEN) or pseudonyms.in_subject(name):
        return False
    while name[0] in _MONTHS and before in ("and", "or", "to") and tokens.before(first - 1) in _MONTHS:
        first -= 2  # "in April and June"
        before = tokens.before(first)
    day = _DAY_BEFORE.search(text[max(0, start - 4) : start]) or text[end : end + 2].strip()[:1].isdecimal()
    month = name[0] in _MONTHS and (day or before in WORDS["before_months"])
    return not (month or beside or determined or _another(tokens, last + 1, last, pseudonyms))
