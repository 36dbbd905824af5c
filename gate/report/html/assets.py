"""The page's content security policy: its own style and script, by their hashes, and nothing else.

Content Security Policy level 3 (https://www.w3.org/TR/CSP3/): `default-src 'none'` forbids every request, frame and
plug-in; a hash allows exactly one text. So even a text that got past the escaping could neither run nor fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from gate.errors import UsageError

if TYPE_CHECKING:
    from gate.report.templates import Templates

STYLE = "html/report.css"
SCRIPT = "html/report.js"
_ENDS = re.compile(r"</(?:style|script)|<!--", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assets:
    """The page's style and script, and the policy that allows them."""

    style: Markup
    script: Markup

    @classmethod
    def of(cls, templates: Templates) -> Assets:
        """The two files as they are: no template, nothing of a report in them.

        Raises:
            UsageError: one of them would end its element, or begin a comment in it.
        """
        return cls(Markup(_text(templates, STYLE)), Markup(_text(templates, SCRIPT)))

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


def _text(templates: Templates, name: str) -> str:
    """A file's text as a browser reads it: lines end with one newline."""
    text = templates.source(name).replace("\r\n", "\n").replace("\r", "\n")
    if end := _ENDS.search(text):
        raise UsageError(f"{name} holds {end[0]!r}, which ends or hides it in the page", "write it otherwise")
    return text


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
