"""G401."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Evidence, Finding, Location, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, SetConflict


@check("G401", "set-conflict", Level.SET)
def set_conflict(facts: Facts) -> Iterator[Finding]:
    """Only three or more streams together conflict.

    Why: every two of them merge cleanly, so no comparison of pairs can see it; the rehearsal of the whole plan does.
        The set is minimal: without any one of the streams the others merge together.
    Example: agent/a moves a directory, agent/b puts a file where a third stream's file would have to follow.
    Resolve: land the others first, then rebase the last stream and resolve its conflict.
    """
    for conflict in facts.set_conflicts:
        if len(conflict.branches) > 2:
            yield _finding(conflict)


def _finding(conflict: SetConflict) -> Finding:
    *others, last = conflict.branches
    paths = conflict.merge.paths or tuple(part.path for part in conflict.merge.conflicts)
    return Finding(
        code="G401",
        name="set-conflict",
        severity=Severity.ERROR,
        confidence=Confidence.CERTAIN,
        message=f"{last} conflicts in {series(paths)} once {series(others, 5)} have landed, but {_fewer(others)}",
        branches=(last, *others),
        locations=tuple(Location(last, path) for path in paths),
        hint=f"land {series(others, 5)} first, then rebase {last} and resolve the conflict in {series(paths)}",
        constraints=(Apart(conflict.branches),),
        evidence=tuple(_evidence(conflict, last)),
        identity=paths,
    )


def _fewer(others: list[str]) -> str:
    return "with neither of them alone" if len(others) == 2 else "not once any fewer of them have"


def _evidence(conflict: SetConflict, last: str) -> Iterator[Evidence]:
    for part in conflict.merge.conflicts[:3]:
        for hunk in part.hunks[:2]:
            # a side without text has no lines there: it put something else in their place, or nothing
            for title, branch, lines, text in (
                ("landed before", "", hunk.ours, hunk.ours_text),
                (last, last, hunk.theirs, hunk.theirs_text),
            ):
                if text:
                    yield Evidence(f"{title}: {part.path}", text, branch, part.path, lines.start)
