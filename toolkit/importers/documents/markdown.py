"""Markdown files converted to the package's marks: front matter, headings, lists and raw HTML."""

import re
from typing import Final

from ..._limits import LONGEST_TEXT
from ..article import Article
from ..html_to_text import plain_text
from .markdown_writer import day_of, escaped, lines_of, one_line
from .running_text import FIRST_LINES, WITHOUT_WRITER, writer_of

_MARK: Final = re.compile(r"\s{0,3}<!--\s{0,9}(?:promo|voice:[^<>\n]{1,90})\s{0,9}-->\s*")
_FIELD = re.compile(r"([A-Za-z_-]{1,30}):\s{1,9}(.{1,1000})")
_KEYS: Final = frozenset("title author creator date published lang language url link".split())
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,80}\]:")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,80}\]|\^\[[^\[\]]{1,900}\]")  # the second is an inline note
_SETEXT = re.compile(r"\s{0,3}(={2,200}|-{2,200})\s*")
_ITEM = re.compile(r"(\s{0,12})(?:[*+•‣◦]|\(?\d{1,3}[.)])[ \t]{1,9}(?=\S)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]{1,9}(?=\S)")
_CLOSING = re.compile(r"(?<=[ \t])#{1,99}\Z")  # as in "## Late Buses ##"
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->|<!--.*\Z", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_HTML = re.compile(r"</?[A-Za-z]")


def read_markdown(text: str, *, title: str | None = None, url: str | None = None) -> Article:
    """Read Markdown, and convert its marks to those of the package.

    Title, author, date, language and address may be given in front matter (``key: value`` lines between two ``---``).
    Underlined headings become ``#`` headings, all list marks ``- ``; raw HTML becomes its text; the marks
    ``<!-- voice: NAME -->`` and ``<!-- promo -->`` stay. Only the first ``# heading`` is the title, others are
    headings below it. Footnotes (``[^1]: …``) and their marks are left out and counted, as is a line "By …" at the
    top. Errors as `read_article`.
    """
    about, body = _front_matter(lines_of(text.lstrip("\ufeff")))
    kept, footnotes = _without_footnotes(body)
    lines = _marked(_without_html(kept))
    at = next((i for i, line in enumerate(lines) if line.startswith("# ")), -1)
    found = lines.pop(at)[2:] if at >= 0 else ""
    writers = {i: name for i, line in enumerate(lines[: at + FIRST_LINES]) if (name := writer_of(line.strip(" *_")))}
    signed, writer = next(iter(writers.items()), (-1, ""))
    lines = [line for i, line in enumerate(lines) if i != signed]
    lines = [f"#{line}" if line.startswith("# ") else line for line in lines]
    name = one_line(title or found or about.get("title", ""))
    written = "\n".join(lines).strip("\n")
    if not written.strip():
        raise ValueError("There is no text in this Markdown besides its title. Give the article.")
    promo = sum(1 for line in lines if _MARK.fullmatch(line) and "promo" in line)
    notes = [f"Markdown; blocks marked as solicitation: {promo}."]
    notes += [f"From its front matter: {', '.join(about)}."] if about else []
    notes += [f"Left out: footnotes {footnotes}."] if footnotes else []
    notes += [WITHOUT_WRITER] if writer else []
    return Article(
        (f"# {name}\n\n" if name else "") + re.sub(r"\n{3,}", "\n\n", written) + "\n",
        title=name,
        url=url or about.get("url", "") or about.get("link", ""),
        author=about.get("author", "") or about.get("creator", "") or writer,
        published=day_of(about.get("date", "") or about.get("published", "")),
        language=(about.get("lang", "") or about.get("language", ""))[:2].lower(),
        format="Markdown",
        notes=tuple(notes),
    )


def looks_like_markdown(text: str) -> bool:
    """Return whether a text has front matter, a "# heading" or one of the package's marks."""
    lines = text[:20_000].splitlines()
    if lines and lines[0].strip() == "---":
        fields = (_FIELD.fullmatch(line.strip()) for line in lines[1:60])
        return any(found and found[1].lower() in _KEYS for found in fields)
    return any(_MARK.fullmatch(line) or re.match(r"#{1,6} \S", line) for line in lines)


def _front_matter(lines: list[str]) -> tuple[dict[str, str], str]:
    """Return the known fields of front matter, and the text below it; other lines between two ``---`` are text."""
    if lines and lines[0].strip() == "---":
        end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
        fields = [found for line in lines[1:end] if (found := _FIELD.fullmatch(line.strip()))]
        known = {each[1].lower(): each[2].strip().strip("\"'") for each in fields if each[1].lower() in _KEYS}
        if known:
            return known, "\n".join(lines[end + 1 :])
        if end:
            lines = ["", *lines[1:end], "", *lines[end + 1 :]]  # otherwise --- would make the last line a heading
    return {}, "\n".join(lines)


def _without_footnotes(text: str) -> tuple[str, int]:
    """Return the text without footnotes and their marks, code aside, and the number of notes."""
    if "[^" not in text and "^[" not in text:
        return text, 0
    kept: list[str] = []
    footnotes, in_note, fenced = 0, False, False
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        if not fenced and _NOTE.match(line):
            footnotes, in_note = footnotes + 1, True
        elif not (in_note and line.startswith(("  ", "\t"))):
            in_note = in_note and not line.strip()  # an indented paragraph after a blank line continues the note
            kept.append(line if fenced else _NOTE_MARK.sub("", line))
            footnotes += line.count("^[") - kept[-1].count("^[")
    return "\n".join(kept), footnotes


def _without_html(text: str) -> str:
    """Remove raw HTML and keep its text; the package's marks stay."""
    if "<" not in text:
        return text
    text = _COMMENT.sub(lambda found: found[0] if _MARK.fullmatch(found[0]) else "", _HIDDEN.sub("", text))
    text = _AUTOLINK.sub(r"\1", text)
    return "\n".join(plain_text(line, LONGEST_TEXT) if _HTML.search(line) else line for line in text.split("\n"))


def _marked(text: str) -> list[str]:
    """Convert the marks of headings and lists to those of the package, line by line."""
    out: list[str] = []
    fenced = False
    for line in text.split("\n"):
        underline = _SETEXT.fullmatch(line)
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            out.append(escaped(line.strip()))
        elif underline and out and out[-1].strip() and not out[-1].lstrip().startswith(("#", "-", ">", "<!--")):
            out[-1] = f"{'#' if underline[1][0] == '=' else '##'} {out[-1].strip()}"
        elif heading := _HEADING.match(line):
            out.append(f"{heading[1]} {_CLOSING.sub('', line[heading.end() :].rstrip()).rstrip()}")
        else:
            out.append(_ITEM.sub(r"\1- ", line, count=1) if _ITEM.match(line) else line)
    return out
