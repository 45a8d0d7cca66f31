"""The folders of the toolkit import only downwards."""

import ast
import graphlib
from pathlib import Path

import pytest

import toolkit

TOOLKIT = Path(__file__).resolve().parents[2] / "toolkit"
# From the top down.  A wing may import any wing on a lower line and itself, and nothing else of ours.
LAYERS = (
    ("cli",), ("course",), ("explorers",), ("reports",), ("figures", "annotation", "archives"),
    ("importers", "comparison", "context"), ("metrics",), ("text",), ("lexicons",), ("corpora",),
)  # fmt: skip
PUBLIC = {"cli", "course"}  # they are users of the public names
LEVEL = {wing: level for level, wings in enumerate(LAYERS) for wing in wings}


def imports(source: str, module: list[str]) -> set[str]:
    """Return the wings and top-level modules that a module of the toolkit imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = module[: len(module) - node.level]
            found |= {(base + (node.module.split(".") if node.module else [name.name]))[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "toolkit":
            found |= {name.name for name in node.names}
    return found


def upward(wing: str, source: str, module: list[str]) -> set[str]:
    allowed = {name for name, level in LEVEL.items() if level > LEVEL[wing]} | {wing}
    if wing in PUBLIC:
        allowed |= set(toolkit.__all__)
    return {name for name in imports(source, module) if not name.startswith("_")} - allowed


def test_every_folder_has_its_layer_few_modules_are_at_the_top_and_shared_helpers_import_no_folder() -> None:
    assert {path.parent.name for path in TOOLKIT.glob("*/__init__.py")} == set(LEVEL)
    for path in TOOLKIT.glob("_[!_]*.py"):
        assert not imports(path.read_text(encoding="utf-8"), [path.stem]) & set(LEVEL), path.name
    assert len(list(TOOLKIT.glob("*.py"))) <= 10


@pytest.mark.parametrize("wing", LEVEL)
def test_a_folder_imports_only_folders_below_it(wing: str) -> None:
    found = {}
    for path in (TOOLKIT / wing).rglob("*.py"):
        if wrong := upward(
            wing, path.read_text(encoding="utf-8"), list(path.relative_to(TOOLKIT).with_suffix("").parts)
        ):
            found[path.name] = wrong
    assert found == {}


@pytest.mark.parametrize("part", ["exports", "pages", "documents", "privacy"])
def test_parts_of_the_importers_do_not_import_their_callers(part: str) -> None:
    callers = {"read_thread", "article_formats", "comment_formats", "comments_table"}
    entered = {"pages", "documents"}
    others = {"exports": entered, "privacy": entered | {"exports"}, "documents": {"pages", "exports"}}
    paths = [*(TOOLKIT / "importers" / part).glob("*.py")]
    assert len(paths) > 1
    for path in paths:
        found = imports(path.read_text(encoding="utf-8"), [part, path.stem])
        assert not found & (callers | others.get(part, {"exports"})), path.name


def test_no_module_names_one_that_names_it_even_for_a_type() -> None:
    paths = {path.relative_to(TOOLKIT).with_suffix("").parts: path for path in TOOLKIT.rglob("*.py")}
    named: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for module, path in paths.items():
        named[module] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level and path.name != "__init__.py":
                base = (*module[: len(module) - node.level], *(node.module.split(".") if node.module else ()))
                named[module] |= ({base} | {(*base, each.name) for each in node.names}) & set(paths)
    graphlib.TopologicalSorter(named).prepare()  # CycleError names a circle


def test_an_import_upwards_would_be_found() -> None:
    assert upward("text", "from ..metrics.measure import measure", ["text", "units"]) == {"metrics"}
    assert upward("text", "from .. import measure", ["text", "units"]) == {"measure"}
