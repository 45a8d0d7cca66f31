"""Kernels for a class that need little memory: forks of a process with loaded libraries, or kernels without Arrow.

On Linux the class server starts this module once, with ``python -m toolkit.cli.class_kernels``. It loads what a page
needs, then forks a kernel for each line on standard input and answers with its process id. It ends when the server
does, and its kernels end with it. Elsewhere, or where forking fails, each kernel is this module with the arguments of
an IPython kernel: texts are read without Arrow, with the same results and less memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import types
from importlib.metadata import EntryPoint
from typing import Any, Final

import psutil
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

FORKS: Final = sys.platform == "linux"
SMALL: Final = EntryPoint("small", "toolkit.cli.class_kernels:SmallKernel", KernelProvisionerFactory.GROUP_NAME)


class SmallKernel(LocalProvisioner):
    """Start a Python kernel as a fork or, failing that, as a process without Arrow; start any other unchanged."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Launch the kernel; `cmd` is the command of its specification."""
        if "ipykernel_launcher" in cmd:
            at = cmd.index("ipykernel_launcher")
            arguments = cmd[at + 1 :]
            request = arguments, options["cwd"], options["env"]
            forked = await asyncio.to_thread(fork_server().start, *request) if FORKS else None
            if forked:
                self.process, self.pid, self.pgid = forked, forked.pid, forked.pid
                return self.connection_info
            cmd = [*cmd[:at], __name__, *arguments]
            options["env"] = {**options["env"], "OPENBLAS_NUM_THREADS": "1"}  # each thread has a buffer of its own
        return await super().launch_kernel(cmd, **options)


class ForkServer:
    """The process that forks kernels, seen from the class server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C goes to the server, which ends this process by closing its input
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads do not survive a fork
        )

    def start(self, arguments: list[str], folder: str, environment: dict[str, str]) -> ForkedProcess | None:
        """Start a kernel; None if it cannot be forked and needs a separate process."""
        request = json.dumps({"arguments": arguments, "folder": folder, "environment": environment})
        with self._lock, contextlib.suppress(OSError, ValueError, psutil.NoSuchProcess):
            if self._process.stdin and self._process.stdout:
                self._process.stdin.write(request.encode() + b"\n")
                self._process.stdin.flush()
                return ForkedProcess(int(self._process.stdout.readline()))
        return None


@functools.cache
def fork_server() -> ForkServer:
    """Start the process that forks kernels, once."""
    return ForkServer()


class ForkedProcess(psutil.Process):  # type: ignore[misc]  # psutil has no types
    """A process that is not our child, with the interface of subprocess.Popen that Jupyter expects."""

    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        """Return None while the process runs, and 0 once it has ended, even if nobody has waited for it."""
        with contextlib.suppress(psutil.NoSuchProcess):
            if self.is_running() and self.status() != psutil.STATUS_ZOMBIE:
                return None
        return 0

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end of the process, whether or not its parent does."""
        return super().wait(timeout) if self.poll() is None else 0

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        with contextlib.suppress(psutil.NoSuchProcess):
            super().send_signal(number)


def main() -> None:
    """Load what a page needs, then fork one kernel per line of standard input until it ends; or be one kernel."""
    logging.getLogger().addHandler(logging.NullHandler())  # otherwise tracebacks would reach the page
    if len(sys.argv) > 1:
        from ipykernel.kernelapp import launch_new_instance

        for name in ("debugpy", "sqlite3"):  # pages need no debugger and no history
            sys.modules[name] = None  # type: ignore[assignment]
        _load_without_arrow()
        launch_new_instance()
        return
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # printed text must not look like an answer
    _load()
    gc.collect()
    gc.freeze()  # otherwise the collector would touch, and so copy, shared memory
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the kernels
    for line in sys.stdin.buffer:
        if (pid := os.fork()) == 0:
            answers.close()
            _run_kernel(**json.loads(line))
        answers.write(f"{pid}\n".encode())


def _load() -> None:
    """Import and run what pages use once, so that word caches are shared too."""
    import ipykernel.kernelapp  # noqa: F401
    import matplotlib.figure  # noqa: F401 - for pages with figures

    from .. import METRICS, code_units, explore_text, explore_thread, load_corpus  # noqa: F401
    from ..explorers import highlight_layers, thread_html, thread_model
    from ..text.reading import read

    thread_html.sides(thread_model.ThreadView(load_corpus("library-hours"), METRICS))
    for layer in highlight_layers.LAYERS.values():
        layer.draw(read("I am angry with you."))


def _load_without_arrow() -> None:
    """Import the readers of texts as if Arrow were not installed; Parquet files can still use it."""
    import numpy as np

    for name in ("f2py", "testing"):  # loaded by scipy.sparse, but never used
        sys.modules[f"numpy.{name}"] = empty = types.ModuleType(f"numpy.{name}")
        setattr(np, name, empty)
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    import pandas  # noqa: F401

    from ..lexicons.tokens import arrow

    arrow()
    del sys.modules["pyarrow"]


def _run_kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    import ipywidgets
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    try:
        app = IPKernelApp.instance(parent_handle=os.getppid(), log_level=logging.ERROR)
        app.initialize(arguments)  # type: ignore[no-untyped-call]
        ipywidgets.load_ipython_extension(app.shell)  # it was imported before there was a kernel
        app.start()  # type: ignore[no-untyped-call]
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
