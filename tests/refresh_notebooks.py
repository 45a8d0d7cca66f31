"""Run the notebooks and store their outputs, so that running them again gives the same bytes.

`python3 run.py refresh` runs all of notebooks/; with file names after it, those alone.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
SECONDS_FOR_A_CELL = 600
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # points at a live widget; a stored page has none
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},  # without the version, which is another one on the next machine
}


def main(names: Sequence[str]) -> int:
    paths = [Path(name) for name in names] or sorted([*NOTEBOOKS.glob("*.ipynb"), *NOTEBOOKS.glob("class/*.ipynb")])
    if not paths:
        print(f"There is no notebook in {NOTEBOOKS.name}/.", file=sys.stderr)
        return 1
    if wrong := [str(path) for path in paths if path.suffix != ".ipynb" or not path.is_file()]:
        print(f"There is no notebook {wrong[0]}. Name files in notebooks/, or none for all of them.", file=sys.stderr)
        return 2
    for path in paths:
        started = time.monotonic()
        changed = refresh(path)
        print(f"{path.name}: {'changed' if changed else 'unchanged'}, {time.monotonic() - started:.1f} s", flush=True)
    return 0


def refresh(path: Path) -> bool:
    """Run one notebook and store it in place; say whether that changed the file."""
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_FOR_A_CELL,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.resolve().parent)}},
    )
    client.execute()
    settle(notebook)
    nbformat.validate(notebook)
    after: str = nbformat.writes(notebook).rstrip("\n") + "\n"
    path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def settle(notebook: Any) -> None:
    """Take out what differs from run to run or from machine to machine."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number:02d}"
        for transient in ("execution", "collapsed", "scrolled", "trusted"):
            cell.metadata.pop(transient, None)
        if cell.cell_type == "code":
            count += 1
            settle_outputs(cell, count)


def settle_outputs(cell: Any, count: int) -> None:
    cell.execution_count = count
    cell.outputs = [output for output in joined(cell.outputs) if output.get("data", True)]
    for output in cell.outputs:
        output.get("data", {}).pop(WIDGET_VIEW, None)
        if output.output_type == "execute_result":
            output.execution_count = count


def joined(outputs: Sequence[Any]) -> list[Any]:
    """Neighbouring pieces of one stream as one: where a stream is cut depends on the clock."""
    whole: list[Any] = []
    for output in outputs:
        last = whole[-1] if whole else None
        if last is not None and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            whole.append(output)
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
