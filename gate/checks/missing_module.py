"""G210."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.names import BrokenUse


@check("G210", "missing-module", Level.NAMES)
def missing_module(facts: Facts) -> Iterator[Finding]:
    """One stream imports a module another removes, moves or renames.

    Why: git merges both without a word, as they touch different files; the import then fails as the module loads. Told
        only when the import works where its own stream lands alone and fails in the real merge of both. A new file or
        package that comes before the module meant, and lacks what is used of it, counts too.
    Example: agent/a renames `app/helpers.py` to `app/text.py`; agent/b adds `from app.helpers import clean`.
    Resolve: land the one that moves the module, then change the import on the other; the hint has the new name.
    """
    for one in facts.names.broken_uses:
        if one.kind == "module":
            yield finding("G210", "missing-module", facts.names, one, _message(one), _hint(one))


def _message(one: BrokenUse) -> str:
    if one.change == "shadowed":
        what = f"{one.producer} adds {one.change_place.path}, which comes first and lacks it"
        return f"{one.consumer} uses `{one.name}`; {what}"
    if one.change == "moved":
        moved = f"{one.use_place.path}, which {one.producer} moves to {one.change_place.path}"
        return f"{one.consumer} imports `{one.name}` in {moved}"
    if one.successor:
        return f"{one.consumer} imports `{one.name}`, which {one.producer} moves to `{one.successor}`"
    return f"{one.consumer} imports `{one.name}`, which {one.producer} removes"


def _hint(one: BrokenUse) -> str:
    if one.change == "shadowed":
        return f"rename {one.change_place.path} in {one.producer}, or give it what `{one.name}` needs"
    if one.change == "moved":
        return f"land {one.producer}, then import `{one.successor}` in {one.change_place.path}"
    if one.successor:
        return f"land {one.producer}, then import from `{one.successor}` in {one.use_place.path}"
    kept = f"or keep the module in {one.producer}"
    return f"land {one.producer}, then do without `{one.name}` in {one.use_place.path}, {kept}"
