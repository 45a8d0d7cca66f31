"""The files that other services read: workflows valid by their schema, calling the README's commands; equal pins."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

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


def problems(schema: str, path: Path) -> str:
    """What check-jsonschema finds by a schema that it carries; nothing is downloaded."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_valid_by_the_schema_of_github(path: Path) -> None:
    assert problems("vendor.github-workflows", path) == ""


def test_dependabot_is_configured_by_its_schema() -> None:
    assert problems("vendor.dependabot", CHECKOUT / ".github" / "dependabot.yml") == ""


def test_a_broken_workflow_would_be_found(tmp_path: Path) -> None:
    broken = load(WORKFLOWS[-1])
    next(iter(broken["jobs"].values())).pop("runs-on")
    (tmp_path / "broken.yml").write_text(yaml.safe_dump(broken), encoding="utf-8")
    assert "runs-on" in problems("vendor.github-workflows", tmp_path / "broken.yml")


def test_the_gate_runs_on_three_systems_and_every_supported_python() -> None:
    matrix = load(CHECKOUT / ".github" / "workflows" / "test.yml")["jobs"]["gate"]["strategy"]["matrix"]
    assert [system.split("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]


def test_the_workflows_call_the_commands_of_the_readme() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    steps = load(CHECKOUT / ".github" / "workflows" / "test.yml")["jobs"]["gate"]["steps"]
    commands = [step["run"].split(" -m ")[0] for step in steps if "run" in step]
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
