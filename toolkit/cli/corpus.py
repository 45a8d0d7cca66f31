"""List the corpora, add one of your own, or check them against their recorded digests.

A corpus is a folder with an article, its comments and their source; its name can then be used wherever a
corpus name is expected, in the notebooks too.

  below-the-line corpus list
  below-the-line corpus add town-hall article.html comments.csv --licence "Quoted for teaching."
  below-the-line corpus check
"""

import argparse
import pathlib

from .console import one_line, say
from .inputs_and_outputs import COMMENTS, add_reading_arguments, read_files

ABOUT = {
    "creator": "writer of the article (default: as stated in the page)",
    "publisher": "site or paper where it appeared (default: as stated in the page)",
    "published": "date of publication, as YYYY-MM-DD (default: as stated in the page)",
    "retrieved": "date on which you saved it, as YYYY-MM-DD",
    "notes": "what a reader should know about it",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the three actions: list, add, check."""
    jobs = parser.add_subparsers(metavar="JOB", dest="job", required=True)
    listing = jobs.add_parser("list", help="show the corpora", description="Show the corpora, one per line.")
    adding = jobs.add_parser("add", help="make a corpus from your own files", description=add.__doc__)
    checking = jobs.add_parser("check", help="check corpora against their recorded digests", description=check.__doc__)
    adding.add_argument("name", help="lower-case letters, digits and hyphens")
    adding.add_argument("article", help="saved web page, Markdown, text, Word or PDF file")
    adding.add_argument("comments", nargs="?", help=COMMENTS)
    adding.add_argument("--licence", required=True, help="what may be done with the texts, in one sentence")
    for key, what in ABOUT.items():
        adding.add_argument(f"--{key}", help=what)
    add_reading_arguments(adding)
    adding.add_argument("--composed", action="store_true", help="the texts were written for teaching")
    adding.add_argument("--replace", action="store_true", help="replace a corpus of this name")
    checking.add_argument("names", nargs="*", metavar="NAME", help="corpora to check (default: all)")
    for each, job in ((listing, show_list), (adding, add), (checking, check)):
        each.add_argument("--folder", type=pathlib.Path, help="folder of the corpora (default: the toolkit's own)")
        each.set_defaults(do=job)


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen action."""
    if arguments.folder is not None and not arguments.folder.is_dir() and arguments.job != "add":
        raise NotADirectoryError(f"There is no folder {arguments.folder}. Leave --folder out for the toolkit's own.")
    return int(arguments.do(arguments))


def show_list(arguments: argparse.Namespace) -> int:
    """Show the corpora, one per line."""
    from .. import list_corpora

    table = list_corpora(folder=arguments.folder)
    say(table.to_string(index=False) if len(table) else "There is no corpus here yet. Make one: corpus add --help")
    return 0


def add(arguments: argparse.Namespace) -> int:
    """Make a corpus from an article and its comments; commenters become Reader 01, Reader 02, and so on."""
    from ..corpora.load import checked_name
    from ..corpora.save import save_corpus

    texts = read_files(arguments, name=checked_name(arguments.name))
    keys = (*ABOUT, "title", "url", "licence", "composed")
    about = {key: texts.attrs["report"]["article"][key] for key in ("publisher", "url")}
    about |= {key: value for key in keys if (value := getattr(arguments, key)) is not None}
    place = save_corpus(texts, arguments.name, about, folder=arguments.folder, replace=arguments.replace)
    say(f"\nSaved as {place}. Look through the comments for names before you share it.")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Check each corpus against its recorded digests; exit code 1 if one differs."""
    from ..corpora.load import corpora_folder, load_corpus

    folder = arguments.folder or corpora_folder()
    names = arguments.names or sorted(path.parent.name for path in folder.glob("[!.]*/about.toml"))
    damaged = 0
    for name in names:
        try:
            say(f"{name}: intact, {len(load_corpus(name, folder=folder)) - 1} comments")
        except (ValueError, OSError) as error:
            damaged += 1
            say(f"{name}: {one_line(error)}")
    if not names:
        say(f"There is no corpus in {folder}.")
    return 1 if damaged else 0
