"""Read chats saved as text (WhatsApp, Zoom, KakaoTalk, LINE, IRC, Twitch, Discord) and mail."""

import contextlib
import email
import email.errors
import email.header
import email.message
import email.utils
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ... import _limits as limits
from ..html_to_text import plain_text
from ..import_log import ImportLog, RawComment, refuse_more
from ..left_out import flag_of
from ..text_files import codec_of, first_bytes
from .field_names import part_of

MOST_ABOVE: Final = 8  # lines above the first message: the chat's name, when it was saved
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?(?:[APap]\.?\s?[Mm]\.?|[صم]))?"
_SIGN = r"\u200f?[./-]"
_LINE: Final = re.compile(  # the start of a message: date and time in WhatsApp, time alone in Zoom
    rf"[\u200e\u200f]?\[?(?:(\d{{1,4}}{_SIGN}(?:\d{{1,2}}|[A-Z][a-z]{{2}}){_SIGN}\d{{2,4}})[,،]?\s(?:(?:à|klo)\s)?({_CLOCK})(?:\]|\s-)\s|({_CLOCK})\s{{1,3}}From\s{{1,3}})(.*)"
)
_IN_ARABIC: Final = str.maketrans({"\u200f": "", "ص": "AM", "م": "PM"})
_DAY: Final = re.compile(
    r"[- ]{0,40}(\d{4})[年년./-] ?(\d\d?)[月월./-] ?(\d\d?)[日일.]?[ (]{0,2}\w{0,9}[ .)-]{0,40}\r?"
    r"|[A-Z][a-z]{2,8}, (\d\d?/\d\d?/\d{4})\r?"
)
_HALF = r"((?:오[전후]|午[前後]) ?)?"
# Groups: date, half of the day, time, writer, message.
_IRC: Final = re.compile(
    rf"(?:(\d{{4}}-\d\d-\d\d)[ T])?()\[?({_CLOCK})\]? (?:<[@+%~& ]?([^<>\n]{{1,60}})>|-!-|-->|<--) (.*)"
)
_TWITCH: Final = re.compile(rf"\[(?:(\d{{4}}-\d\d-\d\d) )?()({_CLOCK})(?: UTC)?\] ([^\n:\[\]<>]{{1,60}}): (.*)")
_KAKAOTALK: Final = re.compile(
    rf"(?=()\[[^\]\n]{{1,60}}\] \[{_HALF}({_CLOCK})\])\[([^\]\n]{{1,60}})\] \[[^\]\n]{{4,20}}\] (.*)"
)
_LINE_CHAT: Final = re.compile(rf"(){_HALF}({_CLOCK})\t(?:([^\t\n]{{1,60}})\t)?(.*)")
_DISCORD: Final = re.compile(
    rf"\[(\d{{1,4}}[/.-](?:\d{{1,2}}|[A-Z][a-z]{{2}})[/.-]\d{{2,4}})() ({_CLOCK})\] "
    r"([^\n:\[\]<>]{1,60}?)(?: \(pinned\))?()\r?\Z"
)
_ELSEWHERE: Final = (_IRC, _TWITCH, _DISCORD, _KAKAOTALK, _LINE_CHAT)
_TRANSCRIPT: Final = re.compile(rb"\[[\d:]+\] [^<]")  # a transcript, if given as an article, or Twitch's chat
_WRITER: Final = re.compile(r"([^\n]{1,200}?):(?:\s|$)")
_MEDIA: Final = re.compile(
    r"<[^<>]{3,40}>|(?:image|video|audio|GIF|sticker|document|Contact card) omitted|null"
    r"|\[(?:Photo|Sticker|Video|File)\]"
)
_SERVICE: Final = re.compile(  # "Mira added Jo", in four languages; IRC has an address after the name
    r"(?:Your security code with )?(?!\s|(?:Diese[rs]?|Deine?|D(?:er|ie)|This|Your)\b)([^\n.:]{2,60}?) "
    r"(?:[\[(][^\s@\])]{1,60}@[^\s\])]{1,99}[\])] )?(?:has )?"
    r"(?:(?:added|removed|is now known as|añadió a|eliminó a|a ajouté|a retiré|hat"
    r"(?=.{1,200} (?:hinzugefügt|entfernt)$)) ([^\n:]{2,200}?)(?: hinzugefügt| entfernt)?$"
    r"|(?:left|joined|quit|created|changed|was|hat|ist|wurde|salió|creó|cambió|a (?:quitté|créé|changé|modifié))\b)"
)
# Telegram's HTML export: a message up to the next one, and its parts.
_OF_TELEGRAM: Final = re.compile(
    r'<div class="message (default|service)(?: clearfix)?( joined)?" id="message(\d{1,20})">'
    r'((?:[^<]++|<(?!div class="message ))*)'
)
_FROM_NAME: Final = re.compile(r'<div class="from_name">([^<]*+(?:<span[^<]*+</span>)?)')
_SAID_THERE: Final = re.compile(r'<div class="text">((?:[^<]++|<(?!/div))*)')
_IN_TELEGRAM: Final = {
    "date": re.compile(r'<div class="pull_right date details" title="([^"]{1,60})"'),
    "reply_to_message_id": re.compile(r'<a href="[^"#]{0,40}#go_to_message(\d{1,20})"'),
}
_COMING: Final = re.compile(  # KakaoTalk and LINE: who joined, left or invited whom
    r"([^\n\t:님が]{1,60})(?:님이|が) ?(?:([^\n\t:님を]{1,60})(?:님을|を) ?)?(?:グループに|トークに)?"
    r"(?:들어왔습니다|나갔습니다|초대했습니다|내보냈습니다|(?:参加|退出|招待|追加|削除)しました)[.。]?\r?"
)
_BETWEEN_NAMES: Final = re.compile(r", | (?:and|und|y|et) |\b(?:[Yy]ou|[Dd]u|[Vv]ous|[Tt]ú)\b")
_EDITED: Final = re.compile(r"\s?(?:\u200e<[^<>\n]{5,60}>|<This message was edited>)$")
_BELOW: Final = re.compile(r"\n(?:={20,}|\{(?:Attachments|Embed|Reactions|Stickers)\})\n.*\Z", re.DOTALL)  # Discord
_AROUND_NAMES: Final = re.compile("(?<=@)\u2068~?|[\u2066-\u2069]")  # marks in mentions: "@~Mira"
_FROM: Final = re.compile(rb"(?:\A|\n)From [^\n]{1,200}\d\d:\d\d[^\n]{0,40}\r?\n(?=[A-Za-z-]{2,40}:)")
_HEADERS: Final = re.compile(
    rb"(?i)(?:From [^\n]{1,200}\n)?(?:[a-z-]{2,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n)*){2,}"
)
_NAME: Final = re.compile(rb"^([A-Za-z-]+):", re.MULTILINE)
_NESTED: Final = re.compile(rb"(?i)\bboundary[\s*\d]{0,9}=|\bcontent-type:[^\n;]{0,99}(?:\n\s[^\n;]{0,99})?message")
_LONG: Final = re.compile(rb"(?i)\ncontent-[a-z-]{1,40}:(?:[^\n]|\n[ \t]){1000}")  # takes quadratic time
_PAGE: Final = re.compile(rb"(?i)saved by|snapshot-content-location")  # MHTML, saved by a browser
_TAKEN: Final = ("from", "in-reply-to", "references", "subject", "message-id", "date")
_CODED: Final = re.compile(r"=\?(?!unknown-8bit\?)([^?\s]{1,99})\?[BbQq]\?")  # the encoding of an encoded word
_HEADER = rb"[!-9;-~]++:[^\r\n]*+\r?\n(?:[ \t][^\r\n]*+\r?\n)*"
_HEAD: Final = re.compile(rb"(?:%b)*" % _HEADER)
_NOT_TAKEN: Final = re.compile(rb"(?im)^(?!content-|%b:)%b" % (":|".join(_TAKEN).encode(), _HEADER))
_LABEL: Final = re.compile(r"([A-Z][\w ]{1,30}): ?(.*)")
_PEOPLE: Final = ("author", "handle", "others")  # never part of a text, even if rare
_SIGNATURE: Final = re.compile(r"\n-- \n.*\Z", re.DOTALL)
_ANSWER: Final = re.compile(r"^(?:(?:re|aw|sv|fwd?|wg)(?:\[\d\])?:\s*)+", re.IGNORECASE)


def holds_messages(path: Path) -> bool:
    """Return whether a file is a chat or a mailbox: as an article, it would expose the names of its writers."""
    start = first_bytes(path, limits.LONGEST_HEADER)
    if _TRANSCRIPT.match(start):
        return False
    return (
        b"chat_page" in start
        or is_chat(start.decode("utf-8", "replace"))
        or (start.startswith(b"From ") and is_mail(start))
    )


def is_chat(text: str) -> bool:
    """Return whether a text begins with a time and names a writer, as chats do."""
    lines = _in_one_form(text[:100_000].lstrip("\ufeff\r\n "))
    first = next(filter(None, lines), "")
    if not _LINE.match(first) or first.endswith(","):
        return False
    return any(found and _WRITER.match(found[4]) for found in map(_LINE.match, lines))


def _in_one_form(text: str) -> list[str]:
    """Rewrite the lines of a chat as WhatsApp's or Zoom's; dates alone and lines above the first message become ""."""
    lines = text.split("\n")
    begin, day, many, when = lines[:MOST_ABOVE], "", 0, "0:00 From"
    begin = [line for at, line in enumerate(begin) if "".join(begin[:at]).count('"') % 2 == 0]  # not in a quoted cell
    days = any(map(_DAY.fullmatch, begin))
    form = next((each for each in _ELSEWHERE[: 4 + days] if any(map(each.match, begin))), None)
    for at, line in enumerate(lines if form and not _LINE.match(lines[0]) else ()):
        if found := _DAY.fullmatch(line):
            day, lines[at] = found[4] or "-".join(part.zfill(2) for part in found.groups()[:3]), ""
        elif form and (found := form.match(line)):
            own, half, clock, writer, rest = found.groups("")
            clock += f" {'AM' if half[1] in '전前' else 'PM'}" if half else ""
            when = f"{own or day} {clock} -" if own or day else f"{clock} From"
            lines[at], many = f"{when} {writer}: {rest}" if writer else f"{when} {rest.replace(':', '-')}", many + 1
        elif form and _COMING.fullmatch(line):
            lines[at], many = f"{when} {line}", many + 1
        elif not many:
            lines[at] = ""
    return lines


def chat(text: str, log: ImportLog) -> Iterator[RawComment]:
    """Read a chat line by line; a line without a time continues the message above."""
    messages: list[tuple[int, str, list[str]]] = []
    for row, line in enumerate(_in_one_form(text.lstrip("\ufeff")), 1):
        if found := _LINE.match(line):
            messages.append((row, f"{found[1]} {found[2]}".translate(_IN_ARABIC) if found[1] else "", [found[4]]))
        elif messages:
            messages[-1][2].append(line)
    most = limits.FEW_OBJECTS + len(text) // limits.OBJECT_LENGTH
    refuse_more(len(messages), "messages", len(text), most, log.source)
    for row, posted, lines in messages:
        whole = "\n".join(lines).strip()
        writer = _WRITER.match(whole)
        author, said = (writer[1], whole[writer.end() :].strip()) if writer else ("", "")
        service = not writer or (said.startswith("\u200e") and not said.endswith("omitted"))
        said = _AROUND_NAMES.sub("", _EDITED.sub("", _BELOW.sub("", said).strip("\u200e\u200f\n")))
        name = author.strip("~\u200e\u202f\xa0 ").partition(" to ")[0].partition(" : ")[0].strip()
        flag = "service message" if service else "message without text" * bool(_MEDIA.fullmatch(said))
        flag = flag or flag_of(said, name)
        note = said.strip("\u200e").strip() or whole
        named = _SERVICE.match(note) or _COMING.match(note) if service else None
        others = tuple(_BETWEEN_NAMES.split(", ".join(filter(None, named.groups())))) if named else ()
        yield RawComment(row, said, author="" if service else name, posted=posted, flag=flag, others=others)


def telegram_page(markup: str) -> list[dict[str, Any]]:
    """Return the messages of Telegram's HTML export, with the fields of its JSON export."""
    messages: list[dict[str, Any]] = []
    writer = ""
    for kind, joined, own, rest in map(re.Match.groups, _OF_TELEGRAM.finditer(markup)):
        named = [plain_text(name.partition("<span")[0]) for name in _FROM_NAME.findall(rest)]
        writer = writer if joined or not named else named.pop(0)
        said = "\n\n".join(map(plain_text, _SAID_THERE.findall(rest)))
        held = {"id": own, "type": kind.replace("default", "message"), "from": writer, "forwarded_from": named}
        found = {key: sign.search(rest) for key, sign in _IN_TELEGRAM.items()}
        messages.append(held | {key: each[1] for key, each in found.items() if each} | {"text": said})
    return messages


def labelled(text: str) -> list[dict[str, str]]:
    """Read records of lines such as "Comment: Fine", separated by blank lines; [] if the text is anything else."""
    begin = text[: limits.LONGEST_HEADER].lstrip("\ufeff\n ").split("\n")
    first = [found[1] if found else "" for found in map(_LABEL.match, itertools.takewhile(str.strip, begin))]
    parts = {part_of(label) for label in first}
    if not first or not first[0] or "text" not in parts or parts.isdisjoint(("posted", "author")):
        return []
    if text.count("\n") > limits.FEW_PARTS + len(text) // 4:
        return []  # nearly all lines are empty
    lines = text.lstrip("\ufeff\n ").split("\n")
    counts = Counter(mark[1] for mark in map(_LABEL.match, lines) if mark)
    known = {each for each in counts if counts[each] >= counts[first[0]] or part_of(each) in _PEOPLE}
    records: list[dict[str, list[str]]] = []
    label = ""
    for line in lines:
        if (mark := _LABEL.match(line)) and mark[1] in known:
            label = mark[1]
            if label == first[0] or label in records[-1]:
                records.append({})
            records[-1][label] = [mark[2]]
        elif line.strip() and part_of(label) != "text":
            return []
        else:
            records[-1][label].append(line)
    return [{label: "\n".join(some) for label, some in each.items()} for each in records]


def is_mail(content: bytes) -> bool:
    """Return whether a file begins like a mailbox or a message, with headers that name the writer."""
    head = _HEADERS.match(content[: limits.LONGEST_HEADER].replace(b"\r\n", b"\n"))
    names = {name.lower() for name in _NAME.findall(head[0])} if head and not _PAGE.search(head[0]) else set()
    return b"from" in names and (b"message-id" in names or {b"date", b"subject"} <= names)


def mail(content: bytes, log: ImportLog) -> Iterator[RawComment]:
    """Read a message or the messages of a mailbox: their own text, without attachments and signatures."""
    marks = [(found.start(), found.end()) for found in _FROM.finditer(content)] or [(0, 0)]
    size, borders = len(content), content.count(b"\n--")
    refuse_more(len(marks), "messages", size, limits.FEW_MESSAGES + size // limits.MESSAGE_LENGTH, log.source)
    most = limits.FEW_MAIL_PARTS + size // limits.MAIL_PART_LENGTH
    refuse_more(borders, "borders between parts of messages", size, most, log.source)
    most = limits.FEW_ENCODED + size // limits.ENCODED_LENGTH
    refuse_more(content.count(b"=?"), "encoded words of headers", size, most, log.source)
    ends, markup = [start for start, _ in marks[1:]], 0
    for row, ((_, start), end) in enumerate(zip(marks, [*ends, len(content)], strict=True), 1):
        body = content[start:end].replace(b"\r\n", b"\n")
        flag = "message with too many headers or parts"
        message = None
        if not (
            len(body.partition(b"\n\n")[0]) > limits.LONGEST_HEADER
            or _LONG.search(body)
            or len(_NESTED.findall(body)) > limits.MOST_NESTED_PARTS
        ):
            body = _HEAD.sub(lambda head: _NOT_TAKEN.sub(b"", head[0]), body, count=1)
            flag = "damaged message"
            with contextlib.suppress(ValueError):  # raised for boundary*=idna''%ff
                message = email.message_from_bytes(body)
        if message is None:
            yield RawComment(row, "", flag=flag)
            continue
        heads = {name.lower(): str(value) for name, value in reversed([*message.raw_items()])}
        head = {name: _decoded(heads.get(name, "")) for name in _TAKEN}
        name, address = email.utils.parseaddr(head["from"])
        handle = address.partition("@")[0]
        *_, above = ["", *(head["in-reply-to"] or head["references"]).split()]
        thread = tuple(filter(None, [_ANSWER.sub("", head["subject"])]))
        said, is_page = _text(message)
        markup += is_page * (said.count("<") + said.count("&"))
        most = limits.FEW_MARKS + size // limits.MARK_LENGTH
        refuse_more(markup, "tags and entities of HTML", size, most, log.source)
        text = _SIGNATURE.sub("", plain_text(said) if is_page else said).strip()
        own, above = head["message-id"].strip("<> "), above.strip("<>")
        people = (name, handle) if name else (handle, "")
        yield RawComment(row, text, own, above, *people, head["date"], flag=flag_of(text, name), thread=thread)


def _decoded(header: str) -> str:
    """Decode a header (=?utf-8?q?caf=C3=A9?=) on one line; a damaged one is returned unchanged."""
    header = header.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if "=?" in header and all(map(codec_of, _CODED.findall(header))):
        with contextlib.suppress(LookupError, ValueError, email.errors.MessageError):
            header = str(email.header.make_header(email.header.decode_header(header)))
    return " ".join(header.split())


def _text(message: email.message.Message) -> tuple[str, bool]:
    """Return the text of a message, or else its HTML, and whether it is HTML; "" if the message is damaged."""
    body = min(_texts(message), key=lambda each: each.get_content_subtype() != "plain", default=None)
    if body is None:
        return "", False
    try:
        content: Any = body.get_payload(decode=True)
        said = str(content.decode(codec_of(body.get_content_charset("ascii")) or "undefined", "replace"))
    except Exception:
        return "", False
    return said, body.get_content_subtype() == "html"


def _texts(part: email.message.Message) -> Iterator[email.message.Message]:
    """Yield the plain and HTML parts of a message, except attachments and messages inside it."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        parts: Any = part.get_payload()
        yield from itertools.chain.from_iterable(map(_texts, parts))
    elif part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        yield part
