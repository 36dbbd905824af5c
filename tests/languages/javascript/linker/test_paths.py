"""Which files a path without its ending may mean, and how a file is written as a specifier."""

from __future__ import annotations

import pytest

from gate.languages.base.tree import Tree
from gate.languages.javascript.linker import paths


def tree(*files: str) -> Tree:
    return Tree({path: path for path in files})


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        ("a/b", "./c", "a/b/c"),
        ("a/b", "../c", "a/c"),
        ("", "c", "c"),
        ("a", "..", ""),
        ("a", "../..", None),
        ("a", "../../c", None),
        ("", "/c", None),
        ("", "..c", "..c"),
    ],
)
def test_a_path_from_a_folder(folder: str, path: str, expected: str | None) -> None:
    assert paths.joined(folder, path) == expected


@pytest.mark.parametrize(
    ("stem", "files", "expected"),
    [
        ("m", ("m.js", "m.ts", "m/index.ts", "n.ts"), ["m.ts", "m.js"]),
        ("m.js", ("m.js", "m.ts", "m.d.ts"), ["m.ts", "m.d.ts", "m.js"]),
        ("m.mjs", ("m.ts", "m.mts"), ["m.mts"]),
        ("m.json", ("m.json",), ["m.json"]),
        ("m", ("m.json", "m.css"), ["m.json", "m.css"]),
        ("", (".ts",), []),
    ],
)
def test_files_of_a_stem(stem: str, files: tuple[str, ...], expected: list[str]) -> None:
    assert paths.files(tree(*files), stem) == expected


def test_platforms_of_a_stem() -> None:
    files = tree("m.web.ts", "m.native.js", "m.ts", "m.other.ts")

    assert paths.platforms(files, "m") == ["m.native.js", "m.web.ts"]


@pytest.mark.parametrize(
    ("folder", "files", "expected"),
    [
        ("a", ("a/index.js", "a/index.tsx"), "a/index.tsx"),
        ("", ("index.ts",), "index.ts"),
        ("a", ("a/main.ts", "index.ts"), ""),
    ],
)
def test_the_index_of_a_folder(folder: str, files: tuple[str, ...], expected: str) -> None:
    assert paths.index(tree(*files), folder) == expected


@pytest.mark.parametrize(
    ("path", "source", "typed"),
    [("a.ts", True, True), ("a.mts", True, True), ("a.js", True, False), ("a.vue", False, False)],
)
def test_what_is_known_of_a_file(path: str, source: bool, typed: bool) -> None:
    assert (paths.is_source(path), paths.is_typed(path)) == (source, typed)


@pytest.mark.parametrize(
    ("importer", "path", "like", "expected"),
    [
        ("a/b.ts", "a/c.ts", "./x", "./c"),
        ("a/b.ts", "d/c.ts", "./x", "../d/c"),
        ("b.ts", "a/c.d.ts", "./x", "./a/c"),
        ("b.ts", "a/index.ts", "./x", "./a"),
        ("b.ts", "a/index.ts", "./x.js", "./a/index.js"),
        ("b.ts", "a/c.ts", "./x.js", "./a/c.js"),
        ("b.ts", "a/c.mts", "./x.mjs", "./a/c.mjs"),
        ("b.ts", "a/c.css", "./x", "./a/c.css"),
    ],
)
def test_a_specifier_like_another(importer: str, path: str, like: str, expected: str) -> None:
    assert paths.specifier(importer, path, like) == expected
