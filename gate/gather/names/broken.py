"""Uses that work where their stream lands alone and fail once the other stream has landed too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate import link, source
from gate.link.changed import renamed
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

Kind = Literal["module", "name", "undefined", "member", "fixture", "patch", "call"]


def broken(
    producer: Work, consumer: Work, alone: State, together: State, rests: Iterable[Rest]
) -> Iterator[Broken]:
    """The consumer's uses that fail `together` though they do not where the producer landed `alone`."""
    told: set[tuple[str, str]] = set()
    for rest in rests:
        path = producer.new_paths.get(rest.path, rest.path)
        said = together.answer(path, rest.use)
        if not said.fails or not _worked(rest, said, path) or _has(together, path, rest.use) is None:
            continue
        if _has(alone, path, rest.use) is not None and alone.answer(path, rest.use).fails:
            continue
        if not said.sure and not _witnessed(producer, rest, said):
            continue
        found = _broken(producer, consumer, rest, said, path, together)
        if (found.lost, found.used.path) not in told:
            told.add((found.lost, found.used.path))
            yield found


def _has(state: State, path: str, use: Use) -> Use | None:
    """The same use in a state's version of the file."""
    return next((one for one in uses(state.facts(path)) if one.key == use.key), None)


def _worked(rest: Rest, said: Answer, path: str) -> bool:
    """Whether the use was surely provided before; of a name that is bound nowhere now, whether it was bound."""
    if rest.answer.fine:
        return True
    missing = said.missing
    root = rest.use.text.partition(".")[0].removesuffix("()")
    return missing is not None and missing.where == path and missing.name == root and not missing.module


def _witnessed(producer: Work, rest: Rest, said: Answer) -> bool:
    """Whether the producer itself removes the very definition, where what else there may be is unknown."""
    _, gone, now = _culprit(producer, rest)
    if gone is None or now is not None:  # with another signature it is still there
        return False
    return said.missing is not None and gone.name == said.missing.name


def _broken(producer: Work, consumer: Work, rest: Rest, said: Answer, path: str, together: State) -> Broken:
    kind = "module" if rest.answer.module and not said.why else _kind(rest.use, said, path)
    where, gone, now = _culprit(producer, rest)
    if kind == "undefined" and producer.new_paths.get(where, where) != path:
        kind = "name"  # what bound it is in another file
    became, how = _became(producer, where, gone, kind)
    new_path = producer.new_paths.get(where, where)
    if now is None and became and how == "renamed" and kind != "module":
        now = next((one for one in together.facts(new_path).definitions if one.path == became), None)
    return Broken(
        kind=kind,
        producer=producer.name,
        consumer=consumer.name,
        name=rest.use.text,
        lost=_module_name(where)
        if kind == "module"
        else gone.path
        if gone is not None
        else _lost(rest.use, said),
        used=Place(rest.path, rest.use.lines[0]),
        changed=Place(new_path, now.line if now is not None else None),
        became=became,
        how=how,
        why=said.why,
        guard=_guard(rest.use),
        sure=said.sure and rest.answer.sure,
    )


def _kind(use: Use, said: Answer, path: str) -> Kind:
    if said.why:
        return "call"
    missing = said.missing
    assert missing is not None
    if isinstance(use.what, Text):
        return use.what.kind
    if missing.module or missing.where.endswith("/"):
        return "module"
    if missing.inside:
        return "member"
    return "undefined" if missing.where == path and not isinstance(use.what, Import) else "name"


def _lost(use: Use, said: Answer) -> str:
    return said.missing.name if isinstance(said.missing, Missing) else use.text


def _culprit(producer: Work, rest: Rest) -> tuple[str, Definition | None, Definition | None]:
    """What the producer did to what the use rests on: the file, the definition as it was, and as it is."""
    removed = [
        (path, name) for path, name in sorted(rest.hops) if name in _changed(producer, path, "removed")
    ]
    for path, name in sorted(removed, key=lambda hop: -len(hop[1])):
        return path, producer.changed[path].removed[name], None
    for path, name in sorted(rest.hops, key=lambda hop: -len(hop[1])):
        if name in _changed(producer, path, "signature"):
            old, new = producer.changed[path].signature[name]
            return path, old, new
    for path, _ in sorted(rest.hops):
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
    producer: Work, where: str, gone: Definition | None, kind: Kind
) -> tuple[str, Literal["", "renamed", "moved"]]:
    """What the producer calls it now."""
    if kind == "module":
        moved = producer.new_paths.get(where)
        return (_module_name(moved), "renamed") if moved else ("", "")
    if gone is None or kind == "call":
        return "", ""
    own = producer.changed.get(where)
    same = renamed(gone, own.added.values()) if own is not None else None
    if same is not None:
        return same.path, "renamed"
    for path, changed in producer.changed.items():
        there = changed.added.get(gone.path)
        if path != where and there is not None and there.kind == gone.kind:
            return _module_name(path), "moved"
    return "", ""


def _module_name(path: str) -> str:
    name = source.family(path)
    return link.family(name).module_name(path) if name else path


def _guard(use: Use) -> Literal["", "guarded", "typing"]:
    match use.what:
        case Reference(guard=guard):
            return guard
        case Import(guarded=guarded, typing=typing):
            return "guarded" if guarded else "typing" if typing else ""
    return ""
