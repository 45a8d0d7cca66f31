"""Measure every corpus, run every notebook, write pages, figures and tables to results/.

This is what `python3 run.py` does. It takes about a minute.
"""

from __future__ import annotations

import argparse
import html
import pathlib
import time
from typing import TYPE_CHECKING

from .._files import csv_bytes, write_atomic
from .._packaging import PACKAGE, data_folder, is_checkout, optional
from .console import say, tell

if TYPE_CHECKING:
    import pandas as pd

FEATURED = "nato-preemptive-strike"
HEADLINES = (
    "sentiment",
    "negative_share",
    "words_per_sentence",
    "question_share",
    "capitals_share",
    "emoji_density",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the output folder."""
    parser.add_argument(
        "-o",
        "--output",
        type=pathlib.Path,
        default=(PACKAGE.parent if is_checkout() else pathlib.Path()) / "results",
        metavar="FOLDER",
        help="folder for pages, figures and tables (default: results/)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the whole build; the exit code is 0, or 1 if a notebook failed."""
    output = arguments.output
    for folder in ("tables", "figures"):
        (output / folder).mkdir(parents=True, exist_ok=True)
    table = _measure_corpora(output / "tables")
    failed = _write_pages(output, table)
    say(_as_text(table))
    say(f"\nPages: {output / 'index.html'}\nTables: {output / 'tables'}\nFigures: {output / 'figures'}")
    for name, why in failed:
        tell(f"\n{name} failed: {why}")
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


def _write_pages(output: pathlib.Path, table: pd.DataFrame) -> list[tuple[str, str]]:
    """Run the notebooks and write a page for each, the figures and the index; return the failures with reasons."""
    from concurrent.futures import ThreadPoolExecutor

    from ..reports.notebook_pages import index_page

    paths = sorted(data_folder("notebooks").glob("*.ipynb"))
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda path: _write_page(path, output), paths))
    pages = [page for page, _ in done if page]
    write_atomic(output / "index.html", index_page(pages, _as_html(table)).encode("utf-8"))
    return [(path.name, why) for path, (_, why) in zip(paths, done, strict=True) if why]


def _write_page(path: pathlib.Path, output: pathlib.Path) -> tuple[tuple[str, str, str] | None, str]:
    with optional("lab", "Notebooks"):
        from nbclient.exceptions import CellExecutionError

    from ..reports.notebook_pages import figures_of, page_of, run_notebook, title_and_purpose

    started = time.perf_counter()
    try:
        notebook = run_notebook(path)
    except CellExecutionError as error:
        return None, str(error)
    title, purpose = title_and_purpose(notebook)
    write_atomic(output / f"{path.stem}.html", page_of(notebook, title).encode("utf-8"))
    for number, (picture, description) in enumerate(figures_of(notebook), 1):
        write_atomic(output / "figures" / f"{path.stem}-{number}.png", picture)
        write_atomic(output / "figures" / f"{path.stem}-{number}.txt", description.encode("utf-8"))
    say(f"ran {path.name} in {time.perf_counter() - started:.0f} s")
    return (f"{path.stem}.html", title, purpose), ""


_HEADINGS = {
    "label": "metric",
    "article_median": "article, median",
    "comment_median": "comments, median",
    "article_n": "article, sentences",
    "comment_n": "comments, sentences",
    "share_higher": "comments score higher, ties half",
    "verdict": "verdict",
}


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    return table[list(_HEADINGS)].rename(columns=_HEADINGS).round(2)


def _as_text(table: pd.DataFrame) -> str:
    from .. import provenance

    title = "The article against its comments, sentence by sentence"
    return f"\n{title}\n{provenance(FEATURED)}\n\n{_shown(table).to_string(index=False)}"


def _as_html(table: pd.DataFrame) -> str:
    from .. import provenance

    rows = _shown(table).to_html(index=False, border=0)
    note = (
        "Comments score higher: the share of pairs, a sentence of each side, in which the comment's is higher; a tie "
        "counts half."
    )
    return (
        f"<h2>The article against its comments, sentence by sentence</h2>\n<div class='scroll'>{rows}</div>\n"
        f"<p>{note} 0.5 is no difference.</p>\n<p>{html.escape(provenance(FEATURED))}</p>"
    )
