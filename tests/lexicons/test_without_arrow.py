"""Reading without Arrow: the same counts, scores and units from plain Python."""

import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from helpers.texts import article

from toolkit import read_many, split_passages, split_sentences, vader_many
from toolkit.lexicons import dictionaries, tokens, vocabulary
from toolkit.lexicons.packed_words import PackedWords
from toolkit.text.counts import Counts

TEXTS = [
    article(),
    "",
    "   ",
    "Is it war? No! \U0001f525Attention: great\U0001f44d\U0001f3fd 1\ufe0f\u20e3 caf\u00e9 na\u00efve \u0130stanbul",
    "Half a pair \ud83d and a NUL \x00 here, isn't it...love \u041f\u0440\u0438\u0432\u0435\u0442",
    "# T\n\nShe wrote:\n- https://a.org/x\n- #tag @you, 3.14 and/or\n\n> Nobody asked us at all.\n\nDonate on "
    "ko-fi.com/x",
    "No. 1 of Samuel L. Jackson :) <3 >:( isn\u2019t VERY good but THE worst",
]


def _forget() -> None:
    tokens.arrow.cache_clear()
    dictionaries.dictionary.cache_clear()
    vocabulary._current.clear()


@pytest.fixture
def no_arrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in ("pyarrow", "pyarrow.compute"):
        monkeypatch.setitem(sys.modules, name, None)
    _forget()
    yield monkeypatch
    monkeypatch.undo()
    _forget()


def _read() -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    counts = read_many(TEXTS)
    columns = {name: np.asarray(getattr(counts, name)) for name in Counts.names()}
    columns |= {f"vader {name}": column for name, column in vader_many(TEXTS)._asdict().items()}
    return columns, pd.concat([split_sentences(TEXTS), split_passages(TEXTS)])


def test_without_arrow_every_count_score_and_unit_is_the_same(no_arrow: pytest.MonkeyPatch) -> None:
    assert tokens.arrow() is None
    columns, units = _read()
    no_arrow.undo()
    _forget()
    assert tokens.arrow() is not None
    with_arrow, units_with_arrow = _read()
    for name, column in with_arrow.items():
        np.testing.assert_array_equal(columns[name], column, err_msg=name)
    pd.testing.assert_frame_equal(units, units_with_arrow)


def test_packed_words_have_the_numbers_of_the_dictionary() -> None:
    numbers = dict(dictionaries.dictionary().items())  # type: ignore[union-attr]
    packed = PackedWords()
    packed.update(numbers)
    assert {word: packed.get(word, 0) for word in numbers} == numbers
    for word in ("", "zzz", "libraryy", "librar", " ".join([*numbers][:2]), f"library {numbers['library']}", "\ud83d"):
        assert word not in packed
