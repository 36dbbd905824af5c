"""G210."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import rebase_and, site, use_finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.names import BrokenUse


@check("G210", "missing-module", Level.NAMES)
def missing_module(facts: Facts) -> Iterator[Finding]:
    """One stream imports a module another removes, moves or renames.

    Why: git reports no conflict, as the two touch different files; the import then fails as the module loads. Reported
        only when the import works where its own stream lands alone and fails in the real merge of both. A new file or
        package that comes before the imported module, and lacks what is used of it, counts too.
    Example: agent/a renames `app/helpers.py` to `app/text.py`; agent/b adds `from app.helpers import clean`.
    Resolve: land the stream that moves the module, then change the import in the other; the hint has the new name.
    """
    for use in facts.names.broken_uses:
        if use.kind == "module":
            yield use_finding("G210", "missing-module", facts.names, use, _message(use), _hint(use))


def _message(use: BrokenUse) -> str:
    if use.change == "shadowed":
        change = f"{use.producer} adds {use.change_place.path}, which comes first and lacks it"
        return f"{use.consumer} uses `{use.name}`; {change}"
    if use.change == "moved":
        file = f"{use.use_place.path}, which {use.producer} moves to {use.change_place.path}"
        return f"{use.consumer} imports `{use.name}` in {file}"
    if use.successor:
        return f"{use.consumer} imports `{use.name}`, which {use.producer} moves to `{use.successor}`"
    return f"{use.consumer} imports `{use.name}`, which {use.producer} removes"


def _hint(use: BrokenUse) -> str:
    if use.change == "shadowed":
        return f"rename {use.change_place.path} in {use.producer}, or add to it what `{use.name}` needs"
    if use.change == "moved":
        return f"{rebase_and(use)} import `{use.successor}` in {use.change_place.path}"
    if use.successor:
        return f"{rebase_and(use)} import from `{use.successor}` in {site(use)}"
    return (
        f"{rebase_and(use)} remove the import of `{use.name}` from {site(use)}, "
        f"or keep the module in {use.producer}"
    )
