"""Bringing what is judged into the checkout: the target and the heads, into refs of our own. Nothing is checked out."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gate.errors import UsageError
from gate.git import process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REFS = "refs/git-gate/"
TARGET = f"{REFS}target"
DEPTHS = (100, 1000, 0)
"""How a shallow checkout is deepened when that is needed: by so many commits, at last (0) by all."""
_ODD = re.compile(r"[\x00-\x20\x7f:?*\[\\^~]|\.\.|^-|@\{")
"""What no ref may hold (git-check-ref-format), and what would make a refspec mean something else."""


def head(number: int) -> str:
    """Return the ref that the head of a pull request is fetched to."""
    return f"{REFS}pull/{number}"


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote, and what to fetch of it: refspecs into refs of our own. `variables` hold the token for git."""

    folder: str
    specs: tuple[str, ...]
    variables: Mapping[str, str] = field(repr=False)
    name: str = "origin"

    def fetch(self, *options: str) -> None:
        """Fetch all of it in one process.

        Raises:
            GitFailed: something is not there, or the server cannot be reached.
        """
        words = ("fetch", *options, "--quiet", "--no-tags", "--no-write-fetch-head", "--stdin", self.name)
        stdin = "".join(f"{spec}\n" for spec in self.specs).encode("utf-8", "surrogateescape")
        process.run([*process.SAFE, *words], env=self._env, stdin=stdin, cwd=self.folder)

    def deepen(self) -> Iterator[str]:
        """Make a shallow clone deeper, a step each time that is asked for; ends when it is whole. Tells what it did."""
        for depth in DEPTHS:
            if not self.is_shallow():
                return
            self.fetch(f"--deepen={depth}" if depth else "--unshallow")
            yield f"by {depth} commits" if depth else "to the beginning"

    def is_shallow(self) -> bool:
        """Return whether history ends early here."""
        words = [*process.SAFE, "rev-parse", "--is-shallow-repository"]
        return process.run(words, env=self._env, cwd=self.folder).strip() == b"true"

    @property
    def _env(self) -> dict[str, str]:
        return process.environment(self.variables)


def specs(base: str, heads: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the refspecs: of a branch as the target, and of each (full name there, ref here).

    Raises:
        UsageError: a name would be more than one.
    """
    wanted = [(f"refs/heads/{base}", TARGET), *heads]
    for name, _ in wanted:
        if _ODD.search(name):
            raise UsageError(f"{name!r} is no name of a branch")
    return tuple(f"+{name}:{to}" for name, to in wanted)


def variables(server: str, token: str) -> dict[str, str]:
    """Configuration that shows the token to this server and to no other, handed over where no process list shows it."""
    parts = urlsplit(server)
    if not token or parts.scheme != "https":
        return {}
    secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{parts.scheme}://{parts.netloc}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
        "GIT_TERMINAL_PROMPT": "0",
    }
