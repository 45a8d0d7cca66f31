"""Measure every corpus, run every notebook, and write a site of pages, figures and tables to results/.

This is what `python3 run.py` does. It takes about a minute.
"""

from __future__ import annotations

import argparse
import pathlib
import time
from typing import TYPE_CHECKING

from markupsafe import Markup

from .._files import csv_bytes, make_folder, write_atomic
from .._packaging import PACKAGE, data_folder, is_checkout, optional
from .console import say, tell

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

FEATURED = "library-hours"
HEADLINES = "sentiment negative_share words_per_sentence question_share capitals_share emoji_density".split()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the output folder."""
    results = (PACKAGE.parent if is_checkout() else pathlib.Path()) / "results"
    parser.add_argument("-o", "--output", type=pathlib.Path, default=results, metavar="FOLDER",
                        help="folder for pages, figures and tables (default: results/)")  # fmt: skip
    parser.add_argument("--stored", action="store_true", help="show the stored outputs without running the notebooks")


def run(arguments: argparse.Namespace) -> int:
    """Run the whole build; the exit code is 0, or 1 if a notebook failed."""
    from .. import provenance

    output = arguments.output
    for folder in ("tables", "figures"):
        make_folder(output / folder)
    table = _measure_corpora(output / "tables")
    notebooks, failed = _notebooks(stored=arguments.stored)
    for warning in _write_pages(output, notebooks, table):
        tell(warning)
    title = "The article against its comments, sentence by sentence"
    say(f"\n{title}\n{provenance(FEATURED)}\n\n{_shown(table).to_string(index=False)}")
    say(f"\nPages: {output / 'index.html'}\nTables: {output / 'tables'}\nFigures: {output / 'figures'}")
    for name, why in failed.items():
        tell(f"\n{name} failed, and its page shows the stored outputs: {why}")
    return 1 if failed else 0


def _measure_corpora(folder: pathlib.Path) -> pd.DataFrame:
    """Write the measured texts and sentences of every corpus; return the comparison of the featured one."""
    from .. import compare, list_corpora, load_corpus, measure, split_sentences

    for name in list_corpora().name:
        texts = load_corpus(name)
        write_atomic(folder / f"{name}-texts.csv", csv_bytes(measure(texts).drop(columns="text")))
        sentences = measure(split_sentences(texts))
        write_atomic(folder / f"{name}-sentences.csv", csv_bytes(sentences.drop(columns="text")))
        if sentences.kind.nunique() == 2:
            write_atomic(folder / f"{name}-comparison.csv", csv_bytes(compare(sentences)))
        say(f"measured {name}: {len(texts)} texts, {len(sentences)} sentences")
    comparison = compare(measure(split_sentences(load_corpus(FEATURED))))
    return comparison[comparison.metric.isin(HEADLINES)]


def _notebooks(*, stored: bool) -> tuple[dict[str, NotebookNode], dict[str, str]]:
    """Return the notebooks, run or with stored outputs, and the reasons why any failed."""
    from concurrent.futures import ThreadPoolExecutor

    with optional("lab", "Notebooks"):
        import nbformat

    from ..reports.run_notebooks import run_notebook

    folder = data_folder("notebooks")
    paths = sorted(folder.glob("*.ipynb")) + sorted(folder.glob("class/*.ipynb"))
    notebooks = {path.relative_to(folder).as_posix(): nbformat.read(path, 4) for path in paths}
    failed: dict[str, str] = {}

    def run(path: pathlib.Path) -> None:
        name, started = path.relative_to(folder).as_posix(), time.perf_counter()
        try:
            notebooks[name] = run_notebook(path)
            say(f"ran {name} in {time.perf_counter() - started:.0f} s")
        except RuntimeError as error:
            failed[name] = str(error)

    if not stored:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, paths))
    return notebooks, failed


def _write_pages(output: pathlib.Path, notebooks: dict[str, NotebookNode], table: pd.DataFrame) -> list[str]:
    from .. import load_corpus, measure, plot_comparison, plot_tone, provenance, split_sentences
    from ..figures.display import bundle, figure_html
    from ..reports.run_notebooks import figures_of
    from ..reports.site import write_site

    thumbnails = dict.fromkeys(notebooks, "")
    for name, notebook in notebooks.items():
        for number, (picture, _, description) in enumerate(figures_of(notebook), 1):
            file = f"{pathlib.PurePath(name).stem}-{number}"
            write_atomic(output / "figures" / f"{file}.png", picture)
            write_atomic(output / "figures" / f"{file}.txt", description.encode("utf-8"))
            thumbnails[name] = thumbnails[name] or f"figures/{file}.png"
    front = {
        "picture": figure_html(bundle(plot_tone(measure(split_sentences(load_corpus(FEATURED)))))),
        "comparison": figure_html(bundle(plot_comparison(table))),
        "table": Markup(_shown(table).to_html(index=False, border=0)),
        "source": provenance(FEATURED),
        "thumbnails": thumbnails,
        "tables": sorted(path.name for path in (output / "tables").glob("*.csv")),
        "has_lite": (output / "lite" / "index.html").is_file(),
    }
    return write_site(output, notebooks, front)


_HEADINGS = {
    "label": "metric",
    "article_median": "article, median",
    "comment_median": "comments, median",
    "article_n": "article, sentences",
    "comment_n": "comments, sentences",
    "share_higher": "comments score higher, ties counted as half",
    "verdict": "verdict",
}


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    return table[list(_HEADINGS)].rename(columns=_HEADINGS).round(2)
