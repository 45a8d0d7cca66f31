"""The class server: its options can be overridden, and what a class may start is bounded."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace

import pytest

pytest.importorskip("voila")

from voila.configuration import VoilaConfiguration

from toolkit.cli import class_server
from toolkit.cli.class_server import DEFAULTS, PAGE_BYTES, SPARE_BYTES, ClassKernels, ClassServer

FREE = SPARE_BYTES + 100 * PAGE_BYTES


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The memory that is free, as the server sees it."""
    found = SimpleNamespace(available=FREE)
    monkeypatch.setattr(class_server.psutil, "virtual_memory", lambda: found)  # type: ignore[attr-defined]
    return found


@pytest.fixture
def kernels(memory: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> ClassKernels:
    made = ClassKernels(most_pages=5, most_per_address=2)
    monkeypatch.setattr(made, "list_kernel_ids", lambda: list(made._address_of))
    return made


@pytest.mark.parametrize(
    ("option", "section", "name", "value"),
    [
        ("--MappingKernelManager.cull_idle_timeout=60", "MappingKernelManager", "cull_idle_timeout", 60),
        ("--ip=0.0.0.0", "Voila", "ip", "0.0.0.0"),
        ("--Voila.ip=0.0.0.0", "Voila", "ip", "0.0.0.0"),
        ("--template=lab", "VoilaConfiguration", "template", "lab"),
        ("--strip_sources=False", "VoilaConfiguration", "strip_sources", False),
        ("--ClassKernels.most_pages=3", "ClassKernels", "most_pages", 3),
    ],
)
def test_an_option_that_is_given_wins(option: str, section: str, name: str, value: object) -> None:
    server = ClassServer()
    server.update_config(DEFAULTS)
    server.parse_command_line([option])
    owners = {"MappingKernelManager": ClassKernels, "ClassKernels": ClassKernels}
    owner = server if section == "Voila" else owners.get(section, VoilaConfiguration)(parent=server)
    assert getattr(owner, name) == value


def test_the_address_chooses_neither_theme_nor_template_nor_file() -> None:
    looks = DEFAULTS["VoilaConfiguration"]
    assert (looks["allow_theme_override"], looks["allow_template_override"]) == ("NO", "NO")
    assert looks["file_denylist"] == [".*"]
    assert looks["show_tracebacks"] is False
    assert DEFAULTS["Voila"]["auto_token"] is True
    assert DEFAULTS["Voila"]["ip"] == "127.0.0.1"


def test_pages_are_bounded_in_all_and_per_address(kernels: ClassKernels) -> None:
    assert kernels.refusal("a") == ""
    kernels._address_of = {"1": "a", "2": "b", "3": "b"}
    assert kernels.refusal("a") == ""
    assert "This computer has 2 pages" in kernels.refusal("b")
    kernels.opening = {object(): "a"}
    assert "This computer has 2 pages" in kernels.refusal("a")
    kernels._address_of["4"] = "c"
    assert "The class is full: 5 pages" in kernels.refusal("d")


@pytest.mark.parametrize(
    ("pages", "said"), [(0, ["no page now", "Close"]), (11, ["about 11 open pages", "Close"]), (90, ["about 40 open"])]
)
def test_the_teacher_reads_how_many_pages_there_is_memory_for(
    memory: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    pages: int,
    said: list[str],
) -> None:
    memory.available = SPARE_BYTES + pages * PAGE_BYTES + 1
    monkeypatch.setattr(class_server.Voila, "init_settings", lambda _: {})  # type: ignore[attr-defined]
    server = ClassServer(log=logging.getLogger("class"))
    server.kernel_manager = SimpleNamespace(most_pages=40)
    with caplog.at_level(logging.INFO):
        server.init_settings()
    for message, part in zip(caplog.messages, said, strict=True):
        assert part in message


@pytest.mark.usefixtures("no_running_loop")
def test_a_page_that_was_left_while_it_loaded_makes_way(kernels: ClassKernels, monkeypatch: pytest.MonkeyPatch) -> None:
    async def shut_down(kernel: str) -> None:
        kernels._address_of.pop(kernel)

    monkeypatch.setattr(kernels, "shutdown_kernel", shut_down)
    kernels._address_of = {"9": "a", "1": "a", "2": "b"}
    kernels._kernel_connections = {"9": 1}
    asyncio.run(kernels.make_way("b"))
    assert list(kernels._address_of) == ["9", "1", "2"]
    asyncio.run(kernels.make_way("a"))
    assert list(kernels._address_of) == ["9", "2"]
    assert kernels.refusal("a") == ""


def test_no_page_is_opened_without_memory_for_it(kernels: ClassKernels, memory: SimpleNamespace) -> None:
    memory.available = SPARE_BYTES + PAGE_BYTES - 1
    assert "no memory left for another page" in kernels.refusal("a")


@pytest.mark.usefixtures("no_running_loop")
def test_a_kernel_belongs_to_the_address_that_opened_its_page(
    kernels: ClassKernels, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def start(self: object, *_: object, **__: object) -> str:
        await asyncio.sleep(0)
        return f"kernel-{len(kernels._address_of)}"

    monkeypatch.setattr(class_server.AsyncMappingKernelManager, "start_kernel", start)  # type: ignore[attr-defined]

    async def open_page(address: str) -> None:
        page = type("Page", (), {"kernel": "", "current_user": SimpleNamespace(username=f"user of {address}")})()
        class_server._opening.set(page)
        kernels.opening[page] = address
        assert await kernels.start_kernel() == page.kernel
        assert kernels.owner_of[page.kernel] == f"user of {address}"

    async def both() -> None:
        await asyncio.gather(open_page("a"), open_page("b"))

    asyncio.run(both())
    assert sorted(kernels._address_of.values()) == ["a", "b"]
    assert kernels.opening == {}
