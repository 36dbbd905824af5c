"""Which language a path is of, and that no other part of the gate knows a language by name."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gate
from gate.languages import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(gate.__file__).parent
LANGUAGES = tuple(registry.catalog())
NO_LANGUAGE = {("cli/probes.py", "python")}
"""By file: strings that are a language's name and mean something else. `doctor` shows the interpreter's version."""


def test_the_languages_are_the_folders() -> None:
    assert {"go", "java", "javascript", "python", "rust"} <= {*LANGUAGES}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_says_who_reads_which_files(name: str) -> None:
    language = registry.catalog()[name]

    assert language.name == name
    assert set(language.endings) <= language.readers.keys()
    folder = ROOT / "languages" / name
    assert {
        (folder / f"{module}.py").exists() or (folder / module).is_dir()
        for module in language.readers.values()
    } == {True}
    files = [f"folder/{'a' * ending.startswith('.')}{ending}" for ending in language.endings]
    assert list(filter(language.accepts, files)) == files


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b.go", "go"),
        ("a/B.JAVA", "java"),
        ("a/b.mts", "javascript"),
        ("pyproject.toml", "python"),
        ("a/b.rs", "rust"),
        ("Cargo.toml", ""),
        ("go.mod", ""),
        ("package.json", ""),
        ("a/.py", ""),
        ("a/b.rb", ""),
        ("a/b", ""),
    ],
)
def test_the_language_whose_names_a_file_holds(path: str, expected: str) -> None:
    language = registry.language(path)

    assert (language.name if language is not None else "") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("test_a.py", True),
        ("app/tests.py", True),
        ("app/a_test.py", True),
        ("app/atest.py", False),
        ("app/test/a.py", True),
        ("app/tests/data.json", True),
        ("app/tests/conftest.py", False),
        ("app/testing/a.py", False),
        ("a_test.go", True),
        ("src/test/java/A.java", True),
        ("src/main/java/FooTest.java", True),
        ("src/main/java/FooTests.java", True),
        ("src/main/java/Test.java", False),
        ("a.spec.ts", True),
        ("a-test.js", True),
        ("__tests__/a.js", True),
        ("src/tests.rs", True),
        ("latest.py", False),
        ("contests/a.py", False),
    ],
)
def test_files_of_tests(path: str, expected: bool) -> None:
    assert registry.is_test(path) is expected


def test_what_names_are_the_languages_own() -> None:
    assert registry.constructor_names() >= {"__init__", "constructor"}
    assert registry.package_stems() >= {"__init__"}
    assert [
        path for path in ("a/package.json", "a/Cargo.toml", "a/b.ts") if registry.names_package(path)
    ] == ["a/package.json"]


def test_no_part_of_the_gate_names_a_language() -> None:
    mentions = set()
    for path in ROOT.rglob("*.py"):
        room, place = _room(path), path.relative_to(ROOT).as_posix()
        for name in _named_languages(ast.parse(path.read_text("utf-8"))):
            if name != room:
                mentions.add((place, name))

    assert mentions == NO_LANGUAGE


def _room(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "languages" and len(parts) > 2 else ""


def _named_languages(tree: ast.AST) -> Iterator[str]:
    """Yield the languages that a module imports from, compares with or looks up."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                words = {word for alias in aliases for word in _words(alias.name)}
            case ast.ImportFrom(module=str(module), names=aliases):
                words = {word for alias in aliases for word in _words(f"{module}.{alias.name}")}
            case ast.Constant(value=str(text)):
                words = {text}
            case _:
                continue
        yield from words.intersection(LANGUAGES)


def _words(module: str) -> list[str]:
    return module.split(".") if module.startswith("gate.languages.") else []
