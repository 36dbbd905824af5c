"""Whether a class has what its abstract bases and its interfaces require, as TypeScript's compiler checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.javascript.linker import paths
from gate.languages.javascript.linker.members import IMPLEMENTS, defined_in, extended

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.javascript.linker.names import JavaScriptNames
    from gate.model.source import Definition

_MOST = 50
"""Classes of one lineage, and interfaces of one class, that are looked at."""

Members = dict[str, Bound]
"""Members by their names."""


def implements(names: JavaScriptNames, path: str, definition: Definition) -> Answer:
    """Return whether a class of a file lacks nothing; silent where a base or an interface is not wholly known."""
    start = _only_class(names, path, definition.name)
    if definition.scope or start is None or start.definition.abstract or not paths.is_typed(path):
        return SILENT
    lineage = _lineage(names, start)
    required = _required(names, start) if lineage is not None else None
    if lineage is None or required is None or path.endswith((".d.ts", ".d.mts", ".d.cts")):
        return SILENT
    provided, abstract = _provided(names, lineage)
    lacking = [*abstract.values(), *(member for name, member in required.items() if name not in provided)]
    if not lacking:
        return Answer(fine=True, target=start)
    quoted = " and ".join(dict.fromkeys(f"`{member.definition.name}`" for member in lacking[:3]))
    return Answer(why=f"does not implement {quoted}", target=lacking[0])


def _only_class(names: JavaScriptNames, path: str, name: str) -> Bound | None:
    """Return the class of a name at the top of a file, where nothing else adds to it."""
    definitions = names.names(path).get(name, ((), ()))[0]
    if len(definitions) != 1 or definitions[0].kind != "class":
        return None
    return Bound(path, definitions[0])


def _lineage(names: JavaScriptNames, start: Bound) -> list[Bound] | None:
    """Return the class and all it extends, nearest first; None where that is not known.

    Decorators do not matter: they add nothing to a type.
    """
    lineage = [start]
    while len(lineage) < _MOST:
        class_ = lineage[-1]
        names.dependencies.append((class_.path, class_.definition.path))
        bases = extended(class_.definition)
        alone = _only_class(names, class_.path, class_.definition.name) is not None
        if class_.definition.opaque or not alone or len(bases) > 1:
            return None
        if not bases:
            return lineage
        base = names.chain(class_.path, bases[0])
        if not isinstance(base, Bound) or base.instance or base.definition.scope:
            return None
        if base.definition.kind != "class" or not paths.is_typed(base.path) or base in lineage:
            return None
        lineage.append(base)
    return None


def _required(names: JavaScriptNames, start: Bound) -> Members | None:
    """Return the members that its interfaces and those they extend require; None where that is not known."""
    bases = start.definition.bases
    queue = [(start.path, base.removeprefix(IMPLEMENTS)) for base in bases if base.startswith(IMPLEMENTS)]
    required: Members = {}
    seen: set[tuple[str, str]] = set()
    while queue:
        path, base = queue.pop()
        interface = names.chain(path, base) if base != "?" else None
        if not isinstance(interface, Bound):
            return None
        definition = interface.definition
        if definition.kind != "type" or definition.opaque or definition.scope or len(seen) > _MOST:
            return None
        key = (interface.path, definition.path)
        names.dependencies.append(key)
        if key not in seen:
            seen.add(key)
            required |= {
                member.name: Bound(interface.path, member)
                for member in defined_in(names, interface.path, definition.path)
                if member.field == "required"
            }
            queue += [(interface.path, base) for base in definition.bases]
    return required


def _provided(names: JavaScriptNames, lineage: Iterable[Bound]) -> tuple[set[str], Members]:
    """Return the names that instances have, and the abstract members that no nearer class implements."""
    provided: set[str] = set()
    abstract: Members = {}
    for class_ in lineage:
        members = [
            member
            for member in defined_in(names, class_.path, class_.definition.path)
            if "static" not in member.decorators
        ]
        abstract |= {
            member.name: Bound(class_.path, member)
            for member in members
            if member.abstract and member.name not in provided
        }
        provided.update(member.name for member in members)
    return provided, abstract
