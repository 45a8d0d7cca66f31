"""explore_files: drop files, see what was read, get the report; as a widget, and in JupyterLab."""

from pathlib import Path

from helpers.browser import Watched, faults_found_by_axe
from helpers.files_panel import use_the_panel

from toolkit import explore_files


def test_a_step_changes_what_is_shown_even_if_the_message_is_the_same() -> None:
    panel, turns = explore_files(), []
    panel.observe(lambda change: turns.append(change["new"]["said"]), "shown")
    for _ in range(2):
        panel.act({"do": "read", "parts": [], "pasted": "", "lines": {}})
    assert len(turns) == 2
    assert turns[0] == turns[1]
    assert repr(panel).startswith("<explore_files: ")


def test_the_panel_is_used_in_jupyterlab(explorers: Watched, tmp_path: Path) -> None:
    panel = explorers.page.get_by_role("group", name="Drop your files")
    use_the_panel(panel, tmp_path)
    offered = panel.locator("input[type=file]").nth(1).get_attribute("accept") or ""
    assert {".csv", ".xlsx", ".json", ".txt", ".mbox", ".eml"} <= set(offered.split(","))  # chats and mail, too
    assert faults_found_by_axe(explorers.page, ".btl-files") == []
    assert explorers.errors == []
    assert explorers.strangers == []
