"""Names so common that a member of that name says nothing of the repository: those Python's own types have."""

from __future__ import annotations

import builtins
import inspect
from functools import cache
from importlib import import_module

_SHORTEST = 4
_MODULES = (
    *(
        "argparse",
        "array",
        "ast",
        "asyncio",
        "base64",
        "bisect",
        "calendar",
        "codecs",
        "collections",
        "configparser",
    ),
    *(
        "contextlib",
        "copy",
        "csv",
        "dataclasses",
        "datetime",
        "decimal",
        "email.message",
        "enum",
        "fractions",
    ),
    *("functools", "gzip", "hashlib", "heapq", "html.parser", "http.client", "http.cookies", "inspect", "io"),
    *(
        "ipaddress",
        "itertools",
        "json",
        "locale",
        "logging",
        "logging.handlers",
        "math",
        "numbers",
        "operator",
    ),
    *(
        "optparse",
        "os",
        "pathlib",
        "pickle",
        "platform",
        "pprint",
        "queue",
        "random",
        "re",
        "selectors",
        "shlex",
    ),
    *("shutil", "signal", "socket", "ssl", "statistics", "string", "struct", "subprocess", "sys", "tarfile"),
    *(
        "tempfile",
        "textwrap",
        "threading",
        "time",
        "traceback",
        "types",
        "typing",
        "unittest",
        "unittest.mock",
    ),
    *("urllib.parse", "urllib.request", "urllib.response", "uuid", "warnings", "weakref", "xml.dom.minidom"),
    *("xml.etree.ElementTree", "zipfile"),
)
"""Modules of the standard library whose types programs meet most."""


def is_everyday(name: str) -> bool:
    """Whether values of many kinds may have a member of that name."""
    return len(name) < _SHORTEST or not name.isascii() or name.startswith("__") or name in _known()


@cache
def _known() -> frozenset[str]:
    modules = [builtins]
    for name in _MODULES:
        try:
            modules.append(import_module(name))
        except ImportError:  # left out of some builds of Python
            continue
    found: set[str] = set()
    for module in modules:
        found.update(dir(module))
        for one in vars(module).values():
            if inspect.isclass(one):
                found.update(dir(one))
    return frozenset(found)
