"""Mask e-mail addresses, telephone numbers, IP addresses and links to profiles in a text."""

import bisect
import html
import itertools
import re
import socket
import urllib.parse
from typing import Final

from ..._packaging import data_beside
from ...lexicons.dictionaries import dictionary
from ...lexicons.familiar_words import is_familiar, may_begin_name
from ...lexicons.function_words import COMMON

LEAST_SPREAD: Final = 3  # the largest of four numbers with commas, in multiples of the smallest, in an IPv4 address
SMALLEST_IP: Final = 10  # an IPv4 address has at least one number this large; versions such as 2.0.0.1 do not
INVISIBLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"

_FILE: Final[dict[str, str]] = data_beside(__file__, "contacts.toml")
_LOOKALIKE: dict[int, int | str] = {0xFF00 + n: 0x20 + n for n in range(1, 95)}  # full-width letters, digits and signs
_LOOKALIKE |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_LOOKALIKE |= dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_LOOKALIKE |= dict.fromkeys([0x2024, 0x3002, 0xFE52], ".") | {0xFE6B: "@"}
_LOOKALIKE |= {zero + n: 0x30 + n for zero in (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xE50) for n in range(10)}
_HAS_LOOKALIKE = re.compile(
    "[^\x00-\x7f](?:(?<=[\u2024\ufe52\ufe6b\uff01-\uff5e\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef])|(?<=\\d.))"
)
_INVISIBLE = re.compile(rf"(?<=[\w.@+/-])[{INVISIBLE}]+(?=[\w.@+/-])")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
# "&euml;", and "%C3%AB" or "%EB" in links
WRITTEN_LETTER: Final = re.compile(
    r"&(?:[A-Za-z]{3,8}|#\d{2,6}|#[xX][\da-fA-F]{2,5});|%(?:(?<!\d%)|(?<=%\d\d%))[c-fC-F][\da-fA-F](?:%[89abAB][\da-fA-F]){0,3}"
)
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,4}|#x[0-9a-f]{2,4}|commat|period|lowbar|[lg]t);", re.IGNORECASE)

# Each part is bounded, or begins where the character before cannot belong to it, so the time is linear.
_TLD = r"(?:com|org|net|edu|gov|info|io|eu|uk|de|fr|es|pl|nl|ru|ch|ca|br|mx|ar|se|dk|cz|hu|ie|au|nz|jp|cn|za|tr|ua)\b"
_SAID_DOT = (
    r"(?:dot|punkt(?:um)?|punto|kropka|(?:point|period)(?=\W{1,3}(?:com|org|net|fr|ch)\b)"
    r"|(?:pont|te[cč]ka|точка|prik|punt)(?=\W{1,3}(?:hu|cz|sk|ru|ру|рф|ком|dk|nl|com|org|net)\b))"
)
AT_WORDS: Final = frozenset(_FILE["at"].split())
_SAID_AT = rf"(?:[aä@]t(?:[ -]sign)?|{'|'.join(sorted(AT_WORDS))})"
_DOT = (
    rf"(?:\\?\.\.?|\s{{0,2}}[(\[{{<|]{{1,2}}\s?(?:{_SAID_DOT}|\.)\s?[)\]}}>|]{{1,2}}\s{{0,2}}|\s{{1,2}}{_SAID_DOT}\s{{1,2}}|\s?[_-]dot[_-]\s?"
    rf"|\s?[*=/#]dot[*=/#]\s?|\s\.\s?(?={_TLD})|,(?={_TLD})|\.\s(?={_TLD})|(?-i:DOT))"
)
_AT = (
    rf"(?:\\?@@?|%40|\s(?:{'|'.join(sorted(AT_WORDS))})\s(?=[\w.-]{{1,63}}\.\w)|\s{{0,2}}[(\[{{<]{{1,2}}\s?(?:{_SAID_AT}|bei|@)\s?[)\]}}>]{{1,2}}\s{{0,2}}|\s[-_]at[-_]\s"
    rf"|[_-]at[_-](?=[\w-]{{1,63}}?[_-]dot[_-])|\s?\|at\|\s?|[#*~«]at[#*~»]|(?:\s?[*=/]at[*=/]\s?|\(a\))(?=[\w-]{{1,63}}{_DOT}{_TLD}))"
)
_PROVIDER = r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|proton|protonmail|aol|gmx|live|msn|web|yandex|mail)"
_ALONE = r"(?:gmail|googlemail|hotmail|icloud|protonmail|gmx)(?:com)?\b(?!\.\w)"  # enough without "dot com"
_LOCAL = rf"(?<![\w.+%'’-])[\w.+%'’-]{{1,64}}(?:\s?(?:[(\[\s]{_SAID_DOT}|[(\[]\.)[)\]\s]\s?[\w.+%'’-]{{1,64}}){{0,2}}"
_HOST = rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}"
_MAIL = re.compile(
    rf"""(?:"(?:[^"\n@\\]|\\.){{1,64}}"|{_LOCAL}){_AT}(?![23]x\.(?:png|jpe?g|gif|webp|svg)\b)(?:{_HOST}|{_ALONE}|localhost\b|\[[\da-fipv.:]{{7,45}}\])""",
    re.IGNORECASE,
)
_SAID_MAIL = re.compile(
    # "mira . k . kow @ a . org"
    rf"(?P<first>(?<![\w.+%'’-])(?:[\w+-]{{1,64}} \. ){{1,3}}(?=[\w+-]{{1,64}} @ [\w-]{{1,63}} \. ))?"
    rf"{_LOCAL}(?:\s(?P<near>@)(?=(?:gmail|hotmail|icloud){_DOT})|(?:\s{{1,2}}(?:{_SAID_AT}|@|\(a\))|@)\s{{1,2}})"
    rf"(?:(?:(?:g|hot)[ -](?=mail))?(?=[\w-]{{1,63}}\s{{1,2}}{_SAID_DOT}\s|{_PROVIDER}{_DOT})"
    rf"(?!(?:the|an?|this|that)\b){_HOST}|(?P<alone>{_ALONE})|(?P<host>(?!www\.)[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}{_TLD})(?!/)"
    r"|(?P<firm>yahoo|outlook|aol|msn)\b(?!\.\w))",
    re.IGNORECASE,
)
_NO_LOCAL = frozenset(_FILE["no_local"].split())  # "look at gmail.com", "I work at google dot com"
_FEDIVERSE = re.compile(r"(?<![^\W_])@(\w++(?:[.-]\w++)*)@")  # @name@server
_BESIDE_AT = re.compile(r"@(?<=[\w.+%'’\"@\\-]@)")
_BRACKETED = re.compile(  # for lower-case text
    rf"[(\[{{<|#*~«_=/-]\s?(?:{_SAID_AT}|bei|@|a(?=\)[\w-]))\s?[)\]}}>|#*~»_=/-]"
)
_SPELT = re.compile(
    r"[t@)](?:(?:(?<=@)|(?<=\W[aä@]t)|(?<=\s\(a\)))(?:[ -]sign)?\s+|(?<=\s@)(?=gmail|hotmail|icloud))"
    rf"(?:(?:(?:g|hot)[ -])?{_PROVIDER}\b|[\w-]{{1,63}}{_DOT})"
)

_BLOGS = "substack|medium|tumblr|livejournal|deviantart|wordpress|blogspot|bandcamp|weebly|wixsite|newgrounds"
_PATHS = (
    "user|users|usr|u|profile|profiles|member|members|people|athletes"
    "|benutzer|nutzer|mitglied|membre|usuario|perfil|profil"
)
_SITES = (
    rf"(?:(?:{'|'.join(_FILE['sites'].split())})(?:/|(?<=[/:=~_]))(?!(?:{'|'.join(_FILE['no_profiles'].split())})(?!\.?[\w-]|/status/))"
    rf"|(?:[\w-]{{1,63}}\.){{1,3}}[a-z]{{2,24}}/(?:(?:forums?|community|modern|[a-z]{{2}})/)?(?:@|(?:{_PATHS})/))"
    r"[^\s<>()\[\]\"']+"
    rf"|(?:(?!(?:{'|'.join(_FILE['no_blogs'].split())})\.)[\w-]{{1,63}}\.(?:(?:{_BLOGS})\.com|blogspot\.(?:co\.)?[a-z]{{2}}|neocities\.org|bsky\.social|(?:github|itch)\.io|dreamwidth\.org|carrd\.co|academia\.edu/\w{{1,63}}))\b(?:/[^\s<>()\[\]\"']*)?"
)
# Links such as "jo.tumblr.com" have one of the first, all other links one of the others at the end of the host.
BLOG_WORDS: Final = frozenset(
    ("bsky", "github", "itch", "dreamwidth", "carrd", "academia", "neocities", *_BLOGS.split("|"))
)
_BEFORE_POINT = re.compile(r"(\w{1,64})\\\.")
SITE_WORDS: Final = frozenset((*_BEFORE_POINT.findall(_SITES), *_PATHS.split("|"), "wiki")) - {"www"}
_LINK_WORDS: Final = SITE_WORDS | BLOG_WORDS  # each of these links has one, or "/@"
_WORD = re.compile(r"\w+")
# Addresses such as "a at gmail" contain one of these.
MAIL_WORDS: Final = frozenset("dot sign punto punkt point period kropka".split() + _PROVIDER[3:-1].split("|"))
MESSENGERS: Final = frozenset(_FILE["messengers"].split())
MAILBOXES: Final = frozenset(("gmail", "hotmail", "icloud"))
_PROFILE = re.compile(rf"(?<![\w.@-])(?:https?://)?(?:[a-z0-9-]{{1,20}}\.){{0,2}}?(?:{_SITES})")  # for lower-case text
_APART = re.compile(r"\S+")
_POINT = r"(?:\.| ?[\[({] ?(?:\.|dot) ?[\])}] ?| (?:\.|dot) )"
_IP = re.compile(
    r"\d(?=\d{0,2}(?:[.,\[({]| [.\[({d]))"  # halves the time in texts with many other numbers
    rf"(?:(?<!(?:[^\W_]|\.).)|(?<=\bip.))\d{{0,2}}(?:(?:{_POINT}\d{{1,3}}){{3}}|(?:\.(?:\d{{1,3}}|x{{1,3}}|\*)){{3}}|(?!(?:,\d{{3}}){{3}})(?:,\d{{1,3}}){{3}}(?!,\d))"
    r"(?:/\d\d?|:\d{2,5}|\.in-addr\.arpa)?(?![^\W_]|\.\w)",
    re.IGNORECASE,
)
_CALLED_IP = re.compile(r"\bip(?:v4)?\b[^\w.]{0,3}(?:(?:address|is)[^\w.]{1,3}){0,2}$")
_IN_LIST = re.compile(r"(?:\d,|\w\()$")  # "1,203,0,113,77" and "rgba(255,0,0,1)"
_IS_IP = re.compile(  # "198 51 100 23 is my IP", "3c22fb123456 (MAC)"
    r"(?<![\w.-])(?:(?:\d{1,3}(?: \d{1,3}){3}|(?=[a-f]{0,11}\d)[\da-f]{8,12})(?= (?:\(|is (?:my |the )?)(?:ip|mac)\b)"
    r"|0x(?!00|80|c000|ff)[\da-f]{8}(?!\w))"
)
_IP6 = re.compile(
    r"(?:(?<![\w:.])|(?<=\bip:))(?P<ip>[0-9a-f]{0,4}(?:(?::|\[:\])[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3})(?![\w:])(?:%\w{1,15})?(?:/\d{1,3}\b)?",
    re.IGNORECASE,
)
_IP_HOST = re.compile(r"\d(?<![\d.].)(?<!\d-.)\d{0,2}(?:-\d{1,3}){3}(?:\.[a-z][\w-]{0,62}){2,5}", re.IGNORECASE)
_PAIRED = re.compile(r"[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-]|\.[0-9a-f]{4}\.[0-9a-f]{4}")
_MAC = re.compile(
    r"(?<![\w:-])(?=[\d:-]{0,16}[a-f]|00)(?:[\da-f]{2}([:-]))(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\w:-])"
    r"|(?<![\w.])(?=[\d.]{0,13}[a-f])(?=[a-f.]{0,13}\d)(?!(?:[\da-f]{4}\.)?[a-f]{4}\.[a-f]{4})(?:[\da-f]{4}\.){2}[\da-f]{4}(?![\w.])",
    re.IGNORECASE,
)
_VERSION = re.compile(rf"(?:\b(?:{'|'.join(_FILE['versions'].split())})|§|[ §]v|\b(?:no|art)(?=\.))[\s.:]{{0,2}}$")
_COUNTED = re.compile(rf"\b(?:{'|'.join(_FILE['counted'].split())}) (?:number|no|code)[\s.:]{{0,2}}$")
# The first character comes before its look-behind: patterns that begin with a character set are much faster.
_PHONE = re.compile(
    r"[+(\d](?=[\d+ ()./\n\]·_*:–—-]{6})(?<![\w.,/-].)(?:(?<=\+) ?\d(?:[ ()./\n\]·_*:–—-]{0,3}\d){8,14}"
    r"|(?:(?<=\+)\d|(?<=\()\+?\d|(?<=\d))(?:[ ()./\n-]{0,3}\d){6,14})(?:(?!\w)|(?=x\d))"
)
_EXTENSION = re.compile(r",?\s?(?:ext\.?|x|;ext=)\s?\d{1,5}\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d(?:(?:\D{0,3}\d){4}|\.\d\.\d\.\d|\W{1,2}dot\W{1,2}\d)")
_COLONS = re.compile(r":\]?[0-9A-Fa-f]{0,4}\[?:")
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}.*|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d.*|(?:19|20)\d\d\D.*"
    r"|[02-689]\.\d+|1\.\d{11,}|\+?\d{1,3}(?:[ .]\d{3})?(?:[ .]000){2}|\+?1\D+2\D+3\D+4\D.*",
    re.DOTALL,
)
_CALLED = re.compile("|".join((*_FILE["called"].split(), "[☎☏✆📞📱]")))
_CALL = re.compile(rf"(?<!\w)(?:{_CALLED.pattern})\w{{0,5}}[^\w\n]{{0,3}}(?:\w{{1,4}}[^\w\n]{{1,2}}){{0,4}}$")
_CALL_NEAR: Final = 30  # characters between the word for a call and a number
_BANK = re.compile(  # numbers of accounts (IBAN) and cards
    r"[A-Z](?<!\w.)[A-Z]\d\d(?=(?:[A-Z ]{0,6}\d){9})(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?!\w)"
    r"|[3-6](?<![\w.,-].)\d{3}(?:([ -]?)\d{4}\1\d{4}\1\d{4}|([ -]?)\d{6}\2\d{5})(?![\w-])"
)
_NATIONAL = re.compile(  # North America; area codes in brackets; mobile numbers in India, China and Russia
    r"(?:1[ .-])?\(?\d{3}(?:\)[ .-]{0,2}|[ .-]{1,2})\d{3}[ .-]\d{4}|\(\d{2,5}\)[ .-]{0,2}\d[\d .-]{5,}"
    r"|[6-9]\d{4}[ -]\d{5}|1[3-9]\d([ -]?)\d{4}\1\d{4}|8[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d"
)
_REDDITOR = re.compile(r"(?<![\w/.])/?u/(?=[\w-]{3})|~(?<=\[~)(?=[\w.@-]{2,64}\])", re.IGNORECASE)
_ACCOUNT = re.compile(r"<@!?(?:\d{15,20}|[UW][A-Z0-9]{7,11})(?:\|[^<>|]{1,80})?>")  # on Discord and Slack
_NUMBERED = re.compile(r"#\d{4}")
_TAGGED = re.compile(r"(?<![\w.])[\w.]{2,32}#\d{4,5}(?!\w)")
_TAGS = re.compile(r"discord|add me|battle\.?(?:net|tag)|gamertag", re.IGNORECASE)  # near names such as zebq#1234
# "insta: zebq", "skype:zebq?chat", "my kik name is zebq": two patterns, each with a beginning that is fast to find.
_HANDLES = [
    re.compile(rf"{begin}@?(?:live:(?:\.cid\.)?)?([a-z\d][\w.-]{{3,63}})")
    for begin in (r":(?://[a-z]+\?[a-z]+=|\s?)", " is ", " as ", r" (?:id|handle|username) ")
]
_MESSENGER = re.compile(
    rf"\b(my |his |her |their |our |your )?({'|'.join(sorted(MESSENGERS | MAILBOXES))})"
    r"( (?:address|id|name|handle|user(?:name)?))?$"
)

_BEFORE_MAILBOX = re.compile(  # "jo77 on gmail"
    rf"(?<![\w.-])(?=[a-z_.-]{{0,30}}\d)(?=[\d_.-]{{0,30}}[a-z])[\w.-]{{4,32}}"
    rf"(?= (?:on |\()(?:{'|'.join(MAILBOXES)})\b)"
)


def mask_contacts(text: str) -> str:
    """Mask e-mail and IP addresses, telephone numbers and links to profiles; u/name becomes @name."""
    plain = _INVISIBLE.sub("", text) if not text.isascii() and _HIDDEN.search(text) else text
    if "&" in plain and _ENTITY.search(plain):
        plain = _ENTITY.sub(lambda found: html.unescape(html.unescape(found[0])), plain)
    flat = plain.translate(_LOOKALIKE) if not plain.isascii() and _HAS_LOOKALIKE.search(plain) else plain
    # Keeps the length: "İ" would become two characters, and the others stay.
    low = flat.replace("\u0130", "i").replace("\u0131", "i").replace("\u017f", "s").lower()
    spans: list[tuple[int, int, str]] = []
    if "." in low and ("/" in low or any(f".{word}." in low for word in BLOG_WORDS)):
        for link in _APART.finditer(low):
            if "." in link[0] and ("/@" in link[0] or not _LINK_WORDS.isdisjoint(_WORD.findall(link[0]))):
                spans += [(*found.span(), "[profile link]") for found in _PROFILE.finditer(low, *link.span())]
    if "u/" in low or "[~" in low:
        spans += [(*found.span(), "@") for found in _REDDITOR.finditer(flat)]
    if any(name in low for name in MAILBOXES):
        spans += [(*found.span(), "[e-mail]") for found in _BEFORE_MAILBOX.finditer(low)]
    for found in itertools.chain.from_iterable(pattern.finditer(flat) for pattern in _HANDLES):
        site = _MESSENGER.search(low, max(0, found.start() - 30), found.start())
        if not site or not _is_handle(found[1]):
            continue
        if site[1] or site[3] or found[0][:4] != " is " or not found[1].rstrip(".-").isalpha():  # not "Twitter is meh"
            spans.append((*found.span(1), "[e-mail]" if site[2] in MAILBOXES else "[profile link]"))
    spans += [(*found.span(), "[profile link]") for found in _ACCOUNT.finditer(flat)]
    if "#" in flat and _NUMBERED.search(flat):
        tagged = (found.span() for found in _TAGGED.finditer(flat))
        spans += [(*at, "[profile link]") for at in tagged if _TAGS.search(flat, max(0, at[0] - 40), at[1] + 30)]
    said = any(word in low for word in AT_WORDS)
    if said or _BESIDE_AT.search(flat) or _BRACKETED.search(low) or "%40" in low:
        for found in _MAIL.finditer(flat):
            handle = _FEDIVERSE.match(flat, found.start() - 1) if found.start() else None  # the server is dropped too
            spans.append((handle.end(1), found.end(), "") if handle else (*found.span(), "[e-mail]"))
    if said or _SPELT.search(low):
        spans += [(*found.span(), "[e-mail]") for found in _SAID_MAIL.finditer(flat) if _is_said_mail(found)]
    if ":" in low and _COLONS.search(flat):
        spans += [(*found.span(), "[address]") for found in _IP6.finditer(flat) if _is_ip6(found["ip"])]
    if _PAIRED.search(low):
        spans += [(*found.span(), "[address]") for found in _MAC.finditer(flat)]
    if _DIGITS.search(low):
        if low.count("-") > 2:
            spans += [(*found.span(), "[address]") for found in _IP_HOST.finditer(flat)]
        ips = [found.span() for found in _IP.finditer(flat) if _is_ip(found)]
        spans += [(*span, "[address]") for span in ips]
        if "ip" in low or "mac" in low or "0x" in low:
            spans += [(*found.span(), "[address]") for found in _IS_IP.finditer(low)]
        spans += [(*found.span(), "[account]") for found in _BANK.finditer(flat) if _is_account(found[0])]
        phones = [*_PHONE.finditer(flat)]
        called = [word.start() for word in _CALLED.finditer(low)] if phones else []
        for found in phones:
            if _is_phone(found, called) and found.start() not in dict(ips):
                extension = _EXTENSION.match(flat, found.end())
                spans.append((found.start(), (extension or found).end(), "[phone]"))
    if not spans:
        return text
    out, done = [], 0
    for start, end, mark in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            out += [plain[done:start], mark]
            done = end
    return "".join([*out, plain[done:]])


def with_letters(text: str) -> str:
    """Decode HTML entities and URL escapes that stand for letters; others stay."""
    return WRITTEN_LETTER.sub(_letter, text) if "&" in text or "%" in text else text


def _letter(found: re.Match[str]) -> str:
    written = found[0]
    if written[0] == "&":
        letter = html.unescape(written)
    else:
        letter = urllib.parse.unquote(written)
        letter = urllib.parse.unquote(written, "latin-1") if "\ufffd" in letter else letter
    return letter if letter.isalpha() else written


def _is_said_mail(found: re.Match[str]) -> bool:
    """Return whether the word before "at" is a mailbox name, unlike in "published at example.org"."""
    word = re.split(r"[\s@]", found[0].removeprefix(found["first"] or ""))[0]
    low = word.lower()
    if low in _NO_LOCAL or not any(map(str.isalpha, low)):
        return False
    if found["near"] or found["alone"]:  # "jo @gmail.com", "mark at gmail", but not "addresses in @gmail.com"
        return low not in COMMON
    if found["firm"]:  # "mira at yahoo", but not "people at yahoo" or "Mayer at Yahoo"
        return word == low and may_begin_name(low) and not is_familiar(low)
    return not found["host"] or "@" in found[0] or (word == low and low not in dictionary())


def _is_handle(word: str) -> bool:
    """Return whether a word is a messenger user name: "insta: zebq", but not "insta: terrible"."""
    named = word.islower() or (word.isdecimal() and len(word) > len("2024"))
    return named and word.rstrip(".-") not in dictionary()


def _is_ip(found: re.Match[str]) -> bool:
    parts = re.findall(r"\d+|[x*]", found[0].lower())[:4]
    numbers = [int(part) for part in parts if part.isdecimal()]
    largest = 256 if parts.count("000") > 1 else max(numbers)  # 10.000.000.000 is a number
    before = found.string[max(0, found.start() - 20) : found.start()].lower()
    smallest = SMALLEST_IP if len(numbers) == 4 and "," not in found[0] else 100  # "10.15.2.x" is a version
    called = _CALLED_IP.search(before) is not None
    if "," in found[0] and not called:
        if _IN_LIST.search(before) or numbers in (sorted(numbers), sorted(numbers)[::-1]):
            return False
        # 100,95,120,80 and 10,200,30,40
        if max(numbers) < LEAST_SPREAD * max(1, min(numbers)) or not any(each % 10 for each in numbers):
            return False
    if numbers[0] in (0, 127, 255):  # this computer and masks of networks
        return False
    return (called or largest >= smallest) and largest < 256 and not _VERSION.search(before)


def _is_account(written: str) -> bool:
    """Return whether a number is an IBAN, or a card number by its check digit (Luhn), unlike order numbers."""
    digits = [int(each) for each in reversed(written) if each.isdecimal()]
    return written[0].isalpha() or sum(sum(divmod(each << at % 2, 10)) for at, each in enumerate(digits)) % 10 == 0


def _is_ip6(written: str) -> bool:
    written = written.replace("[:]", ":")
    try:
        return len(written) > len("1::2:3") and bool(socket.inet_pton(socket.AF_INET6, written))
    except OSError:
        return False


def _is_phone(found: re.Match[str], called: list[int]) -> bool:
    """Return whether digits are a telephone number, not a date, a range of years or any other number.

    `called` holds the positions of words for a call in the text.
    """
    number, start = found[0], found.start()
    before = found.string[max(0, start - _CALL_NEAR) : start]
    fewest = 8 if "+" in number[:2] else 9 if number.startswith(("0", "(0")) else 99  # "+1000000" is a number
    fewest = 10 if " " in number and before[-5:].lower() == "plus " else fewest
    is_long = fewest < 99 and sum(map(str.isdecimal, number)) >= fewest
    if not is_long and not _NATIONAL.fullmatch(number):
        nearest = bisect.bisect_left(called, start - _CALL_NEAR)
        if nearest == len(called) or called[nearest] > start or not _CALL.search(before.lower()):
            return False
    counted = number[0] != "+" and _COUNTED.search(before.lower())
    return not (_DATE.fullmatch(number) or "ISBN" in before[-9:] or counted)
