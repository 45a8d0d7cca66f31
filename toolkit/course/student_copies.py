"""Copies of the notebooks without their solutions, to hand out to learners."""

from __future__ import annotations

import pathlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS: Final = pathlib.Path(__file__).resolve().parents[2] / "notebooks"
_NAMED: Final = re.compile(r'^CORPUS = "[a-z0-9-]+"$', re.MULTILINE)
SOLUTION: Final = "solution"  # the tag of a cell that holds one


def student_copies(
    folder: str | pathlib.Path,
    *,
    outputs: bool = True,
    corpus: str | None = None,
    notebooks: str | pathlib.Path = NOTEBOOKS,
) -> list[pathlib.Path]:
    """Write copies of the notebooks without the cells tagged `solution`; give back their paths, in order.

    Parameters
    ----------
    folder
        Where to; made where it is missing. A copy of an earlier day is written over, another file is left alone.
    outputs
        False: without results too, so that nobody reads them before the prediction.
    corpus
        The corpus on which the copies open, such as "library-hours"; by default that of the originals. Results of
        another corpus are left out of the copies.
    notebooks
        The folder with the originals and its sub-folders; by default the checkout's. They are never changed.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    ValueError
        If `folder` is the folder of the originals, or there is no corpus of that name.
    FileNotFoundError
        If there is no notebook in `notebooks`.
    """
    import nbformat

    from ..corpora.load import load_corpus

    if corpus is not None:
        load_corpus(corpus)  # says which there are, if it is none of them
    target, originals = pathlib.Path(folder), pathlib.Path(notebooks)
    if target.resolve() == originals.resolve():
        raise ValueError(f"The originals stand in {target}. Name another folder for the copies: -o student")
    paths = sorted(path.relative_to(originals) for path in originals.rglob("*.ipynb") if not _is_hidden(path))
    if not paths:
        raise FileNotFoundError(f"There is no notebook in {originals}. Work inside a checkout of the project.")
    for path in paths:
        copy = nbformat.read(originals / path, as_version=4)
        changed = corpus is not None and _open_on(copy, corpus)
        copy = without_solutions(copy, outputs=outputs and not changed)
        text = nbformat.writes(copy).rstrip("\n") + "\n"
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8", newline="\n")
    return [target / path for path in paths]


def _open_on(notebook: NotebookNode, corpus: str) -> bool:
    """Write another corpus into the line that names it; say whether that changed the notebook."""
    before = [cell.source for cell in notebook.cells]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = _NAMED.sub(f'CORPUS = "{corpus}"', cell.source)
    return before != [cell.source for cell in notebook.cells]


def _is_hidden(path: pathlib.Path) -> bool:
    """Whether it lies in a folder such as .ipynb_checkpoints."""
    return any(part.startswith(".") for part in path.parts[-2:])


def without_solutions(notebook: NotebookNode, *, outputs: bool = True) -> NotebookNode:
    """Return a copy of a notebook without its solutions and, if asked, without outputs and execution counts."""
    import nbformat

    copy = nbformat.from_dict(notebook)
    copy.cells = [cell for cell in copy.cells if SOLUTION not in cell.metadata.get("tags", [])]
    if not outputs:
        for cell in copy.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
    return copy
