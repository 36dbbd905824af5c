"""Migrations as bytes, read into the values that a repair takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.repair import repair
from gate.migrations.repair.situation import RepairOptions, Situation
from gate.migrations.tools import tool
from gate.model.migrations import Delta, File, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gate.model.migrations import Node
    from gate.model.repairs import NoRepair, Repair

Files = dict[str, bytes]


def alembic(revision: str, parents: str, *, body: str = "op.execute('x')") -> bytes:
    """`parents` is the value as it is written."""
    return (f"revision = '{revision}'\ndown_revision = {parents}\n\n\ndef upgrade():\n    {body}\n").encode()


def django(*parents: str, more: str = "", operations: str = "[migrations.RunSQL('x')]") -> bytes:
    """A parent without an app is of the app `shop`."""
    pairs = "".join(
        f'        ("{app or "shop"}", "{name}"),\n'
        for app, _, name in (parent.rpartition(".") for parent in parents)
    )
    return (
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [\n{pairs}    ]\n{more}    operations = {operations}\n"
    ).encode()


def nodes(store: Store, files: Mapping[str, bytes]) -> tuple[Node, ...]:
    """Those of the files that lie in a folder of the store."""
    migrations = []
    for path, content in files.items():
        if path.rpartition("/")[0] in store.folders and path.endswith(".py"):
            says = tool(store.tool).read(content)
            assert says is not None
            migrations.append(File(path, f"blob {content!r}", says))
    return tuple(tool(store.tool).nodes(store, migrations))


def mended(
    stores: Collection[Store],
    target: Files,
    mine: Files,
    *,
    before: Files | None = None,
    keep_names: bool = False,
    published: Collection[str] = (),
) -> Repair | NoRepair:
    """The repair of a stream that adds `mine`, once another that adds `before` has landed."""

    def of(files: Files) -> tuple[Node, ...]:
        return tuple(node for store in stores for node in nodes(store, files))

    return repair(
        Situation(
            tuple(stores),
            of(target),
            [Delta("first", of(before))] if before else [],
            Delta("second", of(mine)),
            mine,
            published=published,
            options=RepairOptions(keep_names),
        )
    )
