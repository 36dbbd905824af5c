"""Names that an environment gives to every file."""

from __future__ import annotations

import pytest
from languages.javascript.linker.states import defined, exporting

from gate.languages.javascript.linker.ambient import declared_names, is_known


@pytest.mark.parametrize("name", ["Promise", "document", "process", "describe", "defineProps", "HTMLElement"])
def test_what_environments_give(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize("name", ["promise", "clamp", ""])
def test_what_no_environment_gives(name: str) -> None:
    assert not is_known(name)


def test_declaration_files_give_all_they_define() -> None:
    file = exporting(defined("VERSION", "variable"), defined("Env.mode", "attribute"))

    assert declared_names(["env.d.ts"], lambda _: file) == frozenset(("VERSION", "mode"))


@pytest.mark.parametrize(("count", "complete"), [(300, True), (301, False)])
def test_of_too_many_declaration_files_nothing_is_known(count: int, complete: bool) -> None:
    names = declared_names([f"{number}.d.ts" for number in range(count)], lambda _: exporting())

    assert (names is not None) is complete
