"""Find where sentences end within a stretch of running text, and in which mark.

A sentence is a full unit of speech marked off by a period, colon, question or exclamation mark (Flesch 1948), also
inside quotation marks and brackets. Whether a period after an abbreviation ends a sentence depends on the next word.

Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32(3), 221-233. doi:10.1037/h0057532
"""

import re
import string

import numpy as np

from ..lexicons.characters import Characters
from ..lexicons.code_points import LAST_ASCII, are_in, codes_of, fulfil, places_of
from ..lexicons.dictionaries import easy_words, place_names
from ..lexicons.function_words import COMMON, FUNCTION_WORDS
from ..lexicons.vocabulary import EMOJI, EMOTICON

_NEXT = re.compile(r"[\"'(\[{*_\u2013\u2014-]*[^\S\n]?([\w.'-]*)")
_BETWEEN_PARTS = re.compile(r"[\"()\[\]{}*_/\u2014\u2013-]")
_LONGEST_ORDINAL = 3  # digits; longer numbers before a small letter end a sentence
_LONGEST = 40  # characters; abbreviations are shorter
_DOTTED = re.compile(r"(?:[a-z]{1,3}\.)+[a-z]{1,3}")
_FACES = re.compile(rf"(?:\s{EMOTICON})+[\"')\]}}*_\s]*$")
_CLOSING, _TAIL = "\"')]}*_ \n", 60  # marks after the one that ends a sentence, and how many characters they take
_USUAL_RUN = 3  # marks at the end of a sentence; longer runs are checked one by one
_SPACE = re.compile(r"\s")
_SHORT_AND_INITIAL = re.compile(r"[A-Z]\w{0,3} [B-HJ-Z]\.")  # Fed. R. Civ. P., Geo. W. Bush
_GOES_ON = frozenset(",;:&)]}%/.!?")  # cannot begin a sentence
_SIGNED = re.compile(r"--+\w")  # --bob
_DASHES = "-\u2013\u2014"
_CAPITALS = frozenset(string.ascii_uppercase)
_CLOSES, _OPENS = frozenset("\"')]}*_"), frozenset("\"'([{*_")
_ADDRESS = ("http", "www.")

_TITLES = frozenset(
    """
    mr mrs ms mx messrs mme mlle dr drs prof gen sen sens rep reps gov adm capt cmdr lt sgt cpl pvt maj brig rev hon
    pres msgr supt insp det atty attn wm chas vs cf viz ps mmes
    """.split()
)
"""A name or another word follows them, whatever its first letter."""
_BEFORE_NUMBERS = frozenset(
    """
    no nos nr n\u00b0 rm art arts fig figs pp pg ch chap chaps sec sect par para paras sc ver eq ext tel rs prop supp
    ps evid stat
    """.split()
)
"""Abbreviations before a number; ordinary words, or a single letter, before anything else."""
_ABBREVIATIONS = frozenset(
    """
    approx ca ie eg esp incl excl est max min avg misc vol vols ed eds op dept depts div univ inst assn assoc bros co
    cos corp inc ltd plc llc jr sr asst st ste mt ft ave blvd rd hwy apt bldg intl natl govt mgr mfg adj adv abbr fwd
    tbsp tsp oz deg lb lbs hr hrs yr yrs sq dist aka ff col pts qty qtr temp orig pop al suppl pp figs cit id cir
    """.split()
)
_UNITS = frozenset(
    "in mi gal min sec hr yr lb gb cm mm km kg mg ml pt qt yd ch cc mph pct m g l mn bn tn bil mil".split()
)
"""Units, in the singular; after a number a sentence ends with one unless a small letter or the next part of the measure
follows (`10 in. tall`, `3 lbs. 4 oz.`)."""
_FIGURES = string.digits + ".,$\u00a3\u20ac("
_MEASURE = re.compile(r"\d{1,20} (?:oz|in|min|sec)\b")
_LETTERED = re.compile(
    r"[\w,] (?i:degrees|plan|option|type|class|grade|group|size|section|exhibit|vitamin|hepatitis):? [A-Z]\Z"
)
"""A letter that is no initial of a name: `We need a plan B.`"""
_LOCAL_TIME = re.compile(r"([A-Z]\w{1,30}(?: [A-Z]\w{1,30})?) time\b(?! (?:is|was|has|had|comes?|came)\b)")
"""After an hour, unless it is time for something ordinary: `Dinner time with kids is sacred.`"""
_NEXT_ITEM = {"1": " 2.", "A": " B.", "a": " b."}
_REFERS_BACK = frozenset("he she it they we".split())
_LONGEST_ITEM = 500  # characters
_DATES = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues thu thur thurs fri".split())
_CAPITALISED = _DATES | frozenset(
    """
    ala ariz ark calif colo conn del fla ill ind kan ky md mich minn mo mont neb nev okla ont pa penn tenn tex va vt
    wash wis wyo tx ny ca dc uk eu fr br
    """.split()
)
"""Months, days, states and members of orders, of which many are ordinary words in small letters."""
_AFTER_THE_HOUR = (
    _TITLES
    | _DATES
    | frozenset(
        """
    est edt cst cdt mst mdt pst pdt et ct pt gmt bst utc cet cest ist aest sharp eastern central pacific monday
    tuesday wednesday thursday friday saturday sunday wed sat sun january february march april may june july august
    september october november december
    """.split()
    )
)
_EXCLAIMED = frozenset(["Yahoo", "Jeopardy", "Oklahoma", "Wham", "Yum"])
"""Names that have an exclamation mark of their own."""
_AFTER_TITLES = frozenset("of in by on with from at".split())
"""In small letters after `!` they show that a name, not a sentence, ended in it: `We saw Oliver! in London.`"""
_SHORTENED = _TITLES | _ABBREVIATIONS | frozenset(string.ascii_lowercase)
_OPENERS = COMMON.union(
    FUNCTION_WORDS - {"one"},  # Inc. One Main Street
    """
    anybody finally first last next please thank thanks ok maybe let today yesterday tomorrow later soon instead
    meanwhile according two three others people same several
    """.split(),
)
"""Words that begin sentences and seldom names: after an abbreviation, their capital marks a new sentence."""


_SURE = 5  # letters; longer words are judged by their last ones
_UNSURE = np.array(
    sorted(
        sum(ord(letter) - ord("a") + 1 << 5 * back for back, letter in enumerate(reversed(word[-_SURE:])))
        for word in _SHORTENED
        | {"etc", *_UNITS, *(f"{unit}s" for unit in _UNITS)}
        | {each[1:] for each in _EXCLAIMED}
        | {each for each in _BEFORE_NUMBERS | _CAPITALISED if len(each) >= _SURE}
    )
)
"""Words that do not surely end a sentence, as numbers: five bits a letter."""
EMOJI_SIGN = "\u00a0"  # stands for each character of an emoji; normalised texts have no such space
_BEFORE_FACES = f":;=<^{EMOJI_SIGN}"
_SEPARATORS = "=*_~#-"
_IN_LINES = f"/<(@){_DASHES}{_SEPARATORS}"
_SIGNS = f".!?,{_BEFORE_FACES}{_IN_LINES}"
_FACE = rf"(?:{EMOTICON}|{EMOJI_SIGN}++)"  # belongs to the preceding sentence
_FACE_AT_END = re.compile(
    rf"(?:(?<=\w )|(?<=\w)(?={EMOJI_SIGN})){_FACE}(?:[^\S\n]*+{_FACE}){{0,9}}[^\S\n]+(?=[\"'(]?([A-Z][\w']*))"
)
"""An emoticon or emoji in the place of a full stop: `I love it :) We go there often.`"""
_BEFORE_PICTURES = frozenset("i we they he she who and or & with my your our the a an to of".split())
"""After these a heart or another emoji stands for a word."""
_NAME = r"[A-Z][\w.'-]{0,24}"
_ATTRIBUTION = re.compile(
    rf"({_NAME}|(?:s?he|they|we)\b)(?: {_NAME}){{0,3}}(?:(?<='s)(?: [a-z]{{3,20}}){{1,2}})?(?:, [^.!?\"\n]{{2,60}},)? "
    r"(?:\w{2,20}ly |then |also )?"
    r"(?:said|says?|ask(?:ed|s)|added|announced|answered|argued|began|begged|called|commented|continued|cried|declared"
    r"|demanded|exclaimed|explained|gasped|groaned|growled|inquired|insisted|joked|laughed|muttered|murmured|pleaded"
    r"|protested|quipped|remarked|replied|responded|retorted|repeated|roared|scolded|screamed|shouted|sighed|snapped"
    r"|thought|told|tweeted|urged|warned|whispered|wondered|wrote|yelled)(?=[.,;:!?\n]|\Z| (?:\u2014|(?:\w{2,20}ly"
    r"|again|aloud|back|about|after|as|at|before|from|him|her|his|in|into|me|on|over|the[mn]|through|to|us|when|while"
    r"|with)\b))"
)
"""Who spoke, after a quotation that ends in a mark of its own: the sentence goes on, though a name has a capital."""
_CANDIDATE = re.compile(
    rf"(?<![.!?])([.!?]++)((?:[\"')\]}}*_]*+(?: '(?=\s))?))[^\S\n]++(?:{_FACE}(?:[^\S\n]++|(?=\n)|\Z))*+(?=(\S))"
)

_LINE = re.compile(
    r"(?:<[\w.+-]{1,64}@[\w.-]{1,64}>"  # Ann Lee <ann@a.org>
    r"|(?P<time>/\d\d(?:\d\d)? \d\d?:\d\d(?::\d\d)?(?: [AP]M)?)(?! [AP]M)"  # 02/13/2001 08:02 PM
    r"|(?<=[A-Z]{3} )(?P<agency>\([A-Z]\w{1,20}\) (?:--?|[\u2013\u2014]))"  # TEHRAN (AFP) -
    rf"|(?P<rule>(?<=[{_SEPARATORS}]{{4}})[{_SEPARATORS}]|(?<=\* \* )\*)"  # =====
    r"|(?P<source>\([A-Z]\w{1,30}(?:(?: [A-Z]\w{1,30}){1,3}|(?P<site>\.(?:com|net|org)))\)))"  # (New Scientist)
    r"[ ]++(?=[^\w\n]?[A-Z\d*])"
    r"|(?:(?<=:/)/[^\s/]|(?<=[\w.])@\w)[^\s<>]{1,300}+(?<![.,:;!?])[ ]++(?=(?P<word>[A-Z][\w']*))"  # https://a.org The
    rf"|(?P<broken>[{_DASHES}] ?[\"'] (?=[\"']?[A-Z]))"  # "We \u2014" He stopped.
    r"|(?P<item>(?<=\s[1-79])\)(?= [A-Z]))"  # 2) We met.
    r"|(?P<postscript>(?:(?<=\sPS)|(?<=\sPS ))-+ (?=[A-Z]))"  # PS - We met.
)
"""A line of its own before lines were joined (head of a mail, source of news), an address, or interrupted speech."""
_DATELINE = re.compile(r"(?<!\S)(?:[A-Z][A-Z.,'-]+ ){1,4}\Z")
_REGARDS = re.compile(
    r"(?<!\S)(?i:(?:(?:kind|kindest|best|warm|warmest|many|with|thanks +and) +){0,2}"
    r"(?:regards|(?:best|warm|good) +wishes)"
    r"|(?:(?:yours|very) +)?(?:sincerely|faithfully|truly|respectfully|cordially)(?: +yours)?)\Z"
)
_SIGNED_BY = re.compile(r", +(?=([A-Z][\w.'-]*)(?:(?: +and| +&)? +[A-Z][\w.'-]*){0,3}( *+(?:\n|\Z)|[,;:]| +[a-z])?)")
_THANKS = re.compile(
    r"(?i:(?:(?:many|with) +)?(?:thanks|thank +you|thx|cheers|best|love|yours|good +luck|take +care))\Z"
)
"""Valedictions; those that are ordinary words close a text only before a name at its end."""
_ADDRESSED = r"(?:[A-Z][\w.'-]*|all|both|everybody|everyone|folks|friends|guys|sir|madam|team|there|and|or|&)"
_GREETS = frozenset("ADFGHdgh")
_GREETING = re.compile(
    r"(?:All|Folks|(?i:hi|hello|hey|dear|greetings|good +(?:morning|afternoon|evening|day))"
    rf"(?: +(?!God\b|Lord\b){_ADDRESSED}){{1,5}}) *[{_DASHES},:] +(?=[A-Z])(?![A-Z][\w'-]* +(?:and|or|&) +[A-Z])"
)
"""A greeting at the beginning of a text: `Dear Ann, We met.`"""


def find_starts(text: str, bases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find where sentences begin in stretches joined by line feeds: number of the stretch, and position.

    Stretch i is ``text[bases[i] : bases[i + 1] - 1]``.  Text without a word, such as a bracket, joins the sentence
    before it.
    """
    codes = codes_of(text + "\n" * (_SURE + 1))  # padding, so that neighbours exist at both ends
    signs = places_of(codes, _SIGNS)
    kinds = ".!?", _BEFORE_FACES, _IN_LINES, ","
    marks, faces, others, commas = (signs[are_in(codes[signs], kind)] for kind in kinds)
    last = marks[~are_in(codes[marks + 1], ".!?")]
    marks = marks[~are_in(codes[marks - 1], ".!?")]
    certain, next_ones = _sure_ends(codes, marks, last)
    begins = np.zeros(len(codes), bool)
    begins[next_ones] = begins[bases[:-1]] = True
    for at in marks[~certain & are_in(codes[last + 1], f"{EMOJI_SIGN} \"')]}}*_")].tolist():
        if (match := _CANDIDATE.match(text, at)) and _ends(text, begins, match):
            begins[match.end()] = True
    for at in faces[codes[faces - 1] != ord(EMOJI_SIGN)].tolist():
        if (match := _FACE_AT_END.match(text, at)) and _ends_at_face(text, match):
            begins[match.end()] = True
    lines = bases[:-1][are_in(codes[bases[:-1]], _GREETS)].tolist()
    for at in others.tolist():
        if match := _LINE.match(text, at):
            places = [*_ends_of_line(text, begins, match)]
            begins[places] = True
            lines += places
    for at in commas[are_in(codes[commas + 2], _CAPITALS | {" "})].tolist():
        if match := _SIGNED_BY.match(text, at):
            begins[[*_ends_of_letter(text, begins, match)]] = True
    for at in lines:
        if match := _GREETING.match(text, at):
            begins[match.end()] = True
    starts = np.flatnonzero(begins)
    return _with_words(text, codes, starts, np.searchsorted(bases, starts, "right") - 1)


def _sure_ends(codes: np.ndarray, marks: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return whether a sentence certainly ends at each run of marks, and where the next ones begin.

    It does between a lower-case word and a single space with a capital, even in quotation marks or brackets. After a
    period, the next word may also be in lower case, or the word before in capitals or followed by a quotation mark.
    """
    period = (marks == last) & (codes[marks] == ord("."))
    space = last + 1 + (period & are_in(codes[last + 1], _CLOSES))
    after = codes[space + 1 + are_in(codes[space + 1], _OPENS)]
    capital = (after >= ord("A")) & (after <= ord("Z"))
    certain = (codes[space] == ord(" ")) & (capital | (period & (space == last + 1) & fulfil(after, str.islower)))
    at, period, capital = marks[certain], period[certain], capital[certain]
    letters, word = np.zeros((2, len(at)), np.intp)
    small, lettered = np.ones((2, len(at)), bool)
    for back in range(_SURE):
        letter = codes[at - 1 - back].astype(np.intp)
        lettered &= are_in(letter, string.ascii_letters)
        small &= ~lettered | (letter >= ord("a"))
        word += lettered * (letter % 32) << 5 * back
        letters += lettered
    alone = codes[at - 1 - letters] <= ord(" ")  # the word is not part of a longer token
    unsure = _UNSURE.take(np.searchsorted(_UNSURE, word), mode="clip") == word
    long = lettered & (capital | (small & are_in(codes[at - 1 - _SURE], string.ascii_lowercase)))
    ends = long | (alone & small & (letters > 1)) | are_in(codes[at - 1], '")')
    certain[certain] = np.where(period, ends, small & (letters > 0)) & ~unsure
    return certain, space[certain] + 1


def _with_words(text: str, codes: np.ndarray, starts: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Drop the starts of pieces without words, and those before the first word, but keep each stretch's start."""
    worded = fulfil(codes[starts], str.isalnum)
    ends = np.append(starts[1:], len(text))[: len(starts)]
    for i in np.flatnonzero(~worded).tolist():
        worded[i] = any(map(str.isalnum, text[starts[i] : ends[i]]))
    first = np.append(True, number[1:] != number[:-1])[: len(number)]
    before = np.cumsum(worded) - worded
    kept = first | (worded & (before > before[first][number]))
    return number[kept], starts[kept]


def _before(text: str, at: int) -> str:
    """Return the text before a position in the same stretch, as far as the rules need it."""
    return text[max(at - _LONGEST, 0) : at].rpartition("\n")[2]


def _last_token(before: str) -> str:
    return _SPACE.split(before.rpartition(" ")[2])[-1]


def _ends(text: str, begins: np.ndarray, match: re.Match[str]) -> bool:
    """Return whether a sentence ends with this mark; `begins` marks the starts of earlier ones."""
    mark, closing, first = match.groups()
    at = match.start()
    before = _before(text, at)
    at -= len(before) - len(before := before.rstrip(f" {EMOJI_SIGN}"))  # some people write a space before the mark
    token = _last_token(before)
    start = at - len(token)
    follows = _NEXT.match(text, match.end())[1]  # type: ignore[index]
    small = follows[:1].islower() and not follows[1:2].isupper()  # iPads
    if first in _GOES_ON or (small and first in _DASHES and not _SIGNED.match(text, match.end())):
        return False
    dots = not mark.strip(".") and (len(mark) > 1 or token == ".")
    if small and (closing or dots):
        return follows.startswith(_ADDRESS)
    if dots or mark != ".":
        if (closing or small) and _says_who(text, match.end()):
            return False
        if dots and token.lstrip("\"'") == follows == "I":
            return False  # stammering
        name = token.lstrip("\"'(")
        if mark == "!" and name in _EXCLAIMED:
            return not small and follows.lower() in _OPENERS
        if mark == "!" and follows in _AFTER_TITLES and name.istitle() and not begins[start]:
            return False
        return token == "." or any(map(str.isalnum, token))
    unit = token.lstrip(_FIGURES)  # $5m.
    if unit.removesuffix("s") in _UNITS and text[max(start - 2, 0) : at - len(unit)].rstrip(" ")[-1:].isdigit():
        return not (small or _MEASURE.match(text, match.end()))
    if len(token) == 1 and _LETTERED.search(before):
        return not small
    if token.lower() in ("a.m", "p.m") and (local := _LOCAL_TIME.match(text, match.end())):
        return all(map(_is_ordinary, local[1].lower().split()))
    is_item = token in _NEXT_ITEM and before[:-1].endswith(": ")
    if is_item and follows.lower() in _REFERS_BACK:  # The answer is: A. It was easy.
        is_item = _NEXT_ITEM[token] in text[match.end() : match.end() + _LONGEST_ITEM].partition("\n")[0]
    return _ends_at_period(token, follows, small, is_first=begins[start] or is_item)


def _is_ordinary(word: str) -> bool:
    """Return whether a word before `time` is neither a place nor a zone."""
    return word in easy_words() and word not in place_names() and word != "mountain"


def _ends_at_face(text: str, match: re.Match[str]) -> bool:
    """Return whether a sentence ends at an emoticon or emoji before a capital, which may begin a name instead."""
    before = _before(text, match.start()).split()[-1].lower()
    smiles = match[0][0] in ":;="
    return smiles or (match[1].lower() in _OPENERS and before not in _BEFORE_PICTURES)


def _ends_of_line(text: str, begins: np.ndarray, match: re.Match[str]) -> set[int]:
    """Return where sentences begin after a line that was joined to the next, and before a time of day."""
    at, end, kind = match.start(), match.end(), match.lastgroup
    before = _before(text, at)
    start = at - len(_last_token(before))  # of the token
    is_first, is_glued = begins[start], text[start] not in _SEPARATORS
    if kind == "rule":
        start = at
        while start and text[start - 1] in _SEPARATORS:
            start -= 1
    elif kind in ("item", "postscript"):
        start = at - (len("2") if kind == "item" else len(before) - before.rindex("PS"))
    leads_in = (_before(text, start).split() or [""])[-1]
    is_after_opener = leads_in.lower() in _OPENERS
    if kind == "rule":  # not a dash, masked letters, a blank to fill in, or the start of the next line
        run = text[start : at + 1]
        is_in_word = is_glued and len(run) < 10 and not run.strip("-_*")
        return set() if begins[start] or is_in_word or (text[at] == "_" and is_after_opener) else {end}
    if kind == "broken":
        return set() if _says_who(text, end) else {end}
    if kind in ("item", "postscript"):
        is_inside = leads_in[-1:] in ",;:(" or is_after_opener
        return set() if is_inside or before.rfind("(") > before.rfind(")") else {start}
    if kind == "word":
        return set() if is_first or match["word"].lower() not in _OPENERS else {end}
    if kind == "agency":
        return {at - len(place[0]) if (place := _DATELINE.search(before)) else end, end}
    if kind == "time":  # after a name: not one inside a sentence
        if is_first or (leads_in[:1].isupper() and leads_in[-1].isalnum()):
            return set() if is_after_opener else {start, end}  # On 04/26/01 07:17 Tom left.
        return {end} if _NEXT.match(text, end)[1].lower() in _OPENERS else set()  # type: ignore[index]
    if match["site"] and text[end : end + len("It")].lower() in _OPENERS:
        return {start, end}
    return set() if match["source"] and not is_first else {end}


def _ends_of_letter(text: str, begins: np.ndarray, match: re.Match[str]) -> set[int]:
    """Return where a valediction and the name after its comma begin."""
    at, (name, follows) = match.start(), match.groups()
    before, is_last = _before(text, at), follows is not None and not follows.strip()
    found = _REGARDS.search(before) or (is_last and _THANKS.search(before))
    if not found or name.lower() in _OPENERS:
        return set()
    if follows and not is_last and not found[0].lower().endswith("regards"):
        return set()  # Respectfully, Senator Smith is wrong.
    is_certain = found.re is _REGARDS and found[0][0].isupper()
    start = at - len(found[0])
    return {start, match.end()} if is_certain or begins[start] else set()


def _says_who(text: str, at: int) -> bool:
    """Return whether an attribution such as `Tom asked.` follows; `He said nothing.` is a sentence of its own."""
    match = _ATTRIBUTION.match(text, at)
    return match is not None and (match[1] == "I" or match[1].islower() or match[1].lower() not in _OPENERS)


def _ends_at_period(token: str, follows: str, small: bool, *, is_first: bool) -> bool:
    bare = _BETWEEN_PARTS.split(token)[-1].lstrip("'")
    word, opener = bare.lower(), follows.lower().rstrip(".'") in _OPENERS
    number = follows[:1].isdigit()
    if word.isdigit():
        is_long = len(word) > _LONGEST_ORDINAL or follows.split("'")[0] == "i"
        is_item = is_first and token.lstrip("(") == word
        return not is_item and (not small or is_long)
    if len(word) == 1 and word.isalpha():
        return opener and follows not in ("A", "I") and not (small or is_first)
    if word in _BEFORE_NUMBERS and number:
        return False
    if word in _TITLES:
        is_noun = bare[0].islower() and opener and word not in ("cf", "viz", "vs")  # I called the rep. He left.
        return not is_first if word == "ps" else is_noun and not small
    if _DOTTED.fullmatch(word):
        if word in ("a.m", "p.m"):
            return not (small or number) and follows.lower().rstrip(".") not in _AFTER_THE_HOUR
        shouted = len(follows) > 1 and follows.isupper()  # capitals mean nothing
        return opener and not (small or shouted) and word not in ("e.g", "i.e", "p.s", "p.p.s", "n.b")
    if (word in _ABBREVIATIONS and bare != "EST") or (word in _CAPITALISED and bare[0].isupper()):
        return opener and not small
    if word == "etc":
        return not small
    goes_on = small and bare[:1].isupper() and len(word) <= 6 and not follows.startswith(_ADDRESS)
    return not goes_on and not _SHORT_AND_INITIAL.fullmatch(f"{bare} {follows}")


def ends_in(sentence: str, mark: str) -> bool:
    """Return whether a sentence ends in this mark; closing quotes, brackets and emoji may follow."""
    tail = sentence.rstrip()[-_TAIL:]
    tail = _FACES.sub("", tail if tail.isascii() else EMOJI.sub("", tail)).rstrip(_CLOSING)
    return mark in tail[len(tail.rstrip(".!?")) :]


def all_ending_in(content: Characters, spans: tuple[np.ndarray, np.ndarray], marks: str) -> dict[str, np.ndarray]:
    """Return for each mark the spans that end in it, as `ends_in` decides one by one.

    Two letters at the end, or a few marks after any other plain character, leave nothing to decide.
    """
    starts, ends = spans
    last = np.maximum(content.edges(starts, ends)[1], 1)
    in_run = are_in(content.codes[last], ".!?")
    clear = fulfil(content.codes[last], str.isalnum) & fulfil(content.codes[last - 1], str.isalnum)
    found = {mark: np.zeros(len(last), bool) for mark in marks}
    for back in range(_USUAL_RUN + 1):
        code = content.codes[last - back]
        for mark in marks:
            found[mark] |= in_run & (code == ord(mark))
        clear |= in_run & ~are_in(code, ".!?") & (code <= LAST_ASCII)
        in_run &= are_in(code, ".!?") & (last - back > starts)
    for i in np.flatnonzero(~clear).tolist():
        part = content.text[starts[i] : ends[i]]
        for mark in marks:
            found[mark][i] = mark in part and ends_in(part, mark)
    return found
