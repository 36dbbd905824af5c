"""What was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Tip:
    """A branch as it is about to be, while its ref still stands elsewhere or nowhere (a push, a merge)."""

    name: str
    ref: str
    commit: str


@dataclass(frozen=True, slots=True)
class Request:
    """One analysis. `folder` None is the current one; `branches` empty means every stream that can be found.

    `config` is the text of a policy to try out and the name it came by; `today` decides which waivers have expired.
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
    """Streams given as a name and a commit that is there."""
    mode: str = ""
    """Overrules the policy's mode and `git config gate.mode`; "" leaves it to them."""
    jobs: int = 0
    """Processes that may read files at once; 0 for one a processor."""
    tips: tuple[Tip, ...] = ()
    """Judged instead, beside every other stream; those that are no streams by the policy are left out."""
    leaving: tuple[str, ...] = ()
    """Full refs that are about to go; with `tips` nothing is compared with them."""
