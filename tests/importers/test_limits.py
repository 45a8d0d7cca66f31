"""Limits on input are in one module, each used and each with its reason."""

import ast
import re
from pathlib import Path

import pytest

import toolkit
from toolkit import _limits

PACKAGE = Path(toolkit.__file__).parent
READERS = [
    *sorted([*PACKAGE.glob("importers/**/*.py"), *PACKAGE.glob("archives/*.py")]),
    *(PACKAGE / each for each in ("annotation/codings.py", "corpora/load.py", "metrics/word_lists.py")),
]
STEPS = {"_CHUNK", "_LETTERS", "_MANY", "_PIECE", "_BEGINNING"}  # what is read or written at a time
NO_BOUNDS = STEPS | {
    "FIRST_YEAR", "LAST_YEAR", "_TICKS_1970", "_BASE", "_LOOKALIKE", "_MULTIPLIER", "MOST_FIRST", "FIRST_OF_LIST",
    "MOST_THREADS", "MOST_SPOILED",  # of an archive that is made, not read
}  # fmt: skip
NAMES = [name for name in vars(_limits) if name.isupper()]


def large_numbers(source: str) -> list[str]:
    """The names in capitals to which a module gives a number of a thousand or more."""
    found = []
    for node in ast.parse(source).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        numbers = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
        if any(isinstance(each, int | float) and each >= 1_000 for each in numbers):
            found += [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    return [name for name in found if name.isupper()]


def test_large_numbers_of_a_module_are_found() -> None:
    source = "MOST: Final = 2_000\nFEW, EACH = 5_000, 3\n_STEP = 4_000\nSMALL = 3\nNAME = 'a'\n"
    assert large_numbers(source) == ["MOST", "FEW", "EACH", "_STEP"]


@pytest.mark.parametrize("reader", READERS, ids=lambda each: each.stem)
def test_no_reader_defines_a_bound_of_its_own(reader: Path) -> None:
    assert {*large_numbers(reader.read_text(encoding="utf-8"))} <= NO_BOUNDS


def test_every_bound_is_used_and_explained() -> None:
    used = "".join(each.read_text(encoding="utf-8") for each in READERS)
    assert [name for name in NAMES if not re.search(rf"\b{name}\b", used)] == []
    lines = Path(_limits.__file__).read_text(encoding="utf-8").splitlines()
    defined = [at for at, line in enumerate(lines) if re.match(r"[A-Z_, ]+(: Final)? = ", line)]
    assert [lines[at] for at in defined if "#" not in "".join(lines[at - 2 : at + 1])] == []
    assert len(NAMES) > 60
