"""Write a page about an article and its comments, to hand out or to print.

The page is a self-contained HTML file: what was read, how the article is built, how the comments differ, what the
numbers do not show, and a glossary.

  below-the-line report article.html comments.csv -o page.html
  below-the-line report article.md -o page.html
  below-the-line report library-hours -o page.html
"""

import argparse
import pathlib

from .console import say, tell
from .inputs_and_outputs import COMMENTS, add_reading_arguments, default_output, is_corpus, read_files, refuse_unused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the input files and the output."""
    parser.add_argument("article", help="saved web page, Markdown, text, Word or PDF file; or the name of a corpus")
    parser.add_argument("comments", nargs="?", help=COMMENTS)
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="PAGE",
                        help="file to write (default: ARTICLE-report.html here; a commenter's name in ARTICLE is not "
                             "masked)")  # fmt: skip
    add_reading_arguments(parser)
    parser.add_argument("--keep-authors", action="store_true",
                        help="keep the names of commenters, who did not agree to be named")  # fmt: skip


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
        why = f"{arguments.article} is a corpus, which is read as it was saved."
        fixed = ("article_encoding", "column", "encoding", "format", "keep_authors", "only", "url")
        refuse_unused(arguments, fixed, why)
        texts = load_corpus(arguments.article)
    else:
        raise ValueError(f"{arguments.article} is a corpus, which has its own comments: report {arguments.article}")
    write_report(texts, arguments.output, title=arguments.title, progress=tell)
    say(f"Page: {arguments.output}")
    return 0
