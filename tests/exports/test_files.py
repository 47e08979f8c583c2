import errno
import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from support.project import ROOT

from exports import files
from exports.files import STATE_NAME, Outbox, WrittenFile, write_atomically
from scheduler.errors import OutputError

unix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != STATE_NAME}


def record(folder: Path) -> object:
    return json.loads((folder / STATE_NAME).read_text("utf-8"))


# -- writing one file ---------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_and_nothing_else_stays(tmp_path):
    write_atomically(tmp_path / "annex.xlsx", b"new")
    assert contents(tmp_path) == {"annex.xlsx": b"new"}


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path, monkeypatch):
    path = tmp_path / "annex.xlsx"
    path.write_bytes(b"old")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("exports.files.os.fsync", full)
    with pytest.raises(OutputError) as error:
        write_atomically(path, b"new")
    assert error.value.message == f"Cannot write {path}: the disk is full."
    assert contents(tmp_path) == {"annex.xlsx": b"old"}


def test_an_interruption_leaves_the_old_file_and_no_temporary_one(tmp_path, monkeypatch):
    path = tmp_path / "annex.xlsx"
    path.write_bytes(b"old")

    def interrupted(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr("exports.files.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert contents(tmp_path) == {"annex.xlsx": b"old"}


@unix_only
def test_a_new_file_has_the_permissions_of_the_umask_and_an_old_one_keeps_its_own(tmp_path):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", b"1")
        (tmp_path / "old").write_bytes(b"0")
        (tmp_path / "old").chmod(0o604)
        write_atomically(tmp_path / "old", b"1")
    finally:
        os.umask(old)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "old")] == [0o640, 0o604]


@unix_only
def test_a_symbolic_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(tmp_path / "link", b"new")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "real").read_bytes()) == (True, b"new")


def test_a_folder_in_the_place_of_a_file_is_an_error(tmp_path):
    with pytest.raises(OutputError) as error:
        write_atomically(tmp_path, b"new")
    assert error.value.message == f"Cannot write {tmp_path}: it is a folder, not a file."


def test_a_missing_folder_is_an_error(tmp_path):
    path = tmp_path / "none" / "annex.xlsx"
    with pytest.raises(OutputError) as error:
        write_atomically(path, b"new")
    assert error.value.message == f"Cannot write {path}: there is no such folder."


def test_a_file_that_may_not_be_written_is_an_error(tmp_path, monkeypatch):
    path = tmp_path / "annex.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr("exports.files.os.access", lambda _path, _mode: False)
    with pytest.raises(OutputError) as error:
        write_atomically(path, b"new")
    assert error.value.message == (
        f"Cannot write {path}: permission denied; it may be protected, or open in another program."
    )


# -- the guard over a folder ----------------------------------------------------------------------------------------


def test_the_first_write_makes_the_folder_and_records_what_was_written(tmp_path):
    out = tmp_path / "deep" / "out"
    written = Outbox(out).write("csp11.xlsx", b"one")
    assert written == WrittenFile(out / "csp11.xlsx", False, f"Wrote {out / 'csp11.xlsx'}.")
    assert record(out) == {
        "format": "treaty-schedule/outbox",
        "version": 1,
        "files": {"csp11.xlsx": hashlib.sha256(b"one").hexdigest()},
    }


def test_a_file_that_nobody_touched_is_replaced(tmp_path):
    Outbox(tmp_path).write("annex.xlsx", b"one")
    assert Outbox(tmp_path).write("annex.xlsx", b"two").set_aside is False
    assert contents(tmp_path) == {"annex.xlsx": b"two"}


def test_an_edited_file_is_kept_and_the_new_one_goes_beside_it(tmp_path):
    Outbox(tmp_path).write("annex.xlsx", b"one")
    (tmp_path / "annex.xlsx").write_bytes(b"by hand")
    annex, beside = tmp_path / "annex.xlsx", tmp_path / "annex (2).xlsx"
    assert Outbox(tmp_path).write("annex.xlsx", b"two") == WrittenFile(
        beside,
        True,
        f"{annex} has been edited since it was written and stays as it is: the new version is in {beside}. "
        "(--force overwrites it.)",
    )
    assert contents(tmp_path) == {"annex.xlsx": b"by hand", "annex (2).xlsx": b"two"}


def test_the_file_beside_is_guarded_as_well(tmp_path):
    for version in (b"one", b"two", b"three"):
        Outbox(tmp_path).write("plan.A.json", version)
        newest = max(tmp_path.glob("plan*"), key=lambda path: len(path.name))
        newest.write_bytes(version + b", by hand")
    assert Outbox(tmp_path).write("plan.A.json", b"four").path == tmp_path / "plan.A (3).json"
    assert contents(tmp_path) == {
        "plan.A.json": b"one, by hand",
        "plan.A (2).json": b"three, by hand",
        "plan.A (3).json": b"four",
    }


def test_an_untouched_file_beside_is_replaced_rather_than_multiplied(tmp_path):
    (tmp_path / "annex.xlsx").write_bytes(b"by hand")
    for version in (b"one", b"two", b"three"):
        Outbox(tmp_path).write("annex.xlsx", version)
    assert contents(tmp_path) == {"annex.xlsx": b"by hand", "annex (2).xlsx": b"three"}


def test_force_overwrites_an_edited_file(tmp_path):
    annex = tmp_path / "annex.xlsx"
    annex.write_bytes(b"by hand")
    assert Outbox(tmp_path, force=True).write("annex.xlsx", b"two") == WrittenFile(
        annex, False, f"Wrote {annex} over a version that was not ours, as --force asks."
    )
    assert contents(tmp_path) == {"annex.xlsx": b"two"}


def test_the_same_bytes_are_not_written_again(tmp_path):
    annex = tmp_path / "annex.xlsx"
    Outbox(tmp_path).write("annex.xlsx", b"one")
    os.utime(annex, ns=(1, 1))
    assert Outbox(tmp_path).write("annex.xlsx", b"one") == WrittenFile(
        annex, False, f"{annex} is up to date: nothing has changed."
    )
    assert annex.stat().st_mtime_ns == 1


def test_a_deleted_file_is_written_anew(tmp_path):
    Outbox(tmp_path).write("annex.xlsx", b"one")
    (tmp_path / "annex.xlsx").unlink()
    Outbox(tmp_path).write("annex.xlsx", b"two")
    assert contents(tmp_path) == {"annex.xlsx": b"two"}


@pytest.mark.parametrize(
    "state",
    [
        None,
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"null",
        b'{"files": {"annex.xlsx": "0"}}',
        b'{"format": "treaty-schedule/outbox", "version": 1, "files": []}',
        b'{"format": "treaty-schedule/outbox", "version": 1, "files": {"annex.xlsx": 7}}',
    ],
)
def test_without_a_sound_record_every_file_counts_as_edited(tmp_path, state):
    Outbox(tmp_path).write("annex.xlsx", b"one")
    if state is None:
        (tmp_path / STATE_NAME).unlink()
    else:
        (tmp_path / STATE_NAME).write_bytes(state)
    annex, beside = tmp_path / "annex.xlsx", tmp_path / "annex (2).xlsx"
    assert Outbox(tmp_path).write("annex.xlsx", b"two") == WrittenFile(
        beside,
        True,
        f"{annex} was not written by this program and stays as it is: the new version is in {beside}. "
        "(--force overwrites it.)",
    )
    assert Outbox(tmp_path).write("annex (2).xlsx", b"three").set_aside is False


def test_without_a_record_equal_bytes_are_taken_for_ours(tmp_path):
    (tmp_path / "annex.xlsx").write_bytes(b"one")
    assert Outbox(tmp_path).write("annex.xlsx", b"one").set_aside is False
    assert Outbox(tmp_path).write("annex.xlsx", b"two").path == tmp_path / "annex.xlsx"


def test_the_record_of_another_program_is_not_lost(tmp_path):
    (tmp_path / STATE_NAME).write_bytes(b'{"theirs": 1}')
    Outbox(tmp_path).write("annex.xlsx", b"one")
    assert contents(tmp_path) == {"annex.xlsx": b"one", ".schedule (2).json": b'{"theirs": 1}'}


# -- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a/b.xlsx", "..\\b.xlsx", "/etc/passwd", "a\0b"])
def test_a_name_with_a_path_in_it_is_refused(tmp_path, name):
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write(name, b"one")
    assert error.value.message == f"{name!r} is not a file name: it must not contain / or \\ or NUL."
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", ["", ".", "..", " "])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write(name, b"one")
    folder = "this names a folder: add the name of the file."
    assert error.value.message == (folder if name != " " else "' ' is not a file name.")


def test_the_record_itself_is_no_name_for_a_result(tmp_path):
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write(STATE_NAME, b"one")
    assert error.value.message == "'.schedule.json' is the record of what was written here: choose another name."


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path / "out").write("annex.xlsx", b"one")
    assert error.value.message == f"{tmp_path / 'out'} is a file, not a folder: results need a folder."
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path / "out" / "deeper").write("annex.xlsx", b"one")
    assert error.value.message.startswith(f"Cannot make the folder {tmp_path / 'out' / 'deeper'}: ")


def test_a_folder_in_the_place_of_the_result_is_an_error(tmp_path):
    (tmp_path / "annex.xlsx").mkdir()
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write("annex.xlsx", b"one")
    assert error.value.message.startswith(f"Cannot compare with {tmp_path / 'annex.xlsx'}: ")


@unix_only
def test_names_that_no_file_system_takes_are_errors_and_no_tracebacks(tmp_path):
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write("x" * 300 + ".xlsx", b"one")
    assert error.value.message.endswith(": no file can have a name as long as this.")
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write("\ud800.xlsx", b"one")
    assert (
        error.value.message
        == f"Cannot compare with {tmp_path}{os.sep}\\ud800.xlsx: this name cannot be used here: name a file."
    )


def test_writing_files_loads_no_workbook_library():
    code = "import sys, exports.files; print(any(name.split('.')[0] == 'openpyxl' for name in sys.modules))"
    root = ROOT
    answer = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


def test_what_another_run_wrote_meanwhile_is_not_forgotten(tmp_path, monkeypatch):
    """Two runs into one folder: both files stay known as ours, so neither is set aside later."""
    real = files.write_atomically

    def slowly(path, data):
        if path.name == "first.txt":
            monkeypatch.setattr(files, "write_atomically", real)
            Outbox(tmp_path).write("second.txt", b"two")
        real(path, data)

    monkeypatch.setattr(files, "write_atomically", slowly)
    Outbox(tmp_path).write("first.txt", b"one")
    again = [Outbox(tmp_path).write(name, b"new").set_aside for name in ("first.txt", "second.txt")]
    assert again == [False, False]


def test_several_files_are_remembered_together_and_one_that_fails_takes_none_with_it(tmp_path):
    (tmp_path / "second.txt").mkdir()
    with pytest.raises(OutputError):
        Outbox(tmp_path).write_all([("first.txt", b"one"), ("second.txt", b"two"), ("third.txt", b"three")])
    assert json.loads((tmp_path / ".schedule.json").read_bytes())["files"] == {
        "first.txt": hashlib.sha256(b"one").hexdigest(),
        "third.txt": hashlib.sha256(b"three").hexdigest(),
    }
    (tmp_path / "second.txt").rmdir()
    written = Outbox(tmp_path).write_all([("first.txt", b"new"), ("second.txt", b"two")])
    assert [(file.path.name, file.set_aside) for file in written] == [("first.txt", False), ("second.txt", False)]
    assert set(json.loads((tmp_path / ".schedule.json").read_bytes())["files"]) == {
        "first.txt",
        "second.txt",
        "third.txt",
    }


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere.txt"
    out.mkdir()
    (out / "plan.txt").symlink_to(elsewhere)
    written = Outbox(out).write("plan.txt", b"new")
    assert (written.path, written.set_aside) == (out / "plan (2).txt", True)
    assert written.message == (
        f"{out / 'plan.txt'} is a link that leads nowhere and stays as it is: the new version is in {written.path}."
    )
    assert (elsewhere.exists(), (out / "plan.txt").is_symlink()) == (False, True)
    write_atomically(out / "plan.txt", b"new")
    assert (elsewhere.exists(), (out / "plan.txt").is_symlink()) == (False, False)


def test_what_a_killed_run_has_left_is_removed_and_what_a_living_one_writes_stays(tmp_path):
    import subprocess
    import sys

    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = [f".schedule-{int(dead.stdout)}-0123456789ab.tmp", ".schedule-0123456789ab.tmp"]
    mine = f".schedule-{os.getpid()}-0123456789ab.tmp"
    for name in (*left, mine, ".schedule-notes.txt"):
        (tmp_path / name).write_bytes(b"half")
    Outbox(tmp_path).write("plan.txt", b"new")
    stay = {mine, ".schedule-notes.txt", ".schedule.json", "plan.txt"}
    assert {path.name for path in tmp_path.iterdir()} == stay


def test_a_file_that_is_written_alone_clears_what_killed_runs_have_left_beside_it(tmp_path):
    (tmp_path / ".schedule-0123456789ab.tmp").write_bytes(b"half")
    write_atomically(tmp_path / "state.json", b"{}")
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_trouble_is_found_before_anything_is_written_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert Outbox(folder).trouble() == f"{folder} is no folder: results need one"
    assert Outbox(tmp_path / "new" / "below").trouble() == ""
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    "name", ["CON", "con.xlsx", "Aux.json", "nul", "COM1.csv", "lpt\u00b3.txt", "CON .x", "plan.", "a "]
)
def test_names_that_windows_keeps_for_itself_are_none(tmp_path, name):
    with pytest.raises(OutputError) as error:
        Outbox(tmp_path).write(name, b"")
    assert "is not a file name: Windows" in str(error.value)


@pytest.mark.parametrize("name", ["console.xlsx", "com10.csv", "my.con", "auxiliary", "null.txt", "com", ".con"])
def test_names_that_only_look_like_those_are_names(tmp_path, name):
    assert Outbox(tmp_path).write(name, b"").path.name == name
