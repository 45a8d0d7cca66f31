"""Explanations: values add up exactly to the score; the weight of a word or sentence is the effect of its removal."""

import functools
import itertools
import math
import operator
from typing import Any, get_args

import pandas as pd
import pytest
from helpers.adversarial import BASE, KINDS, hostile
from helpers.checks import same
from helpers.texts import FORMULAS, NOT_ENGLISH, TEN_WORDS, article, prose, reason, vader_library
from hypothesis import example, given, settings
from hypothesis import strategies as st

import toolkit
from toolkit import Reading, explain_readability, explain_sentiment, list_corpora, load_corpus, read, sentiment, vader
from toolkit.lexicons.vader_rules import Rule, describe_emoji
from toolkit.metrics.explanations import MOST, _pieces

COLUMNS = "sentence token start end valence rules value raw_sum emphasis compound".split()

# Numbers of the published rules
BOOST, NEGATED, CAPITALS = 0.293, -0.74, 0.733


def texts_of_all_corpora() -> list[str]:
    return [str(text) for name in list_corpora()["name"] for text in load_corpus(name)["text"]]


def in_order(values: list[float]) -> float:
    """The plain sum, from the first to the last."""
    return functools.reduce(operator.add, values, 0.0)


def explained(text: str, *, whole: bool = False) -> list[float]:
    """The scores of the sentences that have one, after checking that the rows of each lead to it."""
    return scores_of(explain_sentiment(text, whole=whole))


def scores_of(table: pd.DataFrame) -> list[float]:
    found = []
    rows = zip(*(table[it].tolist() for it in ("sentence", "value", "raw_sum", "emphasis", "compound")), strict=True)
    for _, group in itertools.groupby(rows, key=operator.itemgetter(0)):
        _, values, *sums = zip(*group, strict=True)
        assert [len(set(map(str, column))) for column in sums] == [1, 1, 1]
        raw_sum, emphasis, compound = (column[0] for column in sums)
        assert sum(values) == raw_sum
        total = raw_sum + emphasis
        assert math.isnan(compound) or compound == round(total / math.sqrt(total * total + 15), 4)
        found.append(compound)
    return [compound for compound in found if not math.isnan(compound)]


def check_everything_that_must_hold(text: str) -> Reading:
    table = explain_sentiment(reading := read(text))
    scores = scores_of(table)
    assert same(reading.tone, in_order(scores) / len(scores) if scores else math.nan)
    assert math.isnan(tone := sentiment(reading)) or tone == reading.tone
    starts, ends = table["start"].tolist(), table["end"].tolist()
    assert [reading.text[start:end] for start, end in zip(starts, ends, strict=True)] == table["token"].tolist()
    assert all(end <= start for start, end in zip(starts[1:], ends, strict=False))
    assert explained(text, whole=True) in ([vader(text)["compound"]], [])
    return reading


def rules(text: str, *, whole: bool = False) -> dict[str, str]:
    table = explain_sentiment(text, whole=whole)
    return dict(zip(table["token"], table["rules"], strict=True))


def values(text: str, *, whole: bool = False) -> dict[str, float]:
    table = explain_sentiment(text, whole=whole)
    return dict(zip(table["token"], table["value"], strict=True))


# Tone: it adds up


@pytest.mark.parametrize("text", texts_of_all_corpora(), ids=lambda text: text[:30])
def test_the_values_of_every_text_of_the_corpora_add_up_to_its_tone(text: str) -> None:
    check_everything_that_must_hold(text)
    assert explained(text, whole=True) == [vader_library().polarity_scores(text)["compound"]]


WORDS = "good bad very not no but GREAT least never so this kind of bomb hardly ok isn’t “evil” war— No. love accept"
SIGNS = "🔥 💔 😂 😱 👍 ❤️ ☺️ 👨‍👩‍👧 1️⃣ ‼️ <3 :) (8) ... & . ! ? !? # - > 🔥Attention: bad🔥day https://good.org! U.S."
PIECES = st.sampled_from([*WORDS.split(), *SIGNS.split(), " ", "\n", "\n\n"])


@example("No. ²")  # a digit to Python, and not in the columns of words
@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=4), max_size=25).map(" ".join))
def test_the_values_of_any_text_add_up(text: str) -> None:
    check_everything_that_must_hold(text)


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_the_pieces_of_a_whole_text_are_the_words_that_the_library_sees(text: str) -> None:
    pieces = [text[start:end] for start, end in _pieces(text)]
    assert "".join(pieces) == "".join(text.split())
    assert [word for piece in pieces for word in describe_emoji(piece).split()] == describe_emoji(text).split()


@pytest.mark.parametrize("text", ["", " \n ", "!!!", "— … &", "# A terrible heading"])
def test_a_text_without_a_word_of_running_text_has_an_empty_table_with_all_columns(text: str) -> None:
    table = explain_sentiment(text)
    assert (len(table), [*table.columns]) == (0, COLUMNS)
    assert table.dtypes.astype(str).tolist() == ["int64", "str", "int64", "int64", "float64", "str"] + 4 * ["float64"]


def test_texts_that_are_not_english_and_lone_emoji_are_explained_although_they_have_no_score() -> None:
    text = NOT_ENGLISH["German"]
    assert math.isnan(sentiment(text))
    assert explain_sentiment(text)["token"].tolist() == text.split()
    assert explained(text) == [read(text).tone]
    table = explain_sentiment("A good day.\n\n🔥").set_index("token")
    assert table["value"]["🔥"] == vader_library().lexicon["fire"]
    assert math.isnan(table["compound"]["🔥"])
    assert sentiment("A good day.\n\n🔥") == table["compound"]["good"]


def test_the_rows_are_the_words_of_the_sentences_by_number() -> None:
    table = explain_sentiment(
        "# A title\n\nI am here — now :) & you?\n\nSubscribe and donate at https://a.org\n\nWe go."
    )
    expected = [(1, "I"), (1, "am"), (1, "here"), (1, "now"), (1, ":)"), (1, "you?"), (2, "We"), (2, "go.")]
    assert [*zip(table["sentence"], table["token"], strict=True)] == expected


# Tone: the rules by name

EXAMPLES: dict[Rule, tuple[str, str, str, float]] = {  # text, word, its rules, its value
    "negated": ("It is not good.", "good.", "negated", 1.9 * NEGATED),
    "boosted": ("It is very good.", "good.", "boosted", 1.9 + BOOST),
    "dampened": ("It is somewhat good.", "good.", "dampened", 1.9 - BOOST),
    "capitals": ("It is a GOOD book.", "GOOD", "capitals", 1.9 + CAPITALS),
    "never so": ("Never so good.", "good.", "boosted, never so", (1.9 + BOOST) * 1.25),
    "so": ("We are all so good.", "good.", "boosted, so", (1.9 + BOOST) * 1.25),
    "least": ("It is the least good.", "good.", "least", 1.9 * NEGATED),
    "special phrase": ("This is the bomb", "bomb", "special phrase", 3),
    "kind of": ("It is a kind of table.", "kind", "kind of", 0),
    "no before a lexicon word": ("It is no good.", "no", "no before a lexicon word", 0),
    "before but": ("It is good but late.", "good", "before but", 1.9 * 0.5),
    "after but": ("It is late but good.", "good.", "after but", 1.9 * 1.5),
}


def test_every_rule_has_an_example() -> None:
    assert set(EXAMPLES) == set(get_args(Rule))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_is_named_at_the_word_that_it_changes(rule: Rule) -> None:
    text, word, named, value = EXAMPLES[rule]
    assert rules(text)[word] == named
    assert values(text)[word] == pytest.approx(value)
    assert sentiment(text) == vader_library().polarity_scores(text)["compound"]


def test_rules_stand_in_the_order_in_which_they_changed_the_word() -> None:
    table = explain_sentiment("It isn't very good.").set_index("token")
    assert table["valence"]["good."] == 1.9
    assert table["rules"]["good."] == "boosted, negated"
    assert table["value"]["good."] == pytest.approx((1.9 + BOOST) * NEGATED)
    assert (math.isnan(table["valence"]["very"]), table["rules"]["very"], table["value"]["very"]) == (True, "", 0.0)


@pytest.mark.parametrize(
    ("text", "emphasis"),
    [("Good.", 0.0), ("Good!", 0.292), ("Bad!!", -0.584), ("Good?", 0.0), ("Good??", 0.36), ("A table!", 0.0)],
)
def test_emphasis_is_what_marks_add_away_from_zero(text: str, emphasis: float) -> None:
    found = explain_sentiment(text)["emphasis"].iloc[-1]
    assert found == pytest.approx(emphasis)
    assert math.copysign(1, found) == (-1 if emphasis < 0 else 1)


@pytest.mark.parametrize(
    ("curly", "straight"), [("This isn’t good", "This isn't good"), ("“War—terrible”…", '"War — terrible"...')]
)
def test_curly_and_straight_spelling_are_explained_alike(curly: str, straight: str) -> None:
    pd.testing.assert_frame_equal(explain_sentiment(curly), explain_sentiment(straight))


@pytest.mark.parametrize(
    ("text", "found", "score"),
    [
        ("Stop the war", {"Stop": -1.2, "the": 0.0, "war": -2.9}, -0.73),
        ("no more war", {"no": -1.2, "more": 0.0, "war": -2.9 * NEGATED + BOOST}, 0.30),
        ("NATO needs to be dismantled.", dict.fromkeys("NATO needs to be dismantled.".split(), 0.0), 0.0),
        ("strike", {"strike": -0.5}, None),
        ("offensive", {"offensive": -2.0}, None),
        ("legal", {"legal": 0.5}, None),
        ("top", {"top": 0.8}, None),
        ("like the UK", {"like": 1.5, "the": 0.0, "UK": 0.0}, None),
    ],
)
def test_words_that_take_their_tone_from_the_subject_have_these_values(
    text: str, found: dict[str, float], score: float | None
) -> None:
    assert values(text) == pytest.approx(found)
    assert score is None or explained(text) == [pytest.approx(score, abs=0.005)]


@pytest.mark.parametrize(
    ("emoji", "valence"),
    [("🔥", -1.4), ("😂", -0.9 + 2.8), ("💔", None), ("❤️", None), ("👍", math.nan), ("👨‍👩‍👧", math.nan)],
)
def test_an_emoji_is_scored_by_the_words_of_its_name(emoji: str, valence: float | None) -> None:
    name = describe_emoji(emoji.replace("\ufe0f", "")).split()
    expected = sum(vader_library().lexicon.get(word, 0) for word in name)
    row = explain_sentiment(f"It is here {emoji}").iloc[-1]
    assert (row["token"], row["rules"].split(", ")[0]) == (emoji, "emoji name")
    assert row["value"] == pytest.approx(expected)
    assert valence is None or row["valence"] == pytest.approx(valence, nan_ok=True)


def test_an_emoji_can_be_negated_and_is_separate_from_the_word_beside_it() -> None:
    assert rules("It is not 🔥Attention: great") == {
        "It": "", "is": "", "not": "", "🔥": "emoji name, negated", "Attention:": "", "great": "negated",
    }  # fmt: skip


# Tone: the text as one piece


def test_the_whole_text_is_explained_as_the_library_cleans_it_with_offsets_in_the_text_itself() -> None:
    assert rules("This isn’t good", whole=True)["good"] == ""
    assert rules("This isn’t good")["good"] == "negated"
    assert (values("Oh No.", whole=True)["No."], values("Oh No.")["No."]) == (0.0, -1.2)
    assert values("🔥Attention: great", whole=True) == {"🔥Attention:": 0.0, "great": 3.1}
    text = "## It’s bad.\n\nWe’re not bad🔥!"
    table = explain_sentiment(text, whole=True)
    assert set(table["sentence"]) == {1}
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == [*table["token"]]
    assert table["token"].tolist() == ["It’s", "bad.", "We’re", "not", "bad", "🔥!"]
    assert explain_sentiment("good \ud83d day", whole=True)["token"].tolist()[-1] == "day"


def test_but_with_equal_values_weights_one_word_twice_and_the_other_never() -> None:
    # love 3.2 is halved to 1.6, the valence of accept; accept is looked up by value, and love is found again
    assert rules("love accept but", whole=True) == {"love": "before but, before but", "accept": "", "but": ""}
    assert values("love accept but", whole=True) == {"love": 0.8, "accept": 1.6, "but": 0.0}


@pytest.mark.parametrize("given_value", [None, math.nan, 3, b"good", ["good"]])
def test_anything_but_a_text_is_refused(given_value: Any) -> None:
    for explain in (explain_sentiment, functools.partial(explain_sentiment, whole=True), explain_readability):
        with pytest.raises(TypeError, match=type(given_value).__name__):
            explain(given_value)


# Readability: the terms

TEXTS = {
    "article": article(),
    "base": " ".join([BASE] * 3),
    "easy": " ".join([TEN_WORDS] * 40),
    "no long word": "We do not go to it. " * 40,
}
PROSE = {f"prose {seed}": seed for seed in range(2)}


def part(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table[table["part"] == name].set_index("name")


@pytest.mark.parametrize("metric", FORMULAS)
@pytest.mark.parametrize("name", [*TEXTS, *PROSE])
def test_the_terms_of_each_formula_add_up_to_its_score(metric: str, name: str) -> None:
    text = TEXTS[name] if name in TEXTS else prose(PROSE[name], fewest_sentences=32)
    table = explain_readability(text, metric)
    score = float(part(table, "score")["value"].iloc[0])
    assert score == getattr(toolkit, metric)(text)
    assert math.fsum(part(table, "term")["value"]) == pytest.approx(score, abs=1e-9)
    assert part(table, "count")["value"].to_dict() == {it: getattr(read(text), it) for it in part(table, "count").index}


@pytest.mark.parametrize(
    ("metric", "terms"),
    [
        # TEN_WORDS: 10 words, 12 syllables (people, city), 36 letters and a full stop, no word over six letters
        ("flesch_reading_ease", {"words per sentence": -10.15, "syllables per word": -84.6 * 1.2, "constant": 206.835}),
        ("flesch_kincaid_grade", {"words per sentence": 3.9, "syllables per word": 11.8 * 1.2, "constant": -15.59}),
        ("gunning_fog", {"words per sentence": 4.0, "complex words per word": 0.0}),
        ("smog_index", {"polysyllables per sentence": 0.0, "constant": 3.1291}),
        (
            "automated_readability_index",
            {"words per sentence": 5, "characters per word": 4.71 * 3.6, "constant": -21.43},
        ),
        ("coleman_liau_index", {"sentences per word": -2.96, "letters per word": 5.8 * 3.5, "constant": -15.8}),
        ("dale_chall", {"words per sentence": 0.496, "difficult words per word": 0.0}),
        # a hundred words, ten sentences: (100 / 10 - 2) / 2
        ("linsear_write", {"linsear points per sentence": 5.0, "constant": -1.0}),
        ("lix", {"words per sentence": 10.0, "long words per word": 0.0}),
        ("rix", {"long words per sentence": 0.0}),
    ],
)
def test_the_terms_are_those_computed_by_hand(metric: str, terms: dict[str, float]) -> None:
    found = part(explain_readability(" ".join([TEN_WORDS] * 40), metric), "term")["value"].to_dict()
    assert [*found] == [*terms]
    assert found == pytest.approx(terms)


def test_the_step_of_dale_chall_above_5_percent_is_a_term_of_its_own() -> None:
    difficult = [f"{TEN_WORDS} " * (100 - n) + TEN_WORDS.replace("good", "blorf") * n for n in (50, 51, 100)]
    explained = [explain_readability(text.replace(".The", ". The"), "dale_chall") for text in difficult]
    terms = [part(each, "term")["value"] for each in explained]
    assert "step" not in terms[0]
    assert terms[0]["difficult words per word"] == pytest.approx(0.1579 * 5)
    for shares, found in zip((5.1, 10), terms[1:], strict=True):
        assert found["difficult words per word"] == pytest.approx(0.1579 * shares)
        assert found["step"] == pytest.approx(3.6365)


def test_linsear_write_above_20_points_has_no_subtraction_left() -> None:
    # 21 words a sentence, the 19th is long: the first hundred words hold four of these and begin a fifth sentence.
    # (100 + 2 * 4) / 5 = 21.6 points a sentence, 21.6 / 2
    text = "We went to the old house by the sea and we saw the big red boat and the diplomacy of it. " * 10
    terms = part(explain_readability(text, "linsear_write"), "term")["value"].to_dict()
    assert terms == pytest.approx({"linsear points per sentence": 10.8, "step": 1.0, "constant": -1.0})


def test_ratio_and_factor_stand_beside_the_term_and_smog_says_it_is_not_in_proportion() -> None:
    smog = part(explain_readability(article(), "smog_index"), "term")["note"]["polysyllables per sentence"]
    assert smog.endswith("the term is not proportional to it")
    notes = part(explain_readability(" ".join([TEN_WORDS] * 10)), "term")["note"]
    assert notes.tolist() == ["10 x 0.39", "1.2 x 11.8", ""]


# Readability: words and sentences that weigh most


@pytest.mark.parametrize("metric", FORMULAS)
@pytest.mark.parametrize("seed", range(3))
def test_without_a_sentence_the_score_is_that_of_the_text_with_the_sentence_taken_out(metric: str, seed: int) -> None:
    text = prose(seed, fewest_sentences=32)
    sentences = read(text).sentence_texts()
    found = part(explain_readability(text, metric), "sentence")
    assert len(found) == MOST
    for sentence, value in found["value"].items():
        rest = " ".join(each for each in sentences if each != sentence)
        assert value == getattr(toolkit, metric)(rest)


def test_a_sentence_with_emoji_is_taken_out_with_them() -> None:
    text = " ".join([TEN_WORDS] * 12)
    longest = "They want \U0001f525 and \U0001f44d in all the streets of the city and the towns of the land today."
    found = part(explain_readability(f"{longest} {text}"), "sentence")
    assert found["value"][longest] == toolkit.flesch_kincaid_grade(text)


def test_the_sentences_are_the_longest_with_their_words() -> None:
    sentences = [f"We saw {'the big ' * n}dog." for n in range(1, 30)]
    found = part(explain_readability(" ".join(sentences)), "sentence")
    assert [*found.index] == sentences[:-6:-1]
    assert [note.split(";")[0] for note in found["note"]] == [f"{2 * n + 3} words" for n in range(29, 24, -1)]


@pytest.mark.parametrize("metric", FORMULAS)
def test_without_a_word_the_score_is_that_of_the_text_with_the_word_taken_out(metric: str) -> None:
    text = "We want an international conference on peace and the blorfing diplomats here want war now. " * 40
    found = part(explain_readability(text, metric), "word")
    assert {"international", "blorfing"} & set(found.index)
    for word, value in found["value"].items():
        assert value == getattr(toolkit, metric)(text.replace(f"{word} ", ""))


def test_a_word_counts_as_one_whatever_its_case_and_punctuation() -> None:
    text = f"{TEN_WORDS} " * 10 + "The DIPLOMACY of it. Diplomacy, they say. It is (diplomacy)."
    found = part(explain_readability(text), "word")
    assert found["note"]["DIPLOMACY"].startswith("3 times, 4 syllables each; -")
    assert found["note"]["people"].startswith("10 times, 2 syllables each; -")
    characters = part(explain_readability(text, "automated_readability_index"), "word")
    assert characters["note"]["DIPLOMACY"].startswith("3 times, 9 to 12 characters each; -")


def test_linsear_write_ignores_words_and_sentences_after_its_sample() -> None:
    text = f"{TEN_WORDS} " * 10 + "Diplomacy is the long and winding road to peace for all the people of the city."
    table = explain_readability(text, "linsear_write")
    assert set(part(table, "sentence").index) == {TEN_WORDS}
    assert part(table, "word").empty


def test_what_leaves_too_few_words_has_no_score_and_says_so() -> None:
    found = part(explain_readability(" ".join([TEN_WORDS] * 10)), "sentence")
    assert found["value"].isna().all()
    assert set(found["note"]) == {"10 words; too short without"}


def test_the_explained_text_stays_as_it_was() -> None:
    reading = read(article())
    before = (reading.content, [*reading.sentences_at], reading.words, reading.syllables)
    explain_readability(reading)
    assert before == (reading.content, reading.sentences_at, reading.words, reading.syllables)


# Readability: what has no score


@pytest.mark.parametrize("metric", FORMULAS)
@pytest.mark.parametrize("text", ["", "🔥", "Too short.", NOT_ENGLISH["Russian"] * 20, "war and peace " * 300])
def test_a_text_without_a_score_has_its_counts_and_the_reason(metric: str, text: str) -> None:
    table = explain_readability(text, metric)
    assert table["part"].unique().tolist() == ["count", "score"]
    assert math.isnan(table["value"].iloc[-1])
    assert table["note"].iloc[-1] == reason(metric, text)
    assert all(table["note"])


@pytest.mark.parametrize("name", ["flesch", "sentiment", "reading_minutes", ""])
def test_an_unknown_formula_is_refused_with_the_names_of_those_that_are_known(name: str) -> None:
    with pytest.raises(ValueError, match=f"metric must be 'flesch_reading_ease'.* or 'rix', not '{name}'"):
        explain_readability(TEN_WORDS, name)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_are_explained_by_their_tone_and_by_the_kinds_of_formula_in_turn(kind: str) -> None:
    formulas = itertools.cycle(("flesch_kincaid_grade", "smog_index", "dale_chall", "linsear_write"))
    for text, metric in zip(hostile(kind), formulas, strict=False):
        reading = check_everything_that_must_hold(text)
        table = explain_readability(reading, metric)
        score = float(part(table, "score")["value"].iloc[0])
        assert same(score, getattr(toolkit, metric)(reading))
        assert math.isnan(score) or math.fsum(part(table, "term")["value"]) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize("heading", ["", "# What we saw of it\n\n"])
def test_a_name_is_not_among_the_words_that_make_a_text_hard(heading: str) -> None:
    text = "We all saw how Zakharova came to the town, and an escalation was what she saw there in the end. " * 6
    words = explain_readability(heading + text, "dale_chall").query("part == 'word'")["name"].tolist()
    assert words == ["escalation"]
