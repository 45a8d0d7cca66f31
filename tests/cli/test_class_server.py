"""The class server: its options can be overridden, and what a class may start is limited."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

pytest.importorskip("voila")

from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError
from voila.configuration import VoilaConfiguration

from toolkit.cli import class_server
from toolkit.cli.class_server import DEFAULTS, PAGE_BYTES, SPARE_BYTES, ClassKernels, ClassServer, Visitor

FREE = SPARE_BYTES + 100 * PAGE_BYTES


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The memory that is free, as the server sees it."""
    found = SimpleNamespace(available=FREE)
    monkeypatch.setattr(class_server.psutil, "virtual_memory", lambda: found)  # type: ignore[attr-defined]
    return found


@pytest.fixture
def kernels(memory: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> ClassKernels:
    made = ClassKernels(most_pages=5, most_per_address=3, most_per_browser=2)
    monkeypatch.setattr(made, "list_kernel_ids", lambda: list(made.owner_of))
    monkeypatch.setattr(ClassKernels, "__contains__", lambda _, kernel: kernel in made.owner_of)
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
def test_an_option_given_by_the_user_wins(option: str, section: str, name: str, value: object) -> None:
    server = ClassServer()
    server.update_config(DEFAULTS)
    server.parse_command_line([option])
    owners = {"MappingKernelManager": ClassKernels, "ClassKernels": ClassKernels}
    owner = server if section == "Voila" else owners.get(section, VoilaConfiguration)(parent=server)
    assert getattr(owner, name) == value


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--MappingKernelManager.cull_idle_timeout=x"],
            "--MappingKernelManager.cull_idle_timeout takes an int, not 'x'",
        ),
        (["--ClassKernels.most_pages", "two"], "--ClassKernels.most_pages takes an int, not 'two'"),
        (["--port=abc"], "--port takes an int, not 'abc'"),
        (["--strip_sources=maybe"], "--strip_sources takes a boolean, not 'maybe'"),
        (["--VoilaConfiguration.allow_theme_override=si"], "takes any of ['YES', 'NOTEBOOK', 'NO'], not 'si'"),
        (["--no-browser", "--nonsense=3"], "The class server has no option --nonsense. `python3"),
        (["--most_pages=3"], "no option --most_pages"),
        (["--prot=8866"], "no option --prot. Did you mean --port?"),
        (["--ClassKernel.most_pages=3"], "Did you mean --ClassKernels.most_pages?"),
        (["--no-browsers"], "Did you mean --no-browser?"),
    ],
)
def test_an_invalid_option_gives_one_message(options: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as ended:
        ClassServer().initialize(["a.ipynb", *options])
    message = str(ended.value)
    assert said in message
    assert message.endswith("`python3 run.py class --help-all` lists the options and what each accepts.")


def test_an_address_of_another_computer_gives_one_message() -> None:
    server = ClassServer(ip="999.1.1.1")
    server.app, server.kernel_manager = Application(), Mock()
    with pytest.raises(SystemExit, match=r"cannot listen on '999\.1\.1\.1': .*--ip=0\.0\.0\.0"):
        server.listen()


def test_the_address_chooses_neither_theme_nor_template_nor_file() -> None:
    looks = DEFAULTS["VoilaConfiguration"]
    assert (looks["allow_theme_override"], looks["allow_template_override"]) == ("NO", "NO")
    assert looks["file_denylist"] == [".*"]
    assert looks["show_tracebacks"] is False
    assert DEFAULTS["Voila"]["auto_token"] is True
    assert DEFAULTS["Voila"]["ip"] == "127.0.0.1"


def test_pages_are_bounded_by_browser_by_address_and_by_memory(kernels: ClassKernels, memory: SimpleNamespace) -> None:
    memory.available = SPARE_BYTES + PAGE_BYTES - 1
    assert "no memory left for another page" in kernels.refusal(Visitor("a", "1"))
    memory.available = FREE
    for kernel, visitor in enumerate([Visitor("a", "1"), Visitor("b", "2"), Visitor("b", "2")]):
        assert kernels.refusal(visitor) == ""
        kernels.owner_of[str(kernel)] = visitor
    assert "This browser has 2 pages" in kernels.refusal(Visitor("a", "2"))
    kernels.opening = {object(): Visitor("b", "3")}
    assert "Your network has 3 pages" in kernels.refusal(Visitor("b", "4"))
    kernels.owner_of["4"] = Visitor("c", "5")
    assert "The class is full: 5 pages" in kernels.refusal(Visitor("d", "6"))


def test_a_class_of_thirty_behind_one_address_is_let_in_and_leaves_pages_to_others(memory: SimpleNamespace) -> None:
    kernels = ClassKernels()
    kernels.opening = {object(): Visitor("school", str(learner)) for learner in range(30)}
    assert kernels.refusal(Visitor("school", "teacher")) == ""
    kernels.opening |= {object(): Visitor("school", f"more {learner}") for learner in range(9)}
    assert "Your network" in kernels.refusal(Visitor("school", "last"))
    assert kernels.refusal(Visitor("home", "first")) == ""


@pytest.mark.usefixtures("no_running_loop")
def test_connections_are_limited_half_open_ones_end_and_an_extra_one_gets_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(class_server, "PER_PAGE", 1)
    log = Mock()

    async def ask(port: int, request: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        return reader, writer

    async def serve() -> list[bytes]:
        server = class_server.ClassConnections(Application(), **{**class_server.BOUNDS, "idle_connection_timeout": 0.5})
        server.pages, server.log = ClassKernels(most_per_address=3, most_pages=9), log
        socket, *_ = bind_sockets(0, "127.0.0.1")
        server.add_sockets([socket])
        port = socket.getsockname()[1]
        half_open = [await ask(port, b"GET / HTTP/1.1\r\nHost: ") for _ in range(3)]
        refused = [await ask(port, b"GET / HTTP/1.1\r\n\r\n") for _ in range(2)]
        answers = [await reader.read() for reader, _ in (*refused, *half_open)]  # the half-open ones end by themselves
        again = await ask(port, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answers.append(await again[0].read())
        server.stop()
        await server.close_all_connections()
        for _, writer in (*half_open, *refused, again):
            writer.close()
        return answers

    *refused, first, second, third, again = asyncio.run(serve())
    assert all(it.startswith(b"HTTP/1.1 429 ") and b"Too many connections are open. Close" in it for it in refused)
    assert first == second == third == b""
    assert again.startswith(b"HTTP/1.1 404 ")
    assert log.warning.call_count == 1
    assert log.warning.call_args.args[1:] == ("127.0.0.1", 3, 3, 3)


@pytest.mark.parametrize(
    ("pages", "said"),
    [(0, ["no page at the moment", "Close"]), (11, ["about 11 open pages", "Close"]), (90, ["about 40 open"])],
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
        kernels.owner_of.pop(kernel)

    monkeypatch.setattr(kernels, "shutdown_kernel", shut_down)
    kernels.owner_of = {"9": Visitor("x", "a"), "1": Visitor("x", "a"), "2": Visitor("y", "b")}
    kernels._kernel_connections = {"9": 1}
    asyncio.run(kernels.make_way(Visitor("y", "b")))
    assert list(kernels.owner_of) == ["9", "1", "2"]
    asyncio.run(kernels.make_way(Visitor("x", "a")))
    assert list(kernels.owner_of) == ["9", "2"]
    assert kernels.refusal(Visitor("x", "a")) == ""
    kernels.owner_of |= {"3": Visitor("x", "without cookies"), "4": Visitor("x", "each time another")}
    asyncio.run(kernels.make_way(Visitor("x", "and another")))
    assert list(kernels.owner_of) == ["9", "2", "4"]


@pytest.mark.usefixtures("no_running_loop")
def test_a_kernel_belongs_to_the_browser_that_opened_it(kernels: ClassKernels, monkeypatch: pytest.MonkeyPatch) -> None:
    async def start(self: object, *_: object, **__: object) -> str:
        await asyncio.sleep(0)
        return f"kernel-{len(kernels.owner_of)}"

    monkeypatch.setattr(class_server.AsyncMappingKernelManager, "start_kernel", start)  # type: ignore[attr-defined]

    async def open_page(visitor: Visitor) -> None:
        page = type("Page", (), {"kernel": ""})()
        class_server._opening.set(page)
        kernels.opening[page] = visitor
        assert await kernels.start_kernel() == page.kernel
        assert kernels.owner_of[page.kernel] == visitor

    async def both() -> None:
        await asyncio.gather(open_page(Visitor("x", "a")), open_page(Visitor("x", "b")))

    asyncio.run(both())
    assert len(kernels.owner_of) == 2
    assert kernels.opening == {}


@pytest.mark.usefixtures("no_running_loop")
@pytest.mark.parametrize("origin", ["http://[bad", "http://[::1", "//[x]y"])
def test_a_malformed_origin_is_refused_without_a_server_error(origin: str) -> None:
    request = SimpleNamespace(method="GET", host="here:1", headers={"Origin": origin}, path="/login")
    asked: Any = SimpleNamespace(request=request, get_origin=lambda: origin)
    with pytest.raises(HTTPError) as refused:
        asyncio.run(class_server.SameOrigin.prepare(asked))
    assert refused.value.status_code == 403
    assert class_server._check_origin(asked) is False
