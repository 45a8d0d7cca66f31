"""VADER's rules: equal to vaderSentiment digit for digit, linear, and explained step by step."""

import functools
import gc
import gzip
import itertools
import json
import math
import pathlib
import random
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
from helpers.texts import vader_library
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES

from toolkit import read_many, vader, vader_many
from toolkit.lexicons import vader_rules, vocabulary
from toolkit.lexicons.vader_rules import PLAIN, Rule, Step, _rounded, describe_emoji, library, number, numbers_in, rate

ROOT = pathlib.Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


def differences(texts: list[str]) -> list[str]:
    """The texts that vaderSentiment scores otherwise, in any digit, sign or order of keys: in columns, or alone."""
    columns = zip(*(column.tolist() for column in vader_many(texts)), strict=True)
    expected = [*map(vader_library().polarity_scores, texts)]
    alone = slice(0, None, 1 + len(texts) // 1_000)
    return [text for text, scores, row in zip(texts, expected, columns, strict=True) if row != (*scores.values(),)] + [
        text for text, scores in zip(texts[alone], expected[alone], strict=True) if repr(vader(text)) != repr(scores)
    ]


class Row(NamedTuple):
    """A scored word, explained."""

    valence: float
    steps: list[Step]
    value: float


def traced(*texts: str) -> list[list[Row]]:
    """The scored words of each text."""
    numbers, bounds = numbers_in(texts)
    hits = rate(numbers, bounds[:-1], explain=True)
    rows: list[list[Row]] = [[] for _ in texts]
    valence = library().valence[numbers[hits.place]].tolist()
    for part, *row in zip(hits.part.tolist(), valence, hits.steps, hits.value.tolist(), strict=True):
        rows[part].append(Row(*row))
    return rows


# Texts made of everything that the rules look at


@functools.cache
def pools() -> tuple[tuple[list[str], ...], tuple[float, ...]]:
    lexicon = list(vader_library().lexicon)
    phrases = [*SPECIAL_CASES, *BOOSTER_DICT]
    few = random.Random(7).sample([entry for entry in lexicon if entry.isalpha()], 25)
    weighted: list[tuple[list[str], float]] = [
        (lexicon, 5),
        (few, 5),  # few words often: equal valences, which the rule of `but` confuses
        (["love", "accept", "no", "kind", "very", "bad", "bomb", "shit", "beating", "heart", "kiss"], 2),
        (list(BOOSTER_DICT), 2),
        (NEGATE, 2),
        (["but", "But", "BUT"], 1),
        (["least", "at least", "very least", "at", "very"], 1),
        (["no", "No", "NO", "or", "nor"], 1.5),
        (["kind of", "sort of", "just enough", "kind", "of", "kindof"], 1),
        (phrases, 1),
        ([part for phrase in phrases for part in phrase.split()], 1),
        (["never so", "never this", "without doubt", "without a doubt", "so", "this", "doubt", "never"], 1.5),
        (list(vader_library().emojis), 1),
        (["!", "?", "!!", "???", "...", ",", "--", "'", '"', "(", ")", "*", "", "n't"], 1),
        ([":)", ":(", ":D", ":-D", "<3", ";)", ":P", "XD", "o.O"], 1),
        (["table", "the", "a", "x", "I", "42", "don’t", "naïve", "ΣΑΣ", "İ", "ß", "\u2764\ufe0f"], 3),
    ]
    return tuple(pool for pool, _ in weighted), tuple(weight for _, weight in weighted)


def token(chance: random.Random) -> str:
    lists, weights = pools()
    piece = chance.choice(chance.choices(lists, weights)[0])
    case, ending = chance.random(), chance.random()
    piece = piece.upper() if case < 0.12 else piece.capitalize() if case < 0.18 else piece
    if ending < 0.1:
        return piece + chance.choice(["!", ",", ".", "?", "!!!", "...", ")", '"', "'", "’", "…"])
    return chance.choice(["(", '"', "“", "*"]) + piece if ending < 0.14 else piece


def soup(chance: random.Random) -> str:
    length = int(min(400, chance.lognormvariate(2.2, 1.0)))
    gaps = [" "] * 14 + ["  ", "\n", "\t", "\u00a0", "\x1c", ""]
    text = "".join(token(chance) + chance.choice(gaps) for _ in range(length))
    return text.upper() if chance.random() < 0.03 else text


def soups(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    return (soup(chance) for _ in range(count))


# Equal to vaderSentiment

BY_HAND = """
bus stop the bomb|.|!|?|!!!|good|GOOD|good!|good!!!!|good!!!!!!|good?|good??|good???|good????|good ?!?!|bad!!!
neutral!!! table??|The book was good.|The book was GOOD.|THE BOOK WAS GOOD.
The book was BAD.|GOOD|good BAD|Good|the S日 good|very good|VERY good book|very GOOD book
so very good|really so very good|quite table good|somewhat good|SOMEWHAT good|hardly bad
HARDLY bad|a little really good|very|so|very bad|uber table table bad|not good|isn't good
isnt good|isn’t good|ain't so good|not very good|not a very good|not a b c good
doubtn't good|never good|never so good|never this good|never so table good
never table so good|table table so good|so good|this good|a b this good|good so good
good b so good|without doubt good|without a doubt good|without doubt a good|without good
without table good|without x y good|nor good|no good|no|no no|no no good|no x good
no x y good|no x or good|no x nor good|no good or bad|NO good|no GOOD x|No.|no!|x no
the least good|at least good|very least good|least good|LEAST good|at least a good
good least good|kind of|a kind of good|kind of good|x kind of good|x kind of bad
x sort of good|just enough good|x just enough good|kind|kind of kind|KIND OF good x
this is the shit|that is the bomb|the bomb|is it bad ass|a b c bad ass|a b c badass|bus stop
at the bus stop good|oh yeah right|a b yeah right now|a b c yeah right|the kiss of death
a b c kiss of death|a b kiss of death good|this is to die for|to die for good
my own beating heart|a b c beating heart|a b c beating heart good|a very nice beating heart
a b c the bomb kind of good|good but bad|bad but good|love accept but|love accept but x
good good but good good|but good|good but|but but good|good BUT bad|good but, bad
love but accept|accept love but love accept love|no good but bad|bus stop x y heart but good
rebut good|:)|:(|:) :D <3|:)!|<3!|ok.|ok|(good)|"good"|'good'|*good*|--good--|good,bad
good—bad|can't stand|fed up|❤|❤️|x❤x|good❤|🔥Attention: great|🔥 🔥|🔥🔥|👍👎|💔|🆙 good|🔛🔛 bad
🇬🇧 good|👨‍👩‍👧 good|1️⃣ good|😡|\ud800 good|😀 ok|İyi good|ΣΑΣ good|GOOD ΣΑΣ|ß good
good\u00a0bad|good\x1cbad|good\u200bbad|\ufeffgood|good\x00|  good  |\tgood\n|don't like
DON'T like|wouldn't hurt|n't good|cannot fail|uh-uh good|despite a good|nothing good
a b nothing x good|
"""


def test_every_rule_and_quirk_made_by_hand_equals_vadersentiment() -> None:
    texts = [text for line in BY_HAND.split("\n") for text in line.split("|")]
    assert len(texts) > 150
    assert differences(texts) == []


def test_every_lexicon_entry_emoji_booster_and_phrase_equals_vadersentiment_in_a_sentence() -> None:
    entries = [*vader_library().lexicon, *vader_library().emojis, *BOOSTER_DICT, *SPECIAL_CASES]
    assert differences([f"it is such a {entry} good thing" for entry in entries]) == []


def test_short_orders_of_the_words_that_the_rules_name_equal_vadersentiment() -> None:
    named = ["good", "bad", "no", "never", "so", "least", "very", "BAD", "without", "doubt", "but", "x"]
    assert differences([" ".join(order) for order in itertools.product(named, repeat=3)]) == []
    longer = itertools.islice(itertools.product(named, repeat=4), 0, None, 7)
    assert differences([f"{' '.join(order)} good" for order in longer]) == []


def test_seeded_soups_equal_vadersentiment() -> None:
    assert differences(list(soups(5_000, seed=1))) == []


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 22))
def test_many_seeded_soups_equal_vadersentiment(seed: int) -> None:
    assert differences(list(soups(10_000, seed))) == []


PIECES = st.sampled_from(sorted({piece for pool in pools()[0] for piece in pool})) | st.sampled_from(
    ["good", "bad", "but", "no", "not", "so", "very", "least", "never", "GOOD", "VERY", "love", "accept", "x"]
)
ENDINGS = st.sampled_from([" ", " ", " ", "! ", ", ", "? ", ".\n", "", "❤", "’ "])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from([str, str.upper, str.title]), ENDINGS), max_size=25))
def test_any_soup_is_scored_as_vadersentiment_scores_it(pieces: list[tuple[str, Callable[[str], str], str]]) -> None:
    assert differences(["".join(case(piece) + ending for piece, case, ending in pieces)]) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["good ", "but ", "NOT ", "very ", "❤", "!", "?"]) | st.text(), max_size=30))
def test_no_string_is_found_that_vadersentiment_scores_otherwise(pieces: list[str]) -> None:
    assert differences(["".join(pieces), " ".join(pieces)]) == []


def test_long_texts_with_equal_values_around_but_equal_vadersentiment() -> None:
    chance = random.Random(3)
    entries = [entry for entry in vader_library().lexicon if entry.isalpha()]
    for entries_used in (entries, chance.sample(entries, 40), ["love", "accept", "good", "not", "very"]):
        words = chance.choices(entries_used, k=3_000)
        for place in (1_200, 1_500, 2_900):
            words[place] = "but"
        assert differences([" ".join(words)]) == []


def blog_comments() -> Iterator[str]:
    with gzip.open(DATA / "blog_pairs" / "comments.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["message"] for line in lines)


def rated_texts() -> Iterator[str]:
    for file in sorted((DATA / "vader_ratings").glob("*.txt.gz")):
        with gzip.open(file, "rt", encoding="utf-8", errors="replace") as lines:
            yield from (line.rstrip("\r\n").split("\t", 2)[-1] for line in lines)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real comments in shared/data are not beside this checkout")
def test_real_comments_equal_vadersentiment() -> None:
    texts = [*itertools.islice(blog_comments(), 0, None, 8), *itertools.islice(rated_texts(), 0, None, 10)]
    assert len(texts) > 3_000
    assert differences(texts) == []


@pytest.mark.full
@pytest.mark.skipif(not DATA.is_dir(), reason="the real comments in shared/data are not beside this checkout")
def test_all_real_comments_equal_vadersentiment() -> None:
    assert differences([*blog_comments(), *rated_texts()]) == []


def test_emoji_are_described_as_vadersentiment_does() -> None:
    assert describe_emoji("🔥Attention") == "fireAttention"
    assert describe_emoji("so good🔥🔥 \n") == "so good fire fire"
    assert describe_emoji(" plain text ") == "plain text"
    assert describe_emoji("naïve\n❤") == "naïve\n red heart"


# What is accepted, what it costs


@pytest.mark.parametrize("given_value", [None, math.nan, 3, b"good", ["good"]])
def test_anything_but_a_text_is_refused_by_name(given_value: Any) -> None:
    for score in (vader, lambda value: vader_many(["good", value])):
        with pytest.raises(TypeError, match=rf"{type(given_value).__name__}.*accepts one text as a str"):
            score(given_value)


def test_importing_the_rules_reads_no_lexicon() -> None:
    check = "import sys, toolkit.lexicons.vader_rules; print('vaderSentiment' in str(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_twice_the_words_are_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted are the words that the rules are given, whose number must not depend on the length of the text."""
    looks: list[int] = []
    rules = vader_rules._rate

    def counted(around: Any, *more: Any) -> Any:
        looks.append(around.size)
        return rules(around, *more)

    monkeypatch.setattr(vader_rules, "_rate", counted)
    done = []
    for times in (100, 200, 400):
        vader("NOT very GOOD so bad but no kind of kiss least happy the bomb " * times)
        done.append(sum(looks))
        looks.clear()
    assert done[2] - done[1] == 2 * (done[1] - done[0]) > 0
    assert done[0] < 20 * 13 * 100


def test_two_hundred_thousand_words_are_scored() -> None:
    text = "not so GOOD but bad " * 40_000
    found = vader(text)
    assert found["compound"] == -1.0
    assert found["neg"] + found["neu"] + found["pos"] == pytest.approx(1, abs=0.002)
    assert [column.tolist() for column in vader_many([text])] == [[score] for score in found.values()]


def test_no_texts_have_no_scores() -> None:
    assert [len(column) for column in vader_many([])] == [0, 0, 0, 0]


@pytest.mark.parametrize("digits", [3, 4])
def test_scores_are_rounded_as_python_rounds_them(digits: int) -> None:
    """Also where a score is in the middle of two, or next to it: there numpy's rounding differs."""
    middles = np.arange(-2_000, 2_000) / (2 * 10**digits)
    scores = np.concatenate([middles, np.nextafter(middles, 1), np.nextafter(middles, -1), np.arange(1, 900) / 901])
    assert _rounded(scores, digits).tolist() == [round(score, digits) for score in scores.tolist()]
    assert np.round(scores, digits).tolist() != [round(score, digits) for score in scores.tolist()]


def test_a_vocabulary_that_is_given_up_is_freed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_current", [])
    assert read_many(["One bad text."]).tone[0] < 0
    old = weakref.ref(vocabulary._current[0])
    gc.disable()  # what frees it then is that nothing refers to it
    try:
        vocabulary._current.clear()
        assert old() is None
    finally:
        gc.enable()


# Words


def test_columns_of_tokens_have_the_numbers_of_single_ones() -> None:
    chance = random.Random(4)
    tokens = sorted({each for text in soups(2_000, seed=4) for each in text.split()} | {*library().lexicon, "^urs!"})
    tokens += [chance.choice(["", "(", '"']) + token.upper() + chance.choice(",.!") for token in tokens[:5_000]]
    known, tokens = vocabulary.Vocabulary(), [token for token in tokens if not vocabulary.EMOJI.fullmatch(token)]
    found = known.feature("tone", known.numbers(tokens)).tolist()
    assert [*zip(tokens, found, strict=True)] == [(token, number(token, forgiving=True)) for token in tokens]


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("No.", "no"), ('"No"', "no"), ("(no", "no"), ("ok.", "ok"), ("(ok)", "ok"), ("<3!", "<3"),
        ("<3)", "<3"), ("=l.", "=l"),
        (":)", ":)"), (":).", ":)"), (":)!!!", ":)"), (":))", ":)"), (":D!", ":d"), ("good:)", "good"),
        ("terrible…", "terrible"), ("“dangerous”", "dangerous"), ("insane.”", "insane"), ("<3…", "<3"),
    ],
)  # fmt: skip
def test_forgiving_words_score_as_without_the_punctuation(written: str, bare: str) -> None:
    found = number(written, forgiving=True)
    assert library().keys[found // 2] == bare
    assert library().valence[found] == vader_library().lexicon[bare]


@pytest.mark.parametrize(("written", "key"), [("(8)", ""), ("--", ""), ("…", ""), ("of,", "of"), ("so.", "so")])
def test_forgiving_words_invent_no_emoticons(written: str, key: str) -> None:
    assert library().keys[number(written, forgiving=True) // 2] == key


def test_only_forgiving_words_let_go_of_punctuation_on_short_words() -> None:
    assert {number(written) // 2 * 2 for written in ("No.", "ok.", "<3!")} == {PLAIN}
    assert vader("Is it? No. I was not so.")["compound"] == 0
    assert read_many(["Is it? No. I was not so."]).tone[0] == pytest.approx(vader("No")["compound"] / 3)


def test_longer_words_are_the_same_strict_and_forgiving() -> None:
    for written in ("good", "good,", "(GOOD)", "don't", "very", "table.", "x-ray"):
        assert number(written, forgiving=True) == number(written)


# Traces


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("not very good", [("boosted", 1.9 + 0.293), ("negated", (1.9 + 0.293) * -0.74)]),
        ("not a good", [("negated", 1.9 * -0.74)]),
        ("a VERY good", [("boosted", 1.9 + 0.293 + 0.733)]),
        ("a SOMEWHAT good", [("boosted", 1.9 - 0.293 + 0.733)]),
        ("somewhat bad", [("dampened", -2.5 + 0.293)]),
        ("very x BAD", [("capitals", -2.5 - 0.733), ("boosted", -2.5 - 0.733 - 0.293 * 0.95)]),
        ("never so good", [("boosted", 1.9 + 0.293), ("never so", (1.9 + 0.293) * 1.25)]),
        ("this is the bomb", [("special phrase", 3)]),
        ("without doubt good", []),
        ("at least good", []),
        ("the book was good", []),
    ],
)
def test_the_steps_of_the_last_word_are_those_computed_by_hand(text: str, steps: list[tuple[Rule, float]]) -> None:
    row = traced(text)[0][-1]
    assert [step.rule for step in row.steps] == [rule for rule, _ in steps]
    assert [step.value for step in row.steps] == pytest.approx([value for _, value in steps])
    assert row.value == pytest.approx(steps[-1][1] if steps else row.valence)


def test_but_is_not_noted_where_nothing_is_left_to_weigh() -> None:
    assert traced("no good but x")[0][0].steps == [Step("no before a lexicon word", 0.0)]


def test_the_values_add_up_to_the_score_and_the_last_step_of_a_word_is_its_value() -> None:
    texts = [*soups(2_500, seed=9)]
    described, compounds = [*map(describe_emoji, texts)], vader_many(texts).compound.tolist()
    for text, rows, compound in zip(described, traced(*described), compounds, strict=True):
        total = sum([row.value for row in rows])
        exclamations, questions = (text.count(mark) for mark in "!?")
        asked = 0.96 if questions > 3 else 0.18 * questions * (questions > 1)
        total += math.copysign(min(exclamations, 4) * 0.292 + asked, total) if total else 0
        assert round(total / math.sqrt(total * total + 15), 4) == compound
        for row in rows:
            assert row.value == (row.steps[-1].value if row.steps else row.valence)
