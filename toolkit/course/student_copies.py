"""Copies of the notebooks without their solutions, to hand out to learners."""

from __future__ import annotations

import copy
import pathlib
import re
from typing import TYPE_CHECKING, Final

from .._files import make_folder, write_atomic
from .._packaging import data_folder, optional

if TYPE_CHECKING:
    from nbformat import NotebookNode

SOLUTION: Final = "solution"  # tag of a cell with a solution
_GUESS: Final = "Your guess first"  # opens a paragraph: the results below it are to be guessed
_ELSEWHERE: Final = re.compile(r"\[([^\[\]]+)\]\((?:teaching/|\.\./)[^()]*\)")  # links that do not work in a copy
_CORPUS_LINE: Final = re.compile(r'^CORPUS = "[a-z0-9-]+"$', re.MULTILINE)
_OFFER: Final = re.compile(r"(?<!\n)\n*^\*\*Choose a text\.\*\*.*$", re.MULTILINE)  # a paragraph on one line


def student_copies(
    folder: str | pathlib.Path,
    *,
    outputs: bool = False,
    corpus: str | None = None,
    notebooks: str | pathlib.Path | None = None,
) -> list[pathlib.Path]:
    """Write copies of the notebooks without the cells tagged `solution`, and return their paths in order.

    The originals are all notebooks in the folder `notebooks`, by default those that come with the toolkit; they are
    never changed. `outputs` keeps the results, except those that learners are asked to guess first. `corpus` is what
    the copies open on, such as "library-hours", by default that of the originals; the copies then leave out results on
    another corpus and paragraphs that begin with "Choose a text."

    Raises
    ------
    ValueError
        If `folder` is the folder of the originals, or there is no corpus of that name.
    FileNotFoundError
        If there is no notebook in `notebooks`.
    FileExistsError
        If a notebook in `folder` differs from the copy to be written there: it holds someone's work.
    """
    with optional("lab", "Student copies"):
        import nbformat

    from ..corpora.load import load_corpus

    if corpus is not None:
        load_corpus(corpus)  # the error for an unknown name lists the corpora
    target, originals = pathlib.Path(folder), pathlib.Path(notebooks or data_folder("notebooks"))
    if target.resolve() == originals.resolve():
        raise ValueError(f"The original notebooks are in {target}. Name another folder for the copies: -o student")
    paths = [path.relative_to(originals) for path in sorted(originals.rglob("*.ipynb"))]
    paths = [path for path in paths if not any(part.startswith(".") for part in path.parts)]  # .ipynb_checkpoints
    if not paths:
        raise FileNotFoundError(f"There is no notebook in {originals}. Name the folder of the notebooks.")
    copies = {}
    for path in paths:
        notebook = nbformat.read(originals / path, as_version=4)
        changed = corpus is not None and _open_on(notebook, corpus)
        notebook = without_solutions(notebook, outputs=outputs and not changed)
        copies[target / path] = nbformat.writes(notebook).rstrip("\n") + "\n"
    worked = [path for path, text in copies.items() if path.exists() and path.read_bytes() != text.encode()]
    if worked:
        raise FileExistsError(
            f"{len(worked)} notebook{'s' * (len(worked) != 1)} in {target} may hold a learner's work, "
            f"{worked[0].name}{' among them' * (len(worked) != 1)}. Nothing was written. Name another folder, or move "
            "those notebooks away first."
        )
    for path, text in copies.items():
        make_folder(path.parent)
        write_atomic(path, text.encode())
    return list(copies)


def _open_on(notebook: NotebookNode, corpus: str) -> bool:
    """Change the corpus in the line that names it, drop the invitation to choose, and return whether it changed."""
    changed = False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            before, cell.source = cell.source, _CORPUS_LINE.sub(f'CORPUS = "{corpus}"', cell.source)
            changed |= before != cell.source
        else:
            cell.source = _OFFER.sub("", cell.source)
    notebook.cells = [cell for cell in notebook.cells if cell.source.strip()]
    return changed


def without_solutions(notebook: NotebookNode, *, outputs: bool = False) -> NotebookNode:
    """Return a copy of a notebook without its solutions, and without its outputs or those to be guessed first."""
    with optional("lab", "Student copies"):
        from nbconvert.preprocessors import TagRemovePreprocessor

    kept, _ = TagRemovePreprocessor(remove_cell_tags={SOLUTION}).preprocess(copy.deepcopy(notebook), {})
    guess = False
    for cell in kept.cells:
        if cell.cell_type == "markdown":
            cell.source = _ELSEWHERE.sub(r"\1", cell.source)
        guess = _GUESS in cell.source if cell.cell_type == "markdown" else guess
        if cell.cell_type == "code" and (guess or not outputs):
            cell.outputs, cell.execution_count = [], None
    return kept
