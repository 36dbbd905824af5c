"""What a name in a JavaScript or TypeScript file stands for."""

from __future__ import annotations

import pytest
from languages.worlds import call, listed, says

LIB = {
    "m.ts": "export const a = 1\nexport function f() {}\nexport type T = 1\nconst hidden = 1\n"
    "export { a as b }\nexport default f\n",
    "star.ts": "export * from './m'\nexport const own = 1\n",
    "named.ts": "export { a, f as g } from './m'\nexport * as ns from './m'\n",
    "cycle.ts": "export * from './cycle2'\n",
    "cycle2.ts": "export * from './cycle'\nexport const c = 1\n",
    "out.ts": "export * from 'elsewhere'\nexport { x } from 'elsewhere'\n",
    "broken.ts": "export const a = = 1\nexport const b = 2\n",
    "old.cjs": "exports.a = 1\nexports.f = function () {}\n",
    "whole.cjs": "class K {}\nmodule.exports = K\n",
    "object.cjs": "module.exports = { a: 1, f() {} }\n",
    "computed.cjs": "module.exports = make()\n",
    "assigned.d.ts": "declare const x: number\nexport = x\n",
    "data.json": "{}",
    "View.vue": "",
}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("import { a } from './m'", "a", "fine"),
        ("import { a as x } from './m'", "a", "fine"),
        ("import { b } from './m'", "b", "fine"),
        ("import type { T } from './m'", "T", "fine"),
        ("import { hidden } from './m'", "hidden", "fails"),
        ("import { nope } from './m'", "nope", "fails"),
        ("import d from './m'", "default", "fine"),
        ("import d from './star'", "default", "fails"),
        ("import { a } from './star'", "a", "fine"),
        ("import { own } from './star'", "own", "fine"),
        ("import { nope } from './star'", "nope", "fails"),
        ("import { g } from './named'", "g", "fine"),
        ("import { f } from './named'", "f", "fails"),
        ("import { ns } from './named'\nns.a", "ns.a", "fine"),
        ("import { ns } from './named'\nns.nope", "ns.nope", "fails"),
        ("import { c } from './cycle'", "c", "fine"),
        ("import { nope } from './cycle'", "nope", "fails"),
        ("import { anything } from './out'", "anything", "silent"),
        ("import { x } from './out'", "x", "fine"),
        ("import * as m from './m'\nm.a", "m.a", "fine"),
        ("import * as m from './m'\nm.nope", "m.nope", "fails"),
        ("import * as m from './m'\nm.then", "m.then", "silent"),
        ("const m = require('./old.cjs')\nm.a", "m.a", "fine"),
        ("const m = require('./old.cjs')\nm.nope", "m.nope", "fails"),
        ("const { a } = require('./old.cjs')", "a", "fine"),
        ("const { nope } = require('./old.cjs')", "nope", "fails"),
        ("import m from './old.cjs'\nm.a", "m.a", "fine"),
        ("import m from './object.cjs'\nm.nope", "m.nope", "fails"),
        ("const m = require('./object.cjs')\nm.f", "m.f", "fine"),
        ("const K = require('./whole.cjs')", "./whole.cjs", "fine"),
        ("import { x } from './computed.cjs'", "x", "fine"),
        ("import x from './assigned'", "default", "fine"),
        ("import x from './data.json'", "default", "fine"),
        ("import x from './View.vue'", "default", "fine"),
        ("import { a } from './broken'", "a", "fine"),
        ("import { nope } from './broken'", "nope", "fine"),
        ("export { a } from './m'", "a", "fine"),
        ("export { nope } from './m'", "nope", "fails"),
        ("export { default as x } from './m'", "default", "fine"),
        ("export * from './m'", "./m", "fine"),
        ("export * from './nope'", "./nope", "fails"),
        ("import('./nope')", "./nope", "fails"),
        ("jest.mock('./m')", "./m", "fine"),
        ("export const x = 1\nnowhere", "nowhere", "fails"),
        ("export const x = 1\nwindow; document", "document", "silent"),
        ("nowhere", "nowhere", "silent"),
        ("export const x = 1\nx", "x", "fine"),
        ("function f() { const m = require('./m'); m.nope }\nexport {}", "m.nope", "fails"),
    ],
)
def test_names(text: str, name: str, expected: str) -> None:
    if expected == "silent" and "out" in text:
        [said] = [
            one for use, one in listed({**LIB, "use.ts": text}, "use.ts", "javascript") if use.text == name
        ]
        assert not said.fails
        assert not said.sure
        return
    assert says({**LIB, "use.ts": text}, "use.ts", name, "javascript") == expected


def test_names_a_declaration_file_may_give_to_every_file_are_not_missing() -> None:
    files = {"env.d.ts": "declare const VERSION: string\n", "use.ts": "export const x = VERSION\n"}

    assert says(files, "use.ts", "VERSION", "javascript") == "silent"


def test_two_stars_that_differ_in_a_name_leave_it_unknown() -> None:
    files = {
        "a.ts": "export const x = 1",
        "b.ts": "export const x = 2",
        "use.ts": "import { x } from './both'",
        "both.ts": "export * from './a'\nexport * from './b'",
    }

    [(_, said)] = listed(files, "use.ts", "javascript")

    assert said.fine
    assert said.target is None


CLASSES = """
export class A { static s = 1; x = 1; #p = 2; constructor(private q: 1) { this.y = 1 } m() {} get g() { return 1 } }
export class B extends A { own() {} }
export class U extends Outside {}
@made class D {}
export enum E { One, Two }
export namespace N { export const c = 1 }
class M { a = 1 }
interface M { b: number }
"""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("new A(1).m", "A().m", "fine"),
        ("new A(1).nope", "A().nope", "fails"),
        ("new A(1).s", "A().s", "fails"),
        ("A.s", "A.s", "fine"),
        ("A.m", "A.m", "fails"),
        ("A.name", "A.name", "silent"),
        ("A.toString", "A.toString", "silent"),
        ("new A(1).q", "A().q", "fine"),
        ("new A(1).y", "A().y", "fine"),
        ("new A(1).g", "A().g", "fine"),
        ("new B(1).m", "B().m", "fine"),
        ("new B(1).nope", "B().nope", "fails"),
        ("const b = new B(1)\nb.own", "b.own", "fine"),
        ("const b = new B(1)\nb.nope", "b.nope", "fails"),
        ("const b = B(1)\nb.nope", "b.nope", "fails"),
        ("class C extends B { f() { this.m } }", "self.m", "fine"),
        ("class C extends B { f() { this.nope } }", "self.nope", "fails"),
        ("class C extends B { f() { super.m } }", "super().m", "fine"),
        ("class C extends B { f() { super.nope } }", "super().nope", "fails"),
        ("E.One", "E.One", "fine"),
        ("E.Three", "E.Three", "fails"),
        ("N.c", "N.c", "fine"),
        ("N.d", "N.d", "fails"),
        ("const v: A = other\nv.nope", "v.nope", "silent"),
    ],
)
def test_members(text: str, name: str, expected: str) -> None:
    assert says({"use.ts": CLASSES + text}, "use.ts", name, "javascript") == expected


@pytest.mark.parametrize("text", ["new U().nope", "new D().nope"])
def test_where_a_class_is_not_wholly_known_a_missing_member_is_unsure(text: str) -> None:
    [said] = [
        one for use, one in listed({"use.ts": CLASSES + text}, "use.ts", "javascript") if "nope" in use.text
    ]

    assert said.fails
    assert not said.sure


def test_members_of_a_class_in_javascript_are_never_surely_missing() -> None:
    [said] = [
        one
        for use, one in listed({"use.js": "class A {}\nnew A().nope"}, "use.js", "javascript")
        if "nope" in use.text
    ]

    assert said.fails
    assert not said.sure


@pytest.mark.parametrize(
    "text", ["class A extends A { f() { this.x } }", "class A extends B {}\nclass B extends A {}\nnew A().x"]
)
def test_classes_that_extend_themselves_end(text: str) -> None:
    listed({"use.ts": text}, "use.ts", "javascript")


CALLS = """
export function f(a: number, b?: string) {}
export const g = (a: number, ...rest: string[]) => a
export function o(a: number): void
export function o(a: string): void
export function o(a: any) {}
export class C { constructor(a: number) {} m(a: number) {} static s() {} }
export class S extends C {}
export class P {}
export class X extends Outside {}
export const h: Handler = (a) => a
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("f(1)", ""),
        ("f(1, 'b')", ""),
        ("f()", "needs `a`"),
        ("f(1, 'b', 2)", "takes 2 positional arguments, not 3"),
        ("f(...list)", ""),
        ("g()", "needs `a`"),
        ("g(1, 2, 3)", ""),
        ("o()", ""),
        ("new C()", "needs `a`"),
        ("new C(1)", ""),
        ("new S()", "needs `a`"),
        ("new P(1)", "takes 0 positional arguments, not 1"),
        ("new X(1)", ""),
        ("const c = new C(1)\nc.m()", "needs `a`"),
        ("C.s(1)", "takes 0 positional arguments, not 1"),
        ("h()", ""),
    ],
)
def test_calls(text: str, why: str) -> None:
    assert (
        call(
            {"use.ts": f"import {{ f, g, o, C, S, P, X, h }} from './m'\n{text}", "m.ts": CALLS},
            "use.ts",
            "javascript",
        )
        == why
    )


def test_javascript_takes_any_arguments() -> None:
    library = {"m.js": "export function f(a) {}", "t.ts": "export function f(a: number) {}"}

    assert call({**library, "use.ts": "import { f } from './m.js'\nf(1, 2)"}, "use.ts", "javascript") == ""
    assert call({**library, "use.js": "import { f } from './t'\nf(1, 2)"}, "use.js", "javascript") == ""


def test_modules_that_export_one_anothers_names_in_every_way_end_quickly() -> None:
    many = range(40)
    files = {
        f"m{one}.ts": "".join(
            f"export * from './m{other}'\nexport {{ x }} from './m{other}'\n" for other in many
        )
        for one in many
    }

    assert says({**files, "use.ts": "import { x } from './m0'"}, "use.ts", "x", "javascript") == "fine"


def test_a_long_chain_of_values_ends() -> None:
    text = "".join(f"const a{one} = a{one + 1}.b\n" for one in range(3000))

    listed({"use.ts": f"{text}export const a3000 = a0"}, "use.ts", "javascript")
