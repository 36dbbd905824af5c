"""The facts of Python manifests."""

from __future__ import annotations

import pytest

from gate.languages.python import manifest


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        ("[tool.setuptools.packages.find]\nwhere = ['src', './lib/']", ["src", "lib"]),
        ("[tool.setuptools.package-dir]\n'' = 'src'", ["src"]),
        ("[tool.hatch.build.targets.wheel]\npackages = ['src/a', 'b']", ["src"]),
        ("[tool.hatch.build.targets.wheel]\nsources = ['src']", ["src"]),
        ("[[tool.poetry.packages]]\ninclude = 'a'\nfrom = 'src'", ["src"]),
        ("[tool.pytest.ini_options]\npythonpath = ['.', 'src']", ["src"]),
        ("[tool.mypy]\nmypy_path = '$MYPY_CONFIG_FILE_DIR/src,stubs'", ["src", "stubs"]),
        ("[tool.pyright]\nextraPaths = ['../other', '/abs', 'a*', 'x']", ["x"]),
        ("[tool.ruff]\nsrc = ['src']", ["src"]),
        ("[tool.uv.build-backend]\nmodule-root = 'src'", ["src"]),
        ("[tool.setuptools.packages.find]\nwhere = 3", []),
        ("tool = 3", []),
    ],
)
def test_roots(text: str, roots: list[str]) -> None:
    assert manifest.read(text.encode(), "pyproject.toml").settings == tuple(("root", root) for root in roots)


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        ("[options]\npackage_dir =\n    = src\n    a = b\n", ["src"]),
        ("[options.packages.find]\nwhere = lib\n", ["lib"]),
        ("[tool:pytest]\npythonpath = . src\n    more\n", ["src", "more"]),
    ],
)
def test_roots_in_ini_files(text: str, roots: list[str]) -> None:
    assert manifest.read(text.encode(), "setup.cfg").settings == tuple(("root", root) for root in roots)


@pytest.mark.parametrize(
    ("ending", "text", "expected"),
    [
        ("pyproject.toml", "[project.scripts]\nx = 'a.b:c'", [("a.b:c", 2)]),
        ("pyproject.toml", "[project.entry-points.'y.z']\nx = 'a.b:C.d [extra]'", [("a.b:C.d", 2)]),
        ("pyproject.toml", "[tool.poetry.scripts]\nx = {reference = 'a/b.sh', type = 'file'}", []),
        ("pyproject.toml", "[tool.setuptools.dynamic]\nversion = {attr = 'a.v'}", [("a.v", 2)]),
        (
            "setup.cfg",
            "[options.entry_points]\nconsole_scripts =\n  x = a.b:c\n  y=a:d\n",
            [("a.b:c", 3), ("a:d", 4)],
        ),
        ("setup.cfg", "[metadata]\nversion = attr: a.v\n", [("a.v", 2)]),
        ("setup.cfg", "[metadata]\nversion = 1.2\n", []),
        ("pytest.ini", "[pytest]\nDJANGO_SETTINGS_MODULE = a.settings\n", [("a.settings", 2)]),
    ],
)
def test_entry_points(ending: str, text: str, expected: list[tuple[str, int]]) -> None:
    references = manifest.read(text.encode(), ending).string_references

    assert [(fact.text, fact.line) for fact in references] == expected
    assert all(fact.kind == "object" and fact.sure for fact in references)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"x = [", "pyproject.toml"),
        (b"\xff\xfe", "pyproject.toml"),
        (b"x = " + b"[" * 100_000, "pyproject.toml"),
        (b"no section", "setup.cfg"),
        (b"<<<<<<< a\n", "setup.cfg"),
    ],
)
def test_what_does_not_parse_is_said(content: bytes, ending: str) -> None:
    assert manifest.read(content, ending).parse == "none"
