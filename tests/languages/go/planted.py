"""Collisions planted on two streams in Go, with twins that collide with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planting import Both, forms, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from names.planted import Plant

    from gate.demo.repository_builder import Content

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
TREE: dict[str, Content] = {
    "go.mod": "module example.com/app\n\ngo 1.22\n",
    "store/store.go": GO,
    "store/more.go": "package store\n\nfunc more() int { return helper(1) }\n",
    "old/text/clean.go": "package text\n\nfunc Clean(s string) string { return s }\n",
    "main.go": "package main\n\nfunc main() {}\n",
}
STORE_PATH = "store/store.go"


def changed(*swaps: tuple[str, str]) -> dict[str, Content]:
    """The store with pieces of its text replaced everywhere."""
    return {STORE_PATH: swapped(GO, *swaps)}


def use(body: str, fits: str, path: str = "cmd/run.go", imports: str = '"example.com/app/store"') -> Both:
    """A file that uses the store, and its twin."""
    start = (
        f"package {path.split('/')[0]}\n\nimport {imports}\n\n"
        if imports
        else f"package {path.split('/')[0]}\n\n"
    )
    return {path: start + body}, {path: start + fits}


def plants() -> Iterator[Plant]:
    """Every one."""
    text = '"example.com/app/old/text"'
    moved = {"import": use("var x = text.Clean(1)\n", "", imports=text)}
    moved["import"] = (moved["import"][0], {"cmd/run.go": "package cmd\n"})
    yield from forms(
        "G210", {}, {"moved": moved["import"]}, renames={"old/text/clean.go": "new/text/clean.go"}
    )
    alias = (
        {"cmd/run.go": f"package cmd\n\nimport t {text}\n\nvar x = t.Clean\n"},
        {"cmd/run.go": "package cmd\n"},
    )
    yield from forms(
        "G210", {"old/text/clean.go": None}, {"removed": moved["import"], "removed-alias": alias}
    )
    fn = changed(("Load(", "LoadConfig("))
    yield from forms(
        "G211",
        fn,
        {
            "call": use('func f() { store.Load("", true) }\n', 'func f() { store.New("") }\n'),
            "value": use("var x = store.Load\n", "var x = store.New\n"),
            "alias": use("var x = s.Load\n", "var x = s.New\n", imports='s "example.com/app/store"'),
            "dot": use("var x = Load\n", "var x = New\n", imports='. "example.com/app/store"'),
            "package": use('func f() { Load("", true) }\n', 'func f() { New("") }\n', "store/fresh.go", ""),
            "argument": use(
                'func f() { println(store.Load("", true)) }\n', 'func f() { println(store.New("")) }\n'
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("Limit = 10", "Most = 10")),
        {
            "constant": use("var x [store.Limit]int\n", "var x [3]int\n"),
            "shadowed": (
                {"cmd/run.go": 'package cmd\n\nimport "example.com/app/store"\n\nvar x = store.Limit\n'},
                {
                    "cmd/run.go": "package cmd\n\ntype t struct{ Limit int }\n\n"
                    "func f(store t) int { return store.Limit }\n"
                },
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("Config", "Settings")),
        {
            "type": use("func f(c *store.Config) {}\n", "func f(c store.Sender) {}\n"),
            "literal": use("var c = store.Config{}\n", "var c store.Sender\n"),
            "generic": use(
                "func f(m map[string][]store.Config) {}\n", "func f(m map[string][]store.Sender) {}\n"
            ),
        },
    )
    yield from forms(
        "G211",
        changed((") Send(", ") Dispatch(")),
        {
            "method": use(
                'func f(c *store.Config) { c.Send("") }\n', "func f(c *store.Config) { println(c.Name) }\n"
            ),
            "method-result": use(
                'func f() { store.Load("", true).Send("") }\n',
                'func f() { println(store.Load("", true).Name) }\n',
            ),
            "method-variable": use(
                'func f() {\n\tc, err := store.New("")\n\tc.Send("")\n\t_ = err\n}\n',
                'func f() { c, _ := store.New(""); println(c.Name) }\n',
            ),
            "receiver": use(
                'func (c *Config) f() { c.Send("") }\n',
                "func (c *Config) f() { println(c.Name) }\n",
                "store/fresh.go",
                "",
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("Name", "Label")),
        {
            "field": use("func f(c store.Config) string { return c.Name }\n", "func f(c store.Config) {}\n"),
            "key": use('var c = store.Config{Name: ""}\n', "var c = store.Config{}\n"),
        },
    )
    dropped = changed(('\t"os"\n', ""), ("os.Getenv(text)", "text"))
    tail = {"store/store.go": GO + '\nfunc env() string { return os.Getenv("") }\n'}
    yield from forms(
        "G211",
        dropped,
        {"import": (tail, {"store/store.go": GO + '\nfunc env() string { return strings.ToUpper("") }\n'})},
    )
    yield from forms(
        "G212",
        changed(("Load(path string,", "Load(path string, mode int,")),
        {
            "needs": use('var x = store.Load("", true)\n', "var x = store.Load\n"),
            "spread": use(
                'var x = store.Load("", true)\n',
                'func g() (string, int, bool) { return "", 1, true }\nvar x = store.Load(g())\n',
            ),
        },
    )
    yield from forms(
        "G212",
        changed(("func (c *Config) Send(text string, more ...int)", "func (c *Config) Send(text string)")),
        {
            "variadic": use(
                'func f(c *store.Config) { c.Send("", 1) }\n', 'func f(c *store.Config) { c.Send("") }\n'
            ),
        },
    )
    same: dict[str, Content] = {"store/a.go": "package store\n\nfunc Twice() {}\n"}
    yield from forms(
        "G213",
        same,
        {
            "files": (
                {"store/b.go": "package store\n\nfunc Twice() int { return 1 }\n"},
                {"store/b_windows.go": "package store\n\nfunc Twice() int { return 1 }\n"},
            ),
            "constraint": (
                {"store/b.go": "package store\n\nvar Twice = 1\n"},
                {"store/b.go": "//go:build linux\n\npackage store\n\nfunc Twice() {}\n"},
            ),
            "package": (
                {"store/b.go": "package store\n\nfunc Twice() {}\n"},
                {"store/b_test.go": "package store_test\n\nfunc Twice() {}\n"},
            ),
        },
    )
    top, end = (
        changed(("const Limit", "const Extra = 1\n\nconst Limit")),
        {"store/store.go": GO + "\nconst Extra = 2\n"},
    )
    yield from forms("G213", top, {"constant": (end, {"store/store.go": GO + "\nconst Other = 2\n"})})
