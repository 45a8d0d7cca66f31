"""The guard of the notebooks: what nbval cannot see, and what every notebook here keeps to."""

from __future__ import annotations

import configparser
import copy
import datetime
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import nbformat
import pytest
from helpers.pages import Outline

Notebook: TypeAlias = dict[str, Any]

CHECKOUT = Path(__file__).resolve().parents[2]
SANITIZERS = CHECKOUT / "tests" / "nbval.cfg"
NOTEBOOKS = sorted([*(CHECKOUT / "notebooks").glob("*.ipynb"), *(CHECKOUT / "notebooks" / "class").glob("*.ipynb")])
START_PAGE = "00-start-here.ipynb"
LONGEST_CELL = 8  # lines that are not blank

ESCAPE_TAGS = re.compile(r"nbval-|raises-exception|skip-execution")
ESCAPE_COMMENTS = re.compile(r"#\s*(NBVAL_|PYTEST_VALIDATE)|^%%capture", re.MULTILINE)
PIXELS = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]+")
TRACES = re.compile(
    r"(?<![\w.:/-])/(?:home|Users|root|tmp|var|opt|mnt|work)/"  # a folder of one machine
    r"|\b[A-Z]:\\{1,2}(?:Users|Windows|Program)"
    r"|file://|ipykernel_\d+|\bat 0x[0-9a-f]{6,}"
)
CLOCKS = re.compile(r"\.(now|utcnow|today)\(|\btime\.(time|localtime|strftime|ctime)\(")
EMPTY_MARKDOWN_ALT = re.compile(r"!\[\s*\]\(")


# --- the checks: each takes a notebook and its file name, and yields what is wrong -----------------------


def cells_ran_in_order(notebook: Notebook, name: str) -> Iterator[str]:
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts are {counts}: nbval compares nothing for a cell that has none"


def no_cell_failed(notebook: Notebook, name: str) -> Iterator[str]:
    for cell, output in outputs(notebook):
        if output["output_type"] == "error":
            yield f"cell {cell['id']} shows an error: {output['ename']}"


def nothing_escapes_nbval(notebook: Notebook, name: str) -> Iterator[str]:
    for cell in code_cells(notebook):
        tags = [tag for tag in cell["metadata"].get("tags", []) if ESCAPE_TAGS.match(tag.replace("_", "-").lower())]
        if tags or ESCAPE_COMMENTS.search(joined(cell["source"])):
            yield f"cell {cell['id']} hides its output from nbval {tags}"


def pictures_have_a_description(notebook: Notebook, name: str) -> Iterator[str]:
    for cell, output in outputs(notebook):
        if any(kind.startswith("image/") for kind in output.get("data", {})):
            yield f"cell {cell['id']} shows a bare picture, which nbval does not compare; use toolkit.show(figure, ...)"


def images_have_alt_text(notebook: Notebook, name: str) -> Iterator[str]:
    for cell, markup in shown_markup(notebook):
        alts = [(image.get("alt") or "").strip() for image in Outline(markup).all("img")]
        if not all(alts) or EMPTY_MARKDOWN_ALT.search(markup):
            yield f"cell {cell['id']} has an image without alt text"


def code_cells_are_short(notebook: Notebook, name: str) -> Iterator[str]:
    for cell in code_cells(notebook):
        lines = sum(bool(line.strip()) for line in joined(cell["source"]).splitlines())
        if lines > LONGEST_CELL:
            yield f"cell {cell['id']} has {lines} lines, {LONGEST_CELL} at most"


def no_trace_of_a_machine(notebook: Notebook, name: str) -> Iterator[str]:
    for cell, text in everything_written(notebook):
        found = TRACES.search(text)
        if found:
            yield f"cell {cell['id']} holds {found[0]!r}, which is different on another machine"


def no_date_of_today(notebook: Notebook, name: str) -> Iterator[str]:
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    for cell, text in everything_written(notebook):
        if today in text or (cell["cell_type"] == "code" and CLOCKS.search(text)):
            yield f"cell {cell['id']} depends on the day it runs"


def no_stored_widgets(notebook: Notebook, name: str) -> Iterator[str]:
    if "widgets" in notebook["metadata"]:
        yield "the notebook stores the state of widgets"
    for cell, output in outputs(notebook):
        if any("widget" in kind or "javascript" in kind for kind in output.get("data", {})):
            yield f"cell {cell['id']} stores a view that needs JavaScript; `python3 run.py refresh` takes it out"


def cell_ids_are_stable(notebook: Notebook, name: str) -> Iterator[str]:
    ids = [cell.get("id") for cell in notebook["cells"]]
    if ids != [f"c{number:02d}" for number in range(len(ids))]:
        yield "cell ids are not c00, c01, ...; `python3 run.py refresh` sets them"


def kernel_is_python3(notebook: Notebook, name: str) -> Iterator[str]:
    kernel = notebook["metadata"].get("kernelspec", {}).get("name")
    if kernel != "python3":
        yield f"the kernel is {kernel!r}, it should be 'python3'"


def nothing_on_stderr(notebook: Notebook, name: str) -> Iterator[str]:
    for cell, output in outputs(notebook):
        if output.get("name") == "stderr":
            yield f"cell {cell['id']} shows a warning: {joined(output['text'])[:60]!r}"


def prose_carries_the_code(notebook: Notebook, name: str) -> Iterator[str]:
    prose = sum(cell["cell_type"] == "markdown" for cell in notebook["cells"])
    code = len(code_cells(notebook))
    if prose < code:
        yield f"{prose} Markdown cells for {code} code cells; there should be at least as many"


def title_is_the_question(notebook: Notebook, name: str) -> Iterator[str]:
    first = notebook["cells"][0]
    title = joined(first["source"]).partition("\n")[0].rstrip()
    if first["cell_type"] != "markdown" or not title.startswith("# "):
        yield "the first cell is not a Markdown title (`# ...`)"
    elif name != START_PAGE and not title.endswith("?"):
        yield f"the title {title!r} asks no question"


CHECKS: tuple[Callable[[Notebook, str], Iterator[str]], ...] = (
    cells_ran_in_order, no_cell_failed, nothing_escapes_nbval, pictures_have_a_description, images_have_alt_text,
    code_cells_are_short, no_trace_of_a_machine, no_date_of_today, no_stored_widgets, cell_ids_are_stable,
    kernel_is_python3, nothing_on_stderr, prose_carries_the_code, title_is_the_question,
)  # fmt: skip


# --- looking into a notebook ----------------------------------------------------------------------------


def joined(text: str | list[str]) -> str:
    """A notebook file may keep a text as one string or as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def code_cells(notebook: Notebook) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outputs(notebook: Notebook) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            yield cell, output


def shown_markup(notebook: Notebook) -> Iterator[tuple[dict[str, Any], str]]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield cell, joined(cell["source"])
    for cell, output in outputs(notebook):
        for kind in ("text/html", "text/markdown"):
            yield cell, joined(output.get("data", {}).get(kind, ""))


def everything_written(notebook: Notebook) -> Iterator[tuple[dict[str, Any], str]]:
    """Each source and each output as text, without the pixels of pictures."""
    for cell in notebook["cells"]:
        yield cell, joined(cell["source"])
    for cell, output in outputs(notebook):
        for text in (output.get("text", ""), *output.get("data", {}).values()):
            yield cell, PIXELS.sub("", joined(text) if isinstance(text, str | list) else json.dumps(text))


# --- every notebook of the project ----------------------------------------------------------------------


def test_there_is_a_start_page() -> None:
    assert START_PAGE in [path.name for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_keeps_the_house_rules(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert [problem for check in CHECKS for problem in check(notebook, path.name)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_a_valid_file(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    nbformat.validate(notebook)


# --- each check can fail --------------------------------------------------------------------------------

PICTURE = '<img alt="Two bars" src="data:image/png;base64,/tmp/AAAA">'
GOOD: Notebook = {
    "cells": [
        {"id": "c00", "cell_type": "markdown", "metadata": {}, "source": ["# Who answers?\n", "Prose."]},
        {
            "id": "c01",
            "cell_type": "code",
            "metadata": {"tags": ["solution"]},
            "source": "show(figure)",
            "execution_count": 1,
            "outputs": [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": PICTURE, "text/plain": "Two bars"},
                },
                {"output_type": "stream", "name": "stdout", "text": ["article and comments, see example.org/home/\n"]},
            ],
        },
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def code(notebook: Notebook) -> dict[str, Any]:
    cell: dict[str, Any] = notebook["cells"][1]
    return cell


def with_output(notebook: Notebook, **output: Any) -> None:
    code(notebook)["outputs"].append({"output_type": "display_data", "metadata": {}, **output})


def with_source(notebook: Notebook, source: str) -> None:
    code(notebook)["source"] = source


def with_today(notebook: Notebook) -> None:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    with_output(notebook, data={"text/plain": f"made on {today}"})


SPOILED: list[tuple[Callable[[Notebook, str], Iterator[str]], Callable[[Notebook], object]]] = [
    (cells_ran_in_order, lambda nb: code(nb).update(execution_count=None)),
    (cells_ran_in_order, lambda nb: code(nb).update(execution_count=7)),
    (no_cell_failed, lambda nb: with_output(nb, output_type="error", ename="ValueError", evalue="", traceback=[])),
    (nothing_escapes_nbval, lambda nb: code(nb)["metadata"].update(tags=["nbval-ignore-output"])),
    (nothing_escapes_nbval, lambda nb: code(nb)["metadata"].update(tags=["nbval-skip"])),
    (nothing_escapes_nbval, lambda nb: code(nb)["metadata"].update(tags=["raises-exception"])),
    (nothing_escapes_nbval, lambda nb: with_source(nb, "# NBVAL_IGNORE_OUTPUT\n1")),
    (nothing_escapes_nbval, lambda nb: with_source(nb, "%%capture\nprint(1)")),
    (pictures_have_a_description, lambda nb: with_output(nb, data={"image/png": "AAAA", "text/plain": "<Figure>"})),
    (images_have_alt_text, lambda nb: with_output(nb, data={"text/html": '<img src="a.png">'})),
    (images_have_alt_text, lambda nb: with_output(nb, data={"text/html": '<IMG alt="  " src="a.png">'})),
    (images_have_alt_text, lambda nb: nb["cells"][0].update(source="![](a.png)")),
    (code_cells_are_short, lambda nb: with_source(nb, "\n\n".join("abcdefghi"))),
    (no_trace_of_a_machine, lambda nb: with_source(nb, 'open("/home/ada/notes.txt")')),
    (no_trace_of_a_machine, lambda nb: with_output(nb, data={"text/plain": r"C:\Users\ada\notes.txt"})),
    (no_trace_of_a_machine, lambda nb: with_output(nb, data={"text/plain": "<Axes at 0x7f3a5c0d1e50>"})),
    (no_date_of_today, with_today),
    (no_date_of_today, lambda nb: with_source(nb, "pd.Timestamp.now()")),
    (no_stored_widgets, lambda nb: nb["metadata"].update(widgets={})),
    (no_stored_widgets, lambda nb: with_output(nb, data={"application/vnd.jupyter.widget-view+json": {}})),
    (cell_ids_are_stable, lambda nb: code(nb).update(id="5f0e1c2a")),
    (kernel_is_python3, lambda nb: nb["metadata"]["kernelspec"].update(name="my-kernel")),
    (nothing_on_stderr, lambda nb: with_output(nb, output_type="stream", name="stderr", text="FutureWarning: x")),
    (prose_carries_the_code, lambda nb: nb["cells"].append(code(nb))),
    (title_is_the_question, lambda nb: nb["cells"][0].update(source="# An answer")),
    (title_is_the_question, lambda nb: nb["cells"][0].update(source="Who answers?")),
    (title_is_the_question, lambda nb: nb["cells"][0].update(cell_type="raw")),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_good_notebook_passes_each_check(check: Callable[[Notebook, str], Iterator[str]]) -> None:
    assert list(check(GOOD, "01-who-answers.ipynb")) == []


@pytest.mark.parametrize(("check", "spoil"), SPOILED, ids=lambda part: part.__name__)
def test_a_spoiled_notebook_is_found(
    check: Callable[[Notebook, str], Iterator[str]], spoil: Callable[[Notebook], object]
) -> None:
    notebook = copy.deepcopy(GOOD)
    spoil(notebook)
    assert list(check(notebook, "01-who-answers.ipynb")) != []


def test_no_check_is_without_a_notebook_that_fails_it() -> None:
    assert {check for check, _ in SPOILED} == set(CHECKS)


# --- nbval is as strict as it is meant to be ------------------------------------------------------------


def test_only_the_pixels_of_a_picture_are_left_out_of_the_comparison() -> None:
    config = configparser.ConfigParser()
    config.read(SANITIZERS, encoding="utf-8")
    assert config.sections() == ["pixels"]
    pattern = re.compile(config["pixels"]["regex"])
    assert pattern.sub("", PICTURE) == '<img alt="Two bars" src="">'
    assert pattern.sub("", "Two bars, 0.25 and 0.75") == "Two bars, 0.25 and 0.75"


def test_nbval_refuses_an_output_that_the_code_does_not_give(tmp_path: Path) -> None:
    cells = [
        nbformat.v4.new_code_cell(
            "1 + 1",
            execution_count=number,
            outputs=[nbformat.v4.new_output("execute_result", {"text/plain": stored}, execution_count=number)],
        )
        for number, stored in enumerate("23", 1)
    ]
    path = tmp_path / "sums.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    options = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(SANITIZERS), "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(path)], capture_output=True, encoding="utf-8", cwd=tmp_path
    )
    assert done.returncode == 1, done.stdout
    assert "1 failed, 1 passed" in done.stdout
    assert re.search(r"FAILED \S*::Cell 1\b", done.stdout) or "Cell 1" in done.stdout.partition("short test summary")[2]
