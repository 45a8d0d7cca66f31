"""Console output: results to standard output, progress to standard error, in characters the terminal supports."""

import ast
import contextlib
import re
import shlex
import sys

from .._terminal import harmless, write_line

MOST = 1_000  # characters of an error message


def say(text: str = "") -> None:
    """Write a result and a newline to standard output."""
    write_line(sys.stdout, text)


def tell(text: str) -> None:
    """Write a progress line to standard error, apart from results that may be piped; a closed stream is ignored."""
    with contextlib.suppress(BrokenPipeError):
        write_line(sys.stderr, text)


def one_line(error: BaseException | str) -> str:
    """Return an error as one line without control characters: its message may quote a file's content."""
    if isinstance(error, PermissionError) and error.filename:
        error = f"{error.filename} cannot be opened: {error.strerror}. Allow access to it, or name another file."
    text = on_the_command_line(" ".join(str(error).split())) or type(error).__name__
    return harmless(text[:MOST]) + ("…" if len(text) > MOST else "")


def on_the_command_line(message: str) -> str:
    """Translate an error's suggestion into command-line options: columns={'text': 'Body'} to --column text=Body."""

    def columns(found: re.Match[str]) -> str:
        named = [map(ast.literal_eval, each) for each in _PART.findall(found[1])]
        return " ".join(f"--column {part}={quoted(name)}" for part, name in named) or "--column"

    message = _COLUMNS.sub(columns, message)
    for python, command in _COMMANDS.items():
        message = message.replace(python, command)
    message = re.sub(r"^(?:article_)?(format|encoding|workers|batch)(?= must be )", r"--\1", message)
    message = re.sub(r"^about needs (\w+) as .*", r"--\1 must not be empty.", message)
    message = re.sub(r"^about\['(\w+)'\]", r"--\1", message)
    message = _DISAGREE.sub(r"The article names \3, not \2. Leave out --\1, or correct it in the file.", message)
    return _OPTION.sub(lambda found: f"--{found[1].replace('_', '-')} {quoted(found[2])}", message)


def quoted(word: str) -> str:
    """Quote a word for a shell if it needs it."""
    if _ACTIVE.search(word):
        return shlex.quote(word)
    return word if shlex.quote(word) == word else f'"{word}"'


_COMMANDS = {
    "A key of columns": "The first part of --column",
    "about needs creator as a string that is not empty: about={'creator': '...'}": (
        "Name the writer: --creator 'A. Writer'"
    ),
    "read_thread(article, comments)": "report ARTICLE COMMENTS",
    "pass comments='page'": "use report ARTICLE page",
    "list_corpora() lists": "corpus list shows",
    "pass replace=True": "give --replace",
}
_COLUMNS = re.compile(r"columns=\{([^{}]*)\}")
_PART = re.compile(r"""('\w+'): ('[^']*'|"[^"]*")""")
_DISAGREE = re.compile(r"^about gives (\w+) = (.*), but the article in texts has (.*)\. Make them agree\.$")
_ACTIVE = re.compile(r'[$`"\\!]')  # active in a shell even inside quotation marks
_OPTION = re.compile(r"\b(title|url|format|only|encoding|article_encoding)='([^']*)'")
