"""Quotation marks: which pair, which stay single, and whose words they enclose."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import measure, read
from toolkit.text.units import SPLIT

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
def test_an_unpaired_mark_affects_only_its_own_block(stray: str) -> None:
    assert _quotations(f"{stray}\n\nSo it was. {SPEECH}\n\nThe end.")[-2:] == SPOKEN


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('"The 5" pipe broke again," he said.', ['"The 5" pipe broke again,"']),
        ('It was "the class of 1950" and "the class of 1960".', ['"the class of 1950"', '"the class of 1960"']),
        ('("In brackets here.") *"In stars here."*', ['"In brackets here."', '"In stars here."']),
        ('He said:"No space here."', ['"No space here."']),
        ("\u201eGerman marks here\u201c and \u00abFrench ones\u00bb.", ['"German marks here"', '"French ones"']),
        ('"He called it "a bad plan" twice," she said.', ['"He called it "a bad plan" twice,"']),
        ("He said `` It is late . '' and left.", ['" It is late . "']),
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


SPELLINGS = [
    "“ ”", "„ “", "”  ”", "«\u202f \u00a0»", "» «", "‟ ”", "`` ''", "'' ''", "´´ ´´", ",, ''", "＂ ＂", "〝 〞", "❝ ❞",
    "&ldquo; &rdquo;",
]  # fmt: skip
DIALOGUE = (
    "{Isn't it late?}|{It's great!!}|he said.|she asked,|{We must go. It is a good,|They left.|long way. You'll see.}|"
    "The 5' pipe broke.|({So they say,} he told us.)|Really?!|\n\n{Go!}|*{What a terrible war}*:|\n- {a good plan}|"
    'He called it {a "nice plan".}|\n> {You are wrong}\n\n'
).split("|")


@pytest.mark.parametrize("split", SPLIT.values(), ids=SPLIT)
@settings(max_examples=30)
@given(pieces=st.lists(st.sampled_from(DIALOGUE), min_size=1, max_size=30))
def test_other_spellings_give_the_same_values(split: Callable[[pd.DataFrame], pd.DataFrame], pieces: list[str]) -> None:
    marks = ['" "', *SPELLINGS]
    pairs = [each.split(" ", 1) for each in marks]
    texts = [" ".join(pieces).replace("{", first).replace("}", last.strip(" ")) for first, last in pairs]
    values = measure(split(pd.DataFrame({"text": texts, "text_id": "a", "marks": marks}))).drop(columns="text")
    by_marks = values.groupby("marks", sort=False)
    straight, *others = (rows.drop(columns="marks").reset_index(drop=True) for _, rows in by_marks)
    assert [marks for marks, other in zip(SPELLINGS, others, strict=True) if not other.equals(straight)] == []


# Lines that begin with > and quote nobody


@pytest.mark.parametrize(
    "comment",
    [
        ">!I love the ending and I hate the butler!<", ">:( this is awful", ">_> sure, great plan",
        ">8( so angry now", ">:3 a cat", ">:O oh no", ">:^) well", ">xD so funny",
        ">D no way", ">O< hello", ">_< that hurts a lot", ">.> who would do so?", ">:D we won it all",
        ">//< so embarrassing", ">= 100 people came", ">50% of people want it",
    ],
)  # fmt: skip
def test_a_spoiler_or_emoticon_at_the_start_is_the_writers_own(comment: str) -> None:
    assert _attributed(comment) == []
    assert read(comment).attributed_words == 0


@pytest.mark.parametrize("comment", ["> You are wrong", ">You are wrong", ">> You are wrong", '>"You are wrong"'])
def test_a_quoted_line_stays_somebody_elses(comment: str) -> None:
    reading = read(f"{comment}\n\nNo, I am right.")
    assert (reading.attributed_words, reading.words) == (3, 7)
