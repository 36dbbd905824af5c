"""What two streams may both bind in one JavaScript or TypeScript file, and what no longer loads or compiles."""

from __future__ import annotations

import pytest
from checks.names import facts

from gate.checks.duplicate_definition import duplicate_definition
from gate.languages import registry
from gate.languages.base.merged_file import MergedFile
from gate.languages.javascript import duplicates
from gate.model.names import NameFacts

MODULE = "import fs from 'fs';\nexport const base = fs;\n"
SCRIPT = "base();\n"
COMMONJS = "const base = 1;\nexports.base = base;\n"


def severities(
    path: str, around: str, first: str, second: str, before: str = "", after: str = ""
) -> list[str]:
    """How bad it is that a stream puts `first` at the top of this text, the other stream `second` at its end."""
    texts = (
        f"{before}{first}\n{around}\n{second}\n{after}",
        f"{before}{first}\n{around}\n{after}",
        f"{before}{around}\n{second}\n{after}",
    )
    ending = registry.ending(path)
    merged, first_side, second_side = (registry.reader(ending).read(text.encode(), ending) for text in texts)
    assert merged.parse == "full", texts[0]
    file = MergedFile("agent/a", "agent/b", path, merged, (first_side, second_side))
    file_facts = facts(NameFacts(duplicates=tuple(duplicates.find_duplicates(file))))
    return [finding.severity.value for finding in duplicate_definition.ask(file_facts)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("function x() {}", "function x() { f(); }"),
        ("function x() {}", "var x = 1;"),
        ("function x() {}", "const x = () => 1;"),
        ("class x {}", "class x { y = 1 }"),
        ("abstract class x {}", "class x {}"),
        ("const x = 1;", "const x = 2;"),
        ("let x;", "var x;"),
        ("const { x } = f();", "const [x] = f();"),
        ("declare const x: 1;", "declare const x: 2;"),
        ("declare class x {}", "declare class x {}"),
        ("type x = 1;", "type x = 2;"),
        ("type x = 1;", "interface x {}"),
        ("type x = 1;", "class x {}"),
        ("import x from './a';", "import { x } from './b';"),
        ("import type { x } from './a';", "import { x } from './b';"),
        ("import { x } from './a';\nx();", "const x = 2;"),
        ("import x = require('./a');", "import * as x from './b';"),
        ("export { base as x };", "export { base as x };"),
        ("export { x } from './a';", "export { x } from './b';"),
        ("export default 1;", "export default 2;"),
        ("export default function f() {}", "export default class G {}"),
        ("export function x() {}", "export { base as x };"),
    ],
)
def test_what_no_compiler_takes_twice(first: str, second: str) -> None:
    assert severities("m.ts", MODULE, first, second) == ["error"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("var x = 1;", "var x = 2;"),
        ("interface x { a: 1 }", "interface x { b: 2 }"),
        ("interface x { a: 1 }", "class x {}"),
        ("export interface x { a: 1 }", "export class x {}"),
        ("type x = 1;", "const x = 2;"),
        ("export type x = 1;", "export const x = 2;"),
        ("namespace x { export const a = 1 }", "namespace x { export const a = 2 }"),
        ("namespace x {}", "export class x {}"),
        ("export namespace x {}", "export namespace x {}"),
        ("enum x { A = 1 }", "enum x { B = 2 }"),
        ("declare function x(a: 1): void;", "declare function x(a: 2): void;"),
        ("export declare function x(a: 1): void;", "export declare function x(a: 2): void;"),
        ("export declare var x: 1;", "export declare var x: 1;"),
        ("import type { x } from './a';", "const x = 2;"),
        ("import { x } from './a';\nlet y: x;", "const x = 2;"),
        ("export { x } from './a';", "export const x = 2;"),
        ("export * from './a';", "export * from './b';"),
        ("declare module 'a' { const x: 1 }", "declare module 'a' { const x: 1 }"),
        ("declare global { const x: 1 }", "const x = 2;"),
        ("if (a) { function x() {} }", "function x() {}"),
        ("{ const x = 1; }", "const x = 1;"),
        ("const x = 1;", "export function f() { const x = 2; }"),
        ("import './a';", "import './a';"),
    ],
)
def test_what_may_stand_together(first: str, second: str) -> None:
    assert severities("m.ts", MODULE, first, second) == []


def test_more_overloads_of_what_is_exported() -> None:
    first, second = "export function x(a: 1): void;", "export function x(a: 2): void;"
    last = "export function x(a: unknown) {}\n"

    assert severities("m.ts", "", first, second, after=last) == []


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        ("x() { f(); }", "x() {}", "error"),
        ("x = 1;", "x() {}", "error"),
        ("x = 1;", "x = 2;", "error"),
        ("static x = 1;", "static x() {}", "error"),
        ("get x() { return 1 }", "get x() { return 2 }", "error"),
        ("constructor() { f(); }", "constructor() {}", "error"),
        ("constructor(private x: 1) {}", "x = 2;", "error"),
        ("#x = 1;", "#x = 2;", "error"),
        ("get x() { return 1 }", "set x(a) {}", ""),
        ("static x = 1;", "x = 2;", ""),
        ("x(a: 1): void;", "x(a: 2): void;", ""),
        ("abstract x(a: 1): void;", "abstract x(a: 2): void;", ""),
        ("[f()] = 1;", "[f()] = 2;", ""),
        ("f() { this.x = 1; }", "x = 2;", ""),
        ("f() { this.x = 1; }", "g() { this.x = 2; }", ""),
        ("[key: string]: any;", "[key: number]: any;", ""),
    ],
)
def test_members_of_typescripts_classes(first: str, second: str, severity: str) -> None:
    expected = [severity] if severity else []

    assert severities("m.ts", "between = 1;", first, second, "abstract class C {\n", "}\n") == expected


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        ("x() { f(); }", "x() {}", "warning"),
        ("x = 1;", "x = 2;", "warning"),
        ("constructor() { f(); }", "constructor() {}", "error"),
        ("#x = 1;", "#x = 2;", "error"),
        ("get x() { return 1 }", "set x(a) {}", ""),
        ("f() { this.x = 1; }", "x = 2;", ""),
    ],
)
def test_members_of_javascripts_classes(first: str, second: str, severity: str) -> None:
    expected = [severity] if severity else []

    assert severities("m.js", "between = 1;", first, second, "class C {\n", "}\n") == expected


@pytest.mark.parametrize(
    ("path", "first", "second", "severity"),
    [
        ("m.ts", "x: 1,", "x: 2,", "error"),
        ("m.ts", "x: 1,", "x() {},", "error"),
        ("m.ts", "x,", "'x': 2,", "error"),
        ("m.ts", "get x() { return 1 },", "set x(a) {},", ""),
        ("m.ts", "[x]: 1,", "[x]: 2,", ""),
        ("m.ts", "...x,", "...x,", ""),
        ("m.js", "x: 1,", "x: 2,", "warning"),
        ("m.js", "x: 1,", "x: 1,", "warning"),
        ("m.js", "constructor: 1,", "constructor: 2,", "warning"),
    ],
)
def test_keys_of_one_literal(path: str, first: str, second: str, severity: str) -> None:
    expected = [severity] if severity else []

    assert severities(path, "between: 1,", first, second, "export const C = {\n", "};\n") == expected


def test_keys_of_two_literals_of_one_name() -> None:
    assert severities("m.js", "", "var C = { x: 1 };", "var C = { x: 2 };") == []


def test_members_of_an_enum() -> None:
    assert severities("m.ts", "B,", "A,", "A = 5,", "enum C {\n", "}\n") == ["error"]


@pytest.mark.parametrize(
    ("path", "around", "first", "second", "severity"),
    [
        ("m.js", MODULE, "function x() {}", "function x() { f(); }", "error"),
        ("m.js", SCRIPT, "function x() {}", "function x() { f(); }", "warning"),
        ("m.mjs", SCRIPT, "function x() {}", "function x() { f(); }", "error"),
        ("m.js", COMMONJS, "function x() {}", "function x() { f(); }", "warning"),
        ("m.js", MODULE, "function x() {}", "var x;", "error"),
        ("m.js", SCRIPT, "function x() {}", "var x;", "warning"),
        ("m.js", SCRIPT, "function x() {}", "let x;", "error"),
        ("m.js", SCRIPT, "const x = () => 1;", "const x = () => 2;", "error"),
        ("m.js", SCRIPT, "class x {}", "class x { a() {} }", "error"),
        ("m.js", SCRIPT, "var x = 1;", "var x = 2;", ""),
        ("m.js", COMMONJS, "const x = require('a');", "const x = require('a');", "error"),
        ("m.js", COMMONJS, "const x = require('a');", "const { x } = require('b');", "error"),
        ("m.js", COMMONJS, "var x = require('a');", "var x = require('a');", ""),
        ("m.js", COMMONJS, "exports.x = 1;", "exports.x = 2;", "warning"),
        ("m.js", MODULE, "import x from 'a';", "import x from 'a';", "error"),
        ("m.js", MODULE, "import x from 'a';", "var x;", "error"),
        ("m.js", MODULE, "export { base as x };", "export { base as x };", "error"),
        ("m.js", MODULE, "export { x } from 'a';", "export const x = 1;", "error"),
    ],
)
def test_what_javascript_takes_twice(path: str, around: str, first: str, second: str, severity: str) -> None:
    assert severities(path, around, first, second) == ([severity] if severity else [])
