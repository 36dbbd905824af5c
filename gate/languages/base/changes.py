"""What a stream does to the names of one file: which go, which come, which change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.source import Definition, FileFacts

_ALIKE = 0.6


@dataclass(slots=True)
class FileChanges:
    """By dotted path: definitions that went, came, changed their signature (or bases), their body only, or no
    more than what they are declared to give (`holds`).

    `unbound` are module-level imports that went, "*" for a star; `unexported` are exports that went, with what they
    became, "" where that cannot be told. `settings` are those of a manifest that went.
    """

    removed: dict[str, Definition] = field(default_factory=dict)
    added: dict[str, Definition] = field(default_factory=dict)
    signature: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    body: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    holds: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    unbound: frozenset[str] = frozenset()
    unexported: dict[str, str] = field(default_factory=dict)
    settings: frozenset[tuple[str, str]] = frozenset()


def compare(old: FileFacts | None, new: FileFacts | None, *, keys: bool = False) -> FileChanges:
    """From the old version of a file to the new one; None stands for no file. `keys`: those of literals count too."""
    before, after = _by_path(old, keys=keys), _by_path(new, keys=keys)
    found = FileChanges(
        unbound=frozenset(_imports(old) - _imports(new)) | ({"*"} if _stars(old) - _stars(new) else set()),
        unexported=_unlisted(old, new) | _unexported(old, new),
        settings=frozenset(_settings(old) - _settings(new)),
    )
    for path, one in before.items():
        then = after.get(path)
        if then is None:
            found.removed[path] = one
        elif _shape(one) != _shape(then):
            found.signature[path] = (one, then)
        elif one.digest != then.digest:
            found.body[path] = (one, then)
        elif one.holds != then.holds:
            found.holds[path] = (one, then)
    found.added = {path: one for path, one in after.items() if path not in before}
    return found


def _by_path(facts: FileFacts | None, *, keys: bool) -> dict[str, Definition]:
    """The last definition of each path, as the interpreter would have it."""
    if facts is None:
        return {}
    return {one.path: one for one in facts.definitions if keys or one.kind != "key"}


def _imports(facts: FileFacts | None) -> set[str]:
    if facts is None:
        return set()
    return {one.alias for one in facts.imports if one.alias and not one.scope}


def _stars(facts: FileFacts | None) -> set[tuple[int, str]]:
    """The modules a file takes all names of."""
    listed = facts.imports if facts is not None else ()
    return {(one.level, one.module) for one in listed if one.name == "*" and not one.scope}


def _unlisted(old: FileFacts | None, new: FileFacts | None) -> dict[str, str]:
    """Names that `__all__` no longer lists, so that stars do not take them."""
    before, after = (one.exports or () if one is not None else () for one in (old, new))
    return dict.fromkeys(set(before) - set(after), "") if after else {}


def _unexported(old: FileFacts | None, new: FileFacts | None) -> dict[str, str]:
    """Exports that went; one that comes and stands for the same is what they became."""
    before, after = _exports(old), _exports(new)
    came = {name: meant for name, meant in after.items() if name not in before and name != "*"}
    found = {}
    for name, meant in before.items():
        if name == "*" and meant - after.get(name, set()):
            found[name] = ""
        elif name not in after:
            now = [one for one, other in came.items() if meant & other]
            found[name] = now[0] if len(now) == 1 else ""
    return found


def _exports(facts: FileFacts | None) -> dict[str, set[tuple[str, str]]]:
    """By name, what is exported under it."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in facts.exported if facts is not None else ():
        found[one.name].add((one.module, one.local))
    return found


def _settings(facts: FileFacts | None) -> set[tuple[str, str]]:
    """Those that say where modules are; what a package depends on does not."""
    if facts is None:
        return set()
    return {one for one in facts.settings if not one[0].startswith("dependency ")}


def _shape(one: Definition) -> tuple[object, ...]:
    return (one.kind, one.signature, one.bases, one.decorators, one.field, one.abstract)


def renamed(gone: Definition, changed: FileChanges) -> Definition | None:
    """What a definition became: one of its text (of a class, with most of its members), else the only one of its scope
    and signature with a like name."""
    listed = [one for one in changed.added.values() if one.kind == gone.kind]
    same = [one for one in listed if gone.digest and one.digest == gone.digest]
    if gone.kind == "class":
        same = _alike_inside(gone, same, changed) or same
    if len(same) == 1:
        return same[0]
    near = [
        one
        for one in listed
        if one.scope == gone.scope and one.signature == gone.signature and _alike(one.name, gone.name)
    ]
    return near[0] if len(near) == 1 and not same else None


def _alike_inside(gone: Definition, listed: Iterable[Definition], changed: FileChanges) -> list[Definition]:
    """Those classes that have most of a class's members."""
    own = _inside(gone, changed.removed)
    return [one for one in listed if own and 2 * len(own & _inside(one, changed.added)) > len(own)]


def _inside(one: Definition, found: dict[str, Definition]) -> set[tuple[str, str]]:
    return {(each.name, each.digest) for each in found.values() if each.scope == one.path}


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
