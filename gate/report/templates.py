"""Renders templates, the shipped ones and a policy's own: in Jinja's sandbox, and a name nobody gave is an error.

A policy's template stands for the shipped one of its name; `shipped/NAME` is always ours, so that one can extend it.
"""

from __future__ import annotations

import contextlib
import difflib
import threading
import traceback
from typing import TYPE_CHECKING

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    meta,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gate import shipped
from gate.alarm import alarm
from gate.errors import GateError, UsageError
from gate.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECONDS = 20
"""How long a policy's own templates may take: ten times what the largest report takes with ours."""
_AT_ONCE = 500
_MARK = "<own template> "
_DEMO = "demo/"
"""The folder of the demo's sample repository, which is shipped with the templates and holds none."""
Replacements = tuple[tuple[str, str], ...]
"""Names and texts of templates."""


class Templates:
    """The shipped templates with a policy's own before them."""

    def __init__(
        self, replacements: Replacements, printed: Callable[[object], object], *, html: bool
    ) -> None:
        """`printed` makes of a value what may stand for it; `html` escapes that.

        Raises:
            UsageError: one of the policy's own is no template, or is used by nothing.
        """
        self._replacements = dict(replacements)
        ours = FileSystemLoader(shipped.folder("templates"))
        self.environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FunctionLoader(self._find), ours, PrefixLoader({"shipped": ours})]),
            undefined=StrictUndefined,
            finalize=lambda value: printed(_require_defined(value)),
            autoescape=html,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        with self._explained():
            self._require_used([name for name in ours.list_templates() if not name.startswith(_DEMO)])

    def render(self, name: str, variables: Mapping[str, object]) -> str:
        """The whole text.

        Raises:
            UsageError: a template of the policy's own has a mistake.
        """
        return "".join(self.pieces(name, variables))

    def pieces(self, name: str, variables: Mapping[str, object]) -> Iterator[str]:
        """The text bit by bit, so that one too long can be given up."""
        with self._explained(), _bounded(SECONDS if self._replacements else 0):
            stream = self.environment.get_template(name).stream(variables)
            stream.enable_buffering(_AT_ONCE)
            yield from stream

    def source(self, name: str) -> str:
        """The text of a file that is no template: style or script."""
        assert self.environment.loader is not None
        return self.environment.loader.get_source(self.environment, name)[0]

    def _find(self, name: str) -> tuple[str, str, None] | None:
        return (self._replacements[name], _MARK + name, None) if name in self._replacements else None

    def _require_used(self, ours: list[str]) -> None:
        """A name that is mistyped would change nothing, and nobody would know."""
        used = set(ours)
        for name, text in self._replacements.items():
            if name.endswith(".j2"):
                tree = self.environment.parse(text, name)
                used |= {
                    template for template in meta.find_referenced_templates(tree) if template is not None
                }
        for name in sorted(set(self._replacements) - used):
            near = difflib.get_close_matches(name, sorted(ours), n=1)
            hint = (
                f"did you mean {near[0]}?"
                if near
                else f"those that can be replaced: {', '.join(sorted(ours))}"
            )
            raise UsageError(f"the template {clean(name)} stands for none and is included by none", hint)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Say of a mistake in a policy's own template what and where it is; one in ours is a fault of the program."""
        try:
            yield
        except GateError:
            raise
        except TemplateSyntaxError as error:
            if error.name is None or error.name not in self._replacements:
                raise
            raise _mistake(error.name, error.lineno, error.message) from error
        except Exception as error:
            place = _own_place(error)
            if place is None and not (self._replacements and isinstance(error, TemplateNotFound)):
                raise
            name, line = place or ("", 0)
            what = f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error)
            raise _mistake(name, line, what if isinstance(error, TemplateError) else repr(error)) from error


def _require_defined(value: object) -> object:
    """The value; "" for an `if` without `else`, by which nothing is meant.

    Raises:
        UndefinedError: there is no such name.
    """
    if isinstance(value, Undefined):
        return "" if type(value) is Undefined else str(value)
    return value


def _own_place(error: Exception) -> tuple[str, int] | None:
    """The template of the policy's own in which it went wrong, and the line."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_MARK):
            return frame.filename.removeprefix(_MARK), frame.lineno or 0
    return None


def _mistake(name: str, line: int, what: str | None) -> UsageError:
    place = f"{clean(name)}, line {line}: " if name else ""
    return UsageError(
        f"a template of the policy has a mistake: {place}{clean(what or 'it cannot be read')}",
        "templates/README.md of git-gate tells what templates may use; without `templates` ours are used",
    )


def _bounded(seconds: int) -> contextlib.AbstractContextManager[None]:
    """End what takes longer, where that can be done: on the main thread."""
    if not seconds or threading.current_thread() is not threading.main_thread():
        return contextlib.nullcontext()

    def late() -> UsageError:
        return UsageError(
            f"the policy's templates took longer than {seconds} seconds", "look for loops in them"
        )

    return alarm(seconds, late)
