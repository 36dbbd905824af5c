"""Every check: its code and name as promised, its documentation whole, its test there; and which of them are asked."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gate import checks
from gate.checks import catalog, select_checks
from gate.errors import GateError
from gate.model.check import Check, Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding

# The table of codes that users, hooks and programs rely on.
PROMISED = {
    "G001": "policy-changed",
    "G002": "not-checked",
    "G003": "stale",
    "G005": "duplicate-work",
    "G101": "domain-boundary",
    "G102": "compliance-exception",
    "G103": "unowned-path",
    "G105": "serialized-domain",
    "G201": "file-collision",
    "G210": "missing-module",
    "G211": "missing-name",
    "G212": "call-mismatch",
    "G213": "duplicate-definition",
    "G214": "import-cycle",
    "G215": "unimplemented-member",
    "G220": "write-read",
    "G221": "stacked",
    "G223": "broken-merge-result",
    "G240": "migration-heads",
    "G241": "migration-duplicate",
    "G242": "migration-operation",
    "G243": "migration-parent",
    "G244": "model-without-migration",
    "G301": "migration-point",
    "G401": "set-conflict",
    "G402": "set-collision",
}


def made(code: str, name: str = "other") -> Check:
    @check(code, name, Level.TEXT)
    def other(_: Facts) -> Iterator[Finding]:
        """Nothing.

        Why: a test.
        Example: none.
        Resolve: nothing.
        """
        return iter(())

    return other


def offer(monkeypatch: pytest.MonkeyPatch, **offered: Any) -> None:
    """Stand in for installed packages that offer these objects as checks."""

    def entry_points(*, group: str) -> list[Any]:
        assert group == "gate.checks"
        return [Entry(name, value) for name, value in offered.items()]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)


class Entry:
    """An entry point of the package `other`."""

    def __init__(self, name: str, loaded: object) -> None:
        self.name, self.value, self._loaded = name, f"other:{name}", loaded

    def load(self) -> object:
        return self._loaded


def test_codes_and_names_are_those_promised() -> None:
    assert {one.code: one.name for one in catalog()} == PROMISED


def test_they_come_sorted_by_code() -> None:
    assert [one.code for one in catalog()] == sorted(PROMISED)


def test_every_check_has_a_file_and_a_test_of_its_name() -> None:
    folder = Path(*checks.__path__)
    files = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert files == {one.name.replace("-", "_") for one in catalog()}
    assert {f"test_{name}" for name in files} <= {
        path.stem for path in Path(__file__).parent.glob("test_*.py")
    }


@pytest.mark.parametrize("one", catalog(), ids=lambda one: one.code)
def test_its_documentation_is_whole(one: Check) -> None:
    told = one.documentation
    for part in (told.says, told.why, told.example, told.resolve):
        assert part
        assert part.endswith(".")
    assert told.says.count(". ") == 0, "what it says is one sentence"


def test_a_check_without_a_heading_is_refused() -> None:
    undocumented = check("X1", "other", Level.TEXT)(lambda _: iter(()))
    with pytest.raises(ValueError, match="lacks Example, Resolve, Why"):
        undocumented.documentation  # noqa: B018


def test_only_what_comes_after_the_rehearsal_is_a_set_check() -> None:
    assert [one.code for one in catalog() if one.level is Level.SET] == ["G401", "G402"]


def test_names_are_read_for_whoever_rests_on_them() -> None:
    names = {one.code for one in catalog() if one.level is Level.NAMES}
    assert {one.code for one in catalog() if one.reads} == {*names, "G402"}


@pytest.mark.parametrize(
    ("select", "ignore", "off", "expected"),
    [
        ((), (), (), "G001 G101 G102 G201"),
        (("G1",), (), (), "G101 G102"),
        (("G1", "G201"), (), (), "G101 G102 G201"),
        ((), ("G1",), (), "G001 G201"),
        (("G1",), ("G102",), (), "G101"),
        (("G102",), ("G1",), (), ""),
        ((), (), ("G102",), "G001 G101 G201"),
        (("G1",), (), ("G102",), "G101"),
        (("G102",), (), ("G102",), "G102"),
    ],
)
def test_selection(
    select: tuple[str, ...], ignore: tuple[str, ...], off: tuple[str, ...], expected: str
) -> None:
    some = [made(code) for code in ("G001", "G101", "G102", "G201")]
    assert " ".join(one.code for one in select_checks(some, select, ignore, off)) == expected


def test_other_packages_add_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    other = made("X001")
    offer(monkeypatch, other=other)
    assert catalog()[-1] is other


def test_two_checks_of_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, other=made("G201", "mine"))
    with pytest.raises(GateError, match="two checks have the code G201: file-collision and mine"):
        catalog()


def test_what_is_no_check_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, other=len)
    with pytest.raises(GateError, match=r"entry point other of group gate\.checks is not a check") as caught:
        catalog()
    assert caught.value.hint == "uninstall other:other"
