"""Link patterns: web and mail addresses, bare domains, and payment addresses of cryptocurrencies."""

import re

_GENERIC = (
    "aero|app|biz|blog|club|com|coop|dev|edu|eth|eu|gov|info|int|io|mil|mobi|museum|net|network|onion|online|org|press|shop|site|social|store|tech"
    "|wiki|xyz"
)
_ENDINGS_THAT_ARE_WORDS = (
    "agency|art|cloud|design|games|life|link|live|media|news|page|space|team|today|travel|world|zone"
    "|ad|ag|al|am|as|at|be|by|do|hm|id|im|in|is|it|ma|md|me|my|no|pa|pl|pm|ps|py|re|rs|sh|si|so|st|to|us|va"
)
"""Endings of domains that are also words, abbreviations or file extensions: an address needs a path after them."""
_COUNTRIES = (
    "ac|ae|ai|ar|au|az|ba|bd|bg|br|bz|ca|cc|cd|ch|cl|cn|co|cr|cu|cy|cz|de|dk|dz|ec|ee|eg|es|fi|fm|fr|ge|gg|gl|gr|hk|hn|hr"
    "|hu|ie|il|iq|ir|jo|jp|ke|kr|kz|lb|lk|lt|lu|lv|ly|mk|mn|mt|mx|ng|nl|np|nz|pe|ph|pk|pr|pt|qa|ro|ru|sa|se"
    "|sg|sk|sv|sy|th|tn|tr|tv|tw|ua|uk|uy|uz|ve|vn|ws|za|zw"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_BARE = rf"(?<![\w.@-])(?:{_LABEL}\.){{1,4}}"
WALLET = (
    r"(?<![A-Za-z0-9])(?:0x[0-9a-fA-F]{40}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|(?:bc1|ltc1|addr1)[02-9ac-hj-np-z]{25,100}"
    r"|[LM][a-km-zA-HJ-NP-Z1-9]{26,33}|D[5-9A-HJ-NP-U][1-9A-HJ-NP-Za-km-z]{32}|T[1-9A-HJ-NP-Za-km-z]{33}"
    r"|(?=[A-Z1-9]{0,43}[a-z])(?=[a-z1-9]{0,43}[A-Z])(?=[A-Za-z]{0,43}\d)[1-9A-HJ-NP-Za-km-z]{43,44}"
    r"|r[1-9A-HJ-NP-Za-km-z]{24,34}|[48][0-9A-C][1-9A-HJ-NP-Za-km-z]{93})(?![A-Za-z0-9])"
)
"""Payment addresses: Ethereum, Bitcoin, Litecoin, Cardano, Dogecoin, Tron, Solana, Ripple, Monero."""
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[A-Za-z]")
_WALLET = re.compile(WALLET)
_LINK = re.compile(
    r"https?:/|magnet:\?\w|www\.\w|[\w.+-]{1,64}@[\w-]{1,63}\.\w"
    rf"|{_BARE}(?:(?:{_GENERIC}|{_COUNTRIES}|{_ENDINGS_THAT_ARE_WORDS})(?::\d{{1,5}})?/|(?:{_GENERIC}|{_COUNTRIES})(?:[?:#]\w|\W{{0,4}}$))",
    re.IGNORECASE,
)
_SHORTEST_WALLET = 25
_LONGEST = 2100


def is_link(token: str) -> bool:
    """Return whether a token is an address; a quick check rules most tokens out."""
    if not 4 < len(token) < _LONGEST:
        return False
    if ("." in token or ":/" in token or ":?" in token) and _LINK.search(token):
        return True
    return len(token) >= _SHORTEST_WALLET and has_wallet(token)


def has_wallet(text: str) -> bool:
    """Return whether a text contains a payment address: a long mixture of letters and digits, unlike any word."""
    return any(_DIGIT.search(found[0]) and _LETTER.search(found[0]) for found in _WALLET.finditer(text))
