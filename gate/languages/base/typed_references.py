"""References of files in typed languages: chains of names, with local names replaced by what gives their values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from gate.languages.base.treesitter import line
from gate.model.source import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tree_sitter import Node

    from gate.model.source import Call

LONGEST_CHAIN = 12
"""Parts of a chain; nobody writes more by hand."""

Parts = list[str]
"""A chain, part by part; no parts for an expression that is no chain."""


def value_chain(parts: Parts) -> Parts:
    """Return a chain that ends in a call, and so gives a value; [] for any other."""
    return parts if parts and parts[-1].endswith("()") else []


class LocalNames:
    """What a function binds, wherever in it: a chain that begins with such a name means nothing outside.

    Blocks are not told apart: a name that is bound in one of them is taken for bound in all.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._values: dict[str, Callable[[], str]] = {}
        self._chains: dict[str, str] = {}
        """By name: the chain that surely gives its value or one like it, such as `Type()` or `package.make()`."""

    def __contains__(self, name: str) -> bool:
        return name in self._counts

    def bind(self, name: str, value: Callable[[], str] | None = None) -> None:
        """Add a name; `value` returns the chain that gives its value, and is called once all names are bound."""
        self._counts[name] = self._counts.get(name, 0) + 1
        if value is not None:
            self._values[name] = value

    def resolve_values(self) -> None:
        """Find out the values; a name bound more than once has none that is sure."""
        for name, value in self._values.items():
            if self._counts[name] == 1:
                chain = value()
                if chain:
                    self._chains[name] = chain

    def expand(self, parts: Parts) -> Parts:
        """Return a chain with a local name at its root replaced by what gives its value; [] where that is unknown."""
        root = parts[0].removesuffix("()")
        if root not in self._counts:
            return parts
        chain = self._chains.get(root, "")
        if not chain or root != parts[0]:
            return []
        start = chain.split(".")
        return [*start, *parts[1:]] if len(start) + len(parts) <= LONGEST_CHAIN else []

    def chain(self, parts: Parts) -> str:
        """Return the expanded chain as text; "" for none."""
        return ".".join(self.expand(parts)) if parts and parts[0] else ""


class TypedReferences(ABC):
    """The references of one file, each with all its lines. Declarations are read one by one, with their local names."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, Call | None], set[int]] = {}
        """By (chain, owner, call)."""
        self._locals = LocalNames()

    def references(self) -> tuple[Reference, ...]:
        """Return the references of all declarations that were read."""
        return tuple(
            Reference(chain, tuple(sorted(lines)), "module", owner, "", call)
            for (chain, owner, call), lines in self._lines.items()
        )

    def roots(self) -> set[str]:
        """Return the names that chains begin with."""
        return {chain.partition(".")[0].removesuffix("()") for chain, *_ in self._lines}

    def _read_declaration(
        self, bindings: Iterable[Node], nodes: Iterable[Node], names: Iterable[str] = ()
    ) -> None:
        """Read nodes in which `names` are local, and so is what the nodes in `bindings` bind."""
        self._locals = LocalNames()
        for name in names:
            self._locals.bind(name)
        for node in bindings:
            self._bind(node)
        self._locals.resolve_values()
        for node in nodes:
            self._read(node)

    @abstractmethod
    def _bind(self, node: Node) -> None:
        """Bind the local names that a node itself introduces."""

    @abstractmethod
    def _read(self, start: Node) -> None:
        """Add the references in a node."""

    @abstractmethod
    def _is_readable(self, root: str) -> bool:
        """Return whether a chain may begin with a name that is not local."""

    def _add(self, parts: Parts, node: Node, owner: str = "", call: Call | None = None) -> None:
        """Add a chain at the line of a node, unless it begins with a local name of unknown value."""
        expanded = self._locals.expand(parts)
        if not expanded or (len(parts) == 1 and expanded != parts):
            return
        root = expanded[0].removesuffix("()")
        if root not in self._locals and self._is_readable(root):
            self._add_chain(".".join(expanded), node, owner, call)

    def _add_chain(self, chain: str, node: Node, owner: str = "", call: Call | None = None) -> None:
        self._lines.setdefault((chain, owner, call), set()).add(line(node))
