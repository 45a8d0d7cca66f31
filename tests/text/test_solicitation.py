"""Solicitation asks, by more than one sign; news that mentions money asks nobody."""

import math

import pytest

from toolkit import read, sentiment
from toolkit.importers.documents.markdown_writer import promo_lines
from toolkit.text.blocks import find_blocks
from toolkit.text.normalize import normalise
from toolkit.text.solicitation import is_solicitation

ASKS = """
    Subscribe and donate at https://example.org/give
    Donate BTC 1AGiuuVR4uCqz5tZtyf6ekm5BQEWQwfLvz
    \U0001f4a5 Donate MONTHLY via \U0001f517 https://bit.ly/MonthlyNews
    BTC: 1AGiuuVR4uCqz5tZtyf6ekm5BQEWQwfLvz
    Ethereum donations: 0x52908400098527886E0F7030069857D2E4169EE7
    PayPal: https://paypal.me/somebody
    PayPal: somebody@example.org
    Support our work on Patreon!
    To receive new posts and support my work, consider becoming a free or paid subscriber.
    If you like this post, please share this post and subscribe.
    Subscribe to the Lantern and support local reporting: https://example.org/lantern
    This newsletter is reader-supported. Become a paid subscriber today.
    Follow me on Patreon, and leave a comment below.
    If you enjoyed this, share this post and leave a comment.
    Join us on Patreon for more episodes, and support the show!
    Subscribe  to my newsletter and share  this post with your friends.
    Please consider a paid subscription: every dollar helps.
    If you can, become a member and help us keep this site free.
"""
NEWS = """
    The senator donated $5,000 to the campaign, and the donation was returned.
    Bitcoin fell on Monday; analysts said BTC could fall further.
    Support this bill. Support our troops.
    She donated a kidney to her brother, who had donated blood for years.
    PayPal said that donations to the group were frozen, and Patreon followed.
    The museum is crowdfunded, and subscribers of the paper pay less.
    Subscriptions to the paper fell, Patreon said in its report at https://example.org/report.
    He wants to become a member of the council, and we should support our schools.
    You can donate bitcoin, they said.
    "Please donate to my campaign by PayPal," the senator wrote.
    She told followers to subscribe to the Patreon of a rival, and urged them to donate.
    Bitcoin donations to Ukraine passed $60 million on Friday.
    They share this post, and we must support the project.
    You need a paid subscription to watch the match.
    Every dollar helps the poor, and subscribers know it.
    You should cycle, every little helps: https://example.org/bikes
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize("line", lines(ASKS))
def test_lines_that_ask_the_reader_are_solicitation(line: str) -> None:
    assert is_solicitation(line)
    assert read(line).words == 0
    assert math.isnan(sentiment(line))


@pytest.mark.parametrize("line", lines(NEWS))
def test_news_that_mentions_money_is_not_solicitation(line: str) -> None:
    assert not is_solicitation(line)
    assert read(line).promo_words == 0
    assert math.isfinite(sentiment(line))


@pytest.mark.parametrize(
    "line", [*lines(ASKS), *lines(NEWS), "<!-- promo -->", "- Donate now: BTC", "SUPPORT MY WORK, d\u0130nate"]
)
def test_a_single_line_is_classified_as_in_a_text(line: str) -> None:
    alone = find_blocks(normalise(line))
    assert (line in promo_lines([line, "No promo at all."])) == (bool(alone) and alone[0].kind == "promo")
