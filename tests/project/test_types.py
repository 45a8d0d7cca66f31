"""What a type checker and an editor see of the public names, which load lazily at run time."""

import re
import sys
from pathlib import Path

import mypy.api

import toolkit
from toolkit import METRICS

CHECKOUT = Path(__file__).resolve().parents[2]


def revealed(expressions: list[str], folder: Path) -> list[str]:
    """The type of each expression, as mypy reports it to a user of the package."""
    (script := folder / "script.py").write_text(
        "import toolkit\n" + "".join(f"reveal_type({each})\n" for each in expressions), encoding="utf-8"
    )
    options = ["--config-file", str(CHECKOUT / "pyproject.toml"), "--cache-dir", str(CHECKOUT / ".mypy_cache")]
    limit = sys.getrecursionlimit()
    report, errors, _ = mypy.api.run([*options, "--no-pretty", "--hide-error-context", str(script)])
    sys.setrecursionlimit(limit)  # mypy raises it, and other tests hold that what is nested too deep is refused
    types = re.findall(r'note: Revealed type is "(.*)"', report)
    assert len(types) == len(expressions), report + errors
    return types


def test_every_public_name_has_its_type_and_a_metric_gives_a_float(tmp_path: Path) -> None:
    names, calls = [f"toolkit.{name}" for name in toolkit.__all__], [f'toolkit.{m.name}("It rained.")' for m in METRICS]
    types = revealed([*names, *calls], tmp_path)
    found = dict(zip(names, types[: len(names)], strict=True))
    signature = r"def \(units: .*DataFrame.*, metrics: .*\) -> pandas\.core\.frame\.DataFrame"
    assert re.fullmatch(signature, found["toolkit.measure"])
    assert [name for name, kind in found.items() if kind == "Any" or kind.startswith("def (*Any")] == []
    assert {kind.removeprefix("builtins.") for kind in types[len(names) :]} == {"float"}
