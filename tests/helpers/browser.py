"""Watch a browser page, look at it with axe-core, and find a free port."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


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


def faults_found_by_axe(page: Page, panels: str = ".btl-live") -> list[str]:
    """What axe-core finds wrong inside the panels, with the place."""
    axe_core = pytest.importorskip("axe_core_python")
    page.evaluate(Path(axe_core.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(f"axe.run({{include: [['{panels}']]}})")
    assert found["passes"], "axe looked at nothing"
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found["violations"] for node in fault["nodes"]]
