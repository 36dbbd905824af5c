"""Facts with one collision of names in them."""

from __future__ import annotations

from gate.model.facts import Facts
from gate.model.git import Target
from gate.model.names import BrokenUse, NameFacts, Place
from gate.model.policy import Policy


def facts(names: NameFacts) -> Facts:
    """A world in which nothing but this happened."""
    return Facts(Target("refs/heads/main", "0" * 40, "1" * 40), Policy(), (), names=names)


def broken(**more: object) -> Facts:
    """agent/b uses what agent/a changes."""
    given: dict[str, object] = {
        "kind": "name", "producer": "agent/a", "consumer": "agent/b", "name": "m.f", "changed_name": "f",
        "use_place": Place("n.py", 3), "change_place": Place("m.py", 1),
    }  # fmt: skip
    return facts(NameFacts(broken_uses=(BrokenUse(**(given | more)),)))  # type: ignore[arg-type]
