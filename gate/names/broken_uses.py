"""Uses that work where their stream lands alone and fail once the other stream has landed too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from gate.languages import registry
from gate.languages.base.changes import FileChanges
from gate.languages.base.symbols import Missing
from gate.languages.base.uses import uses
from gate.model.names import BrokenUse, Place
from gate.model.source import Import, Reference, Text
from gate.names import inheritance, successor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gate.languages.base.uses import Answer, Use
    from gate.languages.state import State
    from gate.model.source import Definition
    from gate.names.meeting import Rest
    from gate.names.states import Work

Kind = Literal[
    "module", "name", "undefined", "member", "fixture", "patch", "string", "call", "unimplemented", "override"
]
_OF_USES: dict[str, Kind] = {"subclass": "unimplemented", "override": "override"}
_WHY = ("call", "unimplemented", "override")
"""Kinds where something is there and does not fit."""
_UNCHANGED = FileChanges()
_CHANGED: tuple[Callable[[FileChanges], dict[str, tuple[Definition, Definition]]], ...] = (
    lambda changes: changes.signature,
    lambda changes: changes.body,
    lambda changes: changes.declared_type,
)
"""What may have changed of a definition, the most likely to break a use first."""
_KEY = "[]."
"""Before the key of a literal, which is read as a member is."""
_TEXTS: dict[str, Kind] = {"fixture": "fixture", "patch": "patch", "export": "undefined"}


def broken(
    producer: Work, consumer: Work, alone: State, together: State, rests: Iterable[Rest]
) -> Iterator[BrokenUse]:
    """The consumer's uses that fail `together` though they do not where the producer landed `alone`."""
    told: set[tuple[str, str]] = set()
    for rest in rests:
        path = producer.new_paths.get(rest.path, rest.path)
        said = since(rest.answer, together.answer(path, rest.use))
        there = _same(together, path, rest.use) if said.fails and _worked(rest, said, path) else []
        if not there:
            continue
        if _same(alone, path, rest.use) and since(rest.answer, alone.answer(path, rest.use)).fails:
            continue
        if not said.sure and not said.why and not _witnessed(producer, rest, said):
            continue
        if said.declared and said.missing is not None and _elsewhere(producer, said.missing.name):
            continue
        if _given(alone, path, rest.use, said) or not inheritance.counts(consumer, alone, path, rest.use):
            continue
        guard = guarded(there, path, said)
        found = replace(_broken(producer, consumer, rest, said, path, together), guard=guard)
        if (found.changed_name, found.use_place.path) not in told:
            told.add((found.changed_name, found.use_place.path))
            yield found


def _elsewhere(producer: Work, name: str) -> bool:
    """Whether the producer makes a member of that name in another place, which may be a derived class."""
    return any(
        one.name == name and one.scope
        for changed in producer.changed.values()
        for one in changed.added.values()
    )


def since(before: Answer, now: Answer) -> Answer:
    """An answer, in which a doubt that was not there before counts as an unsure failure."""
    return replace(now, why=now.doubt, sure=False) if now.doubt and not before.doubt else now


def _same(state: State, path: str, use: Use) -> list[Use]:
    """The same use in a state's version of the file; of annotations there may be several, each with its guard."""
    return [one for one in uses(state.facts(path)) if one.key == use.key]


def _worked(rest: Rest, said: Answer, path: str) -> bool:
    """Whether the use was surely provided before; of a name that is bound nowhere now, whether it was bound."""
    if rest.answer.fine:
        return True
    missing = said.missing
    return (
        missing is not None
        and missing.where == path
        and missing.name == _root(rest.use)
        and not missing.module
    )


def _given(alone: State, path: str, use: Use, said: Answer) -> bool:
    """Whether the producer's own file reads a name that it does not bind either: the environment must provide it."""
    missing = said.missing
    if missing is None or missing.module or missing.inside or missing.where != path:
        return False
    if isinstance(use.fact, Import):
        return False
    roots = (one for one in uses(alone.facts(path)) if one.kind == "name" and _root(one) == missing.name)
    return any(alone.answer(path, one).fails for one in roots)


def _root(use: Use) -> str:
    return use.text.partition(".")[0].removesuffix("()")


def _witnessed(producer: Work, rest: Rest, said: Answer) -> bool:
    """Whether the producer itself removes the very definition, where what else there may be is unknown."""
    _, gone, now = _culprit(producer, rest, said, "name")
    if gone is None or now is not None:  # with another signature it is still there
        return False
    return said.missing is not None and gone.name == said.missing.name


def _broken(
    producer: Work, consumer: Work, rest: Rest, said: Answer, path: str, together: State
) -> BrokenUse:
    kind = _kind(rest, said, path)
    own = kind == "undefined" and not registry.is_compiled(path)
    where, gone, now = _own_culprit(producer, said) if own else _culprit(producer, rest, said, kind)
    shadowed = gone is None and where in producer.new_files and kind not in (*_WHY, "undefined")
    kind = "module" if shadowed else kind
    new_name, how = _became(producer, rest, where, gone, kind, path, together)
    if kind == "undefined" and producer.new_paths.get(where, where) != path and registry.is_compiled(path):
        kind = "name"  # what bound it is in another file
    new_path = producer.new_paths.get(where, where)
    if now is None and new_name and how == "renamed" and kind != "module":
        now = next((one for one in together.facts(new_path).definitions if one.path == new_name), None)
    if kind == "call" and now is None and said.target is not None:
        # It lies in a file of another name, or is another one altogether: what is called now is what does not fit.
        new_path, now = said.target.path, said.target.definition
        gone = gone or now
    lost = successor.module_name(where) if kind == "module" else gone.path if gone is not None else ""
    return BrokenUse(
        kind=kind,
        producer=producer.name,
        consumer=consumer.name,
        name=(successor.imported_as(rest.use) if kind == "module" else "") or rest.use.text,
        changed_name=lost.replace(_KEY, ".") or _lost(rest.use, said),
        use_place=consumer.place(rest.path, rest.use),
        change_place=Place(new_path, now.line if now is not None else None),
        successor=new_name.replace(_KEY, "."),
        change="shadowed" if shadowed else how,
        why=said.why,
        # Which of two modules comes first is certain only within a package.
        sure=said.sure and (rest.answer.sure or kind == "module") and not (shadowed and rest.answer.outside),
        origin=successor.imported_as(rest.use) if kind != "module" else "",
        old_place=Place(where, gone.line) if gone is not None else None,
    )


def _kind(rest: Rest, said: Answer, path: str) -> Kind:
    use = rest.use
    if said.why:
        return _OF_USES.get(use.kind, "call")
    missing = said.missing
    assert missing is not None
    if rest.answer.module and not successor.imported_as(use):
        return "module"
    if isinstance(use.fact, Text):
        return _TEXTS.get(use.fact.kind, "string")
    if missing.module or missing.where.endswith("/"):
        return "module"
    if missing.inside:
        return "member"
    return "undefined" if missing.where == path and not isinstance(use.fact, Import) else "name"


def _lost(use: Use, said: Answer) -> str:
    return said.missing.name if isinstance(said.missing, Missing) else use.text


def _own_culprit(producer: Work, said: Answer) -> tuple[str, Definition | None, None]:
    """What the producer took from the very file: a definition, else an import."""
    assert said.missing is not None
    where = next(
        (old for old, new in producer.new_paths.items() if new == said.missing.where), said.missing.where
    )
    changed = producer.changed.get(where)
    return where, changed.removed.get(said.missing.name) if changed is not None else None, None


def _culprit(
    producer: Work, rest: Rest, said: Answer, kind: Kind
) -> tuple[str, Definition | None, Definition | None]:
    """What the producer did to what the use rests on: the file, the definition as it was, and as it is."""
    own = inheritance.culprit(producer, said) if kind in ("unimplemented", "override") else None
    if own is not None:
        return own
    removed = [
        (path, name) for path, name in sorted(rest.dependencies) if name in _changes(producer, path).removed
    ]
    missing = said.missing.name if said.missing is not None else ""
    for path, name in sorted(
        removed, key=lambda dependency: (dependency[1].rpartition(".")[2] != missing, -len(dependency[1]))
    ):
        return path, producer.changed[path].removed[name], None
    for path, name in sorted(rest.dependencies):
        if kind not in _WHY and name in _changes(producer, path).removed_exports:
            return path, None, None
    for select in _CHANGED if kind != "module" else ():
        for path, name in sorted(rest.dependencies, key=lambda dependency: -len(dependency[1])):
            changed = select(_changes(producer, path))
            if name in changed:
                old, new = changed[name]
                return path, old, new
    for path, _ in sorted(rest.dependencies, key=lambda dependency: (dependency[0] == rest.path, dependency)):
        if not producer.over.get(path.rstrip("/"), "-"):
            return path, None, None
    for path, name in sorted(rest.dependencies):
        if path in producer.changed and (not name or name in producer.changed[path].removed_imports):
            return path, None, None
    return min(rest.dependencies, default=(rest.path, ""))[0], None, None


def _changes(producer: Work, path: str) -> FileChanges:
    return producer.changed.get(path, _UNCHANGED)


def _became(
    producer: Work, rest: Rest, where: str, gone: Definition | None, kind: Kind, path: str, together: State
) -> tuple[str, successor.How]:
    """What the producer calls it now, as the file at `path` would."""
    imports = together.facts(path).imports
    if kind == "module":
        return successor.module(producer, rest, where, together, imports)
    return ("", "") if kind in _WHY else successor.name(producer, rest, where, gone, imports)


def guarded(listed: Iterable[Use], path: str, said: Answer) -> Literal["", "guarded", "typing"]:
    """What keeps a failure of these uses, which are one but for where they stand, from being one of the program."""
    found = {_guard(one, path, said) for one in listed}
    return "" if "" in found else min(found, default="")


def _guard(use: Use, path: str, said: Answer) -> Literal["", "guarded", "typing"]:
    language = registry.language(path)
    checked = language is not None and language.compiles_types
    match use.fact:
        case Reference(guard=guard):
            if guard == "annotation":
                return "typing" if said.postpones else ""
            return "" if checked and guard == "typing" else guard
        case Import(guarded=guarded, typing=typing):
            return "guarded" if guarded else "typing" if typing and not checked else ""
    return ""
