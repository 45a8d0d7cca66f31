"""Normalise characters that look the same: quotes, dashes, spaces, invisible and look-alike ones, broken encodings."""

import html
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from ..lexicons.address_patterns import is_link
from ..lexicons.characters import places_of_string, replaced_at
from ..lexicons.code_points import are_in, codes_of, distinct, places_of
from ..lexicons.dictionaries import dictionary
from ..lexicons.function_words import FUNCTION_WORDS
from .markup import SUPERSCRIPT

_NONCHARACTER = "\ufdd0"  # reserved by Unicode for internal use
_SEAM = f" \n{_NONCHARACTER}\n"  # between texts in a buffer; the space separates it from a carriage return
LONGEST = 10_000_000  # characters; a longer text is an error, never silently cut

_AFTER_AMPERSAND = "#" + string.ascii_letters  # the second character of an entity
_IN_PROSE = "\n\u2013\u2014" + _NONCHARACTER
_FIRST_PICTURE, _LAST_PICTURE = 0x1F300, 0x1FAFF  # emoji that no rule changes
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2\u20e4-\u20ff\ufe20-\ufe2f"
_WITH_MARKS = f"[^\\W\\d_][{_MARKS}]{{1,2}}"  # a letter
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e001f\U000e0080-\U000e0fff"
)
_TAGS = "\U000e0020-\U000e007f"
_SPACES = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_STYLED = "[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\u210a-\u2113\u2115\u2119-\u211d\u2124]"
_SINGLE_QUOTES = "[\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u2039\u203a\u00b4\ua78c]"
_DOUBLE_QUOTES = "[\u201c-\u201f\u00ab\u00bb\u2033\u301d-\u301f\u275d\u275e\u02ee]"
_TWO_MARKS = {"\u203c": "!!", "\u203d": "?!", "\u2047": "??", "\u2048": "?!", "\u2049": "!?"}
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u0410\u0415\u041e\u0420\u0421\u0425\u0412\u041d\u041a\u041c\u0422\u0406",
    "aeopcxyijsAEOPCXBHKMTI",
)


class Change(NamedTuple):
    """One kind of change that normalising made to a text, and how often."""

    rule: str
    before: str
    after: str
    times: int


class _Rule(NamedTuple):
    """A pattern and its replacement; it applies only if the text contains its sign, a string.

    Rules for many characters have a character pattern instead of a sign.
    """

    name: str
    pattern: re.Pattern[str]
    replacement: Callable[[re.Match[str]], str] | str  # a string is literal
    sign: str | re.Pattern[str]


_GLUE = frozenset(",;:.!?/()&_")
_GLUED = re.compile(
    rf"[,;:.!?/()&_](?![\s\d{SUPERSCRIPT}])(?:"
    r"(?<=[^\W\d_][,;])(?=[^\W\d_])"  # great,the
    r"|(?<=[^\W\d_]{3}[:()])(?=[^\W\d_]{3})"  # nice:bad, nice(very good)stuff
    r"|(?<=[^\W\d_]\.)\.++(?=[^\W\d_])"  # it...love
    r"|(?<=[a-z]{2}\.)(?=[a-z]{2})"  # this.was
    r"|(?:(?<=[^\W\d_A-Z]{2}[.!?])|(?<=\b[MDS][rst]\.))(?=[A-Z][a-z]|I\b)"  # brother.My, Mr.Smith
    r"(?!(?:Com|Org|Net|Gov|Edu|Uk|Co\.Uk)\b)"
    r"|(?<=[^\W\d_]{2}[!?])[!?]*+(?=[^\W\d_]{2})"  # great!love
    r"|(?<=[^\W\d_]{2}/)(?=[^\W\d_]{2})|(?<=[^\W\d_]{3}&)(?=[^\W\d_]{3})"  # good/bad, yes/no, rock&roll
    r"|(?<=[^\W\d_]{2}__)(?=[^\W\d_]{2}))"  # __very__good__
)
_CHOICE = re.compile(
    r"[\"'(*_]{0,9}([^\W\d_]{2,40}(?:[/&][^\W\d_]{2,40}){1,9})(?:'[a-z]{1,2})?"
    r"[\"')*_.,;:!?]{0,9}(?:(?<=[,;!?])[^\W\d_]{1,40}[.,;:!?]{0,9})?"  # and the word attached to it
)
_NEAR = 200  # characters; longer tokens are addresses


def _set_apart(match: re.Match[str]) -> str:
    """Insert the missing space after a mark between two words; addresses and paths stay whole."""
    text, mark, start, end = match.string, match[0], match.start(), match.end()
    before = text[max(start - _NEAR, 0) : start]
    if not before[-1].isspace():
        before = before.rsplit(None, 1)[-1]
    if mark in ",;":
        return mark if "://" in before or "www" in before or "@" in before else mark + " "
    after = text[end : end + _NEAR].split(maxsplit=1)[0]
    if mark in "/&":
        choice = _CHOICE.fullmatch(before + mark + after)
        return f" {mark} " if choice and _are_words(choice[1]) else mark
    if any(map((before + after).__contains__, ("://", "www", "@", "/", "=", "]("))):
        return mark
    if mark == "(":
        return mark if ")" in after else " ("
    if mark == ")" and "(" in before and not _is_aside(before, after):
        return mark
    if mark == "." and after[0].islower() and not _is_end(before, after):
        return mark
    return mark + " "


def _beside_quotation(match: re.Match[str]) -> str:
    """Insert the missing space where one sentence ends and the next begins, on the outside of a quotation mark."""
    if len(match[0]) > 1:
        return '" "'
    before = match.string[max(match.start() - _NEAR, 0) : match.start()].rpartition(_NONCHARACTER)[2]
    mark = before.rfind('"')
    beside = before[mark - 1 : mark] if mark > 0 else ""
    is_glued = beside in (":", ",") and before.rpartition("\n")[2].count('"') % 2 == 1  # asked:"Why?"He
    is_open = mark >= 0 and (beside in " \n([*_'" or is_glued) and not before[mark + 1 : mark + 2].isspace()
    return '" ' if is_open else ' "'


def _are_words(choice: str) -> bool:
    """Return whether all parts are words, as in `yes/no`, unlike `TCP/IP`; `and/or` counts as one word."""
    words = re.split("[/&]", choice.lower())
    return words != ["and", "or"] and all(len(word) > 2 or word in FUNCTION_WORDS for word in words)


def _is_aside(before: str, after: str) -> bool:
    """Return whether a bracket encloses a word with the next glued to it: `(good)but`, not `(re)open` or `f(x)is`."""
    inner, following = before.lstrip("\"'*_")[1:], re.split(r"[\W_]", after.lower(), maxsplit=1)[0]
    return inner.isalpha() and following in FUNCTION_WORDS and inner.lower() + following not in dictionary()


def _is_end(before: str, after: str) -> bool:
    """Return whether a full stop between small letters ends a sentence: one word never occurs in addresses."""
    words = before.strip("\"'(*_").lower(), after.rstrip(",;:.!?")
    return not FUNCTION_WORDS.isdisjoint(words) and all(map(str.isalpha, words)) and not is_link(f"{before}.{after}")


def _selector(match: re.Match[str]) -> str:
    """Keep one presentation selector, and only where the character before it can be drawn as an emoji."""
    before, (selectors, keycap, more) = match.string[match.start() - 1], match.groups()
    if before in "0123456789#*":
        return ("\ufe0f" if keycap else "") + keycap + more
    drawable = unicodedata.category(before) in ("So", "Sm", "Sk", "Po", "Pd") and not before.isascii()
    drawable = drawable or before == "\u2139"  # the information sign is a letter
    return (selectors[0] if drawable else "") + keycap + more


# In this order: rules may rely on those above. No pattern backtracks over more than a few characters.
_RULES = (
    _Rule("split surrogate pair", re.compile("[\ud800-\udbff][\udc00-\udfff]"), lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), re.compile("[\ud800-\udbff]")),
    _Rule("html entity", re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"), lambda m: html.unescape(m[0]), "&"),
    _Rule("terminal code", re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]"), "", "\x1b["),
    _Rule("line end", re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]"), "\n", re.compile("[\r\x0b\x0c\x85\u2028\u2029]")),
    _Rule(
        "invisible character",
        re.compile(
            f"[{_INVISIBLE}{_TAGS}\u200d](?:(?<=[{_INVISIBLE}])[{_INVISIBLE}]*"
            f"|(?<=[{_TAGS}])(?<![\U0001f3f4\U000e0020-\U000e007e].)[{_TAGS}]*"
            f"|(?<=\u200d)(?:(?<![\u203c-\U0001faff\ufe0f].)|(?<=[{_INVISIBLE}].))\u200d*)"
        ),
        "",
        re.compile(f"[{_INVISIBLE}{_TAGS}\u200d]"),
    ),
    _Rule("space", re.compile(_SPACES), " ", re.compile(_SPACES)),
    _Rule("stacked marks", re.compile(f"[{_MARKS}]{{3,}}"), "", re.compile(f"[{_MARKS}]")),
    _Rule("composed letter", re.compile(_WITH_MARKS), lambda m: unicodedata.normalize("NFC", m[0]), re.compile(f"[{_MARKS}]")),
    _Rule("styled letter", re.compile(_STYLED), lambda m: unicodedata.normalize("NFKC", m[0]), re.compile(_STYLED)),
    _Rule("stray selector", re.compile("^[\ufe0e\ufe0f]+"), "", re.compile("[\ufe0e\ufe0f]")),
    _Rule("stray selector", re.compile("([\ufe0e\ufe0f]+)(\u20e3?)([\ufe0e\ufe0f]*)"), _selector, re.compile("[\ufe0e\ufe0f]")),
    _Rule("single quote", re.compile(_SINGLE_QUOTES), "'", re.compile(_SINGLE_QUOTES)),
    _Rule("double quote", re.compile("(?:(?<![^\\s([])|(?<=(?<![^\\s([])[*_]))\u00ab (?=\\S)|(?:(?<=[^\\s#>*+-])|(?<=\\S\\*)) \u00bb(?=[*_]*(?:[\\s,;:!?)\\]'<\u2026\u2014\u2013-]|\\.(?![\\w.])|$))"), '"', re.compile("[\u00ab\u00bb]")),
    _Rule("double quote", re.compile(_DOUBLE_QUOTES), '"', re.compile(_DOUBLE_QUOTES)),
    _Rule("two marks in one", re.compile("[\u203c\u203d\u2047-\u2049](?!\ufe0f)"), lambda m: _TWO_MARKS[m[0]], re.compile("[\u203c\u203d\u2047-\u2049]")),
    _Rule("hyphen", re.compile("[\u2010\u2011]"), "-", re.compile("[\u2010\u2011]")),
    _Rule("ellipsis", re.compile("\u2026"), "...", "\u2026"),
)  # fmt: skip
# Each match begins with its sign, so the preceding text is checked last.
_SPACING = (
    _Rule("dash", re.compile(r"-(?<=[\w\"'.!?,)]-)(?<!<!-)-+(?=[\w\"'(])"), " \u2014 ", "--"),
    _Rule("single quote", re.compile("`(?<=[^\\W\\d_]`)(?=[^\\W\\d_])"), "'", "`"),
    _Rule("double quote", re.compile(r"``(?<![^\s(\[*_]``)(?:(?=[^\s`][^`\ufdd0]*?(?:''|\s[(\[>*_-]*``|\ufdd0|\Z))|(?= [^`\ufdd0]*? ''(?![^\s.,;:!?)])))"), '"', "``"),
    _Rule("double quote", re.compile(r"''(?<!'{3})(?!')(?:(?<=[^\s=(\[]'')|(?<=[^\s=(\[] '')(?![^\s.,;:!?)])|(?<![^\s(\[]'')(?=[\w*_(\[.$#@]))"), '"', "''"),
    _Rule("double quote", re.compile(r",,(?<![^\s(\[*_],,)(?=[\w*_(\[.])"), '"', ",,"),
    _Rule("dash", re.compile("\u2015"), "\u2014", "\u2015"),
    _Rule("space beside dash", re.compile("\u2014(?=[^\\s\u2014])"), "\u2014 ", "\u2014"),
    _Rule("space beside dash", re.compile("\u2014(?<=[^\\s\u2014]\u2014)"), " \u2014", "\u2014"),
    _Rule("space beside dash", re.compile("\u2013(?=[^\\W\\d])(?<=[^\\W\\d]\u2013)"), " \u2013 ", "\u2013"),
    _Rule("space beside dash", re.compile("\u2013(?=[^\\W\\d])(?<=[^\\W\\d] \u2013)"), "\u2013 ", "\u2013"),
    _Rule("missing space", _GLUED, _set_apart, ""),
    _Rule("missing space", re.compile(r'"(?<=[^\W\d_][.!?]")"?(?=[A-Z][a-z]|I\b)'), _beside_quotation, '"'),
)  # fmt: skip
_MANY_WITH_MARKS = re.compile(f"(?:{_WITH_MARKS}){{1,1000}}")  # composed together, as a text may consist of marks
_MOST_USUAL = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...", "\u00a0": " "}
"""What the rules write for the characters that make most texts more than ASCII: curly quotes, ellipsis, hard space."""
_SHORT = 1_000  # characters; for shorter texts a pattern is faster than numpy
_NOT_USUAL = re.compile("[^ -~\n]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WITH_CYRILLIC = re.compile("(?<!\\w)[^\\W\u0400-\u04ff]*+[\u0400-\u04ff]\\w*")
_LATIN = re.compile("[A-Za-z]")
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00c5\u00e2\u00f0\u00d0\u00d1](?:[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2020-\u2122\u20ac]"
    "|[\u2013-\u201e](?=\\w))"  # a quote that closes a word does not show a broken encoding
)


def normalise(text: str) -> str:
    """Normalise a text: one spelling for everything that looks the same.

    Returns
    -------
    str
        Straight quotes, ``...`` for an ellipsis, a space on both sides of an em dash, line feeds for all line ends,
        letters in their plain and composed form, no invisible characters.  What a reader sees is kept.

    Raises
    ------
    TypeError
        If `text` is not a str.
    ValueError
        If `text` is longer than ten million characters.

    Examples
    --------
    >>> normalise("They isn\u2019t here\u2014gone\u2026")
    "They isn't here \u2014 gone..."
    """
    return normalise_all([text])[0]


def normalise_all(texts: Sequence[str]) -> list[str]:
    """Normalise many texts as `normalise` does each, in one buffer: no rule looks across the seam between two texts."""
    if {*map(type, texts)} != {str} or max(map(len, texts)) > LONGEST:
        texts = [*map(_checked, texts)]
    joined = _SEAM.join(texts)
    if joined.count(_NONCHARACTER) >= len(texts):  # a text contains one, or there are no texts
        return [_by_all_rules(text, None) for text in texts]
    for before, after in _MOST_USUAL.items():
        joined = joined.replace(before, after)
    normalised = _spaced(joined, None).split(_SEAM)
    others = _with_more_than_prose(joined)
    some = [_whole_text_rules(texts[i], None) for i in others]
    for i, text in zip(others, _by_rules(_SEAM.join(some), None).split(_SEAM), strict=False):
        normalised[i] = _latin_spelling(text, None)
    return normalised


def _with_more_than_prose(joined: str) -> list[int]:
    """Return the texts of a buffer with entities, or characters beyond printable ASCII, line feeds, dashes and emoji."""
    codes = codes_of(joined + "\n")
    signs = np.flatnonzero((codes < ord(" ")) | (codes > ord("~")))
    signs = signs[(codes[signs] < _FIRST_PICTURE) | (codes[signs] > _LAST_PICTURE)]
    seams = signs[codes[signs] == ord(_NONCHARACTER)]
    entities = np.flatnonzero(codes == ord("&"))
    entities = entities[are_in(codes[entities + 1], _AFTER_AMPERSAND)]
    unusual = np.append(signs[~are_in(codes[signs], _IN_PROSE)], entities)
    return np.unique(np.searchsorted(seams, unusual)).tolist()


def changes(text: str) -> list[Change]:
    """List what `normalise` changes in a text: the rule, the spelling before and after, how often.

    Examples
    --------
    >>> changes("isn\u2019t")
    [Change(rule='single quote', before='\u2019', after="'", times=1)]
    """
    log: Counter[tuple[str, str, str]] = Counter()
    _by_all_rules(_checked(text), log)
    return [Change(*what, times) for what, times in log.items()]


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(
            f"A text must be a str, not {type(text).__name__}. Convert it, or give one text of a table: table['text'].iloc[0]."
        )
    if len(text) > LONGEST:
        raise ValueError(
            f"The text has {len(text):,} characters; at most {LONGEST:,} are read. Split it into parts first."
        )
    return text


def _by_all_rules(text: str, log: Counter[tuple[str, str, str]] | None) -> str:
    return _latin_spelling(_by_rules(_whole_text_rules(text, log), log), log)


def _by_rules(text: str, log: Counter[tuple[str, str, str]] | None) -> str:
    """Apply the rules that depend on a few characters each."""
    signs = _signs_in(text)
    for rule in _RULES:
        if rule.sign in text if isinstance(rule.sign, str) else rule.sign.search(signs):
            text = _applied(rule, text, log)
            if rule.sign == "&":  # entities may be any character
                signs = _signs_in(text)
    return _spaced(text, log)


def _spaced(text: str, log: Counter[tuple[str, str, str]] | None) -> str:
    """Put spaces beside dashes, and between words joined by a mark."""
    for rule in _SPACING:
        if rule.sign[:1] in text and rule.sign in text:  # type: ignore[index,operator]
            text = _applied(rule, text, log)
    return text


def _applied(rule: _Rule, text: str, log: Counter[tuple[str, str, str]] | None) -> str:
    def replace(match: re.Match[str]) -> str:
        after = rule.replacement if isinstance(rule.replacement, str) else rule.replacement(match)
        if log is not None and after != match[0]:
            log[rule.name, match[0], after] += 1
        return after

    if rule.pattern is _GLUED and len(text) >= _SHORT:
        return replaced_at(text, _glued_at(text), _GLUED, replace)
    if rule.sign and isinstance(rule.sign, str):
        return replaced_at(text, places_of_string(rule.sign, text), rule.pattern, replace)
    pattern = _MANY_WITH_MARKS if rule.name == "composed letter" and log is None else rule.pattern
    return pattern.sub(rule.replacement if log is None else replace, text)


def _glued_at(text: str) -> list[int]:
    """Yield where marks may join words: between two letters, perhaps among other marks."""
    codes = codes_of(text + "\n")
    marks = places_of(codes, _GLUE)
    before, after = codes[marks - 1], codes[marks + 1]
    between = (before >= ord("A")) & ((after >= ord("A")) | are_in(after, ".!?"))
    found = between & ((codes[marks] != ord("_")) | ((before == ord("_")) & (after != ord("_"))))
    return marks[found].tolist()


def _signs_in(text: str) -> str:
    """Return the distinct characters of a text beyond printable ASCII, on which rules for many characters depend."""
    return "".join(filter(_NOT_USUAL.match, set(text) if len(text) < _SHORT else distinct(text)))


def _whole_text_rules(text: str, log: Counter[tuple[str, str, str]] | None) -> str:
    """Apply rules that need the whole text: wrong encodings, words separated only by zero-width spaces."""
    if not text.isascii() and _MOJIBAKE.search(text):
        text = _noted("broken encoding", text, _repaired(text), log)
    if "\u200b" in text and not re.search(r"\s", text.strip()):
        text = _noted("zero-width space", text, text.replace("\u200b", " "), log)
    return text


def _noted(rule: str, before: str, after: str, log: Counter[tuple[str, str, str]] | None) -> str:
    if log is not None and after != before:
        log[rule, before[:40], after[:40]] += 1
    return after


def _repaired(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, once or twice, line by line (ftfy slows down on very long lines)."""
    import ftfy

    config = ftfy.TextFixerConfig(
        uncurl_quotes=False, unescape_html=False, fix_character_width=False, max_decode_length=20_000
    )
    lines = text.split("\n")
    return "\n".join(
        ftfy.fix_encoding(line, config) if len(line) <= 20_000 and _MOJIBAKE.search(line) else line for line in lines
    )


def _latin_spelling(text: str, log: Counter[tuple[str, str, str]] | None) -> str:
    """Write Cyrillic letters that look Latin as Latin ones, in words and texts that are Latin otherwise."""
    if text.isascii() or not (_CYRILLIC.search(text) and _LATIN.search(text)):
        return text
    cyrillic_text = bool(_CYRILLIC.search(text.translate(_LOOK_ALIKES)))

    def spell(match: re.Match[str]) -> str:
        word, latin = match[0], match[0].translate(_LOOK_ALIKES)
        if _CYRILLIC.search(latin) or (cyrillic_text and not _LATIN.search(word)):
            return word
        return latin

    return _applied(_Rule("look-alike letter", _WITH_CYRILLIC, spell, _CYRILLIC), text, log)
