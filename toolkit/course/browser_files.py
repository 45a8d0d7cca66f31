"""Third-party files of the browser site: pinned by sha256, and fetched by pip and npm.

Each comes from the first place that has those bytes: a folder named by the user, the cache of earlier builds, or the
network.
"""

import functools
import hashlib
import http.client
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from .._files import write_atomic
from .._packaging import PACKAGE

OWN: Final = Path(__file__).with_name("browser")  # pages, scripts, and the pins

UNAVAILABLE = """\
The browser site was not built: {file} is unavailable.
  wanted: sha256 {sha256}
{tried}What to do: check the network, or put the file into a folder on a computer that has it, and name that folder:
  python3 run.py lite --from FOLDER"""


class UnavailableError(Exception):
    """A file of the site was not found anywhere."""


class Shelf:
    """Files by sha256: from folders named by the user, then the cache, then the network."""

    def __init__(self, folders: list[Path]) -> None:
        self.cache = cache_folder()
        self.cache.mkdir(parents=True, exist_ok=True)
        self.places: dict[str, Callable[[], bytes]] = {}
        self._look_into(*folders, self.cache)

    def _look_into(self, *folders: Path) -> None:
        for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
            if path.suffix in (".whl", ".tgz") and path.is_file():
                with path.open("rb") as file:
                    self.places.setdefault(hashlib.file_digest(file, "sha256").hexdigest(), path.read_bytes)

    def collect(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Download missing files, given as pairs of sha256 and name, into the cache."""
        missing = [(sha256, file) for sha256, file in wanted if sha256 not in self.places]
        if not missing:
            return
        wheels = [f"{pinned_version(file)} --hash=sha256:{sha256}" for sha256, file in missing if file.endswith(".whl")]
        errors = download_wheels(wheels, self.cache) if wheels else ""
        for file in (file for _, file in missing if file.endswith(".tgz")):
            errors += download_archive(pinned_version(file, "@"), self.cache)
        self._look_into(self.cache)
        for sha256, file in missing:
            if sha256 not in self.places:
                tried = textwrap.indent(errors or "downloaded, but the content differs\n", "  ")
                raise UnavailableError(UNAVAILABLE.format(file=file, sha256=sha256, tried=tried))

    def bytes_of(self, sha256: str, file: str, url: str = "") -> bytes:
        """Return the bytes with this sha256; what is downloaded is kept in the cache."""
        if sha256 in self.places:
            return self.places[sha256]()
        tried = ""
        if url:
            try:
                content = downloaded(url)
            except OSError as error:
                tried = f"  {url}: {error}\n"
            else:
                if (found := hashlib.sha256(content).hexdigest()) == sha256:
                    write_atomic(self.cache / file, content)
                    return content
                tried = f"  {url}: the content differs, sha256 {found}\n"
        raise UnavailableError(UNAVAILABLE.format(file=file, sha256=sha256, tried=tried))

    def open_carrier(self, content: bytes) -> None:
        """Add the wheels inside a wheel."""
        carrier = zipfile.ZipFile(io.BytesIO(content))
        for name in carrier.namelist():
            if name.endswith(".whl"):
                sha256 = hashlib.sha256(carrier.read(name)).hexdigest()
                self.places.setdefault(sha256, functools.partial(carrier.read, name))


def cache_folder() -> Path:
    """Return this user's folder for cached downloads."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local", "below-the-line", "browser-site")
    usual = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return Path(os.environ.get("XDG_CACHE_HOME") or usual, "below-the-line", "browser-site")


def downloaded(url: str) -> bytes:
    """Fetch a file from Pyodide's CDN, retrying twice if the connection breaks."""
    for attempt in range(3):
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException) as error:
            if attempt == 2:
                raise ConnectionError(str(error)) from error
            time.sleep(1 + attempt)
    raise AssertionError


def download_wheels(requirements: list[str], folder: Path, platform: str = "manylinux_2_28_x86_64") -> str:
    """Download wheels with pip, from its configured index, and return its errors."""
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else ["uv", "tool", "run", "pip"]
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        listed = Path(scratch, "requirements.txt")
        listed.write_text("\n".join(requirements), encoding="utf-8")
        errors = run_client(
            [*pip, "download", "--quiet", "--no-deps", "--only-binary=:all:", "--ignore-requires-python",
             "--python-version=3.14", f"--platform={platform}", f"--dest={scratch}", f"--requirement={listed}"]
        )  # fmt: skip
        for wheel in Path(scratch).glob("*.whl"):
            wheel.replace(folder / wheel.name)
    return errors


def download_archive(package: str, folder: Path) -> str:
    """Download a package with npm, from its configured registry, and return its errors."""
    if not (npm := shutil.which("npm")):
        return f"npm, which comes with Node.js, is not installed; it would fetch {package}\n"
    return run_client([npm, "pack", package, "--silent", "--pack-destination", str(folder)])


def run_client(command: list[str]) -> str:
    """Run pip or npm, and return the last lines of its errors."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", errors="replace")
    except OSError as error:
        return f"{command[0]}: {error.strerror}\n"
    return "\n".join(done.stderr.strip().splitlines()[-3:]) + "\n" if done.returncode else ""


def pinned_version(file: str, between: str = "==") -> str:
    """Return name and version from the name of a wheel or archive: "six==1.17.0"."""
    stem = file.removesuffix(".tgz")
    return package_of(file) + between + (stem.rpartition("-")[2] if file.endswith(".tgz") else stem.split("-")[1])


def pins() -> dict[str, tuple[str, str]]:
    """Return the sha256 and name of every pinned file, by the name of its package."""
    lines = (OWN / "files.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {package_of(file): (sha256, file) for sha256, file in rows}


def package_of(file: str) -> str:
    """Return the normalised name of a package from the name of its wheel or archive."""
    name = file.partition("-")[0] if file.endswith(".whl") else re.split(r"-\d", file)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def renew() -> None:
    """Write browser/files.txt anew: the same packages, at the versions of constraints.txt where it has them."""
    text = (PACKAGE.parent / "constraints.txt").read_text(encoding="utf-8")
    wanted = dict(re.findall(r"(?m)^([\w.-]+)==([\w.]+)", text))
    path = OWN / "files.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line.startswith("#") or not line.endswith(".whl"):
            continue
        name, _, version = pinned_version(line.split()[1]).partition("==")
        with tempfile.TemporaryDirectory() as scratch:
            for platform in ("any", "manylinux_2_28_x86_64"):  # pure Python if there is such a wheel
                errors = download_wheels([f"{name}=={wanted.get(name, version)}"], Path(scratch), platform)
                if not errors:
                    break
            (wheel,) = Path(scratch).glob("*.whl")
            lines[number] = f"{hashlib.sha256(wheel.read_bytes()).hexdigest()} {wheel.name}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
