"""Copies of the notebooks without their solutions, to hand out to learners."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS: Final = pathlib.Path(__file__).resolve().parents[2] / "notebooks"
SOLUTION: Final = "solution"  # the tag of a cell that holds one


def student_copies(
    folder: str | pathlib.Path, *, outputs: bool = True, notebooks: str | pathlib.Path = NOTEBOOKS
) -> list[pathlib.Path]:
    """Write copies of the notebooks without the cells tagged `solution`; give back their paths, in order.

    Parameters
    ----------
    folder
        Where to; made where it is missing. A copy of an earlier day is written over, another file is left alone.
    outputs
        False: without results too, so that nobody reads them before the prediction.
    notebooks
        The folder with the originals and its sub-folders; by default the checkout's. They are never changed.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    ValueError
        If `folder` is the folder of the originals.
    FileNotFoundError
        If there is no notebook in `notebooks`.
    """
    import nbformat

    target, originals = pathlib.Path(folder), pathlib.Path(notebooks)
    if target.resolve() == originals.resolve():
        raise ValueError(f"The originals stand in {target}. Name another folder for the copies: -o student")
    paths = sorted(path.relative_to(originals) for path in originals.rglob("*.ipynb") if not _is_hidden(path))
    if not paths:
        raise FileNotFoundError(f"There is no notebook in {originals}. Work inside a checkout of the project.")
    for path in paths:
        copy = without_solutions(nbformat.read(originals / path, as_version=4), outputs=outputs)
        text = nbformat.writes(copy).rstrip("\n") + "\n"
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8", newline="\n")
    return [target / path for path in paths]


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
