"""VADER over columns: the same digits as vaderSentiment, whatever stands beside what."""

from __future__ import annotations

import functools
import gc
import random
import weakref
from typing import Any

import numpy as np
import pytest
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from toolkit import read_many, vader_many
from toolkit.lexicons import features as vocabulary
from toolkit.lexicons import vader_columns, vader_words
from toolkit.lexicons.vader_columns import _BITS, Rules, _rounded

RULE_WORDS = "no or nor kind of never so this without doubt least at very but BUT the a table".split()
PHRASES = [*SPECIAL_CASES, *(phrase for phrase in BOOSTER_DICT if " " in phrase)]


@functools.cache
def reference() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def _spelled(drawn: random.Random, word: str) -> str:
    return drawn.choice([word, word, word.upper(), word.title()])


def soups(seed: int, count: int) -> list[str]:
    drawn = random.Random(seed)
    pools = [sorted(reference().lexicon), [*BOOSTER_DICT], list(NEGATE), PHRASES, RULE_WORDS, ["\u2764", "\U0001f525"]]
    return [
        " ".join(
            _spelled(drawn, drawn.choice(drawn.choice(pools))) + drawn.choice(["", "", "", "!", "?", ",", "..."])
            for _ in range(drawn.randrange(20))
        )
        for _ in range(count)
    ]


def test_columns_of_seeded_soups_equal_vadersentiment() -> None:
    texts = ["", "!!!", "the table", *soups(7, 4_000)]
    found = vader_many(texts)._asdict()
    for name, column in found.items():
        assert column.tolist() == [reference().polarity_scores(text)[name] for text in texts]


def test_shares_are_rounded_as_python_rounds_them() -> None:
    """Also where a share lies in the middle of two, or next to it: there numpy's rounding differs."""
    middles = np.arange(2_000) / 2_000
    shares = np.concatenate([middles, np.nextafter(middles, 1), np.nextafter(middles, -1), np.arange(1, 900) / 901])
    assert _rounded(shares).tolist() == [round(share, 3) for share in shares.tolist()]
    assert np.round(shares, 3).tolist() != [round(share, 3) for share in shares.tolist()]


def test_what_is_remembered_is_bounded_and_forgetting_changes_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = soups(11, 300)
    before = vader_many(texts)
    monkeypatch.setattr(vader_columns, "_LARGEST", 20)
    monkeypatch.setattr(vocabulary, "LARGEST", 20)
    monkeypatch.setattr(vocabulary, "_current", [])
    found = vader_many(texts)
    assert [column.tolist() for column in found] == [column.tolist() for column in before]
    used = vocabulary._current[0]
    assert len(used) > 20
    assert len(used.rules._values) <= 20
    assert vocabulary.vocabulary() is not used  # for it knows more than twenty tokens by now


def test_a_memory_that_is_given_up_is_freed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_current", [])
    assert vader_many(["One good text."]).compound[0] > 0 > read_many(["Another bad text."]).tone[0]
    old = weakref.ref(vocabulary._current[0])
    gc.disable()  # as it is while a chunk is read
    try:
        vocabulary._current.clear()
        assert old() is None
    finally:
        gc.enable()


def test_no_texts_have_no_scores() -> None:
    assert [len(column) for column in vader_many([])] == [0, 0, 0, 0]


def test_all_words_that_the_rules_tell_apart_have_a_number_that_fits() -> None:
    known = [spelling(word) for word in vader_words.library().known for spelling in (str, str.upper)]
    assert Rules().numbers(known).max() < 2**_BITS


@pytest.mark.parametrize("given", [None, 3, ["good"]])
def test_what_is_no_text_is_refused_by_name(given: Any) -> None:
    with pytest.raises(TypeError, match=type(given).__name__):
        vader_many(["good", given])
