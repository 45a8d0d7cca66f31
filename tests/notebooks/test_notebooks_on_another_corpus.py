"""Every notebook also runs on the classroom corpus: only one line is changed."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from toolkit.reports.run_notebooks import run_notebook

CHECKOUT = Path(__file__).resolve().parents[2]
FEATURED, CLASSROOM = 'CORPUS = "nato-preemptive-strike"', 'CORPUS = "library-hours"'
LESSONS = [
    path
    for path in sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
    if FEATURED in path.read_text("utf-8").replace('\\"', '"')
]
EACH_LESSON = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def figures(notebook: NotebookNode) -> int:
    shown = (output.get("data", {}).get("text/html", "") for cell in code(notebook) for output in cell.outputs)
    return sum(html.count("<img ") for html in shown)


def written(cell: NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def test_the_notebooks_of_the_course_are_all_among_them() -> None:
    assert {path.name[:2] for path in LESSONS} >= {"00", "01", "02", "03", "04", "05", "06"}


@EACH_LESSON
def test_the_corpus_is_named_once_in_the_first_code_cell(path: Path) -> None:
    first, *others = code(nbformat.read(path, as_version=4))
    assert first.source.splitlines().count(FEATURED) == 1
    assert not any(re.search(r"^CORPUS *=", cell.source, re.MULTILINE) for cell in others)


@EACH_LESSON
def test_the_notebook_offers_the_classroom_corpus_in_words(path: Path) -> None:
    prose = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert any("library-hours" in text for text in prose)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.name, marks=[pytest.mark.full] * (path.name[:2] != "03")) for path in LESSONS]
)
def test_the_notebook_runs_on_the_classroom_corpus(path: Path, tmp_path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    changed = nbformat.from_dict(stored)
    first = code(changed)[0]
    first.source = first.source.replace(FEATURED, CLASSROOM)
    nbformat.write(changed, tmp_path / path.name)

    notebook = run_notebook(tmp_path / path.name)  # raises where a cell fails
    assert figures(notebook) == figures(stored)
    for cell, before in zip(code(notebook), code(stored), strict=True):
        assert not any(output.get("name") == "stderr" for output in cell.outputs), cell.source
        assert bool(cell.outputs) is bool(before.outputs), cell.source
        if "solution" in cell.metadata.get("tags", []):
            assert ("Right. " in written(cell)) is ("Right. " in written(before)), cell.source
