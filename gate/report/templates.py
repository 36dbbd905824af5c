"""Where templates are rendered: in Jinja's sandbox, and a name nobody gave is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gate import shipped

if TYPE_CHECKING:
    from collections.abc import Callable


def environment(printed: Callable[[object], object], *, html: bool) -> ImmutableSandboxedEnvironment:
    """Jinja over the shipped templates. `printed` makes of a value what may stand for it; `html` escapes that."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(shipped.folder("templates")),
        undefined=StrictUndefined,
        finalize=lambda value: printed("" if type(value) is Undefined else value),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
