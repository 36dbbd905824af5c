"""What one file says about names, whatever its language: the facts of a blob, as they are kept between runs.

Scopes are dotted paths of definitions (`Class.method`), "" is the module. Lines count from 1. Chains are dotted names
as they stand in the text; a segment that ends in `()` is what calling it gives: `Client().send`.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A parameter. `positional` is never given by name, `keyword` always; `rest` and `keywords` take any number."""

    name: str
    kind: Literal["positional", "either", "rest", "keyword", "keywords"] = "either"
    required: bool = True


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """The parameters of what can be called, and what kind of function it is."""

    parameters: tuple[Parameter, ...] = ()
    asynchronous: bool = False
    generator: bool = False


class Definition(msgspec.Struct, frozen=True, array_like=True):
    """A name bound in a module or a class.

    An `attribute` is bound on instances (`self.x = ...`). A `key` is a key of a dictionary or object literal, in a
    scope that ends in `[]`, or the value of an enum's member, in a scope that ends in `()`. A `type` exists for type
    checkers only (an interface, a type alias); its members are `attribute`s in its scope.
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
    """Whether it stands under an `if`, a `try` or a loop, so that another may be bound instead."""
    abstract: bool = False
    fixture: str = ""
    """The name by which tests request it, where it is a fixture."""
    field: Literal["", "required", "nullable", "optional", "excluded", "unknown"] = ""
    """What a field is to a generated constructor; a `nullable` one has no default, and some generators give it one."""
    value: str = ""
    """The chain a variable is bound to; in typed languages the chain of what it holds or a call gives: `Type()`."""
    opaque: bool = False
    """Whether a class may have members that its text does not show."""
    gives: Literal["", "nothing", "value", "never"] = ""
    """What the text of a plain function shows that a call gives: `nothing`, or a `value` of a built-in type.

    `never` is a `__getattr__` that gives no members and only words its error.
    """
    digest: str = ""
    """The same for definitions that differ in name, layout or comments only; for functions also in annotations only."""
    overload: str = ""
    """What tells it from others of its name that may stand beside it: parameter types in Java, the trait in Rust.

    In JavaScript, how it is bound where that may be done twice: by `var`, as a `function`, as an `interface`, or by
    assigning to `this`.
    """
    declared_type: str = ""
    """What a Python function is declared to give, or an attribute to hold, as its module would write it: `Type()`."""

    @property
    def path(self) -> str:
        """The dotted path of the definition itself."""
        return f"{self.scope}.{self.name}" if self.scope else self.name


class Import(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An imported name. `name` is "" for a whole module, "*" for a star; `level` counts the leading dots.

    In style `specifier` the module is a specifier as it stands, such as `../a/b.js`. In JavaScript `name` is "" for
    `import * as alias`, for `require()` and, with no `alias`, for what is imported for its effects alone.
    """

    module: str
    name: str
    alias: str
    """The name it binds in the file; "" for a star."""
    level: int
    line: int
    scope: str = ""
    """The function it stands in; "" when it runs as the module loads."""
    typing: bool = False
    guarded: bool = False
    """Whether its failure is expected, as under `except ImportError`."""
    conditional: bool = False
    renamed: bool = False
    """Whether the module itself is bound: `import a.b as x` binds `a.b`, `import a.b` binds `a`."""
    style: Literal["dotted", "specifier"] = "dotted"
    redeclarable: bool = False
    """Whether its name may be bound a second time, as by `var x = require("m")`."""


class Export(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name that other files can import from a JavaScript module.

    `local` is the name it stands for: one of the file, or, where it is re-exported from `module`, one of that module,
    "*" for the whole of it. `export * from "m"` is `Export("*", "*", "m")`; an unnamed default has no `local`.
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
    """What is done with the result, where the text shows it. Of a `read` one a member or an item is taken, an
    `unpacked` one is assigned to several names."""


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """A chain that is read, with every line it is read on.

    `via` says where its root is bound: in the `module`; by an import in the function `owner` (`local`); as a member of
    the instance (`self`) or the next base (`super`) of the class `owner`; or as a member of an unknown `value`.
    """

    chain: str
    lines: tuple[int, ...]
    via: Literal["module", "local", "self", "super", "value"] = "module"
    owner: str = ""
    guard: Literal["", "guarded", "typing", "annotation"] = ""
    """`guarded`: its failure is expected. `typing`: only type checkers read it. `annotation`: Python evaluates it where
    it stands before 3.14, and leaves it to type checkers from then on (PEP 649)."""
    call: Call | None = None
    declared: bool = False
    """Whether its root is the class a parameter is declared to be of; the value may be of a class derived from that."""


class StringReference(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A string that is resolved as a name at run time.

    A `patch` names an attribute by its dotted path, an `object` a module or something in one, a `model` a Django model
    (`app.Model`), a `fixture` a fixture of pytest's, an `export` a name that `__all__` lists.
    """

    text: str
    kind: Literal["patch", "object", "model", "fixture", "export"]
    line: int
    sure: bool = True
    """Whether it is resolved as soon as the file is loaded, and must exist then."""


class FileFacts(msgspec.Struct, frozen=True, array_like=True):
    """Everything one file says.

    `parse` is `full`; `partial` where only a part could be read, so that nothing is known to be absent; or `none`, with
    the reason in `why`.
    """

    parse: Literal["full", "partial", "none"]
    why: str = ""
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    references: tuple[Reference, ...] = ()
    string_references: tuple[StringReference, ...] = ()
    exports: tuple[str, ...] | None = None
    """The names in `__all__`, where it is a literal."""
    exported: tuple[Export, ...] = ()
    """What a JavaScript module exports."""
    globals: tuple[str, ...] = ()
    """Names of the module that functions bind."""
    dynamic: tuple[str, ...] = ()
    """Why names may exist that the text does not show: `getattr`, `exec`, `globals`, `exports`, `macro`, ..."""
    settings: tuple[tuple[str, str], ...] = ()
    """Of a manifest, what says where modules are found, as (key, value); a key may stand several times.
    Of a Go or Java file its `package`; of JavaScript the kinds of `module` it is written as, `es` or `commonjs`."""
    strings: tuple[tuple[str, int], ...] = ()
    """String constants in words, cut short, as (text, first line); documentation is not among them."""
    repeated: tuple[tuple[str, int], ...] = ()
    """Of a data file, the keys that a mapping holds more than once, as (dotted path, line)."""


NO_FACTS = FileFacts("none", "there is no such file")
UNSETTLED = FileFacts("none", "it is in conflict")


ENUMS = ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "TextChoices", "IntegerChoices")
"""Base classes that make the names of a Python class its members."""


def last_name(decorator: str) -> str:
    """Return the last name of a decorator or chain: `lru_cache` of `functools.lru_cache(maxsize=None)`."""
    return decorator.partition("(")[0].rpartition(".")[2]


def words(text: str) -> frozenset[str]:
    """Return the words of a text; long lists of names read better so."""
    return frozenset(text.split())
