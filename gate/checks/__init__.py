"""One question a file. Checks see facts only, and do not know one another."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from gate.errors import GateError
from gate.model.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding

GROUP = "gate.checks"
"""The entry point group in which other packages offer checks; each entry names a `Check`."""


def catalog() -> tuple[Check, ...]:
    """Every check there is, our own and those of installed packages, sorted by code.

    Raises:
        GateError: two checks have one code, or an entry point is no check.
    """
    found: dict[str, Check] = {}
    for one in (*_own(), *_foreign()):
        if one.code in found:
            raise GateError(f"two checks are called {one.code}: {found[one.code].name} and {one.name}")
        found[one.code] = one
    return tuple(found[code] for code in sorted(found))


def select_checks(
    checks: Iterable[Check],
    select: Iterable[str],
    ignore: Iterable[str],
    off: Iterable[str] = (),
) -> tuple[Check, ...]:
    """The checks to run: of those selected (all when none is named) the ones not ignored. Prefixes of codes work.

    `off` are what the policy turns off; a code named exactly by `select` runs all the same.
    """
    wanted, unwanted, dropped = tuple(select), tuple(ignore), tuple(off)
    return tuple(
        one
        for one in checks
        if (not wanted or one.code.startswith(wanted))
        and not one.code.startswith(unwanted or ("\0",))
        and (one.code in wanted or one.code not in dropped)
    )


def ask(checks: Iterable[Check], facts: Facts) -> Iterator[Finding]:
    """Yield what the checks find, without what concerns only streams that nobody asked about."""
    judged = {stream.name for stream in facts.streams if stream.stream.judged}
    for check in checks:
        for finding in check.ask(facts):
            if not finding.branches or judged.intersection(finding.branches):
                yield finding


def _own() -> Iterable[Check]:
    for module in pkgutil.iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, Check):
                yield value


def _foreign() -> Iterable[Check]:
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        value = entry.load()
        if not isinstance(value, Check):
            raise GateError(
                f"the entry point {entry.name} of group {GROUP} is no check", f"uninstall {entry.value}"
            )
        yield value
