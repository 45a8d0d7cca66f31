"""Measure files or corpora, and write one table: one row per sentence (or text, passage, block), one column per metric.

A file is a table of comments (CSV, TSV, XLSX, JSON, JSON lines, or a platform's export), a Parquet table with a
column `text`, or one article (web page, Markdown, text). A name that is not a file's may be a corpus.
Names and addresses of commenters are masked, as everywhere; the table omits the texts themselves unless
--with-text is given. An empty cell means that a number would be misleading.

  below-the-line measure comments.csv -o measured.csv
  below-the-line measure library-hours article.md --units texts -o measured.parquet

An archive larger than memory (JSON lines, CSV or Parquet, compressed or not) is measured into a folder. An
interrupted run resumes where it stopped. --cluster uses Dask, on this machine or others.

  below-the-line measure 2023.jsonl.zst 2024.jsonl.zst -o measured --workers 4 --column text=body
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import sys
from typing import TYPE_CHECKING, Any

from .._packaging import optional
from .console import on_the_command_line, say, tell
from .inputs_and_outputs import add_column, columns_of, default_output, is_corpus, refuse_unused

if TYPE_CHECKING:
    import pandas as pd

ARTICLES = (".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text", ".docx", ".pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the input, the units, and the output."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="files, or names of corpora")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="TABLE",
                        help="x.csv, x.parquet, or an archive's folder (default: FILE-measured.csv here; a commenter's "
                             "name in FILE is not masked)")  # fmt: skip
    parser.add_argument(
        "--units",
        choices=("texts", "sentences", "passages", "blocks"),
        default="sentences",
        help="unit of a row (default: sentences)",
    )
    parser.add_argument("--metric", action="append", metavar="NAME", help="only this metric; may be repeated")
    parser.add_argument("--with-text", action="store_true", help="keep the texts in the table")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes; worthwhile from about fifty thousand texts"
    )
    parser.add_argument("--cluster", nargs="?", const="", metavar="ADDRESS",
                        help="for an archive: a Dask scheduler; by default, workers on this machine")  # fmt: skip
    parser.add_argument("--format", help="format of the files, if it is not recognised")
    parser.add_argument("--encoding", help="encoding of the files, if it is not recognised")
    add_column(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read, split, measure and write."""
    from .. import METRICS, measure
    from .._files import check_output, csv_bytes, write_atomic
    from ..metrics.measure import chosen
    from ..text.units import SPLIT

    arguments.output = arguments.output or default_output(arguments.files[0], "-measured.csv")
    kind = arguments.output.suffix.lower()
    if not kind:
        return _measure_archive(arguments)
    if arguments.cluster is not None:
        raise ValueError("--cluster measures into a folder: give -o the name of a folder, without an extension.")
    check_output(arguments.output, arguments.files, (".csv", ".parquet"))
    metrics = chosen(arguments.metric or METRICS)
    units = SPLIT[arguments.units](_texts(arguments))
    tell(f"measuring {len(units):,} {arguments.units} ...")
    measured = measure(units, metrics, progress=sys.stderr.isatty(), workers=arguments.workers)
    table = measured if arguments.with_text else measured.drop(columns="text")
    write_atomic(arguments.output, csv_bytes(table) if kind == ".csv" else table.to_parquet(index=False))
    say(f"{len(measured):,} {arguments.units}, {len(metrics)} measures: {arguments.output}")
    return 0


def _measure_archive(arguments: argparse.Namespace) -> int:
    """Measure files into a folder, batch by batch, here or on a cluster."""
    from .. import METRICS, measure_files

    refuse_unused(arguments, ("encoding", "format", "with_text"), "A folder of results takes no such option.")
    if arguments.cluster:
        refuse_unused(arguments, ("workers",), "The scheduler has workers of its own.")
    with contextlib.ExitStack() as stack:
        client = None if arguments.cluster is None else stack.enter_context(_client(arguments, stack))
        summary = measure_files(
            arguments.files, arguments.output, metrics=arguments.metric or METRICS, units=arguments.units,
            columns=columns_of(arguments.column), workers=arguments.workers, client=client,
            progress=sys.stderr.isatty(),
        )  # fmt: skip
    say(summary.to_string(index=False))
    say(f"{summary['units'].sum():,} {arguments.units} in {arguments.output / 'data'}")
    if not summary["texts"].sum():
        why = f"see {arguments.output / 'rejects.csv'}. --column text=NAME names the texts."
        tell(f"No row could be measured: {why if summary['rows'].sum() else 'the files have none.'}")
        return 1
    return 0


def _client(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> Any:
    """Return a Dask client for the given scheduler, or for workers started on this machine."""
    with optional("scale", "Dask clusters (--cluster)"):
        from distributed import Client, LocalCluster
    if arguments.cluster:
        if ":" not in arguments.cluster:
            raise ValueError(f"--cluster takes an address such as tcp://host:8786, not {arguments.cluster!r}.")
        return Client(arguments.cluster)
    workers = {"n_workers": arguments.workers, "threads_per_worker": 1, "dashboard_address": None}
    return Client(stack.enter_context(LocalCluster(**workers)))


def _texts(arguments: argparse.Namespace) -> pd.DataFrame:
    import pandas as pd

    places = [name if is_corpus(name) else os.path.realpath(name) for name in arguments.files]
    if twice := [name for name, place in zip(arguments.files, places, strict=True) if places.count(place) > 1]:
        raise ValueError(f"{twice[0]} is given twice, so its texts would be counted twice. Give it once.")
    tables: list[pd.DataFrame] = []
    unused = {"column", "encoding", "format"}
    for name in arguments.files:
        readers = sum(table["author"].nunique() for table in tables if "author" in table.columns)
        table = _read(name, len(tables) + 1, readers + 1, arguments, unused)
        table.attrs = {}
        tables.append(table)
    refuse_unused(arguments, sorted(unused), "None of the files given takes such an option.")
    return pd.concat(tables, ignore_index=True)


def _read(name: str, number: int, reader: int, arguments: argparse.Namespace, unused: set[str]) -> pd.DataFrame:
    """Read a file or corpus as texts; `number` distinguishes the threads of files, `reader` numbers the first reader.

    The options that apply to it are removed from `unused`. Each file has its own readers, since the same name in two
    files may belong to two people.
    """
    from .. import load_corpus, read_thread
    from ..importers.comment_formats import read_comments
    from ..importers.exports.text_chats_and_mail import holds_messages
    from ..importers.read_thread import import_summary

    path = pathlib.Path(name)
    if is_corpus(name):
        return load_corpus(name)
    if path.suffix.lower() in ARTICLES and not (
        path.suffix.lower() in (".txt", ".html", ".htm") and holds_messages(path)
    ):
        unused -= {"encoding", "format"}
        texts = read_thread(path, quiet=True, article_format=arguments.format, article_encoding=arguments.encoding)
        tell(on_the_command_line(import_summary(texts)))
        return texts
    if path.suffix.lower() == ".parquet":
        return _parquet(path, number, reader)
    unused.clear()
    columns = columns_of(arguments.column) or None
    return _masked(
        *read_comments(path, format=arguments.format, columns=columns, encoding=arguments.encoding), number, reader
    )


def _masked(raw: Any, log: Any, number: int, reader: int) -> pd.DataFrame:
    """Return raw comments as texts without names, and print the summary of the import."""
    from ..importers.comments_table import comments_table
    from ..importers.privacy.pseudonyms import Pseudonyms

    named = Pseudonyms(raw.people(), first=reader)
    texts = comments_table(raw, log, thread_id=f"file-{number}", pseudonyms=named)
    tell(on_the_command_line(log.summary()))
    return texts


def _parquet(path: pathlib.Path, number: int, reader: int) -> pd.DataFrame:
    """Read a Parquet table unchanged if, like the toolkit's own, it names nobody; otherwise as a table of comments.

    Without a column of names, addresses and numbers in the comments are masked, and names after @.
    """
    import numpy as np
    import pandas as pd

    from ..corpora.load import is_pseudonym
    from ..importers.exports.field_names import part_of
    from ..importers.privacy.pseudonyms import Pseudonyms
    from ..importers.privacy.word_scan import scan
    from ..importers.read_thread import comments_of_table
    from ..importers.text_files import check_file

    check_file(path)
    try:
        table = pd.read_parquet(path)
    except PermissionError:
        raise
    except (OSError, ValueError) as error:
        raise ValueError(f"{path.name} is not a Parquet table, or is damaged.") from error
    if "text" not in table.columns:
        raise ValueError(f"{path.name} has no column `text`; it has {', '.join(map(str, table.columns))[:200]}.")
    named = [name for name in map(str, table.columns)
             if part_of(name) in ("author", "handle", "others") or "mail" in name.lower()]  # fmt: skip
    is_article = table["kind"].isin(["article"]).to_numpy() if "kind" in table.columns else np.zeros(len(table), bool)
    comments = table[~is_article]
    if all(is_pseudonym(str(each)) for name in named for each in comments[name].dropna().unique()):
        if named:
            return table
        nobody, texts = Pseudonyms(), [*dict.fromkeys(each for each in comments["text"] if isinstance(each, str))]
        scanned = scan(texts, nobody)
        masked = {each: scanned.masked(at, nobody) for at, each in enumerate(texts)}
        shown = zip(table["text"], is_article, strict=True)
        return table.assign(text=[masked[each] if isinstance(each, str) and not own else each for each, own in shown])
    raw, log = comments_of_table(table, None)
    log.source = path.name
    return _masked(raw, log, number, reader)
