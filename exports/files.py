"""Files written whole or not at all, and never over what a person has changed.

`Outbox` remembers the SHA-256 of every file that it wrote, in `.schedule.json` beside them. A file with other
content has been edited by a person: it stays, and the new version goes beside it as `NAME (2).xlsx`.
"""

import errno
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scheduler.domain.base import no_file_name
from scheduler.errors import InputError, OutputError
from scheduler.reading.files import Kind, MissingError, UnreadableError, read_bytes
from scheduler.reading.strictjson import NotJson, parse

HOUR: Final = 3600.0
STATE_NAME: Final = ".schedule.json"

_TEMPORARY: Final = ".schedule-"
_STATE_FORMAT: Final = "treaty-schedule/outbox"
_STATE: Final = Kind("record of what was written", "JSON", "delete it", 50_000_000)
_RESULT: Final = Kind("result", "a file of this program", "name another", 1_000_000_000)
_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EACCES: "permission denied; it may be protected, or open in another program",
    errno.EPERM: "permission denied; it may be protected, or open in another program",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "part of the path is a file, not a folder",
    errno.EISDIR: "it is a folder, not a file",
}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written. `message` is a sentence for the planner that names `path`."""

    path: Path
    set_aside: bool
    """An edited file kept its name, and `path` is beside it."""
    message: str


class PartlyWrittenError(OutputError):
    """Some of several files could not be written; `written` has the others."""

    def __init__(self, written: Sequence[WrittenFile], failed: Sequence[OutputError]) -> None:
        super().__init__("\n".join(dict.fromkeys(error.message for error in failed)))
        self.written = tuple(written)


class Outbox:
    """A folder of results, whose files a person may edit."""

    def __init__(self, directory: str | Path, force: bool = False) -> None:
        """The folder is made by the first `write`; `force` overwrites edited files too."""
        self.directory = Path(directory)
        self.force = force
        self._unflushed: set[Path] = set()

    def write(self, name: str, data: bytes) -> WrittenFile:
        """Write `data` as `name`, or beside it if a person has edited that file; an equal file stays untouched.

        Raises OutputError if `name` is not a plain file name, or if the folder or the file cannot be written.
        """
        return self.write_all([(name, data)])[0]

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> list[WrittenFile]:
        """Write several files, each as `write` does, and flush the folder once for all of them, which is faster.

        Raises PartlyWrittenError if some files cannot be written, after the others are.
        """
        self.make()
        remembered = self._remembered()
        written: list[WrittenFile] = []
        failed: list[OutputError] = []
        new: dict[str, str] = {}
        try:
            for name, data in files:
                digest = _digest(data)
                try:
                    _refuse_bad_name(name)
                    written.append(self._write(name, data, digest, remembered))
                except OutputError as error:
                    failed.append(error)
                    continue
                if remembered.get(written[-1].path.name) != digest:
                    new[written[-1].path.name] = digest
        finally:
            if new:
                try:
                    self._remember(self._remembered() | new)  # another run may have written meanwhile
                except OutputError as error:
                    failed.append(error)
            while self._unflushed:  # once for all files: flushing is slow
                _flush_folder(self._unflushed.pop())
        if failed:
            raise PartlyWrittenError(written, failed) from failed[0]
        return written

    def trouble(self) -> str:
        """Why nothing can be written here; empty where it can. Leaves no file behind."""
        folder = self.directory
        try:
            while not folder.exists():
                if folder.is_symlink() or folder == folder.parent:
                    break
                folder = folder.parent
            if not folder.is_dir():
                return f"{self.directory} is no folder: results need one"
            trial = folder / _temporary_name()
            trial.touch(exist_ok=False)
            trial.unlink()
        except (OSError, ValueError) as error:
            return _failure("write into", self.directory, error).message.rstrip(".")
        return ""

    def _write(self, name: str, data: bytes, digest: str, remembered: dict[str, str]) -> WrittenFile:
        for candidate in _candidates(name):
            path = self.directory / candidate
            present = _digest_of(path)
            edited = present is not None and present not in (remembered.get(candidate), digest)
            edited = edited or (present is None and path.is_symlink())  # a broken link of unknown origin
            if edited and not self.force:
                continue
            if present != digest:
                self._unflushed.add(_replace(path, data))
            return WrittenFile(
                path, candidate != name, self._message(name, path, present == digest, edited, remembered)
            )
        raise AssertionError("unreachable: the candidates never end")

    def _message(self, name: str, path: Path, unchanged: bool, edited: bool, remembered: dict[str, str]) -> str:
        wanted = self.directory / name
        if path != wanted and wanted.is_symlink() and not wanted.exists():
            return f"{wanted} is a link that leads nowhere and stays as it is: the new version is in {path}."
        if path != wanted:
            why = "has been edited since it was written" if name in remembered else "was not written by this program"
            done = "is already in" if unchanged else "is in"
            return f"{wanted} {why} and stays as it is: the new version {done} {path}. (--force overwrites it.)"
        if unchanged:
            return f"{path} is up to date: nothing has changed."
        if edited:
            return f"Wrote {path} over a version that was not ours, as --force asks."
        return f"Wrote {path}."

    def make(self) -> None:
        """Make the folder.

        Raises OutputError where it cannot be made.
        """
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise OutputError(f"{self.directory} is a file, not a folder: results need a folder.") from error
        except (OSError, ValueError) as error:
            raise _failure("make the folder", self.directory, error) from error

    def _remembered(self) -> dict[str, str]:
        """SHA-256 by file name; empty without a state of our own: all files then count as edited."""
        state = _state_in(self.directory / STATE_NAME)
        return {} if state is None else state

    def _remember(self, digests: dict[str, str]) -> None:
        path = self.directory / STATE_NAME
        if path.is_file() and _state_in(path) is None:  # of another program, or damaged: keep it
            self._keep_aside(path)
        document = {"format": _STATE_FORMAT, "version": 1, "files": dict(sorted(digests.items()))}
        self._unflushed.add(_replace(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()))

    def _keep_aside(self, path: Path) -> None:
        free = next(each for each in _candidates(path.name) if not (self.directory / each).exists())
        try:
            path.rename(self.directory / free)
        except OSError as error:
            raise _failure("set aside", path, error) from error


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write the file completely or leave the old one: a temporary file in the same folder is renamed at the end.

    A new file gets the permissions that the umask gives, an old one keeps its own; a symbolic link to a file is
    followed, one that leads nowhere is replaced.
    Raises OutputError, and leaves no temporary file behind. Temporary files of killed runs are removed.
    """
    _flush_folder(_replace(Path(path), data))


def _replace(asked: Path, data: bytes) -> Path:
    """Like `write_atomically`, but without flushing the folder, which is returned."""
    try:
        target = asked.resolve() if asked.exists() else asked.parent.resolve() / asked.name
        mode = _mode_to_keep(asked, target)
        temporary = target.with_name(_temporary_name())
        _remove_leftovers(target.parent)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except (OSError, ValueError, RuntimeError) as error:
        raise _failure("write", asked, error) from error
    return target.parent


def _temporary_name() -> str:
    """A name with the id of this process, so that files of killed processes can be recognized."""
    return f"{_TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}.tmp"


def _remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of killed processes."""
    with suppress(OSError):
        for path in folder.glob(f"{_TEMPORARY}*.tmp"):
            writer = path.name.removeprefix(_TEMPORARY).partition("-")[0]
            if not (writer.isdigit() and _lives(int(writer), path)):
                with suppress(OSError):
                    path.unlink()


def _lives(process: int, path: Path) -> bool:
    """Whether a process may still be writing the file. Where processes cannot be asked, it may for an hour."""
    if os.name != "posix":
        return time.time() - path.stat().st_mtime < HOUR
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it lives, and belongs to another user
        return True
    return True


def _mode_to_keep(asked: Path, target: Path) -> int | None:
    """Permission bits of the file to be replaced, None if there is none."""
    if not target.exists():
        return None
    if not target.is_file():
        raise OutputError(f"Cannot write {asked}: it is a {'folder' if target.is_dir() else 'device'}, not a file.")
    if not os.access(target, os.W_OK):
        raise OutputError(f"Cannot write {asked}: {_REASONS[errno.EACCES]}.")
    return stat.S_IMODE(target.stat().st_mode)


def _flush_folder(folder: Path) -> None:
    """Make a new name safe from a power cut, where the system can open folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refuse_bad_name(name: str) -> None:
    if name in ("", ".", ".."):
        raise OutputError("this names a folder: add the name of the file.")
    if any(mark in name for mark in "/\\\0"):
        raise OutputError(f"{name!r} is not a file name: it must not contain / or \\ or NUL.")
    if name.strip(" .") == "":
        raise OutputError(f"{name!r} is not a file name.")
    if name.casefold() == STATE_NAME:
        raise OutputError(f"{name!r} is the record of what was written here: choose another name.")
    if why := no_file_name(name):
        raise OutputError(f"{name!r} is not a file name: {why}.")


def _candidates(name: str) -> Iterator[str]:
    """`annex.xlsx`, `annex (2).xlsx`, `annex (3).xlsx` ..."""
    yield name
    path = Path(name)
    number = 2
    while True:
        yield f"{path.stem} ({number}){path.suffix}"
        number += 1


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str | None:
    """SHA-256 of a file, None if there is none. Raises OutputError for a folder and for a file that cannot be read."""
    try:
        return _digest(read_bytes(path, _RESULT))
    except MissingError:
        return None
    except UnreadableError as error:
        raise _failed("compare with", path, error.reason) from error


def _state_in(path: Path) -> dict[str, str] | None:
    """What the state file remembers, None if it is missing, damaged or of another program."""
    try:
        document = parse(read_bytes(path, _STATE), _STATE)
    except (InputError, NotJson):
        return None
    if not isinstance(document, dict) or document.get("format") != _STATE_FORMAT or document.get("version") != 1:
        return None
    files = document.get("files")
    if not isinstance(files, dict):
        return None
    return {name: digest for name, digest in files.items() if isinstance(digest, str)}


def _failure(action: str, path: Path, error: Exception) -> OutputError:
    if isinstance(error, OSError):
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    else:
        reason = "this name cannot be used here"
    return _failed(action, path, reason)


def _failed(action: str, path: Path, reason: str) -> OutputError:
    shown = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return OutputError(f"Cannot {action} {shown}: {reason}.")
