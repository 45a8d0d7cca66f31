"""Run a notebook in memory, and extract its figures."""

from __future__ import annotations

import base64
import os
import pathlib
import re
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .._packaging import PACKAGE, optional

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
_SVG = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


def run_notebook(path: pathlib.Path) -> NotebookNode:
    """Run a notebook in its own folder and return it with its outputs; RuntimeError if a cell fails.

    The file is not changed.
    """
    with optional("lab", "Notebooks"):
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, 4)
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
    return notebook


def figures_of(notebook: NotebookNode) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield the figures of a notebook, each as PNG, as SVG (zipped), and as a text description."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        html, description = (output.get("data", {}).get(f"text/{kind}", "") for kind in ("html", "plain"))
        png, svg = (base64.b64decode(found[1]) if (found := data.search(html)) else b"" for data in (_PNG, _SVG))
        if png:
            yield png, svg, description
