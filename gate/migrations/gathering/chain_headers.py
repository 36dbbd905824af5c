"""The lines of migrations that say where they stand, as evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.migrations.gathering.blob_facts import MigrationTexts
    from gate.model.collisions import Chain, MigrationFacts
    from gate.model.migrations import Node

_LINES = 12
"""More of a header is not shown."""


def with_headers(facts: MigrationFacts, texts: MigrationTexts) -> MigrationFacts:
    """Return the facts with the header of each chain's first migration."""

    def with_header(chain: Chain) -> Chain:
        return replace(chain, text=_header(chain.root, texts))

    forks = tuple(replace(fork, chains=tuple(map(with_header, fork.chains))) for fork in facts.forks)
    return replace(facts, forks=forks)


def _header(node: Node, texts: MigrationTexts) -> str:
    """Return the lines of a migration that say its place."""
    lines = texts.text(node.blob).decode("utf-8", "replace").splitlines()
    marked = [mark.line for mark in node.marks if mark.role != "comment"] or [node.line]
    first, last = min(marked), min(max(marked), min(marked) + _LINES - 1)
    return "\n".join(lines[first - 1 : last])
