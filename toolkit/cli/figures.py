"""Rebuild every figure as SVG and PNG, and check its data against the notebook."""

import argparse
import pathlib
import tempfile

from .console import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the figures and the output folder."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a figure's name, such as tone-over-time; by default all"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("-o", "--output", type=pathlib.Path, default=pathlib.Path("results/figures"),
                        help="folder for the figures and manifest.json (default: results/figures)")  # fmt: skip
    either.add_argument("--check", action="store_true", help="only check; write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Make the figures; the exit code is 1 if any figure's data differ from the notebook's."""
    from ..reports.reproduce_figures import rebuild_figures

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) if arguments.check else arguments.output
        table = rebuild_figures(folder, arguments.names, progress=True)
    for row in table.itertuples():
        say(f"{'same' if row.same else 'DIFFERS':<8} {row.name:<32} {row.notebook}  sha256 {str(row.sha256)[:12]}")
    say(f"Same as in the notebooks: {int(table.same.sum())} of {len(table)}.")
    if not arguments.check:
        say(f"Written to {arguments.output}, with manifest.json.")
    return 0 if table.same.all() else 1
