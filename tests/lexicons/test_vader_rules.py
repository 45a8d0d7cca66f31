"""VADER's rules: equal to vaderSentiment digit for digit, linear, and explained step by step."""

import functools
import gzip
import itertools
import json
import math
import pathlib
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    B_INCR,
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from toolkit.lexicons.vader_rules import Rule, Scores, Step, Trace, score, trace, vader
from toolkit.lexicons.vader_words import Word, describe_emoji, word

ROOT = pathlib.Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


@functools.cache
def reference() -> Any:
    return SentimentIntensityAnalyzer()


def differences(texts: list[str]) -> list[str]:
    """The texts that vaderSentiment scores otherwise, in any digit, sign or order of the keys."""
    scores = reference().polarity_scores
    return [text for text in texts if repr(vader(text)) != repr(scores(text))]


def words_of(text: str, *, forgiving: bool = False) -> list[Word]:
    return [word(token, forgiving) for token in text.split()]


def traced(text: str) -> Trace:
    return trace(words_of(text), text.count("!"), text.count("?"))


# Texts made of everything that the rules look at


@functools.cache
def pools() -> tuple[tuple[list[str], ...], tuple[float, ...]]:
    lexicon = list(reference().lexicon)
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
        (list(reference().emojis), 1),
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
    entries = [*reference().lexicon, *reference().emojis, *BOOSTER_DICT, *SPECIAL_CASES]
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
def test_no_soup_is_found_that_vadersentiment_scores_otherwise(
    pieces: list[tuple[str, Callable[[str], str], str]],
) -> None:
    assert differences(["".join(case(piece) + ending for piece, case, ending in pieces)]) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["good ", "but ", "NOT ", "very ", "❤", "!", "?"]) | st.text(), max_size=30))
def test_no_string_is_found_that_vadersentiment_scores_otherwise(pieces: list[str]) -> None:
    assert differences(["".join(pieces), " ".join(pieces)]) == []


def test_long_texts_with_equal_values_around_but_equal_vadersentiment() -> None:
    chance = random.Random(3)
    entries = [entry for entry in reference().lexicon if entry.isalpha()]
    for vocabulary in (entries, chance.sample(entries, 40), ["love", "accept", "good", "not", "very"]):
        words = chance.choices(vocabulary, k=3_000)
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
def test_what_is_not_a_text_is_refused_by_name(given_value: Any) -> None:
    with pytest.raises(TypeError, match=rf"{type(given_value).__name__}.*accepts one text as a str"):
        vader(given_value)


def test_importing_the_rules_reads_no_lexicon() -> None:
    check = "import sys, toolkit.lexicons.vader_rules; print('vaderSentiment' in str(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


class CountedWords(list[Word]):
    """A list that counts how many of its words were looked at."""

    looks = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        self.looks += len(found) if isinstance(place, slice) else 1
        return found

    def __iter__(self) -> Iterator[Word]:
        self.looks += len(self)
        return super().__iter__()


def test_twice_the_words_are_twice_the_work() -> None:
    pattern = words_of("NOT very GOOD so bad but no kind of kiss least happy the bomb")
    looks = []
    for times in (100, 200, 400):
        words = CountedWords(pattern * times)
        score(words, 0, 0)
        looks.append(words.looks)
    assert looks[2] - looks[1] == 2 * (looks[1] - looks[0])
    assert looks[0] < 20 * len(pattern) * 100


def test_two_hundred_thousand_words_are_scored() -> None:
    found = vader("not so GOOD but bad " * 40_000)
    assert found["compound"] == -1.0
    assert found["neg"] + found["neu"] + found["pos"] == pytest.approx(1, abs=0.002)


def test_known_hits_give_the_same_scores() -> None:
    for text in soups(300, seed=5):
        words = words_of(text)
        hits = [place for place, each in enumerate(words) if each.hit]
        assert score(words, 2, 2, hits) == score(words, 2, 2)


def test_a_sentence_without_rated_words_is_neutral_and_one_without_words_nothing() -> None:
    assert score(words_of("the table"), 3, 0) == Scores(0.0, 1.0, 0.0, 0.0)
    assert score([], 3, 0) == Scores(0.0, 0.0, 0.0, 0.0)


# Words


def test_a_word_holds_what_the_rules_need() -> None:
    assert word("GOOD!") == Word("good", 1.9, None, True, False, False, True, True)
    assert word("good") == Word("good", 1.9, None, False, False, False, True, False)
    assert word("very") == Word("very", None, B_INCR, False, False, False, False, True)
    assert word("hadn't,") == Word("hadn't", None, None, False, True, False, False, True)
    assert word("table") == Word("table", None, None, False, False, False, False, False)
    assert word("bomb").idiom
    assert not word("the").idiom


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
    found = word(written, forgiving=True)
    assert found.key == bare
    assert found.valence == reference().lexicon[bare]


@pytest.mark.parametrize(
    ("written", "key"), [("(8)", "8"), ("--", "--"), ("…", "…"), ("of,", "of"), ("so.", "so"), ("I,", "i")]
)
def test_forgiving_words_invent_no_emoticons(written: str, key: str) -> None:
    found = word(written, forgiving=True)
    assert (found.key, found.valence) == (key, None)


def test_only_forgiving_words_let_go_of_punctuation_on_short_words() -> None:
    assert [word(written).valence for written in ("No.", "ok.", "<3!")] == [None, None, None]
    strict = score(words_of("Is it? No. I was not so."), 0, 1)
    forgiving = score(words_of("Is it? No. I was not so.", forgiving=True), 0, 1)
    assert (strict.compound, forgiving.compound) == (0.0, vader("No")["compound"])


def test_longer_words_are_the_same_strict_and_forgiving() -> None:
    for written in ("good", "good,", "(GOOD)", "don't", "very", "table.", "x-ray"):
        assert word(written, forgiving=True) == word(written)


# Traces

EXAMPLES: dict[Rule, str] = {
    "negated": "not good", "boosted": "very good", "dampened": "somewhat good", "capitals": "a GOOD book",
    "never so": "never so good", "least": "the least good", "special phrase": "this is the bomb",
    "kind of": "a kind of table", "no before a lexicon word": "no good", "before but": "good but late",
    "after but": "late but good",
}  # fmt: skip


def test_each_rule_has_an_example() -> None:
    assert set(EXAMPLES) == set(get_args(Rule))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_is_named_where_it_applies_and_not_in_a_plain_sentence(rule: Rule) -> None:
    assert rule in {step.rule for row in traced(EXAMPLES[rule]).rows for step in row.steps}
    assert [row.steps for row in traced("the book was good and the cover bad").rows] == [(), ()]


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
    ],
)
def test_the_steps_of_the_last_word_are_those_reckoned_by_hand(text: str, steps: list[tuple[Rule, float]]) -> None:
    row = traced(text).rows[-1]
    assert [step.rule for step in row.steps] == [rule for rule, _ in steps]
    assert [step.value for step in row.steps] == pytest.approx([value for _, value in steps])
    assert row.value == pytest.approx(steps[-1][1] if steps else row.valence)


def test_but_weighs_the_first_word_of_equal_value_twice_and_the_second_never() -> None:
    # love 3.2 is halved to 1.6, the valence of accept; accept is looked up by value, and love is found again
    love, accept = traced("love accept but").rows
    assert love.steps == (Step("before but", 1.6), Step("before but", 0.8))
    assert (accept.steps, accept.value) == ((), 1.6)


def test_but_is_not_noted_where_nothing_is_left_to_weigh() -> None:
    assert traced("no good but x").rows[0].steps == (Step("no before a lexicon word", 0.0),)


def test_punctuation_is_added_away_from_zero() -> None:
    assert traced("good!").emphasis == pytest.approx(0.292)
    assert traced("bad !!!!!!").emphasis == pytest.approx(-4 * 0.292)
    assert traced("bad ??").emphasis == pytest.approx(-0.36)
    assert traced("good ????").emphasis == pytest.approx(0.96)
    assert traced("table!!!") == Trace((), 0.0, 0.0, 0.0)


def test_traces_add_up_exactly_to_the_raw_sum_and_reach_the_same_compound() -> None:
    for text in soups(2_000, seed=9):
        found, described = traced(text), describe_emoji(text)
        assert sum([row.value for row in found.rows]) == found.total
        assert found.compound == score(words_of(text), text.count("!"), text.count("?")).compound
        assert traced(described).compound == vader(text)["compound"]


def test_the_last_step_of_a_row_is_its_value() -> None:
    for text in soups(500, seed=10):
        for row in traced(text).rows:
            assert row.value == (row.steps[-1].value if row.steps else row.valence)
