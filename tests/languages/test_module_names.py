"""What people call the module in a file, and which files are manifests or built for some systems only."""

from __future__ import annotations

import pytest

from gate.languages import registry


@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [
        ("go", "internal/text/clean.go", "internal/text"),
        ("go", "main.go", "."),
        ("java", "core/src/main/java/a/b/C.java", "a.b.C"),
        ("java", "src/test/java/a/CTest.java", "a.CTest"),
        ("java", "src/a/C.java", "a.C"),
        ("java", "mysrc/a/C.java", "mysrc.a.C"),
        ("rust", "crates/a/src/b/c.rs", "b::c"),
        ("rust", "src/b/mod.rs", "b"),
        ("rust", "mysrc/c.rs", "mysrc::c"),
        ("rust", "tests/all.rs", "tests::all"),
        ("python", "src/pkg/store.py", "pkg.store"),
        ("python", "pkg/__init__.py", "pkg"),
        ("javascript", "src/a.ts", "src/a.ts"),
    ],
)
def test_the_module_in_a_file(language: str, path: str, expected: str) -> None:
    assert registry.catalog()[language].module_name(path) == expected


@pytest.mark.parametrize(
    ("language", "manifests", "sources"),
    [
        ("go", ["go.mod", "a/go.work"], ["a/b.go", "a/b_test.go"]),
        ("java", [], ["a/B.java"]),
        ("rust", ["Cargo.toml", "a/Cargo.toml"], ["a/b.rs"]),
    ],
)
def test_what_says_where_modules_are(language: str, manifests: list[str], sources: list[str]) -> None:
    names = registry.catalog()[language]
    paths = [*manifests, *sources, "a/b.txt", "a/myCargo.toml", "a/xgo.mod"]

    assert list(filter(names.is_manifest, paths)) == manifests
    assert list(filter(names.accepts, paths)) == [*manifests, *sources]


def test_files_of_go_that_are_built_for_some_systems() -> None:
    go, rust = registry.catalog()["go"], registry.catalog()["rust"]
    paths = ["a_linux.go", "a_amd64_test.go", "a.go", "linux.go", "a_linux.rs"]

    assert list(filter(go.is_conditional, paths)) == ["a_linux.go", "a_amd64_test.go"]
    assert not any(map(rust.is_conditional, paths))
