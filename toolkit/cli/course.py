"""Write copies of the notebooks for learners, without solutions and results.

The copies check answers like the originals, and need the project installed beside them. A copy that someone has
worked in is never overwritten.

  below-the-line course -o for-my-class
  below-the-line course -o for-my-class --corpus library-hours
"""

import argparse
import pathlib

from .console import quoted, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the copies and the output folder."""
    parser.add_argument("-o", "--output", type=pathlib.Path, default=pathlib.Path("student"),
                        help="folder for the copies (default: student/)")  # fmt: skip
    parser.add_argument("--corpus", metavar="NAME", help="corpus that the copies load, such as library-hours")
    parser.add_argument("--student", action="store_true", help=argparse.SUPPRESS)  # the default
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--with-outputs", action="store_true", help="keep results, except those to be guessed first")
    either.add_argument("--without-outputs", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Write the copies and list them."""
    from ..course.student_copies import student_copies

    paths = student_copies(arguments.output, outputs=arguments.with_outputs, corpus=arguments.corpus)
    say("\n".join(map(str, paths)))
    say(f"\nTo open the first: python3 run.py lab {quoted(str(paths[0]))}")
    return 0
