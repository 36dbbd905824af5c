"""Reports that were made before: the same question about the same state of the repository has the same report.

Whatever an analysis depends on is part of the key: this program, git and its configuration, the target, the policy,
what was asked, every stream with its commits, and what else is published. Where something outside of these may have a
say (a merge driver, checks of other packages), nothing is kept.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import gate
from gate.cache.database import FactsCache
from gate.git import published
from gate.git.process import decode
from gate.languages import registry
from gate.model.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.git.refs import Branch, Refs
    from gate.git.repository import Repository
    from gate.model.check import Check
    from gate.model.facts import NotChecked
    from gate.model.git import Stream
    from gate.model.policy import Policy
    from gate.model.request import Request

_EXTRACTOR = "report/1"
_BUILT_IN = "gate.checks."
_FILES = ("shallow", "info/attributes", "info/grafts")
"""What git reads of a repository besides its objects, refs and configuration."""


class ReportSlot:
    """The place of one question's report among the last ones. `key` None: the report is not to be kept."""

    def __init__(self, repository: Repository, key: bytes | None) -> None:
        self._folder = repository.common_dir
        self._key = key
        self._slot = f"report-{key[0] % 16}" if key else ""

    def get(self) -> Report | None:
        """Return the report; None when this was not asked before, or too long ago."""
        if self._key is None:
            return None
        with FactsCache(self._folder) as cache:
            content = cache.get(_EXTRACTOR, [self._slot]).get(self._slot, b"")
        if not content.startswith(self._key):
            return None
        try:
            return msgspec.msgpack.decode(content[len(self._key) :], type=Report)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def keep(self, report: Report) -> None:
        """Keep it for the next time, unless something could not be checked: that may go better then."""
        if self._key is None or any(gap.required for gap in report.coverage.not_checked):
            return
        with FactsCache(self._folder) as cache:
            cache.put(_EXTRACTOR, {self._slot: self._key + msgspec.msgpack.encode(report)})


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question, as far as it decides a report besides the state of the repository."""

    target: Branch
    policy: Policy
    request: Request
    checks: Sequence[Check]
    streams: Sequence[Stream]
    not_checked: Sequence[NotChecked]


def report_slot(repository: Repository, refs: Refs, question: ReportQuestion) -> ReportSlot:
    """Return where the report of this question is kept, or is to be kept."""
    configuration = repository.git("config", "--list", "-z", allowed=(0, 1))
    request, policy = question.request, question.policy
    if not request.cached or _has_driver(configuration) or not all(map(_is_own, question.checks)):
        return ReportSlot(repository, None)
    parts = (
        repository.version,
        question.target,
        (request.today, request.branches, request.heads, request.select, request.fail_on),
        [check.code for check in question.checks],
        (policy.path, policy.origin, policy.digest, policy.mode),
        refs.replaced,
        question.streams,
        question.not_checked,
        published.published_refs(refs, policy.protected),
    )
    digest = hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape"))
    for content in (configuration, *_files(repository, refs), *_program()):
        digest.update(hashlib.sha256(content).digest())
    return ReportSlot(repository, digest.digest())


def _has_driver(configuration: bytes) -> bool:
    """Return whether a configured merge driver merges some files."""
    keys = (record.partition(b"\n")[0].lower() for record in configuration.split(b"\0"))
    return any(key.startswith(b"merge.") and key.endswith(b".driver") for key in keys)


def _is_own(check: Check) -> bool:
    return check.ask.__module__.startswith(_BUILT_IN)


def _files(repository: Repository, names: Refs) -> Iterator[bytes]:
    """Yield what else git reads. Attributes come from what is checked out: from its commit, and from its folder."""
    head = _content(Path(repository.git_dir) / "HEAD")
    yield head
    yield names.commits.get(decode(head).removeprefix("ref: ").strip(), "").encode()
    yield _content(Path(repository.worktree or repository.git_dir) / ".gitattributes")
    configured = repository.git("config", "--type=path", "--get", "core.attributesFile", allowed=(0, 1))
    home = Path("~/.config/git/attributes").expanduser()
    chosen = Path(decode(configured).strip()) if configured else home
    for path in (*(Path(repository.common_dir) / name for name in _FILES), chosen):
        yield _content(path)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _program() -> Iterator[bytes]:
    """Yield what identifies this program: its version, its files, and the languages it can read."""
    root = Path(gate.__file__).parent
    files = sorted(root.rglob("*.py"))
    stats = [(path.name, status.st_mtime_ns, status.st_size) for path in files for status in (path.stat(),)]
    yield repr((gate.__version__, sys.version_info[:3], stats, registry.installed())).encode()
