"""Readability: each formula equals textstat on plain prose and its paper by hand; NaN with a reason at its limits."""

import math
from types import SimpleNamespace
from typing import Any

import pytest
import textstat
from helpers.texts import FORMULAS, NOT_ENGLISH, TEN_WORDS, article, dictionary, pasted_lines, prose, reason

import toolkit
from toolkit import grade_band
from toolkit.metrics.readability import GRADES

# Our name -> textstat's.
TEXTSTAT = {
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
    "smog_index": "smog_index",
    "automated_readability_index": "automated_readability_index",
    "coleman_liau_index": "coleman_liau_index",
    "dale_chall": "dale_chall_readability_score",
    "linsear_write": "linsear_write_formula",
    "lix": "lix",
    "rix": "rix",
}
BY_WORDS = [name for name in FORMULAS if name != "smog_index"]
# textstat 0.7.8 multiplies the letters of a hundred words by 0.058; the paper of 1975 has 0.0588.
COLEMAN_LIAU_SLIP = 0.0588 - 0.058


def value(name: str, text: Any) -> float:
    return float(getattr(toolkit, name)(text))


# Against textstat


def test_every_formula_is_compared_with_textstat() -> None:
    assert sorted(TEXTSTAT) == sorted(FORMULAS)


@pytest.mark.parametrize("name", TEXTSTAT)
@pytest.mark.parametrize("seed", range(12))
def test_each_formula_equals_textstat_on_plain_prose(name: str, seed: int) -> None:
    text = prose(seed, fewest_sentences=30 if name == "smog_index" else 1)
    expected = getattr(textstat, TEXTSTAT[name])(text)
    assert value(name, text) == pytest.approx(expected, abs=1e-9)


def test_the_prose_of_these_tests_is_as_varied_as_it_is_meant_to_be() -> None:
    texts = [prose(seed) for seed in range(12)]
    words = " ".join(texts).split()
    assert all(120 <= len(text.split()) < 430 for text in texts)
    assert {"isn't", "WAR", "they're"} <= set(words)
    assert len(set(words)) > 1000


# Against the papers


@pytest.mark.parametrize(
    ("name", "counts", "expected"),
    [
        # 206.835 - 1.015 * 20 - 84.6 * 1.5 = 206.835 - 20.3 - 126.9
        ("flesch_reading_ease", {"words": 100, "sentences": 5, "syllables": 150}, 59.635),
        # 0.39 * 20 + 11.8 * 1.5 - 15.59 = 7.8 + 17.7 - 15.59
        ("flesch_kincaid_grade", {"words": 100, "sentences": 5, "syllables": 150}, 9.91),
        # 0.4 * (20 + 10)
        ("gunning_fog", {"words": 100, "sentences": 5, "complex_words": 10}, 12.0),
        # 1.043 * sqrt(30 * 120 / 36) + 3.1291 = 10.43 + 3.1291
        ("smog_index", {"words": 500, "sentences": 36, "polysyllables": 120}, 13.5591),
        # 4.71 * 4.5 + 0.5 * 20 - 21.43 = 21.195 + 10 - 21.43
        ("automated_readability_index", {"words": 100, "sentences": 5, "characters": 450}, 9.765),
        # 0.058 * 450 - 0.296 * 5 - 15.8 = 26.1 - 1.48 - 15.8
        ("coleman_liau_index", {"words": 100, "sentences": 5, "letters": 450}, 8.82),
        # 0.1579 * 10 + 0.0496 * 20 + 3.6365 = 1.579 + 0.992 + 3.6365
        ("dale_chall", {"words": 100, "sentences": 5, "difficult_words": 10}, 6.2075),
        # 5 % difficult words: nothing is added yet; 0.1579 * 5 + 0.0496 * 20 = 0.7895 + 0.992
        ("dale_chall", {"words": 100, "sentences": 5, "difficult_words": 5}, 1.7815),
        # (90 + 3 * 10) / 5 = 24, over 20: 24 / 2
        ("linsear_write", {"linsear_points": 120, "linsear_sentences": 5}, 12.0),
        # 100 / 5 = 20, not over 20: (20 - 2) / 2
        ("linsear_write", {"linsear_points": 100, "linsear_sentences": 5}, 9.0),
        # 20 + 100 * 25 / 100
        ("lix", {"words": 100, "sentences": 5, "long_words": 25}, 45.0),
        # 25 / 5
        ("rix", {"words": 100, "sentences": 5, "long_words": 25}, 5.0),
        # 476 / 238 words a minute
        ("reading_minutes", {"all_words": 476}, 2.0),
    ],
)
def test_each_formula_gives_what_arithmetic_by_hand_gives(name: str, counts: dict[str, int], expected: float) -> None:
    assert getattr(toolkit, name).__wrapped__(SimpleNamespace(**counts)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "counts", "published"),
    [
        # "The cat sat on the mat.": the example that is always given for the top of Flesch's scale.
        ("flesch_reading_ease", {"words": 6, "sentences": 1, "syllables": 6}, 116.1),
        # "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
        ("flesch_reading_ease", {"words": 13, "sentences": 1, "syllables": 24}, 37.5),
        ("flesch_kincaid_grade", {"words": 13, "sentences": 1, "syllables": 24}, 11.3),
    ],
)
def test_published_worked_examples_come_out_as_published(name: str, counts: dict[str, int], published: float) -> None:
    assert getattr(toolkit, name).__wrapped__(SimpleNamespace(**counts)) == pytest.approx(published, abs=0.05)


def test_coleman_liau_differs_from_its_paper_by_the_rounding_of_textstat_alone() -> None:
    # The abstract of Coleman & Liau (1975): 639 letters, 119 words, 5 sentences, grade 14.5.
    counts = {"words": 119, "sentences": 5, "letters": 639}
    ours = toolkit.coleman_liau_index.__wrapped__(SimpleNamespace(**counts))  # type: ignore[attr-defined]
    assert ours + COLEMAN_LIAU_SLIP * 100 * 639 / 119 == pytest.approx(14.5, abs=0.05)


def test_linsear_write_uses_only_the_first_hundred_words() -> None:
    hundred = " ".join([TEN_WORDS] * 10)
    assert value("linsear_write", f"{hundred} Unimaginable bureaucratic communication deteriorates.") == 4.0
    # 99 words of up to two syllables... the ten sentences hold 100 such words: (100 / 10 - 2) / 2


# Bounds


@pytest.mark.parametrize("name", BY_WORDS)
def test_a_formula_has_a_value_from_100_words(name: str) -> None:
    hundred = " ".join([TEN_WORDS] * 10)
    assert math.isnan(value(name, hundred.removesuffix(" now.") + "."))
    assert reason(name, hundred.removesuffix(" now.") + ".") == "too short: 99 words, needs 100"
    assert math.isfinite(value(name, hundred))
    assert math.isfinite(value(name, hundred.replace("good", "very good", 1)))


def test_smog_has_no_value_at_29_sentences_and_has_one_at_30_and_31() -> None:
    assert reason("smog_index", " ".join([TEN_WORDS] * 29)) == "too short: 29 sentences, needs 30"
    assert [math.isnan(value("smog_index", " ".join([TEN_WORDS] * n))) for n in (29, 30, 31)] == [True, False, False]


@pytest.mark.parametrize("padding", ["🔥", "https://example.org/page", "—"])
def test_emoji_links_and_dashes_do_not_help_a_text_over_the_bound(padding: str) -> None:
    text = f"{padding} {TEN_WORDS.replace(' now', '')} " * 11  # 11 sentences of 9 words
    assert reason("flesch_kincaid_grade", text) == "too short: 99 words, needs 100"


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("sentences", [1, 35])
def test_words_without_full_stops_have_no_sentence_structure(name: str, sentences: int) -> None:
    just = " ".join([" ".join(["peace and war"] * 26 + ["for us."])] * sentences)  # 26 * 3 + 2 = 80 words a sentence
    over = just.replace("for us.", "for all of us.", 1)  # two words more
    longer = f"{just} {just}"
    assert reason(name, longer if sentences == 1 else just) in ("", "too short: 2 sentences, needs 30")
    assert reason(name, over) == "no sentence structure"


@pytest.mark.parametrize("language", NOT_ENGLISH)
@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize("name", FORMULAS)
def test_no_formula_gives_an_english_grade_to_another_language(name: str, language: str, times: int) -> None:
    assert math.isnan(value(name, NOT_ENGLISH[language] * times))
    assert reason(name, NOT_ENGLISH[language] * times) == "not English"


@pytest.mark.parametrize(("common", "english"), [(15, True), (14, False)])
def test_prose_is_english_from_15_percent_of_very_frequent_words(common: int, english: bool) -> None:
    text = " ".join(["the"] * common + ["blorf"] * (100 - common - 80)) + "." + " Blorf qux zzyx." * 26 + " Blorf qux."
    assert len(text.split()) == 100
    assert reason("flesch_kincaid_grade", text) == ("" if english else "not English")


@pytest.mark.parametrize(("known", "english"), [(65, True), (64, False)])
def test_prose_is_english_from_65_percent_of_known_words(known: int, english: bool) -> None:
    assert ("zebra" in dictionary(), "blorf" in dictionary()) == (True, False)
    text = " ".join(["Zebra" + " zebra" * 4 + "."] * (known // 5) + ["zebra"] * (known % 5) + ["blorf"] * (100 - known))
    assert len(text.split()) == 100
    for numbers in ("", " 1999 2000 3,000"):  # which are of no language
        assert reason("flesch_kincaid_grade", f"{text}{numbers}.") == ("" if english else "not English")


NO_WORDS = {"": "empty text", "  \n ": "empty text", "🔥🔥 💥": "emoji only", "1️⃣ 2️⃣ 3️⃣": "emoji only", "!!!": "no words"}
NO_WORDS |= {"https://example.org/a": "no words", "\n".join(pasted_lines()[65:71]): "solicitation only"}


@pytest.mark.parametrize("name", [*FORMULAS, "reading_minutes"])
@pytest.mark.parametrize(("text", "why"), NO_WORDS.items(), ids=[*NO_WORDS.values()])
def test_a_text_without_words_of_its_own_has_no_value_and_a_reason(name: str, text: str, why: str) -> None:
    assert math.isnan(value(name, text))
    assert reason(name, text) == why


# The featured article, and what is not offered


def test_the_band_is_lowest_median_and_highest_of_the_grades_that_have_a_value() -> None:
    grades = sorted(metric(article()) for metric in GRADES)
    assert len(grades) == 6
    assert grade_band(article()) == (grades[0], (grades[2] + grades[3]) / 2, grades[5])
    assert all(math.isnan(grade) for grade in grade_band("Too short."))


def test_the_easy_text_is_easier_than_the_hard_one_by_every_formula() -> None:
    easy = "The dog ran to the big red barn. It saw a cat and sat down. " * 20
    hard = (
        "Notwithstanding institutional recommendations, governmental representatives persistently characterised "
        "the preemptive operation as fundamentally defensive, thereby legitimising considerable escalation. "
    ) * 35
    for name in FORMULAS:
        harder = value(name, hard) - value(name, easy)
        assert harder < 0 if name == "flesch_reading_ease" else harder > 0, name
