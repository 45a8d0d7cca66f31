"""Notebooks as self-contained HTML pages: run each one, keep its text, tables and figures; no network requests."""

from __future__ import annotations

import base64
import copy
import os
import pathlib
import re
import tempfile
from typing import TYPE_CHECKING

from markupsafe import Markup

from .._packaging import optional
from ..figures.display import figure_html
from .html import page

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from nbformat import NotebookNode

_COLOURS = {  # of code; each has a contrast of at least 4.5 to 1 with the background
    "(prefers-color-scheme: light), print": "xcode",
    "screen and (prefers-color-scheme: dark)": "lightbulb",
}
_NO_KERNEL = "Here the notebook has controls to play with. A page cannot answer them: open the notebook in JupyterLab."


def run_notebook(path: pathlib.Path, *, first: str = "") -> NotebookNode:
    """Run a notebook in its own folder and return it with its outputs; the file is not changed.

    `first` is code that runs before the first cell and is not part of the result.
    """
    with optional("lab", "Notebooks"):
        import nbformat
        from nbclient import NotebookClient

    notebook = nbformat.read(path, 4)
    notebook.cells[:0] = [nbformat.v4.new_code_cell(first)] if first else []
    with tempfile.TemporaryDirectory() as home:
        settings = {"IPYTHONDIR": home, "PYTHONPATH": _python_path(), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        client = NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=["--log-level=ERROR"],
        )
        client.execute(env={**os.environ, **settings})
    del notebook.cells[: bool(first)]
    return notebook


def _python_path() -> str:
    root = str(pathlib.Path(__file__).resolve().parents[2])
    return os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])


def page_of(notebook: NotebookNode, title: str) -> str:
    """Render a notebook as one HTML page, with no scripts and no external styles, fonts or images."""
    with optional("lab", "Pages of notebooks"):
        from nbconvert import HTMLExporter
        from pygments.formatters import HtmlFormatter

    exporter = HTMLExporter(
        template_name="basic",
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_notebook_node(_with_descriptions(notebook))
    body = re.sub(
        r'href="([\w-]+)\.ipynb(#[\w-]*)?"', r'href="\1.html\2"', body
    )  # links to notebooks become links to pages
    colours = {where: HtmlFormatter(style=style).get_style_defs(".highlight") for where, style in _COLOURS.items()}
    rules = "".join(f"@media {where} {{\n{each}\n}}\n" for where, each in colours.items())
    return page("notebook.html.j2", title, ["page.css"], more=rules, body=Markup(_for_reading(body)))


def _with_descriptions(notebook: NotebookNode) -> NotebookNode:
    """Return a copy in which each figure has its folded text description below it."""
    made = copy.deepcopy(notebook)
    for data in (output.get("data", {}) for cell in made.cells for output in cell.get("outputs", [])):
        if "<figure" in data.get("text/html", ""):
            data["text/html"] = str(figure_html(data))
    return made


def _for_reading(body: str) -> str:
    """Remove scripts, fold solutions, and label code and outputs for screen readers."""
    from lxml import html as markup

    tree = markup.fragment_fromstring(body, create_parent="div")
    for script in [*tree.iter("script")]:
        script.drop_tree()
    _fold_solutions(tree)
    _name_the_parts(tree)
    return str(markup.tostring(tree, encoding="unicode"))


def _fold_solutions(page: HtmlElement) -> None:
    """Fold cells tagged as solutions."""
    from lxml import html as markup

    for cell in page.find_class("celltag_solution"):
        fold = markup.fragment_fromstring("<details><summary>A solution</summary></details>")
        cell.addprevious(fold)
        cell.tail, fold.tail = None, cell.tail
        fold.append(cell)


def _name_the_parts(page: HtmlElement) -> None:
    """Label code and outputs as groups, make wide tables focusable, and replace widgets with a note."""
    for name, said in (("input_area", "Code"), ("output", "Output")):
        for part in page.find_class(name):
            part.attrib.update({"role": "group", "aria-label": said})
            if said == "Output" and part.find(".//table") is not None:
                part.set("tabindex", "0")  # it may need to scroll sideways
    for corner in [cell for cell in page.iter("th") if not cell.text_content().strip()]:
        corner.tag = "td"  # an empty cell is not a heading
    for place in page.find_class("output_widget_view"):
        place.attrib.pop("id", None)  # it changes on every run
        place.text = _NO_KERNEL


def index_page(pages: list[tuple[str, str, str]], table: str) -> str:
    """Render the index page: a (file, title, one sentence) per page, and the table of the main comparison."""
    return page("index.html.j2", "Below the Line", ["page.css"], pages=pages, table=Markup(table))


def title_and_purpose(notebook: NotebookNode) -> tuple[str, str]:
    """Return the heading of a notebook's first cell and the first sentence below it."""
    lines = [line.strip() for line in notebook.cells[0].source.splitlines() if line.strip()]
    title = lines[0].lstrip("# ").strip()
    purpose = next((line for line in lines[1:] if not line.startswith(("#", "-", "|"))), "")
    return title, re.sub(r"[*_`]", "", purpose)


def figures_of(notebook: NotebookNode) -> list[tuple[bytes, str]]:
    """Return the figures of a notebook, each as a picture (PNG) and a text description."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            picture = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", data.get("text/html", ""))
            if picture:
                found.append((base64.b64decode(picture[1]), data.get("text/plain", "")))
    return found
