"""A changed number, bar, label or colour in a stored notebook is caught: its cell fails, and no other."""

import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import nbformat
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
IN_THE_GATE = (NOTEBOOKS[1], 0)  # it has figures of every kind; the long checks change all notebooks
# What may change: the last digit of a number, the last digit of a colour, a letter of a label. In a bar, it is a
# number in one of the lines of a text description that say what is drawn.
KINDS = {
    "number": re.compile(r"(?<![\w.#])(?:\d+\.)?\d*(\d)"),
    "bar": re.compile(
        r"^ *(?:bar x|line x|points x|area|.* at \[|PathCollection).*?(?<![\w.#])\d*(\d)\b", re.MULTILINE
    ),
    "colour": re.compile(r"#[0-9a-f]{5}([0-9a-f])"),
    "label": re.compile(r"'[^'\n]*?([a-z])[^'\n]*'"),
}


def plain_text(output: Any) -> str:
    return output.get("text", "") or output.get("data", {}).get("text/plain", "")


def mutate(notebook: Any, turn: int) -> dict[int, str]:
    """Alter one character in each code cell that shows something; return the kind of each change by its cell."""
    kinds: dict[int, str] = {}
    dice = random.Random(f"{notebook.cells[0].source}{turn}")
    for place, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        output = next((each for each in cell.outputs if plain_text(each)), None)
        if output is None or "NBVAL_IGNORE_OUTPUT" in cell.source:
            continue
        is_figure = "data:image/png" in output.get("data", {}).get("text/html", "")
        kind = ["bar", "label", "colour"][(turn + len(kinds)) % 3] if is_figure else "number"
        text = plain_text(output)
        if found := list(KINDS[kind].finditer(text)):
            at = dice.choice(found).start(1)
            other = {"0": "1", "a": "b"}.get(text[at], "0" if text[at].isdigit() else "a")
            where, key = (output, "text") if "text" in output else (output.data, "text/plain")
            where[key] = text[:at] + other + text[at + 1 :]
            kinds[place] = kind
    return kinds


def failed_cells(notebook: Path, folder: Path) -> set[int]:
    """Run nbval as the gate does and give back which code cells failed."""
    report, settings = folder / "report.xml", folder / "none.ini"
    settings.write_text("[pytest]\n", encoding="utf-8")
    strict = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(CHECKOUT / "tests" / "nbval.cfg")]
    command = [sys.executable, "-m", "pytest", *strict, "-q", "-p", "no:cacheprovider", "-p", "helpers.lean_imports"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "tests")]), "PYTHONUTF8": "1"}
    command += [f"--junitxml={report}", f"--rootdir={folder}", "-c", str(settings), str(notebook)]
    subprocess.run(command, cwd=folder, capture_output=True, check=False, env=env)
    cases = ET.parse(report).getroot().iter("testcase")
    return {int(case.get("name", "").removeprefix("Cell ")) for case in cases if len(case)}


@pytest.mark.parametrize(
    ("path", "turn"),
    [
        pytest.param(path, turn, id=f"{path.stem[:2]}-{turn}", marks=[pytest.mark.full] * ((path, turn) != IN_THE_GATE))
        for path in NOTEBOOKS
        for turn in range(3)
    ],
)
def test_each_change_of_a_stored_output_makes_its_cell_fail_and_no_other(path: Path, turn: int, tmp_path: Path) -> None:
    notebook = nbformat.read(path, 4)
    kinds = mutate(notebook, turn)
    nbformat.write(notebook, tmp_path / path.name)
    assert failed_cells(tmp_path / path.name, tmp_path) == set(kinds)
    if (path, turn) == IN_THE_GATE:
        assert set(kinds.values()) == set(KINDS)
