"""Parse a PDF page's operations by a pattern: the library, character by character, spends most of its time on them."""

import io
import re
from typing import Any, Final

from pypdf.generic import ArrayObject, ContentStream, NameObject, read_object

_END: Final = rb"(?=[\s()<>\[\]{}/%]|\Z)"
_TOKEN: Final = re.compile(
    rb"[ \n\f\r\t\0]*(?:([+-]?\d{1,15}(?![-+,.\d]))|([+-]?\d{0,15}\.\d{1,15}(?![-+,.\d]))"
    rb"|([A-Za-z'\"][^\s()<>\[\]{}/%]{0,99}" + _END + rb")|\(([^()\\]*)\)|<([0-9A-Fa-f]*)>"
    rb"|(/[A-Za-z0-9_.+-]{1,99}" + _END + rb")|(\[)|(\])|([<(/\d+.-]))"
)
_WHOLE, _REAL, _OPERATOR, _LITERAL, _HEX, _NAME, _BEGIN, _FINISH = range(1, 9)  # 9 is left to the library
_KERNING: Final = -19  # thousandths of an em; anything above is narrower than a space


def parse_operations(page: Any) -> None:
    """Parse a page's operations as the library would; whatever the pattern cannot read is left to the library."""
    content = ContentStream(page["/Contents"], page.pdf, "bytes") if "/Contents" in page else None
    if content is not None and (operations := _operations(content.get_data())):
        content.operations = operations
        page[NameObject("/Contents")] = content


def _operations(data: bytes) -> list[tuple[Any, bytes]]:
    """Parse a content stream; an empty list if it has inline pictures or is damaged."""
    operations: list[tuple[Any, bytes]] = []
    operands: list[Any] = []
    outer: list[list[Any]] = []  # operands before each open array
    shown: list[Any] = []
    at, stream = 0, io.BytesIO(data)
    while found := _TOKEN.match(data, at):
        at, kind = found.end(), found.lastindex or 0
        written: Any = found[kind]
        if kind == _OPERATOR:
            if outer or written == b"BI":
                return []
            if written == b"Tj" and len(operands) == 1 and isinstance(operands[0], bytes):
                shown += operands
            elif written == b"TJ" and len(operands) == 1 and isinstance(operands[0], list):
                shown += operands[0]
            else:
                if shown:
                    operations.append(([_joined(shown)], b"TJ"))
                    shown = []
                operations.append((operands, written))
            operands = []
        elif kind == _BEGIN:
            outer.append(operands)
            operands = ArrayObject()
        elif kind == _FINISH:
            if not outer:
                return []
            outer[-1].append(operands)
            operands = outer.pop()
        else:
            if kind == _WHOLE:
                value: Any = int(written)
            elif kind == _REAL:
                value = float(written)
            elif kind == _LITERAL:
                value = written
            elif kind == _HEX:
                value = bytes.fromhex((written + b"0" * (len(written) % 2)).decode())
            elif kind == _NAME:
                value = NameObject(written.decode())
            else:
                stream.seek(found.start(kind))
                value = read_object(stream, None, "bytes")
                at = stream.tell()
            operands.append(value)
    if outer or data[at:].strip(b" \n\f\r\t\0"):
        return []
    return [*operations, ([_joined(shown)], b"TJ")] if shown else operations


def _joined(shown: list[Any]) -> ArrayObject:
    """Join consecutive strings with only kerning between them; movements as wide as a space are kept.

    The first string stays separate, as the library begins a new line after it.
    """
    if len(shown) == 1:
        return ArrayObject(shown)
    out, letters, kerning = ArrayObject(), list[bytes](), list[float]()
    first = next((at for at, each in enumerate(shown) if isinstance(each, bytes)), len(shown)) + 1
    out += shown[:first]
    for each in [*shown[first:], None]:
        if isinstance(each, bytes) and each:  # empty strings are counted separately
            letters.append(each)
        elif isinstance(each, int | float) and each > _KERNING:
            kerning.append(each)
        else:
            out += [b"".join(letters)] * bool(letters) + kerning + [each] * (each is not None)
            letters, kerning = [], []
    return out
