"""Write copies of the notebooks for learners: the same pages without the solutions.

With --without-outputs the results are left out too, so that learners predict before they see them.  The copies
check answers as the originals do, and need the project installed beside them.

  below-the-line course --student
  below-the-line course --student -o for-my-class --without-outputs
  below-the-line course --student -o for-my-class --corpus library-hours
"""

from __future__ import annotations

import argparse
import pathlib

from .console import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which copies to write, and where."""
    parser.add_argument("--student", action="store_true", required=True, help="copies without solutions")
    parser.add_argument(
        "-o",
        "--output",
        type=pathlib.Path,
        default=pathlib.Path("student"),
        help="folder for the copies (default: student/)",
    )
    parser.add_argument("--corpus", metavar="NAME", help="the corpus on which the copies open, such as library-hours")
    parser.add_argument("--without-outputs", action="store_true", help="leave the results out, too")


def run(arguments: argparse.Namespace) -> int:
    """Write the copies and list them."""
    from ..course.student_copies import student_copies

    paths = student_copies(arguments.output, outputs=not arguments.without_outputs, corpus=arguments.corpus)
    say("\n".join(map(str, paths)))
    return 0
