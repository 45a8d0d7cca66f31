"""Features of tokens: counted by hand, looked up once, the same for threads and processes that read at once."""

import itertools
import multiprocessing
import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import read, read_many, vader_many
from toolkit.lexicons import vocabulary
from toolkit.lexicons.vocabulary import COLUMNS, SUMMED, Vocabulary


def facts(tokens: list[str], name: str) -> list[int]:
    known = Vocabulary()
    return known.feature(name, known.numbers(tokens)).tolist()  # looking a token up is what makes its row


FACTS: dict[str, dict[str, int]] = {  # by hand; seventh has seven letters, silent six
    "letters": {"don't": 4, "(NATO)": 4, "can't-do": 6, "mother-in-law": 11, "_really_": 6, "rock'n'roll": 9},
    "characters": {"don't,": 6},
    "capital_words": {"(NATO)": 1, "I": 0, "WW1": 1, "1948": 0},
    "spelled_words": {"1948": 0},
    "word": dict.fromkeys("reader-supported 3: :port".split(), 1)
    | dict.fromkeys("— ... 🔥 :D :-P! <3 :3 https://example.org".split(), 0),
    "long_words": {"seventh": 1, "silent": 0},
    "questions": {"What?!": 1},
    "exclamations": {"What?!": 1},
    "emoji": {"🔥": 1},
    "difficult_words": {"the": 0, "escalation": 1},
    "syllables": {"escalation": 4, "mother-in-law": 4, "_really_": 2, "U.S.,": 2},
    "capitalized": {"Ukraine": 1, "NATO": 0, "L.": 1, "I": 0},
    "links": {"https://example.org": 1},
    "known_words": {"#nowplaying": 1},
}


@pytest.mark.parametrize(("name", "counted"), FACTS.items())
def test_a_token_has_the_features_counted_by_hand(name: str, counted: dict[str, int]) -> None:
    assert dict(zip(counted, facts([*counted], name), strict=True)) == counted


TOKENS = st.text(st.sampled_from("abnZ09't'-.,_/(:#\u00e9"), min_size=1, max_size=8)


@given(st.lists(TOKENS.filter(lambda token: sum(map(str.isalnum, token)) != 1), min_size=1))
def test_tokens_read_in_columns_have_the_features_of_tokens_read_one_by_one(tokens: list[str]) -> None:
    """Only a single letter differs: in columns, it is the initial of a name."""
    found = []
    for plain_words in (vocabulary._PLAIN_WORDS, re.compile("(?m)^.*()$")):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(vocabulary, "_PLAIN_WORDS", plain_words)
            known = Vocabulary()
            rows = known.numbers(tokens)
            found.append([known.feature(name, rows).tolist() for name in COLUMNS])
    assert found[0] == found[1]


@given(st.lists(st.lists(TOKENS)))
def test_the_features_of_tokens_are_added_up_string_by_string(strings: list[list[str]]) -> None:
    known, bounds = Vocabulary(), np.cumsum([0, *map(len, strings)])
    rows = known.numbers([*itertools.chain.from_iterable(strings)])
    totals = known.totals(rows, bounds)
    for name in SUMMED:
        counted = known.feature(name, rows).tolist()
        assert totals[name].tolist() == [sum(counted[a:b]) for a, b in itertools.pairwise(bounds.tolist())]


def test_totals_of_the_longest_texts_do_not_run_into_each_other() -> None:
    known, longest = Vocabulary(), 2_000_000_000
    rows = known.numbers(["#" * (longest // 1000) + "!", "a"])[[0] * 1000 + [1]]
    totals = known.totals(rows, np.array([0, 1000, 1001]))
    expected = {"characters": [longest + 1000, 1], "exclamations": [1000, 0], "word": [0, 1], "letters": [0, 1]}
    assert {name: totals[name].tolist() for name in expected} == expected


def test_features_are_found_once_for_each_token_and_kept_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def noted(keys: vocabulary._Features, tokens: list[str]) -> np.ndarray:
        asked.append(tokens)
        return find(keys, tokens)

    find = vocabulary._features_of
    monkeypatch.setattr(vocabulary, "_features_of", noted)
    known, many = Vocabulary(), [f"{number}" for number in range(3_000)]
    for words in (["one", "three", "one"], ["three", "seven!"], many):
        assert known.feature("characters", known.numbers(words)).tolist() == [*map(len, words)]
    assert asked == [["one", "three"], ["seven!"], many]


def test_a_token_of_more_than_60_letters_is_not_a_word() -> None:
    assert facts(["a" * 60, "a" * 61], "word") == [1, 0]


def test_the_same_word_has_one_key_whatever_its_case_and_punctuation() -> None:
    known = Vocabulary()
    keys = known.feature("key", known.numbers(["War", "war,", '"WAR!"', "peace"])).tolist()
    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_a_vocabulary_beyond_its_limit_is_replaced_without_changing_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = read("A new word for each war.").syllables
    old = vocabulary.vocabulary()
    monkeypatch.setattr(vocabulary, "LARGEST", 0)
    assert read("A new word for each war.").syllables == before == 6
    assert vocabulary.vocabulary() is not old


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns a hundred times as often as they do by themselves."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 100)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_concurrent_threads_share_one_cache_and_get_the_same_numbers() -> None:
    drawn = random.Random(5)
    moods = ["good", "VERY", "not", "bad", "but", "love!", "HATE", "kind of", "\U0001f525"]
    words = [*moods, *("".join(drawn.choices("abcdefgh", k=drawn.randint(2, 7))) for _ in range(2000))]
    chunks = [[" ".join(drawn.choices(words, k=12)) + " " + drawn.choice(moods) for _ in range(30)] for _ in range(60)]
    vocabulary._current.clear()
    alone = [*map(numbers_of, chunks)]
    vocabulary._current.clear()
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(numbers_of, chunks)] == alone


def numbers_of(texts: list[str]) -> list[list[float]]:
    counts = read_many(texts)
    columns = (counts.syllables, counts.difficult_words, counts.tone, *vader_many(texts))
    return [column.tolist() for column in columns]


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no processes begin as copies here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_process_that_begins_while_a_thread_learns_can_learn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    learning, features_of = threading.Event(), vocabulary._features_of

    def learn_slowly(keys: vocabulary._Features, tokens: list[str]) -> np.ndarray:
        learning.set()
        time.sleep(0.5)
        return features_of(keys, tokens)

    monkeypatch.setattr(vocabulary, "_features_of", learn_slowly)
    monkeypatch.setattr(vocabulary, "_current", [])
    known = vocabulary.vocabulary()
    thread = threading.Thread(target=known.feature, args=("word", known.numbers(["syllabics"])))
    thread.start()
    learning.wait()
    process = multiprocessing.get_context("fork").Process(
        target=numbers_of, args=(["A dozen wholly unheard-of syllables."],)
    )
    process.start()
    thread.join()
    process.join(20)
    process.kill()
    assert process.exitcode == 0
