"""CPU time of read_thread on made comments, beside an earlier state of the package.

python -m benchmarks.reading [--comments 20000] [--earlier FOLDER]

FOLDER is a checkout of an earlier commit. Each reads the same CSV table and the same Reddit JSON, in a process of its
own, in turns; the ratio is taken round by round. One comment in twelve names or mentions another commenter.
"""

# ruff: noqa: T201 - a command: it prints

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.comment_maker import Maker

HERE = Path(__file__).resolve().parent.parent
FIRST = "Mira Jonas Priya Will Rose Mark Anna Elena Tomas Ngozi Luis Hanna Peter Fatima Omar Yuki Olga Ivan".split()
LAST = "ka lo mi ren sto ber vin dal gor tas mel qui nor fi sen ham wick ley son ov ski ez ra".split()
_TIMED = """
import sys, time, warnings
warnings.simplefilter("ignore")
from toolkit import read_thread
article = "# A title\\n\\n" + "The bridge is open. " * 30
read_thread(article, sys.argv[1], quiet=True)
for path in sys.argv[2:]:
    start = time.process_time()
    read_thread(article, path, quiet=True)
    print(time.process_time() - start)
"""


def made_files(count: int, folder: Path) -> list[Path]:
    """Write made comments as a CSV table and as Reddit JSON, after a small table to warm up with."""
    chance = random.Random(0)
    people = [
        f"{chance.choice(FIRST)} {''.join(chance.choices(LAST, k=chance.randrange(2, 4))).title()}"
        for _ in range(max(10, count // 10))
    ]
    rows = []
    for row, text in enumerate(Maker(0).comments(count), 1):
        other = chance.choice(people)
        said = (f"@{other} {text}", f"{text} I agree with {other}.")[row % 2] if row % 12 == 0 else text
        parent = str(chance.randrange(1, row)) if row > 1 and chance.random() < 0.5 else ""
        rows.append((str(row), parent, chance.choice(people), str(1_700_000_000 + 37 * row), row % 50, said))
    for name, some in (("warm.csv", rows[:50]), ("comments.csv", rows)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("id", "parent_id", "author", "date", "likes", "text"), *some])
    things = [
        {"kind": "t1", "data": {"id": f"k{own}", "parent_id": f"t1_k{parent}" if parent else "t3_x", "body": text,
                                "author": author.replace(" ", "_"), "created_utc": float(date), "score": likes,
                                "link_id": "t3_x", "replies": "", "body_html": f"&lt;p&gt;{text}&lt;/p&gt;"}}
        for own, parent, author, date, likes, text in rows
    ]  # fmt: skip
    (folder / "reddit.json").write_text(json.dumps([{"kind": "Listing", "data": {"children": things}}]), "utf-8")
    return [folder / name for name in ("warm.csv", "comments.csv", "reddit.json")]


def seconds(package: Path, files: list[Path]) -> list[float]:
    """Time one process that reads the files with the package in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(package)}
    command = [sys.executable, "-c", _TIMED, *map(str, files)]
    out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=files[0].parent)
    return [float(line) for line in out.stdout.split()]


def main() -> None:
    """Print seconds per file, and how many times faster than the earlier package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=int, default=20_000, help="comments made (20,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (3)")
    parser.add_argument("--earlier", type=Path, help="folder of an earlier commit")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = made_files(chosen.comments, Path(folder))
        packages = [HERE, *([chosen.earlier.resolve()] if chosen.earlier else [])]
        rounds = [[seconds(package, files) for package in packages] for _ in range(chosen.rounds)]
        for at, path in enumerate(files[1:]):
            now = statistics.median(each[0][at] for each in rounds)
            print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, {chosen.comments:,} comments, {now:.2f} s", end="")
            if chosen.earlier:
                ratios = [each[1][at] / each[0][at] for each in rounds]
                print(f", {statistics.median(ratios):.1f} times faster ({min(ratios):.1f}-{max(ratios):.1f})", end="")
            print()


if __name__ == "__main__":
    main()
