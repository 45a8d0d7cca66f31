"""Checks on notebooks that nbval cannot make, and the rules that every notebook follows."""

import configparser
import copy
import datetime
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from helpers.pages import Outline
from nbformat import NotebookNode

CHECKOUT = Path(__file__).resolve().parents[2]
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


def today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def problems(notebook: NotebookNode, name: str) -> Iterator[str]:
    """Yield what is wrong with a notebook as a whole, and with each of its cells."""
    first, code = notebook.cells[0], [cell for cell in notebook.cells if cell.cell_type == "code"]
    counts, ids = [cell.execution_count for cell in code], [cell.get("id") for cell in notebook.cells]
    title = first.source.partition("\n")[0].rstrip()
    if counts != list(range(1, len(code) + 1)):
        yield f"execution counts are {counts}: nbval compares nothing for a cell that has none"
    if ids != [f"c{number:02d}" for number in range(len(ids))]:
        yield "cell ids are not c00, c01, ...; `python3 run.py refresh` sets them"
    if (kernel := notebook.metadata.get("kernelspec", {}).get("name")) != "python3":
        yield f"the kernel is {kernel!r}, it should be 'python3'"
    if "widgets" in notebook.metadata:
        yield "the notebook stores the state of widgets"
    if 2 * len(code) > sum(cell.cell_type in ("code", "markdown") for cell in notebook.cells):
        yield f"{len(code)} code cells have fewer Markdown cells; there should be at least as many"
    if first.cell_type != "markdown" or not title.startswith("# "):
        yield "the first cell is not a Markdown title (`# ...`)"
    elif name != START_PAGE and not title.endswith("?"):
        yield f"the title {title!r} asks no question"
    for cell in notebook.cells:
        yield from (f"cell {cell.id} {problem}" for problem in problems_of_cell(cell))


def problems_of_cell(cell: NotebookNode) -> Iterator[str]:
    outputs = cell.outputs if cell.cell_type == "code" else []
    shown = [output.get("data", {}) for output in outputs]
    markup = [each.get(kind, "") for each in shown for kind in ("text/html", "text/markdown")]
    markup += [cell.source] * (cell.cell_type == "markdown")
    written = [cell.source, *(output.get("text", "") for output in outputs)]
    written += [each if isinstance(each, str) else json.dumps(each) for data in shown for each in data.values()]
    text = PIXELS.sub("", "\n".join(written))
    if any(output.output_type == "error" for output in outputs):
        yield "shows an error"
    if any(output.get("name") == "stderr" for output in outputs):
        yield "shows a warning"
    if any(kind.startswith("image/") for data in shown for kind in data):
        yield "shows a bare picture, which nbval does not compare; use toolkit.show(figure, ...)"
    if any("widget" in kind or "javascript" in kind for data in shown for kind in data):
        yield "stores a view that needs JavaScript; `python3 run.py refresh` takes it out"
    if any(data.get("text/plain") == "False" for data in shown):
        yield "shows False: results that are compared are to be the same"
    alts = [(image.get("alt") or "").strip() for each in markup for image in Outline(each).all("img")]
    if not all(alts) or any(map(EMPTY_MARKDOWN_ALT.search, markup)):
        yield "has an image without alt text"
    if found := TRACES.search(text):
        yield f"holds {found[0]!r}, which is different on another machine"
    if today() in text or (cell.cell_type == "code" and CLOCKS.search(text)):
        yield "depends on the day it runs"
    if cell.cell_type == "code":
        tags = [tag for tag in cell.metadata.get("tags", []) if ESCAPE_TAGS.match(tag.replace("_", "-").lower())]
        if tags or ESCAPE_COMMENTS.search(cell.source):
            yield f"hides its output from nbval {tags}"
        if (lines := sum(bool(line.strip()) for line in cell.source.splitlines())) > LONGEST_CELL:
            yield f"has {lines} lines, {LONGEST_CELL} at most"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_a_valid_file_and_keeps_the_rules(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    nbformat.validate(notebook)
    assert list(problems(notebook, path.name)) == []


# --- each rule can be broken ----------------------------------------------------------------------------

PICTURE = '<img alt="Two bars" src="data:image/png;base64,/tmp/AAAA">'
GOOD = nbformat.from_dict(
    {
        "cells": [
            {"id": "c00", "cell_type": "markdown", "metadata": {}, "source": "# Who answers?\nProse."},
            {
                "id": "c01", "cell_type": "code", "metadata": {"tags": ["solution"]}, "source": "show(figure)",
                "execution_count": 1,
                "outputs": [
                    {"output_type": "display_data", "metadata": {},
                     "data": {"text/html": PICTURE, "text/plain": "Two bars"}},
                    {"output_type": "stream", "name": "stdout", "text": "comments, see example.org/home/\n"},
                ],
            },
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 5,
    }
)  # fmt: skip


def shows(kind: str, content: Any, **more: Any) -> Callable[[NotebookNode], None]:
    output = {"output_type": "display_data", "metadata": {}, "data": {kind: content}, **more}
    return lambda notebook: notebook.cells[1].outputs.append(nbformat.from_dict(output))


def changed(cell: int, **parts: Any) -> Callable[[NotebookNode], None]:
    return lambda notebook: notebook.cells[cell].update(nbformat.from_dict(parts))


SPOILED: list[tuple[str, Callable[[NotebookNode], object]]] = [
    ("execution counts are [None]", changed(1, execution_count=None)),
    ("execution counts are [7]", changed(1, execution_count=7)),
    ("c01 shows an error", shows("text/plain", "", output_type="error", ename="ValueError")),
    ("hides its output from nbval ['nbval-ignore-output']", changed(1, metadata={"tags": ["nbval-ignore-output"]})),
    ("hides its output from nbval ['nbval_skip']", changed(1, metadata={"tags": ["nbval_skip"]})),
    ("hides its output from nbval ['raises-exception']", changed(1, metadata={"tags": ["raises-exception"]})),
    ("hides its output from nbval", changed(1, source="# NBVAL_IGNORE_OUTPUT\n1")),
    ("hides its output from nbval", changed(1, source="%%capture\nprint(1)")),
    ("c01 shows a bare picture", shows("image/png", "AAAA")),
    ("c01 has an image without alt text", shows("text/html", '<img src="a.png">')),
    ("c01 has an image without alt text", shows("text/html", '<IMG alt="  " src="a.png">')),
    ("c01 shows False", shows("text/plain", "False")),
    ("c00 has an image without alt text", changed(0, source="# Who?\n![](a.png)")),
    ("c01 has 9 lines", changed(1, source="\n\n".join("abcdefghi"))),
    ("holds '/home/'", changed(1, source='open("/home/ada/notes.txt")')),
    ("holds 'C:\\\\Users'", shows("text/plain", r"C:\Users\ada\notes.txt")),
    ("holds 'at 0x7f3a5c0d1e50'", shows("text/plain", "<Axes at 0x7f3a5c0d1e50>")),
    ("depends on the day", shows("text/plain", f"made on {today()}")),
    ("depends on the day", changed(1, source="pd.Timestamp.now()")),
    ("stores the state of widgets", lambda notebook: notebook.metadata.update(widgets={})),
    ("c01 stores a view", shows("application/vnd.jupyter.widget-view+json", {})),
    ("cell ids are not c00, c01", changed(1, id="5f0e1c2a")),
    ("the kernel is 'my-kernel'", lambda notebook: notebook.metadata.kernelspec.update(name="my-kernel")),
    ("c01 shows a warning", shows("text/plain", "", output_type="stream", name="stderr", text="FutureWarning: x")),
    ("2 code cells have fewer Markdown", lambda notebook: notebook.cells.append(notebook.cells[1])),
    ("asks no question", changed(0, source="# An answer")),
    ("not a Markdown title", changed(0, source="Who answers?")),
    ("not a Markdown title", changed(0, cell_type="raw")),
]


def test_a_good_notebook_has_no_problems() -> None:
    assert list(problems(GOOD, "01-who-answers.ipynb")) == []


@pytest.mark.parametrize(("problem", "spoil"), SPOILED)
def test_a_spoiled_notebook_is_found(problem: str, spoil: Callable[[NotebookNode], object]) -> None:
    notebook = copy.deepcopy(GOOD)
    spoil(notebook)
    assert any(problem in found for found in problems(notebook, "01-who-answers.ipynb"))


def test_pooled_comments_of_notebook_09_mislead_and_whole_threads_do_not_as_its_text_says() -> None:
    (path,) = (each for each in NOTEBOOKS if each.name.startswith("09"))
    cells = nbformat.read(path, as_version=4).cells
    outputs = {cell.source: cell.outputs[0] for cell in cells if cell.cell_type == "code" and cell.outputs}
    tables = {source: output.data["text/plain"] for source, output in outputs.items() if "[shown].T" in source}
    pooled, whole = (float(re.search(r"^p +([\d.]+)$", table, re.MULTILINE)[1]) for table in tables.values())  # type: ignore[index]
    assert pooled < 0.05 < whole
    (others,) = (output.text for source, output in outputs.items() if "for seed in" in source)
    found = [(float(share), float(p)) for share, p in re.findall(r"\[\[([\d.]+), ([\d.]+)\]\]", others)]
    assert [(share < 0.5, p < 0.05) for share, p in found] == [(True, True), (False, True)]


def test_only_the_files_in_a_figure_are_left_out_of_nbvals_comparison() -> None:
    config = configparser.ConfigParser()
    config.read(CHECKOUT / "tests" / "nbval.cfg", encoding="utf-8")
    assert config.sections() == ["pixels"]
    pattern = re.compile(config["pixels"]["regex"])
    assert pattern.sub("", PICTURE) == '<img alt="Two bars" src="">'
    assert pattern.sub("", "Two bars, 0.25 and 0.75") == "Two bars, 0.25 and 0.75"
