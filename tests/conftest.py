"""What every test may use: hypothesis' settings, a private JupyterLab, a browser and a watched page."""

import asyncio
import gc
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from unittest.mock import Mock

import hypothesis
import pytest
from helpers.browser import Browser, BrowserContext, Watched, free_port
from helpers.lab import EXPLORERS, Lab, open_notebook, run_all, wait_until_every_cell_has_run, write_notebook
from helpers.work import Spy

import run

CHECKOUT = Path(__file__).resolve().parents[1]
# The notebooks that the private JupyterLab serves (a copy of them).
NOTEBOOKS = CHECKOUT / "notebooks"
CI = os.environ.get("CI", "").lower() in ("1", "true")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
# No sandbox: containers seldom allow one, and the only page opened is our own.
# The rest keeps the browser from calling home.
BROWSER_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
START_UP_SECONDS = 60

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if CI else "here")


def pytest_collection_finish() -> None:
    """Look for garbage in what the tests make, not again and again in the libraries, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup() -> None:
    """Draw small pictures: no test but that of their colours looks at pixels."""
    if display := sys.modules.get("toolkit.figures.display"):
        display.PIXEL_RATIO = 0.4  # type: ignore[attr-defined]


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    """Watch a function where it is used: its calls are counted, and passed on."""

    def watch(where: object, name: str) -> Mock:
        monkeypatch.setattr(where, name, watched := Mock(wraps=getattr(where, name)))
        return watched

    return watch


@pytest.fixture
def no_running_loop() -> Iterator[None]:
    """As in a script: a browser that an earlier test of this process opened has left a running event loop."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab of its own on this machine's loopback: own folders, own token, a copy of the notebooks.

    It asks for the browser first: without one nobody would look at it.
    """
    home = tmp_path_factory.mktemp("lab")
    root = home / "root"
    shutil.copytree(NOTEBOOKS, root, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    running = Lab(f"http://127.0.0.1:{free_port()}", secrets.token_hex(16), root)
    # JupyterLab else keeps only the cells near the screen in the page, and a test could not count them.
    setting = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    setting.parent.mkdir(parents=True)
    setting.write_text('{"windowingMode": "none"}', encoding="utf-8")
    log = home / "lab.log"
    with log.open("w", encoding="utf-8") as out:
        process = start_lab(running, home, out)
        try:
            wait_for_lab(running, process, log)
            yield running
        finally:
            stop(process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, headless. CI fails without one; elsewhere the test is skipped."""
    sync_api = pytest.importorskip("playwright.sync_api")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        message = f"No browser on PATH (looked for {', '.join(BROWSERS)}): JupyterLab was not tried in a real one."
        pytest.fail(message) if CI else pytest.skip(message)
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> BrowserContext:
    """One for all pages: what JupyterLab consists of is fetched and compiled once."""
    return browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Watched]:
    """A fresh page; `errors` collects its script errors, `strangers` the requests that leave this machine."""
    watched = Watched(context.new_page())
    yield watched
    watched.page.close()


@pytest.fixture
def explorers(page_of_explorers: Watched) -> Watched:
    """The page with every explorer, in front of those of other tests."""
    page_of_explorers.page.bring_to_front()
    return page_of_explorers


@pytest.fixture(scope="session")
def page_of_explorers(lab: Lab, context: BrowserContext) -> Watched:
    """One page of JupyterLab with every explorer, for all tests that use one there."""
    write_notebook(EXPLORERS, lab.root / "explorers.ipynb")
    found = Watched(context.new_page())
    found.page.set_viewport_size({"width": 1280, "height": 2400})
    open_notebook(found.page, lab.url_of("explorers.ipynb"))
    run_all(found.page)
    wait_until_every_cell_has_run(found, len(EXPLORERS))
    return found


def start_lab(running: Lab, home: Path, out: TextIO) -> subprocess.Popen[bytes]:
    own = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython",
    }  # fmt: skip
    env = {**os.environ, **{name: str(home / folder) for name, folder in own.items()}}
    paths = [str(CHECKOUT), str(CHECKOUT / "tests"), os.environ.get("PYTHONPATH")]
    env["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    run.ask_no_questions(home / "config")  # as `python3 run.py lab` does
    start = "import helpers.lean_imports, runpy; runpy.run_module('jupyterlab', run_name='__main__')"
    command = [sys.executable, "-c", start, "--no-browser", *lab_options(running)]
    # A session of its own, so that Ctrl-C at the tests does not make the server ask whether to stop.
    return subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)


def lab_options(running: Lab) -> list[str]:
    options = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={running.address.rpartition(':')[2]}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={running.token}",
        f"--ServerApp.root_dir={running.root}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*options, "--allow-root"] if is_root else options


def wait_for_lab(running: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_UP_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{running.address}/api/status?token={running.token}", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def without_svg(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each figure once: the file to save is the picture shown, drawn again."""
    monkeypatch.setattr("toolkit.figures.display._svg", lambda figure, words: b"<svg/>")


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk is right, and slow."""
    monkeypatch.setattr("os.fsync", lambda handle: None)
