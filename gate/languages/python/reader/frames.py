"""The blocks a place in a file lies in, and what a name stands for there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Via = Literal["module", "local", "self", "super", "value"]


@dataclass(slots=True)
class Frame:
    """One block. `kind` is module, class or function; `path` its dotted path."""

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
    """Local names bound once, to a chain."""
    declared: frozenset[str] | set[str] = frozenset()
    """Those of `values` that are parameters, and stand for what they are declared to be."""
    enum: bool = False
    """A class whose names are members."""


@dataclass(frozen=True, slots=True)
class Root:
    """What the first name of a chain stands for; `chain` replaces it, "" drops it (a member of the owner)."""

    via: Via
    owner: str = ""
    chain: str = ""
    declared: bool = False
    """The chain is what a parameter is declared to be."""


def root(frames: list[Frame], name: str) -> Root | None:
    """Where a name is bound, seen from the innermost of these blocks; None for locals nothing is known of."""
    for at in range(len(frames) - 1, 0, -1):
        frame = frames[at]
        if frame.kind == "class":
            if at == len(frames) - 1 and name in frame.local:
                return None
            continue
        if name in frame.outer:
            continue
        if name == frame.me:
            return Root("self", frame.owner)
        if name in frame.values:
            return _through(frames[: at + 1], frame, name)
        if name in frame.imports:
            return Root("local", frame.path, name)
        if name in frame.local:
            return None
    return Root("module", "", name)


def _through(frames: list[Frame], frame: Frame, name: str) -> Root | None:
    """What a local variable was made from, as seen from its own block."""
    first, _, rest = frame.values[name].partition(".")
    called = first.endswith("()")
    plain = first.removesuffix("()")
    declared = name in frame.declared
    if plain in frame.values and not declared and (called or plain not in frame.declared):
        return None
    found = root(frames[:-1] if declared else frames, plain)
    if found is None or (found.via == "self" and not rest) or (declared and found.via != "module"):
        return None
    start = f"{found.chain}{'()' if called else ''}" if found.chain else ""
    if called and not found.chain:
        return None
    chain = ".".join(filter(None, (start, rest)))
    return Root(found.via, found.owner, chain, declared or found.declared)
