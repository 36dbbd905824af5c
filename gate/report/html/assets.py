"""What the page may do: its own style and its own script, known by their hashes, and nothing else.

Content Security Policy level 3 (https://www.w3.org/TR/CSP3/): `default-src 'none'` forbids every request, frame and
plug-in; a hash allows exactly one text. So even a text that got past the escaping could neither run nor fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE = "html/report.css"
SCRIPT = "html/report.js"


@dataclass(frozen=True, slots=True)
class Assets:
    """The page's style and script, and the policy that allows them."""

    style: Markup
    script: Markup

    @classmethod
    def of(cls, environment: Environment) -> Assets:
        """The two files as they are: no template, nothing of a report in them."""
        return cls(Markup(_source(environment, STYLE)), Markup(_source(environment, SCRIPT)))

    @property
    def policy(self) -> str:
        """The `Content-Security-Policy`. `data:` is for the icon, an empty one, so that none is asked for."""
        return "; ".join(
            (
                "default-src 'none'",
                f"style-src '{_digest(self.style)}'",
                f"script-src '{_digest(self.script)}'",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


def _source(environment: Environment, name: str) -> str:
    """A file's text as a browser reads it: lines end with one newline."""
    assert environment.loader is not None
    text, _, _ = environment.loader.get_source(environment, name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
