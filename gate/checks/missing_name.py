"""G211."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import finding
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

    Why: a function, class, constant, member, fixture or import is gone once both have landed, though git sees no
        conflict. Told only when the name is there where its user lands alone and is surely gone in the real merge;
        a class with bases outside the repository makes it `likely`, an expected failure (`except ImportError`) a
        warning. Dotted paths that frameworks load (settings, entry points, task names) count where they resolve. A
        member of a value whose class nobody can tell is told as `likely` when the last definition of its name goes.
    Example: agent/a renames `load` in `app/config.py` to `load_config`; agent/b adds `config.load()` to `app/main.py`.
    Resolve: land the one that changes the name, then follow it on the other; the hint has what it became.
    """
    for one in facts.names.broken_uses:
        if one.kind in _KINDS:
            yield finding("G211", "missing-name", facts.names, one, _message(one), _hint(one))


def _message(one: BrokenUse) -> str:
    what = f"{one.consumer} {_VERBS.get(one.kind, 'uses')} `{one.name}`"
    if one.origin:
        what = f'{one.consumer} imports {_imported(one.name)} from "{one.origin}"'
    lost = f"`{one.changed_name}`" if one.changed_name != one.name else "it"
    if one.change == "renamed":
        became = _imported(one.successor) if one.origin else f"`{one.successor}`"
        return f"{what}; {lost} became {became} in {one.producer}"
    if one.change == "moved":
        return f"{what}; {one.producer} moves {lost} to `{one.successor}`"
    if one.kind == "undefined":
        return f"{what} in {one.use_place.path}, where {one.producer} drops {lost}"
    return f"{what}; {one.producer} removes {lost} from {one.change_place.path}"


def _imported(name: str) -> str:
    return "the default" if name == "default" else f"`{name}`"


def _default(one: BrokenUse) -> str:
    """What to do where a default export was, or has become, a named one."""
    if one.successor == "default":
        return f"import the default for `{{ {one.name} }}`"
    if one.successor:
        return f"import `{{ {one.successor} }}` for the default"
    return f"do without the default, or keep it in {one.producer}"


def _hint(one: BrokenUse) -> str:
    first = f"land {one.producer}, then in {one.use_place.path}"
    short = one.changed_name.rpartition(".")[2]
    if one.origin and "default" in (one.name, one.successor):
        return f"{first} {_default(one)}"
    if one.change == "renamed":
        last = one.successor.rpartition(".")[2]
        return (
            f"{first} write `{last}` for `{short}`"
            if last != short
            else f"{first} write `{one.successor}` for `{one.changed_name}`"
        )
    if one.change == "moved":
        return f"{first} take `{short}` from `{one.successor}`"
    if one.kind == "undefined":
        return f"{first} bring back what binds `{short}`"
    return f"{first} do without `{short}`, or keep it in {one.producer}"
