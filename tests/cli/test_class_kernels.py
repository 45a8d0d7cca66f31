"""Kernels of a class: forked, each in its own folder and ended with the server, or small if forking is impossible."""

import ast
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

pytest.importorskip("jupyter_client")

from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from toolkit import load_corpus, measure
from toolkit.cli import class_kernels

NOTEBOOK = Path(__file__).parents[2] / "notebooks/class/what-do-you-see.ipynb"
LOADED = "[name for name in {} if __import__('sys').modules.get(name)]"  # None is a module that cannot be loaded
pytestmark = pytest.mark.usefixtures("no_running_loop")


@pytest.fixture(scope="module")
def forks() -> Iterator[class_kernels.ForkServer]:
    if not class_kernels.FORKS:
        pytest.skip("kernels are forked on Linux alone")
    made = class_kernels.ForkServer()
    yield made
    made._process.kill()
    made._process.wait()
    for pipe in (made._process.stdin, made._process.stdout):
        assert pipe
        pipe.close()


@contextmanager
def kernel(folder: Path, **environment: str) -> Iterator[tuple[Any, Any]]:
    """A kernel started as the class server starts one, and a client that is connected to it."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder), env={**os.environ, **environment})
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answer(client: Any, expression: str) -> object:
    said = client.execute("", user_expressions={"it": expression}, reply=True, timeout=60)
    return ast.literal_eval(said["content"]["user_expressions"]["it"]["data"]["text/plain"])


@pytest.fixture
def of_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", class_kernels.SMALL.name)
    monkeypatch.setitem(factory.provisioners, class_kernels.SMALL.name, class_kernels.SMALL)


@pytest.fixture
def forked(
    forks: class_kernels.ForkServer, of_a_class: None, monkeypatch: pytest.MonkeyPatch
) -> class_kernels.ForkServer:
    monkeypatch.setattr(class_kernels, "fork_server", lambda: forks)
    return forks


def test_forks_have_own_folders_environments_and_libraries(forked: class_kernels.ForkServer, tmp_path: Path) -> None:
    ask = "(__import__('os').getppid(), __import__('os').getcwd(), __import__('os').environ['MINE'])"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with kernel(tmp_path / "a", MINE="1") as (_, first), kernel(tmp_path / "b", MINE="2") as (_, second):
        assert answer(first, ask) == (forked._process.pid, str(tmp_path / "a"), "1")
        assert answer(second, ask) == (forked._process.pid, str(tmp_path / "b"), "2")
        assert answer(first, "'toolkit.explorers.thread_explorer' in __import__('sys').modules") is True


def test_a_kernel_can_be_interrupted_and_shut_down_as_usual(forked: class_kernels.ForkServer, tmp_path: Path) -> None:
    with kernel(tmp_path) as (manager, client):
        running = manager.provisioner.process
        asked = client.execute("import time; time.sleep(300)")
        time.sleep(0.5)
        manager.interrupt_kernel()
        assert client._recv_reply(asked, timeout=60)["content"]["ename"] == "KeyboardInterrupt"
        assert running.poll() is None
    assert running.poll() == 0
    assert forked._process.poll() is None


def test_a_kernel_that_was_killed_from_outside_is_restarted(forked: class_kernels.ForkServer, tmp_path: Path) -> None:
    with kernel(tmp_path) as (manager, client):
        first = manager.provisioner.process
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        first.send_signal(signal.SIGTERM)  # as with subprocess.Popen, nothing is left to end
        manager.restart_kernel(now=True)  # as Jupyter does when it finds a kernel dead
        client.wait_for_ready(timeout=60)
        assert manager.provisioner.process.pid != first.pid
        assert answer(client, "1 + 1") == 2


def test_a_process_that_ended_before_anybody_waited_for_it_does_not_run() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        ended = class_kernels.ForkedProcess(child.pid)
        assert ended.poll() is None
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # which leaves it as it is
        assert ended.status() == "zombie"
        assert (ended.poll(), ended.wait()) == (0, 0)
        ended.send_signal(signal.SIGTERM)
    assert (ended.poll(), ended.wait()) == (0, 0)
    ended.send_signal(signal.SIGTERM)


def test_kernels_end_with_the_server_and_start_without_it(forked: class_kernels.ForkServer, tmp_path: Path) -> None:
    with kernel(tmp_path) as (manager, _):
        assert forked._process.stdin
        forked._process.stdin.close()  # as the system does for a server that was killed
        end = time.monotonic() + 60
        while manager.provisioner.process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        assert manager.provisioner.process.poll() == 0
    with kernel(tmp_path) as (_, client):
        assert answer(client, "__import__('os').getppid()") == os.getpid()


@pytest.mark.usefixtures("of_a_class")
def test_without_forks_the_notebook_is_the_same_without_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_kernels, "FORKS", False)
    pd.DataFrame({"text": ["Yes.", None, "Ein Café"]}).to_parquet(tmp_path / "own.parquet")
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    with kernel(tmp_path) as (_, client):
        assert client.execute(code, reply=True, timeout=120)["content"]["status"] == "ok"
        assert (
            answer(client, "__import__('toolkit').measure(texts).to_csv()")
            == measure(load_corpus("library-hours")).to_csv()
        )
        assert answer(client, LOADED.format(("pyarrow", "debugpy", "sqlite3", "jedi", "matplotlib"))) == []
        assert answer(client, "bool(__import__('scipy.stats').stats.norm.cdf(0) == 0.5)") is True
        files = "__import__('pandas').read_parquet('own.parquet')['text'].fillna('-').tolist()"
        assert answer(client, files) == ["Yes.", "-", "Ein Café"]
