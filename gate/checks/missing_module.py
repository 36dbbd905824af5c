"""G210."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._sides import did, or_keep, rebase_and, since
from gate.checks._uses import broken_uses, site, use_finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.names import BrokenUse, NameFacts


@check("G210", "missing-module", Level.NAMES)
def missing_module(facts: Facts) -> Iterator[Finding]:
    """One stream imports a module another removes, moves or renames.

    Why: git reports no conflict, as the two touch different files; the import then fails as the module loads. Reported
        only when the import works where its own stream lands alone and fails in the real merge of both. A new file or
        package that comes before the imported module, and lacks what is used of it, counts too.
    Example: agent/a renames `app/helpers.py` to `app/text.py`; agent/b adds `from app.helpers import clean`.
    Resolve: land the stream that moves the module, then change the import in the other; the hint has the new name.
    """
    for names, use in broken_uses(facts):
        if use.kind == "module":
            yield use_finding(
                "G210", "missing-module", facts, names, use, _message(names, use), _hint(names, use)
            )


def _message(names: NameFacts, use: BrokenUse) -> str:
    consumer = since(names, use.consumer)
    if use.change == "shadowed":
        change = f"{did(names, use.producer, 'adds')} {use.change_place.path}, which comes first and lacks it"
        return f"{consumer} uses `{use.name}`; {change}"
    if use.change == "moved":
        moved = f"which {did(names, use.producer, 'moves')} to {use.change_place.path}"
        return f"{consumer} imports `{use.name}` in {use.use_place.path}, {moved}"
    subject = f"{consumer} imports `{use.name}`, which"
    if use.successor:
        return f"{subject} {did(names, use.producer, 'moves')} to `{use.successor}`"
    return f"{subject} {did(names, use.producer, 'removes')}"


def _hint(names: NameFacts, use: BrokenUse) -> str:
    begin = rebase_and(names, use.producer, use.consumer)
    if use.change == "shadowed":
        return f"rename {use.change_place.path} in {use.producer}, or add to it what `{use.name}` needs"
    if use.change == "moved":
        return f"{begin} import `{use.successor}` in {use.change_place.path}"
    if use.successor:
        return f"{begin} import from `{use.successor}` in {site(use)}"
    keep = or_keep(names, use.producer, "the module")
    return f"{begin} remove the import of `{use.name}` from {site(use)}{keep}"
