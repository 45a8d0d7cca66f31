"""read_thread: one table of texts from the files of an article and its comments; import_summary says what was done."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .._tables import check_flags, check_strings, checked_dict, uncollected
from .._terminal import write_line
from ..corpora.load import TEXT_COLUMNS, checked_name

if TYPE_CHECKING:
    import pandas as pd

    from .article import Article
    from .import_log import Comments, ImportLog
    from .privacy.pseudonyms import Pseudonyms

IN_PAGE: Final = "page"
_OF_COMMENTS: Final = (".csv", ".tsv", ".xlsx", ".xls", ".json", ".jsonl", ".ndjson", ".xml", ".parquet")
_OF_MESSAGES: Final = ("", ".txt", ".mbox", ".html", ".htm")  # may be a chat or mail
_HANDLES: Final = (("reddit.com/", "Reddit"), ("news.ycombinator.com/", "Hacker News"), ("youtube.com/", "YouTube"))
_BEGINNING: Final = 20_000  # characters of an article, enough to identify its language
_Comments = tuple["Comments", "ImportLog"]


def read_thread(
    article: str | os.PathLike[str],
    comments: str | os.PathLike[str] | pd.DataFrame | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    name: str | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,  # noqa: A002 - the natural name for users
    encoding: str | None = None,
    only: str | None = None,
    article_format: str | None = None,
    article_encoding: str | None = None,
    split: Mapping[str, str | tuple[int, int]] | None = None,
    keep_authors: bool = False,
    exact_times: bool = False,
    quiet: bool = False,
) -> pd.DataFrame:
    """Read an article and its comments from files into one table of texts, and report what was read and left out.

    Commenters become "Reader 01", "Reader 02", ... in order of appearance, and so do their names in what they write;
    e-mail addresses, telephone numbers and links to profiles are masked. Look through the texts before you pass them
    on: nicknames and what people reveal about themselves cannot be found by rules. The writer of the article keeps
    their name.

    Parameters
    ----------
    article : path or str
        A saved web page, Markdown, plain text, a Word document or a PDF; or the text itself, if it has several lines.
    comments : path, DataFrame or "page", optional
        An export of its comments (`toolkit.importers.comment_formats.FORMATS`) or a table of them. "page": those found
        in the article's own page. By default there are none, and the summary reports how many the page contains.
    title, url : str, optional
        Title and address of the article, if its file lacks them. The address is kept as text and never opened.
    name : str, optional
        The name of the thread, as `save_corpus` takes it; by default derived from the title.
    columns : mapping, optional
        The columns of the comments, such as ``{"text": "Message"}``, if they have unusual names.
    format, encoding : str, optional
        Format and encoding of the comments' file, if they are not recognised.
    only : str, optional
        Title, address or id of the article, if the file has the comments on several.
    article_format, article_encoding : str, optional
        The same for the article's file (`ARTICLE_FORMATS`); "plain text" takes all of it as the article.
    split : mapping, optional
        For a pasted page: the lines of article, solicitation and comments, if the proposal is wrong.
    keep_authors : bool
        True: keep the names of commenters; a warning explains the consequences.
    exact_times : bool
        True: keep the time of day at which comments were posted; otherwise only the day, as the summary notes.
    quiet : bool
        True: do not print the summary; `import_summary` returns it later.

    Returns
    -------
    DataFrame
        The columns of `TEXT_COLUMNS`, the article first. ``attrs["report"]`` records in plain values what was read,
        kept, changed and left out, with row numbers; no names and no texts of commenters.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    TypeError, ValueError
        If a file is in none of the formats, damaged, empty, mostly blanks or markup, or too large (an article of 10
        million characters or 100,000 lines, a document of 50 MB, comments of 500 MB or 50 times their packed size,
        16,384 columns), if its columns or encoding are not known, or if comments="page" and the page has none. Each
        message states what is accepted and what to do. A comment of over a million characters is left out and listed.
    ImportError
        If a Word document or PDF is given and the library that reads it is not installed.
    """
    import pandas as pd

    from ..text.language import OTHER, count_words, judge_language
    from .comments_table import FEWEST_WORDS, comments_table
    from .import_log import WARNING
    from .privacy.pseudonyms import Pseudonyms

    check_flags(keep_authors=keep_authors, exact_times=exact_times, quiet=quiet)
    check_strings(title=title, url=url, format=format, encoding=encoding, only=only, article_encoding=article_encoding)
    columns = checked_dict(columns, "columns", {"text": "Message"})
    found = _article(article, title=title, url=url, format=article_format, encoding=article_encoding, split=split)
    thread = checked_name(name) if name is not None else _name_of(title or found.title)
    foreign = judge_language(counts := count_words([found.markdown[:_BEGINNING]]))[0] == OTHER
    sure = foreign and (counts.latin_share[0] < 0.5 or counts.all_words[0] >= FEWEST_WORDS)
    language = found.language.lower().partition("-")[0].partition("_")[0] or "en"
    language = "und" if sure and language == "en" else language  # keeps comments in its language
    with uncollected():
        raw, log = _raw_comments(comments, found, {"format": format, "columns": columns, "encoding": encoding}, only)
        named = Pseudonyms(raw.people(), writer=found.author, subject=found.markdown)
        below = comments_table(
            raw, log, thread_id=thread, pseudonyms=named, language=language,
            exact_times=exact_times, keep_authors=keep_authors,
        )  # fmt: skip
        del raw  # takes more memory than the table
        texts = pd.concat([_article_row(found, thread, language), below], ignore_index=True)
        texts.attrs["report"] = _report(article, found, comments, log, None if keep_authors else named, foreign=foreign)
    if not quiet:
        write_line(sys.stdout, import_summary(texts))
    elif warned := [note for note in log.notes if note.startswith(WARNING)]:
        warnings.warn(" ".join(warned), UserWarning, stacklevel=2)
    return texts


def import_summary(texts: pd.DataFrame) -> str:
    """Describe what `read_thread` read, left out and changed, with row numbers.

    Returns
    -------
    str
        Lines of plain text: file and format of article and comments; the numbers of comments read, kept and left out;
        each reason, with the number of rows and the first row numbers; and the notes.

    Raises
    ------
    ValueError
        If the table is not from `read_thread`, or has lost its report since.
    """
    report = getattr(texts, "attrs", {}).get("report")
    if not isinstance(report, dict):
        raise ValueError("This table has no import report in attrs['report']. Use a table from read_thread(...).")
    from .import_log import group_lines

    article, comments = report["article"], report["comments"]
    lines = [f"Article: {article['source']} ({article['format']}): {article['title'] or 'without a title'}"]
    lines += [f"  {note}" for note in article["notes"]]
    if comments:
        gone = sum(len(each["rows"]) for each in comments["left_out"])
        counts = f"{comments['read']} read, {comments['kept']} kept, {gone} left out"
        lines.append(f"Comments: {comments['source']} ({comments['format']}): {counts}.")
        lines += group_lines(comments["left_out"], comments["changed"], comments["notes"])
    return "\n".join([*lines, *report["notes"]])


def _article(article: Any, **how: Any) -> Article:
    from .article_formats import read_article
    from .exports.text_chats_and_mail import holds_messages

    if not isinstance(article, (str, os.PathLike)):
        raise TypeError(f"An article must be a path or a text, not {type(article).__name__}. Give a saved page.")
    kind = Path(str(article).removesuffix(".gz")).suffix.lower() if "\n" not in str(article)[:5_000] else ""
    messages = kind in _OF_MESSAGES and "\n" not in str(article) and os.path.isfile(article)  # noqa: PTH113 - texts may be too long
    is_export = kind in _OF_COMMENTS or (messages and holds_messages(Path(article)))
    if is_export and not how["format"] and "://" not in str(article):
        raise ValueError(
            f"{Path(article).name} looks like a table or a comment export; read as an article, it would show the "
            "commenters' names. Give it second: read_thread(article, comments). If the post in it is the article, save "
            "the text of the post as post.md and give that first."
        )
    return read_article(article, **how)


def _raw_comments(comments: Any, article: Article, how: Mapping[str, Any], only: str | None) -> _Comments:
    """Return the comments as given, with names, and their import log."""
    import pandas as pd

    from .article_formats import read_article
    from .comment_formats import IS_PAGE, read_comments, under_article
    from .import_log import Comments, ImportLog
    from .left_out import flags_of

    if comments is None:
        return Comments([]), ImportLog()
    if isinstance(comments, pd.DataFrame):
        raw, log = comments_of_table(comments, how["columns"])
        return under_article(raw, only, log), log
    if not isinstance(comments, (str, os.PathLike)):
        raise TypeError(f"comments must be a path, a table or 'page', not {type(comments).__name__}.")
    where = "the article's page"
    if comments != IN_PAGE:
        try:
            return read_comments(comments, article=only, **how)
        except ValueError as refused:
            if not str(refused).endswith(IS_PAGE):
                raise
            try:  # a page of the same article, perhaps with its comments
                article, where = read_article(comments), Path(comments).name
            except ValueError:
                raise refused from None
            if not article.comments:
                raise
    if not article.comments:
        raise ValueError("No comments were found in the page. Give a file of comments, or the article alone.")
    log = ImportLog(where, article.format)
    log.read = len(article.comments)
    if only or any(how.values()):
        log.note(0, "The options given are for a file of comments; those in the page were read without them.")
    log.handles_only = next((site for part, site in _HANDLES if part in article.url), "")
    found = Comments.of(article.comments)
    flags = zip(found.flag, flags_of(found.text, found.author), strict=True)
    return found.replaced(flag=[given or read for given, read in flags]), log


def comments_of_table(comments: pd.DataFrame, columns: Mapping[str, str] | None) -> _Comments:
    """Read a table in memory as if from a file, so that both give the same result."""
    from .exports.csv_and_xlsx import delimited_comments
    from .import_log import ImportLog, refuse_dense
    from .text_files import well_formed

    log = ImportLog("a table", "DataFrame")
    log.free = True
    written = comments.rename(columns=str).to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S.%f%z")
    found = delimited_comments(well_formed(written), columns, log)
    refuse_dense(found, log.source)
    return found, log


def _name_of(title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", title[:200].lower()).strip("-")
    return words[:64].strip("-") or "own-article"


def _article_row(article: Article, thread: str, language: str) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, Any] = {
        "text_id": [f"{thread}/article"],
        "thread_id": [thread],
        "kind": ["article"],
        "reply_to": [None],
        "author": [article.author or None],
        "posted": [pd.Timestamp(article.published, tz="UTC") if article.published else None],
        "likes": [pd.NA],
        "language": [language],
        "text": [article.markdown],
    }
    return pd.DataFrame({name: pd.array(columns[name], dtype=dtype) for name, dtype in TEXT_COLUMNS.items()})


def _report(
    given: Any, article: Article, comments: Any, log: ImportLog, masking: Pseudonyms | None, *, foreign: bool
) -> dict[str, Any]:
    """Return the report of an import in plain values, compact because tables copy it at each step."""
    about: dict[str, Any] = {
        key: getattr(article, key) for key in ("format", "title", "author", "publisher", "url", "language")
    }
    is_text = isinstance(given, str) and ("\n" in given or given.lstrip().startswith("<"))
    file = "" if is_text else Path(given).name
    file = masking.file_name(file) if masking and file else file
    about |= {"source": file or "the text given", "notes": list(article.notes)}
    about["published"] = article.published.isoformat() if article.published else ""
    notes = []
    if offered := len(article.comments) * (comments is None):
        notes.append(
            f"The article's file also has comments ({offered}), which were not read. To read them, pass "
            "comments='page'."
        )
    if foreign:
        notes.append(
            "The article is not in English. Its tone and readability have no values: the word lists and formulas are "
            "for English."
        )
    elif not article.language:
        notes.append("The article does not state its language; English is assumed.")
    if not masking:
        notes.append("The names of commenters were kept. Do not pass this table on.")
    entries = None if comments is None else log.as_dict()
    return {"article": about, "comments": entries, "offered": offered, "names_kept": not masking, "notes": notes}
