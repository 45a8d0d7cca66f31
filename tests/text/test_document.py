"""Reading: sentences and words as a person counts them, on the featured article and on what libraries get wrong."""

import hashlib
from typing import Any

import numpy as np
import pytest
from helpers.texts import article, number_of_words, pasted_lines, straight
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import flesch_kincaid_grade, load_corpus, read, read_many, split_sentences
from toolkit.text.counts import Counts

# The 37 sentences were cut by hand; the words between spaces were counted in that list. The digest is of the list
# with straight quotes and three full stops for an ellipsis, joined by line feeds.
DIGEST = "78aa41321b83ef11485112bf70314e04c5236408e55bc3870d21c4afd67ff457"
WORDS_OF_SENTENCES = [
    12, 17, 5, 5, 33, 13, 7, 7, 15, 6, 3, 13, 31, 6, 11, 11, 7, 13, 5,
    22, 16, 5, 8, 7, 7, 13, 12, 17, 8, 14, 24, 10, 15, 31, 6, 15, 19,
]  # fmt: skip
AS_TEXT = {"markdown": article(), "pasted": "\n".join(pasted_lines())}


@pytest.fixture(params=AS_TEXT)
def featured(request: pytest.FixtureRequest) -> Any:
    return read(AS_TEXT[request.param])


# The featured article


def test_the_article_has_the_37_sentences_469_words_and_806_syllables_counted_by_hand(featured: Any) -> None:
    sentences = featured.sentence_texts()
    assert [number_of_words(sentence) for sentence in sentences] == WORDS_OF_SENTENCES
    assert hashlib.sha256("\n".join(sentences).encode("utf-8")).hexdigest() == DIGEST
    assert (featured.words, sum(WORDS_OF_SENTENCES)) == (469, 469)
    assert featured.syllables == pytest.approx(806, abs=4)


def test_the_article_has_grade_9_63_with_lists_joined_and_7_90_with_every_line_a_sentence() -> None:
    for text in AS_TEXT.values():
        every_line = read(text, join_lines=False)
        assert every_line.sentences == 57
        assert flesch_kincaid_grade(text) == pytest.approx(9.63, abs=0.1)
        assert flesch_kincaid_grade(every_line) == pytest.approx(7.90, abs=0.1)


@pytest.mark.parametrize("name", [name for name in Counts.names() if name not in ("promo_words", "links")])
def test_the_solicitation_changes_no_count_of_the_article(name: str) -> None:
    pages = {"pasted": "\n".join(pasted_lines()[:65]), "markdown": article().split("<!-- promo -->")[0]}
    for form, without in pages.items():
        assert getattr(read(AS_TEXT[form]), name) == getattr(read(without), name)


@pytest.mark.parametrize(("comment", "sentences"), [(1, 2), (2, 8)])
def test_the_comments_have_2_and_8_sentences(comment: int, sentences: int) -> None:
    assert read(load_corpus("nato-preemptive-strike")["text"][comment]).sentences == sentences


# Sentences


def test_five_bullets_are_five_sentences_with_and_without_full_stops() -> None:
    bullets = ["people need peace now", "nobody asked us", "the law says no", "talks could help", "we can wait"]
    for stop in ("", "."):
        assert read("\n".join(f"- {bullet}{stop}" for bullet in bullets)).sentences == 5


def test_a_lead_in_and_its_list_are_one_sentence_unless_lines_are_kept_apart() -> None:
    text = "She wants:\n- peace,\n- bread,\n- and work.\n\nWe all do."
    assert read(text).sentence_texts() == ["She wants: peace, bread, and work.", "We all do."]
    assert read(text, join_lines=False).sentences == 5  # lead-in, three items, the last paragraph


def test_headings_are_not_sentences_and_end_the_one_before() -> None:
    assert read("# A title\n\nOne line\n\n## A heading\n\nTwo lines").sentence_texts() == ["One line", "Two lines"]


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("war—Ukraine—Gaza", 3),
        ("war -- peace", 2),
        ("1️⃣ 2️⃣ 3️⃣", 0),
        ("🔥Attention: great", 2),
        ("great🔥day", 2),
        ("!!! ... — ?", 0),
        ("48 years and 3.14 dollars", 5),
        ("reader-supported and/or power-drunk", 3),
        ("https://example.org/a-b?c=d bit.ly/Abc1 me@example.org 1AGiuuVR4uCqz5tZtyf6ekm5BQEWQwfLvz", 0),
        ("[the report](https://example.org/report) says", 3),
        ("**Bold** and _soft_", 3),
        ("", 0),
    ],
)
def test_words_are_what_a_reader_reads_as_words(text: str, words: int) -> None:
    assert read(text).words == words


def test_a_link_is_structure_and_adds_neither_words_nor_syllables() -> None:
    plain, linked = read("See the plan."), read("See https://example.org/the/very/long/address the plan.")
    assert (plain.words, plain.syllables, plain.links) == (3, 3, 0)
    assert (linked.words, linked.syllables, linked.links) == (3, 3, 1)


# Voices, spans, errors


@pytest.mark.parametrize(
    ("beginning", "voice"),
    [
        ("Foreign Ministry spokeswoman", "attributed"),  # 14 of 22 words are Zakharova's
        ("If escalation happens", "author"),  # 6 of 12 are put into the mouths of leaders: half is not most
        ("The West is signaling", "attributed"),  # 13 of 17
        ("He warned NATO", "author"),  # 3 of 15
        ("Moscow’s response", "author"),
        ("Did not Sun Tzu", "attributed"),  # 6 of 11
        ("I agree with Churchill", "attributed"),  # 12 of 19
        ("I don’t think the UK", "author"),  # a single word in scare quotes
        ("NATO needs", "author"),
    ],
)
def test_a_sentence_has_the_voice_that_most_of_its_words_have(beginning: str, voice: str) -> None:
    units = split_sentences(load_corpus("nato-preemptive-strike"))
    assert units.loc[units["text"].str.startswith(straight(beginning)), "voice"].tolist() == [voice]


def test_only_two_sentences_of_the_article_are_not_its_authors() -> None:
    units = split_sentences(load_corpus("nato-preemptive-strike").head(1))
    assert units["voice"].value_counts().to_dict() == {"author": 35, "attributed": 2}


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(["War", "is.", "U.S.", "🔥", '"no"', "\n", "\n\n", "- a", ":", "!", "https://a.org/b"]))
)
def test_sentences_follow_one_another_and_never_overlap(pieces: list[str]) -> None:
    reading = read(" ".join(pieces))
    ends = [0, *(at for span in reading.sentences_at for at in span)]
    assert ends == sorted(ends)
    assert all(reading.text[start:end].strip() for start, end in reading.sentences_at)


def test_the_change_log_of_a_reading_is_that_of_normalising() -> None:
    assert [(change.before, change.times) for change in read("isn’t, don’t").changes] == [("’", 2)]


@pytest.mark.parametrize("texts", [[], [""], ["# Only a heading"], ["One word more."]])
def test_every_count_is_a_column_of_floats(texts: list[str]) -> None:
    counts = read_many(texts)
    kinds = {name: (getattr(counts, name).dtype, len(getattr(counts, name))) for name in Counts.names()}
    assert kinds.pop("visible") == (bool, len(texts))
    assert set(kinds.values()) == {(np.dtype(float), len(texts))}


def test_an_unknown_count_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(AttributeError, match=r"'wrods'.*words, syllables"):
        read("War.").wrods  # noqa: B018
