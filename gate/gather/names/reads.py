"""What one stream starts to use of what another changes without breaking it: a reason to land in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.model.names import Place, Read, WriteRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.gather.names.join import Rest
    from gate.gather.names.world import Work

MOST = 3
"""Names told of one pair; nobody reads more."""


def read(writer: Work, reader: Work, rests: Iterable[Rest]) -> WriteRead | None:
    """The definitions the writer changes that the reader's new uses mean, the most specific first."""
    best: dict[str, tuple[tuple[object, ...], Read]] = {}
    for rest in rests:
        for rank, one in _reads(writer, reader, rest):
            known = best.get(one.name)
            if known is None or rank < known[0]:
                best[one.name] = (rank, one)
    ordered = sorted(best.values(), key=lambda found: found[0])
    return WriteRead(writer.name, reader.name, tuple(one for _, one in ordered[:MOST])) if ordered else None


def _reads(writer: Work, reader: Work, rest: Rest) -> Iterator[tuple[tuple[object, ...], Read]]:
    target = rest.answer.target
    if target is None or rest.use.kind in ("import",) or rest.use.again:
        return
    name = target.definition.path
    changed = writer.changed.get(target.path)
    if changed is None or target.definition.kind not in ("function", "class"):
        return
    own = reader.changed.get(target.path)
    if own is not None and (name in own.signature or name in own.body):
        return  # It carries a change of its own, often the very same one; who reads whom is no question then.
    kinds: tuple[tuple[Literal["signature", "body"], dict[str, tuple[object, object]]], ...] = (
        ("signature", dict(changed.signature)),
        ("body", dict(changed.body)),
    )
    for what, found in kinds:
        if name in found:
            new = changed.signature[name][1] if what == "signature" else changed.body[name][1]
            path = writer.new_paths.get(target.path, target.path)
            one = Read(name, Place(path, new.line), Place(rest.path, rest.use.lines[0]), what)
            rank = (
                what != "signature",
                rest.use.kind != "call",
                target.path == rest.path,
                -name.count("."),
                name,
            )
            yield (*rank, rest.path, rest.use.lines[0]), one
