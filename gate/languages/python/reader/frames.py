"""The blocks a place in a file lies in, and what a name stands for there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Via = Literal["module", "local", "self", "super", "value"]
"""See `Reference.via`."""


@dataclass(slots=True)
class PythonFrame:
    """A block. `kind` is module, class or function; `path` its dotted path."""

    kind: Literal["module", "class", "function"]
    path: str
    local: frozenset[str] | set[str] = frozenset()
    imports: frozenset[str] | set[str] = frozenset()
    """Those of `local` that only imports bind."""
    outer: frozenset[str] | set[str] = frozenset()
    """Names it declares `global` or `nonlocal`."""
    me: str = ""
    """What a method calls its instance or class."""
    owner: str = ""
    """The class of that instance."""
    values: dict[str, str] = field(default_factory=dict)
    """By local name bound once: the chain it is bound to."""
    declared: frozenset[str] | set[str] = frozenset()
    """Those of `values` that are parameters, and stand for what they are declared to be."""
    enum: bool = False
    """Whether it is a class whose names are members."""


@dataclass(frozen=True, slots=True)
class NameRoot:
    """What the first name of a chain stands for; `chain` replaces it, "" drops it (a member of the owner)."""

    via: Via
    owner: str = ""
    chain: str = ""
    declared: bool = False
    """Whether the chain is what a parameter is declared to be."""


def find_root(frames: list[PythonFrame], name: str) -> NameRoot | None:
    """Return where a name is bound, seen from the innermost of these blocks; None for locals of unknown value."""
    for depth in range(len(frames) - 1, 0, -1):
        frame = frames[depth]
        if frame.kind == "class":
            if depth == len(frames) - 1 and name in frame.local:
                return None
            continue
        if name in frame.outer:
            continue
        if name == frame.me:
            return NameRoot("self", frame.owner)
        if name in frame.values:
            return _through_value(frames[: depth + 1], name)
        if name in frame.imports:
            return NameRoot("local", frame.path, name)
        if name in frame.local:
            return None
    return NameRoot("module", "", name)


def _through_value(frames: list[PythonFrame], name: str) -> NameRoot | None:
    """Return the root of the chain that a local name of the last of these blocks is bound to."""
    frame = frames[-1]
    first, _, members = frame.values[name].partition(".")
    is_call = first.endswith("()")
    first_name = first.removesuffix("()")
    declared = name in frame.declared
    if first_name in frame.values and not declared and (is_call or first_name not in frame.declared):
        return None
    root = find_root(frames[:-1] if declared else frames, first_name)
    if root is None or (root.via == "self" and not members) or (declared and root.via != "module"):
        return None
    if is_call and not root.chain:
        return None
    start = f"{root.chain}{'()' if is_call else ''}" if root.chain else ""
    chain = ".".join(filter(None, (start, members)))
    return NameRoot(root.via, root.owner, chain, declared or root.declared)
