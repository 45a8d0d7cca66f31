"""FilesToReport: from files or pasted text to a summary of what was read, and the report."""

import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from .._html import NO_MATHS, escaped
from .._limits import LARGEST_FILE
from ..figures.formatting import counted
from ..importers.read_thread import IN_PAGE, import_summary, read_thread
from .write_report import report_html

# Errors caused by input, whose messages include the next step.
_DOCUMENTED = (ValueError, TypeError, OSError, ImportError)
# Advice for Python in messages, and what to do on the page instead.
_ON_THE_PAGE = {
    re.compile(r" In Python, exact_times=True keeps them\."): "",
    re.compile(r"Give it second: read_thread\(article, comments\)"): "Put it in the second box",
    re.compile(r"To read them, pass comments='page'"): "To read them, leave the second box empty",
    re.compile(r"give the lines yourself: split=\{[^{}]*\}"): "change the line numbers and read again",
    re.compile(r"give the article alone as text, with format='plain text'"): "paste the article alone",
    re.compile(r"If it is UTF-16 without a BOM, pass encoding='[^']*'"): "Save it as UTF-8",
    re.compile(r", or name its encoding, such as encoding='[^']*'"): "",
    re.compile(r"\bsplit= has"): "A field has",
    re.compile(r"\bsplit= assigns"): "The fields assign",
}
_COLUMNS = re.compile(r"(Say which is which with|Name the fields:|name it:) columns=\{([^{}]*)\}")


class FilesToReport:
    """The steps of `explore_files`, and of the equivalent page of the browser site, without widgets.

    `act` carries out one step and returns what changes on the page: `said` (a message), `listed` (HTML of escaped
    text: what was read, kept and left out), `lines` (for a pasted page, the lines of each part, to be corrected),
    `report` (a whole HTML page), `ready` (whether a report can be written). An error is a message, and keeps the input.
    """

    def __init__(self) -> None:
        self.texts: pd.DataFrame | None = None
        self._files: dict[str, tuple[str, bytearray]] = {}

    def act(self, asked: Mapping[str, Any], content: bytes = b"") -> dict[str, Any]:
        """Carry out the step `asked`: "file", "read" or "report", by its key `do`.

        "file" takes a piece of a file (`content`): its `part`, "article" or "comments", its `name`, and `at`, where
        the piece begins. "read" takes `parts` (those that have a file), `pasted`, and `lines` of a pasted page by part.
        """
        if asked["do"] == "file":
            kept = self._files[asked["part"]][1] if asked["at"] else bytearray()
            kept += content
            del kept[LARGEST_FILE + 1 :]  # keeps one byte too many, so that reading refuses it
            self._files[asked["part"]] = asked["name"], kept
            return {}
        try:
            if asked["do"] == "read":
                return self._read(**asked)
            if self.texts is None:
                raise ValueError("There is nothing to report on yet. Read an article first.")
            return {"said": "The report is below. Save it to keep it.", "report": report_html(self.texts)}
        except _DOCUMENTED as error:
            return {"said": str(error) or type(error).__name__}

    def _read(self, *, parts: list[str], pasted: str, lines: dict[str, str], **_: object) -> dict[str, Any]:
        self.texts = None
        split: dict[str, Any] = {part: given.strip() for part, given in lines.items() if given.strip()}
        files = {part: self._files[part] for part in parts}
        with _written(files, pasted) as (article, comments), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # shown in the summary
            try:
                texts = read_thread(article, comments, split=split or None, quiet=True)
                if comments is None and texts.attrs["report"].get("offered"):
                    texts = read_thread(article, IN_PAGE, split=split or None, quiet=True)
            except _DOCUMENTED as error:
                folder = str(Path(article).parents[1])
                said = re.sub(rf"{re.escape(folder)}[\\/]\w+[\\/]", "", str(error)) or type(error).__name__
                return {"said": on_the_page(said), "listed": "", "report": "", "ready": False}
        texts.attrs["report"] = on_the_page(texts.attrs["report"])
        self.texts, summary = texts, import_summary(texts)
        kept, found = int(texts["kind"].eq("comment").sum()), lines or _proposed(summary)
        ask = " If a line number is wrong, correct it and read again." if found else ""
        return {
            "said": f"Read one article and {counted(kept, 'comment')}. Check the list, then write the report.{ask}",
            "listed": f'<pre class="{NO_MATHS}" tabindex="0">{escaped(summary)}</pre>',
            "lines": found,
            "report": "",
            "ready": True,
        }


def on_the_page(said: Any) -> Any:
    """Replace Python in a message, or in each message of an import report, by advice for the page."""
    if isinstance(said, dict):
        return {name: on_the_page(each) for name, each in said.items()}
    if isinstance(said, list):
        return [on_the_page(each) for each in said]
    if not isinstance(said, str):
        return said
    for python, page in _ON_THE_PAGE.items():
        said = python.sub(page, said)
    return _COLUMNS.sub(_renamed, said)


def _renamed(found: re.Match[str]) -> str:
    names = re.findall(r"'(\w+)': '([^']*)'", found[2])
    known = [f"“{name}” to “{part}”" for part, name in names if name != "..."]
    verb = "rename" if found[1].islower() else "Rename"
    stop = "." * (found.end() == len(found.string))
    return f"{verb} {' and '.join(known) or f'it to “{names[0][0]}”'} in the file{stop}"


def _proposed(summary: str) -> dict[str, str]:
    """Return the lines of each part of a pasted page, as the summary names them; empty for other files."""
    found = re.findall(r"Lines? (\d+)(?:-(\d+))? (article|solicitation|comments):", summary)
    runs: dict[str, list[int]] = {part: [] for part in ("article", "solicitation", "comments") if found}
    for start, end, part in found:
        runs[part] += [int(start), int(end or start)]
    return {part: f"{min(places)}-{max(places)}" if places else "" for part, places in runs.items()}


@contextmanager
def _written(files: Mapping[str, tuple[str, bytearray]], pasted: str) -> Iterator[tuple[str, str | None]]:
    """Write the input to a temporary folder, and yield the paths of article and comments."""
    if "article" not in files and not pasted.strip():
        raise ValueError("There is no article yet. Choose its file, or paste the page as text, then press Read.")
    page = ("pasted page.txt", bytearray(pasted, "utf-8", "replace"))
    paths = {}
    with tempfile.TemporaryDirectory(prefix="below-the-line-") as folder:
        for part, (name, content) in ({"article": page} | dict(files)).items():
            plain = re.sub(r"[^\w. -]", "_", re.split(r"[\\/]", name)[-1]).strip(".") or "file"
            paths[part] = Path(folder, part, plain)
            paths[part].parent.mkdir()
            paths[part].write_bytes(content)
        yield str(paths["article"]), str(paths["comments"]) if "comments" in paths else None
