"""Watch a browser page, check it with axe-core, and find a free port."""

import importlib
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Browser
    from playwright.sync_api import BrowserContext as BrowserContext
    from playwright.sync_api import Locator as Locator
    from playwright.sync_api import Page as Page
else:  # not loaded unless a test asks for the browser
    Browser = BrowserContext = Locator = Page = Any


@dataclass
class Watched:
    """A browser page, and what it did that it should not do."""

    page: Page
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.note_request(request.url))
        self.page.on("websocket", lambda connection: self.note_request(connection.url))

    def note_request(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")):
            self.strangers.append(url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a page can do wrong in the dark alone


def faults_found_by_axe(page: Page, part: str = ".btl-live", rules: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong inside a part of the page, with the place; by default by all its rules."""
    axe_core = importlib.import_module("axe_core_python")
    page.evaluate(Path(str(axe_core.__file__)).with_name("axe.min.js").read_text(encoding="utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations"], "selectors": False}  # the rest is named, not described
    options |= {"runOnly": rules} if rules else {}
    found: dict[str, Any] = page.evaluate("([part, options]) => axe.run({include: [[part]]}, options)", [part, options])
    assert found["passes"], "axe looked at nothing"
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found["violations"] for node in fault["nodes"]]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, 1 to 21."""
    lights = sorted(map(luminance, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
