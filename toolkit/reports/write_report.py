"""write_report: a self-contained page about one article and its comments, for any table of texts."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd
from markupsafe import Markup

from .. import __version__
from .._files import check_output, write_atomic
from .._html import templates
from .._tables import check_strings, decoded, require_columns, uncollected, whole_texts
from .._versions import versions
from ..corpora.load import TEXT_COLUMNS
from ..figures.formatting import counted, shortened
from .article_sections import emoji, opened, structure, tone
from .comparison_sections import comparison, difference
from .conversation_sections import answers, conversation
from .findings import findings, main_picture, warnings_of
from .limits_and_provenance import limits, meanings, what_was_read
from .measured_thread import MeasuredThread, measure_thread
from .page_parts import Section

ENDINGS: Final = (".html", ".htm")
SECTIONS: Final[tuple[Callable[[MeasuredThread], Section | None], ...]] = (
    comparison, answers, conversation, structure, tone, emoji, difference, opened, limits, what_was_read, meanings
)  # fmt: skip
_ABOUT_COMMENTS: Final = (comparison, answers, conversation, difference)


def write_report(
    texts: pd.DataFrame, path: str | Path, *, title: str | None = None, progress: Callable[[str], None] | None = None
) -> Path:
    """Write a report on an article and its comments: one self-contained HTML file of under 2 MB.

    It shows the findings and what limits them, how the comments differ from the article, how the article is built, its
    tone, emoji, the words that make the difference, sentences word by word, what cannot be said, what was read,
    and what each number means. Nothing in it is loaded from elsewhere; its only links lead to its own sections and save
    its tables. People appear under the names in the table: pseudonyms, from `load_corpus` and `read_thread`.

    Parameters
    ----------
    texts : DataFrame
        From `read_thread` or `load_corpus`: the columns of `TEXT_COLUMNS`, one article and any number of comments.
    path : path
        The file to write, which ends in .html or .htm; an existing file is replaced only once the new one is complete.
    title : str, optional
        Heading of the page; by default the article's title.
    progress : callable, optional
        Called with a line of text before each step.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not such a table or holds more than one article, or if `path` has another ending.
    FileNotFoundError
        If the folder of `path` is missing.
    """
    place = check_output(path, endings=ENDINGS)
    check_strings(title=title)
    if progress is not None and not callable(progress):
        raise TypeError(f"progress must be a function that takes a line of text, such as print, not {progress!r:.80}.")
    require_columns(texts, TEXT_COLUMNS, "read_thread(...) and load_corpus(...) give a table with all of them.")
    whole_texts(texts)
    if (articles := int(texts["kind"].eq("article").sum())) != 1:
        raise ValueError(
            f"A report is about one article; this table has {articles}. "
            "Choose one thread: texts[texts.thread_id == '...']."
        )
    write_atomic(place, report_html(texts, title=title, progress=progress).encode("utf-8", "replace"))
    return place


@uncollected()  # garbage collection would take a tenth of the time
def report_html(texts: pd.DataFrame, *, title: str | None = None, progress: Callable[[str], None] | None = None) -> str:
    """Return the report as HTML; parameters as in `write_report`, which checks the table."""
    texts, say = decoded(texts), progress or (lambda _: None)
    say(f"measuring {len(texts):,} text{'s' * (len(texts) != 1)} ...")
    thread = measure_thread(texts, title)
    sections = []
    for build in SECTIONS:
        if thread.comments.empty and build in _ABOUT_COMMENTS:
            continue
        say(f"{(build.__doc__ or '').rstrip('.').replace('Build', 'building')} ...")
        sections.append(build(thread))
    words, comments = int(thread.article.words), len(thread.comments)
    below = counted(comments, "comment") if comments else "no comments"
    *styles, search = (
        Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("page.css", "report.css", "search.js")
    )
    page = templates("toolkit.reports").get_template("report.html.j2")
    columns = (texts[name].astype(object).where(texts[name].notna(), "") for name in ("kind", "text"))
    fingerprint = hashlib.sha256(json.dumps([*zip(*columns, strict=True)]).encode()).hexdigest()[:12]
    digest = hashlib.sha256(search.encode()).digest()  # the page allows only the script with this digest
    return page.render(
        title=f"{shortened(thread.title, 120)}: a report",
        style=Markup("\n".join(styles)),
        script=Markup(search),
        allowed=base64.b64encode(digest).decode(),
        heading=shortened(thread.title, 300),
        size=f"{counted(words, 'word')} in the article, {below} below it.",
        source=shortened(thread.source, 2_000),
        warnings=warnings_of(thread),
        picture=main_picture(thread),
        findings=findings(thread),
        sections=list(filter(None, sections)),
        version=__version__,
        fingerprint=fingerprint,
        made_with=", ".join(f"{name} {number}" for name, number in versions().items()),
    )
