"""run.py: the set-up is complete or absent and reports failures, and the gate runs to its end."""

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from helpers.lanes import BROWSER, is_in_the_lane
from helpers.work import Spy

import run

CHECKOUT = Path(__file__).resolve().parents[2]
AS_OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 8, 10)
sys.version = "3.8.10 (default)"
runpy.run_path("run.py", run_name="__main__")
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own for run.py, in a folder with a difficult name."""
    root = tmp_path / "with space \N{FIRECRACKER}"
    root.mkdir()
    for name in ("run.py", "pyproject.toml", "constraints.txt", "LICENSE"):
        shutil.copy(CHECKOUT / name, root)
    monkeypatch.setattr(run, "ROOT", root)
    monkeypatch.setattr(run, "ENV", root / ".venv")
    monkeypatch.setattr(run, "PYTHON", root / ".venv" / "python")
    monkeypatch.setattr(run, "STAMP", root / ".venv" / "set-up-finished")
    monkeypatch.setattr(run, "MARK", root / ".venv" / "made-by-run-py")
    return root


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What would start a program in place of this one."""
    hand_over = Mock(return_value=0)
    monkeypatch.setattr(run, "hand_over", hand_over)
    return hand_over


def make_env(_: str | None) -> None:
    run.ENV.mkdir(exist_ok=True)
    run.PYTHON.touch()


def fails(error: BaseException) -> Callable[[str | None], None]:
    def build(uv: str | None) -> None:
        make_env(uv)
        raise error

    return build


def forbid(_: str | None) -> None:
    pytest.fail("the set-up was made again")


def test_run_py_can_be_read_by_an_old_python() -> None:
    tree = ast.parse((CHECKOUT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    check = next(node for node in tree.body if isinstance(node, ast.If))
    before = [node for node in imports if node.lineno < check.lineno]
    assert [ast.unparse(node) for node in before] == ["import sys"]


def test_an_old_python_gets_a_message_naming_the_required_version() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_OLD_PYTHON], cwd=CHECKOUT, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.8.10" in done.stderr


@pytest.mark.parametrize("job", [[], *([job] for job in run.JOBS if job != "main")])
def test_help_is_shown_without_a_set_up(
    job: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "set_up", lambda: pytest.fail("no set-up is needed to show the help"))
    assert run.main([*job, "--help"]) == 0
    assert "python3 run.py lab" in capsys.readouterr().out


@pytest.mark.parametrize("place", [None, "/elsewhere"])
def test_compiled_modules_are_kept_in_venv(place: str | None, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    assert "PYTHONPYCACHEPREFIX" not in run.environment()
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    if place:
        monkeypatch.setenv("PYTHONPYCACHEPREFIX", place)
    given = run.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in given
    assert given["PYTHONPYCACHEPREFIX"] == (place or str(run.ENV / "compiled"))


def test_a_finished_set_up_is_used_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "build", make_env)
    run.set_up()
    monkeypatch.setattr(run, "build", forbid)
    run.set_up()
    assert run.STAMP.read_text(encoding="utf-8") == run.fingerprint()


def test_a_set_up_that_was_cut_off_counts_as_unfinished(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_env(None)  # as after a power cut: an interpreter is there, the stamp is not
    run.MARK.touch()
    made: list[str | None] = []
    monkeypatch.setattr(run, "build", made.append)
    run.ENV.joinpath("left-over").touch()
    run.set_up()
    assert len(made) == 1


@pytest.mark.parametrize("kind", ["folder", "with-python", "link", "file"])
def test_the_users_own_venv_is_left_alone(kind: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "build", forbid)
    own = checkout / "my-own"
    if kind == "file":
        run.ENV.write_text("mine")
    else:
        (own if kind == "link" else run.ENV).mkdir()
        ((own if kind == "link" else run.ENV) / "notes.txt").write_text("mine")
    if kind == "link":
        run.ENV.symlink_to(own)
    if kind == "with-python":
        run.PYTHON.touch()
    with pytest.raises(SystemExit) as stopped:
        run.set_up()
    assert "did not make" in str(stopped.value.code)
    assert (run.ENV if kind == "file" else run.ENV / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("left", ["made-by-run-py", "set-up-finished", None])
def test_this_programs_venv_is_rebuilt(left: str | None, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "build", make_env)
    run.ENV.mkdir()
    if left:
        (run.ENV / left).touch()
        (run.ENV / "old").touch()
    run.set_up()
    assert not (run.ENV / "old").exists()
    assert run.STAMP.exists()


FAKE_UV = """#!/bin/sh
# makes an environment slowly, and fails when it is taken away meanwhile
for last; do :; done
if [ "$1" = venv ]; then
    mkdir -p "$last/bin" && printf '#!/bin/sh\\nexit 0\\n' > "$last/bin/python" && chmod +x "$last/bin/python"; exit
fi
place=$(dirname "$(dirname "$4")")
mkdir "$place/lib" || exit 3
for number in 1 2 3 4; do sleep 0.3; echo x > "$place/lib/package$number" || exit 3; done
"""


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for uv")
def test_of_two_set_ups_at_once_the_second_waits_for_the_first(checkout: Path) -> None:
    (checkout / "bin").mkdir()
    (checkout / "bin" / "uv").write_text(FAKE_UV)
    (checkout / "bin" / "uv").chmod(0o755)
    environment = {**os.environ, "PATH": f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "run.py", "setup"]
    first, second = (
        subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    )
    said = [process.communicate(timeout=60)[0] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0)
    assert sum("Set-up finished" in each for each in said) == 1
    assert sum("waiting for it to end" in each for each in said) == 1
    assert len(list((checkout / ".venv" / "lib").iterdir())) == 4


def test_other_packages_and_another_place_make_another_set_up(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [run.fingerprint()]
    for name in ("pyproject.toml", "constraints.txt"):
        (checkout / name).write_text("# changed\n", encoding="utf-8")
        made.append(run.fingerprint())
    monkeypatch.setattr(run, "ENV", checkout / "elsewhere" / ".venv")
    assert len({*made, run.fingerprint()}) == 4


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit("pip failed")], ids=["interrupted", "failed"])
def test_half_a_set_up_is_removed(checkout: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "build", fails(error))
    with pytest.raises(SystemExit) as stopped:
        run.set_up()
    assert stopped.value.code not in (0, None)
    assert not run.ENV.exists()


def test_without_ensurepip_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.check_venv()


def test_without_a_registry_the_set_up_says_what_to_check(checkout: Path) -> None:
    offline = {"BELOW_THE_LINE_UV": "0", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    env = os.environ | offline
    done = subprocess.run(
        [sys.executable, "run.py", "setup"], cwd=checkout, env=env, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 1
    assert "Set-up stopped while installing the packages" in done.stderr
    assert "is this computer online?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_the_gate_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "GATE", {"first": ["-c", "raise SystemExit(3)"], "second": ["-c", "pass"]})
    assert run.run_gate([]) == 1
    said = capsys.readouterr().out
    assert "first: FAILED, exit code 3" in said
    assert "second: good" in said
    assert said.endswith("Failed: first.\n")
    takes_options = ["-c", "import sys; sys.exit(sys.argv[1:] != ['-k', 'vader'])"]
    monkeypatch.setattr(run, "GATE", {"first tests": takes_options, "other tests": takes_options})
    assert run.run_gate(["-k", "vader"]) == 0
    assert capsys.readouterr().out.endswith("All good.\n")


def test_with_options_the_steps_of_the_gate_have_the_terminal_one_by_one(
    monkeypatch: pytest.MonkeyPatch, spy: Spy, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    runs = (
        f"import sys, pathlib; at = pathlib.Path({str(tmp_path / 'runs')!r}); at.mkdir(); print('at work'); at.rmdir()"
    )
    monkeypatch.setattr(run, "GATE", {f"{name} tests": ["-c", runs] for name in ("first", "second", "third")})
    asked = spy(subprocess, "run")
    assert run.run_gate(["--pdb"]) == 0
    assert [call.kwargs["stdout"] for call in asked.call_args_list] == [None] * 3
    assert capfd.readouterr().out.splitlines().count("at work") == 3


@pytest.mark.parametrize(
    ("first", "other", "notebooks", "options", "good"),
    [
        (0, 0, 0, [], True), (5, 0, 0, [], False), (0, 5, 0, [], False),
        (5, 0, 0, ["-k", "vader"], True), (0, 5, 0, ["-k", "vader"], True), (5, 5, 0, ["-k", "vader"], False),
        (5, 1, 0, ["-k", "vader"], False), (0, 0, 5, ["-k", "vader"], False), (5, 0, 5, ["-k", "vader"], False),
    ],
)  # fmt: skip
def test_with_an_option_one_half_of_the_tests_may_be_empty(
    first: int, other: int, notebooks: int, options: list[str], good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {"first tests": first, "other tests": other, "notebooks": notebooks}
    monkeypatch.setattr(run, "GATE", codes)
    monkeypatch.setattr(run, "run_step", lambda name, _: codes[name])
    assert (run.run_gate(options) == 0) is good


def test_each_file_is_in_one_half_of_the_gate_and_without_a_choice_all_are_collected() -> None:
    for path in [*CHECKOUT.glob("tests/**/*.py"), *CHECKOUT.glob("toolkit/**/*.py")]:
        browser, other, every = (
            is_in_the_lane(path, Mock(getoption=lambda _, lane=lane: lane)) for lane in ("browser", "other", None)
        )
        assert browser is not other, path
        assert every
    assert all(folder.is_dir() for folder in BROWSER)


def test_jupyterlab_starts_and_asks_no_questions(checkout: Path, handed: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    assert run.open_lab(["--no-browser"]) == 0
    assert handed.call_args.args[0][-2:] == ["notebooks/00-start-here.ipynb", "--no-browser"]
    config = json.loads((checkout / ".venv/etc/jupyter/labconfig/page_config.json").read_text(encoding="utf-8"))
    assert config["disabledExtensions"] == {"@jupyterlab/apputils-extension:announcements": True}


@pytest.mark.parametrize("inside", [True, False])
def test_jupyterlab_opens_a_notebook(
    inside: bool, checkout: Path, handed: Mock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = (checkout if inside else tmp_path) / "for-my-class"
    folder.mkdir()
    (folder / "00-start-here.ipynb").touch()
    monkeypatch.chdir(folder.parent)
    run.open_lab(["for-my-class/00-start-here.ipynb", "--no-browser"])
    opened, option = handed.call_args.args[0][len(run.LAB) :]
    assert (opened, option) == (f"{'for-my-class/' if inside else ''}00-start-here.ipynb", "--no-browser")
    assert Path(opened).is_file()


def test_the_class_server_gets_notebook_and_options_as_they_are(handed: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setenv("JUPYTER_PATH", "mine")
    monkeypatch.chdir(CHECKOUT)
    for rest in ([], ["--no-browser"], ["--ip=0.0.0.0"], ["notebooks/00-start-here.ipynb", "--port=8000"]):
        assert run.main(["class", *rest]) == 0
    own, quiet, everywhere, other = (call.args[0][len(run.CLASS) :] for call in handed.call_args_list)
    assert own == [str(CHECKOUT / run.CLASS_NOTEBOOK)]
    assert quiet == [*own, "--no-browser"]
    assert everywhere == [*own, "--ip=0.0.0.0"]
    assert other == [str(CHECKOUT / "notebooks/00-start-here.ipynb"), "--port=8000"]
    assert os.environ["JUPYTER_PATH"].split(os.pathsep)[0] == str(CHECKOUT / "notebooks" / "class")
    assert (CHECKOUT / run.CLASS_NOTEBOOK).is_file()


@pytest.mark.parametrize("on_a_network", [True, False])
def test_the_class_address_can_be_reached_from_other_computers(
    on_a_network: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Way(socket.socket):
        def connect(self, address: object) -> None:
            if not on_a_network:
                raise OSError("Network is unreachable")

        def getsockname(self) -> tuple[str, int]:
            return "192.168.7.5", 9

    monkeypatch.setattr(socket, "socket", Way)
    monkeypatch.setattr(run, "hand_over", lambda _: 0)
    monkeypatch.setenv("JUPYTER_PATH", "mine")
    monkeypatch.chdir(CHECKOUT)
    assert run.serve_class(["--ip=0.0.0.0"]) == 0
    assert ("192.168.7.5" if on_a_network else "its address on your network") in capsys.readouterr().out
    assert run.serve_class([]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("job", [run.open_lab, run.serve_class])
def test_a_missing_notebook_is_reported(job: Callable[[list[str]], int]) -> None:
    with pytest.raises(SystemExit, match=r"There is no notebook nowhere\.ipynb\. Name one such as notebooks/"):
        job(["nowhere.ipynb"])
