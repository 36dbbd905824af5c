"""Whether a class has what its abstract bases and its interfaces ask for, as TypeScript's compiler checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import Bound
from gate.languages.base.uses import SILENT, Answer
from gate.languages.javascript.linker import paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.javascript.linker.resolve import ScriptLinker
    from gate.model.source import Definition

_MOST = 50
_IMPLEMENTS = "implements:"

Needed = dict[str, Bound]


def implements(linker: ScriptLinker, path: str, one: Definition) -> Answer:
    """Whether a class of a file lacks nothing; silent where a base or an interface is not wholly known."""
    start = _single(linker, path, one.name)
    if one.scope or start is None or start.definition.abstract or not paths.is_typed(path):
        return SILENT
    line = _line(linker, start)
    asked = _asked(linker, start) if line is not None else None
    if line is None or asked is None or path.endswith((".d.ts", ".d.mts", ".d.cts")):
        return SILENT
    there, left = _provided(linker, line)
    needed = [*left.values(), *(held for name, held in asked.items() if name not in there)]
    if not needed:
        return Answer(fine=True, target=start)
    names = " and ".join(dict.fromkeys(f"`{each.definition.name}`" for each in needed[:3]))
    return Answer(why=f"does not implement {names}", target=needed[0])


def _single(linker: ScriptLinker, path: str, name: str) -> Bound | None:
    """The class of a name at the top of a file, where nothing else adds to it."""
    found = linker.names(path).get(name, ((), ()))[0]
    return Bound(path, found[0]) if len(found) == 1 and found[0].kind == "class" else None


def _line(linker: ScriptLinker, start: Bound) -> list[Bound] | None:
    """The class and all it extends, nearest first; None where that cannot be told. Decorators add nothing to a type."""
    line = [start]
    while len(line) < _MOST:
        one = line[-1]
        linker.dependencies.append((one.path, one.definition.path))
        bases = [base for base in one.definition.bases if not base.startswith(_IMPLEMENTS)]
        if one.definition.opaque or _single(linker, one.path, one.definition.name) is None or len(bases) > 1:
            return None
        if not bases:
            return line
        found = linker.chain(one.path, bases[0])
        if not isinstance(found, Bound) or found.instance or found.definition.scope:
            return None
        if found.definition.kind != "class" or not paths.is_typed(found.path) or found in line:
            return None
        line.append(found)
    return None


def _asked(linker: ScriptLinker, start: Bound) -> Needed | None:
    """The members its interfaces require, with those that they extend; None where that cannot be told."""
    queue = [(start.path, base.removeprefix(_IMPLEMENTS)) for base in _interfaces(start.definition.bases)]
    found: Needed = {}
    seen: set[tuple[str, str]] = set()
    while queue:
        path, base = queue.pop()
        one = linker.chain(path, base) if base != "?" else None
        if not isinstance(one, Bound) or one.definition.kind != "type" or one.definition.opaque:
            return None
        key = (one.path, one.definition.path)
        if one.definition.scope or len(seen) > _MOST:
            return None
        linker.dependencies.append(key)
        if key not in seen:
            seen.add(key)
            found |= _required(linker, one)
            queue += [(one.path, each) for each in one.definition.bases]
    return found


def _interfaces(bases: Iterable[str]) -> list[str]:
    return [base for base in bases if base.startswith(_IMPLEMENTS)]


def _required(linker: ScriptLinker, one: Bound) -> Needed:
    scope = one.definition.path
    members = (each for each in linker.facts(one.path).definitions if each.scope == scope)
    return {each.name: Bound(one.path, each) for each in members if each.field == "required"}


def _provided(linker: ScriptLinker, line: Iterable[Bound]) -> tuple[set[str], Needed]:
    """The names that instances have, and the abstract ones that no nearer class implements."""
    there: set[str] = set()
    left: Needed = {}
    for one in line:
        scope = one.definition.path
        members = [each for each in linker.facts(one.path).definitions if each.scope == scope]
        own = [each for each in members if "static" not in each.decorators]
        left |= {each.name: Bound(one.path, each) for each in own if each.abstract and each.name not in there}
        there.update(each.name for each in own)
    return there, left
