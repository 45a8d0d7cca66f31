"""Build the browser site: the notebooks and "drop your files" on Python in the browser, served as plain files.

python3 run.py lite                     write results/lite/
python3 run.py lite -o FOLDER           write FOLDER
python3 run.py lite --from FOLDER       use the files in FOLDER and download only the rest

Third-party files are pinned in browser/files.txt by sha256 (see browser_files.py). Pyodide's compiled wheels are pinned
by its own lock file and come from a folder named with --from, from a wheel on PyPI that contains copies, or from
Pyodide's CDN. The finished site requests nothing outside its own folder.
"""

import argparse
import email
import hashlib
import io
import json
import re
import shutil
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

import jinja2

from .._packaging import PACKAGE, data_folder, is_checkout
from .._terminal import write_line
from .browser_files import OWN, Shelf, UnavailableError, package_of, pins, renew
from .student_copies import student_copies

CDN: Final = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file}"
COMPILED: Final = "contourpy kiwisolver lxml matplotlib micropip numpy pandas pillow regex scipy".split()
CARRIER: Final = "open-webui"  # not used itself: its wheel contains copies of Pyodide's wheels
CORE: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# Parts of the kernel that are not needed to read, measure, compare and draw; the drop page leaves them out.
KERNEL: Final = (
    "anywidget asttokens comm executing ipykernel ipython ipython-pygments-lexers ipywidgets jedi "
    "matplotlib-inline micropip piplite prompt-toolkit psygnal pure-eval pygments pyodide-kernel stack-data traitlets"
).split()
JUPYTER: Final = ("jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyterlab-widgets")
LEFT_OUT_APPS: Final = ("consoles", "edit", "repl", "tree")
LEFT_OUT: Final = {
    "babel": re.compile(r"babel/locale-data/(?!en\.dat|root\.dat)"),  # imported, but never used for other languages
    "pyphen": re.compile(r"pyphen/dictionaries/hyph_(?!en)"),
    "justext": re.compile(r"justext/stoplists/(?!English)"),
    "rapidfuzz": re.compile(r"\A.*\.(so|pyi)$"),  # falls back to its own Python code
    "markupsafe": re.compile(r"\A.*\.(so|c|pyi)$"),  # the same
    "matplotlib": re.compile(r"matplotlib/(tests|mpl-data/sample_data)/"),
}
MADE: Final = "2026-01-01T00:00:00Z"  # date of the notebooks in listings, fixed for reproducible builds
NOT_IN_A_BROWSER: Final = "09-a-whole-archive.ipynb"  # needs Dask and Arrow
NOT_HERE: Final = (
    "This notebook reads archives with Dask and Arrow, which Python in a browser does not have. "
    "Open it on a computer: `python3 run.py lab notebooks/09-a-whole-archive.ipynb`."
)

# ---- the site


def build(output: Path, folders: list[Path]) -> None:
    """Build the site in a new folder, and put it in the place of `output` once it is complete.

    Raises
    ------
    UnavailableError
        If a file cannot be found, `output` holds something else, or this is not a checkout.
    """
    if not is_checkout():
        raise UnavailableError("The browser site is built from a checkout of the project: python3 run.py lite")
    shelf, pinned = Shelf(folders), pins()
    if output.exists() and any(output.iterdir()) and not (output / "jupyter-lite.json").exists():
        raise UnavailableError(f"{output} holds something other than a browser site. Name another folder: -o FOLDER")
    output.parent.mkdir(parents=True, exist_ok=True)
    shelf.collect(pin for name, pin in pinned.items() if name != CARRIER)
    with tempfile.TemporaryDirectory(prefix=".lite-", dir=output.parent) as scratch:
        site = Path(scratch, "site")
        licences = [*add_jupyter(site, shelf, pinned), *add_python(site / "static" / "pyodide", shelf, pinned)]
        add_pages(site, add_notebooks(site), licences)
        if output.exists():
            output.rename(Path(scratch, "earlier"))
        site.rename(output)


def add_jupyter(site: Path, shelf: Shelf, pinned: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Unpack JupyterLite, without unused parts, and the extensions that it loads."""
    core = zipfile.ZipFile(io.BytesIO(shelf.bytes_of(*pinned["jupyterlite-core"])))
    (archive,) = (name for name in core.namelist() if name.endswith(".tgz"))
    apps = tuple(f"{folder}{app}/" for folder in ("", "build/") for app in LEFT_OUT_APPS)
    unused = re.compile(r"\A(?:.*\.(map|eot|ttf|svg)$|service-worker\.js|rspack)")
    with tarfile.open(fileobj=io.BytesIO(core.read(archive))) as app:
        for member in filter(tarfile.TarInfo.isfile, app):
            name = member.name.removeprefix("package/")
            if not (name.startswith(apps) or unused.match(name)):
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_bytes(app.extractfile(member).read())  # type: ignore[union-attr]
    for place in ("favicon.ico", "static/favicons/favicon-notebook.ico", "static/favicons/favicon-busy-1.ico"):
        (site / place).parent.mkdir(parents=True, exist_ok=True)  # requested by the app, but not in the archive
        shutil.copyfile(site / "notebooks" / "favicon.ico", site / place)
    for name in LEFT_OUT_APPS:  # menus link to them
        (site / name).mkdir()
        shutil.copyfile(OWN / "elsewhere.html", site / name / "index.html")
    extensions, settings = [], []
    for wheel in ("jupyterlite-pyodide-kernel", "jupyterlab-widgets", "anywidget"):
        for name, folder in labextensions(shelf.bytes_of(*pinned[wheel]), site / "extensions"):
            about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
            extensions.append({"name": name, **about["jupyterlab"]["_build"]})
            settings += [
                {"id": f"{name}:{schema.stem}", "raw": "{}", "settings": {}, "version": about["version"],
                 "schema": json.loads(schema.read_text(encoding="utf-8"))}
                for schema in sorted((folder / "schemas").rglob("*.json"))
            ]  # fmt: skip
    write_json(site / "build" / "schemas" / "all_federated.json", settings)
    config = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))
    ours = json.loads((OWN / "jupyter-lite.json").read_text(encoding="utf-8"))
    (kernel,) = ours["litePluginSettings"].values()
    kernel["loadPyodideOptions"]["packages"] = [*KERNEL, "below-the-line"]
    config["jupyter-config-data"] |= ours | {"federated_extensions": extensions}
    write_json(site / "jupyter-lite.json", config)
    for name in JUPYTER:
        yield licence_of(zipfile.ZipFile(io.BytesIO(shelf.bytes_of(*pinned[name]))))


def labextensions(wheel: bytes, into: Path) -> Iterator[tuple[str, Path]]:
    """Unpack the JupyterLab extensions of a wheel, and return their names and folders."""
    archive = zipfile.ZipFile(io.BytesIO(wheel))
    parts = [re.fullmatch(r"\A.*/share/jupyter/labextensions/((?:@[^/]+/)?[^/]+)/(.+)", n) for n in archive.namelist()]
    for found in filter(None, parts):
        if not found[2].endswith((".map", ".whl")):
            place = into / found[1] / found[2]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(archive.read(found[0]))
    for name in sorted({found[1] for found in parts if found}):
        yield name, into / name


def add_python(core: Path, shelf: Shelf, pinned: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Write Pyodide, every wheel, and a lock file that names these and no others."""
    core.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(shelf.bytes_of(*pinned["pyodide"]))) as archive:
        for name in CORE:
            (core / name).write_bytes(archive.extractfile(f"package/{name}").read())  # type: ignore[union-attr]
        lock = json.load(archive.extractfile("package/pyodide-lock.json"))  # type: ignore[arg-type]
        version = json.load(archive.extractfile("package/package.json"))["version"]  # type: ignore[arg-type]
    packages = {}
    for file, content in wheels(shelf, pinned, lock["packages"], version):
        wheel = zipfile.ZipFile(io.BytesIO(content))
        name = package_of(file)
        files = [each.removesuffix(".py") for each in wheel.namelist() if each.endswith(".py")]
        modules = {each.removesuffix("/__init__") for each in files}
        imports = sorted(each for each in modules if "/" not in each)
        (core / file).write_bytes(content)
        packages[name] = {
            "name": name, "version": file.split("-")[1], "file_name": file, "install_dir": "site",
            "sha256": hashlib.sha256(content).hexdigest(), "package_type": "package", "imports": imports,
            "depends": [], "unvendored_tests": False,
        }  # fmt: skip
        yield licence_of(wheel)
    packages["below-the-line"]["depends"] = sorted(set(packages) - {*KERNEL, "below-the-line"})
    lock["packages"] = packages
    write_json(core / "pyodide-lock.json", lock)


def wheels(
    shelf: Shelf, pinned: dict[str, tuple[str, str]], official: dict[str, Any], version: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the file name and the bytes of every wheel that Python in the browser loads."""
    yield own_wheel()
    compiled = [official[name] for name in COMPILED]
    if not {each["sha256"] for each in compiled} <= set(shelf.places):
        try:
            shelf.collect([pinned[CARRIER]])
            shelf.open_carrier(shelf.bytes_of(*pinned[CARRIER]))
        except UnavailableError as error:
            write_line(sys.stdout, f"{error.args[0].splitlines()[0]} Asking Pyodide's CDN instead.")
    for each in compiled:
        url = CDN.format(version=version, file=each["file_name"])
        yield repacked(each["file_name"], shelf.bytes_of(each["sha256"], each["file_name"], url))
    for name, (sha256, file) in pinned.items():
        if name not in ("pyodide", CARRIER, *JUPYTER):
            yield repacked(file, shelf.bytes_of(sha256, file))
    kernel = zipfile.ZipFile(io.BytesIO(shelf.bytes_of(*pinned["jupyterlite-pyodide-kernel"])))
    for name in kernel.namelist():
        file = name.rpartition("/")[2]
        if package_of(file) in ("ipykernel", "piplite", "pyodide-kernel") and name.endswith(".whl"):
            yield repacked(file, kernel.read(name))
    yield "jedi-0-py3-none-any.whl", wheel_of("jedi", "0", {})  # the kernel requires it, but completion works without


def repacked(file: str, content: bytes) -> tuple[str, bytes]:
    """Return a wheel without the parts that the site does not need; most wheels are unchanged."""
    name = package_of(file)
    unused = LEFT_OUT.get(name)
    if not unused and name != "pyodide-kernel":
        return file, content
    wheel = zipfile.ZipFile(io.BytesIO(content))
    files = {path: wheel.read(path) for path in wheel.namelist() if not (unused and unused.match(path))}
    if interpreter := files.get("pyodide_kernel/interpreter.py"):
        files["pyodide_kernel/interpreter.py"] = interpreter.replace(b"use_jedi = True", b"use_jedi = False")
    if name in ("rapidfuzz", "markupsafe"):
        file = "-".join([*file.split("-")[:2], "py3-none-any.whl"])
    return file, zipped(files)


def own_wheel() -> tuple[str, bytes]:
    """Return the toolkit as a wheel, with corpora and samples where an installed package has them."""
    version = re.search(r'(?m)^version = "(.+)"', (PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert version
    folders = {PACKAGE: "toolkit", data_folder("corpora"): "toolkit/_shipped/corpora"}
    folders[data_folder("notebooks") / "samples"] = "toolkit/_shipped/notebooks/samples"
    files = {
        str(PurePosixPath(place, path.relative_to(folder).as_posix())): path.read_bytes()
        for folder, place in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and OWN not in path.parents
    }
    return f"below_the_line-{version[1]}-py3-none-any.whl", wheel_of("below-the-line", version[1], files)


def wheel_of(name: str, version: str, files: dict[str, bytes]) -> bytes:
    """Make a pure wheel of some files."""
    about = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "RECORD": "",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }  # fmt: skip
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    return zipped(files | {f"{folder}/{part}": text.encode() for part, text in about.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """Make an archive without dates: the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


# ---- our own part


def add_notebooks(site: Path) -> list[tuple[str, str]]:
    """Add learners' copies of the notebooks for the kernel of the browser; return their names and titles."""
    files, titles = site / "files", []
    with tempfile.TemporaryDirectory() as scratch:
        for path in student_copies(scratch, outputs=False):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (in the browser)"}
            said = "".join(notebook["cells"][0]["source"])
            title = re.search(r"^# (.+)$", said, re.MULTILINE)
            if path.name == NOT_IN_A_BROWSER:
                said = f"# {title[1] if title else path.stem}\n\n{NOT_HERE}"
                notebook["cells"] = [{"cell_type": "markdown", "id": "not-here", "metadata": {}, "source": said}]
            name = path.relative_to(scratch).as_posix()
            write_json(files / name, notebook)
            number = f"{path.name[:2]} " if path.name[:2].isdigit() else ""
            titles.append((name, number + (title[1] if title else path.stem)))
    for folder in (files, *(path for path in files.rglob("*") if path.is_dir())):
        place = folder.relative_to(files)
        write_json(site / "api" / "contents" / place / "all.json", listing(folder, files, inside=True))
    write_json(
        site / "api" / "translations" / "all.json",
        {"data": {"en": {"displayName": "English", "nativeName": "English"}}},
    )
    write_json(site / "api" / "translations" / "en.json", {"data": {}, "message": ""})
    return titles


def listing(path: Path, root: Path, *, inside: bool = False) -> dict[str, Any]:
    """Describe a file or folder as Jupyter's contents API does; `inside`: with what the folder holds."""
    place = "" if path == root else path.relative_to(root).as_posix()
    kind = "directory" if path.is_dir() else "notebook"
    content = [listing(each, root) for each in sorted(path.iterdir())] if inside else None
    return {
        "name": place and path.name, "path": place, "type": kind, "format": "json" if inside else None,
        "content": content, "mimetype": None, "writable": True, "created": MADE, "last_modified": MADE,
        "size": None if path.is_dir() else path.stat().st_size,
    }  # fmt: skip


def write_json(path: Path, content: object) -> None:
    """Write a JSON file, and its folder if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def add_pages(site: Path, notebooks: list[tuple[str, str]], licences: list[tuple[str, str, str, str]]) -> None:
    """Write the start page, the page to drop files on, and the page of licences."""
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(OWN), autoescape=True, trim_blocks=True)
    for name in ("index.html", "drop.html", "licences.html"):
        page = pages.get_template(name).render(
            notebooks=notebooks, licences=licences, not_here=NOT_IN_A_BROWSER, size=megabytes(site)
        )
        (site / name).write_text(page, encoding="utf-8")
    for name in ("site.css", "drop.js", "worker.js"):
        shutil.copyfile(OWN / name, site / name)
    for name in ("files.js", "widgets.css", "html_panel.css", "files.css"):
        shutil.copyfile(PACKAGE / "explorers" / name, site / name)


def megabytes(folder: Path) -> str:
    """Return the size of a folder."""
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 2**20:.0f}"


def licence_of(wheel: zipfile.ZipFile) -> tuple[str, str, str, str]:
    """Return name, version, licence and the text of the licence of a wheel."""
    names = wheel.namelist()
    (metadata,) = (name for name in names if re.fullmatch(r"\A[^/]+\.dist-info/METADATA", name))
    about = email.message_from_string(wheel.read(metadata).decode("utf-8", "replace"))
    given = [about["License-Expression"] or "", *(about.get_all("Classifier") or []), about["License"] or ""]
    said = [each.rpartition(" :: ")[2] for each in given if each and (" :: " not in each or each.startswith("License"))]
    texts = [name for name in names if re.search(r"\.dist-info/(.*/)?(LICEN[CS]E|COPYING|NOTICE)[^/]*$", name, re.I)]
    text = "\n\n".join(wheel.read(name).decode("utf-8", "replace") for name in texts)
    return about["Name"], about["Version"], (said or ["see below"])[0].splitlines()[0][:80], text


def main(arguments: list[str]) -> int:
    """Read the command line, and build."""
    parser = argparse.ArgumentParser("run.py lite", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-o", "--output", type=Path, default=PACKAGE.parent / "results" / "lite", metavar="FOLDER")
    parser.add_argument("--from", dest="folders", type=Path, action="append", default=[], metavar="FOLDER",
                        help="a folder with wheels, tried before the network")  # fmt: skip
    parser.add_argument("--renew", action="store_true", help="for developers: renew the pins from constraints.txt")
    given = parser.parse_args(arguments)
    if given.renew:
        renew()
        return 0
    started = time.monotonic()
    try:
        build(given.output, given.folders)
    except UnavailableError as error:
        write_line(sys.stderr, str(error))
        return 1
    write_line(sys.stdout, f"Built {given.output} in {time.monotonic() - started:.0f} s: {megabytes(given.output)} MB.")
    write_line(sys.stdout, f"Serve it over http, for example: python3 -m http.server -d {given.output} 8000")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
