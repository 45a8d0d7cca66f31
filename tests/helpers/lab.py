"""Steps that drive JupyterLab in a browser, and one notebook with all explorers."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat

from helpers.browser import Page, Watched

MINUTE = 60_000  # in milliseconds, as playwright counts
RUNNING_TAKES = 3 * MINUTE
PROMPT = ".jp-CodeCell .jp-InputArea-prompt"
ERROR = '.jp-OutputArea-output:has-text("Traceback (most recent call last)")'
HOSTILE = (
    '<img src="https://tracker.example/x" onerror="window.ran = 1"><script>window.ran = 1</script> costs $5 or $6. '
)
EXPLORERS = (
    "from toolkit import *\ntexts = load_corpus('library-hours')",
    "explore_text('It is bad. It is good.')",
    "explore_metrics(measure(split_sentences(texts)))",
    "explore_robustness(texts)",
    "explore_sample_size(texts)",
    f"texts.loc[1, 'text'] = {HOSTILE!r} + texts.loc[1, 'text']\nexplore_thread(texts)",
    "code_units(split_sentences(texts[texts['kind'] == 'comment']))",
    "explore_files()",
)


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: where it listens, its token, and the folder that it serves."""

    address: str
    token: str
    root: Path

    def url_of(self, notebook: str) -> str:
        return f"{self.address}/lab/tree/{notebook}?token={self.token}&reset"


def write_notebook(cells: tuple[str, ...], path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(notebook, path)


def open_notebook(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=MINUTE)
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for(timeout=MINUTE)  # said by the status bar


def run_all(page: Page) -> None:
    page.locator(".lm-MenuBar-item", has_text=re.compile("^Run$")).click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()


def wait_until_every_cell_has_run(page: Watched, number_of_cells: int) -> None:
    """Until each code cell has its execution count, or something went wrong (the cells after it never run)."""
    numbered = page.page.locator(PROMPT, has_text=re.compile(r"\[\d+\]"))
    deadline = time.monotonic() + RUNNING_TAKES / 1000
    while numbered.count() < number_of_cells and not page.errors and page.page.locator(ERROR).count() == 0:
        assert time.monotonic() < deadline, f"{numbered.count()} of {number_of_cells} code cells have run"
        page.page.wait_for_timeout(200)
