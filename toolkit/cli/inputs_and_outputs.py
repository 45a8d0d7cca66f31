"""Inputs and outputs of commands: options for reading, corpora by name, named columns, default output names."""

from __future__ import annotations

import argparse
import os
import pathlib
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .._tables import listed, suggestion
from .console import on_the_command_line, one_line, tell

if TYPE_CHECKING:
    import pandas as pd

COMMENTS = "export of its comments; or the word page, for the comments saved with the page"


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options for reading files, shared by all commands that read an article with its comments."""
    parser.add_argument("--title", help="title of the article (default: its own)")
    parser.add_argument("--url", help="its address; it is shown as plain text and never opened")
    parser.add_argument("--format", help="format of the comments' file, if it is not recognised")
    parser.add_argument("--only", metavar="ARTICLE", help="title or address, if the export covers several articles")
    parser.add_argument("--encoding", help="encoding of the comments' file, if it is not recognised")
    parser.add_argument(
        "--article-encoding", metavar="ENCODING", help="encoding of the article, if it is not recognised"
    )
    add_column(parser)


def add_column(parser: argparse.ArgumentParser) -> None:
    """Declare the option that names columns."""
    parser.add_argument("--column", action="append", default=[], metavar="WHAT=NAME",
                        help="column of a table, as text=Message or posted=Day; may be repeated")  # fmt: skip


OF_COMMENTS = ("column", "encoding", "format", "only")  # options for a file of comments


def read_files(arguments: argparse.Namespace, name: str | None = None) -> pd.DataFrame:
    """Read the article and its comments from files, and print what was read and left out."""
    from ..importers.import_log import WARNING
    from ..importers.read_thread import import_summary, read_thread

    if arguments.comments is None:
        refuse_unused(arguments, (*OF_COMMENTS, "keep_authors"), "No file of comments was given.")
    elif arguments.comments == "page":
        refuse_unused(arguments, OF_COMMENTS, "Comments saved with a page are read as they are.")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        texts = read_thread(
            pathlib.Path(arguments.article), arguments.comments, title=arguments.title, url=arguments.url, name=name,
            columns=columns_of(arguments.column) or None, format=arguments.format, only=arguments.only, quiet=True,
            encoding=arguments.encoding, article_encoding=arguments.article_encoding,
            keep_authors=getattr(arguments, "keep_authors", False),
        )  # fmt: skip
    tell(on_the_command_line(import_summary(texts)))
    for each in warned:
        if not str(each.message).startswith(WARNING):  # the summary shows these
            tell(one_line(each.message) if isinstance(each.message, Warning) else each.message)
    return texts


def default_output(source: str, ending: str) -> pathlib.Path:
    """Return an output name in the current folder, derived from the first input."""
    return pathlib.Path(pathlib.Path(source).name.partition(".")[0] + ending)


def is_corpus(name: str) -> bool:
    """Return whether a word on the command line is the name of a corpus: a file of that name takes precedence."""
    from .. import list_corpora

    if os.path.exists(name):  # noqa: PTH110 - the name may be too long for this system
        return False
    try:
        names = list_corpora()["name"].tolist()
    except FileNotFoundError:
        return False
    if name not in names and (step := suggestion(name, names)).startswith("Did you mean"):
        raise ValueError(f"There is no file or corpus {name[:200]!r}. {step}")
    return name in names


def columns_of(given: list[str]) -> dict[str, str]:
    """Return the columns named by WHAT=NAME."""
    columns: dict[str, str] = {}
    for each in given:
        what, _, name = each.partition("=")
        if not (what and name):
            raise ValueError(f"--column takes WHAT=NAME, such as text=Message, not {each!r}.")
        if columns.setdefault(what, name) != name:
            raise ValueError(f"--column names two columns for {what}: {columns[what]!r} and {name!r}. Give one.")
    return columns


def refuse_unused(arguments: argparse.Namespace, names: Iterable[str], why: str) -> None:
    """Raise an error if one of these options was given; `why`, a sentence, explains that it would have no effect."""
    given = [f"--{name.replace('_', '-')}" for name in names if getattr(arguments, name, None)]
    if given:
        raise ValueError(f"{listed(given)} would do nothing. {why} Leave {'it' if len(given) == 1 else 'them'} out.")
