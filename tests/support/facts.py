"""Facts as literals: the whole world of a check, without a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.model.facts import Facts, RoutedChange, StreamFacts
from gate.model.git import (
    Change,
    ChangeKind,
    Clean,
    Conflict,
    Conflicted,
    ConflictVersion,
    Merge,
    Stream,
    Target,
)
from gate.model.policy import UNOWNED, Policy, Route, Rule, RuleKind

if TYPE_CHECKING:
    from gate.model.check import Check
    from gate.model.finding import Finding

TARGET = Target("refs/heads/main", "0" * 40, "1" * 40)
POLICY = Policy(
    origin="target",
    owner="COORD_OPS",
    rules=(Rule(RuleKind.DIRECTORY, "lib/*", "COORD_LIB"), Rule(RuleKind.DIRECTORY, "app/*", "COORD_APP")),
)
CLEAN = Clean("2" * 40, "3" * 40)
LIB = Route("COORD_LIB", RuleKind.DIRECTORY, "lib/*", "lib")
APP = Route("COORD_APP", RuleKind.DIRECTORY, "app/*", "app")
CHAIN = Route("COORD_DATA", RuleKind.DIRECTORY, "chain/*", "chain", serialized=True)
AUDIT = Route("COORD_SAFE", RuleKind.EXCEPTION, "lib/audit*.py", "safe", reason="the record of everything")
NOBODY = UNOWNED


def change(
    path: str,
    route: Route = APP,
    kind: ChangeKind = ChangeKind.MODIFIED,
    *,
    old: tuple[str, Route] | None = None,
    modes: tuple[str, str] = ("100644", "100644"),
    **more: Any,
) -> RoutedChange:
    """One path changed; `old` is where it came from."""
    old_path, old_route = old or (None, None)
    made = Change(path, kind, old_path, *modes, old_blob="a" * 40, new_blob="b" * 40)
    return RoutedChange(made, route, old_route, **more)


def stream(
    name: str, *changes: RoutedChange, landing: Merge = CLEAN, owner: str | None = "COORD_APP", **more: Any
) -> StreamFacts:
    """A stream that lands cleanly and works for COORD_APP."""
    judged = more.pop("judged", True)
    tip = Stream(name, f"refs/heads/{name}", "4" * 40, "4" * 40, "5" * 40, judged=judged)
    return StreamFacts(tip, landing, changes, owner, **more)


def facts(*streams: StreamFacts, policy: Policy = POLICY, **more: Any) -> Facts:
    """The facts about these streams, sorted as they always are."""
    return Facts(TARGET, policy, tuple(sorted(streams, key=lambda one: one.name)), **more)


def version(stage: int, path: str, mode: str = "100644") -> ConflictVersion:
    """One side of a conflict: 1 the common version, 2 the first stream's, 3 the second's."""
    return ConflictVersion(stage, mode, str(stage) * 40, path)


def conflicted(*conflicts: Conflict) -> Conflicted:
    """A merge that conflicts in just these."""
    return Conflicted("6" * 40, tuple(sorted({one.path for one in conflicts})), conflicts)


def ask(check: Check, known: Facts) -> list[Finding]:
    """The answers of a check."""
    return list(check.ask(known))
