"""Quotation marks: which belong together, what pairs with nothing, and whose words they hold."""

from __future__ import annotations

import pytest

from toolkit import METRICS, measure, read

SPEECH = '"I am tired of it," she added. He was not tired at all. "We are done now," he said.'
SPOKEN = ['"I am tired of it,"', '"We are done now,"']


def _quotations(text: str) -> list[str]:
    reading = read(text)
    return [reading.text[start:end] for start, end in reading.quotations_at]


def _attributed(text: str) -> list[str]:
    reading = read(text)
    return [reading.text[start:end] for start, end in reading.attributed_at]


@pytest.mark.parametrize(
    "before",
    [
        "", 'The shelf is 12" deep. ', "He is 5'10\" tall and she is 5'4\". ", 'A 12"x8" board broke. ',
        'One " alone. ', 'An end without a beginning." ', 'The 5" pipe and the 6" pipe. ',
    ],
)  # fmt: skip
def test_an_inch_or_stray_mark_leaves_the_quotations_of_its_block_alone(before: str) -> None:
    assert _quotations(before + SPEECH) == SPOKEN


@pytest.mark.parametrize("stray", ['He is a "odd one.', 'Such" is life.', 'A "b" c "d.', '5" and "'])
def test_a_mark_too_many_spoils_its_own_block_at_most(stray: str) -> None:
    assert _quotations(f"{stray}\n\nSo it was. {SPEECH}\n\nThe end.")[-2:] == SPOKEN


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('"The 5" pipe broke again," he said.', ['"The 5" pipe broke again,"']),
        ('It was "the class of 1950" and "the class of 1960".', ['"the class of 1950"', '"the class of 1960"']),
        ('("In brackets here.") *"In stars here."*', ['"In brackets here."', '"In stars here."']),
        ('He said:"No space here."', ['"No space here."']),
        ("\u201eGerman marks here\u201c and \u00abFrench ones\u00bb.", ['"German marks here"', '"French ones"']),
        ("No marks at all.", []),
    ],
)
def test_marks_pair_by_their_direction(text: str, quotations: list[str]) -> None:
    assert _quotations(text) == quotations


def test_a_quotation_over_several_paragraphs_is_the_speakers() -> None:
    text = '"We came here first. It rained.\n\n"It rained for days.\n\n"Then we left for home," he said.\n\nThey did.'
    assert _attributed(text) == [
        '"We came here first. It rained.', '"It rained for days.', '"Then we left for home,"',
    ]  # fmt: skip


def test_a_paragraph_left_open_before_one_without_marks_is_nobodys_speech() -> None:
    assert _attributed('"We came here first. It rained.\n\nThen we left for home.') == []


CURLED = (
    "He said, \u201cIt is late. We must go.\u201d The 5\u2033 pipe\u2019s fine. \u201cIt isn\u2019t,\u201d she said. "
    * 12
)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_curly_and_straight_marks_give_the_same_value(metric: object) -> None:
    straight = CURLED.translate(str.maketrans("\u201c\u201d\u2033\u2019", '"""\''))
    values = measure([CURLED, straight], [metric]).iloc[:, -1]  # type: ignore[list-item]
    assert values[0] == pytest.approx(values[1], nan_ok=True, rel=0, abs=0)


# Lines that begin with > and quote nobody


@pytest.mark.parametrize(
    "comment",
    [
        ">!I love the ending and I hate the butler!<", ">:( this is awful", ">_> sure, great plan",
        ">8( so angry now", ">:3 a cat", ">:O oh no", ">:^) well", ">xD so funny",
        ">D no way", ">O< hello", ">_< that hurts a lot", ">.> who would do so?", ">:D we won it all",
    ],
)  # fmt: skip
def test_a_spoiler_or_emoticon_at_the_start_is_the_writers_own(comment: str) -> None:
    assert _attributed(comment) == []
    assert read(comment).attributed_words == 0


@pytest.mark.parametrize("comment", ["> You are wrong", ">You are wrong", ">> You are wrong", '>"You are wrong"'])
def test_a_quoted_line_stays_somebody_elses(comment: str) -> None:
    reading = read(f"{comment}\n\nNo, I am right.")
    assert (reading.attributed_words, reading.words) == (3, 7)
