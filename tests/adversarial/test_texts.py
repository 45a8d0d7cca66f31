"""Every hostile text and table through everything that measures: a value, NaN with a reason, or the documented error.

The ordinary run takes the corpus at a hundredth of its size; ``-m full`` takes it whole and holds the bounds on time
and memory.
"""

import ast
import functools
import importlib
import math
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import regex
from helpers.adversarial import BASE, KINDS, PUMPED, Case, Table, cases, pumped, pumps, tables
from helpers.checks import SPLITS, bounds, check_bounds, check_looks, same, values_of
from helpers.work import cpu_seconds, spent

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
"""Everything but metrics that takes a text."""


def small() -> list[Any]:
    """The corpus at a hundredth of its size, each text under its name."""
    return [pytest.param(case, id=f"{case.kind}: {case.name}") for case in cases(SMALL)]


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


@pytest.mark.parametrize("which", [slice(0, None, 6), pytest.param(slice(None), marks=pytest.mark.full)])
def test_a_text_can_be_split_and_inspected(which: slice) -> None:
    for case in [*cases(SMALL)][which]:
        check_looks(case.text)


@pytest.mark.parametrize("case", [p for p in small() if p.values[0].same_as is not None])
def test_texts_that_look_alike_measure_alike(case: Case) -> None:
    assert case.same_as is not None
    ours, plain = values_of(case.text), values_of(case.same_as)
    differ = {name: (ours[name], plain[name]) for name in ours if not same(ours[name], plain[name])}
    assert {name: both for name, both in differ.items() if name not in case.apart} == {}
    assert set(case.apart) <= set(differ), "an exception that is none: take it out of the corpus"


@pytest.mark.parametrize("case", [p for p in small() if p.values[0][4:6] != (None, None)])
def test_emoji_and_words_are_counted_as_a_reader_counts_them(case: Case) -> None:
    assert case.emoji in (None, read(case.text).emoji)
    assert case.words in (None, read(case.text).words)


@pytest.mark.parametrize("case", [p for p in small() if p.values[0].kind in ("unicode", "encoding")][::8])
def test_a_metric_gives_the_same_value_for_a_text_and_its_reading(case: Case) -> None:
    values = values_of(case.text)
    assert [m.name for m in METRICS if not same(m.function(case.text), values[m.name])] == []


def test_the_base_text_has_every_value_so_that_comparing_with_it_says_something() -> None:
    missing = [name for name, value in values_of(BASE).items() if math.isnan(value)]
    assert missing == ["emoji_variety", "marker_emoji_share"]


def test_the_corpus_has_every_kind_and_no_name_twice() -> None:
    names = [(case.kind, case.name) for case in cases(SMALL)]
    assert len(names) == len(set(names))
    assert {kind for kind, _ in names} == set(KINDS)


@pytest.mark.parametrize("look", [*(metric.function for metric in METRICS), *(look for look in LOOKS if look != vader)])
def test_a_text_of_over_ten_million_characters_is_refused_with_its_length(look: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="10,000,001"):
        look("a" * (LONGEST + 1))


@pytest.mark.parametrize("look", [*(metric.function for metric in METRICS), *LOOKS[:7]])
def test_anything_but_text_is_refused_by_type(look: Callable[[object], object]) -> None:
    for wrong in (None, 7, 1.5, float("nan"), b"war", ["war"], pd.NA):
        with pytest.raises(TypeError, match="str"):
            look(wrong)


# ---- tables


TABLES = [pytest.param(table, id=table.name) for table in tables()]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_measured_explained_and_compared_or_refused_with_the_documented_error(table: Table) -> None:
    given: Any = table.table
    if table.error is not None:
        for work in (measure, why_missing):
            with pytest.raises(table.error, match=table.says):
                work(given)
        return
    before = given.copy(deep=True) if isinstance(given, pd.DataFrame) else None
    measured, why = measure(given), why_missing(given)
    names = [metric.name for metric in METRICS]
    kept = ["text"] if before is None else [name for name in before.columns if name not in names]
    assert measured.columns.tolist() == [*kept, *names]
    assert measured[names].dtypes.map(str).unique().tolist() == ["float64"]
    assert len(why) == measured[names].isna().sum().sum()
    assert all(why["reason"])
    if before is not None:
        pd.testing.assert_frame_equal(given, before)
        pd.testing.assert_index_equal(measured.index, before.index)
    if measured.columns.tolist().count("kind") == 1 and {"article", "comment"} <= set(measured["kind"]):
        assert compare(measured)["metric"].tolist() == names
    else:
        with pytest.raises(ValueError, match="kind"):
            compare(measured)


@pytest.mark.parametrize("table", TABLES)
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


def slow_patterns(length: int, seconds: float) -> dict[tuple[str, str], float]:
    """What takes longer than `seconds`: (pattern, name of the text) -> seconds.

    Shorter texts show first which pairs can: what grows with the cube takes a 64th of the time on a quarter. What has
    grown no faster than the text, and would so stay below half of the bound, is not searched at full length.
    """
    slow: dict[tuple[str, str], float] = {}
    for name in pumps():
        texts = [(part, pumped(name, length // part)) for part in (64, 16, 4, 1)]
        for pattern in patterns().values():
            if pattern.pattern[:60] in {known for known, _ in slow}:
                continue  # once is enough
            took = 0.0
            for part, text in texts:
                before, took = took, seconds_to_search(pattern, text)
                if took > seconds:
                    slow[pattern.pattern[:60], name] = round(took, 2)
                is_linear = took < 6 * before and took * part < seconds / 2
                if part < 64 and (is_linear or not seconds / part**3 < took <= seconds):
                    break
    return slow


def seconds_to_search(pattern: re.Pattern[str], text: str) -> float:
    """CPU time of one search; of the fastest of three where it seems long, since a garbage collection is not its."""
    took = spent(lambda: pattern.findall(text))
    return took if took < 0.05 else min(took, *(cpu_seconds(lambda: pattern.findall(text)) for _ in range(2)))


def test_the_patterns_of_every_module_are_found() -> None:
    folder = Path(toolkit.__file__).parent
    assert len(modules()) == len([path for path in folder.rglob("*.py") if path.name != "__main__.py"]) - 1
    assert len(patterns()) > 150


@pytest.mark.parametrize(
    "source", ["def f(x):\n  re.search('a+b', x)", "def f(x):\n  regex.sub(r'a+b', '', x)", "P = re.compile('a')"]
)
def test_a_pattern_inside_a_function_is_found_and_one_at_the_top_is_left_to_the_module(source: str) -> None:
    assert [pattern.pattern for pattern in written_in(source, {})] == (["a+b"] if "def" in source else [])


@pytest.mark.parametrize(("part", "seconds"), [(20, 8), pytest.param(1, 1, marks=pytest.mark.full)])
def test_no_pattern_takes_long_on_texts_made_to_slow_patterns_down(part: int, seconds: int) -> None:
    # On a twentieth of the length, what grows with the square takes a four hundredth of the time, what is linear a
    # twentieth. The worst pattern that was ever here took 0.7 seconds so.
    assert slow_patterns(PUMPED // part, SECONDS_PER_PATTERN / seconds) == {}


@pytest.mark.parametrize("look", [toolkit.spans, toolkit.split_sentences, toolkit.split_passages, measure])
def test_unknown_words_take_no_extra_time(look: Callable[[object], object]) -> None:
    words = " ".join(f"{look.__name__[-5:]}{i}x" for i in range(20_000))
    assert cpu_seconds(lambda: look(words if look is toolkit.spans else [words])) < 2.0


# ---- the corpus at full size


def seconds_allowed(case: Case) -> float:
    by_size = (
        SECONDS_PER_MILLION_CHARACTERS * len(case.text)
        + SECONDS_PER_MILLION_LINES * (case.text.count("\n") + case.text.count("\r"))
        + SECONDS_PER_MILLION_EMOJI * (case.emoji or 0)
    )
    return SECONDS_TO_BEGIN + by_size / 1e6


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
def test_texts_of_full_size_take_time_in_proportion_to_it_and_end_in_values_that_are_true(kind: str) -> None:
    slow: dict[tuple[str, str], float] = {}
    for case, little in zip(cases(1.0), cases(SMALL), strict=True):
        if case.kind != kind or len(case.text) == len(little.text):
            continue  # what does not grow was seen in the ordinary run
        works: dict[str, Callable[[], object]] = {
            "measure": functools.partial(measure, [case.text]),
            "why_missing": functools.partial(why_missing, [case.text]),
            **{getattr(look, "__name__", "split"): functools.partial(look, case.text) for look in LOOKS},
        }
        took = {(case.name, name): round(cpu_seconds(work), 2) for name, work in works.items()}
        slow |= {which: seconds for which, seconds in took.items() if seconds > seconds_allowed(case)}
        measured = measure([case.text]).iloc[0]
        for metric in METRICS:
            lowest, highest = bounds(metric)
            assert math.isnan(measured[metric.name]) or lowest <= measured[metric.name] <= highest, metric.name
        assert case.words in (None, read(case.text).words), case.name
        assert case.emoji in (None, read(case.text).emoji), case.name
        if case.same_as is not None:
            plain = measure([case.same_as]).iloc[0]
            assert [m.name for m in METRICS if not same(measured[m.name], plain[m.name])] == list(case.apart)
    assert slow == {}


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
    path.write_bytes(next(case for case in cases(1.0) if case.name == name).text.encode())
    command = [sys.executable, "-c", MEMORY, str(Path(__file__).parents[2]), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert float(done.stdout) <= most
