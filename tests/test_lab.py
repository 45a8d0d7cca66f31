"""The start page in a real JupyterLab in a real browser, as a reader meets it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from conftest import Lab, Watched
    from playwright.sync_api import Locator, Page

START_PAGE = "00-start-here.ipynb"
MINUTE = 60_000  # in milliseconds, as playwright counts
RUNNING_TAKES = 3 * MINUTE
PROMPT = ".jp-CodeCell .jp-InputArea-prompt"
ERROR = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'
TABLE = ".jp-OutputArea-output table"
TOAST = ".Toastify__toast"
IMAGE = ".jp-OutputArea-output img"


def test_notebook_00_runs_in_a_real_jupyterlab(lab: Lab, page: Watched) -> None:
    number_of_cells = clear_outputs(lab)
    open_notebook(page.page, lab.url_of(START_PAGE))
    restart_and_run_all(page.page)
    wait_until_every_cell_has_run(page, number_of_cells)

    assert page.page.locator(ERROR).all_inner_texts() == []
    assert any(is_a_comparison(text) for text in visible_texts(page.page.locator(TABLE)))
    assert any(alt.strip() for alt in visible_alts(page.page.locator(IMAGE)))
    assert page.page.locator(TOAST).count() == 0  # nothing lies over the first screen
    assert page.errors == []
    assert page.strangers == []


def clear_outputs(lab: Lab) -> int:
    """Empty the copy that JupyterLab serves, so that what is seen was made in this run; count its open code cells.

    A folded cell, such as a solution, shows no execution count.
    """
    path = lab.root / START_PAGE
    notebook = nbformat.read(path, as_version=4)
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for cell in code_cells:
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    return sum(not cell.metadata.get("jupyter", {}).get("source_hidden", False) for cell in code_cells)


def open_notebook(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=MINUTE)
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for(timeout=MINUTE)  # said by the status bar


def restart_and_run_all(page: Page) -> None:
    page.locator(".lm-MenuBar-item", has_text=re.compile("^Kernel$")).click()
    page.locator(".lm-Menu-item", has_text="Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()


def wait_until_every_cell_has_run(page: Watched, number_of_cells: int) -> None:
    """Until each code cell has its execution count, or something went wrong (the cells after it never run)."""
    numbered = page.page.locator(PROMPT, has_text=re.compile(r"\[\d+\]"))
    deadline = time.monotonic() + RUNNING_TAKES / 1000
    while numbered.count() < number_of_cells and not page.errors and page.page.locator(ERROR).count() == 0:
        assert time.monotonic() < deadline, f"{numbered.count()} of {number_of_cells} code cells have run"
        page.page.wait_for_timeout(200)


def visible_texts(found: Locator) -> list[str]:
    return [one.inner_text() for one in found.all() if one.is_visible()]


def visible_alts(found: Locator) -> list[str]:
    return [one.get_attribute("alt") or "" for one in found.all() if one.is_visible()]


def is_a_comparison(text: str) -> bool:
    return "article" in text.lower() and "comment" in text.lower()
