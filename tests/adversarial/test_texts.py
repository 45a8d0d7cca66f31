"""Every nasty text and table through everything that measures: a value, NaN with a reason, or the documented error.

The ordinary run takes the corpus at a hundredth of its size; ``-m full`` takes it whole and holds the bounds on time
and memory.
"""

from __future__ import annotations

import ast
import functools
import importlib
import math
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import regex
from helpers.adversarial import BASE, KINDS, PUMPED, Case, Table, cases, pumped, pumps, tables
from helpers.checks import SPLITS, bounds, check_bounds, check_looks, same, values_of

import toolkit
from toolkit import METRICS, compare, grade_band, measure, read, vader, why_missing
from toolkit.text.normalize import LONGEST, changes, normalise

SMALL = 0.01
# CPU time that one call may take. Prose pays for its characters; a line or an emoji costs as much as a word or two,
# which shows where every other character is one.
SECONDS_TO_BEGIN = 1.0
SECONDS_PER_MILLION_CHARACTERS = 2.0
SECONDS_PER_MILLION_LINES = 25.0
SECONDS_PER_MILLION_EMOJI = 3.0
# Memory at the peak, above what the interpreter takes with its dictionaries loaded, in bytes for each character.
BYTES_PER_CHARACTER = {
    "ten million letters": 50, "prose of ten million characters": 100, "sentences": 100, "lines of one word": 150,
    "different words": 200, "emoji, a million": 600,
}  # fmt: skip
SECONDS_PER_PATTERN = 1.0  # of CPU time, for one pattern on one text of `PUMPED` characters

LOOKS: tuple[Callable[[str], object], ...] = (
    grade_band, vader, toolkit.emoji_table, toolkit.spans, normalise, changes, read,
    *(lambda text, split=split: split([text]) for split in SPLITS),
)  # fmt: skip
"""Everything that takes a text and is no metric."""


def small(kind: str | None = None, gate: int = 1) -> list[Any]:
    """The corpus at a hundredth of its size, each text under its name; one in `gate` outside the long checks."""
    chosen = (case for case in cases(SMALL) if kind in (None, case.kind))
    return [
        pytest.param(case, id=f"{case.kind}: {case.name}", marks=[pytest.mark.full] * (at % gate != 0))
        for at, case in enumerate(chosen)
    ]


# ---- texts


def test_the_whole_corpus_is_one_table_of_values_or_of_nan_with_a_reason() -> None:
    corpus = list(cases(SMALL))
    kinds = ["comment" if i % 2 else "article" for i in range(len(corpus))]
    texts = pd.DataFrame({"kind": kinds, "text": pd.Series([case.text for case in corpus], dtype=object)})
    measured, why = measure(texts), why_missing(texts)
    assert set(why["reason"].str.len() > 0) == {True}
    missing = set(zip(why["unit"], why["metric"], strict=True))
    for at, case in enumerate(corpus):
        values, row = values_of(case.text), measured.iloc[at]
        check_bounds(values)
        assert [name for name in values if not same(values[name], row[name])] == [], case.name
        assert [(at, name) in missing for name in values] == list(map(math.isnan, values.values())), case.name
    assert compare(measured)["metric"].tolist() == [metric.name for metric in METRICS]


@pytest.mark.parametrize("case", small(gate=4))
def test_a_text_can_be_split_and_looked_into(case: Case) -> None:
    check_looks(case.text)


@pytest.mark.parametrize("case", [p for p in small() if p.values[0].same_as is not None])
def test_texts_that_look_alike_measure_alike(case: Case) -> None:
    assert case.same_as is not None
    ours, plain = values_of(case.text), values_of(case.same_as)
    differ = {name: (ours[name], plain[name]) for name in ours if not same(ours[name], plain[name])}
    assert {name: both for name, both in differ.items() if name not in case.apart} == {}
    assert set(case.apart) <= set(differ), "an exception that is none: take it out of the corpus"


@pytest.mark.parametrize("case", [p for p in small() if p.values[0].emoji is not None])
def test_emoji_are_counted_as_a_reader_counts_them(case: Case) -> None:
    assert read(case.text).emoji == case.emoji


@pytest.mark.parametrize("case", [p for p in small() if p.values[0].words is not None])
def test_words_are_counted_as_a_reader_counts_them(case: Case) -> None:
    assert read(case.text).words == case.words


@pytest.mark.parametrize("case", [*small("unicode", gate=8), *small("encoding", gate=8)])
def test_a_metric_called_with_the_text_itself_gives_what_it_gives_for_a_reading(case: Case) -> None:
    values = values_of(case.text)
    assert [m.name for m in METRICS if not same(m.function(case.text), values[m.name])] == []


def test_the_base_text_has_every_value_so_that_comparing_with_it_says_something() -> None:
    missing = [name for name, value in values_of(BASE).items() if math.isnan(value)]
    assert missing == ["emoji_variety", "marker_emoji_share"]


def test_the_corpus_has_every_kind_and_no_name_twice() -> None:
    names = [(case.kind, case.name) for case in cases(SMALL)]
    assert len(names) == len(set(names))
    assert {kind for kind, _ in names} == set(KINDS)


@pytest.mark.parametrize(
    "look", [*(metric.function for metric in METRICS), *(look for look in LOOKS if look is not vader)]
)
def test_a_text_of_over_ten_million_characters_is_refused_with_its_length(look: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="10,000,001"):
        look("a" * (LONGEST + 1))


@pytest.mark.parametrize("look", [*(metric.function for metric in METRICS), *LOOKS[:7]])
def test_what_is_no_text_is_refused_by_its_type(look: Callable[[object], object]) -> None:
    for wrong in (None, 7, 1.5, float("nan"), b"war", ["war"], pd.NA):
        with pytest.raises(TypeError, match="str"):
            look(wrong)


# ---- tables


@pytest.mark.parametrize("table", [pytest.param(table, id=table.name) for table in tables()])
def test_a_table_is_measured_row_by_row_or_refused_with_the_documented_error(table: Table) -> None:
    for work in (measure, why_missing):
        if table.error is None:
            work(table.table)  # type: ignore[arg-type]
        else:
            with pytest.raises(table.error, match=table.says):
                work(table.table)  # type: ignore[arg-type]


@pytest.mark.parametrize("table", [pytest.param(t, id=t.name) for t in tables() if t.error is None])
def test_a_measured_table_has_the_same_rows_and_explains_each_empty_cell(table: Table) -> None:
    before = table.table.copy(deep=True) if isinstance(table.table, pd.DataFrame) else None
    measured = measure(table.table)  # type: ignore[arg-type]
    why = why_missing(table.table)  # type: ignore[arg-type]
    names = [metric.name for metric in METRICS]
    assert measured.columns.tolist()[-len(names) :] == names
    assert measured[names].dtypes.map(str).unique().tolist() == ["float64"]
    assert len(why) == measured[names].isna().sum().sum()
    assert all(why["reason"])
    if before is not None:
        pd.testing.assert_frame_equal(table.table, before)  # type: ignore[arg-type]
        pd.testing.assert_index_equal(measured.index, before.index)


@pytest.mark.parametrize("table", [pytest.param(t, id=t.name) for t in tables() if t.error is None])
def test_a_measured_table_can_be_compared_or_says_which_group_it_lacks(table: Table) -> None:
    measured = measure(table.table)  # type: ignore[arg-type]
    present = set(measured["kind"]) if measured.columns.tolist().count("kind") == 1 else set()
    if {"article", "comment"} <= present:
        assert compare(measured)["metric"].tolist() == [metric.name for metric in METRICS]
    else:
        with pytest.raises(ValueError, match="kind"):
            compare(measured)


@pytest.mark.parametrize("table", [pytest.param(t, id=t.name) for t in tables()])
def test_a_table_is_split_or_refused_with_the_documented_error(table: Table) -> None:
    for split in SPLITS:
        if table.error is not None:
            with pytest.raises(table.error, match=table.says):
                split(table.table)  # type: ignore[arg-type]
            continue
        units = split(table.table)  # type: ignore[arg-type]
        assert len(units) >= len(table.table)  # type: ignore[arg-type]
        measure(units)


# ---- patterns


def modules() -> list[object]:
    """Every module of the package and of the packages inside it."""
    found = pkgutil.walk_packages(toolkit.__path__, "toolkit.")
    return [importlib.import_module(each.name) for each in found if not each.name.endswith("__main__")]


def found_in(value: object) -> Iterator[re.Pattern[str]]:
    """Patterns of text in a value: itself, or what a tuple, list, set or dict holds."""
    if isinstance(value, re.Pattern | regex.Pattern) and isinstance(value.pattern, str):
        yield value  # type: ignore[misc]
    elif isinstance(value, dict):
        yield from found_in(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from found_in(part)


def written_in(source: str, known: Mapping[str, object]) -> Iterator[re.Pattern[str]]:
    """Patterns in calls inside functions, such as ``re.search("...", text)`` or ``re.search(_TABLE[x], text)``."""
    tree = ast.parse(source)
    at_top = {
        id(node) for top in tree.body if not isinstance(top, ast.FunctionDef | ast.ClassDef) for node in ast.walk(top)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re" | "regex" as library), attr=verb), args=[first, *_]
            ):
                if verb == "escape" or id(node) in at_top or "re.escape" in ast.unparse(first):
                    continue  # escaped words hold nothing that is repeated
                if isinstance(first, ast.Name) and first.id == "query":
                    continue  # a user's own pattern, which runs with a timeout
                if isinstance(first, ast.Name) and first.id == "arrow_pattern":
                    continue  # written for Arrow, whose searches take linear time: escaped words and short prefixes
                if isinstance(first, ast.Subscript) and isinstance(first.value, ast.Name):
                    table = known[first.value.id]
                    assert isinstance(table, dict)
                    yield from map(re.compile, table.values())
                    continue
                assert isinstance(first, ast.Constant), (
                    f"line {node.lineno}: give this pattern a name, so that it is checked"
                )
                assert isinstance(first.value, str)
                yield {"re": re, "regex": regex}[library].compile(first.value)


@functools.cache
def patterns() -> dict[tuple[str, str, int], re.Pattern[str]]:
    """Every pattern of the package, once."""
    found: list[re.Pattern[str]] = []
    for module in modules():
        found += found_in(tuple(vars(module).values()))
        found += written_in(Path(module.__file__).read_text(encoding="utf-8"), vars(module))  # type: ignore[attr-defined]
    return {(type(p).__module__, p.pattern, p.flags): p for p in found}


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def slow_patterns(length: int, seconds: float) -> dict[tuple[str, str], float]:
    """What takes longer than `seconds`: (pattern, name of the text) -> seconds.

    Shorter texts show first which pairs can: what grows with the cube takes a 64th of the time on a quarter. What has
    grown no faster than the text, and would so stay below half of the bound, is not searched at full length.
    """
    slow = {}
    for name in pumps():
        texts = [(part, pumped(name, length // part)) for part in (16, 4, 1)]
        for pattern in patterns().values():
            took = 0.0
            for part, text in texts:
                before, took = took, seconds_to_search(pattern, text)
                if took > seconds:
                    slow[pattern.pattern[:60], name] = round(took, 2)
                is_linear = took < 6 * before and took * part < seconds / 2
                if is_linear or not seconds / part**3 < took <= seconds:
                    break
    return slow


def seconds_to_search(pattern: re.Pattern[str], text: str) -> float:
    return cpu_seconds(lambda: pattern.findall(text))


def test_the_patterns_of_every_module_are_found() -> None:
    folder = Path(toolkit.__file__).parent
    assert len(modules()) == len([path for path in folder.rglob("*.py") if path.name != "__main__.py"]) - 1
    assert len(patterns()) > 150


@pytest.mark.parametrize(
    "source", ["def f(x):\n  re.search('a+b', x)", "def f(x):\n  regex.sub(r'a+b', '', x)", "P = re.compile('a')"]
)
def test_a_pattern_inside_a_function_is_found_and_one_at_the_top_is_left_to_the_module(source: str) -> None:
    assert [pattern.pattern for pattern in written_in(source, {})] == (["a+b"] if "def" in source else [])


def test_no_pattern_takes_long_on_texts_made_to_slow_patterns_down() -> None:
    # A twentieth of the length: what grows with the square takes a four hundredth of the time, what is linear a
    # twentieth. The worst pattern that was ever here took 0.7 seconds so.
    assert slow_patterns(PUMPED // 20, SECONDS_PER_PATTERN / 8) == {}


@pytest.mark.full
def test_no_pattern_takes_a_second_on_long_texts_made_to_slow_patterns_down() -> None:
    assert slow_patterns(PUMPED, SECONDS_PER_PATTERN) == {}


@pytest.mark.parametrize("look", [toolkit.spans, toolkit.split_sentences, toolkit.split_passages, measure])
def test_words_that_were_never_met_before_take_no_time_of_their_own(look: Callable[[object], object]) -> None:
    words = " ".join(f"{look.__name__[-5:]}{i}x" for i in range(20_000))
    assert cpu_seconds(lambda: look(words if look is toolkit.spans else [words])) < 2.0


# ---- the corpus at full size


@functools.cache
def whole() -> dict[tuple[str, str], Case]:
    return {(case.kind, case.name): case for case in cases(1.0)}


GROWING = [
    (big.kind, big.name)
    for big, little in zip(cases(0.02), cases(SMALL), strict=True)
    if len(big.text) > len(little.text)
]
"""Cases that grow with the scale: the others were seen in the ordinary run."""
full_size = pytest.mark.parametrize("key", GROWING, ids=": ".join)


def seconds_allowed(case: Case) -> float:
    by_size = (
        SECONDS_PER_MILLION_CHARACTERS * len(case.text)
        + SECONDS_PER_MILLION_LINES * (case.text.count("\n") + case.text.count("\r"))
        + SECONDS_PER_MILLION_EMOJI * (case.emoji or 0)
    )
    return SECONDS_TO_BEGIN + by_size / 1e6


@pytest.mark.full
@full_size
def test_time_grows_with_length_and_no_faster(key: tuple[str, str]) -> None:
    text = whole()[key].text
    allowed = seconds_allowed(whole()[key])
    works: dict[str, Callable[[], object]] = {
        "measure": lambda: measure([text]),
        "why_missing": lambda: why_missing([text]),
        **{getattr(look, "__name__", "split"): functools.partial(look, text) for look in LOOKS[:7]},
        **{split.__name__: functools.partial(split, [text]) for split in SPLITS},
    }
    took = {name: round(cpu_seconds(work), 2) for name, work in works.items()}
    assert {name: seconds for name, seconds in took.items() if seconds > allowed} == {}, f"allowed: {allowed:.1f} s"


@pytest.mark.full
@full_size
def test_a_text_of_full_size_ends_in_values_that_are_true(key: tuple[str, str]) -> None:
    case = whole()[key]
    measured = measure([case.text]).iloc[0]
    for metric in METRICS:
        lowest, highest = bounds(metric)
        assert math.isnan(measured[metric.name]) or lowest <= measured[metric.name] <= highest, metric.name
    assert case.words is None or read(case.text).words == case.words
    assert case.emoji is None or read(case.text).emoji == case.emoji
    if case.same_as is not None:
        plain = measure([case.same_as]).iloc[0]
        assert [m.name for m in METRICS if not same(measured[m.name], plain[m.name])] == list(case.apart)


MEMORY = """
import pathlib, resource, sys
sys.path.insert(0, sys.argv[1])
from toolkit import measure
measure(["A word to load the dictionaries \\U0001f525 with."])
text = pathlib.Path(sys.argv[2]).read_bytes().decode()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
measure([text])
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(grown * (1 if sys.platform == "darwin" else 1024) / len(text))
"""


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is asked of a Unix system")
@pytest.mark.parametrize(("name", "most"), BYTES_PER_CHARACTER.items())
def test_memory_at_the_peak_stays_within_a_multiple_of_the_text(name: str, most: int, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(whole()["size", name].text.encode())
    command = [sys.executable, "-c", MEMORY, str(Path(__file__).parents[2]), str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert float(told.stdout) <= most
