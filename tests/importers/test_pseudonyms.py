"""Pseudonyms and masks: who wrote is not to be found, and what is talked about is left alone."""

from __future__ import annotations

import time

import pytest

from toolkit.importers.pseudonyms import Pseudonyms, mask

NAMES = [
    ("Jane Doe", "@jdoe_77"),
    ("Rose", ""),
    ("Free Speech", ""),
    ("Guest", ""),
    ("Will Smith", ""),
    ("Ukraine", ""),
    ("jörg.müller-3", ""),
    ("Joe Miller", ""),
    ("Joe Kowalski", ""),
    ("Reader 04", ""),
]


def readers() -> Pseudonyms:
    """Numbers are given in the order in which they are asked for; here in the order of NAMES."""
    pseudonyms = Pseudonyms(NAMES, writer="Ann Writer", subject="War in Ukraine")
    for name, handle in NAMES:
        pseudonyms(name, handle)
    return pseudonyms


def test_names_are_readers_in_order_and_the_same_name_is_the_same_reader() -> None:
    named = Pseudonyms(NAMES, writer="Ann Writer")
    asked = [
        "Rose",
        "JANE  doe",
        "Jane Doe",
        "@jdoe_77",
        "Guest",
        "",
        "[deleted]",
        "Reader 04",
        "ann writer",
        "Nobody Else",
    ]
    assert [named(name) for name in asked] == [
        "Reader 01", "Reader 02", "Reader 02", "Reader 02", None, None, None, "Reader 04", "Ann Writer", "Reader 03",
    ]  # fmt: skip
    assert [named("One More"), named("Guest", "@jdoe_77")] == ["Reader 05", "Reader 02"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Jane Doe you are right. @jdoe_77, hi", "@Reader 01 you are right. @Reader 01, hi"),
        ("Hi Jane, thanks. JANE DOE! jane doe's", "Hi Reader 01, thanks. Reader 01! Reader 01's"),
        ("Jane Austen wrote it. Mrs. Doe saw a doe.", "Jane Austen wrote it. Mrs. Reader 01 saw a doe."),
        ("Rose wrote: a rose is a rose. I rose.", "Reader 02 wrote: a rose is a rose. I rose."),
        ("Free Speech: you are wrong", "Reader 03: you are wrong"),
        ("Free speech matters. A free speech", "Free speech matters. A free speech"),
        ("I will. Hi Will, see Will Smith.", "I will. Hi Reader 05, see Reader 05."),
        ("Will, or not? Hi Will I agree. Will: no", "Will, or not? Hi Reader 05 I agree. Will: no"),
        ("Rose, you know\nWill: yes", "Reader 02, you know\nReader 05: yes"),
        ("Ukraine is at war, Ann Writer", "Ukraine is at war, Ann Writer"),
        ("@jörg.müller-3 and @jörg.müller-33", "@Reader 07 and @someone"),
        ("Joe Biden spoke. Joe agreed.", "Joe Biden spoke. someone agreed."),
        ("@nobody.here! meet @5pm, see u/jdoe_77 and /u/other", "@someone! meet @5pm, see @Reader 01 and @someone"),
        ("a guest came", "a guest came"),
    ],
)
def test_names_in_texts_are_the_same_readers(text: str, expected: str) -> None:
    assert mask(text, readers()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to jane.doe+x@mail.example.org.", "write to [e-mail]."),
        ("+1 (555) 010-4477, 555-010-4477, +44 20 7946 0958", "[phone], [phone], [phone]"),
        ("07700 900123 or call me 5550104477", "[phone] or call me [phone]"),
        ("https://www.facebook.com/jane.doe?x=1 x.com/jane", "[profile link] [profile link]"),
        ("(https://youtube.com/@jane) old.reddit.com/user/jane/", "([profile link]) [profile link]"),
        ("from 203.0.113.77", "from [address]"),
    ],
)
def test_what_reaches_a_person_is_masked_even_without_names(text: str, expected: str) -> None:
    assert mask(text, readers()) == expected
    assert mask(text, None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "From 2014 – 2022 it cost 1,000,000 or 3.14 dollars on 2024-05-01 12:30 and 15/03/2024.",
        "Version 2.0.0.1, page https://example.org/a/b and facebook.com in general; github.com/some/project.",
        "I wrote: yes. He said, no. 10 000 000 people @ home. a@b <3 $5 … $10",
        "",
    ],
)
def test_numbers_dates_and_links_that_name_nobody_stay(text: str) -> None:
    assert mask(text, readers()) == text


def test_an_unknown_word_after_an_at_sign_is_someone_and_no_mail() -> None:
    assert mask("thanks @user@social.example and @x", readers()) == "thanks @[e-mail] and @someone"


HOSTILE = (
    "a ", "@", "@a", "1", "1 ", "1-", "+1 (", "a@", "a.", "a@a.", "http://", "u/", "/u/a", "www.", "1.1.1.", "John ",
    "John Name1 ", "a", "é", "@a.", "@a-", "[", "x.com/", "facebook.com", "github.com/", "call ", "\n", "Aa. ",
    "John, ", "(555) ", "0", "%+",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_masking_takes_linear_time_on_hostile_texts(unit: str) -> None:
    crowd = Pseudonyms([*((f"John Name{n}", f"h{n}") for n in range(3000)), ("a a a a a a a a", "")])
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    mask(text, crowd)
    assert time.process_time() - start < 5  # about 0.5 s at worst on a quiet machine; quadratic would be minutes
