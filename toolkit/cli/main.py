"""The command line: ``python -m toolkit`` runs the whole build, ``python -m toolkit NAME`` a sub-command."""

import argparse
import difflib
import os
import re
import sys
import textwrap
import warnings
from typing import Any, NoReturn

from .. import __version__
from .._terminal import harmless
from . import corpus, course, figures, measure, report, results
from .console import one_line, tell

PROGRAM = "below-the-line"
COMMANDS = {each.__name__.rpartition(".")[2]: each for each in (results, report, measure, corpus, figures, course)}
"""Sub-commands and their modules: `add_arguments(parser)` declares the arguments, `run(arguments)` runs the
command and returns the exit code.  The first line of the module's docstring is its line in `--help`, the rest its own
`--help`.  A new sub-command is one module and one row."""
JOBS = ("lab", "class", "lite", "test", "setup", "refresh")  # of run.py
WRONG, INTERRUPTED = 2, 130  # exit codes
DOCUMENTED = (ValueError, TypeError, OSError, ImportError, RuntimeError)  # errors that the toolkit's functions document


class Parser(argparse.ArgumentParser):
    """A parser whose errors may quote untrusted file names."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(harmless(message), file)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse unknown arguments with the sub-command's usage: argparse would leave them to the main parser."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """Refuse an empty value, which as a path would be the current folder; some options may be empty."""
        may_be_empty = ("command", "job", "cluster", "title", "url", *corpus.ABOUT)
        if not arg_string and action.dest not in may_be_empty:
            raise argparse.ArgumentError(action, "expected a value, not ''; give one, or leave the option out")
        return super()._get_value(action, arg_string)

    def error(self, message: str) -> NoReturn:
        """Show the usage and the error, and exit; for a misspelled command, suggest the nearest or a job of run.py."""
        if wrong := re.search(r"COMMAND: invalid choice: '(.*?)'", message):
            for near in difflib.get_close_matches(wrong[1], [*COMMANDS, *JOBS], 1):
                where = f"{near} is started in a checkout of the project: python3 run.py {near}"
                asked = "" if near == wrong[1] else f"{wrong[0]}. Did you mean {near}? "
                message = asked + (where if near in JOBS else f"{near} --help shows what it takes.")
        super().error(re.sub(r"invalid int value: (.*)", r"must be a whole number, not \1", message))


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 success, 1 a notebook or corpus failed, 2 wrong arguments or input."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = _parser()
    asked = parser.parse_args(given)
    before = given[: given.index(asked.command)] if asked.command else []
    if lost := [each for each in before if each != "--debug"]:  # the command's defaults would replace it
        parser.error(f"write these options after the command: {asked.command} {' '.join(lost)}")
    try:
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_, **__: tell(f"{PROGRAM}: {one_line(message)}")
            return int(COMMANDS[asked.command or "results"].run(asked))
    except KeyboardInterrupt:
        tell("Interrupted. No half-written file was left.")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of the results has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except DOCUMENTED as error:
        if asked.debug:
            raise
        tell(f"{PROGRAM}: {one_line(error)}")
        return WRONG


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=PROGRAM,
        description="Measure how an article is written and how its readers answer. Without a command, run `results`.",
        epilog="See COMMAND --help for more. Everything stays on this computer: nothing is sent or fetched.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    _add_debug(parser, default=False)
    results.add_arguments(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=False)
    for name, module in COMMANDS.items():
        first, _, rest = (module.__doc__ or "").partition("\n")
        command = commands.add_parser(
            name,
            help=first,
            description=first + "\n" + textwrap.dedent(rest),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        _add_debug(command, default=argparse.SUPPRESS)
    return parser


def _add_debug(parser: argparse.ArgumentParser, default: bool | str) -> None:
    parser.add_argument("--debug", action="store_true", default=default, help="show the traceback of an error")
