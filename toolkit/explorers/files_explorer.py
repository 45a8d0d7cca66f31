"""explore_files: upload an article and its comments, check what was read, and get the report."""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from .._html import NO_MATHS, attribute, escaped
from ..importers.read_thread import IN_PAGE, import_summary, read_thread
from ..reports.write import report_html
from .widgets import Panel, columns, folded, labelled, plain_html, row, say, status

REPORT = "report.html"
_PARTS = ("article", "solicitation", "comments")
_PRIVATE = (
    "The program behind this page reads your files and deletes its copy at once. "
    "In JupyterLab it runs on your computer, in a class on the teacher's. Nothing is sent anywhere else."
)
# Errors caused by input; their messages include the next step.
_DOCUMENTED = (ValueError, TypeError, OSError, ImportError)


def explore_files() -> Panel:
    """Upload an article and its comments, check what was read, and get the report, all without code.

    "Read" reads two files, or a page pasted as text, as `read_thread` does, and lists what was kept and left out. For
    a pasted page, the proposed lines of article, solicitation and comments can be corrected. "Write the report" shows
    the page of `write_report` and offers it for download. After an error, a message appears and all input is kept.

    Returns
    -------
    Panel
        A widget, shown as the last line of a cell. Its parts: article_file, comments_file, pasted, article,
        solicitation, comments (lines of a pasted page), read, write, log, report, status.

    Notes
    -----
    The files are written to a temporary folder for reading, and deleted right after. From then on commenters have
    pseudonyms. Nothing is loaded from the network.
    """
    return _FilesExplorer().panel


class _FilesExplorer:
    def __init__(self) -> None:
        self.texts: Any = None
        self.files = {
            "article_file": _upload("Article: a saved page, Word, PDF, text"),
            "comments_file": _upload("Comments: CSV, spreadsheet, JSON, XML"),
        }
        self.pasted = widgets.Textarea(
            placeholder="... or paste the whole page here", layout={"width": "100%", "height": "8em"}
        )
        labelled(self.pasted, "Pasted page")
        self.lines = {name: labelled(widgets.Text(layout={"width": "9em"}), f"Lines of {name}") for name in _PARTS}
        self.split = row(*self.lines.values())
        self.split.layout.display = "none"
        self.read, self.write = widgets.Button(description="Read"), widgets.Button(description="Write the report")
        self.log, self.report, self.line = widgets.HTML(), widgets.HTML(), status()
        first = widgets.VBox([*self.files.values()])
        rows = [
            widgets.HTML(plain_html(_PRIVATE)),
            columns(("20em", first), ("24em", self.pasted)),
            self.split,
            row(self.read, self.write),
            self.line,
            self.log,
            self.report,
        ]
        parts = {**self.files, **self.lines, "pasted": self.pasted, "read": self.read, "write": self.write}
        parts |= {"log": self.log, "report": self.report, "status": self.line}
        self.panel = Panel("explore_files", rows, parts, "an article and its comments, what was read, the report")
        self.read.on_click(lambda _: self._guarded(self._read))
        self.write.on_click(lambda _: self._guarded(self._write))
        for source in (*self.files.values(), self.pasted):
            source.observe(self._forget, "value")
        self._forget()

    def _forget(self, _: object = None) -> None:
        """Discard results when the input changes."""
        self.texts, self.log.value, self.report.value = None, "", ""
        self.split.layout.display, self.write.disabled = "none", True
        for box in self.lines.values():
            box.value = ""
        say(self.line, "Give an article, and comments if you have them; then press Read.")

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except _DOCUMENTED as error:
            say(self.line, str(error) or type(error).__name__)

    def _read(self) -> None:
        say(self.line, "Reading ...")
        self.report.value = ""
        with _written(self.files, self.pasted.value) as (article, comments):
            try:
                split = self._lines() if self.split.layout.display == "" else None
                texts = read_thread(article, comments, split=split, quiet=True)
                if comments is None and texts.attrs["report"].get("offered"):
                    texts = read_thread(article, IN_PAGE, split=split, quiet=True)
            except _DOCUMENTED as error:
                folder = str(Path(article).parent)
                raise ValueError(str(error).replace(f"{folder}/", "").replace(f"{folder}\\", "")) from error
        self.texts = texts
        summary = import_summary(texts)
        self.log.value = folded("What was read, kept and left out", summary).replace("<details>", "<details open>")
        self._offer_lines(summary)
        self.write.disabled = False
        comments_read = int(texts["kind"].eq("comment").sum())
        say(self.line, f"Read one article and {comments_read:,} comments. Check the list below, then write the report.")

    def _offer_lines(self, summary: str) -> None:
        """Show the lines assigned to each part of a pasted page, so that they can be corrected."""
        found = re.findall(r"Lines? (\d+)(?:-(\d+))? (article|solicitation|comments):", summary)
        if not found or self.split.layout.display == "":
            return
        for name, box in self.lines.items():
            runs = [(int(start), int(end or start)) for start, end, kind in found if kind == name]
            box.value = f"{min(runs)[0]}-{max(end for _, end in runs)}" if runs else ""
        self.split.layout.display = ""

    def _lines(self) -> dict[str, str | tuple[int, int]]:
        return {name: box.value.strip() for name, box in self.lines.items() if box.value.strip()}

    def _write(self) -> None:
        say(self.line, "Measuring ...")
        page = report_html(self.texts)
        coded = base64.b64encode(page.encode("utf-8", "replace")).decode("ascii")
        link = f'<a class="btl-download" download="{REPORT}" href="data:text/html;base64,{coded}">Save the report</a>'
        frame = (
            f'<iframe sandbox="" title="The report" style="width:100%;height:70vh;border:1px solid #ccc" '
            f'srcdoc="{attribute(page)}"></iframe>'
        )
        self.report.value = f'<div class="{NO_MATHS}"><p>{link}</p>{frame}</div>'
        say(self.line, "The report is below. Save it with the link above it.")


def _upload(words: str) -> widgets.FileUpload:
    return widgets.FileUpload(multiple=False, description=escaped(words), layout={"width": "auto"})


@contextmanager
def _written(files: dict[str, widgets.FileUpload], pasted: str) -> Iterator[tuple[str, str | None]]:
    """Write the input to a temporary folder, and yield the paths of article and comments."""
    with tempfile.TemporaryDirectory(prefix="below-the-line-") as folder:
        paths: list[str | None] = []
        for number, upload in enumerate(files.values()):
            path = None
            for given in upload.value[:1]:
                place = Path(folder, str(number))
                place.mkdir()
                path = place / (
                    re.sub(r"[^\w. -]", "_", str(given["name"]).replace("\\", "/").rpartition("/")[2]) or "file"
                )
                path.write_bytes(bytes(given["content"]))
            paths.append(str(path) if path else None)
        article, comments = paths
        if article is None and pasted.strip():
            place = Path(folder, "pasted page.txt")
            place.write_text(pasted, encoding="utf-8", errors="replace")
            article = str(place)
        if article is None:
            raise ValueError("There is no article yet. Choose its file, or paste the page as text, then press Read.")
        yield article, comments
