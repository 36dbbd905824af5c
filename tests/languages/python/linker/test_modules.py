"""Which file a dotted module name is."""

from __future__ import annotations

import pytest

from gate.languages.base.symbols import Module
from gate.languages.base.tree import Tree
from gate.languages.python.linker.modules import Modules, rivals
from gate.languages.python.linker.roots import PythonRoots

PATHS = (
    "app/__init__.py",
    "app/store.py",
    "app/part/__init__.pyi",
    "app/part/deep.py",
    "src/lib.py",
    "src/space/inner.py",
    "tools/helper.py",
    "tools/json.py",
    "src/json.py",
    "a/twin.py",
    "b/twin.py",
    "bare/app/other.py",
)


def modules(*paths: str, roots: PythonRoots | None = None) -> Modules:
    """The modules of a tree, of `PATHS` when no paths are given."""
    return Modules(Tree({path: path for path in paths or PATHS}), roots or PythonRoots())


@pytest.mark.parametrize(
    ("dotted", "importer", "path", "folder"),
    [
        ("app", "use.py", "app/__init__.py", "app"),
        ("app.store", "use.py", "app/store.py", None),
        ("app.part", "use.py", "app/part/__init__.pyi", "app/part"),
        ("app.part.deep", "use.py", "app/part/deep.py", None),
        ("lib", "use.py", "src/lib.py", None),
        ("space", "use.py", "", "src/space"),
        ("space.inner", "use.py", "src/space/inner.py", None),
        ("helper", "tools/use.py", "tools/helper.py", None),
        ("json", "tools/use.py", "tools/json.py", None),
    ],
)
def test_modules_by_their_dotted_names(dotted: str, importer: str, path: str, folder: str | None) -> None:
    assert modules().absolute(dotted, importer) == Module(path, folder)


@pytest.mark.parametrize(
    ("dotted", "importer"),
    [
        ("nothing", "use.py"),
        ("app.nothing", "use.py"),
        ("nothing.store", "use.py"),
        ("helper", "use.py"),
        ("json", "use.py"),
        ("sys", "tools/use.py"),
    ],
)
def test_names_of_no_module_here(dotted: str, importer: str) -> None:
    assert modules("sys.py", *PATHS).absolute(dotted, importer) is None


def test_a_name_below_two_roots_is_unsure_but_from_one_of_them() -> None:
    roots = PythonRoots(tops={"twin": {"a", "b"}})

    assert modules(roots=roots).absolute("twin", "use.py") == Module("a/twin.py", None, sure=False)
    assert modules(roots=roots).absolute("twin", "b/use.py") == Module("b/twin.py", None)


def test_a_package_comes_before_a_file_and_a_file_before_a_bare_folder() -> None:
    package = modules("app/__init__.py", "app.py").absolute("app", "use.py")
    file = modules("app/data/x.py", "app.py").absolute("app", "use.py")

    assert package == Module("app/__init__.py", "app")
    assert file == Module("app.py", None)


def test_a_file_comes_before_a_bare_folder_of_a_likelier_root() -> None:
    module = modules("space/data/x.py", "src/space.py").absolute("space", "use.py")

    assert module == Module("src/space.py", None)


@pytest.mark.parametrize(
    ("dotted", "level", "importer", "path"),
    [
        ("store", 1, "app/use.py", "app/store.py"),
        ("store", 2, "app/part/use.py", "app/store.py"),
        ("part.deep", 1, "app/use.py", "app/part/deep.py"),
        ("", 1, "app/use.py", "app/__init__.py"),
        ("", 2, "app/part/use.py", "app/__init__.py"),
        ("app", 1, "use.py", "app/__init__.py"),
    ],
)
def test_relative_imports(dotted: str, level: int, importer: str, path: str) -> None:
    module = modules().relative(dotted, level, importer)

    assert module is not None
    assert module.path == path


@pytest.mark.parametrize(("dotted", "level"), [("store", 3), ("nothing", 1)])
def test_relative_imports_of_nothing(dotted: str, level: int) -> None:
    assert modules().relative(dotted, level, "app/use.py") is None


def test_submodules() -> None:
    assert modules().child(Module("app/__init__.py", "app"), "store") == Module("app/store.py", None)
    assert modules().child(Module("app/__init__.py", "app"), "nothing") is None
    assert modules().child(Module("app/store.py", None), "app") is None


@pytest.mark.parametrize(
    ("top", "expected"),
    [("requests", True), ("json", True), ("app", False), ("nested", False)],
)
def test_what_lies_outside(top: str, expected: bool) -> None:
    roots = PythonRoots(tops={"app": {""}, "json": {""}}, folder_names={"nested"})

    assert modules(roots=roots).outside(top) is expected


@pytest.mark.parametrize(
    ("top", "importer", "expected"),
    [
        ("requests", "app/part/use.py", ["app/part/requests.py", "app/part/requests/__init__.py"]),
        ("requests", "tools/use.py", ["tools/requests.py", "tools/requests/__init__.py"]),
        ("sys", "tools/use.py", []),
    ],
)
def test_files_that_would_stand_in_for_a_module_outside(top: str, importer: str, expected: list[str]) -> None:
    files = ("tools/helper.py", "app/part/deep.py")

    assert list(modules(*files).stand_ins(top, importer)) == expected


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        (Module("a/m.py", None), ["a/m/__init__.py"]),
        (Module("a/m.pyi", None), ["a/m/__init__.py"]),
        (Module("", "a/m"), ["a/m/__init__.py", "a/m.py"]),
        (Module("a/__init__.py", "a"), []),
        (Module("", ""), []),
    ],
)
def test_files_that_would_come_before_a_module(module: Module, expected: list[str]) -> None:
    assert list(rivals(module)) == expected


def test_django_apps_by_their_labels() -> None:
    roots = PythonRoots(apps={"shop": {"b/shop", "a/shop"}})

    assert modules(roots=roots).apps("shop") == ["a/shop", "b/shop"]
    assert modules(roots=roots).apps("cart") == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [("new/deep/m.py", True), ("new/old/m.py", False), ("new/m.py", True), ("m.py", False)],
)
def test_the_nearest_manifest_says_whether_annotations_are_postponed(path: str, expected: bool) -> None:
    roots = PythonRoots(postponing={"": False, "new": True, "new/old": False})

    assert modules(roots=roots).postpones(path) is expected


def test_without_a_manifest_annotations_are_not_postponed() -> None:
    assert not modules().postpones("m.py")
