"""Collisions planted on two streams in Java, with twins that collide with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.planting import Both, forms, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from names.planted import Plant

    from gate.demo.repository_builder import Content

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
TREE: dict[str, Content] = {
    "src/main/java/a/b/Store.java": JAVA,
    "src/main/java/a/b/Helper.java": "package a.b;\n\nclass Helper { static int help(int a) { return a; } }\n",
    "src/main/java/a/old/Text.java": "package a.old;\n\npublic class Text { }\n",
}
STORE_PATH = "src/main/java/a/b/Store.java"


def changed(*swaps: tuple[str, str]) -> dict[str, Content]:
    """The store with pieces of its text replaced everywhere."""
    return {STORE_PATH: swapped(JAVA, *swaps)}


def use(body: str, fits: str, package: str = "a.c", imports: str = "import a.b.Store;") -> Both:
    """A file that uses the store, and its twin."""
    path = f"src/test/java/{package.replace('.', '/')}/Fresh.java"
    text = f"package {package};\n\n{imports}\n\nclass Fresh {{\n    %s\n}}\n"
    return {path: text % body}, {path: text % fits}


def plants() -> Iterator[Plant]:
    """Every one."""
    text = use("", "", imports="import a.old.Text;")[0], use("", "", imports="import a.b.Store;")[0]
    path = "src/main/java/a/old/Text.java"
    yield from forms("G210", {}, {"moved": text}, renames={path: "src/main/java/a/text/Text.java"})
    yield from forms(
        "G210",
        {path: None},
        {
            "removed": text,
            "star": (use("", "", imports="import a.old.*;")[0], text[1]),
        },
    )
    helper: dict[str, Content] = {"src/main/java/a/b/Helper.java": None}
    yield from forms(
        "G211",
        helper,
        {
            "package": use("int x = Helper.help(1);", "int x = 1;", "a.b", ""),
            "new": use("Object x = new Helper();", "Object x = 1;", "a.b", ""),
            "local": use("void f(Helper h) { }", "void f(Store h) { }", "a.b", ""),
            "extends": use(
                "class X extends Helper { }", "class X extends Store { X() { super(null); } }", "a.b", ""
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("load(", "loadConfig(")),
        {
            "static": use('Object x = Store.load("", true);', "int x = Store.LIMIT;"),
            "static-import": (
                use('Object x = load("", true);', "", imports="import static a.b.Store.load;")[0],
                use("", "Object x = LIMIT;", imports="import static a.b.Store.LIMIT;")[1],
            ),
            "reference": use('void f() { g(() -> Store.load("", true)); }', "void f() { g(() -> 1); }"),
        },
    )
    yield from forms(
        "G211",
        changed(("LIMIT", "MOST")),
        {
            "constant": use("int x = Store.LIMIT;", "int LIMIT = 1; int x = LIMIT;"),
            "inherited": use(
                "class X extends Store { int y = LIMIT; }",
                "class X extends Store { int LIMIT = 1; int y = LIMIT; }",
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("send(", "dispatch(")),
        {
            "method": use('void f(Store s) { s.send(""); }', "void f(Store s) { s.toString(); }"),
            "method-new": use('String x = new Store("").send("");', 'String x = new Store("").name;'),
            "method-result": use(
                'String x = Store.load("", true).send("");', 'String x = Store.load("", true).name;'
            ),
            "method-variable": use(
                'void f() { Store s = g(); s.send(""); }', 'void f() { Other s = g(); s.send(""); }'
            ),
            "method-field": use(
                'Store s; void f() { this.s.send(""); }', "Store s; void f() { this.s.hashCode(); }"
            ),
            "inherited-method": use(
                'class X extends Store { void f() { send(""); } }',
                "class X extends Store { void f() { hashCode(); } }",
            ),
        },
    )
    yield from forms(
        "G211",
        changed(("ONE, TWO", "ONE")),
        {
            "enum": use("Object x = Store.Kind.TWO;", "Object x = Store.Kind.ONE;"),
        },
    )
    dropped = changed(("import java.util.Map;\n", ""), ("    private Map<String, String> seen;\n", ""))
    start, end = JAVA.rsplit("}", 1)[0], "}\n"
    yield from forms(
        "G211",
        dropped,
        {
            "import": (
                {STORE_PATH: f"{start}\n    Map<String, String> more() {{ return null; }}\n{end}"},
                {STORE_PATH: f"{start}\n    List<String> more() {{ return null; }}\n{end}"},
            ),
        },
    )
    yield from forms(
        "G212",
        changed(("String path, boolean", "String path, int mode, boolean")),
        {
            "needs": use('Object x = Store.load("", true);', "Object x = Store.LIMIT;"),
        },
    )
    yield from forms(
        "G212",
        changed(("public Store(String name)", "public Store(String name, int size)")),
        {
            "constructor": use('Object x = new Store("");', "Store x;"),
        },
    )
    yield from forms(
        "G212",
        changed(("send(String text)", "send()")),
        {
            "too-many": use('void f(Store s) { s.send(""); }', "void f(Store s) { s.over(1); }"),
        },
    )
    more = "\n    int twice(int a) { return %s; }\n"
    first = {STORE_PATH: JAVA.replace("    int over(int", f"{more[1:] % 1}\n    int over(int", 1)}
    yield from forms(
        "G213",
        first,
        {
            "method": (
                {STORE_PATH: start + more % 2 + end},
                {STORE_PATH: start + more.replace("int a", "long a") % 2 + end},
            ),
        },
    )
