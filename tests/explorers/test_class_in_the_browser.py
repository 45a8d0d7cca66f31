"""Thread and coding in a real JupyterLab, and the class page under Voila, used as a class uses them."""

import asyncio
import csv
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil
import pytest
from helpers.browser import COLOURS, Browser, Locator, Page, Watched, faults_found_by_axe, free_port
from helpers.lab import MINUTE, Lab
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from toolkit.cli.class_server import MOST_CHANNELS

CHECKOUT = Path(__file__).resolve().parents[2]
CLASS_NOTEBOOK = CHECKOUT / "notebooks" / "class" / "what-do-you-see.ipynb"
MOST_PAGES = 2  # that one browser may open; each is a kernel
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
SERVE = """
import sys; from pathlib import Path
import run
run.PYTHON = Path(sys.executable)
sys.exit(run.serve_class(sys.argv[1:]))
"""


def answers_in(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def code_with_keys(page: Page, panel: Locator, name: str, keys: str, *, again: bool = False) -> None:
    """Give a name and press keys; after each the page shows that it was saved before the next is pressed."""
    panel.get_by_label("Your name or a pseudonym").fill(name)
    page.keyboard.press("Enter")
    if again:  # a name that was used a moment ago is asked for twice
        panel.get_by_text("a moment ago").wait_for(timeout=MINUTE)
        page.keyboard.press("Enter")
    panel.locator("mark").wait_for(timeout=MINUTE)
    for key in keys:
        before = panel.locator("[data-about]").get_attribute("data-about")
        page.keyboard.press(key)
        panel.locator(f'[data-about]:not([data-about="{before}"])').wait_for(timeout=MINUTE)


def test_thread_and_coding_are_used_in_a_real_jupyterlab(lab: Lab, explorers: Watched) -> None:
    browser_page = explorers.page
    thread, coding = (browser_page.locator(".btl-live").nth(number) for number in range(2))

    look_at_the_thread(browser_page, thread)
    code_with_keys(browser_page, coding, "Ada", "1s5u3")
    expected = [["1", "-2"], ["2", ""], ["3", "0"]]
    assert [[row[0].rpartition("#s")[2], row[3]] for row in answers_in(lab.root / "codings-Ada.csv")] == expected

    assert browser_page.locator(".jp-MarkdownCell").count() == 0  # the notebook took none of the keys
    assert browser_page.evaluate("window.ran") is None
    assert faults_found_by_axe(browser_page) == []
    assert explorers.errors == []
    assert explorers.strangers == []


def look_at_the_thread(page: Page, thread: Locator) -> None:
    """By the keyboard alone: a bar, a text behind it, and back; then a menu and a range."""
    bar = thread.get_by_role("button", name=re.compile(r"^comments, −0.40 to −0.20: \d+ of 20\d"))
    count = int(re.findall(r"[0-9]+", bar.inner_text())[-1])
    bar.focus()
    page.keyboard.press("Enter")
    thread.get_by_text(f"Shown: {count} sentences of the comments").wait_for(timeout=MINUTE)
    assert thread.locator(".btl-behind").count() == count
    assert bar.evaluate("one => one === document.activeElement")  # drawn anew, and the focus stayed
    opener = thread.get_by_role("button", name="Open Reader").first
    opener.focus()
    page.keyboard.press("Enter")
    thread.get_by_role("heading", name="word by word").wait_for(timeout=MINUTE)
    assert thread.get_by_role("heading", name="word by word").evaluate("one => one === document.activeElement")
    page.keyboard.press("Escape")
    thread.get_by_role("heading", name="word by word").wait_for(state="detached", timeout=MINUTE)
    assert opener.evaluate("one => one === document.activeElement")
    page.keyboard.press("Escape")
    thread.get_by_text("60 of 60 comments.", exact=True).wait_for(timeout=MINUTE)
    sentence = thread.locator(".btl-linked").first
    many = int(sentence.locator("small").inner_text())
    sentence.focus()
    page.keyboard.press("Enter")
    thread.get_by_text(f"Shown: {many} comment").wait_for(timeout=MINUTE)
    assert thread.locator(".btl-sides section").nth(1).locator(".btl-behind").count() >= many
    assert sentence.evaluate("one => one === document.activeElement")
    page.keyboard.press("Escape")
    thread.get_by_label("Search the texts").fill("evening*")
    page.keyboard.press("Enter")
    thread.get_by_text(re.compile(r"“evening\*”: \d+ uses in the article, \d+ in \d+ comments")).wait_for(
        timeout=MINUTE
    )
    thread.get_by_role("button", name="Show all").click()
    thread.get_by_text("60 of 60 comments.", exact=True).wait_for(timeout=MINUTE)
    thread.get_by_label("Likes from").fill("40")
    page.keyboard.press("Tab")
    thread.get_by_text("7 of 60 comments; 53 left out.").wait_for(timeout=MINUTE)
    assert thread.get_by_label("Likes to").evaluate("one => one === document.activeElement")
    thread.get_by_label("Metric").select_option("words")
    thread.get_by_role("heading", name="Words", exact=True).wait_for(timeout=MINUTE)


# ---- the class page


@pytest.fixture(scope="module")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The class notebook as `run.py class` serves it: its address with the token, and the folder of its answers."""
    folder = tmp_path_factory.mktemp("class")
    shutil.copy(CLASS_NOTEBOOK, folder)
    log = folder / "voila.log"
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "JUPYTER_CONFIG_DIR": str(folder / "config")}
    env |= {"JUPYTER_RUNTIME_DIR": str(folder / "runtime"), "IPYTHONDIR": str(folder / "ipython")}
    env["PYTHONUNBUFFERED"] = "1"
    command = [sys.executable, "-c", SERVE, str(folder / CLASS_NOTEBOOK.name), "--no-browser"]
    command += [f"--port={free_port()}", f"--ClassKernels.most_per_browser={MOST_PAGES}"]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield address_in_the_log_of(process, log), folder
        finally:
            process.terminate()
            process.wait(20)


def address_in_the_log_of(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32,}", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.2)
    pytest.fail(f"Voila gave no address on loopback with a token:\n{log.read_text(encoding='utf-8')}")


def asked(root: str, address: str, method: str = "GET", **headers: str) -> tuple[int, Message, str]:
    """The answer to a request that is sent as it is written: status, headers, content."""
    with closing(http.client.HTTPConnection(urlsplit(root).netloc, timeout=60)) as connection:
        connection.request(method, f"/{address}", headers=headers)
        with connection.getresponse() as answer:
            return answer.status, answer.headers, "" if answer.status == 101 else answer.read().decode()


def is_closed(root: str, address: str, method: str = "GET") -> bool:
    """Whether it ends in a refusal or is sent to a form that asks for the token."""
    status, headers, _ = asked(root, address, method)
    return status in (403, 404, 405) or (status == 302 and headers["Location"].startswith("/login?"))


def test_without_the_token_there_is_neither_page_nor_kernel(served: tuple[str, Path]) -> None:
    root = served[0].partition("?")[0]
    for guess in ("", "?token=0123456789abcdef", f"voila/render/{CLASS_NOTEBOOK.name}"):
        status, _, page = asked(root, guess)
        assert status == 403
        assert "Ask your teacher" in page
        assert ("not the right one" in page) == ("token=" in guess)
        assert re.search('<form><input name="token"', page)
    for door in (f"voila/files/{CLASS_NOTEBOOK.name}", "voila/files/voila.log"):
        assert is_closed(root, door)
    assert is_closed(root, "api/kernels", "POST")


def test_the_class_page_serves_the_notebook_and_no_other_file(served: tuple[str, Path]) -> None:
    root, _, token = served[0].partition("?")
    shutil.copy(CHECKOUT / "notebooks" / "images" / "tone.png", served[1] / "photo.png")
    for file in (CLASS_NOTEBOOK.name, "voila.log", "codings-Ben.csv", "photo.png"):
        for address in (f"voila/files/{file}", file, f"voila/static/../{file}"):
            assert asked(root, f"{address}?{token}")[0] in (403, 404)
            assert is_closed(root, address)


ADDRESSES = r"""
voila/templates/nowhere/x voila/templates/x voila/templates/%2e%2e/static/x voila/static/none
voila/templates/class/static/%2e%2e/index.html.j2 voila/static/%2e%2e%2fapp.py voila/static/%00
voila/api/shutdown/nobody api/kernels/0-0-0-0-0 api/kernels/0-0-0-0-0/channels api/kernels api/sessions api/contents
api/terminals api/kernelspecs terminals/websocket/1 files/voila.log voila/api/themes/..%2f..%2fx
voila/labextensions/%2e%2e/x nbextensions/x //voila.log ..;/voila.log
"""


@pytest.mark.parametrize("address", ADDRESSES.split())
def test_an_error_is_a_plain_page_without_a_path_of_the_server(address: str, served: tuple[str, Path]) -> None:
    root, _, token = served[0].partition("?")
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        status, _, content = asked(root, f"{address}?{token}", method)
        assert status in (400, 403, 404, 405), method
        assert "Traceback" not in content
        assert ".py" not in content


def opened_page(address: str) -> tuple[dict[str, str], str]:
    """Open a page without a browser: the headers that prove it, and its kernel."""
    root, _, token = address.partition("?")
    _, headers, content = asked(root, f"?{token}")
    (kernel,) = set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", content))
    return {"Cookie": headers["Set-Cookie"].partition(";")[0]}, kernel


def test_a_page_belongs_to_the_browser_that_opened_it_and_to_no_other_site(served: tuple[str, Path]) -> None:
    root, _, token = served[0].partition("?")
    own, kernel = opened_page(served[0])
    other = {"Cookie": asked(root, f"x?{token}")[1]["Set-Cookie"].partition(";")[0]}
    ours, theirs = {"Origin": root.rstrip("/")}, {"Origin": "http://other.example"}
    socket = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    socket["Sec-WebSocket-Key"] = "AAAAAAAAAAAAAAAAAAAAAA=="
    model, shutdown = f"api/kernels/{kernel}", f"voila/api/shutdown/{kernel}"
    channels = f"{model}/channels"
    refused: list[tuple[str, str, dict[str, str]]] = []
    for who, more in ((own, theirs), (own, {"Origin": "null"}), (other, ours), (other, {}), ({}, ours)):
        refused += [("GET", model, who | more), ("POST", shutdown, who | more), ("GET", channels, who | more | socket)]
    refused += [("DELETE", model, own | ours), ("DELETE", model, other), ("GET", "", own | theirs)]
    refused += [("POST", shutdown, own | {"Referer": "http://other.example/"})]
    for method, address, headers in refused:
        for query in ("", f"?{token}"):
            status, answered, _ = asked(root, address + query, method, **headers)
            assert status in (403, 404, 405), (method, address, headers)
            assert not answered["Access-Control-Allow-Origin"]
    assert asked(root, model, **own)[0] == 200
    with ExitStack() as held:
        statuses = []
        for _ in range(MOST_CHANNELS + 1):
            connection = held.enter_context(closing(http.client.HTTPConnection(urlsplit(root).netloc, timeout=60)))
            connection.request("GET", f"/{channels}", headers=own | ours | socket)
            statuses.append(held.enter_context(connection.getresponse()).status)
    assert statuses == [101] * MOST_CHANNELS + [429]
    assert asked(root, shutdown, "POST", **own, **ours)[0] == 204  # as a page does that is closed
    assert asked(root, model, **own)[0] == 404


@pytest.mark.usefixtures("no_running_loop")
def test_what_a_page_sends_reaches_neither_python_nor_the_terminal(served: tuple[str, Path]) -> None:
    root, folder = served[0].partition("?")[0], served[1]
    own, kernel = opened_page(served[0])
    own |= {"Origin": root.rstrip("/")}
    code = f"open({str(folder / 'ran')!r}, 'w')"
    sent: list[tuple[str, dict[str, Any]]] = [("execute_request", {"code": code, "user_expressions": {"a": code}})]
    sent += [("debug_request", {"command": "attach"})]
    sent += [("\x1b]52;c;eA==\x07\x9b2J\u202e", {}), ("inspect_request", {"code": "open", "cursor_pos": 2})]
    sent += [
        ("comm_open", {"comm_id": name, "target_name": name, "data": {"state": 1}}) for name in ("jupyter.widget", "os")
    ]

    async def messages() -> list[dict[str, Any]]:
        request = HTTPRequest(f"ws{root[4:]}api/kernels/{kernel}/channels?session_id=s", headers=own)
        socket = await websocket_connect(request)
        await asyncio.wait_for(socket.read_message(), 60)  # the kernel is connected
        for kind, content in [*sent, ("comm_info_request", {})]:
            header = {"msg_id": kind, "msg_type": kind, "session": "s", "username": "", "version": "5.3", "date": ""}
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
            await socket.write_message(json.dumps(message))
        got: list[dict[str, Any]] = []
        while sum(each["msg_type"] in ("comm_close", "comm_info_reply") for each in got) < 3:
            got.append(json.loads(await asyncio.wait_for(socket.read_message(), 60) or ""))  # type: ignore[arg-type]
        socket.close()
        return got

    got = asyncio.run(messages())
    assert {each["msg_type"] for each in got} <= {"status", "comm_close", "comm_info_reply"}
    assert ".py" not in json.dumps(got)
    assert not (folder / "ran").exists()
    log = (folder / "voila.log").read_text(encoding="utf-8")
    assert "]52;c;" in log
    assert not re.search("[\x1b\x07\x9b\u202e]", log)
    assert asked(root, f"voila/api/shutdown/{kernel}", "POST", **own)[0] == 204


def test_a_class_uses_the_page_and_nothing_in_its_address_changes_it(served: tuple[str, Path], page: Watched) -> None:
    address, folder = served
    script = quote('"><script>window.stolen = location.search</script>')
    page.page.goto(f"{address}&theme={script}&template=reveal")
    coding = page.page.get_by_role("group", name="Coding by hand")
    coding.wait_for(timeout=MINUTE)
    assert_unchanged(page.page)
    code_with_keys(page.page, coding, "Ben", "24")
    assert [row[1:] for row in answers_in(folder / "codings-Ben.csv")] == [["Ben", "tone", "-1"], ["Ben", "tone", "1"]]

    page.page.goto(f"{address}&template={script}&theme=dark")  # the kernel of the first page is gone, not the answers
    coding.get_by_label("Your name or a pseudonym").wait_for(timeout=MINUTE)
    assert_unchanged(page.page)
    code_with_keys(page.page, coding, "Ben", "3", again=True)
    assert coding.get_by_text(re.compile(r"\b3 of [0-9]+ done")).is_visible()

    assert "explore_thread(" not in page.page.content()  # the page holds no code
    assert faults_found_by_axe(page.page) == []
    page.page.emulate_media(color_scheme="dark")
    page.page.locator("body[data-jp-theme-light=false]").wait_for()
    assert page.page.evaluate(BACKGROUND) != "rgb(255, 255, 255)"
    assert faults_found_by_axe(page.page, "#rendered_cells", COLOURS) == []
    assert page.errors == []
    assert page.strangers == []


def assert_unchanged(page: Page) -> None:
    page.get_by_role("heading", name="What do you see above and below the line?").wait_for(timeout=MINUTE)
    assert page.evaluate("window.stolen ?? null") is None
    assert page.locator("body").get_attribute("data-jp-theme-light") == "true"
    assert page.evaluate(BACKGROUND) == "rgb(255, 255, 255)"


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process by a signal of POSIX")
def test_a_panel_whose_kernel_is_killed_reports_it_and_ignores_keys(served: tuple[str, Path], page: Watched) -> None:
    address, folder = served
    page.page.goto(address)
    coding = page.page.get_by_role("group", name="Coding by hand")
    coding.wait_for(timeout=MINUTE)
    code_with_keys(page.page, coding, "Zed", "2")
    servers = [each for each in psutil.Process().children() if "toolkit.cli.class_server" in each.cmdline()]
    for process in (child for server in servers for child in server.children(recursive=True)):
        forked = "toolkit.cli.class_kernels" in process.cmdline() and process.cmdline() == process.parent().cmdline()
        if forked or "-f" in process.cmdline():  # the file with a kernel's ports
            process.kill()
    coding.get_by_role("alert").get_by_text("does not answer").wait_for(timeout=MINUTE)
    page.page.get_by_role("alert").get_by_text("the panels no longer answer").wait_for(timeout=MINUTE)
    asked = coding.locator("[data-about]").get_attribute("data-about")
    page.page.keyboard.press("3")
    coding.get_by_role("button", name="Skip").click()
    assert coding.locator("[data-about]").get_attribute("data-about") == asked
    assert [row[1:] for row in answers_in(folder / "codings-Zed.csv")] == [["Zed", "tone", "-1"]]


def test_one_page_too_many_from_one_browser_gets_a_plain_answer(served: tuple[str, Path], page: Watched) -> None:
    tabs = []
    for _ in range(MOST_PAGES + 1):
        tabs.append(tab := page.page.context.new_page())
        tab.goto(served[0], timeout=2 * MINUTE)
        if tab.get_by_text(f"This browser has {MOST_PAGES} pages of the class open").count():
            break
        tab.get_by_role("group", name="Coding by hand").wait_for(timeout=2 * MINUTE)
    else:
        pytest.fail("a page too many was opened")
    for each in tabs:
        each.close(run_before_unload=True)
