"""Tone: the mean of VADER's score over sentences, and every trap where the library misreads such texts."""

import functools
import math
import random
import statistics

import numpy as np
import pytest
from helpers.texts import article, dictionary, reason, vader_library

import toolkit
from toolkit import measure, negative_share, read, sentiment, sentiment_without_emoji, split_sentences

FEATURED = "nato-preemptive-strike"


def compound(text: str) -> float:
    """What vaderSentiment says."""
    return float(vader_library().polarity_scores(text)["compound"])


@functools.cache
def lexicon_words() -> list[str]:
    return sorted(word for word in vader_library().lexicon if word.isalpha() and len(word) > 3 and word in dictionary())


def sentences(seed: int) -> list[str]:
    """Plain sentences whose tone, boosters, negations and capitals vary; nothing that the library misreads."""
    chance = random.Random(seed)
    plain = "the people of this country want what they have and we all know that it was there".split()
    rules = "very not never extremely hardly but isn't least without".split()
    found = []
    for _ in range(chance.randint(2, 12)):
        pools = chance.choices([plain, lexicon_words(), rules], (6, 2, 1), k=chance.randint(5, 15))
        words = ["We", *(chance.choice(pool) for pool in pools), "here"]
        words = [word.upper() if chance.random() < 0.05 else word for word in words]
        found.append(" ".join(words) + chance.choice([".", ".", "!", "?"]))
    return found


# Against the library, sentence by sentence


@pytest.mark.parametrize("seed", range(25))
def test_sentiment_is_the_mean_of_the_librarys_scores_over_sentences(seed: int) -> None:
    hand_split = sentences(seed)
    scores = [compound(sentence) for sentence in hand_split]
    text = " ".join(hand_split)
    assert sentiment(text) == pytest.approx(statistics.fmean(scores), abs=1e-12)
    assert toolkit.sentiment_spread(text) == pytest.approx(statistics.stdev(scores), abs=1e-12)
    assert toolkit.positive_share(text) == sum(score >= 0.05 for score in scores) / len(scores)
    assert negative_share(text) == sum(score <= -0.05 for score in scores) / len(scores)


def test_the_sentences_of_these_tests_hold_every_tone() -> None:
    scores = [compound(sentence) for seed in range(25) for sentence in sentences(seed)]
    assert min(scores) < -0.7
    assert max(scores) > 0.7
    assert 0 in scores


# Traps: these are scored as the library scores the plain words beside them


@pytest.mark.parametrize(
    ("text", "plain", "score"),
    [
        ("This isn’t good", "This isn't good", -0.34),
        ("insane.”", "insane", -0.40),
        ("“dangerous”", "dangerous", -0.48),
        ("war—terrible—evil", "war terrible evil", -0.91),
        ("terrible…", "terrible", -0.48),
        ("No.", "No", -0.30),
        ("ok.", "ok", 0.30),
        ("ok,", "ok", 0.30),
        ("we <3, you", "we <3 you", 0.44),
        ("we <3 you!", "we <3 you !", 0.49),  # the exclamation mark stresses, as it does after every other word
        ("we <3!", "we <3 !", 0.49),
        ("to all of you \u2764\ufe0f", "to all of you \u2764", 0.64),
        ("to all of you \u2764", "to all of you \u2764", 0.64),
        ("🔥Attention: great", "🔥 Attention: great", 0.40),
        ("what a great🔥day", "what a great 🔥 day", 0.40),
        ("so sad:( today", "so sad:( today", None),
        ("thank you :)", "thank you :)", None),
    ],
)
def test_punctuation_quotes_and_selectors_do_not_hide_a_word(text: str, plain: str, score: float | None) -> None:
    assert sentiment(text) == pytest.approx(compound(plain), abs=1e-12)
    assert score is None or sentiment(text) == pytest.approx(score, abs=0.005)


@pytest.mark.parametrize(
    "text",
    [
        "The song went to No. 1 on Monday.", "It is listed (no. 2231) in the register.",
        "Samuel L. Jackson spoke at the library.", "Jennifer L. Smith is the clerk.", "See pp. 12 ff. there.",
        "We live in Dallas, Tx. now.", "The song went to No. 1 \U0001f4b0.",
    ],
)  # fmt: skip
def test_abbreviations_and_initials_have_no_tone(text: str) -> None:
    assert sentiment(text) == sentiment_without_emoji(text) == 0
    assert toolkit.explain_sentiment(text)["value"].eq(0).all()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("No. 1 is bad", "Table 1 is bad"), ("We said no.", "We said no"), ("Ok.", "Ok"), ("No. Not at all.", "No"),
        ("No. no. 1 is bad", "No Table 1 is bad"),  # only the second is short for "number"
    ],
)  # fmt: skip
def test_an_answer_of_no_keeps_its_tone(text: str, plain: str) -> None:
    first = read(text).sentence_texts()[0]
    assert sentiment(first) == compound(plain)


@pytest.mark.parametrize("alone", ["💔", "💔 💔!", "> 💔", ":)"])
def test_sentences_without_words_have_no_tone(alone: str) -> None:
    for text in (f"This is a table.\n\n{alone}", f"{alone}\n\nThis is a table."):
        assert sentiment(text) == 0
    assert math.isnan(sentiment(alone))


@pytest.mark.parametrize(
    ("emoji", "score"), [("💔", 0.27), ("🔥", -0.34), ("💥", -0.36), ("😡", 0), ("👍", 0), ("👎", 0), ("🤬", 0)]
)
def test_the_name_of_an_emoji_is_scored_and_left_out_on_request(emoji: str, score: float) -> None:
    text = f"this is it {emoji}"
    assert sentiment(text) == pytest.approx(score, abs=0.005)
    assert sentiment(text) == pytest.approx(compound(text), abs=1e-12)
    assert sentiment_without_emoji(text) == 0


def test_without_emoji_the_tone_is_that_of_the_text_with_its_emoji_taken_out() -> None:
    assert sentiment_without_emoji("A great day 💔! It is bad 🔥.") == sentiment("A great day! It is bad.")


# Length is not tone


def test_twenty_mild_sentences_are_as_mild_as_one() -> None:
    mild = "The food is good here."
    assert sentiment(" ".join([mild] * 20)) == pytest.approx(sentiment(mild), abs=1e-12)
    assert compound(mild) == pytest.approx(sentiment(mild), abs=1e-12)
    assert compound(" ".join([mild] * 20)) > 0.98


def test_the_article_is_at_about_minus_0_06_and_the_comments_at_about_minus_0_30() -> None:
    texts = toolkit.load_corpus(FEATURED)
    scored = [sentiment(text) for text in split_sentences(texts[1:])["text"]]
    assert sentiment(article()) == pytest.approx(-0.06, abs=0.01)
    assert statistics.fmean(scored) == pytest.approx(-0.30, abs=0.02)


def test_headings_have_no_tone() -> None:
    assert sentiment("## A terrible, evil day\n\nWe went home.") == 0
    assert sentiment("## The end\n\nA terrible day.") == compound("A terrible day.")


# Whose tone


def test_without_reported_speech_the_article_and_the_second_comment_are_less_negative() -> None:
    texts = toolkit.load_corpus(FEATURED)
    for text in (texts["text"][0], texts["text"][2]):
        everything, own = measure(split_sentences([text])), measure(split_sentences([text], voices=("author",)))
        assert own["sentiment"].mean() > everything["sentiment"].mean()


# Bounds


@pytest.mark.parametrize(("score", "positive", "negative"), [(0.05, 1, 0), (-0.05, 0, 1), (0.04, 0, 0), (-0.04, 0, 0)])
def test_a_sentence_is_positive_from_0_05_and_negative_from_minus_0_05(
    score: float, positive: int, negative: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.text.counts.compounds", lambda hits, emphasis: np.full(len(emphasis), score))
    assert (toolkit.positive_share("A good day."), negative_share("A good day.")) == (positive, negative)


def test_spread_needs_two_sentences() -> None:
    assert math.isnan(toolkit.sentiment_spread("A good day."))
    assert toolkit.sentiment_spread("A good day. A good day.") == 0


@pytest.mark.parametrize(
    "text", ["", "🔥🔥", "!!!", "Эта война никому не нужна, и люди хотят мира.", "我们都希望和平。"]
)
def test_a_text_without_english_words_has_no_tone(text: str) -> None:
    for name in ("sentiment", "sentiment_spread", "positive_share", "negative_share", "sentiment_without_emoji"):
        assert math.isnan(getattr(toolkit, name)(text))


SHORT_ENGLISH = """
    Legal fees: £0.9 million
    $5.2bn → $4.9bn (−6%) in Q3 2024
    terrific mp3 player, great price.
    Kitschy, flashy, overlong soap opera.
    omg im crying rn ily
    lmaooo thats hilarious af fr fr
    W take tbh L ratio smh
    ty op, gr8 vid m8
    _really_ _great_ _plan_ _indeed_
    sooooo gooood
    @somebody #nowplaying
    Xi Jinping and Angela Merkel met in Versailles.
    Das Boot is a great film
    Manuel de la Rosa scored for Deportivo de la Coruna
    C'est la vie, as they say in Paris.
    Revenue: $3.2bn (up 4%)
    Lol
    idk man seems sus ngl
    deadass bussin
    hes goated
    gg ez
"""


@pytest.mark.parametrize("text", [line.strip() for line in SHORT_ENGLISH.strip().splitlines()])
def test_slang_product_talk_and_money_lines_are_english(text: str) -> None:
    assert math.isfinite(sentiment(text))


OTHER_LANGUAGES = """
    Das ist doch in jeder Stadt dasselbe, niemand will verantwortlich sein.
    Warum macht die Regierung nichts dagegen?
    Je suis tout à fait d'accord avec vous.
    Esto es una vergüenza para todos nosotros.
    Isto é uma mentira do governo, não concordo.
    Non sono d'accordo con quello che dici
    Ik ben het helemaal niet met je eens
    Det här är helt galet, jag håller inte med dig
    Jeg er ikke enig med dig
    Der Hund ist tot
    mega geil digga
    lekker bezig
    que guay tio
    no manches wey
    No me gusta nada lo que dicen en las noticias de hoy.
    La guerra non serve a nessuno.
    To není dobré, protože oni nechtějí mluvit.
    Nie zgadzam się z tobą, to jest bardzo źle
    Saya tidak setuju dengan anda
    Нет войне.
"""


UNKNOWN_WORDS = ["Blorf qux zzyx.", "Zelensky", "Paylaştığınız için teşekkürler", "Hund und Katz", "ja klar digger"]


@pytest.mark.parametrize(
    ("text", "why"),
    [(line.strip(), "not English") for line in OTHER_LANGUAGES.strip().splitlines()]
    + [(text, "too few words to tell the language") for text in UNKNOWN_WORDS],
)
def test_other_languages_are_not_english_and_too_few_unknown_words_say_so(text: str, why: str) -> None:
    assert math.isnan(sentiment(text))
    assert reason("sentiment", text) == why


def test_the_language_is_that_of_the_whole_text_not_of_a_unit() -> None:
    english = "Zelensky. " + "We heard him speak about the war in the town hall, and it was good."
    german = "Das ist so, und niemand will es hier anders haben, nicht wahr? Super film."
    units = measure(split_sentences([english, german]))
    assert units["text"].tolist()[0] == "Zelensky."
    assert units["sentiment"].notna().tolist() == [True, True, False, False]
    reasons = toolkit.why_missing(split_sentences([english, german]), ["sentiment"])
    assert reasons["reason"].tolist() == ["not English"] * 2


def test_a_text_is_english_only_if_half_of_its_letters_are_latin() -> None:
    assert sentiment("the of the people мира") == 0  # 14 of 18
    assert math.isnan(sentiment("the of the война мира людей"))  # 8 of 22
