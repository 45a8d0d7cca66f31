"""Read files as text: opened within limits, and decoded in a fixed order without guessing."""

import codecs
import contextlib
import encodings.aliases
import gzip
import io
import os
import pkgutil
import re
import sys
import types
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from .. import _limits as limits
from .._limits import FEW_PACKED, FEW_UNPACKED, LARGEST_FILE, LEAST_PACKED, LONGEST_NAMESPACE, LONGEST_TEXT, MOST_PACKED
from ..lexicons.code_points import distinct

_PIECE: Final = 1 << 17  # bytes unpacked at a time
_PACKS: Final = b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08"  # first bytes of a separately packed part

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
}
_ADDRESS = re.compile(r"(?:https?|ftp):/{1,2}\S|www\.\S+$", re.IGNORECASE)
# Pictures and fonts embedded in a page or a text: only their first characters are kept.
DATA: Final = re.compile(
    r"data:(?:(?<=\"data:)image/svg\+xml[^\"]{100,}+|(?<='data:)image/svg\+xml[^']{100,}+"
    r"|(?<!\wdata:)[\w.+-]{1,60}/[\w.+-]{1,60}(?:;[\w=.+-]{1,60}+){0,5},[A-Za-z0-9+/=%_.~!*-]{100,}+)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f]")
_MOST_NUL = 0.05  # share of bytes; a stray one is an error of the software that wrote the file
_MOST_HIGH = 0.3  # share of bytes; above it a single-byte text is not in the Latin alphabet
_BEGINNING = 100_000  # bytes that are searched for another alphabet
_HIGH_RUN = re.compile(rb"([\xa1-\xff])(?!\1)[\xa1-\xff]{3,}")  # neither a Latin word nor a line of dots
_ALPHABETS = (  # encoding, some letters, least share of these among a text's letters beyond ASCII
    ("shift_jis", re.compile("[ぁ-ヶ]"), 0.2), ("cp949", re.compile("[가-힣]"), 0.9),
    ("big5", re.compile("[的一是不了人我在有這]"), 0.05), ("gb18030", re.compile("[一-鿿]"), 0.5),
    ("cp1256", re.compile("ال"), 0.02), ("cp1255", re.compile("[א-ת]"), 0.97),
    ("cp1253", re.compile("[άέήίόύώ]"), 0.06), ("cp1251", re.compile("[а-я]"), 0.5),
)  # fmt: skip


_NAME, _LONG = rb"""[^\s=<>"']""", rb"{%d}" % LONGEST_NAMESPACE
LONG_NAMESPACE: Final = re.compile(
    rb"\sxmlns(?:%b{100}|%b*+(?:\s{100}|\s*+=(?:\s{100}|\s*+(?:\"[^\"<]%b|'[^'<]%b))))" % (_NAME, _NAME, _LONG, _LONG)
)
"""An address that XML parsers would repeat in the name of each tag, or one that is far from its attribute."""


def read_text(source: str | os.PathLike[str] | bytes, *, encoding: str | None = None, limit: int = LONGEST_TEXT) -> str:
    """Read a file, or bytes already read, as text.

    Parameters
    ----------
    source
        A path (also of a gzip archive, recognised by its content), or the bytes of a file.
    encoding
        Encoding of the file. By default: by its byte order mark, else strict UTF-8, else Windows-1252 if possible.
        Nothing else is guessed.
    limit
        Maximum number of characters; 10 million by default, the limit for one text.

    Returns
    -------
    str
        The text without byte order mark. Halves of surrogate pairs are joined, or replaced by U+FFFD.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is a folder, empty, larger than `limit`, not text, or in an encoding that must be named.
    """
    content, name = (source, "The text") if isinstance(source, bytes) else (None, Path(source).name)
    if content is None:
        content = read_bytes(source, limit=4 * limit + 4)  # UTF-8 has up to four bytes per character
    text = _decoded(content, name, encoding)
    text = well_formed(text) if encoding or b"\0" in content else text  # UTF-8 has no surrogates
    if len(text) > limit:
        raise ValueError(f"{name} has {len(text):,} characters; the limit is {limit:,}. Split it into parts.")
    if not text or text.isspace():
        raise ValueError(f"{name} is empty. Give a file with text in it.")
    return text


def read_bytes(path: str | os.PathLike[str] | bytes, *, limit: int = LARGEST_FILE) -> bytes:
    """Read a file of at most `limit` bytes; gzip and Zstandard archives are unpacked, and the limit is on the content.

    Errors as `read_text`. An archive is never unpacked beyond the limit.
    """
    if isinstance(path, bytes):
        return path
    content, packed = _first(Path(path), limit + 1)
    if len(content) > limit:
        raise ValueError(f"{Path(path).name} has more than {limit:,} bytes{' unpacked' * packed}. Split it into parts.")
    return content


def first_bytes(path: str | os.PathLike[str], many: int) -> bytes:
    """Read the beginning of a file, unpacked. Errors as `read_text`."""
    return _first(Path(path), many)[0]


def _first(place: Path, many: int) -> tuple[bytes, bool]:
    """Return the first bytes of a file, unpacked, and whether it was packed."""
    check_file(place)
    start = b""
    try:
        with place.open("rb") as file:
            start = file.read(4)
            packed = start[:2] == b"\x1f\x8b" or start == b"\x28\xb5\x2f\xfd"
            file.seek(0)
            most = min(many, FEW_UNPACKED + MOST_PACKED * place.stat().st_size + 1) if packed else many
            unpacked = gunzipped if start[:2] == b"\x1f\x8b" else unzstandard
            content = (unpacked(file, place.name) if packed else file).read(most)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        kind = "gzip" if start[:2] == b"\x1f\x8b" else "Zstandard"
        raise ValueError(f"{place.name} is a damaged {kind} archive. Pack it again, or give it unpacked.") from error
    except OSError as error:  # no permission, or a broken disk
        raise ValueError(f"{place.name} could not be read: {error.strerror}. Copy it and give the copy.") from error
    if not content:
        raise ValueError(f"{place.name} is empty. Give a file with text in it.")
    if most < many and len(content) == most:
        raise ValueError(
            f"{place.name} unpacks to more than {MOST_PACKED} times its size, so it is probably not text. Unpack "
            "it and give the file inside."
        )
    return content, packed


def gunzipped(file: IO[bytes], name: str) -> io.BufferedReader:
    """Open the content of a gzip archive; ValueError while reading if it is nearly all overhead."""
    return io.BufferedReader(_Unpacked(file, name, lambda raw: gzip.GzipFile(fileobj=raw)), _PIECE)


def unzstandard(file: IO[bytes], name: str) -> io.BufferedReader:
    """Open the content of a Zstandard archive like `gunzipped`; EOFError while reading if it is damaged."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    window = zstd.DecompressionParameter.window_log_max  # public dumps use the widest one

    def unpack(raw: Any) -> zstd.ZstdFile:
        return zstd.ZstdFile(raw, options={window: window.bounds()[1]})

    return io.BufferedReader(_Unpacked(file, name, unpack, zstd.ZstdError), _PIECE)


class _Unpacked(io.RawIOBase):
    """The content of an archive, refused if it consists of very many parts, which take long and hold no text."""

    def __init__(self, file: IO[bytes], name: str, unpack: Callable[[Any], Any], *damages: type[Exception]) -> None:
        self._file, self._name, self._damages = file, name, damages
        self._taken = self._given = self._packs = 0
        self._stream = unpack(types.SimpleNamespace(read=self._take))

    def _take(self, size: int) -> bytes:
        content = self._file.read(size)
        self._packs += sum(map(content.count, _PACKS))
        overhead = self._taken > FEW_PACKED + LEAST_PACKED * self._given  # of earlier pieces of 128 KB
        if content and (overhead or self._packs > limits.FEW_PACKS + self._taken // limits.PACK_LENGTH):
            raise ValueError(
                f"{self._name} holds {self._given:,} bytes in its first {self._taken:,}, so it is nearly all overhead. "
                "Unpack it, and give or pack the file inside."
            )
        self._taken += len(content)
        return content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            content = self._stream.read1(len(buffer))
        except self._damages as error:
            raise EOFError(str(error)) from error
        buffer[: len(content)] = content
        self._given += len(content)
        return len(content)


def well_formed(text: str) -> str:
    """Join the halves of surrogate pairs, replace a lone half by U+FFFD, and drop NUL characters."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def check_file(place: Path) -> None:
    """Raise an error unless a path is a regular file."""
    try:
        if place.is_dir():
            raise ValueError(f"{place} is a folder. Give one file in it.")
        if place.is_file():
            return
        found = place.exists()
    except OSError:  # the name is too long for this system
        found = False
    if found:
        raise ValueError(f"{place} is not a regular file. Give a saved file.")
    if _ADDRESS.match(str(place)):
        address = re.sub(r"(?<=[ps]):/+", "://", str(place)[:80])  # paths keep only one slash
        raise ValueError(
            f"{address} is an address; nothing is fetched from the web. Save the page first: open it in a browser, "
            "choose File > Save Page As, and give the saved file."
        )
    raise FileNotFoundError(f"There is no file {str(place)[:200]}. Check the path; the current folder is {Path.cwd()}.")


_OF_PYTHON = ("idna", "punycode", "raw-unicode-escape", "unicode-escape")  # not for files, and some are quadratic
_ALIASES = encodings.aliases.aliases
_CODECS = {each.name for each in pkgutil.iter_modules(encodings.__path__)}.union(_ALIASES, _ALIASES.values())
_MAC_LETTER = re.compile(r"[a-z][ŽÕŸŠÐÑÒ](?=[a-z\s])")  # é, ’, ü, ä, –, — and “ in Mac Roman, misread
_DOS_LETTER = re.compile(rb"[a-z][\x81-\x84\x87-\x8b\x94\xa1-\xa4](?=[a-z])")  # ü, é, ä, ç, ö and the like
_OF_CP852 = re.compile(rb"[a-z][\x86\x98\x9f\xa5\xa7\xa9\xbe\xd8\xfd](?=[a-z])")  # Polish and Czech letters
_LETTER = re.compile(r"[a-z][à-öø-ÿ’–—]")
_ANY, _NEVER, _WESTERN = re.compile(""), re.compile("\0"), re.compile("[åäãçàêô]")
# Encodings, and signs of texts in them misread as Windows-1252: the least number of different matches of the first
# pattern, at least one match of the second, none of the third.
_CENTRAL: Final = (
    ("iso-8859-2", re.compile("[a-z]{2}[±¼¶](?=[a-z])"), 1, _ANY, _NEVER),  # Polish
    ("iso-8859-2", re.compile(r"(?<=\w)[øìùèï](?=\w)"), 1,
     re.compile(r"[a-z][¹¾](?!\w)|[a-z][¹¾][a-z]|(?<!\S)¹[a-z]{2}"), _WESTERN),  # Czech
    ("cp1250", re.compile(r"[a-z]{2}[¹³](?=[a-z])|(?<!\S)ºi(?!\S)|[a-z]º[a-rt-z]"), 1, _ANY, _NEVER),  # not m³s, nºs
    ("cp1250", re.compile(r"(?<=\w)[øìùèï](?=\w)|ý"), 2, re.compile("[šžŠŽ]"), re.compile("[åäãçàêôæ]")),  # Czech
    ("cp1250", re.compile(r"(?<=\w)[èæð](?=\w)"), 2, re.compile("[šžŠŽ]"), re.compile("[åäãçàêôø]")),  # Croatian
    ("cp1250", re.compile("[šž]"), 2, re.compile(r"(?<=\w)è(?=\w)|(?<!\w)è(?=\w\w)"), re.compile("[åäãçàêôéâ]")),
    ("cp1250", re.compile(r"\w{0,3}[õûÕÛ](?!e)\w{0,3}"), 2,
     re.compile(r"(?s)\A(?=.*[õÕ]).*[áéíóú]"), _WESTERN),  # Hungarian, not French
    ("cp1257", re.compile("(?<=[a-z])[þð]"), 1, re.compile("[ëèûø]"), re.compile("[éíóúö]")),  # Lithuanian
    ("cp1257", re.compile(r"(?<=\w)ç(?=[b-df-hj-np-tv-z])"), 1, re.compile("[âîû]"), re.compile("[áéóúöü]")),
    ("cp1254", re.compile("(?<=[a-z])[ýþð]"), 2, _ANY, re.compile("[áéíóúæ]")),  # Turkish, not Icelandic
    ("iso-8859-15", re.compile(r"\d ?¤|¤ ?\d"), 1, _ANY, re.compile("[€‘’“”–—…]")),  # the euro sign
)  # fmt: skip


def codec_of(encoding: str) -> str:
    """Return the standard name of a text encoding, or ""; only known names, as Python imports modules for others."""
    codec = ""
    if encodings.normalize_encoding(encoding.lower()).replace(".", "_") in _CODECS:
        with contextlib.suppress(LookupError, ValueError):
            b"a".decode(encoding, "replace")
            codec = codecs.lookup(encoding).name
    return codec if codec not in _OF_PYTHON else ""


def _decoded(content: bytes, name: str, encoding: str | None) -> str:
    if encoding is not None:
        return _decoded_as(content, name, encoding)
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _decoded_as(content, name, codec)
    if kind := next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), ""):
        raise ValueError(f"{name} is {kind}, not text. Save it as text, or give the file it was made from.")
    if b"\0" in content and content.count(0) > _MOST_NUL * len(content):
        order = "be" if content[:1] == b"\0" else "le"
        raise ValueError(f"{name} is not a text file. If it is UTF-16 without a BOM, pass encoding='utf-16-{order}'.")
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    likely, foreign = _alphabet(content)
    begin = content[:_BEGINNING]
    dos, eastern = (len(each.findall(begin)) for each in (_DOS_LETTER, _OF_CP852))
    if dos and dos + eastern > len(_LETTER.findall(begin.decode("cp1252", "replace"))):
        likely, foreign = "cp852" if eastern else "cp850", True
    with contextlib.suppress(UnicodeDecodeError):
        text = content.decode("cp1252")
        high = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
        of_mac = not likely.startswith("cp85") and len(_MAC_LETTER.findall(text)) > len(_LETTER.findall(text))
        likely = "mac_roman" if of_mac else likely
        if not foreign and likely != "mac_roman":
            other = next(_central_encodings(text), "")
            if not other and not _CONTROL.search(text) and high <= _MOST_HIGH * len(content):
                return text
            likely = other or likely
    raise ValueError(
        f"{name} is not text in UTF-8 or Windows-1252. Save it as UTF-8, or name its encoding, such as "
        f"encoding={likely!r}."
    )


def _central_encodings(text: str) -> Iterator[str]:
    """Yield likely encodings of a text that was read as Windows-1252 but has letters in impossible places."""
    signs = {*distinct(text)}
    for codec, some, many, also, never in _CENTRAL:
        rare = [letters for each in (some, also) if (letters := {sign for sign in each.pattern if not sign.isascii()})]
        if any(map(signs.isdisjoint, rare)) or never.search("".join(signs)):
            continue  # the usual case; the text is not searched
        if also.search(text) and len({*some.findall(text)}) >= many:
            yield codec


def _alphabet(content: bytes) -> tuple[str, bool]:
    """Return a likely encoding for a text in a non-Latin alphabet, and whether it has words in such letters."""
    begin = content[:_BEGINNING]
    begin = begin[: begin.rfind(b"\n") + 1] or begin
    high = len(begin) - len(begin.translate(None, bytes(range(0x80, 0x100))))
    runs = [run[0] for run in _HIGH_RUN.finditer(begin)]
    foreign = 2 * sum(map(len, runs)) > high and len({*runs}) > 1  # more than a keyboard row such as "äöüß"
    for codec, letters, share in _ALPHABETS:
        with contextlib.suppress(UnicodeDecodeError):
            beyond = "".join(re.findall(r"[^\W\x00-\x7f]", begin.decode(codec)))
            if beyond and len(letters.findall(beyond)) >= share * len(beyond):
                return codec, foreign
    return "koi8-r", foreign


def _decoded_as(content: bytes, name: str, encoding: str) -> str:
    if not codec_of(encoding):
        raise ValueError(f"There is no encoding {encoding[:40]!r}. Common: 'utf-8', 'cp1252', 'utf-16'.")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{name} is not valid {encoding}: byte {error.start:,} cannot be decoded. Name another encoding, or save "
            "it as UTF-8."
        ) from error


class RefusedError(ValueError):
    """The reason why a file is refused, worded to follow its name."""


@contextlib.contextmanager
def reading(name: str, kind: str, advice: str) -> Iterator[None]:
    """Report a file as damaged on any error from a library, since none documents all its errors."""
    try:
        yield
    except RefusedError as error:
        raise ValueError(f"{name} {error}") from error.__cause__
    except Exception as error:
        raise ValueError(f"{name} is a damaged {kind} ({type(error).__name__}). {advice}") from error
