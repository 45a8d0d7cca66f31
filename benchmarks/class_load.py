"""Measure what a class needs: memory and time to the first page for a number of learners, on loopback and bounded.

    python benchmarks/class_load.py --learners 5 [--without-forks]

It serves the class notebook as `run.py class` does, opens one page per learner by HTTP, all at once, and reports the
memory of the server and of each kernel (proportional set size: shared pages are counted once), and how long the pages
took. `--without-forks` serves as Windows and macOS do. Modules are compiled once, as for `run.py class`: run it twice.
Nothing leaves the computer; a page that takes ten minutes ends the run.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from run import environment  # noqa: E402

MOST_SECONDS = 600
FORK_SERVER = "toolkit.cli.class_kernels"  # the last argument of its command
WITHOUT_FORKS = """
from toolkit.cli import class_kernels
class_kernels.FORKS = False
from toolkit.cli.class_server import ClassServer
ClassServer.launch_instance()
"""


def main() -> None:
    """Serve, open the pages, print a table, stop."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--learners", type=int, default=5)
    parser.add_argument("--port", type=int, default=18866)
    parser.add_argument("--without-forks", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        server = serve(options, Path(folder), log)
        try:
            address = address_in(log, server)
            free = psutil.virtual_memory().available
            began = time.monotonic()
            with ThreadPoolExecutor(options.learners) as pool:
                taken = sorted(pool.map(lambda _: seconds_of(address, began), range(options.learners)))
            children = psutil.Process(server.pid).children(recursive=True)
            shared = [each for each in children if each.ppid() == server.pid and each.cmdline()[-1] == FORK_SERVER]
            kernels = [each for each in children if each not in shared]
            sizes = sorted(megabytes(each) for each in kernels)
            middle, half = sizes[len(sizes) // 2], taken[len(taken) // 2]
            own = megabytes(psutil.Process(server.pid))
            used = (free - psutil.virtual_memory().available) / 1e6
            lines = [
                f"learners {options.learners} | kernels {len(kernels)}",
                f"server {own + sum(map(megabytes, shared)):.0f} MB | kernel median {middle:.0f} MB",
                f"all kernels {sum(sizes):.0f} MB | memory taken from the computer {used:.0f} MB",
                f"page complete: first {taken[0]:.0f} s, median {half:.0f} s, last {taken[-1]:.0f} s",
            ]
            sys.stdout.write("\n".join(lines) + "\n")
        finally:
            server.terminate()
            server.wait(30)


def serve(options: argparse.Namespace, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start the class server, with enough pages for all learners at one address."""
    env = {**environment(), "PYTHONPATH": str(ROOT), "JUPYTER_PATH": str(ROOT / "notebooks" / "class")}
    env |= {"JUPYTER_CONFIG_DIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder), "IPYTHONDIR": str(folder)}
    start = ["-c", WITHOUT_FORKS] if options.without_forks else ["-m", "toolkit.cli.class_server"]
    command = [sys.executable, *start, str(ROOT / "notebooks/class/what-do-you-see.ipynb"), "--no-browser"]
    command += [f"--port={options.port}", f"--ClassKernels.most_per_address={options.learners}"]
    with log.open("wb") as out:
        return subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)


def address_in(log: Path, server: subprocess.Popen[bytes]) -> str:
    """The address that the server prints."""
    for _ in range(600):
        if found := re.search(r"http://127\.0\.0\.1:\S+token=\w+", log.read_text(encoding="utf-8")):
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8"))


def seconds_of(address: str, began: float) -> float:
    """Open a page as a browser would, and wait until it is complete."""
    with urllib.request.urlopen(address, timeout=MOST_SECONDS) as answer:
        content = answer.read()
    if b"</html>" not in content or b"<h1>Not now" in content:
        raise RuntimeError(content[-500:].decode("utf-8", "replace"))
    return time.monotonic() - began


def megabytes(process: psutil.Process) -> float:
    """Memory of a process, with pages that it shares divided by those who share them where the system says so."""
    memory = process.memory_full_info()
    return float(getattr(memory, "pss", memory.rss)) / 1e6


if __name__ == "__main__":
    main()
