"""Every figure can be made again, and whether it is the published one is told by its data."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from toolkit._packaging import data_folder
from toolkit.reports.reproduce_figures import rebuild_figures, stored_figures

BARS = """\
import matplotlib.pyplot as plt
from toolkit import show
figure, axes = plt.subplots()
axes.bar([0, 1], [HEIGHTS])
show(figure, alt="Two bars.", name="two-bars")"""


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """A folder with one notebook that was stored with bars of 1 and 2."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write(folder, "1, 2")
    rebuilt = run_and_store(folder)
    assert rebuilt
    return folder


def write(folder: Path, heights: str) -> None:
    cell = nbformat.v4.new_code_cell(BARS.replace("HEIGHTS", heights), id="bars")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "bars.ipynb")


def run_and_store(folder: Path) -> bool:
    from toolkit.reports.run_notebooks import run_notebook

    notebook = run_notebook(folder / "bars.ipynb")
    nbformat.write(notebook, folder / "bars.ipynb")
    return bool(notebook.cells[0].outputs)


def change_the_code(folder: Path, heights: str) -> None:
    """As when the data or the code change after the notebook was stored."""
    notebook = nbformat.read(folder / "bars.ipynb", 4)
    notebook.cells[0].source = BARS.replace("HEIGHTS", heights)
    nbformat.write(notebook, folder / "bars.ipynb")


def test_a_figure_that_is_made_again_has_the_data_of_the_stored_one(notebooks: Path, tmp_path: Path) -> None:
    (row,) = rebuild_figures(tmp_path / "out", notebooks=notebooks).to_dict(orient="records")
    assert (row["name"], row["notebook"], row["same"]) == ("two-bars", "bars.ipynb", True)
    assert row["sha256"] == row["stored"]


def test_other_bars_are_found(notebooks: Path, tmp_path: Path) -> None:
    change_the_code(notebooks, "1, 3")
    (row,) = rebuild_figures(tmp_path / "out", notebooks=notebooks).to_dict(orient="records")
    assert row["same"] is False
    assert row["sha256"] != row["stored"]


def test_a_figure_is_written_as_svg_png_and_text_whose_hash_stands_in_the_manifest(
    notebooks: Path, tmp_path: Path
) -> None:
    rebuild_figures(tmp_path / "out", notebooks=notebooks)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "manifest.json",
        "two-bars.png",
        "two-bars.svg",
        "two-bars.txt",
    ]
    assert (tmp_path / "out/two-bars.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert "Two bars." in (tmp_path / "out/two-bars.svg").read_text(encoding="utf-8")
    text = (tmp_path / "out/two-bars.txt").read_text(encoding="utf-8").removesuffix("\n")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert manifest["figures"]["two-bars"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert "matplotlib" in manifest["packages"]


def test_the_same_figure_gives_the_same_bytes(notebooks: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        rebuild_figures(tmp_path / name, notebooks=notebooks)
    for file in ("two-bars.svg", "two-bars.png", "two-bars.txt", "manifest.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_an_unknown_name_is_refused_and_the_known_ones_are_told(notebooks: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"No figure is named three-bars\. There are: two-bars\."):
        rebuild_figures(tmp_path / "out", ["three-bars"], notebooks=notebooks)


def test_one_name_for_two_figures_is_refused(notebooks: Path) -> None:
    shutil.copy(notebooks / "bars.ipynb", notebooks / "more-bars.ipynb")
    with pytest.raises(ValueError, match="Two figures are named two-bars"):
        stored_figures(notebooks=notebooks)


def test_every_figure_of_the_course_has_a_name_of_its_own() -> None:
    named = stored_figures()
    shown = sum(
        'src=\\"data:image/png' in line
        for path in data_folder("notebooks").glob("*.ipynb")
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    assert named.name.is_unique
    assert len(named) == shown > 0
    assert all(re.fullmatch("[0-9a-f]{64}", sha) for sha in named.sha256)
