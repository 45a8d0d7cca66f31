"""An article as read, with the comments found beside it and notes on what was decided."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any

from .import_log import RawComment
from .text_files import well_formed

if TYPE_CHECKING:
    from .documents.pasted_pages import Split


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """Hold one article read from a page, a file or a pasted text.

    Attributes
    ----------
    title, url, author, publisher, language : str
        As stated in the page; "" if missing. `author` is the writer of the article, `publisher` the site or paper,
        `language` a code such as "en".
    published : datetime.date or None
        The date of publication, if the page states it.
    markdown : str
        The article in the package's Markdown: ``# title``, ``## heading``, ``- item``, ``> quote``, and
        ``<!-- promo -->`` on the line before a solicitation.
    comments : tuple of RawComment
        Comments found in the page or its margin, with real names: they are offered and not part of the article.
    format : str
        The format it was read as: the name of a row of `ARTICLE_FORMATS`.
    notes : tuple of str
        Decisions and their reasons, without quoting the comments.
    proposal : Split or None
        For a pasted text: how article, solicitation and comments were divided, line by line, to check and correct.
    """

    markdown: str
    title: str = ""
    url: str = ""
    author: str = ""
    publisher: str = ""
    published: datetime.date | None = None
    language: str = ""
    comments: tuple[RawComment, ...] = dataclasses.field(default=(), repr=False)
    format: str = "Markdown"
    notes: tuple[str, ...] = ()
    proposal: Split | None = dataclasses.field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Repair characters that JSON and PDF fonts can contain but files cannot: halves of surrogate pairs, NUL."""
        for field in dataclasses.fields(self):
            object.__setattr__(self, field.name, _mended(getattr(self, field.name)))


def _mended(value: Any) -> Any:
    if isinstance(value, tuple):
        return getattr(type(value), "_make", tuple)(map(_mended, value))
    return well_formed(value) if isinstance(value, str) else value
