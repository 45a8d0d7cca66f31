"""Notebooks as self-contained pages: run each one, keep its words, tables and figures; no request leaves the page."""

from __future__ import annotations

import base64
import copy
import html
import os
import pathlib
import re
import tempfile
from typing import TYPE_CHECKING

from .._packaging import optional

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from nbformat import NotebookNode

_STYLE = pathlib.Path(__file__).with_name("notebook.css")
_COLOURS = {  # of code: every one of them stands out from the paper by 4.5 to 1
    "(prefers-color-scheme: light), print": "xcode",
    "screen and (prefers-color-scheme: dark)": "lightbulb",
}
_NO_KERNEL = "Here the notebook has controls to play with. A page cannot answer them: open the notebook in JupyterLab."


def run_notebook(path: pathlib.Path, *, first: str = "") -> NotebookNode:
    """Run a notebook from its own folder and give it back with its outputs; the file is not changed.

    `first` is code that runs before the first cell and leaves no trace in what is given back.
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
    """A notebook as one HTML page: no script, no style, font or picture from elsewhere."""
    with optional("lab", "Pages of notebooks"):
        from nbconvert import HTMLExporter
        from pygments.formatters import HtmlFormatter

    exporter = HTMLExporter(
        template_name="basic",
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_notebook_node(_with_twins(notebook))
    body = _for_reading(_with_page_links(body))
    colours = {where: HtmlFormatter(style=style).get_style_defs(".highlight") for where, style in _COLOURS.items()}
    return whole_page(title, body, "".join(f"@media {where} {{\n{rules}\n}}\n" for where, rules in colours.items()))


def _with_twins(notebook: NotebookNode) -> NotebookNode:
    """A copy in which each figure has its words and numbers beneath it, to unfold."""
    made = copy.deepcopy(notebook)
    for data in (output.get("data", {}) for cell in made.cells for output in cell.get("outputs", [])):
        if "<figure" in (shown := data.get("text/html", "")):
            twin = f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"
            data["text/html"] = f"{shown}<details><summary>This figure in words and numbers</summary>{twin}</details>"
    return made


def _for_reading(body: str) -> str:
    """Take scripts out, fold solutions away, and tell those who hear the page what is code and what came out of it."""
    from lxml import html as markup

    page = markup.fragment_fromstring(body, create_parent="div")
    for script in [*page.iter("script")]:
        script.drop_tree()
    _fold_solutions(page)
    _name_the_parts(page)
    return str(markup.tostring(page, encoding="unicode"))


def _fold_solutions(page: HtmlElement) -> None:
    """Cells tagged as solutions open when they are asked to."""
    from lxml import html as markup

    for cell in page.find_class("celltag_solution"):
        fold = markup.fragment_fromstring("<details><summary>A solution</summary></details>")
        cell.addprevious(fold)
        cell.tail, fold.tail = None, cell.tail
        fold.append(cell)


def _name_the_parts(page: HtmlElement) -> None:
    """Code and outputs as named groups; wide tables within reach of the keyboard; words where a widget stood."""
    for name, said in (("input_area", "Code"), ("output", "Output")):
        for part in page.find_class(name):
            part.attrib.update({"role": "group", "aria-label": said})
            if said == "Output" and part.find(".//table") is not None:
                part.set("tabindex", "0")  # it may scroll sideways
    for corner in [cell for cell in page.iter("th") if not cell.text_content().strip()]:
        corner.tag = "td"  # an empty heading heads nothing
    for place in page.find_class("output_widget_view"):
        place.attrib.pop("id", None)  # another one on every run
        place.text = _NO_KERNEL


def _with_page_links(body: str) -> str:
    """Links between notebooks become links between pages."""
    return re.sub(r'href="([\w-]+)\.ipynb(#[\w-]*)?"', r'href="\1.html\2"', body)


def whole_page(title: str, body: str, style: str = "") -> str:
    """A page around a body that is HTML already; the content policy forbids scripts and requests."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<style>{_STYLE.read_text(encoding='utf-8')}{style}</style></head>\n"
        f'<body><nav><a href="index.html">Below the Line</a></nav><main>\n{body}\n</main></body></html>\n'
    )


def index_page(pages: list[tuple[str, str, str]], table: str) -> str:
    """The page that leads to the others: (file, title, one sentence), and the table of the main comparison."""
    links = "".join(
        f'<li value="{int(file[:2])}"><a href="{html.escape(file)}">{html.escape(title)}</a>'
        f"<br>{html.escape(about)}</li>\n"
        for file, title, about in pages
    )
    promise = "How an article is written, how its readers answer, and what the numbers can carry."
    start = "Each page is a notebook, run on this computer: read it here, or open it in JupyterLab to take part."
    opening = f"<h1>Below the Line</h1>\n<p>{promise}</p>\n<p>{start}</p>"
    return whole_page("Below the Line", f"{opening}\n<ol>\n{links}</ol>\n{table}")


def title_and_purpose(notebook: NotebookNode) -> tuple[str, str]:
    """The heading of a notebook's first cell and the first sentence below it."""
    lines = [line.strip() for line in notebook.cells[0].source.splitlines() if line.strip()]
    title = lines[0].lstrip("# ").strip()
    purpose = next((line for line in lines[1:] if not line.startswith(("#", "-", "|"))), "")
    return title, re.sub(r"[*_`]", "", purpose)


def figures_of(notebook: NotebookNode) -> list[tuple[bytes, str]]:
    """The figures that a notebook shows: each picture (PNG) with its text twin."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            picture = re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", data.get("text/html", ""))
            if picture:
                found.append((base64.b64decode(picture[1]), data.get("text/plain", "")))
    return found
