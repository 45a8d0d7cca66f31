"""Rebuild the notebooks' figures, with a manifest that shows whether their data match the published ones."""

from __future__ import annotations

import gzip
import hashlib
import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from .._files import make_folder, write_atomic
from .._packaging import data_folder, optional
from .._tables import suggestion
from .._versions import versions
from .run_notebooks import figures_of, run_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

_NAMED = re.compile(r"\[([a-z0-9][a-z0-9-]{0,63})\]\n")


def stored_figures(*, notebooks: pathlib.Path | None = None) -> pd.DataFrame:
    """List the named figures that the notebooks hold: name, notebook (file name), sha256 (of the text description).

    The description has the content of the figure in words and numbers, not pixels, which differ with fonts.
    Raises ValueError if two figures have the same name.
    """
    with optional("lab", "Notebooks"):
        import nbformat
    notebooks = notebooks or data_folder("notebooks")
    rows = [
        (name, path.name, _sha256(description))
        for path in sorted(notebooks.glob("*.ipynb"))
        for name, description, *_ in _named(nbformat.read(path, 4))
    ]
    table = pd.DataFrame(rows, columns=["name", "notebook", "sha256"], dtype="string")
    if table.name.duplicated().any():
        twice = sorted(set(table.name[table.name.duplicated()]))
        raise ValueError(f"Two figures are named {', '.join(twice)}. Give each its own: show(figure, name=...).")
    return table


def _named(notebook: NotebookNode) -> Iterator[tuple[str, str, bytes, bytes]]:
    for png, svg, description in figures_of(notebook):
        if found := _NAMED.match(description):
            yield found[1], description, png, svg


def rebuild_figures(
    output: str | pathlib.Path,
    names: Iterable[str] = (),
    *,
    notebooks: pathlib.Path | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Run the notebooks and rebuild their figures, each as SVG, PNG and text description, with `manifest.json`.

    `names` are those of `stored_figures`, by default all; only their notebooks are run. The table has one row per
    figure: name, notebook, sha256 (of the new text description), stored (the sha256 in the notebook), same (True if
    both are equal: the figure's data are the published ones).
    """
    from tqdm.auto import tqdm

    notebooks = notebooks or data_folder("notebooks")
    wanted, names = stored_figures(notebooks=notebooks), set(names)
    if strangers := sorted(names - set(wanted.name)):
        raise ValueError(f"No figure is named {strangers[0]!r}. {suggestion(strangers[0], wanted.name)}")
    table = wanted[wanted.name.isin(names or wanted.name)].reset_index(drop=True).rename(columns={"sha256": "stored"})
    folder = pathlib.Path(output)
    make_folder(folder)
    made: dict[str, str] = {}
    for notebook in tqdm(table.notebook.unique().tolist(), disable=not progress, unit="notebook"):
        for name, description, png, svg in _named(run_notebook(notebooks / notebook)):
            if name in set(table.name):
                made[name] = _sha256(description)
                files = {"svg": gzip.decompress(svg), "png": png, "txt": f"{description}\n".encode()}
                for ending, content in files.items():
                    write_atomic(folder / f"{name}.{ending}", content)
    table.insert(2, "sha256", table.name.map(made).astype("string"))
    table["same"] = table.sha256.eq(table.stored).fillna(False).astype(bool)
    figures = table.set_index("name").to_dict(orient="index")
    manifest = json.dumps({"packages": versions("matplotlib"), "figures": figures}, indent=2, ensure_ascii=False)
    write_atomic(folder / "manifest.json", f"{manifest}\n".encode())
    return table


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
