"""A wheel built from the checkout works in an empty folder, offline, and with the core dependencies alone."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from helpers.processes import BLOCK
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).resolve().parents[2]
EXTRAS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
IMPORT_NAMES = {"python-docx": "docx", "lxml-html-clean": "lxml_html_clean"}
OPTIONAL = sorted({IMPORT_NAMES.get(name, name) for e in EXTRAS for name in (Requirement(r).name for r in EXTRAS[e])})

WITHOUT_THE_EXTRAS = f"""
import sys
for name in {OPTIONAL!r}:
    sys.modules[name] = None  # as if it were not installed
"""

ASK_FOR_THE_NETWORK = """
import http.client

for ask in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.socket().connect(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("localhost", 80),
    lambda: http.client.HTTPConnection("127.0.0.1", 9).request("GET", "/"),
):
    try:
        ask()
    except Blocked:
        print("blocked")
"""

FROM_CORPUS_TO_FIGURE = """
import pathlib
import toolkit
from toolkit import compare, load_corpus, measure, plot_comparison, show, split_sentences

measured = measure(split_sentences(load_corpus("library-hours")))
show(plot_comparison(compare(measured)))
print(toolkit.read_thread(samples / "bus-shelter.md", samples / "bus-shelter-comments.csv", quiet=True).shape[0])
print(pathlib.Path(toolkit.__file__).parent, *measured.shape)
"""


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed wheel; nothing is downloaded, as the build backend is a dependency of the tests."""
    made = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True, timeout=120)
    (wheel,) = made.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(made / "site"), str(wheel)], check=True, capture_output=True, timeout=120)
    return made / "site"


def run(code: str, installed: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1", "MPLBACKEND": "agg"}
    return subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=300
    )


def test_a_wheel_measures_compares_and_draws_without_extras_and_network(installed: Path, tmp_path: Path) -> None:
    samples = "from toolkit.course.lesson_07 import samples_folder\nsamples = samples_folder()\n"
    done = run(BLOCK + WITHOUT_THE_EXTRAS + samples + FROM_CORPUS_TO_FIGURE, installed, tmp_path)
    assert done.returncode == 0, done.stderr
    place, rows, columns = done.stdout.splitlines()[-1].rsplit(" ", 2)
    assert Path(place) == installed / "toolkit"
    assert int(rows) > 100
    assert int(columns) > 30
    assert list(tmp_path.iterdir()) == []


def test_the_block_stops_each_way_to_the_network(tmp_path: Path) -> None:
    done = run(BLOCK + ASK_FOR_THE_NETWORK, CHECKOUT, tmp_path)
    assert done.stdout.split() == ["blocked"] * 4, done.stderr


MISSING = {
    "import toolkit; toolkit.explore_text('It rained.')": ("lab", "anywidget"),
    "import toolkit; toolkit.code_units(['It rained.'])": ("lab", "anywidget"),
    "from toolkit.course.student_copies import student_copies; student_copies('copies')": ("lab", "nbformat"),
    "import toolkit; toolkit.read_thread('<html><body><p>It rained.</p></body></html>')": ("documents", "lxml"),
    "from toolkit.importers.article_formats import read_article as r; r(b'%PDF-1')": ("documents", "pypdf"),
    "from toolkit.cli.main import main; main(['figures', '--check'])": ("lab", "nbformat"),
}
TRY_EACH = f"""
import contextlib, io, json
said = []
for code in {[*MISSING]!r}:
    with contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            exec(code, {{}})
        except ImportError as error:
            errors.write(str(error))
    said.append(errors.getvalue())
print(json.dumps(said))
"""


def test_a_missing_package_is_named_with_its_extra(installed: Path, tmp_path: Path) -> None:
    done = run(WITHOUT_THE_EXTRAS + TRY_EACH, installed, tmp_path)
    for said, (code, (extra, package)) in zip(json.loads(done.stdout), MISSING.items(), strict=True):
        wanted = f'need the package {package}, which is not installed: pip install "below-the-line[{extra}]"'
        assert wanted in said, code
    assert list(tmp_path.iterdir()) == []


SAVE_AND_COPY = """
import sys; sys.modules["rfc3987_syntax"] = None  # see helpers/lean_imports.py
import toolkit
from toolkit.cli.main import main
try:
    toolkit.save_corpus(toolkit.load_corpus("library-hours"), "mine", {"licence": "none"})
except ValueError as error:
    print(error)
main(["course", "--student", "-o", "copies"])
"""


def test_an_installed_package_saves_no_corpus_into_itself_and_has_notebooks(installed: Path, tmp_path: Path) -> None:
    done = run(SAVE_AND_COPY, installed, tmp_path)
    assert "Name a folder to save to: folder=" in done.stdout, done.stderr
    assert (tmp_path / "copies" / "00-start-here.ipynb").is_file(), done.stderr


def test_pyproject_says_where_everything_that_the_wheel_includes_is_found() -> None:
    wheel = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    included = wheel["targets"]["wheel"]["only-include"]
    assert {"toolkit", *wheel["targets"]["wheel"]["sources"]} == {name.partition("/")[0] for name in included}
    assert all((CHECKOUT / name).exists() for name in included)
