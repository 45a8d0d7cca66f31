"""The site of pages: every part is there, no link is dead, nothing is fetched, and axe finds no barrier."""

import json
import re
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import nbformat
import pytest
from helpers.browser import COLOURS, WCAG, Watched, faults_found_by_axe
from lxml import html

import toolkit
from toolkit.cli import results
from toolkit.cli.main import main
from toolkit.reports.site import readable

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LOADS = {"src", "srcset", "poster", "action"}  # what a browser fetches by itself, besides <link href>
LOOKED_AT = [
    "index", "00-start-here", "05-do-the-readers-answer-in-kind", "teaching/glossary", "reference/comparing", "search",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site from stored outputs, beside a browser site; Sphinx has nothing to warn of."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "lite").mkdir()
    for name in ("index", "drop"):
        (folder / "lite" / f"{name}.html").write_text("<!DOCTYPE html><title>Lite</title>", encoding="utf-8")
    warned: list[str] = []
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations among Sphinx's own parts
        patch.setattr(results, "tell", warned.append)
        assert main(["-o", str(folder), "--stored"]) == 0
    assert warned == []
    assert not (folder.parent / "jupyter_execute").exists()  # nothing is left beside the site
    return folder


@pytest.fixture(scope="module")
def trees(site: Path) -> dict[Path, Any]:
    return {path: html.parse(path).getroot() for path in site.rglob("*.html") if "_static" not in path.parts}


def test_no_link_is_dead_and_nothing_is_fetched_from_elsewhere(site: Path, trees: dict[Path, Any]) -> None:
    ids = {path: {*tree.xpath("//@id"), *tree.xpath("//@name"), ""} for path, tree in trees.items()}
    dead, fetched, followed = [], [], 0
    for path, tree in trees.items():
        for element, name, link, _ in tree.iterlinks():
            if re.match(r"(https?:)?//", link):
                fetched += [(path.name, link)] * (name in LOADS or element.tag == "link")
            elif not re.match(r"data:|mailto:|javascript:", link) and (element.tag, link) != ("form", "#"):
                address, anchor = urldefrag(link)
                target = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
                known = ids.get(target, {unquote(anchor)} if target.is_file() else set())
                dead += [(path.relative_to(site).as_posix(), link)] * (unquote(anchor) not in known)
                followed += 1
    assert (dead, fetched) == ([], [])
    assert followed > 1_000
    sheets = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert [hit for sheet in sheets for hit in re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//[^)]*", sheet)] == []


def test_notebooks_lessons_reference_data_card_and_changelog_are_pages(site: Path) -> None:
    notebooks = [p.relative_to(NOTEBOOKS) for p in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in str(p)]
    lessons = [path.relative_to(NOTEBOOKS) for path in NOTEBOOKS.rglob("teaching/*.md")]
    others = [Path(name) for name in ("index", "CHANGELOG", "corpora/README", "benchmarks/README", "search")]
    assert [path for path in [*notebooks, *lessons, *others] if not (site / path).with_suffix(".html").is_file()] == []
    assert (site / "teaching" / "printable-one-page.html").is_file()


def test_the_start_page_has_pictures_notebooks_a_comparison_and_ways_in(site: Path, trees: dict[Path, Any]) -> None:
    page = trees[site / "index.html"]
    assert len(page.xpath("//figure/img[@alt]")) == 2
    cards = page.xpath("//a[@class='card']")
    assert [card.get("href") for card in cards][:2] == ["00-start-here.html", "01-how-is-the-article-built.html"]
    assert len(cards) == 13
    assert "comments: shorter sentences" in page.text_content()  # the composed thread carries a verdict
    doors = page.xpath("//p[@class='doors']/a/@href")
    assert {"lite/index.html", "lite/drop.html", "teaching/README.html"} <= set(doors)
    assert len(page.xpath("//a[@download and contains(@href, 'tables/')]")) >= 8


def test_each_notebook_has_contents_and_its_neighbours(site: Path, trees: dict[Path, Any]) -> None:
    page = trees[site / "03-what-does-a-sentiment-score-see.html"]
    assert page.xpath("//a[contains(@class, 'left-prev')]/@href") == ["02-how-hard-is-it-to-read.html"]
    assert page.xpath("//a[contains(@class, 'right-next')]/@href") == ["04-what-do-the-emoji-do.html"]
    contents = page.xpath("//*[contains(@class, 'page-toc')]//a/text()")
    assert "Key points" in [each.strip() for each in contents]


def test_every_public_name_is_described_once(trees: dict[Path, Any]) -> None:
    described = [name for tree in trees.values() for name in tree.xpath("//dt/@id") if name.startswith("toolkit.")]
    names = [name.removeprefix("toolkit.") for name in described]
    assert sorted(name for name in names if "." not in name) == sorted(toolkit.__all__)


@pytest.mark.parametrize(("word", "page"), [("keyness", "reference/comparing"), ("solicitation", "teaching/glossary")])
def test_the_search_finds_words_of_all_parts(site: Path, word: str, page: str) -> None:
    script = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    stems = [index["terms"].get(word[:length]) for length in range(3, len(word) + 1)]
    found = {number for each in stems if each is not None for number in (each if isinstance(each, list) else [each])}
    assert page in {index["docnames"][number] for number in found}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_axe_finds_no_barrier_and_the_page_fits_a_telephone(page: Watched, site: Path, name: str) -> None:
    page.page.set_viewport_size({"width": 390, "height": 844})
    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    page.page.goto((site / f"{name}.html").as_uri())
    schemes: Any = {"light": WCAG, "dark": COLOURS}
    for scheme, rules in schemes.items():
        page.page.emulate_media(color_scheme=scheme)
        assert faults_found_by_axe(page.page, "html", rules) == [], scheme
        assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        widths = page.page.locator("figure img").evaluate_all("all => all.map(one => one.clientWidth)")
        # A figure scrolls: as wide as the screen, its letters would be 6 px high.
        assert min(widths, default=608) == 608
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.errors == []


@pytest.mark.browser
def test_a_dark_page_is_printed_dark_on_white_and_as_wide_as_the_sheet(page: Watched, site: Path) -> None:
    page.page.set_viewport_size({"width": 702, "height": 1000})
    page.page.emulate_media(media="print", color_scheme="dark")
    page.page.goto((site / "00-start-here.html").as_uri())
    for part in ("h1", "article p", ".cell_input span", "table.dataframe td"):
        shade = page.page.locator(part).first.evaluate(
            "part => getComputedStyle(part).color.match(/\\d+/g).map(Number)"
        )
        assert max(shade) < 110, part
    wide = "tables => tables.every(one => one.scrollWidth <= one.closest('article').clientWidth)"
    assert page.page.locator("table.dataframe").evaluate_all(wide)


def page_with(source: str, tags: tuple[str, ...] = (), **data: str) -> Any:
    """The cells of a notebook to read, made from one cell with one output."""
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    cell.outputs = [nbformat.v4.new_output("display_data", data={f"text/{kind}": text for kind, text in data.items()})]
    cell.outputs[0].data |= {"application/javascript": "alert(1)"}
    return readable(nbformat.v4.new_notebook(cells=[cell])).cells


def test_a_solution_is_folded_and_nothing_else_is(site: Path, trees: dict[Path, Any]) -> None:
    assert page_with("answer = 42", ("solution",))[0].metadata.tags == ["hide-cell"]
    assert page_with("question = 1")[0].metadata.tags == []
    folds = trees[site / "00-start-here.html"].xpath("//details[contains(@class, 'above-input')]")
    assert len(folds) == 5
    assert all("# A solution" in fold.text_content() for fold in folds)


def test_pages_announce_interactive_widgets() -> None:
    cells = page_with("texts = 1\nexplore_thread(texts)", plain="<explore_thread: 1 article and 2 comments>")
    assert cells[0].outputs[0].data == {}
    assert "open the notebook in JupyterLab" in cells[1].source


def test_a_figure_has_its_words_and_numbers_below_it() -> None:
    (cell,) = page_with("show(figure)", html='<figure><img alt="Bars."></figure>', plain="Bars.\nx 1 <2>")
    (fold,) = html.fromstring(cell.outputs[0].data["text/html"]).iter("details")
    assert fold.text_content() == "This figure in words and numbersBars.\nx 1 <2>"  # type: ignore[attr-defined]


def test_a_wide_table_can_be_reached_with_the_keyboard_and_an_empty_cell_is_no_heading() -> None:
    table = "<table><tr><th></th><th>words</th></tr><tr><th>0</th><td>7</td></tr></table>"
    tree = html.fromstring(page_with("table", html=table)[0].outputs[0].data["text/html"])
    assert tree.xpath("//*[@tabindex='0']//th/text()") == ["words", "0"]


@pytest.mark.parametrize(
    "live", ["<script>alert(1)</script>", "<iframe src='//x.example'></iframe>", "<img onerror='alert(1)'>"]
)
def test_nothing_in_an_output_runs(live: str) -> None:
    (cell,) = page_with("1", html=f"<p>seen</p>{live}")
    assert set(cell.outputs[0].data) == {"text/html"}
    assert "seen" in cell.outputs[0].data["text/html"]
    assert not re.search("script|iframe|alert", cell.outputs[0].data["text/html"])
