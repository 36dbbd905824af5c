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
    """Return every check, the built-in ones and those of installed packages, sorted by code.

    Raises:
        GateError: two checks have one code, or an entry point is not a check.
    """
    by_code: dict[str, Check] = {}
    for check in (*_built_in(), *_installed()):
        if check.code in by_code:
            raise GateError(
                f"two checks have the code {check.code}: {by_code[check.code].name} and {check.name}"
            )
        by_code[check.code] = check
    return tuple(by_code[code] for code in sorted(by_code))


def select_checks(
    checks: Iterable[Check],
    select: Iterable[str],
    ignore: Iterable[str],
    off: Iterable[str] = (),
) -> tuple[Check, ...]:
    """Return the checks to run: those of `select` (all when it is empty) that `ignore` does not name.

    Both hold codes or prefixes of codes. `off` are the codes that the policy turns off; a check whose whole code is in
    `select` runs all the same.
    """
    select, ignore, off = tuple(select), tuple(ignore), tuple(off)
    return tuple(
        check
        for check in checks
        if (not select or check.code.startswith(select))
        and not check.code.startswith(ignore or ("\0",))
        and (check.code in select or check.code not in off)
    )


def ask(checks: Iterable[Check], facts: Facts) -> Iterator[Finding]:
    """Yield the findings of the checks, except those that concern only streams that are not judged."""
    judged = {stream.name for stream in facts.streams if stream.stream.judged}
    for check in checks:
        for finding in check.ask(facts):
            if not finding.branches or judged.intersection(finding.branches):
                yield finding


def _built_in() -> Iterable[Check]:
    for module in pkgutil.iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, Check):
                yield value


def _installed() -> Iterable[Check]:
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        value = entry.load()
        if not isinstance(value, Check):
            raise GateError(
                f"the entry point {entry.name} of group {GROUP} is not a check", f"uninstall {entry.value}"
            )
        yield value
