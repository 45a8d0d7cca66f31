"""save_corpus: write texts as a corpus folder, atomically."""

import csv
import datetime
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from .._files import as_path, guarded, locked, make_folder, write_atomic, writing
from .._packaging import is_checkout
from .._tables import check_flags, checked_dict, dates_in, numbers_in, require_columns
from .load import (
    ASIDE,
    COMMENT_COLUMNS,
    SAVING,
    TEXT_COLUMNS,
    checked_name,
    clear_leftovers,
    corpora_folder,
    is_pseudonym,
    load_corpus,
)

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ORDER: Final = "title creator publisher url published retrieved licence composed language notes".split()
_PATIENCE: Final = 60  # seconds to wait for other programs saving in the folder
_DATES: Final = ("published", "retrieved")


def save_corpus(
    texts: pd.DataFrame,
    name: str,
    about: Mapping[str, Any],
    *,
    folder: str | Path | None = None,
    replace: bool = False,
) -> Path:
    """Save an article and its comments as a corpus, so that `load_corpus(name)` returns the same table.

    The corpus is written to a temporary folder, read back, compared with `texts`, and only then moved into place: a
    failure leaves nothing behind, and a corpus to be replaced is kept until the new one is complete. In comments.csv a
    text that a spreadsheet would take for a formula gets an apostrophe, which is removed on loading.

    Parameters
    ----------
    texts : DataFrame
        A table with the columns of `TEXT_COLUMNS`: one article, first, and its comments. Its ids may have another
        prefix; the corpus uses its own name.
    name : str
        The corpus: 1 to 64 lower-case letters, digits and hyphens, starting with a letter or digit.
    about : mapping
        Contents of about.toml. `licence` is required: what may be done with the texts, in one sentence. `title`,
        `creator`, `published` and `language` come from the article where they are not given. `composed` is True for
        texts written for teaching, else False. `url`, `publisher`, `retrieved` and `notes` may stay empty. The
        digests are filled in.
    folder : path, optional
        The folder that holds the corpora; by default the checkout's `corpora`. The corpora of an installed
        package cannot be changed: name a folder.
    replace : bool
        Replace a corpus of the same name.

    Returns
    -------
    pathlib.Path
        The folder of the corpus.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not such a table, a commenter has no pseudonym, `about` is incomplete or contradicts the article,
        or a text cannot be stored as it is.
    FileExistsError
        If there is a corpus of this name and `replace` is False.
    BlockingIOError
        If another program keeps the folder locked for a minute.
    """
    check_flags(replace=replace)
    if folder is None and not is_checkout():
        raise ValueError('An installed package cannot store new corpora. Name a folder to save to: folder="corpora".')
    place = (corpora_folder() if folder is None else as_path(folder)) / checked_name(name)
    _check_texts(texts)
    texts = texts.assign(posted=dates_in(texts, "posted"))  # dates are strings in a table read from CSV
    make_folder(place.parent)
    with locked(place.parent, wait=_PATIENCE):
        for parent in {place.parent, place.resolve().parent}:
            clear_leftovers(parent)
        if place.exists() and not replace:
            raise FileExistsError(
                f"There is already a corpus {name!r} in {place.parent}. Choose another name, or pass replace=True."
            )
        metadata = _metadata(texts, about)
        with writing(place), tempfile.TemporaryDirectory(prefix=f".{name}{SAVING}", dir=place.parent) as beside:
            new = Path(beside) / name
            new.mkdir()
            _write_files(new, texts, metadata)
            _check_the_same(texts, load_corpus(name, folder=beside), metadata)
            _put_into_place(new, place.resolve())  # keeps links
    return place


# ---- checks


def _check_texts(texts: Any) -> None:
    require_columns(texts, TEXT_COLUMNS, "read_thread(...) and load_corpus(...) give a table with all of them.")
    if list(texts.columns) != list(TEXT_COLUMNS):
        given = ", ".join(map(str, texts.columns))[:200]
        raise ValueError(
            f"The table has the columns {given}; a corpus has {', '.join(TEXT_COLUMNS)}, in this order. "
            "Save texts[list(TEXT_COLUMNS)]."
        )
    kinds = ["" if _missing(kind) else kind for kind in texts["kind"].tolist()]
    if kinds != ["article"] * min(1, len(kinds)) + ["comment"] * (len(kinds) - 1) or not kinds:
        raise ValueError("A corpus is one article, in the first row, and its comments. Select one thread first.")
    if texts["thread_id"].nunique(dropna=False) != 1 or texts["language"].nunique(dropna=False) != 1:
        raise ValueError("A corpus is one thread in one language: thread_id and language must not vary by row.")
    numbers_in(texts, "likes")
    writer = texts["author"].iloc[0]
    allowed = [] if _missing(writer) else [writer]
    authors = enumerate(texts["author"].tolist())
    named = [row for row, author in authors if row and not is_pseudonym(author) and author not in allowed]
    if named:
        raise ValueError(
            f"A corpus names only the article's writer, but the author in row {named[0]} is not a pseudonym such as "
            "'Reader 01'. Read the thread again without keep_authors."
        )


def _metadata(texts: pd.DataFrame, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contents of about.toml: given values, completed from the article; contradictions are errors."""
    given = {key: _plain(key, value) for key, value in checked_dict(about, "about", {"licence": "..."}).items()}
    article = _article_metadata(texts)
    for key in ("creator", "language"):
        if given.get(key) and article[key] and given[key] != article[key]:
            raise ValueError(
                f"about gives {key} = {given[key]!r}, but the article in texts has {article[key]!r}. Make them agree."
            )
    metadata = dict.fromkeys(_ORDER, "") | article | {key: value for key, value in given.items() if value != ""}
    for key in ("title", "creator", "licence", "language"):
        if not isinstance(metadata[key], str) or not metadata[key].strip():
            raise ValueError(f"about needs {key} as a string that is not empty: about={{{key!r}: '...'}}.")
    if not isinstance(metadata["composed"], bool):
        raise ValueError(
            f"about['composed'] must be True (written for teaching) or False, not {metadata['composed']!r}."
        )
    return metadata


def _article_metadata(texts: pd.DataFrame) -> dict[str, Any]:
    article = {key: "" if _missing(value) else value for key, value in texts.iloc[0].items()}
    first = str(article["text"]).lstrip().partition("\n")[0]
    metadata = {"title": first.removeprefix("# ").strip() if first.startswith("# ") else "", "composed": False}
    metadata |= {"creator": str(article["author"]), "language": str(article["language"])}
    metadata["published"] = _moment(article["posted"], short=True) if article["posted"] else ""
    return metadata | ({"likes": int(article["likes"])} if article["likes"] != "" else {})


def _plain(key: object, value: Any) -> str | bool | int:
    if not isinstance(key, str) or not _KEY.fullmatch(key) or key == "sha256":
        raise ValueError(f"about cannot have the key {str(key)[:80]!r}. Use letters, digits, - and _, but not sha256.")
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if not isinstance(value, (str, bool, int)):
        raise ValueError(
            f"about[{key!r}] must be a string, a date, a whole number, True or False, not {type(value).__name__}."
        )
    if key in _DATES and value:
        try:
            datetime.datetime.fromisoformat(str(value))
        except ValueError:
            shown = str(value)[:80]
            raise ValueError(f"about[{key!r}] must be a date ('2025-11-29') or empty, not {shown!r}.") from None
    return value


def _check_the_same(texts: pd.DataFrame, loaded: pd.DataFrame, metadata: Mapping[str, Any]) -> None:
    expected = texts.assign(**{key: texts[key].map(_local, na_action="ignore") for key in ("text_id", "reply_to")})
    found = loaded.assign(**{key: loaded[key].map(_local, na_action="ignore") for key in ("text_id", "reply_to")})
    for key in TEXT_COLUMNS:
        if key == "thread_id":
            continue
        wanted, got = expected[key].astype(object).tolist(), found[key].astype(object).tolist()
        if key in ("author", "posted") and _missing(wanted[0]):
            wanted[0] = got[0]  # comes only from `about`
        pairs = enumerate(zip(wanted, got, strict=True))
        wrong = [row for row, (a, b) in pairs if _missing(a) != _missing(b) or not (_missing(a) or a == b)]
        if wrong:
            if key == "posted" and wrong[0] == 0:
                raise ValueError(
                    f"about gives published = {metadata['published']!r}, but the article in texts has another "
                    "date. Make them agree."
                )
            raise ValueError(f"Row {wrong[0]}: {key} cannot be stored unchanged. Edit it, or leave out that row.")


def _missing(value: Any) -> bool:
    return bool(pd.isna(value))


# ---- the files


def _write_files(folder: Path, texts: pd.DataFrame, metadata: Mapping[str, Any]) -> None:
    article = texts["text"].tolist()[0]
    files = {"article.md": "" if _missing(article) else article, "comments.csv": _comments_csv(texts.iloc[1:])}
    digests = {}
    for file, text in files.items():
        content = text.encode("utf-8")
        write_atomic(folder / file, content)
        digests[file] = hashlib.sha256(content).hexdigest()
    lines = [f"{key} = {_toml(value)}" for key, value in metadata.items()]
    lines += ["", "[sha256]", *(f"{_toml(file)} = {_toml(digest)}" for file, digest in digests.items()), ""]
    write_atomic(folder / "about.toml", "\n".join(lines).encode("utf-8"))


def _comments_csv(comments: pd.DataFrame) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COMMENT_COLUMNS)
    rows = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)  # older Pythons leave a lone CR unquoted
    columns = ("text_id", "reply_to", "author", "posted", "likes", "text")
    for own, parent, author, posted, likes, text in zip(*(comments[key].tolist() for key in columns), strict=True):
        cells = [guarded(_local(each)) for each in (own, parent)] + ["" if _missing(author) else author]
        cells += ["" if _missing(posted) else _moment(posted), "" if _missing(likes) else str(int(likes))]
        rows.writerow([*cells, guarded("" if _missing(text) else text)])
    return out.getvalue()


def _local(text_id: Any) -> str:
    """Return an id without its thread: "own-page/c1" becomes c1."""
    return "" if _missing(text_id) else str(text_id).rpartition("/")[2]


def _moment(moment: Any, *, short: bool = False) -> str:
    """Write ISO 8601 in UTC; only the day if it is midnight and `short`."""
    text = str(moment.isoformat()).replace("+00:00", "Z")
    return text.removesuffix("T00:00:00Z") if short else text


def _toml(value: str | bool | int) -> str:
    """Write a TOML value; texts of several lines stay so."""
    if not isinstance(value, str):
        return str(value).lower()
    lines = [json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f") for line in value.split("\n")]
    return f'"{lines[0]}"' if len(lines) == 1 else '"""\n' + "\n".join(lines) + '"""'


def _put_into_place(new: Path, place: Path) -> None:
    """Move a complete folder into place, keeping the earlier one until then and its other files for good."""
    for other in place.iterdir() if place.exists() else ():
        if not (new / other.name).exists():  # e.g. codings.csv
            (shutil.copytree if other.is_dir() else shutil.copy2)(other, new / other.name)
    _sync(new)
    aside = place.with_name(f".{place.name}{ASIDE}")
    if is_replaced := place.exists():
        place.rename(aside)
    try:
        new.rename(place)
    except BaseException:  # also interruptions
        if is_replaced:
            aside.rename(place)
        raise
    if is_replaced:
        shutil.rmtree(aside)
    _sync(place.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
