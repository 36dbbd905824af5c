"""Which module a specifier is."""

from __future__ import annotations

import json

import pytest
from languages.worlds import says

APP = {"package.json": '{"name": "root"}', "src/use.ts": ""}


def package(**more: object) -> str:
    return json.dumps(more)


@pytest.mark.parametrize(
    ("specifier", "files", "expected"),
    [
        ("./m", ["src/m.ts"], "fine"),
        ("./m", ["src/m.tsx"], "fine"),
        ("./m", ["src/m.d.ts"], "fine"),
        ("./m", ["src/m.mjs"], "fine"),
        ("./m", ["src/m/index.js"], "fine"),
        ("./m", ["src/m/index.tsx"], "fine"),
        ("./m", ["src/m/other.ts"], "fails"),
        ("./m", ["src/n.ts"], "fails"),
        ("./m.js", ["src/m.ts"], "fine"),
        ("./m.js", ["src/m.tsx"], "fine"),
        ("./m.js", ["src/m.js"], "fine"),
        ("./m.js", ["src/m.mts"], "fails"),
        ("./m.mjs", ["src/m.mts"], "fine"),
        ("./m.cjs", ["src/m.cts"], "fine"),
        ("./m.jsx", ["src/m.tsx"], "fine"),
        ("./m.json", ["src/m.json"], "fine"),
        ("./m.vue", ["src/m.vue"], "fine"),
        ("./m.svg?raw", ["src/m.svg"], "fine"),
        ("./m.svg?raw", ["src/n.svg"], "fails"),
        ("raw-loader!./m.txt", ["src/m.txt"], "fine"),
        ("./m", ["src/m.native.ts", "src/m.web.ts"], "fine"),
        ("../m", ["m.ts"], "fine"),
        ("../../m", ["m.ts"], "silent"),
        (".", ["src/index.ts"], "fine"),
        ("./", ["src/index.ts"], "fine"),
        ("..", ["index.ts"], "fine"),
        ("./m/", ["src/m.ts", "src/m/index.ts"], "fine"),
        ("./m/", ["src/m.ts"], "fails"),
        ("/m", ["m.ts"], "silent"),
        ("node:fs", [], "silent"),
        ("fs", [], "silent"),
        ("fs/promises", [], "silent"),
        ("virtual:m", [], "silent"),
        ("https://a.b/m.js", [], "silent"),
        ("elsewhere", [], "fails"),
    ],
)
def test_files(specifier: str, files: list[str], expected: str) -> None:
    tree = {"src/use.ts": f'import "{specifier}"', **dict.fromkeys(files, "")}

    assert says(tree, "src/use.ts", specifier, "javascript") == expected


@pytest.mark.parametrize(
    ("specifier", "config", "files", "expected"),
    [
        ("@/m", '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', ["src/m.ts"], "fine"),
        ("@/m", '{"compilerOptions": {"baseUrl": "src", "paths": {"@/*": ["./*"]}}}', ["src/m.ts"], "fine"),
        ("@/m", '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', ["src/n.ts"], "fails"),
        ("@/m", '{"compilerOptions": {"paths": {"@/*": ["./a/*", "./b/*"]}}}', ["b/m.ts"], "fine"),
        ("@/x/m", '{"compilerOptions": {"paths": {"@/*": ["a/*"], "@/x/*": ["b/*"]}}}', ["b/m.ts"], "fine"),
        ("~m", '{"compilerOptions": {"paths": {"~m": ["./src/m.ts"]}}}', ["src/m.ts"], "fine"),
        ("m", '{"compilerOptions": {"baseUrl": "."}}', ["m.ts"], "fine"),
        ("lib/m", '{"compilerOptions": {"baseUrl": "./src"}}', ["src/lib/m/index.ts"], "fine"),
        ("./m", '{"compilerOptions": {"rootDirs": ["src", "more"]}}', ["more/m.ts"], "fine"),
        ("@/m", '{"extends": "./.made/tsconfig.json"}', [], "silent"),
        ("@/m", '{"extends": "./{"', [], "silent"),
        ("@/m", '{"extends": "@tsconfig/node18/tsconfig.json"}', [], "fails"),
    ],
)
def test_compilers_settings(specifier: str, config: str, files: list[str], expected: str) -> None:
    tree = {"src/use.ts": f'import "{specifier}"', "tsconfig.json": config, **dict.fromkeys(files, "")}

    assert says(tree, "src/use.ts", specifier, "javascript") == expected


def test_settings_are_inherited_and_the_nearest_win() -> None:
    tree = {
        "tsconfig.base.json": '{"compilerOptions": {"paths": {"@/*": ["libs/*"]}}}',
        "app/tsconfig.json": '{"extends": "../tsconfig.base"}',
        "app/use.ts": 'import { a } from "@/m"; import { b } from "@/m"',
        "libs/m.ts": "export const a = 1",
        "app/src/m.ts": "export const b = 1",
    }

    assert says(tree, "app/use.ts", "a", "javascript") == "fine"
    assert says(tree, "app/use.ts", "b", "javascript") == "fails"


@pytest.mark.parametrize(
    ("specifier", "manifest", "files", "expected"),
    [
        ("@a/b", package(name="@a/b", main="./x.js"), ["x.ts"], "fine"),
        ("@a/b", package(name="@a/b"), ["index.ts"], "fine"),
        ("@a/b", package(name="@a/b", main="dist/index.js"), ["src/index.ts"], "fine"),
        ("@a/b", package(name="@a/b", main="dist/other.js"), [], "silent"),
        ("@a/b", package(name="@a/c"), ["index.ts"], "fails"),
        ("@a/b/m", package(name="@a/b"), ["m.ts"], "fine"),
        ("@a/b/m", package(name="@a/b"), ["n.ts"], "fails"),
        ("@a/b/dist/m", package(name="@a/b"), ["src/m.ts"], "fine"),
        ("@a/b", package(name="@a/b", exports="./x.js"), ["x.js"], "fine"),
        ("@a/b", package(name="@a/b", exports={"import": "./x.js"}), ["x.js"], "fine"),
        ("@a/b", package(name="@a/b", exports={".": {"types": "./dist/i.d.ts"}}), ["src/i.ts"], "fine"),
        ("@a/b/m", package(name="@a/b", exports={"./m": "./dist/m.js"}), ["src/m.ts"], "fine"),
        ("@a/b/m", package(name="@a/b", exports={"./*": "./src/*.ts"}), ["src/m.ts"], "fine"),
        ("@a/b/m", package(name="@a/b", exports={"./n": "./m.js"}), ["src/m.ts"], "fails"),
        ("@a/b/m", package(name="@a/b", exports={"./m": "./dist/made.js"}), [], "silent"),
        ("b", package(name="b", source="src/main.ts", main="dist/b.js"), ["src/main.ts"], "fine"),
    ],
)
def test_packages(specifier: str, manifest: str, files: list[str], expected: str) -> None:
    tree = {
        "app/use.ts": f'import "{specifier}"',
        "packages/b/package.json": manifest,
        **{f"packages/b/{path}": "" for path in files},
    }

    assert says(tree, "app/use.ts", specifier, "javascript") == expected


def test_a_package_that_a_registry_may_have_is_not_surely_missing() -> None:
    from languages.worlds import answered_uses

    tree = {"use.ts": 'import "@a/b"; import "@a/c"', "package.json": package(
        dependencies={"@a/b": "^1.0.0", "@a/c": "workspace:*"})}  # fmt: skip

    assert [answer.sure for _, answer in answered_uses(tree, "use.ts", "javascript")] == [False, True]


def test_own_imports() -> None:
    tree = {
        "use.ts": 'import "#m"; import "#x/n"; import "#none"',
        "package.json": package(imports={"#m": "./m.js", "#x/*": {"default": "./lib/*.js"}}),
        "m.ts": "",
        "lib/n.js": "",
    }

    assert [says(tree, "use.ts", name, "javascript") for name in ("#m", "#x/n", "#none")] == [
        "fine",
        "fine",
        "fails",
    ]


def test_of_several_packages_of_one_name_the_workspaces_own_is_meant() -> None:
    copy = {"fixtures/b/package.json": package(name="b"), "fixtures/b/index.ts": "export const c = 1"}
    tree = {
        "use.ts": 'import { a } from "b"; import { c } from "b"',
        "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n",
        "packages/b/package.json": package(name="b"),
        "packages/b/index.ts": "export const a = 1",
        **copy,
    }

    assert says(tree, "use.ts", "a", "javascript") == "fine"
    assert says(tree, "use.ts", "c", "javascript") == "fails"


def test_installed_packages_are_none_of_the_tree() -> None:
    tree = {
        "use.ts": 'import "b"',
        "node_modules/b/package.json": package(name="b"),
        "node_modules/b/index.js": "",
    }

    assert says(tree, "use.ts", "b", "javascript") == "fails"


@pytest.mark.parametrize(
    "manifest",
    [
        package(name="b", main="."),
        package(name="b", main="./"),
        package(name="b", main="../b"),
        package(name="b", exports={"./" + "*" * 50: "./x"}),
        package(workspaces=["**/" * 50]),
    ],
)
def test_odd_manifests_end_quickly(manifest: str) -> None:
    tree = {"use.ts": 'import "b"', "p/b/package.json": manifest}

    assert says(tree, "use.ts", "b", "javascript") in ("silent", "fails")
