"""Serve the class notebook with Voila: one page, behind a token, with a limit on open pages.

`python3 run.py class` starts this. Any Voila option may follow and overrides the defaults set here.
"""

import contextlib
import contextvars
import difflib
import html
import logging
import math
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import responses
from typing import Any, ClassVar, Final, NamedTuple
from urllib.parse import urlsplit

import psutil
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.logout import LogoutHandler
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream
from tornado.web import HTTPError
from traitlets import Bool, Enum, Float, Integer, TraitError
from traitlets.config import Config, Configurable
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import AllowListFileHandler, MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .._terminal import harmless
from .class_kernels import FORKS, SMALL, fork_server

PAGE_BYTES: Final = 70_000_000 if FORKS else 105_000_000  # memory of one open page: see benchmarks/class_load.py
SPARE_BYTES: Final = 500_000_000  # memory reserved for other programs
PER_PAGE: Final = 8  # connections per page: a browser opens six for files and one for messages
MOST_CHANNELS: Final = 4  # connections per kernel
OPEN_FILES: Final = 4_096  # a page takes about 20, including connections, and some systems allow 256
# The largest request is the form with the token.
BOUNDS: Final = {"max_body_size": 100_000, "body_timeout": 30, "idle_connection_timeout": 60}
# Learners see the page and its widgets, not the code; no URL parameter changes how it looks or what it loads; only the
# notebook's own code runs. Kernels of closed pages are stopped.
DEFAULTS: Final = Config(
    Voila={"auto_token": True, "ip": "127.0.0.1"},
    VoilaConfiguration={
        "template": "class",
        "strip_sources": True,
        "show_tracebacks": False,
        "allow_theme_override": "NO",
        "allow_template_override": "NO",
        "file_allowlist": [],
        "file_denylist": [".*"],
    },
    MappingKernelManager={"cull_idle_timeout": 1200, "cull_interval": 60, "allow_tracebacks": False},
)
_PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<body style="font: 1.2em sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em">
<h1>{title}</h1><p>{text}</p></body></html>"""
_ASK_FOR_TOKEN: Final = (
    "The address of this page ends in <code>?token=</code> and a long code. Ask your teacher for the whole address, "
    'or for the code:</p><form><input name="token" aria-label="Code" autocomplete="off" required> '
    "<button>Open the page</button></form><p>"
)
_TOO_MANY: Final = (
    b"HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 60\r\n"
    b"Connection: close\r\n\r\nToo many connections are open. Close other pages of the class, wait a minute, then load "
    b"this page again, or ask your teacher.\n"
)
_opening: contextvars.ContextVar[Any] = contextvars.ContextVar("opening", default=None)


class Visitor(NamedTuple):
    """A visitor: a network address, which a whole school may share, and a browser, identified by its cookie."""

    address: str
    browser: str


class ClassKernels(AsyncMappingKernelManager):
    """The kernels of a class, one per open page: limited in total, per browser and address, and by free memory.

    A class behind one address gets its thirty pages, while misuse of the token leaves some for other addresses.
    """

    most_pages = Integer(40, config=True, help="Pages that may be open at once.")
    most_per_browser = Integer(4, config=True, help="Pages that one browser may have open at once.")
    most_per_address = Integer(32, config=True, help="Pages that may be open at once from one network address.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self.owner_of: dict[str, Visitor] = {}  # kernel -> who opened its page
        self.opening: dict[Any, Visitor] = {}  # pages still waiting for their kernel

    def refusal(self, visitor: Visitor) -> str:
        """Return why a visitor cannot open another page; empty if they can."""
        kernels = self.list_kernel_ids()
        open_now = [*filter(None, map(self.owner_of.get, kernels)), *self.opening.values()]
        if [each.browser for each in open_now].count(visitor.browser) >= self.most_per_browser:
            why = f"This browser has {self.most_per_browser} pages of the class open. Close those that you do not "
            return f"{why}need, wait a minute, then load this page again."
        if [each.address for each in open_now].count(visitor.address) >= self.most_per_address:
            why = (
                f"Your network has {self.most_per_address} pages of the class open, which is the limit for one address."
            )
            return f"{why} Ask your teacher, or share a computer with a classmate."
        if len(kernels) + len(self.opening) >= self.most_pages:
            why = f"The class is full: {self.most_pages} pages are open."
            return f"{why} Ask your teacher, or share a computer with a classmate."
        if psutil.virtual_memory().available < SPARE_BYTES + PAGE_BYTES:
            why = "The teacher's computer has no memory left for another page."
            return f"{why} Share a computer with a classmate, or ask your teacher to close other programs."
        return ""

    async def make_way(self, visitor: Visitor) -> None:
        """Stop the oldest kernel whose page was left before it was ready, if a browser or an address has too many."""
        for part, most in (("browser", self.most_per_browser), ("address", self.most_per_address)):
            who = getattr(visitor, part)
            own = [kernel for kernel, owner in self.owner_of.items() if getattr(owner, part) == who and kernel in self]
            left = [kernel for kernel in own if not self._kernel_connections.get(kernel)]
            if left and len(own) >= most:
                await self.shutdown_kernel(left[0])  # type: ignore[no-untyped-call]

    async def start_kernel(self, *arguments: Any, **options: Any) -> str:  # type: ignore[override]
        """Start the kernel of a page, and record its visitor."""
        kernel: str = await super().start_kernel(*arguments, **options)
        if page := _opening.get():
            page.kernel = kernel
            self.owner_of[kernel] = self.opening.pop(page)
        return kernel


class ClassConnections(HTTPServer):
    """An HTTP server that limits the connections open at once, in total and per address, to what a class's pages need.

    A connection beyond the limit gets a plain answer, and the teacher's log reports this at most once a minute.
    """

    pages: ClassKernels
    log: Any
    logged = -math.inf  # seconds

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Serve a connection, or refuse it."""
        self.open = [(place, each) for place, each in getattr(self, "open", ()) if not each.closed()]
        own = [place for place, _ in self.open].count(address[0])
        most = PER_PAGE * self.pages.most_per_address
        if own < most and len(self.open) < 2 * PER_PAGE * self.pages.most_pages:
            self.open.append((address[0], stream))
            super().handle_stream(stream, address)
            return
        if time.monotonic() > self.logged + 60:
            self.logged = time.monotonic()
            said = "Connections from %s are refused: it has %s of the %s open, and may have %s."
            self.log.warning(said, address[0], own, len(self.open), most)
        stream.write(_TOO_MANY)
        with contextlib.suppress(OSError):
            stream.socket.recv(100_000)  # if a request is not read, the system drops the answer
        stream.close()


class SameOrigin(JupyterHandler):
    """A request from one of this server's own pages, or from a browser that follows a link."""

    kernel_manager: ClassKernels

    async def prepare(self, **options: Any) -> None:
        """Refuse requests from other sites, with or without the token."""
        sender = self.get_origin()
        if self.request.method != "GET":
            sender = sender or self.request.headers.get("Referer", "")
        if sender is not None and _host_of(sender) != self.request.host.lower():
            raise HTTPError(403)
        await ensure_async(super().prepare(**options))  # type: ignore[arg-type]

    def set_cors_headers(self) -> None:
        """Keep other sites from reading answers."""


class OwnKernel(SameOrigin):
    """A request about a kernel, from the browser that opened the kernel's page."""

    async def prepare(self, **options: Any) -> None:
        """Answer as if the kernel of another browser did not exist."""
        await super().prepare(**options)
        (self.asked_for,) = self.path_args or self.path_kwargs.values()
        owner = self.kernel_manager.owner_of.get(self.asked_for)
        if owner is None or owner.browser != self.current_user.username:
            raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Skip the cookie check: a page that is being closed cannot send its value, and its origin was checked."""


class KernelModel(OwnKernel, KernelHandler):
    """A page's questions about its kernel; this address cannot end a kernel."""

    SUPPORTED_METHODS = ("GET",)


class KernelChannels(OwnKernel, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The messages between a page and its kernel; a page has one such connection, plus a few that are closing."""

    async def prepare(self, **options: Any) -> None:
        """Refuse connections beyond the limit; each has its own sockets to the kernel."""
        await super().prepare(**options)
        if self.kernel_manager._kernel_connections.get(self.asked_for, 0) >= MOST_CHANNELS:
            raise HTTPError(429)


class KernelShutdown(OwnKernel, VoilaShutdownKernelHandler):  # type: ignore[misc]
    """Shutting down a kernel whose page is being closed."""


class ClassPage(SameOrigin, TornadoVoilaHandler):  # type: ignore[misc]
    """The class page; no other path serves a file, and a page beyond the limit gets a plain message."""

    kernel = ""

    @allow_unauthenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, a form that asks for the token, or the reason it is unavailable."""
        if not self.current_user:
            self.set_status(403)
            wrong = "This code is not the right one. " if self.get_argument("token", "") else ""
            self.finish(_PAGE.format(title="The class", text=wrong + _ASK_FOR_TOKEN))
            return
        if path:
            raise HTTPError(404)
        visitor = Visitor(self.request.remote_ip or "", self.current_user.username)
        await self.kernel_manager.make_way(visitor)
        if why := self.kernel_manager.refusal(visitor):
            self.log.warning("A page was refused to %s: %s", visitor.address, why)
            self.set_status(503)
            self.set_header("Retry-After", "60")
            self.finish(_PAGE.format(title="Not now", text=html.escape(why)))
            return
        _opening.set(self)
        self.kernel_manager.opening[self] = visitor
        try:
            await super().get()  # type: ignore[misc]
        finally:
            self.kernel_manager.opening.pop(self, None)

    def on_connection_close(self) -> None:
        """Stop the kernel of a page that was left, or loaded again, before it was complete."""
        super().on_connection_close()
        if self.kernel in self.kernel_manager:
            IOLoop.current().add_callback(self.kernel_manager.shutdown_kernel, self.kernel, now=True)


class ClassServer(Voila):  # type: ignore[misc]
    """Voila for a class."""

    name = "voila"  # the name of the configuration files
    examples = "python3 run.py class notebooks/class/your-own-files.ipynb --ip=0.0.0.0 --ClassKernels.most_pages=30"
    aliases: ClassVar[dict[str, str]] = {**Voila.aliases, "ip": "Voila.ip"}
    classes: ClassVar[list[type]] = [*Voila.classes, ClassKernels]

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read the options; given ones override DEFAULTS."""
        if why := _why_refused(sys.argv[1:] if argv is None else argv):
            sys.exit(f"{why} `python3 run.py class --help-all` lists the options and what each accepts.")
        self.update_config(DEFAULTS)
        logging.setLogRecordFactory(_harmless_record)
        KernelProvisionerFactory.provisioners[SMALL.name] = SMALL
        self.config.KernelProvisionerFactory.default_provisioner_name = SMALL.name
        with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
            import resource

            few, many = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(few, min(OPEN_FILES, many)), many))
        if FORKS:
            fork_server()  # its libraries are loaded before the first page opens
        super().initialize(argv)
        self.log.addFilter(lambda record: not record.getMessage().endswith("is not trusted"))  # it need not be
        self.voila_configuration.multi_kernel_manager_class = ClassKernels
        JupyterHandler.check_origin = _check_origin  # type: ignore[assignment,method-assign]
        for handler in (APIHandler, JupyterHandler):
            handler.write_error = _write_error  # type: ignore[method-assign]

    def init_handlers(self) -> list[Any]:
        """Set up Voila's handlers with the class's checks; only files of the page's template and widgets are served."""
        static = rf"voila/templates/{re.escape(self.voila_configuration.template)}/static/(.*)"
        ours = {
            TornadoVoilaHandler: ClassPage,
            KernelHandler: KernelModel,
            VoilaKernelWebsocketHandler: KernelChannels,
            VoilaShutdownKernelHandler: KernelShutdown,
        }
        left_out = (AllowListFileHandler, TemplateStaticFileHandler, LogoutHandler)
        theirs = [each for each in super().init_handlers() if each[1] not in left_out]
        page_files = (url_path_join(self.server_url, static), MultiStaticFileHandler, {"paths": self.static_paths})
        return [page_files, *((path, ours.get(one, one), *more) for path, one, *more in theirs)]

    def listen(self) -> None:
        """Listen, with limits on connections and on the size and time of requests."""
        server = ClassConnections(self.app, **BOUNDS)
        server.pages, server.log = self.kernel_manager, self.log
        self.app.listen = server.listen
        try:
            super().listen()
        except OSError as error:
            why = f"The class server cannot listen on {self.ip!r}: {error.strerror}."
            sys.exit(f"{why} Leave --ip out to serve this computer alone, or give --ip=0.0.0.0 to let the class in.")

    def init_settings(self) -> dict[str, Any]:
        """Log how many pages this computer has memory for."""
        settings: dict[str, Any] = super().init_settings()
        free = max(0, psutil.virtual_memory().available - SPARE_BYTES)
        pages = min(free // PAGE_BYTES, self.kernel_manager.most_pages)
        how_many = f"about {pages} open pages, one for each learner or pair" if pages else "no page at the moment"
        self.log.info("There is memory for %s.", how_many)
        if pages < self.kernel_manager.most_pages:
            self.log.warning(
                "Close other programs to make room for more, now or later. Beyond that, a page shows a short message."
            )
        return settings


def _why_refused(given: Sequence[str]) -> str:
    """Return why an option is unknown or its value invalid; empty if all are fine."""
    options = {
        f"--{each.__name__}.{name}": trait
        for each in _subclasses(Configurable)
        for name, trait in each.class_traits(config=True).items()
    }
    options |= {f"--{short}": options[f"--{name}"] for short, name in ClassServer.aliases.items()}
    alone = {f"--{flag}" for flag in (*ClassServer.flags, "help", "help-all", "version")}
    for option, following in zip(given, [*given[1:], ""], strict=True):
        name, equals, value = option.partition("=")
        if not name.startswith("--") or option in alone:
            continue
        if name not in options:
            near = difflib.get_close_matches(name, [*options, *alone], 1)
            return f"The class server has no option {name}.{''.join(f' Did you mean {each}?' for each in near)}"
        trait, value = options[name], value if equals else following
        try:
            if isinstance(trait, Integer | Float | Bool | Enum):
                trait.validate(None, trait.from_string(value))
        except (ValueError, TraitError):
            return f"{name} takes {trait.info()}, not {value!r}."
    return ""


def _subclasses(one: Any) -> Iterator[Any]:
    """Return the subclasses of a class; those with options are loaded with this module."""
    for each in one.__subclasses__():
        yield each
        yield from _subclasses(each)


def _harmless_record(*arguments: Any, **options: Any) -> logging.LogRecord:
    """Create a log record without characters that could control the teacher's terminal."""
    record = logging.LogRecord(*arguments, **options)
    record.msg, record.args = harmless(record.getMessage()), ()
    return record


def _host_of(address: str) -> str | None:
    """Return the host and port of an address; None if it is malformed."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return None


def _check_origin(
    self: JupyterHandler, _: str = "", check: Callable[[JupyterHandler], bool] = JupyterHandler.check_origin
) -> bool:
    """Refuse a malformed Origin, on which Jupyter's own check would fail; use that check for any other."""
    return _host_of(self.request.headers.get("Origin", "")) is not None and check(self)


def _write_error(self: JupyterHandler, status_code: int, **_: Any) -> None:
    """Send a one-line error page; the details go to the server's log, not to the browser."""
    reason = responses.get(status_code, "Error")
    self.set_header("Content-Type", "text/html; charset=utf-8")
    self.finish(
        _PAGE.format(title=f"{status_code} {reason}", text="The address is wrong, or the page no longer exists.")
    )


if __name__ == "__main__":
    ClassServer.launch_instance()
