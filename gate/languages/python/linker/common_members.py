"""Names so common that a member of that name says nothing of the repository: those Python's own types have."""

from __future__ import annotations

import builtins
import inspect
from functools import cache
from importlib import import_module

from gate.model.source import words

_SHORTEST = 4
"""Characters; shorter names are common to all kinds of values."""
_MODULES = words("""
    argparse array ast asyncio base64 bisect calendar codecs collections configparser contextlib copy csv dataclasses
    datetime decimal email.message enum fractions functools gzip hashlib heapq html.parser http.client http.cookies
    inspect io ipaddress itertools json locale logging logging.handlers math numbers operator optparse os pathlib pickle
    platform pprint queue random re selectors shlex shutil signal socket ssl statistics string struct subprocess sys
    tarfile tempfile textwrap threading time traceback types typing unittest unittest.mock urllib.parse urllib.request
    urllib.response uuid warnings weakref xml.dom.minidom xml.etree.ElementTree zipfile
""")
"""Modules of the standard library whose types programs meet most."""


def is_common(name: str) -> bool:
    """Return whether values of many kinds may have a member of that name."""
    return len(name) < _SHORTEST or not name.isascii() or name.startswith("__") or name in _library_names()


@cache
def _library_names() -> frozenset[str]:
    """Return the names in `_MODULES` and in the classes there."""
    modules = [builtins]
    for name in _MODULES:
        try:
            modules.append(import_module(name))
        except ImportError:  # left out of some builds of Python
            continue
    names: set[str] = set()
    for module in modules:
        names.update(dir(module))
        for value in vars(module).values():
            if inspect.isclass(value):
                names.update(dir(value))
    return frozenset(names)
