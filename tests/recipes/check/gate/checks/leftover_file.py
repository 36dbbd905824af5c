"""G190."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Severity
from gate.model.git import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts

_ENDINGS = (".orig", ".rej")


@check("G190", "leftover-file", Level.TEXT)
def leftover_file(facts: Facts) -> Iterator[Finding]:
    """A stream adds a file that a merge or a patch left over.

    Why: such files are copies that nobody maintains.
    Example: agent/a adds `app/store.py.orig`.
    Resolve: remove the file from the branch.
    """
    for stream in facts.streams:
        for routed in stream.changes:
            change = routed.change
            if change.kind is ChangeKind.ADDED and change.path.endswith(_ENDINGS):
                yield Finding(
                    code="G190",
                    name="leftover-file",
                    severity=Severity.WARNING,
                    confidence=Confidence.LIKELY,
                    message=f"{stream.name} adds {change.path}, which a merge or a patch left over",
                    branches=(stream.name,),
                    locations=(Location(stream.name, change.path),),
                    hint=f"remove {change.path} from {stream.name}",
                    identity=(change.path,),
                )
