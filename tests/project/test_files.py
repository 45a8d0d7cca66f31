"""Files are written whole or not at all and never over another file; CSV cells are not formulas."""

import csv
import errno
import functools
import io
import os
import select
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit import lexicon_metric, measure_files, read_codings
from toolkit._files import check_output, csv_bytes, freed, guarded, guarded_table, make_folder, write_atomic
from toolkit.annotation.codings import SCHEMES
from toolkit.annotation.session import CodingSession

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and permissions as on POSIX")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''@x", "'-", "-", "=", "＝1", "＋1", "－1", "＠x"]
FORMULAS += [" =1", '"=1"', "\u3000＝1", "'\t", "' =1"]
SIGNS = tuple("=+-@＝＋－＠\t\r")


def cells_of(content: str, delimiter: str) -> list[str]:
    """Cells as a careless spreadsheet sees them: cut at each delimiter and line break, bare of spaces and quotes."""
    return [cell.lstrip(' "') for line in content.splitlines() for cell in line.split(delimiter)]


# CSV cells


@pytest.mark.parametrize("text", FORMULAS)
def test_a_guarded_cell_does_not_begin_like_a_formula_and_can_be_freed(text: str) -> None:
    assert not guarded(text).startswith(SIGNS)
    assert freed(guarded(text)) == text


@pytest.mark.parametrize("text", ["\ufeff=1", "\u200b\u202e＝1", "\0@x", "﹦1", ' "\u2066﹫x'])
def test_a_sign_in_another_form_or_after_invisible_characters_is_guarded(text: str) -> None:
    assert (guarded(text), freed(guarded(text))) == (f"'{text}", text)


def test_what_is_no_formula_is_written_as_it_is_and_a_table_is_guarded_in_its_texts_and_names() -> None:
    for text in ("'tis", "1+1", "a = b", "e-mail", "", "'''", "a, =1", "5 - 3; 4 - 2"):
        assert guarded(text) == text == freed(text)
    made = guarded_table(pd.DataFrame({"=x": ["+1", "a"], "n": [-1, 2]}))
    assert made.columns.tolist() == ["'=x", "n"]
    assert made.to_numpy().tolist() == [["'+1", -1], ["a", 2]]


@given(st.text(alphabet="'\"=+-@＝＠;\t\r\n ab", max_size=12))
@example("war; =1+1")
@example('a\r\n"=1"')
@example("a; '=1")
@example("a;\t＝1")
def test_guarding_loses_nothing_whatever_the_text(text: str) -> None:
    assert freed(guarded(text)) == text
    assert not guarded(text).startswith(SIGNS)
    for delimiter in ";\t":
        assert not any(cell.startswith(SIGNS[:8]) for cell in cells_of(guarded(text), delimiter))


def test_a_csv_file_is_guarded_and_read_back() -> None:
    table = pd.DataFrame({"text": ['say "x"; =1', "＝2", None, "a\n-b"], "score": [-0.5, 1, 2, 3]})
    content = csv_bytes(table).decode("utf-8")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert [freed(cell) for cell, _ in rows[1:]] == ['say "x"; =1', "＝2", "", "a\n-b"]
    assert rows[1][1] == "-0.5"


# Files


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.html"
    write_atomic(path, b"one")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, b"two")
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("code", "step"),
    [
        (errno.ENOSPC, "Make space there, or choose a folder on another drive."),
        (errno.EROFS, "Choose a folder that you may write to."),
        (errno.EACCES, "Choose a folder that you may write to."),
    ],
)
def test_a_place_without_files_is_named(code: int, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.html"
    write_atomic(path, b"one")
    refusal = Mock(side_effect=OSError(code, os.strerror(code), "page.html.unfinished"))
    monkeypatch.setattr("os.fsync", refusal)
    monkeypatch.setattr("pathlib.Path.mkdir", refusal)
    for write, what in ((write_atomic, [path, b"two"]), (make_folder, [path])):
        with pytest.raises(OSError, match="cannot be written") as refused:
            write(*what)
        assert str(refused.value) == f"{path} cannot be written: {os.strerror(code)}. {step}"
        assert refused.value.errno == code
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("nameless", [True, False])
def test_a_file_is_written_either_way(nameless: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write_atomic(tmp_path / "a", b"one")
    write_atomic(tmp_path / "a", lambda file: file.write(b"two"))
    assert (tmp_path / "a").read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@posix
def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name, target in (("old.html", "elsewhere/old"), ("new.html", "elsewhere/new")):
        (tmp_path / name).symlink_to(target)
    (tmp_path / "elsewhere" / "old").write_text("before")
    for name in ("old", "new"):
        write_atomic(tmp_path / f"{name}.html", b"after")
        assert (tmp_path / f"{name}.html").is_symlink()
        assert (tmp_path / "elsewhere" / name).read_text() == "after"


@posix
def test_a_pipe_is_written_to_and_never_waited_for(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    with pytest.raises(ValueError, match="nothing is reading"):
        write_atomic(pipe, b"x")
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # the reader is there before the writer
    os.set_blocking(handle, True)

    def take() -> None:
        select.select([handle], [], [], 60)  # until the writer is there: a pipe without one is at its end at once
        with os.fdopen(handle, "rb") as file:
            read.append(file.read())

    reader = threading.Thread(target=take)
    writer = threading.Thread(target=write_atomic, args=(pipe, b"x" * 200_000))
    writer.start()
    reader.start()
    writer.join()
    reader.join()
    assert read == [b"x" * 200_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
def test_a_device_is_written_to_and_a_socket_is_refused(tmp_path: Path) -> None:
    import socket

    write_atomic("/dev/null", b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "s"))
        with pytest.raises(ValueError, match="neither a file nor a pipe"):
            write_atomic(tmp_path / "s", b"x")


@posix
def test_a_file_keeps_its_permissions_and_a_new_one_has_the_usual_ones(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_text("")
    write_atomic(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode
    (tmp_path / "new").chmod(0o640)
    write_atomic(tmp_path / "new", b"y")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="a file without a name is a thing of Linux")
def test_a_process_killed_while_it_writes_leaves_nothing_behind(tmp_path: Path) -> None:
    code = "import sys, time; from toolkit._files import write_atomic\n"
    code += (
        "write_atomic(sys.argv[1], lambda file: (file.write(b'x'), file.flush(), print(1, flush=True), time.sleep(60)))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a")], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    assert list(tmp_path.iterdir()) == []


def test_an_output_may_not_be_an_input_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("text\nx\n")
    names = [tmp_path / "in.csv", tmp_path / "sub" / ".." / "in.csv"]
    (tmp_path / "sub").mkdir()
    if os.name != "nt":
        (tmp_path / "link.csv").symlink_to("in.csv")
        os.link(tmp_path / "in.csv", tmp_path / "second.csv")
        names += [tmp_path / "link.csv", tmp_path / "second.csv"]
    for name in names:
        with pytest.raises(ValueError, match="one of the files to be read"):
            check_output(name, ["library-hours", "no\0path", tmp_path / "in.csv"])
    assert check_output(tmp_path / "out.csv", [tmp_path / "in.csv"]) == tmp_path / "out.csv"
    with pytest.raises(ValueError, match="is a folder"):
        check_output(tmp_path)
    with pytest.raises(FileNotFoundError, match="no folder"):
        check_output(tmp_path / "none" / "a")
    for impossible in ("", "\0", "\ud800"):
        with pytest.raises(ValueError, match=r"A path such as 'page\.html' is needed, not"):
            check_output(impossible)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_a_link_to_itself_is_not_a_valid_output(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("a.html")
    with pytest.raises(OSError, match="This link leads back to itself; name a file"):
        check_output(tmp_path / "a.html")


@pytest.mark.parametrize(("shut", "message"), [("", "cannot be written.*Choose a folder"), ("a.html", "is write-prot")])
def test_unwritable_output_is_refused(shut: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.html").touch()
    place = (tmp_path / shut).resolve()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).resolve() != place or not mode & os.W_OK)
    with pytest.raises(PermissionError, match=message):
        check_output(tmp_path / "a.html")


def test_an_unreadable_file_is_named_with_the_next_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    opened = Path.open

    def refused(path: Path, *options: Any, **more: Any) -> Any:
        if path.name == "a.csv":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *options, **more)

    monkeypatch.setattr(Path, "open", refused)
    units = pd.DataFrame({"unit_id": ["a"], "text": ["b"]})
    code = functools.partial(CodingSession, units, SCHEMES["tone"], "Jo")
    for read in (code, read_codings, lexicon_metric, lambda path: measure_files(path, tmp_path / "out")):
        with pytest.raises(PermissionError, match=r"a\.csv cannot be read: Permission denied\. Give"):
            read(tmp_path / "a.csv")


HOLD = """
import sys
from toolkit._files import locked
for _ in range(200):
    with locked(sys.argv[1]):
        n = int(open(sys.argv[1] + "/count").read())
        open(sys.argv[1] + "/count", "w").write(str(n + 1))
"""


@pytest.fixture(params=["folder", "file"])
def lock(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What a child process has to do first: nothing, or take away the locks of folders, as network drives lack them."""
    if request.param == "folder":
        return ""
    return (
        "import fcntl, os, stat; real = fcntl.flock\n"
        "def flock(handle, how):\n"
        "    if stat.S_ISDIR(os.fstat(handle).st_mode): raise OSError(9, 'no locks of folders')\n"
        "    real(handle, how)\n"
        "fcntl.flock = flock\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_a_lock_admits_one_process_at_a_time_and_leaves_no_file(lock: str, tmp_path: Path) -> None:
    count = tmp_path / "count"
    count.write_text("0")
    processes = [subprocess.Popen([sys.executable, "-c", lock + HOLD, str(tmp_path)]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert count.read_text() == "600"
    assert [each.name for each in tmp_path.iterdir()] == ["count"]


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_a_lock_that_is_held_can_be_refused_and_is_free_when_its_holder_was_killed(lock: str, tmp_path: Path) -> None:
    hold = lock + "import sys, time; from toolkit._files import locked\n"
    hold += "with locked(sys.argv[1]): print(1, flush=True); time.sleep(60)"
    take = lock + "import sys; from toolkit._files import locked\nwith locked(sys.argv[1], wait=0): pass"
    with subprocess.Popen([sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        refused = subprocess.run(
            [sys.executable, "-c", take, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert "BlockingIOError" in refused.stderr
        process.kill()
    subprocess.run([sys.executable, "-c", take, str(tmp_path)], check=True)
    assert list(tmp_path.iterdir()) == []
