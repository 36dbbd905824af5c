"""What names stand for across Rust files."""

from __future__ import annotations

import pytest
from languages.worlds import call, misfits, says

pytest.importorskip("tree_sitter_rust")

BASE = {
    "Cargo.toml": '[package]\nname = "my-app"\n',
    "src/lib.rs": "pub mod a;\nmod user;\npub use a::b::Deep;\npub use a::*;\n",
    "src/a/mod.rs": "pub mod b;\npub fn f(x: u8) -> S { }\npub struct S { pub n: u8, pub t: b::Deep }\n"
    "impl S { pub fn new(a: u8) -> Self { } pub fn go(&self, k: u8) { } }\n#[cfg(unix)] pub fn sys() { }\n"
    "pub enum E { A, B(u8) }\n",
    "src/a/b.rs": "pub struct Deep;\nimpl Deep { pub fn dig(&self) -> super::S { } }\n"
    "pub mod inner { pub const K: u8 = 1; }\n",
    "tests/it.rs": "",
    "other/Cargo.toml": '[package]\nname = "other"\n[dependencies]\nmy-app = {path = "../"}\n',
    "other/src/main.rs": "",
    "loose/Cargo.toml": '[package]\nname = "loose"\n[dependencies]\nmy-app = "1"\n',
    "loose/src/main.rs": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("use crate::a::f;", "crate.a.f", "fine"),
        ("use crate::a::g;", "crate.a.g", "fails"),
        ("use crate::a::sys;", "crate.a.sys", "fine"),
        ("use crate::c::g;", "crate.c.g", "fails"),
        ("use crate::a::b::inner::K;", "crate.a.b.inner.K", "fine"),
        ("use crate::a::b::inner::L;", "crate.a.b.inner.L", "fails"),
        ("use crate::Deep;", "crate.Deep", "fine"),
        ("use crate::S;", "crate.S", "fine"),
        ("use crate::Z;", "crate.Z", "fails"),
        ("use super::a::f;", "super.a.f", "fine"),
        ("use self::g;", "self.g", "fails"),
        ("use std::x::Y;", "std.x.Y", "silent"),
        ("use my_app::a::f;", "my_app.a.f", "fine"),
        ("use crate::a::E::C;", "crate.a.E.C", "fails"),
        ("use crate::a::S;\nfn x() { S::new(1).go(2) }", "S.new().go", "fine"),
        ("use crate::a::S;\nfn x() { S::new(1).no(2) }", "S.new().no", "fails"),
        ("use crate::a::S;\nfn x(s: &S) { s.t.dig() }", "S().t.dig", "fine"),
        ("use crate::a::S;\nfn x(s: &S) { s.t.dug() }", "S().t.dug", "fails"),
        ("use crate::a::*;\nfn x() { f(1) }", "f", "fine"),
        ("use crate::a::*;\nfn x() { g(1) }", "g", "fails"),
        ("use other::*;\nfn x() { g(1) }", "g", "silent"),
        ("mod m { use super::super::a::f; }", "super.super.a.f", "fine"),
        ("made! { x }\nuse self::g;", "self.g", "silent"),
        ("use std::fmt::Result;\nfn x() -> Result { }", "Result", "silent"),
        (
            "impl crate::a::S { fn own(&self) { } }\nfn x(s: crate::a::S) { s.own() }",
            "crate.a.S().own",
            "fine",
        ),
    ],
)
def test_names(written: str, text: str, expected: str) -> None:
    assert says(BASE | {"src/user.rs": written}, "src/user.rs", text, "rust") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("tests/it.rs", "fails"), ("other/src/main.rs", "fails"), ("loose/src/main.rs", "silent")],
)
def test_names_of_another_crate(path: str, expected: str) -> None:
    assert says(BASE | {path: "use my_app::a::g;"}, path, "my_app.a.g", "rust") == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("crate::a::f(1)", ""),
        ("crate::a::f()", "needs `x`"),
        ("crate::a::S::new(1).go(1)", ""),
        ("crate::a::S::new(1).go()", "needs `k`"),
        ("crate::a::S::go(s, 1)", ""),
        ("crate::a::E::B()", "needs `field 1`"),
        ("crate::a::S { n: 1 }", "needs `t`"),
        ("crate::a::S { n: 1, ..s }", ""),
        ("crate::a::S { n: 1, t: 1, u: 2 }", "has no parameter `u`"),
    ],
)
def test_calls(written: str, why: str) -> None:
    files = BASE | {"src/user.rs": f"fn x() {{ {written}; }}"}

    assert misfits(files, "src/user.rs", "rust") == {why} - {""}


def test_globs_in_a_ring_end() -> None:
    globs = "".join(f"use crate::{module}::*;\n" for module in "abc")
    files = {
        "Cargo.toml": '[package]\nname = "r"\n',
        "src/lib.rs": "mod a;\nmod b;\nmod c;\n",
        **{f"src/{module}.rs": f"{globs}fn x() {{ nowhere() }}\n" for module in "abc"},
    }  # fmt: skip

    assert says(files, "src/a.rs", "nowhere", "rust") in ("fails", "silent")


def test_a_call_of_the_module_itself() -> None:
    assert call(BASE | {"src/user.rs": "fn x() { y(1) }\nfn y() { }"}, "src/user.rs", "rust").startswith(
        "takes 0"
    )
