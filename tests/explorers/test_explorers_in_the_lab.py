"""The explorers in a real JupyterLab in a real browser: used, checked by axe-core, and operated by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from helpers.browser import COLOURS, WCAG, Locator, Page, Watched, faults_found_by_axe
from helpers.lab import MINUTE

TEXT, METRICS, ROBUSTNESS, SAMPLE = range(4)
EVIL = (
    "It isn’t good. <script>window.ran = 1</script><img src='https://example.org/x.png' onerror='window.ran = 1'> "
    "It costs $5 and $10. [a](javascript:window.ran=1)"
)


@pytest.fixture
def page(explorers: Watched) -> Iterator[Page]:
    """The page; in every test, no script fails or runs from a text, and no request leaves the machine."""
    yield explorers.page
    assert explorers.page.evaluate("window.ran") is None
    assert explorers.errors == []
    assert explorers.strangers == []


def explorer(page: Page, which: int) -> Locator:
    return page.locator(".btl").nth(which)


def stand_on(control: Locator) -> None:
    """Put the focus on a control, after JupyterLab has scrolled there and taken cells in and out of the page."""
    control.focus()
    control.locator("xpath=ancestor::*[contains(@class, 'jp-mod-active')]").wait_for(timeout=MINUTE)
    control.page.wait_for_timeout(300)
    control.focus()


def says(page: Page, which: int, words: str) -> None:
    """Wait until the status line of an explorer says something."""
    explorer(page, which).locator(".btl-says", has_text=words).wait_for(timeout=MINUTE)


def test_what_is_typed_is_marked_and_measured(page: Page) -> None:
    panel = explorer(page, TEXT)
    panel.get_by_label("Text", exact=True).fill("We like it. It is terrible!")
    panel.locator(".btl-minus", has_text="terrible!").wait_for(timeout=MINUTE)
    panel.get_by_label("Text", exact=True).press_sequentially(" Good night.", delay=20)
    panel.locator(".btl-plus", has_text="Good").wait_for(timeout=MINUTE)
    says(page, TEXT, "8 words, 3 sentences.")


def test_a_script_in_a_text_is_shown_and_never_run(page: Page) -> None:
    panel = explorer(page, TEXT)
    panel.get_by_label("Text", exact=True).fill(EVIL)
    for layer in ("readability", "emoji", "structure", "normalising", "tone"):
        panel.get_by_label(layer, exact=True).check()
        panel.locator(".btl-text", has_text="window.ran = 1</script>").first.wait_for(timeout=MINUTE)
        page.wait_for_timeout(200)
    assert panel.locator(".btl-text script, .btl-text img, .btl-text a, .btl-text mjx-container").count() == 0


def test_a_mark_explains_itself_on_hover_and_on_focus(page: Page) -> None:
    panel = explorer(page, TEXT)
    panel.get_by_label("Text", exact=True).fill("It is bad. It is good.")
    word = panel.locator(".btl-plus", has_text="good")
    word.wait_for(timeout=MINUTE)
    shown = "one => getComputedStyle(one, '::after').content"
    assert word.evaluate(shown) == "none"
    word.hover()
    assert "is rated +1.90: counts +1.90" in word.evaluate(shown)
    page.mouse.move(0, 0)
    word.focus()
    assert "is rated +1.90: counts +1.90" in word.evaluate(shown)


def test_a_very_long_word_breaks_and_widens_no_panel(page: Page) -> None:
    widens = """each => {
        const panel = each.closest('.btl'), kept = [...each.childNodes];
        each.replaceChildren('Donau'.repeat(200));
        const found = [each, panel].some(one => one.scrollWidth > one.clientWidth + 1);
        each.replaceChildren(...kept);
        return found;
    }"""
    parts = ".btl p, .btl .btl-asked, .btl .btl-item button, .btl .btl-table td:last-child"
    found = page.evaluate(f"() => [...document.querySelectorAll('{parts}')].map({widens})")
    assert len(found) > 20
    assert not any(found)


def test_rewriting_shows_the_difference(page: Page) -> None:
    panel = explorer(page, TEXT)
    panel.get_by_label("Text", exact=True).fill("It is bad. It is good.")
    panel.get_by_label("Rewrite").check()
    panel.get_by_label("Your version", exact=True).fill("It is red. It is blue.")
    says(page, TEXT, "2 of 2 before, 0 of 2 now.")
    panel.locator("tr", has_text="Negative sentences").locator("td", has_text="▼ 0.50").wait_for(timeout=MINUTE)
    panel.get_by_label("Rewrite").uncheck()


def test_another_metric_and_grouping_are_drawn(page: Page) -> None:
    panel = explorer(page, METRICS)
    panel.get_by_label("Metric").select_option("Words")
    panel.get_by_label("Groups").select_option("voice")
    panel.locator("img[alt*='Strip plot of Words'][alt*='attributed']").wait_for(timeout=MINUTE)
    panel.locator("th", has_text="highest").first.wait_for(timeout=MINUTE)


def test_a_choice_leaves_its_combinations(page: Page) -> None:
    explorer(page, ROBUSTNESS).get_by_label("Statistic").select_option("median")
    says(page, ROBUSTNESS, "of 288 combinations")
    explorer(page, ROBUSTNESS).locator("img[alt*='289 combinations']").wait_for(timeout=MINUTE)


def test_the_interval_follows_the_slider_and_the_draw(page: Page) -> None:
    panel = explorer(page, SAMPLE)
    panel.get_by_label("Comments", exact=True).fill("1")
    says(page, SAMPLE, "Draw 1, 3 comments")
    panel.get_by_role("button", name="Draw again").click()
    says(page, SAMPLE, "Draw 2, 3 comments")
    panel.get_by_label("Comments", exact=True).press("End")
    says(page, SAMPLE, "Draw 2, 60 comments")
    panel.locator("img[alt*='With 60 comments: the comments score higher']").wait_for(timeout=MINUTE)


def test_the_keyboard_alone_reaches_and_moves_every_control(page: Page) -> None:
    """The notebook must not take the keys: else an arrow in a menu would select the next cell."""
    stand_on(explorer(page, TEXT).get_by_label("tone", exact=True))
    page.keyboard.press("ArrowRight")
    assert explorer(page, TEXT).get_by_label("readability", exact=True).is_checked()
    stand_on(explorer(page, METRICS).get_by_label("Metric"))
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert focused(page)["name"].split() == ["(all", "together)"]  # ipywidgets writes hard spaces
    stand_on(explorer(page, SAMPLE).get_by_label("Metric"))
    for name in ("number", "button", "range"):
        page.keyboard.press("Tab")
        assert focused(page)["type"] in (name, "submit" if name == "button" else name)
    page.keyboard.press("Home")
    says(page, SAMPLE, "2 comments")
    for _ in ("SVG", "PNG", "CSV", "the description"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert explorer(page, SAMPLE).locator("details").first.evaluate("one => one.open")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("panel", range(3), ids=["thread", "coding", "files"])
def test_keys_pressed_on_a_button_of_a_panel_change_no_cell(page: Page, panel: int) -> None:
    button = page.locator(".btl-live").nth(panel).locator("button:visible").first
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    for key in ("b", "ArrowUp"):
        stand_on(button)
        page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert cells.count() == before
        assert button.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("kind", ["SVG", "PNG", "CSV"])
def test_a_figure_is_saved_with_one_click(kind: str, page: Page) -> None:
    with page.expect_download(timeout=MINUTE) as saved:
        explorer(page, METRICS).get_by_role("link", name=kind).click()
    assert saved.value.suggested_filename == f"figure.{kind.lower()}"


def test_what_was_unfolded_stays_open_when_the_figure_is_drawn_again_and_closed_when_it_was_closed(page: Page) -> None:
    panel = explorer(page, SAMPLE)
    fold, slider = panel.locator("details", has_text="The comments of this draw"), panel.get_by_role("slider")
    for opened in (True, False):
        fold.locator("summary").click()
        before = panel.locator(".btl-says").inner_text()
        slider.fill("5" if opened else "6")
        panel.locator(".btl-says").filter(has_not_text=before).wait_for(timeout=MINUTE)
        page.wait_for_timeout(300)
        assert fold.evaluate("one => one.open") is opened


def test_keyboard_focus_stays_in_a_redrawn_part(page: Page) -> None:
    panel = explorer(page, SAMPLE)
    stand_on(panel.locator("details summary").nth(1))
    place = "one => [...one.querySelectorAll('summary')].indexOf(document.activeElement)"
    assert panel.evaluate(place) == 1
    before = panel.locator(".btl-says").inner_text()
    panel.get_by_role("slider").evaluate(
        "one => { one.value = 9; one.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    panel.locator(".btl-says").filter(has_not_text=before).wait_for(timeout=MINUTE)
    page.wait_for_timeout(500)
    assert panel.evaluate(place) == 1


def test_the_choices_of_one_question_are_a_named_group(page: Page) -> None:
    assert explorer(page, TEXT).get_by_role("radiogroup", name="Show").get_by_role("radio").count() == 5


@pytest.mark.parametrize("layer", ["tone", "readability"])
def test_the_focus_is_seen_wherever_tab_stops(page: Page, layer: str) -> None:
    """From the first control of one explorer to its last; at each mark its note is shown, and Tab goes on."""
    panel = explorer(page, TEXT)
    panel.get_by_label("Text", exact=True).fill("It is bad. It is good.")
    panel.get_by_label(layer, exact=True).check()
    panel.locator(".btl-plus" if layer == "tone" else ".btl-long").first.wait_for(timeout=MINUTE)
    stand_on(panel.get_by_label("tone", exact=True))
    stops = [focused(page)]
    while panel.evaluate(
        """panel => [...panel.querySelectorAll("input, select, textarea, button, summary, [tabindex='0']")]
            .filter(one => one.checkVisibility()).at(-1) !== document.activeElement"""
    ):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        assert stops[-1]["inside"], [stop["type"] for stop in stops]
    assert {stop["outline"] for stop in stops[1:]} == {"3px solid"}
    assert {"radio", "checkbox", "textarea", "SPAN", "DIV"} <= {stop["type"] for stop in stops}


def focused(page: Page) -> dict[str, Any]:
    """What has the focus: its type, its choice, the line around it, whether it is part of an explorer."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const one = document.activeElement, look = getComputedStyle(one);
          const name = one.selectedOptions ? one.selectedOptions[0].textContent : "";
          const outline = `${look.outlineWidth} ${look.outlineStyle}`;
          return { type: one.type ?? one.tagName, name, outline, inside: one.closest(".btl") !== null };
        }"""
    )
    return found


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_no_problem(page: Page, theme: str) -> None:
    set_theme(page, theme)
    panel = explorer(page, TEXT)
    panel.get_by_label("Text", exact=True).fill("It is bad. It is very good, isn’t it? 😀")
    panel.locator(".btl-text", has_text="very").first.wait_for(timeout=MINUTE)
    panel.get_by_label("All metrics").check()
    panel.get_by_label("Rewrite").check()
    panel.get_by_label("Your version", exact=True).wait_for(timeout=MINUTE)
    for layer in ("readability", "structure", "normalising", "emoji", "tone"):
        panel.get_by_label(layer, exact=True).check()
        page.wait_for_timeout(300)
        page.evaluate("document.querySelector('.btl-text').after(document.querySelector('.btl-text').cloneNode(true))")
    assert faults_found_by_axe(page, ".btl", WCAG if theme == "Light" else COLOURS) == []
    page.evaluate("[...document.querySelectorAll('.btl-text + .btl-text')].forEach((copy) => copy.remove())")
    panel.get_by_label("Rewrite").uncheck()
    set_theme(page, "Light")


def set_theme(page: Page, theme: str) -> None:
    page.locator(".lm-MenuBar-item", has_text="Settings").click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item", has_text=f"JupyterLab {theme}").first.click()
    page.locator(f"body[data-jp-theme-light='{str(theme == 'Light').lower()}']").wait_for(
        state="attached", timeout=MINUTE
    )
    page.keyboard.press("Escape")
