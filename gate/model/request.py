"""One analysis as it was requested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Tip:
    """A branch as it is about to be (a push, a merge), while its ref still points elsewhere or does not exist."""

    name: str
    ref: str
    commit: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request for one analysis. `folder` None is the current folder; empty `branches` stand for every stream.

    `config` is the name and the text of a policy to try out; `today` decides which waivers have expired.
    """

    today: date
    folder: str | None = None
    branches: tuple[str, ...] = ()
    target: str | None = None
    against: tuple[str, ...] = ()
    config: tuple[str, bytes] | None = None
    patches: tuple[tuple[str, bytes], ...] = ()
    worktrees: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    cached: bool = True
    """Whether facts of files are kept between runs."""
    heads: tuple[tuple[str, str], ...] = ()
    """Streams as (name, commit); the commit exists."""
    mode: str = ""
    """The mode, instead of the policy's and that of `git config gate.mode`; "" leaves it to them."""
    jobs: int = 0
    """The number of processes that may read files at once; 0 for one a processor."""
    tips: tuple[Tip, ...] = ()
    """The streams to judge, compared with all others; branches that are no streams by the policy are left out."""
    leaving: tuple[str, ...] = ()
    """Full refs that are about to be removed; with `tips` nothing is compared with them."""
