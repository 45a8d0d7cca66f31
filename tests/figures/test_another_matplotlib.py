"""The notebooks' figures hold under another patch release of matplotlib: a text description names data, not pixels."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
STRICT = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval.cfg"]


@pytest.fixture(scope="module")
def other_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the patch release next to the one that is installed."""
    minor, patch = matplotlib.__version__.rsplit(".", 1)
    wanted = f"{minor}.{int(patch) - 1 if int(patch) else 1}"
    folder = tmp_path_factory.mktemp("matplotlib")
    fetch = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), f"matplotlib=={wanted}"]
    if subprocess.run([sys.executable, *fetch], check=False, capture_output=True).returncode:
        pytest.skip(f"matplotlib {wanted} cannot be fetched here")
    return folder


@pytest.mark.full
def test_every_notebook_passes_strictly_under_another_patch_release(other_release: Path) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(other_release), str(CHECKOUT)])}
    used = [sys.executable, "-c", "import matplotlib; print(matplotlib.__version__)"]
    other = subprocess.check_output(used, env=env, encoding="utf-8").strip()
    assert other != matplotlib.__version__
    run = [sys.executable, "-m", "pytest", *STRICT, "-q", "-p", "no:cacheprovider", "notebooks"]
    done = subprocess.run(run, env=env, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:]
