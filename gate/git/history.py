"""The commits that streams carry beyond the target: one walk for all streams.

The walk lists every commit some tip reaches and the target does not, children before parents, and the target's commits
it stops at (the boundary). One pass down that list hands each commit the set of streams that contain it, as the bits of
an integer; merge bases, stacked streams and shared commits are read off those sets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import libgit2
from gate.git.process import decode
from gate.model.git import Commit, TargetCommit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.git.repository import Repository

_FORMAT = "%m%x00%H%x00%P%x00%ct%x00%(trailers:key=Coordinator,valueonly=true,separator=%x1f,unfold=true)"


@dataclass(frozen=True, slots=True)
class Unlanded:
    """The commits of a tip that the target lacks. `merge_base` is None when they share no history."""

    commits: tuple[Commit, ...]
    merge_base: str | None
    cut: bool = False
    """The walk ran into the end of a shallow clone: whatever lies beyond is not known."""


@dataclass(frozen=True, slots=True)
class History:
    """The walk. `carriers` maps each unlanded commit to the tips that contain it."""

    tips: dict[str, Unlanded]
    carriers: dict[str, frozenset[str]]
    damaged: dict[str, str] = field(default_factory=dict)
    """Tips whose history cannot be walked, and what git says of it."""


def walk(repository: Repository, target: str, tips: Sequence[str]) -> History:
    """Walk from all tips down to the target's history, in one process.

    Only when that fails is each tip walked by itself, to tell the damaged ones from the others.
    """
    wanted = list(dict.fromkeys(tips))
    damaged: dict[str, str] = {}
    try:
        raw = _log(repository, target, wanted)
    except GitFailed:
        damaged = _damaged(repository, target, wanted)
        wanted = [tip for tip in wanted if tip not in damaged]
        raw = _log(repository, target, wanted)
    commits, boundary = _parse(raw)
    bits = _spread(wanted, commits)
    cuts = _cuts(repository) if repository.shallow else frozenset()
    tip_histories = {}
    for at, tip in enumerate(wanted):
        unlanded = tuple(commit for oid, commit in commits.items() if bits[oid] >> at & 1)
        bases = sorted(oid for oid in boundary if bits.get(oid, 0) >> at & 1)
        base = bases[0] if len(bases) == 1 else merge_base(repository, target, tip) if bases else None
        # Without a merge base it may be the target's own history that ends too early.
        cut = any(commit.oid in cuts for commit in unlanded) or (bool(cuts and unlanded) and base is None)
        tip_histories[tip] = Unlanded(unlanded, base, cut) if tip in commits else Unlanded((), tip)
    carriers = {oid: frozenset(_names(wanted, bits[oid])) for oid in commits}
    return History(tip_histories, carriers, damaged)


def _log(repository: Repository, target: str, tips: Sequence[str]) -> bytes:
    if not tips:  # without a tip git would walk from HEAD
        return b""
    return repository.git(
        *("log", "--topo-order", "--boundary", "--no-show-signature", "-z"),
        *(f"--format={_FORMAT}", "--stdin"),
        stdin="".join(f"{tip}\n" for tip in [*tips, f"^{target}"]).encode(),
    )


def _damaged(repository: Repository, target: str, tips: Sequence[str]) -> dict[str, str]:
    damages = {}
    for tip in tips:
        try:
            _log(repository, target, [tip])
        except GitFailed as error:
            damages[tip] = error.message
    return damages


def _parse(raw: bytes) -> tuple[dict[str, Commit], set[str]]:
    commits: dict[str, Commit] = {}
    boundary: set[str] = set()
    fields = decode(raw).split("\0")
    for at in range(0, len(fields) - 4, 5):
        mark, oid, parents, time, trailers = fields[at : at + 5]
        if mark == "-":
            boundary.add(oid)
            continue
        names = tuple(name.strip() for name in trailers.split("\x1f") if name.strip())
        commits[oid] = Commit(oid, tuple(parents.split()), int(time), names)
    return commits, boundary


def _spread(tips: Sequence[str], commits: dict[str, Commit]) -> dict[str, int]:
    """Return each commit's set of tips as bits, handed from children to parents, boundary commits included."""
    bits: dict[str, int] = {}
    for at, tip in enumerate(tips):
        bits[tip] = bits.get(tip, 0) | 1 << at
    for oid, commit in commits.items():
        mask = bits.setdefault(oid, 0)
        for parent in commit.parents:
            bits[parent] = bits.get(parent, 0) | mask
    return bits


def merge_base(repository: Repository, left: str, right: str) -> str | None:
    """Return the best common ancestor of two commits; in process where libgit2 can open the repository."""
    try:
        return libgit2.merge_base(repository.git_dir, left, right)
    except libgit2.CannotOpen:
        answer = decode(repository.git("merge-base", left, right, allowed=(0, 1)))
        return answer.strip() or None


def _cuts(repository: Repository) -> frozenset[str]:
    """The commits at which a shallow clone ends."""
    try:
        return frozenset(Path(repository.common_dir, "shallow").read_text("ascii").split())
    except OSError:
        return frozenset()


def _names(tips: Sequence[str], bits: int) -> Iterator[str]:
    while bits:
        lowest = bits & -bits
        yield tips[lowest.bit_length() - 1]
        bits ^= lowest


def last_change(
    repository: Repository, base: str, target: str, path: str, word: str = ""
) -> TargetCommit | None:
    """Return the last commit of `base..target` that changes a file, and with it how often a word stands there.

    An empty word asks for the last commit that changes the file at all; None where there is no such commit.
    """
    # `\b` is not part of every regular expression library that git is built with
    whole = f"(^|[^A-Za-z0-9_]){re.escape(word)}([^A-Za-z0-9_]|$)"
    pickaxe = ("--pickaxe-regex", f"-S{whole}") if word else ()
    words = ("log", "-1", "--no-show-signature", "--format=%H%x00%cs%x00%s", *pickaxe)
    answer = decode(repository.git(*words, f"{base}..{target}", "--", f":(top,literal){path}"))
    oid, _, rest = answer.rstrip("\n").partition("\0")
    date, _, subject = rest.partition("\0")
    return TargetCommit(oid, date, subject) if oid else None
