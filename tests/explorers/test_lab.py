"""The start page in a real JupyterLab in a real browser, as users see it."""

import nbformat
from helpers.browser import Locator, Watched
from helpers.lab import ERROR, Lab, open_notebook, run_all, wait_until_every_cell_has_run

START_PAGE = "00-start-here.ipynb"
TABLE = ".jp-OutputArea-output table"
TOAST = ".Toastify__toast"
IMAGE = ".jp-OutputArea-output img"


def test_notebook_00_runs_in_a_real_jupyterlab_and_the_error_of_a_cell_is_seen(lab: Lab, page: Watched) -> None:
    number_of_cells = clear_outputs_and_end_with_an_error(lab)
    open_notebook(page.page, lab.url_of(START_PAGE))
    run_all(page.page)
    wait_until_every_cell_has_run(page, number_of_cells)

    (error,) = page.page.locator(ERROR).all_inner_texts()
    assert "ZeroDivisionError" in error  # of the last cell alone: a cell that fails keeps those below it from running
    assert any(is_a_comparison(text) for text in visible_texts(page.page.locator(TABLE)))
    assert any(alt.strip() for alt in visible_alts(page.page.locator(IMAGE)))
    assert page.page.locator(TOAST).count() == 0  # nothing covers the first screen
    assert page.errors == []
    assert page.strangers == []


def clear_outputs_and_end_with_an_error(lab: Lab) -> int:
    """Empty the copy that JupyterLab serves, so that what is seen was made in this run; count its open code cells.

    A folded cell, such as a solution, shows no execution count.
    """
    path = lab.root / START_PAGE
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for cell in code_cells:
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    return sum(not cell.metadata.get("jupyter", {}).get("source_hidden", False) for cell in code_cells)


def visible_texts(found: Locator) -> list[str]:
    return [one.inner_text() for one in found.all() if one.is_visible()]


def visible_alts(found: Locator) -> list[str]:
    return [one.get_attribute("alt") or "" for one in found.all() if one.is_visible()]


def is_a_comparison(text: str) -> bool:
    return "article" in text.lower() and "comment" in text.lower()
