"""spans: what the structure metrics count, with positions in the text."""

import pandas as pd

from ..text.reading import Reading, read
from ..text.sentences import ends_in


def spans(text: str | Reading) -> pd.DataFrame:
    """List what the structure metrics count, with its position in the text.

    Returns
    -------
    DataFrame
        One row per span, ordered by kind and place: kind (`sentence`, `question`, `exclamation`, `one-line paragraph`,
        `heading`, `list item`, `quotation`, `attributed`, `solicitation`, `capitals`, `link`, `emoji`), start and end
        (offsets in the normalised text, ``read(text).text``) and the text itself. Capitals, links and emoji are those
        of the whole page, headings and solicitation included; `capitals_share` counts the running text only.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or is too long.

    Examples
    --------
    >>> spans("Is it TRUE? No.").query("kind != 'sentence'")[["kind", "text"]].values.tolist()
    [['question', 'Is it TRUE?'], ['capitals', 'TRUE?']]
    """
    reading = text if isinstance(text, Reading) else read(text)
    found = [("sentence", *at) for at in reading.sentences_at]
    for mark, kind in (("?", "question"), ("!", "exclamation")):
        found += [(kind, a, b) for a, b in reading.sentences_at if ends_in(reading.content[a:b], mark)]
    found += [("one-line paragraph", *at) for at in reading.one_line_paragraphs_at]
    kinds = {"title": "heading", "heading": "heading", "list_item": "list item", "promo": "solicitation"}
    found += [(kinds[block.kind], block.inner, block.end) for block in reading.blocks if block.kind in kinds]
    found += [("quotation", *at) for at in reading.quotations_at]
    found += [("attributed", *at) for at in reading.attributed_at]
    begins, stops = reading.batch.tokens
    for kind, feature in (("capitals", "capital_words"), ("link", "links")):
        counted = reading.batch.feature(feature) > 0
        found += [(kind, *at) for at in zip(begins[counted].tolist(), stops[counted].tolist(), strict=True)]
    found += [("link", *at) for at in reading.links_in_marks]
    found += [("emoji", *at) for at in reading.emoji_at]
    rows = [(kind, *_trimmed(reading.text, start, end)) for kind, start, end in found]
    return pd.DataFrame(rows, columns=["kind", "start", "end", "text"])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int, str]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip()), piece.strip()
