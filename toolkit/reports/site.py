"""The site: notebooks, lessons, data card, changelog and reference as linked pages with search, made by Sphinx."""

from __future__ import annotations

import ast
import copy
import io
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .. import __version__
from .._html import templates
from .._packaging import PACKAGE, data_folder, is_checkout, optional
from ..figures.display import SAVE_SHOWN, SAVE_UNZIPPED, figure_html

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HERE: Final = Path(__file__).parent
_SHOWN: Final = ("text/html", "text/plain", "image/png")  # outputs that cannot run anything
_RUNS: Final = ("script", "iframe", "object", "embed", "form", "base", "link", "meta")
_NO_KERNEL: Final = (
    "*The notebook has interactive controls here. They do not work on this page: open the notebook in JupyterLab.*"
)
_PLAYS: Final = re.compile(r"^(?:explore_\w+|code_units)\(", re.MULTILINE)
_REFERENCE: Final = {  # page -> title, and folders whose public names it describes
    "texts": ("Texts and corpora", ("importers", "corpora", "text")),
    "metrics": ("Metrics", ("metrics", "lexicons")),
    "comparing": ("Comparing", ("comparison",)),
    "context": ("Words, sources and answers in context", ("context",)),
    "figures": ("Figures and the report", ("figures", "reports")),
    "explorers": ("Explorers and exercises", ("explorers", "course")),
    "coding": ("Coding by hand", ("annotation",)),
    "archives": ("Archives larger than memory", ("archives",)),
}


def write_site(output: Path, notebooks: Mapping[str, NotebookNode], front: Mapping[str, object]) -> list[str]:
    """Write the site to a folder that already holds its pictures, and return Sphinx's warnings.

    `notebooks` are shown with their outputs as they are, by file name, in order; `front` is what the template of the
    start page takes besides them. Pages of the same names are replaced.
    """
    with optional("site", "Pages"):
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace, patch_docutils

    said = io.StringIO()
    with tempfile.TemporaryDirectory() as place:
        source, kept, extra, built = (Path(place) / name for name in ("source", "kept", "extra", "built"))
        _gather(source, extra, notebooks, front)
        with patch_docutils(), docutils_namespace():
            settings = tomllib.loads((_HERE / "sphinx.toml").read_text(encoding="utf-8"))
            settings |= {"version": __version__, "release": __version__, "html_extra_path": [str(extra)]}
            settings |= {"html_static_path": [str(_HERE / "site.css")]}
            Sphinx(source, None, built, kept, "html", settings, status=None, warning=said).build()
        shutil.copytree(built, output, dirs_exist_ok=True)  # MyST-NB leaves a folder beside its output
    return re.sub(r"\x1b\[[\d;]*m", "", said.getvalue()).replace(f"{source}/", "").splitlines()


def _gather(source: Path, extra: Path, notebooks: Mapping[str, NotebookNode], front: Mapping[str, object]) -> None:
    """Put the sources of all pages into one folder, and files to copy unchanged into another."""
    import nbformat

    root = PACKAGE.parent if is_checkout() else PACKAGE / "_shipped"
    teaching = data_folder("notebooks") / "teaching"
    shutil.copytree(teaching, source / "teaching", ignore=shutil.ignore_patterns("*.html"))
    shutil.copytree(teaching, extra / "teaching", ignore=shutil.ignore_patterns("*.md"))
    for name in ("CHANGELOG.md", "corpora/README.md", "benchmarks/README.md"):
        (source / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(root / name, source / name)
    for name, notebook in notebooks.items():
        (source / name).parent.mkdir(exist_ok=True)
        nbformat.write(readable(notebook), source / name)
    for path in source.rglob("*.md"):  # Sphinx would turn copied pages into downloads
        text = path.read_text(encoding="utf-8")
        linked = re.sub(r"\[([^\]]{1,300})\]\(([\w/-]{1,300}\.html)\)", r'<a href="\2">\1</a>', text)
        path.write_text(linked, encoding="utf-8")
    lessons = [path.stem for path in sorted(teaching.glob("*.md")) if path.stem != "README"]
    front = {**front, "notebooks": {name: title_and_purpose(each) for name, each in notebooks.items()}}
    pages = {"index": front, "notebooks": front, "reference/index": {"pages": _REFERENCE}}
    for name, (title, folders) in _REFERENCE.items():
        pages[f"reference/{name}"] = {"title": title, "names": sorted(_public_names(folders))}
    (source / "reference").mkdir()
    for name, values in pages.items():
        template = name if "index" in name or name == "notebooks" else "reference/page"
        made = templates("toolkit.reports").get_template(f"site/{template}.md.j2").render(values)
        (source / f"{name}.md").write_text(made, encoding="utf-8")
    with (source / "teaching" / "README.md").open("a", encoding="utf-8") as page:
        page.write("\n```{toctree}\n:hidden:\n" + "\n".join(lessons) + "\n```\n")


def _public_names(folders: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the public names from some folders of the package, each with the directive that describes it."""
    import toolkit

    for node in ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in folders:
            for name in (alias.name for alias in node.names):
                value = getattr(toolkit, name)
                kind = "autoclass" if isinstance(value, type) else "autofunction" if callable(value) else "data"
                yield name, kind


def readable(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook to read on a page.

    Each figure has its folded text description below it, solutions are folded, nothing in an output runs, and a note
    replaces the controls of explorers.
    """
    import nbformat

    made = copy.deepcopy(notebook)
    made.metadata.pop("widgets", None)
    cells = []
    for cell in made.cells:
        cells.append(cell)
        if "solution" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = ["hide-cell"]
        if plays := cell.cell_type == "code" and _PLAYS.search(cell.source):
            cells.append(nbformat.v4.new_markdown_cell(_NO_KERNEL))
        cell.source = cell.source.replace("](../", "](") if cell.cell_type == "markdown" else cell.source
        for output in cell.get("outputs", []):
            if "data" in output:
                output.data = {} if plays else _still(output.data)
    made.cells = cells
    return made


def _still(data: Mapping[str, str]) -> dict[str, str]:
    """Return an output's data without scripts and external content; figures keep their text description."""
    from lxml import html as markup

    kept = {kind: data[kind] for kind in _SHOWN if kind in data}
    if "<figure" in kept.get("text/html", ""):
        kept["text/html"] = str(figure_html(kept))
    if "text/html" in kept:
        tree = markup.fragment_fromstring(kept["text/html"], create_parent="div")
        for each in list(tree.iter(*_RUNS)):
            each.drop_tree()
        for each in tree.iter():
            for name, value in each.attrib.items():
                ours = value in (SAVE_SHOWN, SAVE_UNZIPPED)
                if (name.startswith("on") and not ours) or (
                    name in ("src", "href") and not value.startswith(("data:", "#"))
                ):
                    del each.attrib[name]
        for table in tree.iter("table"):
            table.attrib.update({"tabindex": "0"})
        for corner in [cell for cell in tree.iter("th") if not cell.text_content().strip()]:
            corner.tag = "td"  # empty cells are not headings
        kept["text/html"] = str(markup.tostring(tree, encoding="unicode"))
    return kept


def title_and_purpose(notebook: NotebookNode) -> tuple[str, str]:
    """Return the heading of a notebook's first cell and the first sentence below it."""
    lines = [line.strip() for line in notebook.cells[0].source.splitlines() if line.strip()]
    purpose = next((line for line in lines[1:] if not line.startswith(("#", "-", "|"))), "")
    return lines[0].lstrip("# "), re.sub(r"[*_`]", "", purpose)
