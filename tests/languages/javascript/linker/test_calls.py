"""What a call runs, and whether it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.javascript.linker.states import defined, exporting, imported, linker, signature
from languages.worlds import call

from gate.languages.base.symbols import UNKNOWN, Bound
from gate.languages.javascript.linker.calls import callee
from gate.model.source import Export, FileFacts, Signature

if TYPE_CHECKING:
    from gate.model.source import Definition

FUNCTION = defined("f", "function", signature=signature("a"))
CLASS = defined("C", "class")
CONSTRUCTOR = defined("C.constructor", "function", signature=signature("a"))
DERIVED = defined("D", "class", bases=("C",))


def parameters(symbol: Definition, *others: Definition, path: str = "m.ts") -> tuple[str, ...] | None:
    """The names of the parameters of what a call of a definition runs; None when that is not known."""
    names = linker({path: exporting(symbol, *others)})
    runs = callee(names, Bound(path, symbol))
    return None if runs is None else tuple(parameter.name for parameter in runs[1].parameters)


@pytest.mark.parametrize(
    ("symbol", "others", "expected"),
    [
        (FUNCTION, (), ("a",)),
        (defined("f", "function", signature=signature("a"), conditional=True), (), None),
        (defined("f", "function", signature=signature("a"), decorators=("memo",)), (), None),
        (defined("f", "function", signature=signature("a"), decorators=("async", "static")), (), ("a",)),
        (defined("f", "variable"), (), None),
        (CLASS, (), ()),
        (CLASS, (CONSTRUCTOR,), ("a",)),
        (CLASS, (CONSTRUCTOR, CONSTRUCTOR), None),
        (DERIVED, (CLASS, CONSTRUCTOR), ("a",)),
        (DERIVED, (CLASS,), ()),
        (DERIVED, (), None),
        (defined("C", "class", decorators=("memo",)), (), None),
    ],
)
def test_what_runs(
    symbol: Definition, others: tuple[Definition, ...], expected: tuple[str, ...] | None
) -> None:
    assert parameters(symbol, *others) == expected


def test_what_no_compiler_checks_is_not_known() -> None:
    assert parameters(FUNCTION, path="m.js") is None
    assert callee(linker({}), UNKNOWN) is None
    assert callee(linker({}), Bound("m.ts", FUNCTION, instance=True)) is None


def test_what_a_base_without_types_constructs_is_not_known() -> None:
    base = FileFacts("full", definitions=(CLASS, CONSTRUCTOR), exported=(Export("C", "C", "", 1),))
    derived = FileFacts("full", definitions=(DERIVED,), imports=(imported("C", "./base"),))

    typed, untyped = ({"m.ts": derived, path: base} for path in ("base.ts", "base.js"))
    assert callee(linker(typed), Bound("m.ts", DERIVED)) is not None
    assert callee(linker(untyped), Bound("m.ts", DERIVED)) is None


def test_a_promise_that_nobody_awaits_is_no_error() -> None:
    waits = defined("f", "function", signature=Signature(signature("a").parameters, asynchronous=True))
    runs = callee(linker({"m.ts": exporting(waits)}), Bound("m.ts", waits))

    assert runs == (Bound("m.ts", waits), signature("a"))


def test_an_inherited_constructor_is_the_target_and_what_the_answer_rests_on() -> None:
    names = linker({"m.ts": exporting(DERIVED, CLASS, CONSTRUCTOR)})
    runs = callee(names, Bound("m.ts", DERIVED))

    assert runs is not None
    assert runs[0] == Bound("m.ts", CONSTRUCTOR, through="instance")
    assert ("m.ts", "C.constructor") in names.dependencies


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
