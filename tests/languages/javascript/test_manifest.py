"""What manifests say of where modules are values."""

from __future__ import annotations

import pytest

from gate.languages import registry
from gate.languages.javascript import manifest


def settings(text: str, name: str = "package.json") -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for key, value in manifest.read(text.encode(), name).settings:
        values.setdefault(key, []).append(value)
    return values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"name": "a", "main": "b.js", "version": "1"}', {"name": ["a"], "main": ["b.js"]}),
        ('{"typings": "a.d.ts"}', {"types": ["a.d.ts"]}),
        ('{"exports": "./a.js"}', {"exports .": ["./a.js"]}),
        (
            '{"exports": {"import": "./a.mjs", "require": {"node": "./a.cjs"}}}',
            {"exports .": ["./a.mjs", "./a.cjs"]},
        ),
        (
            '{"exports": {".": "./a.js", "./x/*": ["./x/*.js"], "./no": null}}',
            {"exports .": ["./a.js"], "exports ./x/*": ["./x/*.js"], "exports ./no": [""]},
        ),
        ('{"imports": {"#a/*": "./src/*"}}', {"imports #a/*": ["./src/*"]}),
        ('{"workspaces": ["a/*"]}', {"workspace": ["a/*"]}),
        ('{"workspaces": {"packages": ["a/*"]}}', {"workspace": ["a/*"]}),
        ('{"dependencies": {"b": "workspace:*", "c": 1}}', {"dependency b": ["workspace:*"]}),
        ('\ufeff{"name": "a"}', {"name": ["a"]}),
        ('{"name": 1, "main": [], "exports": 3, "workspaces": 4, "dependencies": []}', {}),
    ],
)
def test_packages(text: str, expected: dict[str, list[str]]) -> None:
    assert settings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"extends": "./a.json", "compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*", "lib/*"]}}}',
            {"extends": ["./a.json"], "baseUrl": ["."], "paths @/*": ["src/*", "lib/*"]},
        ),
        ('{"extends": ["a", "b"]}', {"extends": ["a", "b"]}),
        ('// one\n{"compilerOptions": {/* two */ "rootDirs": ["a", "b",],},}', {"rootDirs": ["a", "b"]}),
        ('{"compilerOptions": {"paths": {"@/*": ["//x/*,]"]}}}', {"paths @/*": ["//x/*,]"]}),
        ('{"compilerOptions": 1}', {}),
    ],
)
def test_compilers(text: str, expected: dict[str, list[str]]) -> None:
    assert settings(text, "tsconfig.json") == expected


def test_workspaces_of_pnpm() -> None:
    text = "packages:\n  - 'a/*'\n  - \"b\" # two\n\n# three\n- '!**/test/**'\ncatalog:\n  - no\n"

    assert settings(text, "pnpm-workspace.yaml") == {"workspace": ["a/*", "b", "!**/test/**"]}


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"a": 1e999', "null", '"' * 50_000])
def test_what_is_no_manifest_says_nothing(text: str) -> None:
    assert manifest.read(text.encode(), "package.json").parse == "none"


@pytest.mark.parametrize("text", [b"\xff\xfe", b'{"name": "\xff"}'])
def test_other_encodings_say_nothing(text: bytes) -> None:
    assert manifest.read(text, "package.json").parse == "none"


@pytest.mark.parametrize("piece", ["/*", '"', ", ", "//", '"\\'])
def test_hostile_text_ends_quickly(piece: str) -> None:
    assert manifest.read((piece * (registry.LARGEST // len(piece))).encode(), "tsconfig.json").parse == "none"


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("a/package.json", True),
        ("tsconfig.json", True),
        ("a/tsconfig.build.json", True),
        ("a/jsconfig.json", True),
        ("pnpm-workspace.yaml", True),
        ("a/my-package.json", False),
        ("tsconfig.ts.map", False),
    ],
)
def test_manifests_are_read_by_name(path: str, read: bool) -> None:
    assert registry.is_read(path) == read
    assert registry.language(path) is None
