"""Patterns of manifests."""

from __future__ import annotations

import pytest
from languages.javascript.linker.states import manifests, settings

from gate.languages.javascript.linker.patterns import aliased, targets

PATTERNS = {
    "./a": ["./x"],
    "./*": ["./src/*.ts", "./lib/*"],
    "./b/*": ["./b-*"],
    "./*.css": ["./styles/*.css"],
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("./a", ["./x"]),
        ("./c/d", ["./src/c/d.ts", "./lib/c/d"]),
        ("./b/c", ["./b-c"]),
        ("./c.css", ["./src/c.css.ts", "./lib/c.css"]),
        ("./", ["./src/.ts", "./lib/"]),
        ("a", None),
        (".", None),
    ],
)
def test_targets_of_a_name(name: str, expected: list[str] | None) -> None:
    assert targets(PATTERNS, name) == expected


def test_a_name_is_no_pattern_and_its_ends_do_not_overlap() -> None:
    assert targets({"./*": ["./x"]}, "./*") == ["./x"]
    assert targets({"a*a": ["*"]}, "a") is None
    assert targets({"a*a": ["*"]}, "aa") == [""]
    assert targets({"a*a": ["*"]}, "abc") is None
    assert targets({"a": ["x"]}, "ab") is None
    assert targets({"*": ["x/*"]}, "a") == ["x/a"]


@pytest.mark.parametrize(
    ("config", "parent", "expected"),
    [
        ([("paths @/*", "src/*")], [], ["app/src/m"]),
        ([("paths @/*", "src/*"), ("baseUrl", "lib")], [], ["app/lib/src/m", "app/lib/@/m"]),
        ([("paths @/*", "src/*")], [("baseUrl", ".")], ["src/m", "@/m"]),
        ([], [("paths @/*", "src/*")], ["src/m"]),
        ([("paths @/*", "../../src/*")], [], []),
        ([("baseUrl", "../..")], [], []),
        ([("paths ~/*", "src/*")], [], []),
        ([], [], []),
    ],
)
def test_where_a_compilers_settings_lead(
    config: list[tuple[str, str]], parent: list[tuple[str, str]], expected: list[str]
) -> None:
    files = {
        "app/tsconfig.json": settings(("extends", "../base.json"), *config),
        "base.json": settings(*parent),
    }

    assert list(aliased(manifests(files).configs("app/m.ts")[0], "@/m")) == expected
