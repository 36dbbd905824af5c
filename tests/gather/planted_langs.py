"""Collisions planted on two streams in Go, Java and Rust, with twins that collide with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gather.planted import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.git.build import Content

GO = """package store

import (
	"os"
	"strings"
)

const Limit = 10

type Config struct {
	Name string
	size int
}

func New(name string) (*Config, error) { return &Config{Name: strings.TrimSpace(name)}, nil }

func (c *Config) Send(text string, more ...int) string { return os.Getenv(text) }

type Sender interface {
	Send(text string, more ...int) string
}

func Load(path string, strict bool) *Config { return nil }

func helper(a int) int { return a }
"""
JAVA = """package a.b;

import java.util.List;
import java.util.Map;

public class Store {
    public static final int LIMIT = 10;
    public String name;
    private Map<String, String> seen;

    public Store(String name) { this.name = name; }

    public static Store load(String path, boolean strict) { return new Store(path); }

    public String send(String text) { return text; }

    int over(int a) { return a; }

    int over(String a) { return 1; }

    enum Kind { ONE, TWO }

    List<String> all() { return null; }
}
"""
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
    "go.mod": "module example.com/app\n\ngo 1.22\n",
    "store/store.go": GO,
    "store/more.go": "package store\n\nfunc more() int { return helper(1) }\n",
    "old/text/clean.go": "package text\n\nfunc Clean(s string) string { return s }\n",
    "main.go": "package main\n\nfunc main() {}\n",
    "src/main/java/a/b/Store.java": JAVA,
    "src/main/java/a/b/Helper.java": "package a.b;\n\nclass Helper { static int help(int a) { return a; } }\n",
    "src/main/java/a/old/Text.java": "package a.old;\n\npublic class Text { }\n",
    "Cargo.toml": '[package]\nname = "my-app"\n',
    "src/lib.rs": "pub mod store;\npub mod old;\nmod user;\npub use store::load;\n",
    "src/store.rs": RUST,
    "src/old/mod.rs": "pub mod text;\n",
    "src/old/text.rs": "pub fn clean() {}\n",
    "src/user.rs": "use crate::store;\n\npub fn user() -> u32 { store::LIMIT }\n",
    "tests/old.rs": "",
}  # fmt: skip
_PLACES = {"go": "store/store.go", "java": "src/main/java/a/b/Store.java", "rust": "src/store.rs"}
_TEXTS = {"go": GO, "java": JAVA, "rust": RUST}


def changed(language: str, *swaps: tuple[str, str]) -> dict[str, Content]:
    """The store of one language with pieces of its text replaced everywhere."""
    text = _TEXTS[language]
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return {_PLACES[language]: text}


def plants() -> Iterator[Plant]:
    """Every one."""
    yield from _go()
    yield from _java()
    yield from _rust()


def _forms(
    language: str, code: str, producer: Mapping[str, Content], forms: Mapping[str, tuple[Mapping[str, Content], Mapping[str, Content]]], **more: Mapping[str, str]
) -> Iterator[Plant]:  # fmt: skip
    for name, (breaks, fits) in forms.items():
        yield Plant(code, f"{language}-{name}", producer, breaks, fits, **more)


def _go_use(body: str, fits: str, path: str = "cmd/run.go", imports: str = '"example.com/app/store"') -> tuple[dict[str, Content], dict[str, Content]]:  # fmt: skip
    start = f"package {path.split('/')[0]}\n\nimport {imports}\n\n" if imports else f"package {path.split('/')[0]}\n\n"
    return {path: start + body}, {path: start + fits}


def _go() -> Iterator[Plant]:
    text = '"example.com/app/old/text"'
    moved = {"import": _go_use("var x = text.Clean(1)\n", "", imports=text)}
    moved["import"] = (moved["import"][0], {"cmd/run.go": "package cmd\n"})
    yield from _forms("go", "G210", {}, {"moved": moved["import"]}, renames={"old/text/clean.go": "new/text/clean.go"})
    alias = ({"cmd/run.go": f"package cmd\n\nimport t {text}\n\nvar x = t.Clean\n"}, {"cmd/run.go": "package cmd\n"})
    yield from _forms("go", "G210", {"old/text/clean.go": None}, {"removed": moved["import"], "removed-alias": alias})
    fn = changed("go", ("Load(", "LoadConfig("))
    yield from _forms("go", "G211", fn, {
        "call": _go_use("func f() { store.Load(\"\", true) }\n", "func f() { store.New(\"\") }\n"),
        "value": _go_use("var x = store.Load\n", "var x = store.New\n"),
        "alias": _go_use("var x = s.Load\n", "var x = s.New\n", imports='s "example.com/app/store"'),
        "dot": _go_use("var x = Load\n", "var x = New\n", imports='. "example.com/app/store"'),
        "package": _go_use("func f() { Load(\"\", true) }\n", "func f() { New(\"\") }\n", "store/fresh.go", ""),
        "argument": _go_use("func f() { println(store.Load(\"\", true)) }\n", "func f() { println(store.New(\"\")) }\n"),
    })  # fmt: skip
    yield from _forms("go", "G211", changed("go", ("Limit = 10", "Most = 10")), {
        "constant": _go_use("var x [store.Limit]int\n", "var x [3]int\n"),
        "shadowed": ({"cmd/run.go": 'package cmd\n\nimport "example.com/app/store"\n\nvar x = store.Limit\n'},
                     {"cmd/run.go": "package cmd\n\ntype t struct{ Limit int }\n\nfunc f(store t) int { return store.Limit }\n"}),
    })  # fmt: skip
    yield from _forms("go", "G211", changed("go", ("Config", "Settings")), {
        "type": _go_use("func f(c *store.Config) {}\n", "func f(c store.Sender) {}\n"),
        "literal": _go_use("var c = store.Config{}\n", "var c store.Sender\n"),
        "generic": _go_use("func f(m map[string][]store.Config) {}\n", "func f(m map[string][]store.Sender) {}\n"),
    })  # fmt: skip
    yield from _forms("go", "G211", changed("go", (") Send(", ") Dispatch(")), {
        "method": _go_use('func f(c *store.Config) { c.Send("") }\n', "func f(c *store.Config) { println(c.Name) }\n"),
        "method-result": _go_use('func f() { store.Load("", true).Send("") }\n', 'func f() { println(store.Load("", true).Name) }\n'),
        "method-variable": _go_use('func f() {\n\tc, err := store.New("")\n\tc.Send("")\n\t_ = err\n}\n', 'func f() { c, _ := store.New(""); println(c.Name) }\n'),
        "receiver": _go_use('func (c *Config) f() { c.Send("") }\n', "func (c *Config) f() { println(c.Name) }\n", "store/fresh.go", ""),
    })  # fmt: skip
    yield from _forms("go", "G211", changed("go", ("Name", "Label")), {
        "field": _go_use("func f(c store.Config) string { return c.Name }\n", "func f(c store.Config) {}\n"),
        "key": _go_use('var c = store.Config{Name: ""}\n', "var c = store.Config{}\n"),
    })  # fmt: skip
    dropped = changed("go", ('\t"os"\n', ""), ("os.Getenv(text)", "text"))
    tail = {"store/store.go": GO + "\nfunc env() string { return os.Getenv(\"\") }\n"}
    yield from _forms("go", "G211", dropped, {"import": (tail, {"store/store.go": GO + "\nfunc env() string { return strings.ToUpper(\"\") }\n"})})  # fmt: skip
    yield from _forms("go", "G212", changed("go", ("Load(path string,", "Load(path string, mode int,")), {
        "needs": _go_use('var x = store.Load("", true)\n', 'var x = store.Load\n'),
        "spread": _go_use('var x = store.Load("", true)\n', "func g() (string, int, bool) { return \"\", 1, true }\nvar x = store.Load(g())\n"),
    })  # fmt: skip
    yield from _forms("go", "G212", changed("go", ("func (c *Config) Send(text string, more ...int)", "func (c *Config) Send(text string)")), {
        "variadic": _go_use('func f(c *store.Config) { c.Send("", 1) }\n', 'func f(c *store.Config) { c.Send("") }\n'),
    })  # fmt: skip
    same: dict[str, Content] = {"store/a.go": "package store\n\nfunc Twice() {}\n"}
    yield from _forms("go", "G213", same, {
        "files": ({"store/b.go": "package store\n\nfunc Twice() int { return 1 }\n"}, {"store/b_windows.go": "package store\n\nfunc Twice() int { return 1 }\n"}),
        "constraint": ({"store/b.go": "package store\n\nvar Twice = 1\n"}, {"store/b.go": "//go:build linux\n\npackage store\n\nfunc Twice() {}\n"}),
        "package": ({"store/b.go": "package store\n\nfunc Twice() {}\n"}, {"store/b_test.go": "package store_test\n\nfunc Twice() {}\n"}),
    })  # fmt: skip
    top, end = changed("go", ("const Limit", "const Extra = 1\n\nconst Limit")), {"store/store.go": GO + "\nconst Extra = 2\n"}
    yield from _forms("go", "G213", top, {"constant": (end, {"store/store.go": GO + "\nconst Other = 2\n"})})


def _java_use(body: str, fits: str, package: str = "a.c", imports: str = "import a.b.Store;") -> tuple[dict[str, Content], dict[str, Content]]:  # fmt: skip
    path = f"src/test/java/{package.replace('.', '/')}/Fresh.java"
    text = f"package {package};\n\n{imports}\n\nclass Fresh {{\n    %s\n}}\n"
    return {path: text % body}, {path: text % fits}


def _java() -> Iterator[Plant]:
    text = _java_use("", "", imports="import a.old.Text;")[0], _java_use("", "", imports="import a.b.Store;")[0]
    path = "src/main/java/a/old/Text.java"
    yield from _forms("java", "G210", {}, {"moved": text}, renames={path: "src/main/java/a/text/Text.java"})
    yield from _forms("java", "G210", {path: None}, {
        "removed": text,
        "star": (_java_use("", "", imports="import a.old.*;")[0], text[1]),
    })  # fmt: skip
    helper: dict[str, Content] = {"src/main/java/a/b/Helper.java": None}
    yield from _forms("java", "G211", helper, {
        "package": _java_use("int x = Helper.help(1);", "int x = 1;", "a.b", ""),
        "new": _java_use("Object x = new Helper();", "Object x = 1;", "a.b", ""),
        "local": _java_use("void f(Helper h) { }", "void f(Store h) { }", "a.b", ""),
        "extends": _java_use("class X extends Helper { }", "class X extends Store { X() { super(null); } }", "a.b", ""),
    })  # fmt: skip
    yield from _forms("java", "G211", changed("java", ("load(", "loadConfig(")), {
        "static": _java_use('Object x = Store.load("", true);', "int x = Store.LIMIT;"),
        "static-import": (
            _java_use('Object x = load("", true);', "", imports="import static a.b.Store.load;")[0],
            _java_use("", "Object x = LIMIT;", imports="import static a.b.Store.LIMIT;")[1],
        ),
        "reference": _java_use('void f() { g(() -> Store.load("", true)); }', "void f() { g(() -> 1); }"),
    })  # fmt: skip
    yield from _forms("java", "G211", changed("java", ("LIMIT", "MOST")), {
        "constant": _java_use("int x = Store.LIMIT;", "int LIMIT = 1; int x = LIMIT;"),
        "inherited": _java_use("class X extends Store { int y = LIMIT; }", "class X extends Store { int LIMIT = 1; int y = LIMIT; }"),
    })  # fmt: skip
    yield from _forms("java", "G211", changed("java", ("send(", "dispatch(")), {
        "method": _java_use('void f(Store s) { s.send(""); }', "void f(Store s) { s.toString(); }"),
        "method-new": _java_use('String x = new Store("").send("");', 'String x = new Store("").name;'),
        "method-result": _java_use('String x = Store.load("", true).send("");', 'String x = Store.load("", true).name;'),
        "method-variable": _java_use('void f() { Store s = g(); s.send(""); }', 'void f() { Other s = g(); s.send(""); }'),
        "method-field": _java_use('Store s; void f() { this.s.send(""); }', 'Store s; void f() { this.s.hashCode(); }'),
        "inherited-method": _java_use('class X extends Store { void f() { send(""); } }', "class X extends Store { void f() { hashCode(); } }"),
    })  # fmt: skip
    yield from _forms("java", "G211", changed("java", ("ONE, TWO", "ONE")), {
        "enum": _java_use("Object x = Store.Kind.TWO;", "Object x = Store.Kind.ONE;"),
    })  # fmt: skip
    dropped = changed("java", ("import java.util.Map;\n", ""), ("    private Map<String, String> seen;\n", ""))
    start, end = JAVA.rsplit("}", 1)[0], "}\n"
    yield from _forms("java", "G211", dropped, {
        "import": ({_PLACES["java"]: f"{start}\n    Map<String, String> more() {{ return null; }}\n{end}"}, {_PLACES["java"]: f"{start}\n    List<String> more() {{ return null; }}\n{end}"}),
    })  # fmt: skip
    yield from _forms("java", "G212", changed("java", ("String path, boolean", "String path, int mode, boolean")), {
        "needs": _java_use('Object x = Store.load("", true);', "Object x = Store.LIMIT;"),
    })  # fmt: skip
    yield from _forms("java", "G212", changed("java", ("public Store(String name)", "public Store(String name, int size)")), {
        "constructor": _java_use('Object x = new Store("");', "Store x;"),
    })  # fmt: skip
    yield from _forms("java", "G212", changed("java", ("send(String text)", "send()")), {
        "too-many": _java_use('void f(Store s) { s.send(""); }', "void f(Store s) { s.over(1); }"),
    })  # fmt: skip
    more = "\n    int twice(int a) { return %s; }\n"
    first = {_PLACES["java"]: JAVA.replace("    int over(int", f"{more[1:] % 1}\n    int over(int", 1)}
    yield from _forms("java", "G213", first, {
        "method": ({_PLACES["java"]: start + more % 2 + end}, {_PLACES["java"]: start + more.replace("int a", "long a") % 2 + end}),
    })  # fmt: skip


def _rust_use(body: str, fits: str, path: str = "src/user.rs") -> tuple[dict[str, Content], dict[str, Content]]:
    old = TREE.get(path, "")
    assert isinstance(old, str)
    return {path: old + body}, {path: old + fits}


def _rust() -> Iterator[Plant]:
    text: dict[str, Content] = {"src/old/text.rs": None, "src/old/mod.rs": "", "src/old/other.rs": "pub fn clean() {}\n"}
    yield from _forms("rust", "G210", text, {
        "use": _rust_use("use crate::old::text;\n", "use crate::old;\n"),
        "path": _rust_use("fn f() { crate::old::text::clean(); }\n", "fn f() { }\n"),
        "list": _rust_use("use crate::{old::text::clean};\n", "use crate::{old};\n"),
        "crate": _rust_use("use my_app::old::text::clean;\n", "use my_app::old;\n", "tests/old.rs"),
    })  # fmt: skip
    fn = {**changed("rust", ("load(", "load_config(")), "src/lib.rs": "pub mod store;\npub mod old;\nmod user;\npub use store::load_config;\n"}
    yield from _forms("rust", "G211", fn, {
        "use": _rust_use("use crate::store::load;\n", "use crate::store::err;\n"),
        "call": _rust_use('fn f() { store::load("", true); }\n', "fn f() { store::err(); }\n"),
        "super": _rust_use("mod m { use super::super::store::load; }\n", "mod m { use super::super::store::err; }\n"),
        "reexport": _rust_use("use crate::load;\n", "use crate::store;\n", "src/old/text.rs"),
        "glob": _rust_use('use crate::store::*;\nfn f() { load("", true); }\n', "use crate::store::*;\nfn f() { err(); }\n"),
        "alias": _rust_use("use crate::store::load as read;\n", "use crate::store::err as read;\n"),
        "macro": _rust_use('fn f() { assert!(store::load("", true)); }\n', "fn f() { assert!(store::err()); }\n"),
        "crate": _rust_use("use my_app::load;\n", "use my_app::store;\n", "tests/old.rs"),
        "local": _rust_use("fn f() { use crate::store::load; }\n", "fn f() { let store = g; store.load(); }\n"),
    })  # fmt: skip
    yield from _forms("rust", "G211", changed("rust", ("Config", "Settings")), {
        "type": _rust_use("fn f(c: &store::Config) {}\n", "fn f(c: &store::Kind) {}\n"),
        "impl": _rust_use("impl Tr for store::Config {}\n", "impl Tr for store::Kind {}\n"),
    })  # fmt: skip
    yield from _forms("rust", "G211", changed("rust", ("fn send(", "fn dispatch(")), {
        "method": _rust_use('fn f(c: &store::Config) { c.send(""); }\n', "fn f(c: &store::Config) { c.clone(); }\n"),
        "method-result": _rust_use('fn f() { store::load("", true).send(""); }\n', 'fn f() { store::load("", true).clone(); }\n'),
        "method-variable": _rust_use('fn f() { let c = store::Config::new(n()); c.send(""); }\n', 'fn f() { let c = n(); c.send(""); }\n'),
    })  # fmt: skip
    yield from _forms("rust", "G211", changed("rust", ("Two(u32)", "Three(u32)")), {
        "variant": _rust_use("fn f() { store::Kind::Two(1); }\n", "fn f() { store::Kind::One; }\n"),
    })  # fmt: skip
    dropped = changed("rust", ("use std::io;\n", ""), ("pub fn err() -> io::Error { todo!() }\n", ""))
    yield from _forms("rust", "G211", dropped, {
        "import": ({"src/store.rs": RUST + "\nfn more() -> io::Result<()> { Ok(()) }\n"}, {"src/store.rs": RUST + "\nfn more() -> fmt::Result { Ok(()) }\n"}),
    })  # fmt: skip
    yield from _forms("rust", "G212", changed("rust", ("path: &str, strict", "path: &str, mode: u8, strict")), {
        "needs": _rust_use('fn f() { store::load("", true); }\n', "fn f() { g(store::load); }\n"),
    })  # fmt: skip
    field = changed("rust", ("pub size: u32,", "pub size: u32,\n    pub mode: u8,"), ("size: 1 }", "size: 1, mode: 1 }"))
    yield from _forms("rust", "G212", field, {
        "literal": _rust_use("fn f() { store::Config { name: n(), size: 1 }; }\n", "fn f() { store::Config { name: n(), ..d() }; }\n"),
    })  # fmt: skip
    yield from _forms("rust", "G212", changed("rust", ("&self, text: &str", "&self")), {
        "method": _rust_use('fn f(c: &store::Config) { c.send(""); }\n', "fn f(c: &store::Config) { c.clone(); }\n"),
    })  # fmt: skip
    piece = "\npub fn twice() -> u32 { %s }\n"
    first = {"src/store.rs": RUST.replace("\npub enum", piece % 1 + "\npub enum", 1)}
    yield from _forms("rust", "G213", first, {
        "function": ({"src/store.rs": RUST + piece % 2}, {"src/store.rs": RUST + "\n#[cfg(windows)]" + piece % 2}),
        "scope": ({"src/store.rs": RUST + piece % 2}, {"src/store.rs": RUST + "\nmod inner {" + piece % 2 + "}\n"}),
    })  # fmt: skip
