"""G211."""

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
    for names, use in broken_uses(facts):
        if use.kind in _KINDS:
            yield use_finding(
                "G211", "missing-name", facts, names, use, _message(names, use), _hint(names, use)
            )


def _message(names: NameFacts, use: BrokenUse) -> str:
    consumer = since(names, use.consumer)
    subject = f"{consumer} {_VERBS.get(use.kind, 'uses')} `{use.name}`"
    if use.origin:
        subject = f'{consumer} imports {_export(use.name)} from "{use.origin}"'
    changed = f"`{use.changed_name}`" if use.changed_name != use.name else "it"
    if use.change == "renamed":
        return f"{subject}; {_rename(names, use, changed)}"
    if use.change == "moved":
        return f"{subject}; {did(names, use.producer, 'moves')} {changed} to `{use.successor}`"
    removal = f"{did(names, use.producer, 'removes')} {changed}"
    if use.kind == "undefined":
        return f"{subject} in {use.use_place.path}, where {removal}"
    return f"{subject}; {removal} from {use.change_place.path}"


def _rename(names: NameFacts, use: BrokenUse, changed: str) -> str:
    if use.origin and use.successor == "default":
        return f"{did(names, use.producer, 'makes')} {changed} the default"
    if use.origin and use.name == "default":
        return f"{did(names, use.producer, 'exports')} {changed} as `{use.successor}`"
    return f"{did(names, use.producer, 'renames')} {changed} to `{use.successor}`"


def _export(name: str) -> str:
    return "the default" if name == "default" else f"`{name}`"


def _hint(names: NameFacts, use: BrokenUse) -> str:
    begin = rebase_and(names, use.producer, use.consumer)
    short = use.changed_name.rpartition(".")[2]
    if use.origin and "default" in (use.name, use.successor):
        return f"{begin} {_default_hint(names, use)}"
    if use.change == "renamed":
        successor = use.successor.rpartition(".")[2]
        old, new = (short, successor) if successor != short else (use.changed_name, use.successor)
        return f"{begin} change `{old}` to `{new}` in {site(use)}"
    if use.change == "moved":
        return f"{begin} take `{short}` from `{use.successor}` in {site(use)}"
    if use.kind == "undefined":
        return f"{begin} add back what binds `{short}` in {use.use_place.path}"
    keep = or_keep(names, use.producer, f"`{short}`")
    return f"{begin} remove the use of `{short}` in {site(use)}{keep}"


def _default_hint(names: NameFacts, use: BrokenUse) -> str:
    """Return what to do where a default export was, or has become, a named export."""
    if use.successor == "default":
        return f"import the default instead of `{{ {use.name} }}` in {site(use)}"
    if use.successor:
        return f"import `{{ {use.successor} }}` instead of the default in {site(use)}"
    return f"remove the import of the default in {site(use)}{or_keep(names, use.producer, 'it')}"
