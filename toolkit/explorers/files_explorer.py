"""explore_files: drop in an article and its comments, check what was read, and get the report."""

import sys
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..reports.from_files import FilesToReport
from .html_panel import LivePanel, Summarised

_HERE = Path(__file__).parent
_IN_A_BROWSER = "Nothing leaves this computer: Python reads the files inside this page."
_PRIVATE = (
    "The program behind this page reads your files and deletes its copy at once. "
    "In JupyterLab it runs on your computer, in a class on the teacher's. Nothing is sent anywhere else."
)


class FilesPanel(Summarised, anywidget.AnyWidget):
    """Panel of `explore_files`: passes the user's steps to `FilesToReport` and shows the results."""

    _esm = _HERE / "files.js"
    _css = f"{LivePanel._css}\n{(_HERE / 'files.css').read_text(encoding='utf-8')}"
    summary = "explore_files: an article and its comments, what was read, the report"
    private = traitlets.Unicode(_IN_A_BROWSER if sys.platform == "emscripten" else _PRIVATE).tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        self.steps = FilesToReport()
        super().__init__()
        self.on_msg(lambda _, asked, buffers: self.act(asked, b"".join(bytes(each) for each in buffers)))

    def act(self, asked: dict[str, Any], content: bytes = b"") -> None:
        """Carry out a step and show the result, even if it is the same as before."""
        if done := self.steps.act(asked, content):
            self.shown = {**self.shown, **done, "turn": self.shown.get("turn", 0) + 1}


def explore_files() -> FilesPanel:
    """Drop in an article and its comments, check what was read, and get the report, all without code.

    "Read" reads two files, or a page pasted as text, as `read_thread` does, and lists what was kept and left out. For
    a pasted page, you can correct which lines are article, solicitation and comments. "Write the report" shows
    the page from `write_report` and offers it for download. If something goes wrong, a message appears and your input
    is kept.

    Returns
    -------
    FilesPanel
        A widget for JupyterLab or Voila, shown as the last line of a cell. `panel.steps.texts` is the table that was
        read, ready for `measure`.

    Notes
    -----
    The files are written to a temporary folder, read and deleted at once; commenters are pseudonymised on reading.
    Nothing is loaded from the network.
    """
    return FilesPanel()
