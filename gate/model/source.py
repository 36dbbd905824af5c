"""What one file says about names, whatever its language: the facts of a blob, as they are kept between runs.

Scopes are dotted paths of definitions (`Class.method`), "" is the module. Lines count from 1. Chains are dotted names
as they stand in the text; a segment that ends in `()` is what calling it gives: `Client().send`.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One parameter. `positional` cannot be given by name, `keyword` only so; `rest` and `keywords` swallow."""

    name: str
    kind: Literal["positional", "either", "rest", "keyword", "keywords"] = "either"
    required: bool = True


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """How something is called and what a call gives."""

    parameters: tuple[Parameter, ...] = ()
    asynchronous: bool = False
    generator: bool = False


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """A name bound in a module or a class.

    `attribute` is bound on instances (`self.x = ...`), `key` is a key of a dictionary or object literal (its scope
    ends in `[]`), or the value of an enum's member (its scope ends in `()`).
    `type` is what only type checkers see (an interface, a type alias); its members are `attribute`s in its scope.
    """

    name: str
    scope: str
    kind: Literal["function", "class", "variable", "attribute", "key", "type", "enum", "namespace"]
    line: int
    end_line: int
    signature: Signature | None = None
    decorators: tuple[str, ...] = ()
    """Dotted, a call with its constant keywords: `dataclass(kw_only=True)`; "?" for what is no name."""
    bases: tuple[str, ...] = ()
    """Dotted; "?" for what is no name, `metaclass=X` for a metaclass."""
    conditional: bool = False
    """Under an `if`, a `try` or a loop: others may be bound instead."""
    abstract: bool = False
    fixture: str = ""
    """The name under which tests ask for it."""
    field: Literal["", "required", "nullable", "optional", "excluded", "unknown"] = ""
    """What it is to a generated constructor; `nullable` has no default, and some generators give it one."""
    value: str = ""
    """The chain a variable is bound to, where that is one; of a typed language, what it holds or gives: `Type()`."""
    opaque: bool = False
    """A class that makes members at run time."""
    gives: Literal["", "nothing", "value", "never"] = ""
    """What the text of a plain function shows that a call gives: nothing, or nothing but values of built-in types.

    `never` is a `__getattr__` that has no members to give, and only words its error.
    """
    digest: str = ""
    """The same for definitions that differ in name, layout or comments only, of functions in annotations too."""
    overload: str = ""
    """What tells it from others of its name that may stand beside it: parameter types (Java), the trait (Rust).

    Of JavaScript, how it is bound where that may be done again: by `var`, as a `function`, as an `interface`, or by
    assigning to `this`.
    """
    declared_type: str = ""
    """What a Python function is declared to give, or an attribute to hold, as its module would write it: `Type()`."""

    @property
    def path(self) -> str:
        """Its own dotted path."""
        return f"{self.scope}.{self.name}" if self.scope else self.name


class Import(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One imported name. `name` is "" for a whole module, "*" for a star; `level` counts the leading dots.

    Of JavaScript, `module` is the specifier as it stands (`../a/b.js`), and `style` says so; `name` is "" for
    `import * as alias`, for `require()` and for what is imported for its effects alone (`alias` is "" then).
    """

    module: str
    name: str
    alias: str
    """What it is called from here on; "" for a star."""
    level: int
    line: int
    scope: str = ""
    """The function it stands in; "" when it runs as the module loads."""
    typing: bool = False
    guarded: bool = False
    """Its failure is expected: `except ImportError`."""
    conditional: bool = False
    renamed: bool = False
    """`import a.b as x` binds the module `a.b`, `import a.b` binds `a`."""
    style: Literal["dotted", "specifier"] = "dotted"
    redeclarable: bool = False
    """Its name may be bound again: `var x = require("m")`."""


class Export(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name others can import from a JavaScript module (or that `module` re-exports).

    `local` is what the name stands for: a name of the file, or, when `module` is given, a name of that module ("*" for
    the whole of it). `export * from "m"` is `Export("*", "*", "m")`; an unnamed default has no `local`.
    """

    name: str
    local: str
    module: str
    line: int
    typing: bool = False


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The shape of a call."""

    positional: int = 0
    keywords: tuple[str, ...] = ()
    star: bool = False
    stars: bool = False
    use: Literal[
        "", "awaited", "iterated", "unpacked", "async-iterated", "entered", "async-entered", "read", "dropped"
    ] = ""
    """What becomes of the result, where the text shows it; of a `read` one a member or an item is taken, an `unpacked`
    one is given to several names."""


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """A chain that is read, with every line it is read on.

    `via` says where its root is bound: in the `module`; in a function, by an import that stands in scope `owner`
    (`local`); it is a member of the instance (`self`) or of the next class (`super`) of class `owner`; or a member of a
    `value` nothing is known of.
    """

    chain: str
    lines: tuple[int, ...]
    via: Literal["module", "local", "self", "super", "value"] = "module"
    owner: str = ""
    guard: Literal["", "guarded", "typing", "annotation"] = ""
    """`guarded`: its failure is expected; `typing`: only type checkers read it.
    `annotation`: before 3.14 Python evaluates it where it stands (PEP 649), later ones leave it to type checkers."""
    call: Call | None = None
    declared: bool = False
    """What it begins with is the class a parameter is declared to be of; it may be of one derived from that."""


class StringReference(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A string that is resolved at run time.

    `patch` names an attribute by its dotted path, `object` a module or something in one, `model` a Django model
    (`app.Model`), `fixture` a fixture of pytest's, `export` a name that `__all__` lists.
    """

    text: str
    kind: Literal["patch", "object", "model", "fixture", "export"]
    line: int
    sure: bool = True
    """It is resolved as soon as the file is put to use, and must be found then."""


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """Everything one file says.

    `parse`: `full`; `partial`, when a more forgiving parser read it: nothing is absent from such a file; `none`, when
    nothing could read it, with the reason in `why`.
    """

    parse: Literal["full", "partial", "none"]
    why: str = ""
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    references: tuple[Reference, ...] = ()
    string_references: tuple[StringReference, ...] = ()
    exports: tuple[str, ...] | None = None
    """`__all__`, when it is a literal."""
    exported: tuple[Export, ...] = ()
    """What a JavaScript module exports."""
    globals: tuple[str, ...] = ()
    """Module names that functions bind."""
    dynamic: tuple[str, ...] = ()
    """Why names may be there that the text does not show: `getattr`, `exec`, `globals`, `exports`."""
    settings: tuple[tuple[str, str], ...] = ()
    """Of a manifest: what it says of where modules are found, key and value; a key may stand several times.
    Of a Go or Java file: its `package`; of JavaScript which kinds of `module` it speaks as, `es` or `commonjs`."""
    strings: tuple[tuple[str, int], ...] = ()
    """Constants that say something, cut short, each at its first line; documentation is not among them."""
    repeated: tuple[tuple[str, int], ...] = ()
    """Of a data file: keys that a mapping holds once more, as dotted paths, with their lines."""


NO_FACTS = FileFacts("none", "there is no such file")
UNSETTLED = FileFacts("none", "it is in conflict")


ENUMS = ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "TextChoices", "IntegerChoices")
"""Base classes that make the names of a Python class its members."""


def last_name(decorator: str) -> str:
    """The last name of a decorator or chain: `lru_cache` of `functools.lru_cache(maxsize=None)`."""
    return decorator.partition("(")[0].rpartition(".")[2]


def words(text: str) -> frozenset[str]:
    """The words of a text: long lists of names read better so."""
    return frozenset(text.split())
