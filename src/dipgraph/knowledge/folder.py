"""The folder of a knowledge graph: its marker, its lock (one writer alone, or any number of readers) and its store."""

import json
import os
import sys
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from dipgraph.errors import StoreError

FORMAT = 1
MARKER, LOCK, QUADS = "dipgraph.json", "lock", "quads"

_LOCKS: "weakref.WeakSet[Lock]" = weakref.WeakSet()


class Lock:
    """A lock file held until `release` or the end of the process, however it ends.

    StoreError if another process, or this one, holds it. Where the system has no `flock` (Windows) it locks nothing,
    and only the store's own lock keeps a second writer out.
    """

    def __init__(self, path: Path, *, shared: bool):
        self.descriptor = os.open(path, os.O_CREAT | (os.O_RDONLY if shared else os.O_RDWR), 0o644)
        if not _flock(self.descriptor, shared=shared):
            holder = os.read(self.descriptor, 20).decode(errors="replace").strip()
            self.release()
            raise StoreError(f"{path.parent} {_why(holder)}.")
        _LOCKS.add(self)
        with suppress(
            OSError
        ):  # a reader may lack the right to write, and then there is nothing of a writer's to wipe out
            os.truncate(path, 0)
        if not shared:
            os.write(self.descriptor, str(os.getpid()).encode())

    def release(self) -> None:
        """Give it up; once is enough."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _why(holder: str) -> str:
    if holder == str(os.getpid()):
        return "is already open for writing in this program; close it there first"
    if holder:
        return f"is being written by another process (pid {holder}); try again when it ends"
    return "is being read by another program; close it there (a notebook, a server) and try again"


def _flock(descriptor: int, *, shared: bool) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _forget() -> None:
    # A forked worker that outlives its parent would otherwise keep the lock.
    for lock in list(_LOCKS):
        lock.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def prepare(path: Path, *, create: bool) -> None:
    """Make sure that `path` is a knowledge graph's folder, and make it one if wanted and there is nothing else in it.

    StoreError if it is something else, damaged or of another version.
    """
    marker = path / MARKER
    with refusing(path):
        if marker.is_file():
            _check(path, marker.read_text(encoding="utf-8"))
            return
        if path.exists() and (
            not path.is_dir() or any(not each.name.startswith(f"{MARKER}.") for each in path.iterdir())
        ):
            raise StoreError(
                f"{path} is not a knowledge graph of dipgraph (it has no {MARKER}); nothing was changed: name another."
            )
        if not create:
            raise StoreError(f"There is no knowledge graph at {path}; build one first.")
        path.mkdir(parents=True, exist_ok=True)
        _write(marker, _marked({}))


def remember(path: Path, folders: Iterable[Path]) -> None:
    """Note in the marker by which folders, besides the shipped ontology, the graph was read: relative, so that they may move together."""
    relative = [Path(os.path.relpath(folder.resolve(), path.resolve())).as_posix() for folder in folders]
    _write(path / MARKER, _marked({"ontology": relative} if relative else {}))


def remembered(path: Path) -> tuple[Path, ...]:
    """The folders that `remember` noted; none if `path` is no knowledge graph."""
    try:
        noted = json.loads((path / MARKER).read_text(encoding="utf-8")).get("ontology", [])
        return tuple(Path(os.path.normpath(path.resolve() / folder)) for folder in noted if isinstance(noted, list))
    except (OSError, ValueError, TypeError, AttributeError):
        return ()  # what is wrong with it is said by who opens it


def opened(path: Path, *, read_only: bool) -> Store:
    """The store in the folder; one that was never written has to be made even to be read."""
    quads = path / QUADS
    return Store.read_only(str(quads)) if read_only and quads.is_dir() else Store(str(quads))


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the system or the store refuses into a StoreError that names the folder."""
    try:
        yield
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.strerror:
            raise StoreError(f"{path} cannot be opened: {error.strerror}.") from error
        reason = " ".join(str(error).split()).rstrip(".")
        raise StoreError(f"{path} cannot be opened: {reason}. Build it again in another folder.") from error


def _marked(more: Mapping[str, Any]) -> str:
    return json.dumps({"dipgraph": "knowledge graph", "format": FORMAT, **more}) + "\n"


def _write(marker: Path, text: str) -> None:
    """Whole or not at all: a disk that is full leaves nothing that another try would stumble over."""
    temporary = marker.with_name(f"{MARKER}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(marker)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _check(path: Path, marker: str) -> None:
    try:
        version = json.loads(marker)["format"]
    except (ValueError, TypeError, KeyError):
        raise StoreError(
            f"{path / MARKER} is damaged; a knowledge graph can be built again in another folder."
        ) from None
    if version != FORMAT:
        raise StoreError(
            f"{path} has format {version}, this dipgraph reads format {FORMAT}; build it again in another folder."
        )
