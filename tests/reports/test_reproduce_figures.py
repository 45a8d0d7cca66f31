"""Every figure can be made again, and its data show whether it is the published one."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from toolkit._packaging import data_folder
from toolkit.reports.reproduce_figures import rebuild_figures, stored_figures
from toolkit.reports.run_notebooks import run_notebook

BARS = """\
import matplotlib.pyplot as plt
from toolkit import show
figure, axes = plt.subplots()
axes.bar([0, 1], [1, 2])
show(figure, alt="Two bars.", name="two-bars")"""


FILES = ["manifest.json", "two-bars.png", "two-bars.svg", "two-bars.txt"]


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one notebook that was stored with bars of 1 and 2."""
    folder = tmp_path_factory.mktemp("notebooks")
    cell = nbformat.v4.new_code_cell(BARS, id="bars")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "bars.ipynb")
    nbformat.write(run_notebook(folder / "bars.ipynb"), folder / "bars.ipynb")
    return folder


def test_a_redrawn_figure_has_the_same_bytes_and_different_bars_are_detected(notebooks: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    other = nbformat.read(notebooks / "bars.ipynb", 4)
    shown = other.cells[0].outputs[0].data
    shown["text/plain"] = shown["text/plain"].replace("height 2", "height 3")  # as when the data have changed since
    nbformat.write(other, tmp_path / "bars.ipynb")
    for folder, stored, same in ((first, notebooks, True), (second, tmp_path, False)):
        (row,) = rebuild_figures(folder, notebooks=stored).to_dict(orient="records")
        assert (row["name"], row["notebook"], row["same"]) == ("two-bars", "bars.ipynb", same)
        assert (row["sha256"] == row["stored"]) is same
        assert sorted(path.name for path in folder.iterdir()) == FILES
    assert [file for file in FILES[1:] if (first / file).read_bytes() != (second / file).read_bytes()] == []
    assert (first / "two-bars.png").read_bytes().startswith(b"\x89PNG\r\n")
    assert "Two bars." in (first / "two-bars.svg").read_text(encoding="utf-8")
    text = (first / "two-bars.txt").read_text(encoding="utf-8").removesuffix("\n")
    manifest = json.loads((first / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["figures"]["two-bars"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert "matplotlib" in manifest["packages"]


def test_an_unknown_name_and_one_name_for_two_figures_are_refused(notebooks: Path, tmp_path: Path) -> None:
    for name, next_step in (("three-bars", r"Did you mean two-bars\?"), ("pie", r"There are: two-bars\.")):
        with pytest.raises(ValueError, match=f"No figure is named '{name}'. {next_step}"):
            rebuild_figures(tmp_path / "out", [name], notebooks=notebooks)
    for name in ("bars.ipynb", "more-bars.ipynb"):
        shutil.copy(notebooks / "bars.ipynb", tmp_path / name)
    with pytest.raises(ValueError, match="Two figures are named two-bars"):
        stored_figures(notebooks=tmp_path)


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


def test_a_failing_cell_is_reported_with_its_error_in_one_line(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell("int('two')", id="fails")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "two.ipynb")
    with pytest.raises(RuntimeError, match=r"^two\.ipynb stops with ValueError: invalid literal .*'two'$"):
        run_notebook(tmp_path / "two.ipynb")
