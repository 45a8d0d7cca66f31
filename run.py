#!/usr/bin/env python3
"""Set up .venv once, then do a job in it. Nothing but Python 3.11 to 3.14 is needed to start.

python3 run.py            measure every corpus, run every notebook, write the site results/
python3 run.py lab        open JupyterLab on the first notebook, or the one named
python3 run.py class      serve the class notebook, or the one named, as a page with a token
python3 run.py lite       build the browser site in results/lite/: notebooks and "drop your files", nothing to install
python3 run.py test       run the whole gate: format, lint, types, tests, notebooks
python3 run.py refresh    run the notebooks and store their outputs
python3 run.py setup      set up .venv and stop there
python3 run.py --help     show this

python3 run.py report ARTICLE COMMENTS -o page.html    and the other sub-commands of the command line: measure,
                          corpus, figures, course, each with --help

On Windows, write `py run.py` instead of `python3 run.py`; on macOS and Linux, type the commands as they are.
Arguments after the job are passed on to it (`python3 run.py lab --no-browser`); `test` passes them to pytest
(`python3 run.py test -k vader`); `lab --help-all` and `class --help-all` list theirs. `class` listens on this
computer alone; with `--ip=0.0.0.0` it lets the class in, and only with the token in the address that it prints.
The first start installs the packages that constraints.txt pins and needs the network; later starts do not.
uv is used when it is installed, otherwise pip; with BELOW_THE_LINE_UV=0 in the environment uv is not used.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - read by the old Python that this message is for
    sys.exit(
        "Below the Line needs Python 3.11 or newer; this is Python {}.\n".format(sys.version.split()[0])  # noqa: UP032
        + "Install a newer one (python.org, or your system's packages), then start it by its name,\n"
        + "for example: python3.12 run.py"
    )

import contextlib
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENV / "set-up-finished"
MARK = ENV / "made-by-run-py"  # a .venv without it belongs to the user and is never removed

# JupyterLab would ask the network for news and updates; nothing here asks the network for anything.
QUIET_LAB = ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
NO_QUESTIONS = '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}\n'
LAB = ["-m", "jupyterlab", *QUIET_LAB]
FIRST_NOTEBOOK = "notebooks/00-start-here.ipynb"
CLASS_NOTEBOOK = "notebooks/class/what-do-you-see.ipynb"
CLASS = ["-m", "toolkit.cli.class_server"]
STRICT_NBVAL = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval.cfg"]
GATE = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "browser tests": ["-m", "pytest", "--lane", "browser"],  # the folders with tests that need one
    "types": ["-m", "mypy"],
    "other tests": ["-m", "pytest", "--lane", "other"],
    "notebooks": ["-m", "pytest", *STRICT_NBVAL, "notebooks"],
}
AT_ONCE = 2  # steps of the gate
NO_TESTS = 5  # pytest's exit code; with an option such as -k, one half of the tests may have none

NO_VENV = """\
This Python cannot make a virtual environment: its module `{module}` is missing.
On Debian and Ubuntu it is a package of its own: sudo apt install python3-venv
Then start again: python3 run.py"""

FAILED = """
Set-up stopped while {doing}. What {tool} said is shown above.
What to check:
  - The network: is this computer online? A first set-up fetches about 300 MB from the package registry.
  - A proxy or a registry of your own: {settings} say where {tool} looks.
  - The disk: about 1 GB must be free.
The half-made .venv was removed. Then start again: python3 run.py"""

NOT_OURS = """\
There is a .venv in {root} that this program did not make, and that it therefore leaves alone.
Rename or remove it yourself, then start again: python3 run.py"""


def main(arguments: list[str]) -> int:
    job, rest = (arguments[0], arguments[1:]) if arguments[:1] and arguments[0] in JOBS else ("main", arguments)
    if rest[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__)
        return 0
    if job == "setup" and rest:
        sys.exit(f"setup takes nothing after it, not {rest[0]!r}. To open a notebook: python3 run.py lab NOTEBOOK")
    set_up()
    return JOBS[job](rest) or 0


# --- setting up ----------------------------------------------------------------------------------------


def set_up() -> None:
    """Make .venv unless a finished one exists for this Python, place and list of packages."""
    wanted = fingerprint()
    if is_finished(wanted):
        return
    if inside_env():
        sys.exit("The set-up has to be renewed, which cannot be done from inside .venv. Use the system's Python.")
    with one_at_a_time():
        if not is_finished(wanted):  # another set-up may have finished meanwhile
            make_env(wanted)


def is_finished(wanted: str) -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted


def make_env(wanted: str) -> None:
    if os.path.lexists(ENV) and (ENV.is_symlink() or not is_ours()):
        sys.exit(NOT_OURS.format(root=ROOT))
    uv = shutil.which("uv") if os.environ.get("BELOW_THE_LINE_UV", "1") != "0" else None
    if not uv:
        check_venv()
    started = time.monotonic()
    finished = False
    try:
        shutil.rmtree(ENV, ignore_errors=True)
        ENV.mkdir()
        MARK.touch()  # first of all, so that a set-up that was cut off can be removed
        build(uv)
        STAMP.write_text(wanted, encoding="utf-8")  # last of all: a set-up without its stamp counts as unfinished
        finished = True
    except KeyboardInterrupt:
        sys.exit("\nSet-up interrupted. The half-made .venv was removed; start again when you like.")
    finally:
        if not finished:
            shutil.rmtree(ENV, ignore_errors=True)
    print(f"Set-up finished in {time.monotonic() - started:.0f} s.", flush=True)


def is_ours() -> bool:
    """An earlier version left only the stamp; an empty folder is nobody's."""
    return ENV.is_dir() and (MARK.exists() or STAMP.exists() or not any(ENV.iterdir()))


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one set-up work in this folder at a time; the system ends the lock with the process."""
    waiting = False
    handle = os.open(ROOT / ".set-up.lock", os.O_RDWR | os.O_CREAT) if os.name == "nt" else os.open(ROOT, os.O_RDONLY)
    try:
        while not try_lock(handle):
            if not waiting:
                print("Another set-up is at work in this folder; waiting for it to end ...", flush=True)
            waiting = True
            time.sleep(0.1)
        yield
    finally:
        os.close(handle)


def try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def fingerprint() -> str:
    """Changes when the packages, the Python or the place of .venv change."""
    parts = [sys.version.encode(), os.fsencode(ENV)]
    parts += [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def inside_env() -> bool:
    return Path(sys.prefix).resolve() == ENV


def check_venv() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            sys.exit(NO_VENV.format(module=module))


def build(uv: str | None) -> None:
    install = ["-c", "constraints.txt", "-e", ".[all]", *tools()]
    if uv:
        print("Setting up .venv with uv, once. This takes about a minute.", flush=True)
        step([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(ENV)], "making .venv", "uv")
        step([uv, "pip", "install", "--python", str(PYTHON), *install], "installing the packages", "uv")
    else:
        print("Setting up .venv with pip, once. This takes one to five minutes.", flush=True)
        step([sys.executable, "-m", "venv", str(ENV)], "making .venv", "venv")
        # Without compiling: most of the packages' thousands of modules are never imported.
        pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
        # The pinned pip first: the one that comes with Python may take twice as long to find the others.
        step([*pip, "--quiet", "-c", "constraints.txt", "pip"], "installing the packages", "pip")
        step([*pip, *install], "installing the packages", "pip", follow=True)


def tools() -> list[str]:
    """Return the packages of the gate: dependency groups of pyproject.toml, which pip before 25.1 cannot install."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return [*groups["test"], *groups["lint"]]


def step(command: list[str], doing: str, tool: str, follow: bool = False) -> None:
    """Run one command of the set-up; if it fails, say what failed and what to look at."""
    code = follow_pip(command) if follow else subprocess.call(command, cwd=ROOT)
    if code:
        settings = "UV_DEFAULT_INDEX and uv.toml" if tool == "uv" else "PIP_INDEX_URL and pip.conf"
        sys.exit(FAILED.format(doing=doing, tool=tool, settings=f"HTTPS_PROXY, {settings}"))


def follow_pip(command: list[str]) -> int:
    """Run pip and turn its hundreds of lines into a count; if it fails, show its last ones."""
    pins = sum("==" in line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    live = sys.stdout.isatty()
    seen = 0
    said: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as pip:
        try:
            for line in pip.stdout or ():
                said.append(line)
                if line.startswith(("Collecting ", "Processing ")):
                    seen += 1
                    if live or seen % 50 == 0:
                        print(f"  {seen} of about {pins} packages found", end="\r" if live else "\n", flush=True)
                elif line.startswith("Installing collected"):
                    print(f"  all {seen} packages found; installing them ...   ", flush=True)
                elif "Retrying" in line:
                    print("  no answer from the package registry; pip tries again ...", flush=True)
        except KeyboardInterrupt:
            pip.kill()  # it must not go on filling a folder that is being removed
            raise
    if pip.returncode:
        print("".join(["\n", *said[-12:]]), file=sys.stderr, flush=True)
    return pip.returncode


# --- doing a job ---------------------------------------------------------------------------------------


def open_lab(rest: list[str]) -> int:
    named, options = named_notebook(rest, FIRST_NOTEBOOK)
    root = ROOT if named.is_relative_to(ROOT) else named.parent
    os.chdir(root)  # JupyterLab shows this folder and what is in it
    ask_no_questions(ENV / "etc" / "jupyter")
    return hand_over([*LAB, named.relative_to(root).as_posix(), *options])


def named_notebook(rest: list[str], default: str) -> tuple[Path, list[str]]:
    """Return the notebook to open, named first, from the caller's folder, or the default, and the options."""
    named = rest[:1] if rest and not rest[0].startswith("-") else []
    path = Path(named[0]).resolve() if named else ROOT / default
    if named and not (path.is_file() and path.suffix == ".ipynb"):
        sys.exit(f"There is no notebook {named[0]}. Name one such as {default}, from the folder you are in.")
    return path, rest[len(named) :]


def ask_no_questions(config: Path) -> None:
    """Keep JupyterLab from asking on its first screen whether to fetch news."""
    asked_for = config / "labconfig" / "page_config.json"
    asked_for.parent.mkdir(parents=True, exist_ok=True)
    asked_for.write_text(NO_QUESTIONS, encoding="utf-8")


def address_here() -> str:
    """This computer's address on the network; looking up the route to an example address sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return "its address on your network"
        address: str = asked.getsockname()[0]
        return address


def serve_class(rest: list[str]) -> int:
    """Read-only, behind a token, on loopback unless another address is asked for."""
    notebook, options = named_notebook(rest, CLASS_NOTEBOOK)
    if {"--ip=0.0.0.0", "--Voila.ip=0.0.0.0"} & set(rest):
        print(f"If others cannot open the address below, replace this computer's name in it with {address_here()}.")
    os.chdir(ROOT)
    os.environ["JUPYTER_PATH"] = os.pathsep.join(
        filter(None, [str(ROOT / "notebooks" / "class"), os.environ.get("JUPYTER_PATH")])
    )  # where the template of the page is
    return hand_over([*CLASS, str(notebook), *options])


def environment() -> dict[str, str]:
    """UTF-8 everywhere: on Windows, a folder's name may otherwise keep Python from finding the package.

    Where compiled modules are unwanted beside their sources, as in many containers, .venv keeps them: without any, each
    process of the gate and each kernel would compile all its modules again.
    """
    asked = {**os.environ, "PYTHONUTF8": "1"}
    if asked.pop("PYTHONDONTWRITEBYTECODE", ""):
        asked.setdefault("PYTHONPYCACHEPREFIX", str(ENV / "compiled"))
    return asked


def hand_over(arguments: list[str]) -> int:
    """Replace this process by the job, so that Ctrl-C and signals reach it alone (on Windows, wait for it)."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(PYTHON, [str(PYTHON), *arguments], environment())
    return subprocess.call([str(PYTHON), *arguments], env=environment())


def run_gate(rest: list[str]) -> int:
    """Run every step of the gate, even after a failure, and summarise.

    With options of pytest, of which some (`--pdb`) need the terminal, one step runs at a time.
    """
    if not rest:
        print(f"{AT_ONCE} steps run at a time. What a step prints is shown when it ends, after some minutes.")
    with ThreadPoolExecutor(1 if rest else AT_ONCE) as pool:
        results = dict(pool.map(lambda name: (name, run_step(name, rest)), GATE))
    tests = [name for name in GATE if name.endswith("tests")]
    if rest and {results[name] for name in tests} == {0, NO_TESTS}:
        results |= dict.fromkeys(tests, 0)
    print("\nThe gate:")
    for name, code in results.items():
        print(f"  {name:<13} {'good' if code == 0 else 'FAILED'}")
    failed = [name for name, code in results.items() if code]
    print(f"Failed: {', '.join(failed)}." if failed else "All good.")
    return 1 if failed else 0


def run_step(name: str, rest: list[str]) -> int:
    """Run one step of the gate, print what it said, and return its exit code."""
    arguments = [*GATE[name], *(rest if name.endswith("tests") else [])]
    print(f"--- {name}: {' '.join(arguments[1:])}", flush=True)
    started = time.monotonic()
    command = [str(PYTHON), *arguments]
    out, errors = (None, None) if rest else (subprocess.PIPE, subprocess.STDOUT)
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdout=out, stderr=errors)
    end = "good" if done.returncode == 0 else f"FAILED, exit code {done.returncode}"
    last = f"--- {name}: {end}, {time.monotonic() - started:.1f} s\n"
    # In one piece, since another step may end meanwhile; in UTF-8, which this process may not be able to print.
    sys.stdout.buffer.write(b"\n" + (done.stdout or b"") + last.encode())
    sys.stdout.flush()
    return done.returncode


JOBS: dict[str, Callable[[list[str]], int | None]] = {
    # in the caller's folder, so that relative file names on the command line resolve there
    "main": lambda rest: hand_over(["-P", "-m", "toolkit", *rest]),
    "lab": open_lab,
    "class": serve_class,
    "lite": lambda rest: hand_over(["-P", "-m", "toolkit.course.browser_site", *rest]),
    "test": run_gate,
    "refresh": lambda rest: hand_over([str(ROOT / "tests" / "refresh_notebooks.py"), *rest]),
    "setup": lambda _: print("All is set up. Next: python3 run.py lab"),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
