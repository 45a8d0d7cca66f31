"""One list of the packages that affect numbers."""

import ast
import platform
from importlib.metadata import version
from pathlib import Path

from toolkit._versions import DECIDING, versions

TOOLKIT = Path(__file__).resolve().parents[2] / "toolkit"


def test_versions_are_those_that_are_installed() -> None:
    found = versions("matplotlib", "no-such-package")
    assert found["vaderSentiment"] == version("vaderSentiment")
    assert found["matplotlib"] == version("matplotlib")
    assert found["python"] == platform.python_version()
    assert "no-such-package" not in found


def test_no_other_module_lists_the_packages() -> None:
    lists = [
        path.name
        for path in TOOLKIT.rglob("*.py")
        if sum(f'"{name}"' in (source := path.read_text(encoding="utf-8")) for name in DECIDING) > 2
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and len({each.value for each in node.elts if isinstance(each, ast.Constant)} & set(DECIDING)) > 2
    ]
    assert lists == ["_versions.py"]
