"""Uses that work where their stream lands alone and fail once the other stream has landed too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from gate import link, source
from gate.gather.names import inherited
from gate.link.changed import renamed
from gate.link.script.paths import specifier
from gate.link.symbols import Missing
from gate.link.uses import uses
from gate.model.names import Broken, Place
from gate.model.source import Import, Reference, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.gather.names.join import Rest
    from gate.gather.names.world import Work
    from gate.link.state import State
    from gate.link.uses import Answer, Use
    from gate.model.source import Definition

Kind = Literal[
    "module", "name", "undefined", "member", "fixture", "patch", "string", "call", "unimplemented", "override"
]
_OF_USES: dict[str, Kind] = {"subclass": "unimplemented", "override": "override"}
_WHY = ("call", "unimplemented", "override")
"""Kinds where something is there and does not fit."""
_KEY = "[]."
"""Before the key of a literal, which is read as a member is."""
_TEXTS: dict[str, Kind] = {"fixture": "fixture", "patch": "patch", "export": "undefined"}


def broken(
    producer: Work, consumer: Work, alone: State, together: State, rests: Iterable[Rest]
) -> Iterator[Broken]:
    """The consumer's uses that fail `together` though they do not where the producer landed `alone`."""
    told: set[tuple[str, str]] = set()
    for rest in rests:
        path = producer.new_paths.get(rest.path, rest.path)
        said = _since(rest.answer, together.answer(path, rest.use))
        if not said.fails or not _worked(rest, said, path) or _has(together, path, rest.use) is None:
            continue
        if (
            _has(alone, path, rest.use) is not None
            and _since(rest.answer, alone.answer(path, rest.use)).fails
        ):
            continue
        if not said.sure and not said.why and not _witnessed(producer, rest, said):
            continue
        if _given(alone, path, rest.use, said) or not inherited.counts(consumer, alone, path, rest.use):
            continue
        found = _broken(producer, consumer, rest, said, path, together)
        if (found.lost, found.used.path) not in told:
            told.add((found.lost, found.used.path))
            yield found


def _since(before: Answer, now: Answer) -> Answer:
    """An answer, in which a doubt that was not there before counts as an unsure failure."""
    return replace(now, why=now.doubt, sure=False) if now.doubt and not before.doubt else now


def _has(state: State, path: str, use: Use) -> Use | None:
    """The same use in a state's version of the file."""
    return next((one for one in uses(state.facts(path)) if one.key == use.key), None)


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
    if isinstance(use.what, Import):
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


def _broken(producer: Work, consumer: Work, rest: Rest, said: Answer, path: str, together: State) -> Broken:
    kind = _kind(rest, said, path)
    own = kind == "undefined" and not source.compiled(path)
    where, gone, now = _own_culprit(producer, said) if own else _culprit(producer, rest, said, kind)
    shadowed = gone is None and where in producer.new_files and kind not in (*_WHY, "undefined")
    kind = "module" if shadowed else kind
    became, how = _became(producer, rest, where, gone, kind, together)
    if kind == "undefined" and producer.new_paths.get(where, where) != path and source.compiled(path):
        kind = "name"  # what bound it is in another file
    new_path = producer.new_paths.get(where, where)
    if now is None and became and how == "renamed" and kind != "module":
        now = next((one for one in together.facts(new_path).definitions if one.path == became), None)
    if kind == "call" and now is None and said.target is not None:
        # It lies in a file of another name, or is another one altogether: what is called now is what does not fit.
        new_path, now = said.target.path, said.target.definition
        gone = gone or now
    return Broken(
        kind=kind,
        producer=producer.name,
        consumer=consumer.name,
        name=(_specifier(rest.use) if kind == "module" else "") or rest.use.text,
        lost=_name(where, gone, kind) or _lost(rest.use, said),
        used=consumer.place(rest.path, rest.use),
        changed=Place(new_path, now.line if now is not None else None),
        became=became.replace(_KEY, "."),
        how="shadowed" if shadowed else how,
        why=said.why,
        guard=_guard(rest.use, rest.path),
        # Which of two modules comes first is certain only within a package.
        sure=said.sure and (rest.answer.sure or kind == "module") and not (shadowed and rest.answer.outside),
        origin=_specifier(rest.use) if kind != "module" else "",
    )


def _name(where: str, gone: Definition | None, kind: Kind) -> str:
    if kind == "module":
        return _module_name(where)
    return gone.path.replace(_KEY, ".") if gone is not None else ""


def _specifier(use: Use) -> str:
    """What an import of JavaScript names its module by, "" for every other use."""
    return use.what.module if isinstance(use.what, Import) and use.what.style == "specifier" else ""


def _kind(rest: Rest, said: Answer, path: str) -> Kind:
    use = rest.use
    if said.why:
        return _OF_USES.get(use.kind, "call")
    missing = said.missing
    assert missing is not None
    if rest.answer.module and not _specifier(use):
        return "module"
    if isinstance(use.what, Text):
        return _TEXTS.get(use.what.kind, "string")
    if missing.module or missing.where.endswith("/"):
        return "module"
    if missing.inside:
        return "member"
    return "undefined" if missing.where == path and not isinstance(use.what, Import) else "name"


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
    own = inherited.culprit(producer, said) if kind in ("unimplemented", "override") else None
    if own is not None:
        return own
    removed = [
        (path, name) for path, name in sorted(rest.hops) if name in _changed(producer, path, "removed")
    ]
    missing = said.missing.name if said.missing is not None else ""
    for path, name in sorted(removed, key=lambda hop: (hop[1].rpartition(".")[2] != missing, -len(hop[1]))):
        return path, producer.changed[path].removed[name], None
    for path, name in sorted(rest.hops):
        if kind not in _WHY and name in _changed(producer, path, "unexported"):
            return path, None, None
    for what in ("signature", "body") if kind != "module" else ():
        for path, name in sorted(rest.hops, key=lambda hop: -len(hop[1])):
            if name in _changed(producer, path, what):
                old, new = getattr(producer.changed[path], what)[name]
                return path, old, new
    for path, _ in sorted(rest.hops, key=lambda hop: (hop[0] == rest.path, hop)):
        if not producer.over.get(path.rstrip("/"), "-"):
            return path, None, None
    for path, name in sorted(rest.hops):
        if path in producer.changed and (not name or name in producer.changed[path].unbound):
            return path, None, None
    return min(rest.hops, default=(rest.path, ""))[0], None, None


def _changed(producer: Work, path: str, what: str) -> dict[str, object]:
    found = producer.changed.get(path)
    return getattr(found, what) if found is not None else {}


def _became(
    producer: Work, rest: Rest, where: str, gone: Definition | None, kind: Kind, together: State
) -> tuple[str, Literal["", "renamed", "moved"]]:
    """What the producer calls it now."""
    if kind == "module":
        return _module_became(producer, rest, where, together)
    if kind in _WHY:
        return "", ""
    own = producer.changed.get(where)
    if gone is None:
        name = (
            next((name for path, name in rest.hops if path == where and name in own.unexported), "")
            if own
            else ""
        )
        now = own.unexported[name] if own is not None and name else ""
        return (now, "renamed") if now else ("", "")
    same = renamed(gone, own.added.values()) if own is not None else None
    if same is not None:
        return same.path, "renamed"
    for path, changed in producer.changed.items():
        there = changed.added.get(gone.path)
        if path != where and there is not None and there.kind == gone.kind:
            return _seen(rest, path), "moved"
    return "", ""


def _module_became(
    producer: Work, rest: Rest, where: str, together: State
) -> tuple[str, Literal["", "renamed", "moved"]]:
    """The module's new name, or how a file that has moved itself names it now."""
    if where == rest.path:
        there = sorted(path for path, name in rest.hops if not name and path not in (where, f"{where}/"))
        now = next((producer.new_paths.get(path, path) for path in there), "")
        moved = producer.new_paths.get(where)
        return (specifier(moved, now, rest.use.text), "moved") if now and moved else ("", "")
    moved = producer.new_paths.get(where)
    if moved:
        return _seen(rest, moved), "renamed"
    if where.endswith("package.json"):
        old = next((value for key, value in producer.changed[where].settings if key == "name"), "")
        new = next((value for key, value in together.facts(where).settings if key == "name"), "")
        text = _specifier(rest.use)
        return (text.replace(old, new, 1), "renamed") if old and new and text.startswith(old) else ("", "")
    return "", ""


def _seen(rest: Rest, path: str) -> str:
    """A module as the file that needs it would name it."""
    relative = _specifier(rest.use).startswith(".")
    return specifier(rest.path, path, _specifier(rest.use)) if relative else _module_name(path)


def _module_name(path: str) -> str:
    name = source.family(path)
    return link.family(name).module_name(path) if name else path


def _guard(use: Use, path: str) -> Literal["", "guarded", "typing"]:
    checked = source.family(path) == "script"  # A build of TypeScript fails of its types alone.
    match use.what:
        case Reference(guard=guard):
            return "" if checked and guard == "typing" else guard
        case Import(guarded=guarded, typing=typing):
            return "guarded" if guarded else "typing" if typing and not checked else ""
    return ""
