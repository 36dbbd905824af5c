"""The facts of several systems as one, and the lines that prove them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from gate.model.collisions import MigrationFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.migrations.gathering.blob_facts import Texts
    from gate.model.collisions import Chain
    from gate.model.migrations import Node

_LINES = 12
"""More of a header is not shown."""


def together(facts: Sequence[MigrationFacts]) -> MigrationFacts:
    """All of them."""
    parts = {
        one.name: tuple(value for part in facts for value in getattr(part, one.name))
        for one in fields(MigrationFacts)
    }
    return MigrationFacts(**parts)


def with_headers(facts: MigrationFacts, texts: Texts) -> MigrationFacts:
    """The same with the header of each chain's first migration."""

    def told(chain: Chain) -> Chain:
        return replace(chain, text=_header(chain.root, texts))

    forks = tuple(replace(fork, chains=tuple(map(told, fork.chains))) for fork in facts.forks)
    return replace(facts, forks=forks)


def _header(node: Node, texts: Texts) -> str:
    """The lines of a migration that say its place."""
    lines = texts.text(node.blob).decode("utf-8", "replace").splitlines()
    said = [mark.line for mark in node.marks if mark.role != "comment"] or [node.line]
    first, last = min(said), min(max(said), min(said) + _LINES - 1)
    return "\n".join(lines[first - 1 : last])
