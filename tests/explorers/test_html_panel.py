"""The browser's half of a panel: keyboard focus when its parts are redrawn."""

from typing import Any

import pytest
from helpers.browser import Watched

from toolkit.explorers.html_panel import LivePanel, button

FORM = '<label>Name<input data-id="name"></label><button type="button" data-do="name" data-from="name">Start</button>'
STAND_IN = """
async ([source, form, answers]) => {
  const { default: panel } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const model = {
    state: { parts: { head: form, answers: "" }, label: "A panel" }, sent: [], heard: [],
    get(name) { return this.state[name]; },
    on(_, act) { this.heard.push(act); },
    off() {},
    send(message) {
      this.sent.push(message);
      if (message.do !== "name") return;
      this.state.parts = { head: "<p>Begun</p>", answers };
      this.heard.forEach((act) => act());
    },
  };
  window.model = model;
  panel.render({ model, el: document.body.appendChild(document.createElement("div")) });
}
"""


@pytest.fixture
def sent(page: Watched) -> Any:
    """A panel with a form; after Start it has two answers. Gives what the browser has sent so far."""
    answers = button("yes", "answer", "yes", key="1", also="data-take-focus") + button("no", "answer", "no", key="2")
    page.page.set_content("<!DOCTYPE html><body></body>")
    page.page.evaluate(STAND_IN, [LivePanel._esm, FORM, answers])
    return lambda: [(each["do"], each["value"]) for each in page.page.evaluate("model.sent")]


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_the_keys_of_the_answers_work_at_once_after_start(how: str, page: Watched, sent: Any) -> None:
    page.page.get_by_label("Name").fill("Reader 01")
    start = page.page.get_by_role("button", name="Start")
    if how == "click":
        start.click()
    elif how == "Enter":
        page.page.get_by_label("Name").press("Enter")
    else:
        start.press("Space")
    page.page.keyboard.press("2")
    assert sent() == [("name", "Reader 01"), ("answer", "no")]
    assert page.page.evaluate("document.activeElement.dataset.value") == "yes"


def test_a_panel_that_does_not_have_the_focus_does_not_take_it(page: Watched, sent: Any) -> None:
    page.page.evaluate("document.body.append(document.createElement('textarea')); document.body.lastChild.focus()")
    page.page.evaluate("model.send({ do: 'name', value: 'x' })")
    page.page.keyboard.press("2")
    assert sent() == [("name", "x")]
    assert page.page.evaluate("document.activeElement.tagName") == "TEXTAREA"


@pytest.mark.parametrize("stands", ["button", "select", "div"])
def test_the_notebook_gets_no_key_that_is_pressed_in_a_panel(stands: str, page: Watched, sent: Any) -> None:
    """Else b on a button would insert a cell, d twice delete one, and an arrow in a menu select the next one."""
    page.page.evaluate(
        """model.state.parts = { head: "<button>No</button><select><option>One<option>Two</select>", answers: "" };
        model.heard.forEach((act) => act());
        window.taken = [];
        document.addEventListener("keydown", (event) => window.taken.push(event.key));"""
    )
    page.page.locator(stands).first.focus()
    for key in ("b", "d", "d", "x", "1", "ArrowDown", "Shift+M", "Control+s", "Escape"):
        page.page.keyboard.press(key)
    assert page.page.evaluate("window.taken") == ["Control", "s", "Escape"]
    assert sent() == []


def test_enter_in_a_field_is_reported_once_even_where_the_page_takes_the_key(page: Watched, sent: Any) -> None:
    page.page.evaluate(
        """document.addEventListener("keydown", (event) => event.preventDefault());
        model.state.parts = { head: '<input data-do="search" data-id="search">', answers: "" };
        model.heard.forEach((act) => act());"""
    )
    field = page.page.locator("input")
    field.fill("lamp")
    field.press("Enter")
    assert sent() == [("search", "lamp")]
    field.blur()
    assert sent() == [("search", "lamp")]
    field.fill("light")
    field.press("Enter")
    assert sent() == [("search", "lamp"), ("search", "light")]
