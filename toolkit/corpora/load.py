"""The project's own corpora: their list, their provenance, and their texts as a table."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import itertools
import re
import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .._files import as_path, freed, locked
from .._limits import LARGEST_ABOUT, MOST_DOTS
from .._packaging import data_folder
from .._tables import show_dollars, suggestion
from .replies import depths, parent_positions

if TYPE_CHECKING:  # pandas is slow to import, and `import toolkit` need not wait for it
    import pandas as pd

TEXT_COLUMNS: Final = {
    "text_id": "string",
    "thread_id": "string",
    "kind": "string",
    "reply_to": "string",
    "author": "string",
    "posted": "datetime64[us, UTC]",
    "likes": "Int64",
    "language": "string",
    "text": "string",
}
COMMENT_COLUMNS: Final = ("comment_id", "reply_to", "author", "posted", "likes", "text")

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
SAVING, ASIDE = "-saving-", "-before"  # hidden folders beside a corpus: incomplete, or about to be replaced
_LEFTOVER = re.compile(rf"\.{_NAME.pattern}({SAVING}\w+|{ASIDE})")
_PSEUDONYM = re.compile(r"Reader [0-9]{2,}")
_FILES = ("article.md", "comments.csv")
_TOML_TEXT = re.compile(r'""".*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)
_ABOUT = {"title": str, "creator": str, "licence": str, "composed": bool, "language": str, "sha256": dict}


def corpora_folder() -> Path:
    """Return the folder of the corpora that come with the toolkit."""
    return data_folder("corpora")


def list_corpora(*, folder: str | Path | None = None) -> pd.DataFrame:
    """List the corpora in a folder; by default those that come with the toolkit.

    Returns
    -------
    DataFrame
        One row per corpus: name, title, creator, composed (True for texts written for teaching), articles and comments
        (how many).

    Raises
    ------
    ValueError, FileNotFoundError
        If a corpus is damaged, as in `load_corpus`; it is not skipped.
    """
    import pandas as pd

    place, rows = _place(folder), []
    for name in _names(place):
        about, kinds = _about(place / name), load_corpus(name, folder=place)["kind"]
        counts = int(kinds.eq("article").sum()), int(kinds.eq("comment").sum())
        rows.append((name, about["title"], about["creator"], about["composed"], *counts))
    dtypes = {"name": "string", "title": "string", "creator": "string", "composed": "bool"}
    dtypes |= {"articles": "int64", "comments": "int64"}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def load_corpus(name: str, *, folder: str | Path | None = None) -> pd.DataFrame:
    """Load a corpus as a table of texts: the article first, then its comments in the order of the file.

    Parameters
    ----------
    name
        The name of a corpus, as `list_corpora` shows it.
    folder
        The folder that holds the corpora; by default the one that comes with the toolkit.

    Returns
    -------
    pandas.DataFrame
        One row per text, with the columns and dtypes of `TEXT_COLUMNS`. `kind` is "article" or "comment". A
        commenter who has no pseudonym yet becomes "Reader 01", "Reader 02", … in order of appearance; the article's
        writer keeps their name.
        `posted` is UTC. Values that the page does not give are missing. The article's text is the Markdown of
        the file, unchanged. The apostrophe that `save_corpus` puts before a text that spreadsheets would take for a
        formula is removed.

    Raises
    ------
    TypeError, ValueError
        If the name is not a string, there is no such corpus, a file does not match its digest in about.toml, or the
        table of comments is faulty.
    FileNotFoundError
        If a file of the corpus is missing.
    """
    import pandas as pd

    show_dollars()

    place = _find(name, folder)
    about = _about(place)
    article, comments = _read(place, about, "article.md"), _comments(place, about)
    published = str(about.get("published", ""))
    likes = [about.get("likes"), *(int(each) if each else None for each in comments["likes"])]
    columns = {
        "text_id": [f"{name}/article", *(f"{name}/{each}" for each in comments["comment_id"])],
        "thread_id": name,
        "kind": ["article", *["comment"] * len(comments)],
        "reply_to": [None, *(f"{name}/{each}" if each else None for each in comments["reply_to"])],
        "author": [about["creator"], *_pseudonyms(comments["author"], about["creator"])],
        "posted": _moments([published if len(published) >= len("YYYY-MM-DD") else "", *comments["posted"]]),
        "likes": pd.array(likes, dtype="Int64"),  # never through float, which changes large numbers
        "language": about["language"],
        "text": [article, *comments["text"]],
    }
    return pd.DataFrame(columns).astype(TEXT_COLUMNS)


def provenance(name: str, *, folder: str | Path | None = None) -> str:
    """Cite a corpus in one line. Parameters and errors as in `load_corpus`.

    Returns
    -------
    str
        Creator (year or "n.d."), title, publisher, address as plain text, retrieval, whether it was composed, and the
        first 12 digits of the digests in about.toml, against which `load_corpus` checks the files.
    """
    about = _about(_find(name, folder))
    year = re.match(r"[0-9]{4}", str(about.get("published", "")))
    parts = [f"{about['creator']} ({year[0] if year else 'n.d.'})", about["title"]]
    parts += [str(about.get("publisher", "")), str(about.get("url", ""))]
    parts.append(f"Retrieved {about['retrieved']}" if about.get("retrieved") else "")
    parts.append("Composed for teaching; not a real publication" if about["composed"] else "")
    digests = (f"{file} {about['sha256'][file][:12]}" for file in _FILES)
    parts.append("SHA-256: " + ", ".join(digests))
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _place(folder: str | Path | None) -> Path:
    """Return the folder of corpora after waiting for a save in progress, and remove leftovers of killed ones."""
    place = corpora_folder() if folder is None else as_path(folder)
    if _leftovers(place):
        with contextlib.suppress(OSError), locked(place, wait=2):
            clear_leftovers(place)
    return place


def _names(place: Path) -> list[str]:
    folders = (each.parent.name for each in place.glob("*/about.toml"))
    return sorted(name for name in folders if _NAME.fullmatch(name))


def _find(name: str, folder: str | Path | None) -> Path:
    """Return the folder of a corpus, checking the name before it becomes part of a path."""
    checked_name(name)
    place = _place(folder)
    names = _names(place)
    if name not in names:
        raise ValueError(f"There is no corpus {name!r}. {suggestion(name, names)}")
    return place / name


def clear_leftovers(folder: Path) -> None:
    """Clear up after killed saves, under the folder's lock: remove what is incomplete, restore what was set aside."""
    for rest in _leftovers(folder):
        name = rest.name.removesuffix(ASIDE)[1:]
        if rest.name.endswith(ASIDE) and not (folder / name).exists():
            rest.rename(folder / name)
        else:
            shutil.rmtree(rest)


def _leftovers(folder: Path) -> list[Path]:
    return [each for each in folder.glob(".*") if _LEFTOVER.fullmatch(each.name) and each.is_dir()]


def checked_name(name: str) -> str:
    """Return a valid corpus name unchanged; otherwise raise an error."""
    if not isinstance(name, str):
        raise TypeError(f"A corpus name must be a string such as 'nato-wire-report', not {type(name).__name__}.")
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"{name[:80]!r} cannot be the name of a corpus. Use 1 to 64 lower-case letters, digits and hyphens, "
            "starting with a letter or digit. list_corpora() lists the corpora."
        )
    return name


def _about(place: Path) -> dict[str, Any]:
    where = f"{place.name}/about.toml"
    if not (place / "about.toml").is_file():  # opening a pipe would block
        raise ValueError(f"{where} is not a file.")
    if (size := (place / "about.toml").stat().st_size) > LARGEST_ABOUT:
        raise ValueError(f"{where} has {size:,} bytes; the limit is {LARGEST_ABOUT:,}.")
    try:
        written = (place / "about.toml").read_text(encoding="utf-8")
        if (dots := _TOML_TEXT.sub("", written).count(".")) > MOST_DOTS:
            raise ValueError(f"its keys have {dots:,} dots; the limit is {MOST_DOTS:,}")
        about = tomllib.loads(written)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{where} is not TOML in UTF-8: {error}. Correct the file.") from error
    for key, kind in _ABOUT.items():
        if not isinstance(about.get(key), kind) or about[key] == "":
            raise ValueError(f"{where} needs {key} ({kind.__name__}, not empty); found {about.get(key)!r}.")
    likes = about.get("likes", 0)
    if type(likes) is not int or abs(likes) >= 2**63:
        raise ValueError(f"{where}: likes must be a whole number, not {str(likes)[:80]!r}.")
    # A missing digest is an error on reading, which reports the digest to record.
    return about | {"sha256": {file: str(about["sha256"].get(file, "none")) for file in _FILES}}


def _read(place: Path, about: dict[str, Any], file: str) -> str:
    """Read a file of a corpus as text, provided that it matches its digest in about.toml."""
    where, path = f"{place.name}/{file}", place / file
    if not path.is_file():
        raise FileNotFoundError(f"{where} is missing. A corpus has about.toml, {' and '.join(_FILES)}.")
    content = path.read_bytes()
    expected, found = about["sha256"][file], hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ValueError(
            f"{where} is not the file that about.toml records. SHA-256 expected: {expected}; found: {found}. "
            f"Restore the file (git checkout -- corpora/{where}), or, if the change is intended, "
            f'write "{file}" = "{found}" under [sha256] in {place.name}/about.toml.'
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{where} is not UTF-8: {error}. Save it as UTF-8 and record its new digest.") from error


def _comments(place: Path, about: dict[str, Any]) -> pd.DataFrame:
    """Read comments.csv with every cell unchanged: "NA" stays a word, and 007 stays 007."""
    import pandas as pd

    where, text = f"{place.name}/comments.csv", _read(place, about, "comments.csv")
    try:
        header = tuple(next(filter(None, csv.reader(io.StringIO(text, newline=""))), ()))
        if header and header != COMMENT_COLUMNS:
            raise ValueError(f"{where} needs the header {','.join(COMMENT_COLUMNS)}; found {','.join(header)[:200]}")
        # With the header read as a row, longer rows are errors and no cell becomes an index.
        table = pd.read_csv(io.StringIO(text), header=None, dtype=str, keep_default_na=False, na_filter=False)
    except (csv.Error, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{where} is not a comma-separated table (RFC 4180): {error}. Save it as CSV.") from error
    comments = table.iloc[1:].set_axis(list(COMMENT_COLUMNS), axis="columns").reset_index(drop=True)
    for column in ("comment_id", "reply_to", "text"):
        comments[column] = comments[column].map(freed)
    if faults := _faults(comments):
        raise ValueError(f"{where} (the header is row 1): {'; '.join(faults)}.")
    return comments


def _faults(comments: pd.DataFrame) -> list[str]:
    """List the faults of a table of comments, each with the rows where it occurs."""
    import pandas as pd

    ids, replies, posted, likes, text = (comments[key] for key in COMMENT_COLUMNS if key != "author")
    fit = ids.str.fullmatch(r"[A-Za-z0-9_-]{1,64}") & ids.ne("article")  # the article's own id
    known = replies.isin([*ids, ""])
    wrong = {
        "comment_id must be letters, digits, - or _, and not 'article'": ~fit,
        "comment_id occurs more than once": ids.duplicated(keep=False),
        "reply_to is not a comment_id in this file": ~known,
        "reply_to never leads back to the article": pd.Series(depths(parent_positions(ids, replies))).isna(),
        "posted is not an ISO 8601 date": posted.ne("") & _moments(posted).isna(),
        "likes is not a whole number": ~likes.str.fullmatch(r"(?:-?[0-9]{1,18})?"),
        "text is empty": text.str.strip().eq(""),
    }
    return [f"{fault}: row {_rows(mask)}" for fault, mask in wrong.items() if mask.any()]


def _rows(mask: pd.Series[bool]) -> str:
    shown, numbers = 10, [str(index + 2) for index in mask[mask].index]
    return ", ".join(numbers[:shown]) + (f" and {len(numbers) - shown} more" if numbers[shown:] else "")


def _moments(written: Iterable[str]) -> pd.Series[pd.Timestamp]:
    """Read ISO 8601 as UTC; empty and unreadable cells are missing."""
    import pandas as pd

    cells = pd.Series([each or None for each in written], dtype="string")
    read = pd.to_datetime(cells, utc=True, format="ISO8601", errors="coerce")
    return read.astype("datetime64[us, UTC]")


def is_pseudonym(author: object) -> bool:
    """Return whether a commenter's name is a pseudonym or unknown."""
    return not isinstance(author, str) or bool(_PSEUDONYM.fullmatch(author))


def _pseudonyms(authors: Iterable[str], writer: str) -> list[str | None]:
    """Name each author "Reader NN" in order of appearance; pseudonyms and the article's writer stay as they are."""
    authors = [each.strip() for each in authors]
    taken = {each for each in authors if _PSEUDONYM.fullmatch(each) or each == writer}
    numbered = (f"Reader {number:02d}" for number in itertools.count(1))
    free = (name for name in numbered if name not in taken)
    names: dict[str, str | None] = {"": None} | {each: each for each in taken}
    for author in authors:
        if author not in names:
            names[author] = next(free)
    return [names[author] for author in authors]
