"""What commands read and write: options for reading, corpora by name, named columns, default names of outputs."""

from __future__ import annotations

import argparse
import difflib
import pathlib
import warnings
from typing import TYPE_CHECKING

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


def read_files(arguments: argparse.Namespace, name: str | None = None) -> pd.DataFrame:
    """The article and its comments from files; what was read and left out is reported at once."""
    from ..importers.import_log import WARNING
    from ..importers.read_thread import import_summary, read_thread

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
        if not str(each.message).startswith(WARNING):  # which the summary shows
            tell(one_line(each.message) if isinstance(each.message, Warning) else each.message)
    return texts


def default_output(source: str, ending: str) -> pathlib.Path:
    """Return an output name in the current folder, derived from the first input."""
    return pathlib.Path(pathlib.Path(source).name.partition(".")[0] + ending)


def is_corpus(name: str) -> bool:
    """Whether a word on the command line is the name of a corpus: a file of that name takes precedence."""
    from .. import list_corpora

    if pathlib.Path(name).exists():
        return False
    try:
        names = list_corpora()["name"].tolist()
    except FileNotFoundError:
        return False
    if name not in names and (nearest := difflib.get_close_matches(name, names)):
        raise ValueError(f"There is no file or corpus {name[:200]!r}. Did you mean {' or '.join(nearest)}?")
    return name in names


def columns_of(given: list[str]) -> dict[str, str]:
    """The columns named by WHAT=NAME."""
    wrong = [each for each in given if "=" not in each]
    if wrong:
        raise ValueError(f"--column takes WHAT=NAME, such as text=Message, not {wrong[0]!r}.")
    return dict(each.split("=", 1) for each in given)
