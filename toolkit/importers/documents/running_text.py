"""Distinguish running text from lines, names and dates that belong to the page around it."""

import re
from typing import Final

from ...lexicons.dictionaries import dictionary
from ..privacy.name_forms import WORDS, phrase_words
from .markdown_writer import Piece

SHORT_LINE: Final = 12  # words; a longer line is never a label
MOST_LINKED: Final = 0.3  # share of the characters of prose
FEWEST_NAMES, LONGEST_NAME = 12, 4  # names in a list, and words of each
LEAST_NAMED: Final = 0.75  # share of the words in a list of names that begin with a capital
_BEGINNING: Final = 1_000  # characters of a block that are examined
LONGEST_LABEL: Final = 80  # characters of a line without closing punctuation that may be a label
MOST_DOUBTFUL: Final = 0.25  # share of the words taken; more missing words or short lines lead to a warning
FEWEST_ALONE: Final = 3  # short lines of a pasted page that may be its menu
FEWEST_MOMENTS: Final = 3  # lines such as "Ann wrote on May 1, 2024 at 10:00"
FIRST_LINES: Final = 6  # lines that may name the writer
WRITER: Final = re.compile(r"(?:By|BY)(?: [^\W\d_a-z][\w.'’-]{0,20}(?:,? and|,| &)?){2,8}")
_IN_NO_NAME: Final = frozenset("the of we our us it its he she they their a an in with for to".split())
_POST = re.compile(r", (?=[^,]{0,30}(?:writer|editor|reporter|correspondent|columnist)\b)", re.IGNORECASE)
WITHOUT_WRITER: Final = "Left out: the line with the writer's name."
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SPACED = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\s{_UNSPACED}]+")
_ENDS = re.compile(r"[.!?…:;,。！？：；，、][\"'”’»)\]」』]{0,3}\s{0,3}\Z")
_DAY = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,9}\.?(?: de)? \d{4})"
)
MOMENT: Final = re.compile(
    rf"{_DAY},?(?: (?:at|um|à|a las|alle|às))? {{0,3}}\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?: ?[AaPp]\.?[Mm]\.?)?"
)
_SIGNED = re.compile(r"\S \d\d:\d\d, \d{1,2} [^\W\d_]{3,9} \d{4} \(UTC\)\s{0,3}\Z")  # on a wiki's talk pages
BEFORE_FOOTNOTE_MARK: Final = re.compile(r"(?:[.,;:!?)\]\"'”’»]|[^\W\d_]{4})\s?\Z")  # what may precede a footnote mark


def words_of(text: str) -> list[str]:
    """Split a text at spaces, and in scripts without spaces, such as Chinese and Thai, into pairs of signs."""
    return text.split() if text.isascii() else _SPACED.findall(text)


def ends(text: str) -> bool:
    """Return whether a text ends with closing punctuation."""
    return bool(_ENDS.search(text))


def writer_of(line: str) -> str:
    """Return the name in a line "By …"; "" for any other line, such as "By Land and Sea"."""
    words = re.findall(r"[^\W\d_]+", line[3:].lower())
    given = words[:1] and words[0] in WORDS["given"] | WORDS["names_alone"]  # "Frank Miller"
    common = phrase_words().issuperset(words) and not (
        given and words[1:] and words[1] in WORDS["parts_too"] - WORDS["given"]
    )
    named = WRITER.fullmatch(line) and _IN_NO_NAME.isdisjoint(words) and not common
    phrase = len(words) == 2 and len(words[0]) > 4  # "By Royal Decree": "royally" and "decrees" exist
    phrase = phrase and f"{words[0]}ly" in dictionary() and f"{words[1]}s" in dictionary()
    return _POST.split(line[3:])[0] if named and (given or not phrase) else ""


def doubts_of(pieces: list[Piece], *, pasted: bool = False) -> list[str]:
    """Warn if much of the text taken is not running text, and of lines like those above comments.

    In a `pasted` page, a few short lines may be its menu.
    """
    short = [piece for piece in pieces if len(piece.text) < LONGEST_LABEL and not ends(piece.text)]
    heads = sum(piece.kind == "heading" for piece in short)
    foreign, words = (sum(len(words_of(piece.text)) for piece in some) for some in (short, pieces))
    dated = [piece for piece in pieces if piece.kind != "heading" and len(piece.text) < LONGEST_LABEL]
    moments = sum(bool(MOMENT.search(piece.text)) for piece in dated)
    moments += sum(bool(_SIGNED.search(piece.text[-60:])) for piece in pieces)
    doubts = []
    if moments >= FEWEST_MOMENTS:
        doubts.append(
            f"Warning: this text may include comments: {moments} lines have a day and a time, as those above "
            "comments do. Compare it with the page."
        )
    alone = sum(piece.kind == "paragraph" for piece in short)
    if foreign > MOST_DOUBTFUL * words or (pasted and alone >= FEWEST_ALONE):
        doubts.append(
            f"Warning: some of this may not be the article: {len(short) - heads:,} short lines and {heads:,} "
            "headings look like parts of the page. Read the text through."
        )
    return doubts


def is_prose(piece: Piece) -> bool:
    """Return whether a block reads as prose: a heading, or at least twelve words, few of them in links."""
    long = piece.kind == "heading" or len(words_of(piece.text[:_BEGINNING])) >= SHORT_LINE
    return long and piece.linked <= MOST_LINKED and not is_name(piece)


def is_name(piece: Piece) -> bool:
    """Return whether a block is a name, or names and nothing else."""
    words = piece.text[:_BEGINNING].replace("|", " ").split()
    if piece.kind == "heading" or LONGEST_NAME < len(words) < 2 * FEWEST_NAMES:
        return False
    capital = sum(each[0].isupper() and not each.isupper() for each in words)
    return len(words) > 1 and capital >= LEAST_NAMED * len(words)
