"""Collisions planted on two streams in Rust, with twins that collide with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planting import Both, forms, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from names.planted import Plant

    from gate.demo.repository_builder import Content

RUST = """use std::fmt;
use std::io;

pub const LIMIT: u32 = 10;

#[derive(Debug, Clone)]
pub struct Config {
    pub name: String,
    pub size: u32,
}

impl Config {
    pub fn new(name: String) -> Self {
        Config { name, size: 1 }
    }

    pub fn send(&self, text: &str) -> u32 {
        1
    }
}

pub enum Kind {
    One,
    Two(u32),
}

pub fn load(path: &str, strict: bool) -> Config {
    Config::new(path.to_string())
}

pub fn err() -> io::Error { todo!() }

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { Ok(()) }
}
"""
TREE: dict[str, Content] = {
    "Cargo.toml": '[package]\nname = "my-app"\n',
    "src/lib.rs": "pub mod store;\npub mod old;\nmod user;\npub use store::load;\n",
    "src/store.rs": RUST,
    "src/old/mod.rs": "pub mod text;\n",
    "src/old/text.rs": "pub fn clean() {}\n",
    "src/user.rs": "use crate::store;\n\npub fn user() -> u32 { store::LIMIT }\n",
    "tests/old.rs": "",
}
STORE_PATH = "src/store.rs"


def changed(*swaps: tuple[str, str]) -> dict[str, Content]:
    """The store with pieces of its text replaced everywhere."""
    return {STORE_PATH: swapped(RUST, *swaps)}


def use(body: str, fits: str, path: str = "src/user.rs") -> Both:
    """A file that uses the store, and its twin."""
    old = TREE.get(path, "")
    assert isinstance(old, str)
    return {path: old + body}, {path: old + fits}


def plants() -> Iterator[Plant]:
    """Every one."""
    text: dict[str, Content] = {
        "src/old/text.rs": None,
        "src/old/mod.rs": "",
        "src/old/other.rs": "pub fn clean() {}\n",
    }
    yield from forms(
        "G210",
        text,
        {
            "use": use("use crate::old::text;\n", "use crate::old;\n"),
            "path": use("fn f() { crate::old::text::clean(); }\n", "fn f() { }\n"),
            "list": use("use crate::{old::text::clean};\n", "use crate::{old};\n"),
            "crate": use("use my_app::old::text::clean;\n", "use my_app::old;\n", "tests/old.rs"),
        },
    )
    fn = {
        **changed(("load(", "load_config(")),
        "src/lib.rs": "pub mod store;\npub mod old;\nmod user;\npub use store::load_config;\n",
    }
    yield from forms(
        "G211",
        fn,
        {
            "use": use("use crate::store::load;\n", "use crate::store::err;\n"),
            "call": use('fn f() { store::load("", true); }\n', "fn f() { store::err(); }\n"),
            "super": use(
                "mod m { use super::super::store::load; }\n", "mod m { use super::super::store::err; }\n"
            ),
            "reexport": use("use crate::load;\n", "use crate::store;\n", "src/old/text.rs"),
            "glob": use(
                'use crate::store::*;\nfn f() { load("", true); }\n',
                "use crate::store::*;\nfn f() { err(); }\n",
            ),
            "alias": use("use crate::store::load as read;\n", "use crate::store::err as read;\n"),
            "macro": use(
                'fn f() { assert!(store::load("", true)); }\n', "fn f() { assert!(store::err()); }\n"
            ),
            "crate": use("use my_app::load;\n", "use my_app::store;\n", "tests/old.rs"),
            "local": use("fn f() { use crate::store::load; }\n", "fn f() { let store = g; store.load(); }\n"),
        },
    )
    yield from forms(
        "G211",
        changed(("Config", "Settings")),
        {
            "type": use("fn f(c: &store::Config) {}\n", "fn f(c: &store::Kind) {}\n"),
            "impl": use("impl Tr for store::Config {}\n", "impl Tr for store::Kind {}\n"),
        },
    )
    yield from forms(
        "G211",
        changed(("fn send(", "fn dispatch(")),
        {
            "method": use(
                'fn f(c: &store::Config) { c.send(""); }\n', "fn f(c: &store::Config) { c.clone(); }\n"
            ),
            "method-result": use(
                'fn f() { store::load("", true).send(""); }\n', 'fn f() { store::load("", true).clone(); }\n'
            ),
            "method-variable": use(
                'fn f() { let c = store::Config::new(n()); c.send(""); }\n',
                'fn f() { let c = n(); c.send(""); }\n',
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("Two(u32)", "Three(u32)")),
        {
            "variant": use("fn f() { store::Kind::Two(1); }\n", "fn f() { store::Kind::One; }\n"),
        },
    )
    dropped = changed(("use std::io;\n", ""), ("pub fn err() -> io::Error { todo!() }\n", ""))
    yield from forms(
        "G211",
        dropped,
        {
            "import": (
                {"src/store.rs": RUST + "\nfn more() -> io::Result<()> { Ok(()) }\n"},
                {"src/store.rs": RUST + "\nfn more() -> fmt::Result { Ok(()) }\n"},
            ),
        },
    )
    yield from forms(
        "G212",
        changed(("path: &str, strict", "path: &str, mode: u8, strict")),
        {
            "needs": use('fn f() { store::load("", true); }\n', "fn f() { g(store::load); }\n"),
        },
    )
    field = changed(
        ("pub size: u32,", "pub size: u32,\n    pub mode: u8,"), ("size: 1 }", "size: 1, mode: 1 }")
    )
    yield from forms(
        "G212",
        field,
        {
            "literal": use(
                "fn f() { store::Config { name: n(), size: 1 }; }\n",
                "fn f() { store::Config { name: n(), ..d() }; }\n",
            ),
        },
    )
    yield from forms(
        "G212",
        changed(("&self, text: &str", "&self")),
        {
            "method": use(
                'fn f(c: &store::Config) { c.send(""); }\n', "fn f(c: &store::Config) { c.clone(); }\n"
            ),
        },
    )
    piece = "\npub fn twice() -> u32 { %s }\n"
    first = {"src/store.rs": RUST.replace("\npub enum", piece % 1 + "\npub enum", 1)}
    yield from forms(
        "G213",
        first,
        {
            "function": (
                {"src/store.rs": RUST + piece % 2},
                {"src/store.rs": RUST + "\n#[cfg(windows)]" + piece % 2},
            ),
            "scope": (
                {"src/store.rs": RUST + piece % 2},
                {"src/store.rs": RUST + "\nmod inner {" + piece % 2 + "}\n"},
            ),
        },
    )
