"""A plugin that pytest loads (`addopts`): `--lane` halves the tests, so that the gate runs both halves at once.

All tests that need a browser are in one half, which opens it once. A folder that is not listed is in the other half.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
BROWSER = {TESTS / name for name in ("adversarial", "course", "explorers", "figures", "reports")}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lane", choices=("browser", "other"), help="collect only the folders of one half")


def is_in_the_lane(path: Path, config: pytest.Config) -> bool:
    lane = config.getoption("--lane")
    return lane is None or (lane == "other") is BROWSER.isdisjoint(path.parents)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if collection_path.is_file() and not is_in_the_lane(collection_path, config) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, and refuse one in the other half, where a second browser would be opened."""
    items[:] = [item for item in items if is_in_the_lane(item.path, config)]  # a file named in full is not ignored
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if config.getoption("--lane") == "other":
                raise pytest.UsageError(f"{item.nodeid} needs a browser: add its folder to {Path(__file__).name}")
