"""The browser site: its pins, the origin of its bytes, and its pages in a Chromium that reaches no other address."""

import functools
import hashlib
import json
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import BROWSER_FLAGS, BROWSERS, CHECKOUT, CI
from helpers.browser import Browser, Watched, faults_found_by_axe
from helpers.files_panel import use_the_panel
from helpers.lab import MINUTE

from toolkit import compare, list_corpora, load_corpus, measure, split_sentences
from toolkit.course import browser_files, browser_site
from toolkit.course.browser_files import Shelf, UnavailableError, package_of, pins
from toolkit.course.browser_site import repacked, wheel_of

PINS = dict(re.findall(r"(?m)^([\w.-]+)==([\w.]+)", (CHECKOUT / "constraints.txt").read_text(encoding="utf-8")))

# ---- pins, and where the bytes come from


@pytest.mark.parametrize("name", sorted(pins().keys() & PINS.keys()))
def test_a_package_has_the_version_that_the_rest_of_the_project_has(name: str) -> None:
    assert f"-{PINS[name]}-" in pins()[name][1]


def test_every_dependency_is_pinned_for_the_browser_too() -> None:
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.findall(r'(?m)^    "([\w-]+)[>=]', project.partition("dependencies = [")[2].partition("\n]")[0])
    assert "vaderSentiment" in needed
    assert {package_of(f"{name}-0-py3-none-any.whl".replace("-", "_", name.count("-"))) for name in needed} <= {
        *pins(),
        *browser_site.COMPILED,
        "pyarrow",  # Arrow's functions over strings have a stand-in
    }


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf with a folder of one wheel, an empty cache, and a network that has other bytes."""
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "a-1-py3-none-any.whl").write_bytes(b"given")
    monkeypatch.setattr(browser_files, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(browser_files, "downloaded", lambda url: url.encode())
    return Shelf([tmp_path / "given"])


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_bytes_come_from_the_folder_then_the_cache_then_the_network(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.bytes_of(sha256(b"given"), "a.whl", "https://x/a.whl") == b"given"
    assert not any((tmp_path / "cache").iterdir())
    assert shelf.bytes_of(sha256(b"https://x/b.whl"), "b.whl", "https://x/b.whl") == b"https://x/b.whl"
    assert Shelf([]).bytes_of(sha256(b"https://x/b.whl"), "b.whl") == b"https://x/b.whl"


def test_other_bytes_than_the_pinned_ones_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(
        UnavailableError, match=f"c.whl is unavailable(?s:.*)wanted: sha256 {sha256(b'c')}(?s:.*)the content differs"
    ):
        shelf.bytes_of(sha256(b"c"), "c.whl", "https://x/c.whl")
    assert not any((tmp_path / "cache").iterdir())


def test_without_a_network_the_message_names_the_file_and_the_next_step(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser_files, "run_client", lambda command: "no route\n")
    assert browser_site.main(["-o", str(tmp_path / "site")]) == 1
    said = capsys.readouterr().err
    assert "anywidget-" in said
    assert "no route" in said
    assert "run.py lite --from FOLDER" in said
    assert not (tmp_path / "site").exists()


def test_pip_and_npm_are_asked_for_versions_by_their_hash(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetch(command: list[str]) -> str:
        if "pack" in command:
            asked.append(command[2])
            Path(command[-1], "b-2.1.tgz").write_bytes(b"b")
        else:
            asked.append(Path(command[-1].partition("=")[2]).read_text(encoding="utf-8"))
            Path(command[-2].partition("=")[2], "in_a-1.0-py3-none-any.whl").write_bytes(b"a")
        return ""

    monkeypatch.setattr(browser_files, "run_client", fetch)
    monkeypatch.setattr("shutil.which", lambda name: name)
    wanted = [(sha256(b"a"), "in_a-1.0-py3-none-any.whl"), (sha256(b"b"), "b-2.1.tgz"), (sha256(b"given"), "a-1.tgz")]
    shelf.collect(wanted)
    assert asked == [f"in-a==1.0 --hash=sha256:{sha256(b'a')}", "b@2.1"]
    assert [shelf.bytes_of(*each) for each in wanted] == [b"a", b"b", b"given"]
    with pytest.raises(UnavailableError, match=r"c-3\.tgz is unavailable(?s:.*)downloaded, but the content differs"):
        shelf.collect([(sha256(b"c"), "c-3.tgz")])


def test_a_folder_with_something_else_is_left_alone(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="something other"):
        browser_site.build(tmp_path / "given", [])
    assert [path.name for path in (tmp_path / "given").iterdir()] == ["a-1-py3-none-any.whl"]


def test_a_wheel_inside_a_wheel_is_found_by_its_bytes(shelf: Shelf) -> None:
    inner = wheel_of("inner", "1", {"inner.py": b"x = 1"})
    shelf.open_carrier(wheel_of("carrier", "1", {"carrier/inner-1-py3-none-any.whl": inner}))
    assert shelf.bytes_of(sha256(inner), "inner-1-py3-none-any.whl") == inner


def test_compiled_code_and_other_languages_are_left_out() -> None:
    files = {"rapidfuzz/fuzz.py": b"", "rapidfuzz/fuzz_cpp.so": b"", "rapidfuzz/__init__.pyi": b""}
    file, wheel = repacked("rapidfuzz-3-cp314-cp314-manylinux2014_x86_64.whl", wheel_of("rapidfuzz", "3", files))
    assert file == "rapidfuzz-3-py3-none-any.whl"
    with zipfile.ZipFile(__import__("io").BytesIO(wheel)) as archive:
        assert [name for name in archive.namelist() if name.startswith("rapidfuzz/")] == ["rapidfuzz/fuzz.py"]


# ---- the pages


class Quiet(SimpleHTTPRequestHandler):
    """Python's own server of plain files."""

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


class Server(ThreadingHTTPServer):
    """The same for several requests at a time."""

    def handle_error(self, *_: object) -> None:
        """A page closed while loading is not an error."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site; without a network and a cache, CI fails, and elsewhere the test is skipped."""
    place = tmp_path_factory.mktemp("browser-site") / "lite"
    try:
        browser_site.build(place, [])
    except UnavailableError as error:
        pytest.fail(str(error)) if CI else pytest.skip(str(error))
    return place


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=built))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def alone(browser: Browser) -> Iterator[Browser]:
    """A Chromium that can reach no address but this computer's; `browser` fails or skips without one."""
    program = next(filter(None, map(shutil.which, BROWSERS)))
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    found = browser.browser_type.launch(executable_path=program, args=[*BROWSER_FLAGS, rules])
    yield found
    found.close()


@pytest.fixture
def site(alone: Browser, address: str) -> Iterator[Watched]:
    """A page of the site; it asks for nothing that is missing or elsewhere, and no script fails."""
    context = alone.new_context(viewport={"width": 1280, "height": 1000}, base_url=address)
    watched, missing = Watched(context.new_page()), []
    watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
    context.on("request", lambda request: watched.note_request(request.url))
    context.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    yield watched
    context.close()
    assert (watched.errors, watched.strangers, missing) == ([], [], [])


def test_the_start_page_leads_to_every_notebook_and_to_nothing_that_is_missing(site: Watched, built: Path) -> None:
    pages = ["index.html", "drop.html", "licences.html"]
    links = set()
    for page in pages:
        site.page.goto(f"/{page}")
        assert faults_found_by_axe(site.page, "body") == []
        links |= set(site.page.locator("a").evaluate_all("all => all.map((one) => one.href)"))
    found = {link.partition("?path=")[2] for link in links} - {""}
    assert found == {path.relative_to(built / "files").as_posix() for path in (built / "files").rglob("*.ipynb")}
    assert {name[:2] for name in found} >= {f"{number:02}" for number in range(11)}
    for link in links | {f"/{app}/index.html" for app in (*browser_site.LEFT_OUT_APPS, "lab", "notebooks")}:
        assert site.page.request.get(link).ok
    assert "file://" in site.page.content() or "file://" in (built / "index.html").read_text(encoding="utf-8")


@pytest.mark.browser  # it needs none, but the download
def test_the_notebooks_are_learners_copies(built: Path) -> None:
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in (built / "files").rglob("*.ipynb")]
    cells = [cell for notebook in notebooks for cell in notebook["cells"]]
    assert not any("solution" in cell["metadata"].get("tags", []) or cell.get("outputs") for cell in cells)
    assert len(cells) > 200


NUMBERS = """
import json
from toolkit import compare, list_corpora, load_corpus, measure, split_sentences
made = {}
for name in list_corpora().name:
    measured = measure(split_sentences(load_corpus(name)))
    made[name] = measured
    if measured.kind.nunique() == 2:
        made[f"{name}, compared"] = compare(measured)
print(json.dumps({name: table.to_json(orient='table', double_precision=15) for name, table in made.items()}))
"""
IN_THE_KERNEL = """async (code) => {
  const asked = jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code });
  const said = [];
  asked.onIOPub = (message) => said.push(message.content.text ?? "", ...(message.content.traceback ?? []));
  await asked.done;
  return said.join("");
}"""


def test_notebook_00_runs_and_its_kernel_measures_and_compares_as_python_does_here(site: Watched) -> None:
    page = site.page
    page.goto("/notebooks/index.html?path=00-start-here.ipynb")
    cells = "[...jupyterapp.shell.currentWidget.content.model.cells].filter((one) => one.type === 'code')"
    idle = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    page.wait_for_function(idle, timeout=2 * MINUTE)
    page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
    failed = f"{cells}.some((one) => one.outputs.toJSON().some((each) => each.output_type === 'error'))"
    page.wait_for_function(f"{failed} || {cells}.every((one) => one.executionCount)", timeout=2 * MINUTE)
    outputs = page.evaluate(f"{cells}.flatMap((one) => JSON.parse(JSON.stringify(one.outputs.toJSON())))")
    assert [each for each in outputs if each["output_type"] == "error"] == []
    said = "".join(each.get("text", "") + each.get("data", {}).get("text/html", "") for each in outputs)
    assert re.search(r"article +-0\.06\ncomment +-0\.30", said)
    assert said.count("<figure") == 2
    page.get_by_role("group", name="A thread").get_by_role("button").first.wait_for(timeout=MINUTE)
    there: dict[str, Any] = json.loads(page.evaluate(IN_THE_KERNEL, NUMBERS))
    tables = {name: measure(split_sentences(load_corpus(name))) for name in list_corpora().name}
    tables |= {f"{name}, compared": compare(table) for name, table in tables.items() if table.kind.nunique() == 2}
    assert there.keys() == tables.keys()
    assert len(tables) == 6
    for name, table in tables.items():
        rows, here = (
            pd.DataFrame(json.loads(each)["data"]).drop(columns="index")
            for each in (there[name], table.to_json(orient="table", double_precision=15))
        )
        pd.testing.assert_frame_equal(rows, here, rtol=0, atol=1e-12, obj=name)


def test_files_are_dropped_read_and_reported_on_without_code(site: Watched, tmp_path: Path) -> None:
    page = site.page
    page.goto("/drop.html")
    panel = page.get_by_role("group", name="Drop your files")
    assert panel.get_by_text("Nothing leaves this computer").is_visible()
    use_the_panel(panel, tmp_path)
    assert faults_found_by_axe(page, "body") == []
