"""A changed number, bar, label or colour in a stored notebook is caught: each mutant must make its cell fail."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
IN_THE_GATE = (NOTEBOOKS[1], 0)  # it has figures of every kind; the long checks change all ten notebooks
DRAWN = re.compile(r"(?:bar x|line x|points x|area|at \[|PathCollection)")
NUMBER = re.compile(r"(?<![\w.#])\d+(?:\.\d+)?")
COLOUR = re.compile(r"#[0-9a-f]{6}")
QUOTED = re.compile(r"'[^'\n]*[a-z][^'\n]*'")


@dataclass(frozen=True)
class Mutant:
    """One stored output that was altered: in which code cell (counted from 0), what kind, and what became what."""

    cell: int
    kind: str
    before: str
    after: str


def other_digit(found: str) -> str:
    """The number with its last digit changed: the smallest change that a reader could see."""
    return found[:-1] + str((int(found[-1]) + 1) % 10)


def other_colour(found: str) -> str:
    return found[:-1] + ("0" if found[-1] != "0" else "1")


def other_letter(found: str) -> str:
    place = next(i for i, letter in enumerate(found) if letter.islower())
    return found[:place] + ("b" if found[place] == "a" else "a") + found[place + 1 :]


def numbers(text: str) -> list[re.Match[str]]:
    return list(NUMBER.finditer(text))


def drawn_numbers(text: str) -> list[re.Match[str]]:
    """The numbers in those lines of a text description that say what is drawn."""
    lines = [found.span() for found in re.finditer(r"^.*$", text, re.MULTILINE) if DRAWN.search(found[0])]
    return [found for found in numbers(text) if any(start <= found.start() < end for start, end in lines)]


KINDS: dict[str, tuple[Callable[[str], list[re.Match[str]]], Callable[[str], str]]] = {
    "bar": (drawn_numbers, other_digit),
    "label": (lambda text: list(QUOTED.finditer(text)), other_letter),
    "colour": (lambda text: list(COLOUR.finditer(text)), other_colour),
    "number": (numbers, other_digit),
}


def mutate(notebook: Any, dice: random.Random, turn: int) -> list[Mutant]:
    """Alter one place in each code cell that shows something; kinds take turns over the figures."""
    mutants: list[Mutant] = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for place, cell in enumerate(code):
        output = next((each for each in cell.outputs if plain_text(each)), None)
        if output is None or "NBVAL_IGNORE_OUTPUT" in cell.source:
            continue
        kinds = ["bar", "label", "colour"] if is_a_figure(output) else ["number"]
        kind = kinds[(turn + len(mutants)) % len(kinds)]
        places = KINDS[kind][0](plain_text(output))
        if places:
            mutants.append(alter(output, place, kind, dice.choice(places)))
    return mutants


def is_a_figure(output: Any) -> bool:
    return "data:image/png" in output.get("data", {}).get("text/html", "")


def plain_text(output: Any) -> str:
    return output.get("text", "") or output.get("data", {}).get("text/plain", "")


def alter(output: Any, cell: int, kind: str, found: re.Match[str]) -> Mutant:
    text, after = plain_text(output), KINDS[kind][1](found[0])
    changed = text[: found.start()] + after + text[found.end() :]
    if "text" in output:
        output["text"] = changed
    else:
        output["data"]["text/plain"] = changed
    return Mutant(cell, kind, found[0], after)


def failed_cells(notebook: Path, folder: Path) -> set[int]:
    """Run nbval as the gate does and give back which code cells failed."""
    report = folder / "report.xml"
    strict = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(CHECKOUT / "tests" / "nbval.cfg")]
    command = [sys.executable, "-m", "pytest", *strict, "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    subprocess.run(
        [*command, f"--junitxml={report}", f"--rootdir={folder}", "-c", str(folder / "none.ini"), str(notebook)],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"},
    )
    cases = ET.parse(report).getroot().iter("testcase")
    return {int(case.get("name", "").removeprefix("Cell ")) for case in cases if len(case)}


def check_that_all_are_caught(path: Path, folder: Path, turn: int) -> None:
    notebook = nbformat.read(path, 4)
    mutants = mutate(notebook, random.Random(f"{path.name}{turn}"), turn)
    (folder / "none.ini").write_text("[pytest]\n", encoding="utf-8")
    nbformat.write(notebook, folder / path.name)
    failed = failed_cells(folder / path.name, folder)
    caught = [mutant for mutant in mutants if mutant.cell in failed]
    print(f"{path.name}: caught {len(caught)} of {len(mutants)} mutants")  # noqa: T201 - shown by -rP
    assert mutants
    assert [mutant for mutant in mutants if mutant not in caught] == []
    assert failed == {mutant.cell for mutant in mutants}  # and no cell fails that was left alone


@pytest.mark.parametrize(
    ("path", "turn"),
    [
        pytest.param(path, turn, id=f"{path.stem[:2]}-{turn}", marks=[pytest.mark.full] * ((path, turn) != IN_THE_GATE))
        for path in NOTEBOOKS
        for turn in range(3)
    ],
)
def test_each_change_of_a_stored_output_makes_its_cell_fail(path: Path, turn: int, tmp_path: Path) -> None:
    check_that_all_are_caught(path, tmp_path, turn)


def test_every_kind_of_change_is_tried_in_the_gate() -> None:
    path, turn = IN_THE_GATE
    tried = mutate(nbformat.read(path, 4), random.Random(f"{path.name}{turn}"), turn)
    assert {mutant.kind for mutant in tried} == set(KINDS)
