"""Features of words: one column per distinct token, looked up only once."""

import functools
import itertools
import re
import string
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import regex

from .address_patterns import is_link
from .characters import Characters
from .code_points import are_in, fulfil
from .dictionaries import FLAGS, SYLLABLES, dictionary
from .familiar_words import are_hard, is_familiar, may_begin_name
from .function_words import COMMON, ambiguous_words, is_english, other_languages
from .syllables import count_syllables
from .tokens import Numbered
from .vader_rules import PLAIN, Is, describe_emoji, library, number, numbers_in, numbers_of_keys

COLUMNS = (
    "word", "syllables", "polysyllables", "letters", "long_words", "difficult_words", "complex_words", "spelled_words",
    "capital_words", "script_letters", "latin_letters", "common_words", "known_words", "foreign_words",
    "maybe_foreign_words", "characters", "links", "exclamations", "questions", "hit", "emoji", "capitalized", "opens",
    "colon", "may_lead_name", "number", "key", "tone",
)  # fmt: skip
"""Features of a token, as integers: 0 or 1 unless the name is a count.

`number` is 1 for a number and 2 for `No.`; `key` is the same for words that differ only in case; `tone` is the word's
number in VADER's rules."""
SUMMED = COLUMNS[: COLUMNS.index("emoji") + 1]
_OF_KEY = (
    "syllables", "difficult_words", "complex_words", "common_words", "known_words", "foreign_words", "may_lead_name",
    "maybe_foreign_words", "tone",
)  # fmt: skip
LONGEST_WORD = 60  # letters; a longer token is machine output, not a word
LARGEST = 300_000  # distinct tokens kept; above this, the next table starts a new vocabulary

_MARKS = re.compile(r"[^\w'-]|_|(?<!\w)['-]|['-](?!\w)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_EDGES = string.punctuation.replace("'", "")
_AROUND = f"[{re.escape(string.punctuation.replace('/', ''))}]*"
_PLAIN = rf"(?![:;=<^'])(?=.{{1,24}}$){_AROUND}([A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*){_AROUND}"
_PLAIN_WORDS = re.compile(rf"(?m)^(?:{_PLAIN}|.*)$")
"""The word in each line, empty unless the line is plain: letters and digits with single apostrophes and hyphens between
them, perhaps between marks.  A longer one may be a payment address."""
_NUMBER, _NUMBER_SIGN = re.compile(r"(?m)^#*[0-9]"), re.compile(r"(?aim)^[^\w\n]*no\.$")
_PICTURES = (
    "\u2328\u23f1\u23f2\u2600-\u260e\u2614-\u263a\u265f\u2668\u2692-\u2694\u2696-\u26a1\u26aa-\u26fd"
    "\u2702-\u270f\u2712\u271d\u2721\u2744\u2763\u2764"
)
EMOJI = regex.compile(
    r"[0-9#*]\ufe0f?\u20e3|\p{RI}\p{RI}|\U0001f3f4[\U000e0020-\U000e007e]{1,12}\U000e007f"
    r"|(?:(?!\p{RI})\p{Emoji_Presentation}|(?=\p{Extended_Pictographic})[\U0001f000-\U0001faff]"
    rf"|(?=\p{{Emoji}})[{_PICTURES}]"
    r"|(?![0-9#*])\p{Emoji}(?=\ufe0f|\p{EMod}|\u200d[\p{Extended_Pictographic}\u2640\u2642\u2695]))"
    r"(?!\ufe0e)\ufe0f?\p{EMod}?(?:\u200d[\p{Extended_Pictographic}\u2640\u2642\u2695]\ufe0f?\p{EMod}?)*+"
)
"""One emoji as a reader sees it: a flag, a keycap, a family of joined figures and a hand with its skin tone count once.

Some characters are drawn as text or as a picture. Pictures of things (sun, hand, scissors, heart) always count;
marks (arrows, check marks, card suits, shapes, letters such as the copyright sign) only with the emoji selector."""
EMOTICON = r"(?:[:;=]'?[-o^]?[()\[\]DPp/\\|*]{1,9}|[:;]'?-?[Oo3X]|</?3{1,9}|\^_{1,3}\^)"
_EMOTICON_TOKEN, _EYES = re.compile(rf"{EMOTICON}[.,!?]{{0,9}}"), ":;=<^"
FIRST_EMOJI = "\u203c"  # no emoji has all its code points below this one


class Scored(NamedTuple):
    """Word numbers for VADER's rules, the start of each sentence among them, and the position of each word's token."""

    numbers: np.ndarray
    starts: np.ndarray
    places: np.ndarray


class _Features(Numbered):
    """Numbers for strings, and a table of features, which are computed later: looking up a string only numbers it."""

    def __init__(self, names: Sequence[str], features_of: Callable[[list[str]], np.ndarray]) -> None:
        super().__init__()
        self.tokens: list[str] = []  # by number
        self._features_of = features_of
        self._known = np.zeros((len(names), 1024), np.int32), 0  # the table, and how many strings it has

    def learned(self) -> np.ndarray:
        """Return the table with the features of all strings: one row per name, one column per string.

        Features are computed for all new strings at once. Threads that do so at the same time write the same features,
        and each leaves a valid table.
        """
        table, known = self._known
        if len(self) > known:
            new = [*self][known:]
            size = known + len(new)
            if size > table.shape[1]:  # doubled, so rarely copied
                table = np.pad(table, ((0, 0), (0, 2 * size - table.shape[1])))
            table[:, known:size] = self._features_of(new)
            self.tokens[known:size], self._known = new, (table, size)
        return table


class Vocabulary(_Features):
    """The distinct tokens with the features in `COLUMNS`, most of which depend on the word in lower case alone."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, functools.partial(_features_of, _Features(_OF_KEY, _features_of_keys)))

    def feature(self, name: str, rows: np.ndarray) -> np.ndarray:
        """Return one feature of the tokens in some rows."""
        return self.learned()[COLUMNS.index(name)].take(rows)

    def totals(self, rows: np.ndarray, bounds: np.ndarray) -> dict[str, np.ndarray]:
        """Return the totals of each feature in `SUMMED` over the stretches of a stream of tokens between `bounds`.

        No text is so long that a total reaches 2 ** 31; sums of many texts may run over, their differences do not.
        """
        before, totals = np.zeros(len(rows) + 1, np.int32), {}
        for name, column in zip(SUMMED, self.learned(), strict=False):
            np.cumsum(column.take(rows), out=before[1:])
            totals[name] = np.diff(before[bounds])
        return totals

    def scored(self, rows: np.ndarray, starts: np.ndarray, *, emoji: bool = True) -> Scored:
        """Return what VADER's rules see in a stream of tokens, cut into sentences at `starts`.

        An emoji is read as the words of its name, or left out.  `No.` before a number means "number" and has no tone.
        """
        numbers, are_emoji = self.feature("tone", rows), self.feature("emoji", rows) > 0
        signs = np.flatnonzero(self.feature("number", rows)[:-1] == 2)
        is_followed = (self.feature("number", rows[signs + 1]) == 1) & ~np.isin(signs + 1, starts)
        numbers[signs[is_followed]] = PLAIN
        places = np.arange(len(rows))
        if are_emoji.any():
            many = np.ones(len(rows), np.intp)
            names = [_name_of(self.tokens[row]) * emoji for row in rows[are_emoji].tolist()]
            many[are_emoji] = [*map(len, names)]
            places = np.repeat(places, many)
            numbers, starts = numbers.take(places), np.searchsorted(places, starts)
            numbers[are_emoji.take(places)] = [*itertools.chain.from_iterable(names)]
        return Scored(numbers, starts, places)


_current: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """Return the current vocabulary, or a new one if it has grown past `LARGEST`."""
    if not _current or len(_current[0]) > LARGEST:
        _current[:] = [Vocabulary()]
    return _current[0]


def _words(tokens: list[str], lines: str) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Return the word in each token, or ""; and masks of plain tokens, emoji and links."""
    words, (emoji, links) = _PLAIN_WORDS.findall(lines), np.zeros((2, len(tokens)), bool)
    plain = np.fromiter(map(bool, words), bool, len(words))
    for i in np.flatnonzero(~plain).tolist():
        token = tokens[i]
        emoji[i] = not token.isascii() and EMOJI.fullmatch(token) is not None
        links[i] = is_link(token)
        is_word = not (emoji[i] or links[i] or (token[0] in _EYES and _EMOTICON_TOKEN.fullmatch(token)))
        cleaned = _cleaned(token) if is_word else ""
        words[i] = cleaned if len(cleaned) <= LONGEST_WORD else ""
    return words, plain, emoji, links


def _features_of(keys: _Features, tokens: list[str]) -> np.ndarray:
    """Compute the features of tokens in the order of `COLUMNS`, partly from those of lower-case words."""
    seen = Characters.of(tokens)
    first, last = seen.codes[seen.starts], seen.codes[seen.ends - 1]
    words, plain, emoji, links = _words(tokens, seen.text)
    spelled, shouted = Characters.of(words), np.fromiter(map(str.isupper, words), bool, len(words))  # or an acronym
    signs, letters, latin = map(spelled.count, (str.isalnum, str.isalpha, _is_latin))
    places = np.append(np.flatnonzero(fulfil(spelled.codes, str.isalpha)), 0)
    begin = spelled.codes[places[np.cumsum(letters) - letters]] * (letters > 0)
    initial = plain & (signs == 1) & shouted & ~are_in(begin, "AI")  # initial of a name: `Samuel L. Jackson`
    features = {
        "word": signs > 0, "letters": signs, "long_words": signs > 6, "spelled_words": letters > 0,
        "capital_words": shouted & (letters > 1), "script_letters": letters, "latin_letters": latin,
        "capitalized": initial | (fulfil(begin, str.isupper) & ~shouted),
    }  # fmt: skip
    which = keys.numbers(spelled.text.lower().split("\n"))
    features |= zip(_OF_KEY, keys.learned().take(which, axis=1) * features["word"], strict=True)
    features |= {"key": which, "colon": last == ord(":"), "emoji": emoji, "links": links}
    features |= {"polysyllables": features["syllables"] >= 3, "opens": ~fulfil(first, str.isalnum)}
    features["may_lead_name"] *= fulfil(last, str.isalnum)
    no_evidence = are_in(first, "#@") | (seen.count(frozenset(string.digits)) > 0)
    features["known_words"] |= (
        no_evidence * features["spelled_words"]
    )  # tags, handles, words with digits: in no language
    written = ~(emoji | links)
    emphasis = np.zeros(len(tokens), int)
    for i in np.flatnonzero(seen.count("*_")).tolist():  # _word_, but not ^_^ and f**k
        if bare := tokens[i].strip(string.punctuation):
            before, _, after = tokens[i].partition(bare)
            opening = before[len(before.rstrip("*_")) :]
            bare = bare if opening in after else bare.replace(opening, "", 1)  # *The Times*'s
            emphasis[i] = sum(tokens[i].count(mark) - bare.count(mark) for mark in "*_")
    features["characters"] = written * (seen.ends - seen.starts - emphasis)
    features["exclamations"], features["questions"] = (written * seen.count(mark) for mark in "!?")
    features["number"] = seen.count(_NUMBER) + 2 * seen.count(_NUMBER_SIGN)
    tone = features["tone"] + shouted
    others = np.flatnonzero(~plain | (features["letters"] < 3))
    tone[others] = [number(tokens[i], forgiving=True) for i in others.tolist()]
    tone[emoji] = PLAIN
    features["tone"], features["hit"] = tone, library().flags.take(tone) & Is.HIT > 0
    for i in np.flatnonzero(emoji).tolist():
        features["hit"][i] = (library().flags.take(_name_of(tokens[i])) & Is.HIT).any()
    return np.array([features[name] for name in COLUMNS], np.int32)


def _features_of_keys(keys: list[str]) -> np.ndarray:
    """Return the features of lower-case words in the order of `_OF_KEY`, mostly from the dictionary."""
    numbers = np.fromiter(map(dictionary().get, keys, itertools.repeat(0)), np.int32, len(keys))
    features = np.array([numbers & SYLLABLES, *(numbers & flag > 0 for flag in FLAGS.values())])
    others = np.flatnonzero(numbers == 0)
    features[:, others] = features_by_rule([keys[place] for place in others.tolist()])
    return np.vstack([features, numbers_of_keys(keys)])


def features_by_rule(keys: list[str]) -> np.ndarray:
    """Compute the features of lower-case words in the order of `_OF_KEY`, without the dictionary's flags."""
    syllables = count_syllables(keys)
    difficult, hard = [not is_familiar(key) for key in keys], are_hard(keys, syllables)
    common, known = [key in COMMON for key in keys], [*map(is_english, keys)]
    foreign, maybe = ([*map(words.__contains__, keys)] for words in (other_languages(), ambiguous_words()))
    leads = [*map(may_begin_name, keys)]
    return np.array([syllables, difficult, hard, common, known, foreign, leads, maybe], np.int32)


def _cleaned(token: str) -> str:
    """Return the word in a token without marks, except inner hyphens and apostrophes and the full stops of initials."""
    bare = token.strip(_EDGES)
    if bare.isalnum():
        return bare
    if token.startswith("'") and bare.lower() not in dictionary():  # 'twas and 'em are words
        bare = bare.lstrip("'")
    return bare if _INITIALS.fullmatch(bare) else _MARKS.sub("", bare).strip("'-")


def _is_latin(sign: str) -> bool:
    return sign.isalpha() and (sign.isascii() or "\u00c0" <= sign <= "\u024f" or "\u1e00" <= sign <= "\u1eff")


@functools.lru_cache(maxsize=4096)
def _name_of(emoji: str) -> list[int]:
    """Return the numbers, in VADER's rules, of the words of an emoji's name."""
    return [*numbers_in([describe_emoji(emoji.replace("\ufe0f", ""))])[0].tolist()]
