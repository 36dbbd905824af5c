"""Progress on a terminal: one line that appears when it takes long, counts the seconds, and is wiped."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 1.0
"""Seconds before anything is shown."""
_BEAT = 0.2


class Progress:
    """Call it with a few words whenever something new begins; silent where standard error is no terminal."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._words = ""
        self._over = threading.Event()
        self._ticker: threading.Thread | None = None

    def __call__(self, words: str) -> None:
        self._words = words

    def __enter__(self) -> Progress:
        if sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._ticker is not None:
            self._ticker.join()

    def _tick(self) -> None:
        start = time.monotonic()
        if self._over.wait(self._patience):
            return
        while True:
            if self._words:
                line = f"{self._words}, {time.monotonic() - start:.0f} s"
                click.echo(f"\r\x1b[2K{line}", nl=False, err=True)
            if self._over.wait(_BEAT):
                break
        click.echo("\r\x1b[2K", nl=False, err=True)
