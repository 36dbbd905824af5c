"""A new migration that merges two heads, for those that are published and must stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.model.repairs import Rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.migrations import Key, Node, Store


def merge_file(store: Store, landed: Key, head: Key, nodes: Sequence[Node]) -> Rewrite:
    """Return the file that merges what landed with the stream's head, beside the latter.

    Raises:
        CannotRepair: a name cannot be written into it.
    """
    name, text = tool(store.tool).merge(store, landed, head)
    folder = next(node.path for node in nodes if node.key == head).rpartition("/")[0]
    return Rewrite(f"{folder}/{name}".lstrip("/"), None, text.encode())
