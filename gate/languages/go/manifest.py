"""`go.mod`, as settings: `module`, and `replace` for each module that is replaced by a folder of the repository."""

from __future__ import annotations

import re

from gate.model.source import FileFacts

NAME = "go.mod"
VERSION = 1

_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_REPLACED = re.compile(r"^(?:replace)?\s*(\S+)(?: v\S+)?\s*=>\s*\.", re.MULTILINE)


def read(content: bytes, _ending: str = "go.mod") -> FileFacts:
    """Return the settings of a `go.mod`."""
    text = content.decode("utf-8", "replace")
    modules = (("module", name) for name in _MODULE.findall(text)[:1])
    replaced = (("replace", name) for name in _REPLACED.findall(text))
    return FileFacts("full", settings=(*modules, *replaced))
