"""Links: web and mail addresses, bare domains and payment addresses are links; abbreviations and slips are words."""

import pytest

from toolkit import links, read
from toolkit.lexicons.address_patterns import has_wallet, is_link

LINKS = """
    https://example.org/a?b=c#d http://x.y www.example.org someone@example.org bit.ly/OneTime bit.ly/c t.co/AbC123xyz
    youtu.be/dQw4w9WgXcQ cnn.com buymeacoffee.com/somebody example.com. (https://example.org) "bbc.co.uk" reuters.com:
    abc.net.au/news/2024-05-01/a-long-slug abc.net.au/news, archive.ph/abc12 lemonde.fr/article example.ai wa.me/123
    (theguardian.com/world) BBC.co.uk localhost.dev:8080/x
    1AGiuuVR4uCqz5tZtyf6ekm5BQEWQwfLvz bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
    0x52908400098527886E0F7030069857D2E4169EE7 LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ
    (0x52908400098527886E0F7030069857D2E4169EE7). moma.museum bob.bsky.social vitalik.eth bbc.news/live
    magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a&dn=x
    888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H
""".split()
WORDS = """
    U.S. 3.14 and/or e.g., p.m. No.Maybe 1945-1989 etc... @NATO brother.My great.But finished.it end.so node.js 9.30am
    U.K. 1,000,000.00 it...love a.m. script.py readme.md file.txt Mr.Smith i.e. 10.5in wait.no 3.5/5 4.5/10 good/bad
    counterrevolutionaries antidisestablishmentarianism 0x5290 1234567890123456789012345678 good.news the.world magnet:?
""".split()


@pytest.mark.parametrize("token", LINKS)
def test_an_address_is_a_link_and_not_a_word(token: str) -> None:
    assert is_link(token)
    assert (read(token).words, read(token).syllables, links(token)) == (0, 0, 1)


@pytest.mark.parametrize("token", WORDS)
def test_abbreviations_numbers_and_typing_errors_are_not_links(token: str) -> None:
    assert not is_link(token)


@pytest.mark.parametrize(
    ("text", "words", "many"),
    [
        ("Send ETH to 0x52908400098527886E0F7030069857D2E4169EE7 today", ["Send", "ETH", "to", "today"], 1),
        ("Read abc.net.au/news/2024-05-01/a-long-slug-of-words/1234 now", ["Read", "now"], 1),
        ("see archive.ph/abc12 and lemonde.fr/article and example.ai", ["see", "and", "and"], 3),
        ("Send BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa today", ["Send", "BTC", "to", "today"], 1),
    ],
)
def test_addresses_in_a_comment_are_links(text: str, words: list[str], many: int) -> None:
    reading = read(text)
    assert [reading.content[start:end] for start, end in reading.words_at] == words
    assert links(text) == many


def test_a_long_word_or_number_is_not_a_wallet() -> None:
    assert not has_wallet("L" * 40)
    assert not has_wallet("1" * 30)
    assert not has_wallet("Donau" * 8 + "abc")
    assert has_wallet("SOL 7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs")
    assert has_wallet("pay 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, thanks")
