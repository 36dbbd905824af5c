"""G211."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import rebase_and, site, use_finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.names import BrokenUse

_VERBS = {"fixture": "asks for the fixture", "patch": "patches", "string": "names"}
_KINDS = ("name", "undefined", "member", "fixture", "patch", "string")


@check("G211", "missing-name", Level.NAMES)
def missing_name(facts: Facts) -> Iterator[Finding]:
    """One stream uses a name another removes, renames or moves.

    Why: a function, class, constant, member, fixture or import no longer exists once both have landed, though git sees
        no conflict. Reported only when the name exists where its user lands alone and surely does not in the real
        merge; a class with bases outside the repository makes it `likely`, an expected failure (`except ImportError`) a
        warning. Dotted paths that frameworks load (settings, entry points, task names) count where they resolve. A
        member of a value whose class is unknown makes it `likely`, once the last definition of its name is removed.
    Example: agent/a renames `load` in `app/config.py` to `load_config`; agent/b adds `config.load()` to `app/main.py`.
    Resolve: land the stream that changes the name, then use the new name in the other; the hint has it.
    """
    for use in facts.names.broken_uses:
        if use.kind in _KINDS:
            yield use_finding("G211", "missing-name", facts.names, use, _message(use), _hint(use))


def _message(use: BrokenUse) -> str:
    subject = f"{use.consumer} {_VERBS.get(use.kind, 'uses')} `{use.name}`"
    if use.origin:
        subject = f'{use.consumer} imports {_export(use.name)} from "{use.origin}"'
    changed = f"`{use.changed_name}`" if use.changed_name != use.name else "it"
    if use.change == "renamed":
        return f"{subject}; {use.producer} {_rename(use, changed)}"
    if use.change == "moved":
        return f"{subject}; {use.producer} moves {changed} to `{use.successor}`"
    if use.kind == "undefined":
        return f"{subject} in {use.use_place.path}, where {use.producer} removes {changed}"
    return f"{subject}; {use.producer} removes {changed} from {use.change_place.path}"


def _rename(use: BrokenUse, changed: str) -> str:
    if use.origin and use.successor == "default":
        return f"makes {changed} the default"
    if use.origin and use.name == "default":
        return f"exports {changed} as `{use.successor}`"
    return f"renames {changed} to `{use.successor}`"


def _export(name: str) -> str:
    return "the default" if name == "default" else f"`{name}`"


def _hint(use: BrokenUse) -> str:
    short = use.changed_name.rpartition(".")[2]
    if use.origin and "default" in (use.name, use.successor):
        return f"{rebase_and(use)} {_default_hint(use)}"
    if use.change == "renamed":
        successor = use.successor.rpartition(".")[2]
        old, new = (short, successor) if successor != short else (use.changed_name, use.successor)
        return f"{rebase_and(use)} change `{old}` to `{new}` in {site(use)}"
    if use.change == "moved":
        return f"{rebase_and(use)} take `{short}` from `{use.successor}` in {site(use)}"
    if use.kind == "undefined":
        return f"{rebase_and(use)} add back what binds `{short}` in {use.use_place.path}"
    return (
        f"{rebase_and(use)} remove the use of `{short}` in {site(use)}, or keep `{short}` in {use.producer}"
    )


def _default_hint(use: BrokenUse) -> str:
    """Return what to do where a default export was, or has become, a named export."""
    if use.successor == "default":
        return f"import the default instead of `{{ {use.name} }}` in {site(use)}"
    if use.successor:
        return f"import `{{ {use.successor} }}` instead of the default in {site(use)}"
    return f"remove the import of the default in {site(use)}, or keep it in {use.producer}"
