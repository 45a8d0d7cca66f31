"""Steps in the panel of explore_files: in JupyterLab, and on the page of the browser site."""

from pathlib import Path

from helpers.browser import Locator
from helpers.lab import MINUTE

SAMPLES = Path(__file__).resolve().parents[2] / "notebooks" / "samples"


def drop(panel: Locator, label: str, name: str, text: str) -> None:
    """Drop a file on the place with this label, as a mouse does."""
    place = panel.locator(".btl-drop", has_text=label)
    files = panel.page.evaluate_handle(
        "([name, text]) => { const all = new DataTransfer(); all.items.add(new File([text], name)); return all; }",
        [name, text],
    )
    place.dispatch_event("dragover", {"dataTransfer": files})
    place.dispatch_event("drop", {"dataTransfer": files})
    panel.get_by_role("button", name=f"Remove {name}").wait_for()


def use_the_panel(panel: Locator, folder: Path) -> None:
    """Make a report of two files, drop a broken one, which is named and removed, and paste a page instead."""
    two_files_become_a_report(panel, folder)
    drop(panel, "The comments", "broken.json", "{not json")
    panel.get_by_role("button", name="Read", exact=True).click()
    panel.get_by_role("status").get_by_text("broken.json").wait_for(timeout=MINUTE)
    for name in ("broken.json", "bus-shelter.md"):
        panel.get_by_role("button", name=f"Remove {name}").click()
    paste_a_page(panel)


def two_files_become_a_report(panel: Locator, folder: Path) -> None:
    """Choose one file and drop another, read them, and look at the report and at its copy to save."""
    panel.locator("input[type=file]").first.set_input_files(SAMPLES / "bus-shelter.md", timeout=2 * MINUTE)
    drop(panel, "The comments", "forum.json", (SAMPLES / "bus-shelter-forum.json").read_text(encoding="utf-8"))
    read, write = (panel.get_by_role("button", name=name, exact=True) for name in ("Read", "Write the report"))
    panel.locator("button[aria-disabled=false]", has_text="Read").wait_for(timeout=2 * MINUTE)
    assert write.get_attribute("aria-disabled") == "true"
    read.click()
    panel.get_by_role("status").get_by_text("Read one article and").wait_for(timeout=MINUTE)
    assert "forum.json" in panel.get_by_text("Comments:").inner_text()
    write.click()
    panel.frame_locator("iframe").get_by_role("heading", level=1).wait_for(timeout=2 * MINUTE)
    with panel.page.expect_download() as download:
        panel.get_by_role("link", name="Save the report").click()
    saved = folder / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "report.html"
    assert saved.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def paste_a_page(panel: Locator) -> None:
    """Paste a page, and correct the proposal of its lines."""
    panel.get_by_label("Or paste the whole page here").fill((SAMPLES / "market-bell.txt").read_text(encoding="utf-8"))
    panel.get_by_role("button", name="Read", exact=True).click()
    panel.get_by_role("status").get_by_text("Read one article and 3 comments").wait_for(timeout=MINUTE)
    comments = panel.get_by_label("comments", exact=True)
    assert comments.input_value() == "23-42"
    comments.fill("29-42")
    panel.get_by_role("button", name="Read", exact=True).click()
    panel.get_by_role("status").get_by_text("Read one article and 2 comments").wait_for(timeout=MINUTE)
