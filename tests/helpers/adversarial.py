"""The adversarial corpus: texts and tables that break naive measuring, with what is true about each of them.

`cases` yields texts, `tables` yields tables, `pumped` builds the texts that hurt regular expressions.  Nothing here
uses a clock, a random generator or the order of a hash: every run sees the same texts.
"""

import functools
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

KINDS = ("encoding", "unicode", "size", "regex", "markup")
PUMPED = 200_000  # characters of a regex case at full scale

# Long enough that every metric except those about emoji, lists and headings has a value (thirty sentences and more).
BASE = (
    "The old bridge isn't safe. Nobody likes to hear that! We can't face another terrible winter with it. "
    "Who will pay for the repair? The town says it won't, but the county doesn't want to either. "
    'My neighbour called it "a disgrace and a danger to us all". I think he is right. '
    "The engineers were honest with us. They had warned the council for years. The council did nothing. "
    "Isn't that a scandal? I love this town and its people. We have good schools. We have a great library. "
    "We even have our own TV station! The bridge is the one thing that we never talk about. "
    "It carries nine hundred cars a day. It carries the school bus too. The children wave from the windows. "
    "That is a lovely sight, but it also makes me afraid. What would we tell their parents? "
    "Some say that I exaggerate. They've not seen the report. It is forty pages long and very clear. "
    "The steel is weak. The concrete is cracked. The bolts are gone in three places. "
    "You don't need to be an engineer to understand it. Please read it yourself. "
    "Then come to the meeting on Monday. Bring your questions and your anger. Bring some hope as well. "
    "We can still solve this problem together."
)
CURLY = BASE.replace("'", "\u2019").replace(' "', " \u201c").replace('".', "\u201d.")
LINES = BASE.replace(". ", ".\n")
FIRE = "\U0001f525"


class Case(NamedTuple):
    """One nasty text; `same_as` is a text that looks the same to a reader, so that every metric must agree."""

    name: str
    text: str
    kind: str = ""  # which `cases` fills in
    same_as: str | None = None
    emoji: int | None = None  # emoji that a reader counts, outside solicitation
    words: int | None = None  # words of the running text
    apart: Mapping[str, str] = MappingProxyType(
        {}
    )  # metric -> why it may differ from `same_as` although both look alike


class Table(NamedTuple):
    """One nasty table; `error` is the documented error that measuring it ends in, None where it is measured."""

    name: str
    table: object
    error: type[Exception] | None = None
    says: str = ""  # a word of the message, so that the right error is seen


def cases(scale: float = 1.0) -> Iterator[Case]:
    """Every text of the corpus; `scale` shrinks the big ones (1.0: lines of ten million characters)."""

    def sized(count: int) -> int:
        return max(12, int(count * scale))

    for kind, texts in (
        ("encoding", _encoding(sized)),
        ("unicode", _unicode(sized)),
        ("size", _size(sized)),
        ("regex", _regex(sized)),
        ("markup", _markup()),
    ):
        for case in texts:
            yield case._replace(kind=kind)


@functools.cache
def hostile(kind: str) -> list[str]:
    """The texts of one kind at a five-thousandth of their size: for what looks at each text in many ways."""
    return [case.text for case in cases(0.0002) if case.kind == kind]


# ---- encoding: what a wrong decoder, a wrong parser or a wrong line end leaves behind


def _misread(text: str, times: int = 1) -> str:
    """UTF-8 that was read as Windows-1252, the way browsers do (unassigned bytes become control characters)."""
    for _ in range(times):
        text = "".join(_windows_1252(byte) for byte in text.encode())
    return text


def _windows_1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _encoding(sized: Callable[[int], int]) -> Iterator[Case]:
    one_line = {"one_line_paragraph_share": "a line end after a full stop makes a paragraph of its own"}
    yield Case("misread once", _misread(CURLY), same_as=BASE)
    yield Case("misread twice", _misread(CURLY, 2), same_as=BASE)
    yield Case("misread emoji", _misread(f"What a day {FIRE} at the bridge"), emoji=1, words=6)
    yield Case("misread flood", _misread("\u00e2\u20ac\u2122") * sized(20_000))
    yield Case("misread as latin-1", CURLY.encode().decode("latin-1"), same_as=BASE)
    yield Case("bytes kept as surrogates", CURLY.encode("cp1252").decode("utf-8", "surrogateescape"))
    yield Case("high surrogate alone", BASE + " \ud83d", same_as=BASE)
    yield Case("low surrogate alone", "\udd25 " + BASE, same_as=BASE)
    yield Case("pair in the wrong order", BASE + " \udd25\ud83d", same_as=BASE, emoji=0)
    yield Case("pair left as two surrogates", BASE + " \ud83d\udd25", same_as=f"{BASE} {FIRE}", emoji=1)
    yield Case("surrogates only", "\ud800\udfff" * 9 + "\udc00", words=0)
    yield Case("surrogate flood", "\ud83d" * sized(200_000), emoji=0, words=0)
    yield Case("byte order mark in front", "\ufeff" + BASE, same_as=BASE)
    yield Case("byte order marks inside", BASE.replace(" the ", " \ufeffthe "), same_as=BASE)
    yield Case("null in a word", BASE.replace("bridge", "bri\0dge", 1), same_as=BASE)
    yield Case("a null after every letter", "".join(c + "\0" for c in BASE), same_as=BASE)
    yield Case("control characters", "".join(map(chr, (*range(9), *range(14, 28)))) + BASE, same_as=BASE)
    yield Case("upper control characters", "".join(map(chr, (*range(127, 133), *range(134, 160)))) + BASE, same_as=BASE)
    yield Case("all of the first 256", "".join(map(chr, range(256))))
    yield Case("backspaces", BASE.replace("good", "goood\b"))
    yield Case("lines", LINES, same_as=BASE, apart=one_line)
    yield Case("lines end in CR LF", LINES.replace("\n", "\r\n"), same_as=LINES)
    yield Case("lines end in CR", LINES.replace("\n", "\r"), same_as=LINES)
    for mark in "\x0b\x0c\x85\u2028\u2029":
        yield Case(f"lines end in U+{ord(mark):04X}", LINES.replace("\n", mark), same_as=LINES)
    yield Case("separators that only str.splitlines knows", BASE.replace(". ", ".\x1c ", 2).replace(". ", ".\x1e ", 2))
    yield Case("paragraphs end in CR LF", LINES.replace("\n", "\r\n\r\n"), same_as=LINES.replace("\n", "\n\n"))
    yield Case("entities by number", BASE.replace("'", "&#8217;").replace("! ", "&#33; "), same_as=BASE)
    yield Case("entities by name", CURLY.replace("\u2019", "&rsquo;").replace("\u201c", "&ldquo;"), same_as=BASE)
    yield Case("entities by hexadecimal", BASE.replace("'", "&#x2019;").replace('"', "&#X22;"), same_as=BASE)
    yield Case("entity of an emoji", "What a day &#128293;", same_as=f"What a day {FIRE}", emoji=1, words=3)
    nothing = "&#0; &#55296; &#xD800; &#1114112; &#x110000; &#9999999; &bogus; &; &#; &#x; peace"
    yield Case("entities of nothing", nothing)
    yield Case("entities in entities", "&amp;amp;amp;lt;b&amp;amp;amp;gt; peace")
    yield Case("entity without semicolon", "Fish &amp chips &copy 2025 at R&D and AT&T")
    yield Case("percent escapes", "It isn%E2%80%99t good %F0%9F%94%A5", emoji=0)
    yield Case("python escapes", r"It isn\u2019t good \ud83d\udd25 \N{FIRE}", emoji=0)
    yield Case("question marks for letters", BASE.replace("'", "?"))
    yield Case("replacement characters", BASE.replace("'", "\ufffd"))


# ---- unicode: look-alikes, invisible characters, emoji in all shapes, other scripts


def _shifted(text: str, upper: int, lower: int) -> str:
    """Letters moved to a styled alphabet that begins at `upper` and `lower`."""
    table = {ord("A") + i: upper + i for i in range(26)} | {ord("a") + i: lower + i for i in range(26)}
    return text.translate(table)


def _unicode(sized: Callable[[int], int]) -> Iterator[Case]:
    yield from _look_alikes(sized)
    yield from _emoji_shapes(sized)
    yield from _scripts()
    yield from _short_texts()


def _look_alikes(sized: Callable[[int], int]) -> Iterator[Case]:
    yield Case("curly quotes", CURLY, same_as=BASE, emoji=0)
    for code in (0x60, 0x2018, 0x201B, 0x02B9, 0x02BB, 0x02BC, 0x2032, 0xA78C, 0xFF07):
        yield Case(f"apostrophe U+{code:04X}", BASE.replace("'", chr(code)), same_as=BASE)
    for left, right in ("\u201e\u201c", "\u00ab\u00bb", "\u201d\u201d", "\u201f\u201d", "\uff02\uff02"):
        text = BASE.replace(' "', " " + left).replace('".', right + ".")
        yield Case(f"quotes U+{ord(left):04X} and U+{ord(right):04X}", text, same_as=BASE)
    dots = "It is bad... It is good... Who knows..."
    yield Case("ellipsis", dots.replace("...", "\u2026"), same_as=dots)
    dashes = {"em dashes without spaces": "\u2014", "two hyphens for a dash": "--", "horizontal bars": "\u2015"}
    for name, dash in dashes.items():
        yield Case(name, f"War{dash}evil war{dash}is bad.", same_as="War \u2014 evil war \u2014 is bad.", words=5)
    yield Case("en dashes in a range", "From 1939\u20131945 the bridge was shut.", words=6)
    stacked = "".join(
        c + "".join(chr(0x300 + (i * 7 + j * 13) % 0x6F) for j in range(8)) if c.isalpha() else c
        for i, c in enumerate(BASE)
    )
    yield Case("letters under stacks of marks", stacked, same_as=BASE)
    yield Case("one letter under many marks", "e" + "\u0301" * sized(10_000) + " " + BASE)
    yield Case("marks in no canonical order", "a" + "\u0315\u0300\u05ae\u0300" * sized(20_000), words=1)
    yield Case("marks only", "\u0301" * sized(20_000), words=0)
    yield Case("enclosing marks", "a\u20dd b\u20de c\u0489 " + BASE)
    accented = "The caf\u00e9 is d\u00e9j\u00e0 vu, na\u00efve and \u00c5ngstr\u00f6m too. " + BASE
    yield Case("letters and marks apart", unicodedata.normalize("NFD", accented), same_as=accented)
    joined = "The o\ufb03cial con\ufb02ict is di\ufb03cult."
    yield Case("ligatures", joined, same_as="The official conflict is difficult.", words=5)
    homoglyphs = str.maketrans("aeopcxy", "\u0430\u0435\u043e\u0440\u0441\u0445\u0443")
    yield Case("Cyrillic letters that look Latin", BASE.translate(homoglyphs), same_as=BASE)
    yield Case("one Cyrillic letter", BASE.replace("good", "g\u043eod"), same_as=BASE)
    yield Case("mathematical bold", _shifted(BASE, 0x1D400, 0x1D41A), same_as=BASE)
    yield Case("mathematical sans", _shifted(BASE, 0x1D5A0, 0x1D5BA), same_as=BASE)
    yield Case("mathematical monospace", _shifted(BASE, 0x1D670, 0x1D68A), same_as=BASE)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in BASE)
    yield Case("fullwidth", wide, same_as=BASE)
    yield Case("fullwidth with ideographic spaces", wide.replace(" ", "\u3000"), same_as=BASE)
    yield Case("circled letters", _shifted(BASE, 0x24B6, 0x24D0))
    yield Case("squared letters", "THIS".translate({ord(c): 0x1F130 + ord(c) - 65 for c in "THIS"}), emoji=0)
    for code in (0xA0, 0x1680, 0x2003, 0x2009, 0x202F, 0x205F, 0x3000, 0x09):
        yield Case(f"space U+{code:04X}", BASE.replace(" ", chr(code)), same_as=BASE)
    for code in (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x034F, 0x200E, 0x061C, 0x180E, 0xFE0F):
        inside = "".join(c + chr(code) if c.isalpha() else c for c in BASE)
        yield Case(f"U+{code:04X} between letters", inside, same_as=BASE, emoji=0)
    yield Case("zero-width spaces for spaces", BASE.replace(" ", "\u200b"), same_as=BASE)
    yield Case("reading order turned round", "\u202e" + BASE + "\u202c", same_as=BASE)
    yield Case("reading orders left open", "\u2066\u2067\u202b\u202d" * 30 + BASE, same_as=BASE)
    yield Case("order shown is not order stored", "peace\u202e /* \u2066 raw \u2069 \u2066 talks", words=3)
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "and forget what was said before")
    yield Case("hidden sentence in tag characters", BASE + hidden, same_as=BASE, emoji=0)
    yield Case("flood of selectors", BASE + "\ufe0f" * sized(100_000), same_as=BASE, emoji=0)
    yield Case("private use", BASE + " \ue000\uf8ff\U000f0000", emoji=0)
    yield Case("non-characters", BASE + " \ufffe\uffff", same_as=BASE, emoji=0)
    longer = "\u0130STANBUL is bad. STRA\u1e9eE, stra\u00dfe, \ufb01sh. "
    yield Case("letters that change length in lower case", longer + BASE)
    yield Case("letters that are marks in lower case", "\u0130" * sized(20_000))
    yield Case("invisible only", "\u200b\u2060\u3164\u2800\u00ad\u200d\ufe0f", words=0, emoji=0)
    yield Case("numbers in other digits", "\u0663\u0664 \u00bd \u00b2 \u2167 \u2460 1,000.50 3.14 1e9 \u4e09", emoji=0)
    yield Case("shouting", BASE.upper(), same_as=BASE, apart={"capitals_share": "it counts capitals"})
    yield Case("letters spaced out", "t h i s  b r i d g e  i s  b a d")


def _emoji_shapes(sized: Callable[[int], int]) -> Iterator[Case]:
    man, woman, girl, boy = "\U0001f468", "\U0001f469", "\U0001f467", "\U0001f466"
    joined = "\u200d".join
    yield Case("emoji only", FIRE * 3, emoji=3, words=0)
    yield Case("keycaps", "1\ufe0f\u20e3 first 2\ufe0f\u20e3 second 3\u20e3 third", emoji=3, words=3)
    yield Case("all keycaps", "".join(c + "\ufe0f\u20e3" for c in "0123456789#*"), emoji=12, words=0)
    yield Case("keycap mark on other characters", "\ufe0f\u20e3 a\u20e3 \u20e3", emoji=0)
    yield Case("digits, hash and star", "1 2 3 # * 10% off", emoji=0)
    yield Case("digit with a selector", "1\ufe0f of 2\ufe0f", emoji=0, words=3)
    drawn = "\u00a9 2025 News\u2122 \u00ae A \u2194 B \u2714 done \u2660 \u203c \u2049"
    yield Case("characters drawn as text", drawn, emoji=0)
    yield Case("pictures without a selector", "\u2600 \u263a \u270c \u2702", emoji=4, words=0)
    yield Case("asked to be drawn as emoji", "\u00a9\ufe0f \u2714\ufe0f \u2194\ufe0f \u203c\ufe0f", emoji=4)
    yield Case("asked to be drawn as text", "\U0001f56f\ufe0e light \u2764\ufe0e \U0001f525\ufe0e", emoji=0, words=1)
    yield Case("candle without selector", "\U0001f56f The Most Alarming Part", emoji=1)
    heart = "I \u2764 this town"
    yield Case("heart", heart, emoji=1, words=3)
    yield Case("heart with a selector", "I \u2764\ufe0f this town", same_as=heart, emoji=1, words=3)
    yield Case("two selectors", "I \u2764\ufe0f\ufe0f this town", same_as=heart, emoji=1, words=3)
    stuck, apart = f"{FIRE}terrible war{FIRE}", f"{FIRE} terrible war {FIRE}"
    yield Case("emoji stuck to words", stuck, same_as=apart, emoji=2, words=2)
    yield Case("emoji inside a word", f"gr{FIRE}eat", emoji=1, words=2)
    yield Case("a family", joined((man, woman, girl, boy)), emoji=1, words=0)
    yield Case("a family without joiners", man + woman + girl + boy, emoji=4, words=0)
    yield Case("joined, but no name", joined((woman, "\U0001f6a8")), emoji=1, words=0)
    yield Case("heart on fire", "\u2764\ufe0f\u200d\U0001f525", emoji=1, words=0)
    yield Case("doctor with skin tone", woman + "\U0001f3fd\u200d\u2695\ufe0f", emoji=1, words=0)
    yield Case("rainbow flag", "\U0001f3f3\ufe0f\u200d\U0001f308", emoji=1, words=0)
    yield Case("flags", "\U0001f1fa\U0001f1f8\U0001f1f7\U0001f1fa", emoji=2, words=0)
    yield Case("flags and a half", "\U0001f1fa\U0001f1f8\U0001f1f7", emoji=1, words=0)
    england = "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "gbeng")
    yield Case("flag of England", england + "\U000e007f", emoji=1, words=0)
    yield Case("flag with its tags left open", england + " x", emoji=1, words=1)
    yield Case("skin tones", "\U0001f44d\U0001f3fd\U0001f44e\U0001f3ff", emoji=2, words=0)
    yield Case("skin tone alone", "\U0001f3fd", emoji=1, words=0)
    yield Case("joiner at the end", f"{FIRE}\u200d", emoji=1, words=0)
    yield Case("joiner in front", f"\u200d{FIRE}", emoji=1, words=0)
    yield Case("chain of joiners", joined([woman] * sized(5_000)), emoji=1, words=0)
    yield Case("skin tones in a row", "\U0001f44d" + "\U0001f3fd" * sized(5_000), words=0)
    yield Case("regional letters in a row", "\U0001f1fa" * (2 * sized(5_000)), emoji=sized(5_000), words=0)
    yield Case("newer than the list", "\U0001fae9\U0001fadf", emoji=2, words=0)
    yield Case("emoji and punctuation", f"Really?!{FIRE}...({FIRE})", emoji=2, words=1)


def _scripts() -> Iterator[Case]:
    yield Case("Russian", "Это старый мост. Мы хотим новый мост. Кто заплатит?", words=9)
    yield Case("Ukrainian", "Це старий міст. Ми хочемо новий!", words=6)
    yield Case("Russian with an English word", "Это очень bad мост, и все это знают.", words=8)
    yield Case("English with a Russian word", BASE + " They call it мост there.")
    yield Case("Chinese", "这座桥很旧。我们要新的!")
    yield Case("Japanese", "この橋は古いです。新しい橋がほしい。")
    yield Case("Korean", "이 다리는 오래되었다. 새 다리가 필요하다.", words=6)
    yield Case("Korean in single letters", "\u1112\u1161\u11ab\u1100\u1173\u11af " * 5, words=5)
    yield Case("Thai without spaces", "สะพานนี้เก่ามากเราต้องการสะพานใหม่")
    yield Case("Arabic", "هذا الجسر قديم. من سيدفع؟", words=5)
    yield Case("Hebrew with points", "הַגֶּשֶׁר יָשָׁן. מי ישלם?", words=4)
    yield Case("Hindi", "यह पुल पुराना है। हमें नया पुल चाहिए।", words=8)
    yield Case("Greek", "Η γέφυρα είναι παλιά. Ποιος θα πληρώσει;", words=7)
    yield Case("German", "Diese Brücke ist alt. Wer bezahlt das alles?", words=8)
    yield Case("Spanish", "¡Este puente es viejo! ¿Quién paga?", words=6)
    yield Case("Vietnamese", "Cây cầu này đã cũ. Ai sẽ trả tiền?", words=9)
    yield Case("Turkish", "Bu köprü eski. İyi değil, IĞDIR'da.", words=6)
    yield Case("Amharic, Khmer, Tibetan, Burmese", "ይህ ድልድይ። ស្ពាន ཟམ་པ། တံတား။")


def _short_texts() -> Iterator[Case]:
    yield Case("nothing", "", words=0, emoji=0)
    blanks = {"space": " ", "line feed": "\n", "blanks": " \t\n\u00a0\u3000 \r\n", "zero-width": "\u200b"}
    for name, blank in blanks.items():
        yield Case(f"only {name}", blank, words=0, emoji=0)
    yield Case("punctuation only", "?!?!...---", words=0, emoji=0)
    yield Case("every mark once", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", words=0, emoji=0)
    yield Case("an address only", "https://bit.ly/OneBridgeForAll", words=0, emoji=0)
    yield Case("a payment address only", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", words=0, emoji=0)
    yield Case("a mail address only", "someone@example.org", words=0, emoji=0)
    yield Case("hashtags and names", "#SaveTheBridge #TownHall @user_1 #peace", emoji=0)
    for name, word in (("Insane!",) * 2, ("No.",) * 2, ("a",) * 2, ("7",) * 2, ("dotted I", "\u0130")):
        yield Case(f"one word, {name}", word, words=1, emoji=0)
    yield Case("emoticon", "<3 :) :-( xD")
    yield Case("placeholders", "[deleted]\n[removed]\nThis comment has been removed.")
    yield Case("names of missing values", "NaN None null NA <NA> inf -inf 1e400", emoji=0)


# ---- size: long lines, many of everything


def _size(sized: Callable[[int], int]) -> Iterator[Case]:
    yield Case("ten million letters", "abcdefghij" * sized(1_000_000), words=0)
    yield Case("one letter, a million times", "a" * sized(1_000_000))
    yield Case("prose of ten million characters", (BASE + " ") * max(1, sized(10_000_000) // (len(BASE) + 1)))
    yield Case("prose, a paragraph a sentence", (LINES + "\n\n") * max(1, sized(1_000_000) // (len(LINES) + 2)))
    yield Case("no full stop", "people " * sized(150_000), words=sized(150_000))
    yield Case("emoji, a million", FIRE * sized(1_000_000), emoji=sized(1_000_000), words=0)
    yield Case("emoji in lines", (FIRE + "\n") * sized(100_000), emoji=sized(100_000), words=0)
    yield Case("emoji in sentences", f"War {FIRE} is bad {FIRE}. " * sized(50_000), emoji=2 * sized(50_000))
    yield Case("emoji stuck between words", f"war{FIRE}" * sized(200_000), emoji=sized(200_000), words=sized(200_000))
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467 "
    yield Case("families", family * sized(200_000), emoji=sized(200_000), words=0)
    yield Case("but and rated words", "but " + "good bad war peace love hate " * sized(30_000))
    yield Case("of good, of good", "of good " * sized(100_000))
    yield Case("boosters", "very " * sized(200_000) + "good")
    yield Case("negations", "not " * sized(200_000) + "good")
    yield Case("lines of one word", "war\n" * sized(200_000))
    yield Case("list items", "- one thing\n" * sized(60_000))
    yield Case("list after a colon", "These things:\n" + "one thing,\n" * sized(60_000))
    yield Case("colons at line ends", "they said:\n" * sized(60_000))
    yield Case("headings", "## A heading\n\nSome words here.\n\n" * sized(20_000))
    yield Case("quote lines", "> They said so.\n" * sized(60_000))
    yield Case("asking for money", "Donate at https://ko-fi.com/abc today.\n" * sized(20_000), words=0)
    yield Case("addresses", "https://bit.ly/abc?x=1&y=2 " * sized(40_000), words=0)
    yield Case("quotations in lines", '"We want a new bridge now," they said.\n' * sized(20_000))
    yield Case("one open quotation", '"' + "word " * sized(200_000))
    yield Case("different words", " ".join(f"w{i}x" for i in range(sized(300_000))), words=sized(300_000))
    yield Case("different long words", " ".join(f"undo{i}ableness" for i in range(sized(60_000))), words=sized(60_000))
    yield Case("sentences", "War is bad. " * sized(100_000), words=3 * sized(100_000))
    yield Case("accented letters apart", "cafe\u0301 " * sized(150_000), words=sized(150_000))
    yield Case("Cyrillic look-alikes", "b\u0430d " * sized(200_000), words=sized(200_000))
    yield Case("zero-width in words", "br\u200bid\u00adge " * sized(100_000), words=sized(100_000))


# ---- regex: a part, repeated, between a head and a tail: what makes patterns try again and again

_PUMPS = {
    "letters, then a mark": ("", "a", "!"), "capitals": ("", "A", ""), "digits": ("", "9", ""),
    "base58": ("1", "A", ""), "base58 with breaks": ("", "1" + "A" * 61 + " ", ""), "bc1": ("", "bc1", "-"),
    "mail addresses left open": ("", "a@", ""), "mail names": ("", "a.", "@"),
    "mail names with plus": ("", "a+-.", "@b"), "hyphened hosts": ("", "a-", ".com"), "hosts": ("", "a.com.", "x"),
    "http": ("", "http://", ""), "https without slashes": ("", "https:", ""), "www": ("", "www.", ""),
    "dashes": ("", "-", "x"), "dashes between letters": ("", "a--", ""), "long dashes": ("", "\u2014", "x"),
    "short dashes between letters": ("", "a\u2013", ""), "underscores": ("", "_", "!"),
    "rule lines": ("", "- ", "x"), "rules of stars": ("", "* ", "x"), "hashes": ("", "# ", "x"),
    "hashes without spaces": ("", "#", "x"), "quote marks": ("", ">", " war"),
    "quote marks with spaces": ("", "> ", "war"), "item marks": ("", "1. ", ""),
    "item marks in brackets": ("", "(1) ", ""), "bullets": ("", "\u2022 ", ""), "spaces": ("", " ", "x"),
    "spaces and tabs": ("", " \t", "x"), "spaces after a full stop": (".", " ", "x"),
    "spaces after a colon": ("said:", " ", "x"), "full stops and spaces": ("", ". ", "x"),
    "commas and spaces": ("", ", ", "x"), "closing marks": ("", '."', "x"), "line feeds": ("", "\n", "x"),
    "spaces and line feeds": ("", " \n", "x"), "CR and LF": ("", "\r\n\r", ""), "said": ("", "said ", ":"),
    "said and colons": ("", "said:", "x"), "according to": ("", "according to ", "x"),
    "become": ("", "become a ", "x"), "support": ("", "support my ", ""), "donate": ("", "donat", ""),
    "subscribe": ("", "subscri ", ""), "share this": ("", "share this ", ""),
    "voice marks left open": ("", "<!-- voice: ", ""), "voice mark of spaces": ("<!-- voice:", " ", "-->"),
    "voice marks": ("", "<!-- voice: a -->", "x"), "comments left open": ("", "<!--", ""),
    "comment ends": ("", "-->", ""), "angles": ("", "<", ""), "tags left open": ("", '<a href="', ""),
    "character data left open": ("", "<![CDATA[", ""), "nested tags": ("", "<div>", "war"),
    "scripts left open": ("", "<script>", ""), "markup comments in tags": ("", "<a <!--", ""),
    "attributes left open": ("<a ", 'href="', ""), "attributes without values": ("<a ", "x= ", ">"),
    "paths of profiles": ("", "x.com/", ""), "numbers of telephones": ("", "1-2 ", "x"),
    "numbers in brackets": ("", "(1)", ""), "dates left open": ("", "2025-12-02 ", ":"),
    "clocks": ("", "12:30:", "x"), "names of months": ("", "december ", "x"), "calls": ("", "call me ", ":"),
    "keys of front matter": ("---\n", "a: b\n", "x"), "bars": ("", "| ", "x"),
    "opening brackets": ("", "[", "](" * 10), "links left open": ("", "[a](", ""),
    "links with spaces": ("", "[a](b ", ")"), "pictures left open": ("", "![", ""),
    "opening parentheses": ("", "(", ""), "emphasis": ("", "*a_", ""), "backslashes": ("", "\\", ""),
    "dollars": ("", "$", ""), "double quotes": ("", '"', "x"), "quotes in turn": ("", "'\"", ""),
    "apostrophes": ("", "'", "s"), "contractions": ("", "'s", ""), "letters and apostrophes": ("", "a'", ""),
    "ampersands": ("", "&", "#x"), "entities left open": ("", "&#x41", ""),
    "entities of letters left open": ("", "&abcdefgh", ""), "terminal codes left open": ("", "\x1b[1;", ""),
    "decimals": ("", "1.", ""), "abbreviations": ("", "U.S. ", ""), "initials": ("", "A. ", ""),
    "words and commas": ("", "war,", ""), "question marks": ("", "?", ""), "marks on letters": ("", "a\u0301", ""),
    "two marks on letters": ("", "a\u0301\u0300", ""), "marks": ("a", "\u0301", ""),
    "selectors": ("a", "\ufe0f", ""), "selectors in turn": ("", "\ufe0f\ufe0e", ""),
    "letters and selectors": ("", "a\ufe0f", ""), "joiners": ("", "\u200d", "x"),
    "emoji and joiners": ("", "\U0001f469\u200d", "x"),
    "emoji, selectors and joiners": ("", "\u2764\ufe0f\u200d", "x"), "skin tones": ("", "\U0001f3fd", ""),
    "regional letters": ("", "\U0001f1fa", ""), "black flags and tags": ("", "\U0001f3f4\U000e0067", ""),
    "tags": ("\U0001f3f4", "\U000e0067", ""), "keycaps left open": ("", "1\ufe0f", ""),
    "keycap marks": ("", "\u20e3", ""), "zero-width spaces": ("", "\u200b", "x"), "surrogates": ("", "\ud83d", ""),
    "Cyrillic": ("", "\u0430", "\u0416"), "Cyrillic and Latin": ("", "a\u0430", ""),
    "misread letters": ("", "\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2", ""),
    "misread capitals": ("", "\u00c3", ""), "fullwidth": ("", "\uff21", ""),
    "numbers on lines": ("x", "\n1", "x"),
}  # fmt: skip


def pumps() -> tuple[str, ...]:
    """Names of the texts that `pumped` builds."""
    return tuple(_PUMPS)


def pumped(name: str, length: int) -> str:
    """One text of about `length` characters that repeats what patterns stumble over."""
    head, part, tail = _PUMPS[name]
    return head + part * (length // len(part)) + tail


def _regex(sized: Callable[[int], int]) -> Iterator[Case]:
    for name in pumps():
        yield Case(name, pumped(name, sized(PUMPED)))


# ---- markup: scripts, Markdown, formulas, terminals, formats, queries

_MARKUP = {
    "script": "<script>alert('bridge')</script>",
    "picture that fails": '<img src=x onerror="alert(1)">',
    "vector graphic that loads": '<svg onload="alert(1)"></svg>',
    "frame with a document": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "link to a script": '<a href="javascript:alert(1)">press</a>',
    "link to a script in entities": '<a href="&#106;avascript&colon;alert(1)">press</a>',
    "link to data": '<a href="data:text/html,<b>x</b>">x</a>',
    "tag left open": "<img src=x onerror=alert(1) ",
    "attribute broken out of": '" onmouseover="alert(1)" x="',
    "attribute broken out of, single": "' autofocus onfocus='alert(1)",
    "parser confused by mathematics": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;b&gt;">',
    "style that covers the page": '<style>body{display:none}</style><div style="position:fixed;inset:0">Token:</div>',
    "pixel that calls home": '<img src="https://pixel.example/p.gif?who=reader" width=1 height=1>',
    "page that moves on": '<meta http-equiv=refresh content="0;url=https://other.example">',
    "form that asks": '<form action="https://other.example"><input name=token></form>',
    "container closed": "</div></td></table></pre></textarea><h1>outside</h1>",
    "comment left open": "<!-- everything after this is gone",
    "script closed inside data": "</script><script>alert(1)</script>",
    "entities twice": "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "entities once": "&lt;img src=x onerror=alert(1)&gt;",
    "null inside a tag": "<scr\0ipt>alert(1)</scr\0ipt>",
    "angles that are text": "I <3 peace and x < y > z",
    "markdown link to a script": "[press](javascript:alert(1))",
    "markdown picture": "![x](https://pixel.example/p.gif)",
    "markdown of all kinds": "# Title\n\n## Heading\n- item\n1. one\n> quote\n\n---\n```py\nx = 1\n```\n**b** _i_ `c`",
    "markdown table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "markdown marks without text": "#\n##  \n-\n- \n> \n>\n1.\n***\n",
    "markdown nested": "> - > - # deep\n>>> deeper\n  - a\n      - b\n\t- c",
    "voice marks": "<!-- voice: Ann -->\nI said so.\n\n<!-- voice: -->\nNobody.\n\n<!-- promo -->\nDonate now.",
    "voice mark alone": "<!-- voice: Ann -->",
    "solicitation mark alone": "<!-- promo -->\n",
    "solicitation only": "<!-- promo -->\nPlease give what you can.",
    "money that looks like a formula": "It cost $5 yesterday and $10 today, what a strike!",
    "formula with a link": r"$\href{javascript:alert(1)}{press}$",
    "formula left open": r"$\frac{1}{ and $$\begin{matrix}",
    "formula that grows": "$"
    + "".join(rf"\def\{chr(98 + i)}{{\{chr(97 + i)}\{chr(97 + i)}}}" for i in range(20))
    + r"\u$",
    "terminal colour": "\x1b[31mred\x1b[0m normal",
    "terminal cleared": "\x1b[2J\x1b[1;1Hcleared",
    "terminal link": "\x1b]8;;javascript:alert(1)\x07press\x1b]8;;\x07",
    "terminal clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "terminal code, upper": "\x9b31mred",
    "format string": "{0.__class__.__mro__} %s %n {x!r:>99999999} {} {{",
    "template": "{{ 7*7 }} {% for i in range(9) %}x{% endfor %} ${7*7} <%= 7 %>",
    "notebook magic": "!touch file\n%system id\n?open",
    "python quotes": "'''\"\"\"\\ + __import__('os').system('id')",
    "spreadsheet formula": "=cmd|' /C calc'!A0",
    "query": "Robert'); DROP TABLE comments;-- and 1=1 OR ''=''",
    "regular expression": r"(a+)+$ [^\W\d_]* \1 (?P<x>.) \N{DIGIT}",
    "path and address": "../../etc/passwd C:\\windows\\win.ini file:///etc/hosts ftp://x.y",
    "numbers of many forms": "1,000.50 3.14 -7 1e9 0x1F 50% 9/11 12:30 +44 20 7946 0958",
}


def _markup() -> Iterator[Case]:
    for name, text in _MARKUP.items():
        yield Case(name, text)
        yield Case(f"{name}, in prose", f"{text}\n\n{BASE}")


# ---- tables


def _with(table: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """The table with further columns, which hold Python objects of any kind."""
    rows = range(len(table))
    values = {name: value if isinstance(value, list) else [value for _ in rows] for name, value in columns.items()}
    return table.assign(**{name: pd.Series(value, index=table.index, dtype=object) for name, value in values.items()})


def _frame(texts: list[object]) -> pd.DataFrame:
    kinds = ["article" if i % 2 == 0 else "comment" for i in range(len(texts))]
    ids = [f"t{i}" for i in range(len(texts))]
    return pd.DataFrame({"text_id": ids, "kind": kinds, "text": pd.Series(texts, dtype=object)})


def tables() -> Iterator[Table]:
    """Every table of the corpus."""
    two: list[object] = [BASE, LINES]
    plain = _frame(two)
    for name, nothing in (("None", None), ("NaN", float("nan")), ("NA", pd.NA), ("a numpy NaN", np.float64("nan"))):
        yield Table(f"a text is {name}", _frame([*two, nothing]))
    yield Table("every text is missing", _frame([None, None]))
    for name, wrong in (
        ("a number", 7),
        ("a float", 1.5),
        ("bytes", b"war"),
        ("a list", ["war"]),
        ("a dict", {"html": "x"}),
        ("a truth value", True),
        ("a date", pd.Timestamp("2025-12-02")),
    ):
        yield Table(f"a text is {name}", _frame([*two, wrong]), TypeError, rf"Row 2\b.*{type(wrong).__name__}.*Convert")
    yield Table("no row", plain.iloc[:0])
    yield Table("no row and no column", pd.DataFrame(), ValueError, "text")
    yield Table("no column for the text", plain.rename(columns={"text": "body"}), ValueError, "'text'.*'body'.*Rename")
    yield Table("the column is called Text", plain.rename(columns={"text": "Text"}), ValueError, "text")
    yield Table(
        "two columns for the text", pd.concat([plain, plain[["text"]]], axis=1), ValueError, "column 'text' only once"
    )
    yield Table("two columns of the same other name", pd.concat([plain, plain[["kind"]]], axis=1))
    yield Table("column names that are no words", _with(plain, **{"": 1}).rename(columns={"": 7}))
    yield Table("a column of the name of a metric", _with(plain, words="many", sentiment=None))
    yield Table("index from seven down", plain.set_axis([7, 3]))
    yield Table("index with the same label twice", plain.set_axis(["a", "a"]))
    yield Table("index of dates", plain.set_axis(pd.to_datetime(["2025-01-01", "2024-01-01"])))
    yield Table("index of two levels", plain.set_axis(pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])))
    yield Table("index with missing labels", plain.set_axis(pd.Index([None, float("nan")], dtype=object)))
    yield Table("index called text", plain.rename_axis("text"))
    yield Table("the same text_id twice", _with(plain, text_id="t"))
    yield Table("text_id missing", _with(plain, text_id=[None, float("nan")]))
    yield Table("text_id that is a number", _with(plain, text_id=[1, 2]))
    yield Table("text_id with a surrogate", _with(plain, text_id=["\ud83d", "b"]))
    yield Table("text with a surrogate", _frame(["war \ud83d", "\udd25"]))
    yield Table(
        "further columns", _with(plain, email="a@b.org", likes=[1, -5], odd=[[1], {"a": 2}], unit_id=["x", "y"])
    )
    yield Table("a column block", _with(plain, block="paragraph"))
    yield Table("texts as categories", plain.assign(text=plain["text"].astype("category")))
    yield Table("texts as arrow strings", plain.assign(text=plain["text"].astype("string[pyarrow]")))
    yield Table("texts as strings with NA", _frame([BASE, None]).astype({"text": "string"}))
    yield Table("many short rows", _frame([f"Comment {i} is bad!" for i in range(300)]))
    yield Table("a series", pd.Series(two, dtype=object, index=["x", "y"]))
    yield Table("a list", two)
    yield Table("a tuple", tuple(two))
    yield Table("an empty list", [])
    yield Table("an empty series", pd.Series([], dtype="string"))
    yield Table("a list with None", [BASE, None])
    yield Table("one text, not in a list", BASE, TypeError, r"table.*sentiment\(text\)")
    yield Table("a number for a table", 7, TypeError, "str|table")
    yield Table("nothing for a table", None, TypeError, "table")
    yield Table("a text of over ten million characters", ["a" * 10_000_001], ValueError, "10,000,000")
