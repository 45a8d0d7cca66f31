"""Serve the class notebook with Voila: one page, behind a token, with a limit on open pages.

`python3 run.py class` starts this. Any Voila option may follow and overrides the defaults set here.
"""

from __future__ import annotations

import contextvars
import functools
import html
import logging
import re
from http.client import responses
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

import psutil
import tornado.web
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_core.utils import ensure_async
from jupyter_server.auth.logout import LogoutHandler
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets import Integer
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import AllowListFileHandler, MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .._terminal import harmless
from .class_kernels import FORKS, SMALL, fork_server

PAGE_BYTES: Final = 70_000_000 if FORKS else 105_000_000  # memory of one open page: see benchmarks/class_load.py
SPARE_BYTES: Final = 500_000_000  # memory reserved for other programs
# No request has more to send than the form that asks for the token.
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
<title>{title}</title><body style="font: 1.2em sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em">
<h1>{title}</h1><p>{text}</p></body></html>"""
_opening: contextvars.ContextVar[Any] = contextvars.ContextVar("opening", default=None)


class ClassKernels(AsyncMappingKernelManager):
    """The kernels of a class, one per open page: limited in total, per address, and by free memory."""

    most_pages = Integer(40, config=True, help="Pages that may be open at once.")
    most_per_address = Integer(4, config=True, help="Pages that one computer may have open at once.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._address_of: dict[str, str] = {}
        self.owner_of: dict[str, str] = {}  # the browser that opened a kernel's page, as its cookie names it
        self.opening: dict[Any, str] = {}  # pages whose kernel has not started yet, and for which address

    def refusal(self, address: str) -> str:
        """Why no further page can be opened from an address; empty if one can."""
        open_now = [self._address_of.get(kernel, "") for kernel in self.list_kernel_ids()] + [*self.opening.values()]
        if open_now.count(address) >= self.most_per_address:
            return (
                f"This computer has {self.most_per_address} pages of the class open. Close those that you do not "
                "need, wait a minute, then load this page again."
            )
        if len(open_now) >= self.most_pages:
            return (
                f"The class is full: {self.most_pages} pages are open. Ask your teacher, or share a computer with "
                "somebody."
            )
        if psutil.virtual_memory().available < SPARE_BYTES + PAGE_BYTES:
            return (
                "The teacher's computer has no memory left for another page. Share a computer with somebody, or ask "
                "your teacher to close other programs."
            )
        return ""

    async def make_way(self, address: str) -> None:
        """Stop an address's oldest kernel if it has too many and that page was left before its kernel was ready."""
        own = [kernel for kernel in self.list_kernel_ids() if self._address_of.get(kernel) == address]
        left = [kernel for kernel in own if not self._kernel_connections.get(kernel)]
        if left and len(own) >= self.most_per_address:
            oldest = min(left, key=list(self._address_of).index)
            await self.shutdown_kernel(oldest)  # type: ignore[no-untyped-call]

    async def start_kernel(self, *arguments: Any, **options: Any) -> str:  # type: ignore[override]
        """Start the kernel of a page, and note for which address."""
        kernel: str = await super().start_kernel(*arguments, **options)
        page = _opening.get()
        self._address_of[kernel] = self.opening.pop(page, "")
        if page:
            page.kernel = kernel
            self.owner_of[kernel] = page.current_user.username
        return kernel


class SameOrigin(JupyterHandler):
    """A request that this server's own pages send, or a browser for somebody who follows a link."""

    kernel_manager: ClassKernels

    async def prepare(self, **options: Any) -> None:
        """Refuse what another site sends, with or without the token."""
        sender = self.get_origin()
        if self.request.method != "GET":
            sender = sender or self.request.headers.get("Referer", "")
        if sender is not None and urlsplit(sender).netloc.lower() != self.request.host.lower():
            raise HTTPError(403)
        await ensure_async(super().prepare(**options))  # type: ignore[arg-type]

    def set_cors_headers(self) -> None:
        """Let no other site read an answer."""


class OwnKernel(SameOrigin):
    """A request about a kernel, from the browser that opened the kernel's page."""

    async def prepare(self, **options: Any) -> None:
        """Answer about the kernel of another browser as if there were none."""
        await super().prepare(**options)
        (kernel,) = self.path_args or self.path_kwargs.values()
        if self.kernel_manager.owner_of.get(kernel) != self.current_user.username:
            raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Ask for no cookie's value, which a page that is being closed cannot send: its origin was checked."""


class KernelModel(OwnKernel, KernelHandler):
    """What a page asks about its kernel; no kernel is ended by this address."""

    SUPPORTED_METHODS = ("GET",)


class KernelChannels(OwnKernel, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The messages between a page and its kernel."""


class KernelShutdown(OwnKernel, VoilaShutdownKernelHandler):  # type: ignore[misc]
    """The end of a kernel whose page is being closed."""


class ClassPage(SameOrigin, TornadoVoilaHandler):  # type: ignore[misc]
    """The class page; no other path serves a file, and a page beyond the limit gets a plain message."""

    kernel = ""

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, or the reason it is unavailable."""
        if path:
            raise HTTPError(404)
        address = self.request.remote_ip or ""
        await self.kernel_manager.make_way(address)
        if why := self.kernel_manager.refusal(address):
            self.set_status(503)
            self.set_header("Retry-After", "60")
            self.finish(_PAGE.format(title="Not now", text=html.escape(why)))
            return
        _opening.set(self)
        self.kernel_manager.opening[self] = address
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

    name = "voila"  # the name of its configuration files
    aliases: ClassVar[dict[str, str]] = {**Voila.aliases, "ip": "Voila.ip"}
    classes: ClassVar[list[type]] = [*Voila.classes, ClassKernels]

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read the options; given ones override DEFAULTS."""
        self.update_config(DEFAULTS)
        logging.setLogRecordFactory(_harmless_record)
        KernelProvisionerFactory.provisioners[SMALL.name] = SMALL
        self.config.KernelProvisionerFactory.default_provisioner_name = SMALL.name
        if FORKS:
            fork_server()  # which has loaded its libraries when the first page is opened
        super().initialize(argv)
        self.voila_configuration.multi_kernel_manager_class = ClassKernels
        for handler in (APIHandler, JupyterHandler):
            handler.write_error = _write_error  # type: ignore[method-assign]

    def init_handlers(self) -> list[Any]:
        """Voila's handlers, with the checks of a class and no file but those of the page's template and widgets."""
        static = rf"voila/templates/{re.escape(self.voila_configuration.template)}/static/(.*)"
        replaced = {
            TornadoVoilaHandler: ClassPage,
            KernelHandler: KernelModel,
            VoilaKernelWebsocketHandler: KernelChannels,
            VoilaShutdownKernelHandler: KernelShutdown,
        }
        left_out = (AllowListFileHandler, TemplateStaticFileHandler, LogoutHandler)
        return [
            (url_path_join(self.server_url, static), MultiStaticFileHandler, {"paths": self.static_paths}),
            *(
                (path, replaced.get(one, one), *more)
                for path, one, *more in super().init_handlers()
                if one not in left_out
            ),
        ]

    def listen(self) -> None:
        """Listen, with bounds on what a request may send and how long it may take."""
        self.app.listen = functools.partial(self.app.listen, **BOUNDS)
        super().listen()

    def init_settings(self) -> dict[str, Any]:
        """Log how many pages this computer has memory for."""
        settings: dict[str, Any] = super().init_settings()
        free = max(0, psutil.virtual_memory().available - SPARE_BYTES)
        pages = min(free // PAGE_BYTES, self.kernel_manager.most_pages)
        how_many = f"about {pages} open pages, one for each learner or pair" if pages else "no page now"
        self.log.info("There is memory for %s.", how_many)
        if pages < self.kernel_manager.most_pages:
            self.log.warning(
                "Close other programs to make it more, also later. One page too many gets a plain message."
            )
        return settings


def _harmless_record(*arguments: Any, **options: Any) -> logging.LogRecord:
    """Make a log record without what a request could command the teacher's terminal."""
    record = logging.LogRecord(*arguments, **options)
    record.msg, record.args = harmless(record.getMessage()), ()
    return record


def _write_error(self: JupyterHandler, status_code: int, **_: Any) -> None:
    """Send a one-line error page; the details go to the server's log, not to the browser."""
    reason = responses.get(status_code, "Error")
    self.set_header("Content-Type", "text/html; charset=utf-8")
    self.finish(_PAGE.format(title=f"{status_code} {reason}", text="The address is wrong, or the page is gone."))


if __name__ == "__main__":
    ClassServer.launch_instance()
