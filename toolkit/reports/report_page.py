"""The page of a report, from its sections."""

import hashlib
import json
from collections.abc import Callable
from typing import Final

import pandas as pd

from .. import __version__
from .._versions import versions
from ..figures.formatting import counted, shortened
from ..lexicons.tokens import uncollected
from .article_sections import emoji, opened, structure, tone
from .comparison_sections import comparison, difference
from .conversation_sections import answers, conversation
from .findings import findings, main_picture, warnings_of
from .limits_and_provenance import limits, meanings, what_was_read
from .measured_thread import MeasuredThread, measure_thread
from .page_parts import Section, page, script

SECTIONS: Final[tuple[Callable[[MeasuredThread], Section | None], ...]] = (
    comparison, answers, conversation, structure, tone, emoji, difference, opened, limits, what_was_read, meanings
)  # fmt: skip


@uncollected()  # collecting cycles would take a tenth of the time
def report_html(texts: pd.DataFrame, *, title: str | None = None, progress: Callable[[str], None] | None = None) -> str:
    """Return the report as HTML; parameters and errors as in `write_report`."""
    say = progress or (lambda _: None)
    say(f"measuring {len(texts):,} text{'s' * (len(texts) != 1)} ...")
    thread = measure_thread(texts, title)
    sections = []
    for build in SECTIONS:
        say(f"{(build.__doc__ or '').rstrip('.').replace('Build', 'building')} ...")
        sections.append(build(thread))
    words, comments = int(thread.article.words), len(thread.comments)
    return page(
        "report.html.j2",
        f"{shortened(thread.title, 120)}: a report",
        ["page.css", "report.css"],
        heading=shortened(thread.title, 300),
        size=f"{counted(words, 'word')} in the article, {counted(comments, 'comment')} below it.",
        source=shortened(thread.source, 2_000),
        warnings=warnings_of(thread),
        picture=main_picture(thread),
        findings=findings(thread),
        sections=list(filter(None, sections)),
        foot=foot(thread),
        **script("search.js"),
    )


def foot(thread: MeasuredThread) -> list[str]:
    """Return the footer: how to use the page, versions, and the fingerprint of kinds and texts."""
    made_with = ", ".join(f"{name} {version}" for name, version in versions().items())
    columns = (thread.texts[name].astype(object).where(thread.texts[name].notna(), "") for name in ("kind", "text"))
    fingerprint = hashlib.sha256(json.dumps([*zip(*columns, strict=True)]).encode()).hexdigest()[:12]
    return [
        f"Made by Below the Line {__version__}. A number here is a prompt to read closer. Quotations belong to their "
        "authors; check them for names before you pass this page on.",
        f"The texts have the fingerprint {fingerprint}. The same files read in the same way give the "
        f"same one, and with the same versions the same numbers: {made_with}.",
    ]
