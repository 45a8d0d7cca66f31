"""Syllables: the shortest pronunciation in the dictionary, parts counted apart, vowel groups for unknown words."""

import random

import pytest
from helpers.word_lists import pronunciations
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lexicons.syllables import count_syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("mexican-american", 7), ("mother-in-law", 4), ("café", 2), ("naïve", 2), ("mr", 2), ("dr", 2), ("mrs", 2),
        ("every", 2), ("different", 2), ("fire", 1), ("u.s", 2), ("u.s.a", 3), ("a.m", 2), ("www", 3), ("tbh", 3),
        ("faeries", 2), ("warmongering", 4), ("selfies", 2), ("unfollowed", 3), ("retweeted", 3), ("blorf", 1),
        ("1948", 1), ("", 1), ("-", 1),
    ],
)  # fmt: skip
def test_a_word_has_the_syllables_counted_by_ear(word: str, syllables: int) -> None:
    assert count_syllables([word]).tolist() == [syllables]


def test_vowel_groups_agree_with_the_dictionary_for_nine_words_of_ten() -> None:
    # Words that the dictionary has, spelled with an unknown part in front: "x" adds no vowel and no entry.
    counts = {word: {sum(s[-1].isdigit() for s in each) for each in said} for word, said in pronunciations().items()}
    words = [word for word in sorted(counts) if word.isalpha() and word[0] not in "aeiouyx" and len(word) > 3]
    words = [word for word in random.Random(1).sample(words, 5000) if f"x{word}" not in counts]
    found = count_syllables([f"x{word}" for word in words]).tolist()
    agreed = sum(count in counts[word] for word, count in zip(words, found, strict=True))
    assert agreed >= 0.9 * len(words)


@given(st.lists(st.text(max_size=30)))
def test_any_word_has_a_syllable(words: list[str]) -> None:
    counts = count_syllables(words)
    assert len(counts) == len(words)
    assert all(1 <= count <= 2 * len(word) + 3 for word, count in zip(words, counts.tolist(), strict=True))
