"""Run a notebook in memory, and take the figures out of one."""

from __future__ import annotations

import base64
import os
import pathlib
import re
import tempfile
from typing import TYPE_CHECKING

from .._packaging import PACKAGE, optional

if TYPE_CHECKING:
    from nbformat import NotebookNode


def run_notebook(path: pathlib.Path, *, first: str = "") -> NotebookNode:
    """Run a notebook in its own folder and return it with its outputs; the file is not changed.

    `first` is code that runs before the first cell and is not part of the result. RuntimeError if a cell fails.
    """
    with optional("lab", "Notebooks"):
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, 4)
    notebook.cells[:0] = [nbformat.v4.new_code_cell(first)] if first else []
    paths = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    with tempfile.TemporaryDirectory() as home:
        settings = {"IPYTHONDIR": home, "PYTHONPATH": paths, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        client = NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=["--log-level=ERROR"],
        )
        try:
            client.execute(env={**os.environ, **settings})
        except CellExecutionError as error:
            raise RuntimeError(f"{path.name} stops with {error.ename}: {error.evalue}") from error
    del notebook.cells[: bool(first)]
    return notebook


def figures_of(notebook: NotebookNode) -> list[tuple[bytes, str]]:
    """Return the figures of a notebook, each as a picture (PNG) and a text description."""
    found = []
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        data = output.get("data", {})
        if picture := re.search(r"data:image/png;base64,([A-Za-z0-9+/=]+)", data.get("text/html", "")):
            found.append((base64.b64decode(picture[1]), data.get("text/plain", "")))
    return found
