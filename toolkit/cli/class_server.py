"""Serve the class notebook with Voila: one page, behind a token, with a bound on what a class may start.

`python3 run.py class` starts this. Any option of Voila may follow and wins over what is set here.
"""

from __future__ import annotations

import contextvars
import html
from http.client import responses
from typing import Any, ClassVar, Final

import psutil
import tornado.web
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets import Integer
from traitlets.config import Config
from voila.app import Voila
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.handler import TornadoVoilaHandler

PAGE_BYTES: Final = 150_000_000  # memory of one open page, as benchmarks/class_load.py measures it
SPARE_BYTES: Final = 500_000_000  # memory that is left to the rest of the computer
# A class sees the page and its widgets, no code; nothing in an address changes how it looks or what it loads; only code
# of the notebook runs. Kernels of closed pages are stopped.
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
    MappingKernelManager={"cull_idle_timeout": 1200, "cull_interval": 60},
)
_PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><body style="font: 1.2em sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em">
<h1>{title}</h1><p>{text}</p></body></html>"""
_opening: contextvars.ContextVar[Any] = contextvars.ContextVar("opening", default=None)


class ClassKernels(AsyncMappingKernelManager):
    """The kernels of a class, one for each open page: bounded in all, per address, and by the memory that is free."""

    most_pages = Integer(40, config=True, help="Pages that may be open at once.")
    most_per_address = Integer(4, config=True, help="Pages that one computer may have open at once.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._address_of: dict[str, str] = {}
        self.opening: dict[Any, str] = {}  # pages whose kernel has not started yet, and for which address

    def refusal(self, address: str) -> str:
        """Why no further page can be opened from an address, in plain words; empty if it can."""
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
        """Stop the oldest kernel of an address with too many, if its page was left before it was there to say so."""
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
        return kernel


class ClassPage(TornadoVoilaHandler):  # type: ignore[misc]
    """The page; no other path leads to a file, and one page too many gets a plain answer."""

    kernel = ""

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, or why it cannot be had."""
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
            await super().get()
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
        """Read the options; those given win over DEFAULTS."""
        self.update_config(DEFAULTS)
        super().initialize(argv)
        self.voila_configuration.multi_kernel_manager_class = ClassKernels
        for handler in (APIHandler, JupyterHandler):
            handler.write_error = _write_error  # type: ignore[method-assign]

    def init_handlers(self) -> list[Any]:
        """The handlers of Voila, with the page of a class, and without any file of the notebook's folder."""
        kept = [each for each in super().init_handlers() if each[1] is not AllowListFileHandler]
        return [(each[0], ClassPage, *each[2:]) if each[1] is TornadoVoilaHandler else each for each in kept]

    def init_settings(self) -> dict[str, Any]:
        """Say how many pages this computer has memory for."""
        settings: dict[str, Any] = super().init_settings()
        free = max(0, psutil.virtual_memory().available - SPARE_BYTES)
        pages = min(free // PAGE_BYTES, self.kernel_manager.most_pages)
        self.log.info("There is memory for about %d open pages, one for each learner or pair.", pages)
        if pages < self.kernel_manager.most_pages:
            self.log.warning("For more of them, close other programs first. One page too many gets a plain message.")
        return settings


def _write_error(self: JupyterHandler, status_code: int, **_: Any) -> None:
    """An error in one line: what went wrong on the server stands in its log, not in the browser."""
    reason = responses.get(status_code, "Error")
    self.set_header("Content-Type", "text/html; charset=utf-8")
    self.finish(_PAGE.format(title=f"{status_code} {reason}", text="The address is wrong, or the page is gone."))


if __name__ == "__main__":
    ClassServer.launch_instance()
