"""Write a page about an article and its comments, to hand out or to print.

The page is one self-contained HTML file: what was read, how the article is built, how the comments differ, what the
numbers do not show, and a glossary.

  below-the-line report article.html comments.csv -o page.html
  below-the-line report article.md -o page.html
  below-the-line report library-hours -o page.html
"""

from __future__ import annotations

import argparse
import difflib
import pathlib
import warnings
from typing import TYPE_CHECKING

from .console import on_the_command_line, one_line, say, tell

if TYPE_CHECKING:
    import pandas as pd

COMMENTS = "export of its comments; or the word page, for the comments saved with the page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the input files and the output."""
    parser.add_argument("article", help="saved web page, Markdown or text file; or the name of a corpus")
    parser.add_argument("comments", nargs="?", help=COMMENTS)
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="PAGE",
                        help="file to write (default: ARTICLE-report.html here; a commenter's name in ARTICLE is not "
                             "masked)")  # fmt: skip
    add_reading_arguments(parser)
    parser.add_argument("--keep-authors", action="store_true",
                        help="keep the names of commenters: the page then names people who did not agree")  # fmt: skip


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options for reading files, shared by all commands that read an article with its comments."""
    parser.add_argument("--title", help="title of the article (default: its own)")
    parser.add_argument("--url", help="its address; it is shown as plain text and never opened")
    parser.add_argument("--format", help="format of the comments' file, if it is not recognised")
    parser.add_argument("--only", metavar="ARTICLE", help="title or address, if the export covers several articles")
    parser.add_argument("--encoding", help="encoding of the comments' file, if it is not recognised")
    parser.add_argument(
        "--article-encoding", metavar="ENCODING", help="encoding of the article's file, if not recognised"
    )
    add_column(parser)


def add_column(parser: argparse.ArgumentParser) -> None:
    """Declare the option that names columns."""
    parser.add_argument("--column", action="append", default=[], metavar="WHAT=NAME",
                        help="column of a table, as text=Message or posted=Day; may be repeated")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Read, measure and write."""
    from .. import load_corpus
    from .._files import check_output
    from ..reports.write_report import ENDINGS, write_report

    arguments.output = arguments.output or default_output(arguments.article, "-report.html")
    check_output(arguments.output, filter(None, (arguments.article, arguments.comments)), ENDINGS)
    if not is_corpus(arguments.article):
        texts = read_files(arguments)
    elif arguments.comments is None:
        texts = load_corpus(arguments.article)
    else:
        raise ValueError(f"{arguments.article} is a corpus, which has its own comments: report {arguments.article}")
    write_report(texts, arguments.output, title=arguments.title, progress=tell)
    say(f"Page: {arguments.output}")
    return 0


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
