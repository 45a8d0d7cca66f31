"""The files that other services read: workflows valid by their schema, calling the README's commands; equal pins."""

import re
from pathlib import Path
from typing import Any

import check_jsonschema
import pytest
import yaml
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
PINS = {
    Requirement(line).name: str(Requirement(line).specifier).removeprefix("==")
    for line in (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def is_valid(schema: str, *paths: Path) -> bool:
    """Whether files are valid by a schema that check-jsonschema carries; nothing is downloaded."""
    return check_jsonschema.main(["--builtin-schema", schema, *map(str, paths)], standalone_mode=False) == 0


def test_workflows_are_valid_and_a_broken_one_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_valid("vendor.github-workflows", *WORKFLOWS)
    assert is_valid("vendor.dependabot", CHECKOUT / ".github" / "dependabot.yml")
    broken = load(WORKFLOWS[-1])
    next(iter(broken["jobs"].values())).pop("runs-on")
    (tmp_path / "broken.yml").write_text(yaml.safe_dump(broken), encoding="utf-8")
    assert not is_valid("vendor.github-workflows", tmp_path / "broken.yml")
    assert "runs-on" in capsys.readouterr().out


def test_the_gate_runs_the_commands_of_the_readme_on_three_systems_and_every_supported_python() -> None:
    gate = load(CHECKOUT / ".github" / "workflows" / "test.yml")["jobs"]["gate"]
    matrix = gate["strategy"]["matrix"]
    assert [system.split("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    commands = [step["run"].split(" -m ")[0] for step in gate["steps"] if "run" in step]
    assert set(commands) == {"python3 run.py", "python3 run.py test", ".ci/run"}
    assert all(command in readme or (CHECKOUT / command).is_file() for command in commands)


def test_a_release_is_published_without_a_stored_token() -> None:
    publish = load(CHECKOUT / ".github" / "workflows" / "release.yml")["jobs"]["publish"]
    assert publish["permissions"]["id-token"] == "write"
    assert "secrets." not in (CHECKOUT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("hooks", "package"), [("ruff-pre-commit", "ruff"), ("mirrors-mypy", "mypy"), ("/check-json", "check-jsonschema")]
)
def test_pre_commit_runs_the_tools_at_the_pinned_versions(hooks: str, package: str) -> None:
    (rev,) = [repo["rev"] for repo in load(CHECKOUT / ".pre-commit-config.yaml")["repos"] if hooks in repo["repo"]]
    assert re.sub("^v", "", rev) == PINS[package]
