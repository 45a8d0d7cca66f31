"""The sub-commands of the command line: one small module each, one row each in COMMANDS."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from . import build, corpus, course, figures, measure, report

COMMANDS: Final[dict[str, ModuleType]] = {
    "results": build,
    "report": report,
    "measure": measure,
    "corpus": corpus,
    "figures": figures,
    "course": course,
}
"""Name of a sub-command, and its module: `add_arguments(parser)` says what may follow the name, `run(arguments)` does
it and gives the exit code back.  The first line of the module's docstring is its line in `--help`, the rest its own
`--help`.  A new sub-command is one module and one row."""
