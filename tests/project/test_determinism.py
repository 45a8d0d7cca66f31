"""The same results, byte for byte, for any hash seed, time zone, locale and folder; and offline."""

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.processes import BLOCK

CHECKOUT = Path(__file__).resolve().parents[2]

# Everything from corpus to figure, as text with every digit, and its hash.
RESULTS = """
import hashlib, io, sys
import matplotlib
matplotlib.use("agg")
import toolkit
from toolkit.corpora.load import corpora_folder
from toolkit.figures.alt_text_and_description import description

out = []
for name in toolkit.list_corpora().name:
    texts = toolkit.load_corpus(name)
    sentences = toolkit.measure(toolkit.split_sentences(texts))
    out += [texts.to_csv(), toolkit.measure(texts).to_csv(), sentences.to_csv(), toolkit.why_missing(texts).to_csv()]
    out += [description(toolkit.plot_tone(sentences)), description(toolkit.plot_structure(texts))]
    if sentences.kind.nunique() == 2:
        compared = toolkit.compare(sentences)
        out += [compared.to_csv(), description(toolkit.plot_comparison(compared)), toolkit.keyness(texts).to_csv()]
        out += [toolkit.word_shift(texts).to_csv(), toolkit.explain_sentiment(texts.text[0]).to_csv()]
print(len(out), hashlib.sha256("".join(out).encode("utf-8")).hexdigest(), corpora_folder())
"""


def results(settings: dict[str, str], checkout: Path) -> list[str]:
    """How many tables and descriptions, their sha256, and the folder of the corpora that were read."""
    kept = "PYTHONPYCACHEPREFIX"  # or else all libraries may be compiled again
    env = {it: os.environ[it] for it in os.environ if it == kept or not it.startswith(("LC_", "PYTHON", "LANG"))}
    # Without site: under LC_ALL=C it cannot read the place of an editable install if that folder's name is not ASCII.
    command = [sys.executable, "-B", "-S", "-c", BLOCK + RESULTS]
    path = os.pathsep.join([str(checkout), *site.getsitepackages()])
    done = subprocess.run(
        command,
        env={**env, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", **settings},
        cwd=checkout,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split(" ", 2)


def test_results_depend_on_neither_hash_seed_nor_time_zone_nor_locale_nor_folder_and_reading_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(RESULTS, {})  # in the process of the tests, with the hash seed that it happens to have
    usual = capsys.readouterr().out.strip().split(" ", 2)
    assert int(usual[0]) > 10
    copy = tmp_path / "a folder, read only \N{FIRE}"
    for part in ("toolkit", "corpora"):
        shutil.copytree(CHECKOUT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    write_protect(copy)
    before = listing(copy)
    found = results({"PYTHONHASHSEED": "0", "TZ": "Asia/Tokyo", "LC_ALL": "C"}, copy)
    assert found[:2] == usual[:2]
    assert Path(found[2]) == copy / "corpora"
    assert listing(copy) == before


def write_protect(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and time of change: also who may write everywhere (root) must not have written."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}
