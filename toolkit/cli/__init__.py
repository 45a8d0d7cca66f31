"""The sub-commands of the command line: one small module each, one row each in COMMANDS."""

from types import ModuleType
from typing import Final

from . import corpus, course, figures, measure, report, results

COMMANDS: Final[dict[str, ModuleType]] = {
    "results": results,
    "report": report,
    "measure": measure,
    "corpus": corpus,
    "figures": figures,
    "course": course,
}
"""Sub-commands and their modules: `add_arguments(parser)` declares the arguments, `run(arguments)` runs the
command and returns the exit code.  The first line of the module's docstring is its line in `--help`, the rest its own
`--help`.  A new sub-command is one module and one row."""
