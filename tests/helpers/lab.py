"""Steps that drive JupyterLab in a browser."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from helpers.browser import Watched


MINUTE = 60_000  # in milliseconds, as playwright counts


RUNNING_TAKES = 3 * MINUTE


PROMPT = ".jp-CodeCell .jp-InputArea-prompt"


ERROR = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'


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
