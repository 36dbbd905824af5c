"""What the manifests of a tree say about where modules are tree."""

from __future__ import annotations

import pytest
from languages.javascript.linker.states import manifests, settings

from gate.languages.javascript.linker.manifests import is_manifest, package_of
from gate.model.source import UNSETTLED, FileFacts


def folders_named(name: str, files: dict[str, FileFacts]) -> list[str]:
    """The folders of the packages of a name."""
    return [package.folder for package in manifests(files).named(name)]


def chains(path: str, files: dict[str, FileFacts]) -> list[list[str]]:
    """The paths of the compilers' settings for a file."""
    return [[config.path for config in configs] for configs in manifests(files).configs(path)]


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("a", ("a", "")),
        ("a/b/c", ("a", "b/c")),
        ("@a/b", ("@a/b", "")),
        ("@a/b/c/d", ("@a/b", "c/d")),
    ],
)
def test_the_package_of_a_specifier(specifier: str, expected: tuple[str, str]) -> None:
    assert package_of(specifier) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/package.json", True),
        ("pnpm-workspace.yaml", True),
        ("tsconfig.json", True),
        ("jsconfig.json", True),
        ("a/tsconfig.build.json", True),
        ("a/tsconfig.ts", False),
        ("package.json/a", False),
        ("package-lock.json", False),
    ],
)
def test_what_is_a_manifest(path: str, expected: bool) -> None:
    assert is_manifest(path) is expected


def test_the_nearest_package_above_a_file() -> None:
    tree = manifests({"package.json": settings(), "a/package.json": settings()})

    packages = [tree.package(path) for path in ("a/b/c.ts", "a/c.ts", "b/c.ts")]
    assert [package and package.folder for package in packages] == ["a", "a", ""]
    assert tree.in_folder("a/b") is None
    assert manifests({}).package("a.ts") is None


def test_values_of_a_key() -> None:
    manifest = manifests({"package.json": settings(
        ("name", "a"), ("exports .", "./x"), ("exports .", "./y"), ("exports ./b", "")
    )}).in_folder("")  # fmt: skip

    assert manifest is not None
    assert (manifest.first("name"), manifest.first("main")) == ("a", "")
    assert (manifest.all("exports ."), manifest.all("main")) == (["./x", "./y"], [])
    assert manifest.below("exports") == {".": ["./x", "./y"], "./b": [""]}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("packages/*", ["packages/a"]),
        ("packages/**", ["packages/a", "packages/x/a"]),
        ("pack*/a", ["packages/a"]),
        ("other/*", ["fixtures/a", "packages/a", "packages/x/a"]),
        ("*****/*", ["fixtures/a", "packages/a", "packages/x/a"]),
    ],
)
def test_of_packages_of_one_name_those_of_workspaces_go_first(pattern: str, expected: list[str]) -> None:
    copies = dict.fromkeys((f"{folder}/package.json" for folder in ("fixtures/a", "packages/a", "packages/x/a")),
                           settings(("name", "a")))  # fmt: skip

    assert folders_named("a", {"package.json": settings(("workspace", pattern)), **copies}) == expected


@pytest.mark.parametrize(
    ("folder", "pattern", "expected"),
    [
        ("a/b", "*", ["a/b/c"]),
        ("a/b/c", "../*", ["a/b/c", "x"]),
        ("a/b", "*****", ["a/b/c"]),
        ("a/b", "******", ["a/b/c", "x"]),
    ],
)
def test_workspaces_lie_near_the_root_and_have_few_stars(
    folder: str, pattern: str, expected: list[str]
) -> None:
    workspace = {f"{folder}/pnpm-workspace.yaml": settings(("workspace", pattern))}
    copies = dict.fromkeys(("a/b/c/package.json", "x/package.json"), settings(("name", "a")))

    assert folders_named("a", {**copies, **workspace}) == expected


def test_a_workspace_may_leave_folders_out() -> None:
    copies = dict.fromkeys(("p/a/package.json", "p/b/package.json"), settings(("name", "a")))
    root = settings(("workspace", "p/*"), ("workspace", "!p/b"))

    assert folders_named("a", {"package.json": root, **copies}) == ["p/a"]


def test_installed_packages_are_left_out() -> None:
    assert folders_named("a", {"node_modules/a/package.json": settings(("name", "a"))}) == []
    files = dict.fromkeys(("node_modules/a/b.d.ts", "b.d.ts", "c.ts"), settings())
    assert manifests(files).declarations == ("b.d.ts",)


def test_the_nearest_compilers_settings_come_first_with_what_they_extend() -> None:
    files = {
        "tsconfig.base.json": settings(("extends", "./more")),
        "more/tsconfig.json": settings(),
        "app/tsconfig.json": settings(("extends", "../tsconfig.base")),
        "app/tsconfig.build.json": settings(),
    }

    assert chains("app/src/a.ts", files) == [
        ["app/tsconfig.json", "tsconfig.base.json", "more/tsconfig.json"],
        ["app/tsconfig.build.json"],
        ["tsconfig.base.json", "more/tsconfig.json"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("./b", ["tsconfig.json", "b.json"]),
        ("./c", ["tsconfig.json", "?c"]),
        ("../c", ["tsconfig.json", "?../c"]),
        ("@p/base", ["tsconfig.json", "p/tsconfig.json"]),
        ("@p/base/b.json", ["tsconfig.json", "p/b.json"]),
        ("@q/base", ["tsconfig.json"]),
        ("@p/base/d.json", ["tsconfig.json", "?p/d.json"]),
        ("./tsconfig.json", ["tsconfig.json"]),
    ],
)
def test_what_settings_extend(text: str, expected: list[str]) -> None:
    files = {
        "tsconfig.json": settings(("extends", text)),
        "b.json": settings(),
        "p/package.json": settings(("name", "@p/base")),
        "p/tsconfig.json": settings(),
        "p/b.json": settings(),
    }

    assert chains("a.ts", files) == [expected]


def test_settings_that_do_not_exist_cannot_be_read() -> None:
    [[config, parent]] = manifests({"tsconfig.json": settings(("extends", "./c"))}).configs("a.ts")

    assert (config.readable, parent.readable) == (True, False)


def test_a_manifest_that_does_not_parse_cannot_be_read() -> None:
    [[config]] = manifests({"tsconfig.json": FileFacts("none", "it does not parse")}).configs("a.ts")

    assert not config.readable


@pytest.mark.parametrize(("facts", "settled"), [(settings(), True), (UNSETTLED, False)])
def test_a_manifest_in_conflict_settles_nothing(facts: FileFacts, settled: bool) -> None:
    tree = manifests({"package.json": settings(), "a/package.json": facts, "data.json": UNSETTLED})

    assert tree.settled is settled


def test_a_chain_of_settings_ends() -> None:
    files = {f"{number}/tsconfig.json": settings(("extends", f"../{number + 1}")) for number in range(20)}

    assert len(manifests(files).configs("0/a.ts")[0]) == 8
