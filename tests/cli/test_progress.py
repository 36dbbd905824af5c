"""Progress: on a terminal, once it takes long, and gone without a trace."""

from __future__ import annotations

import contextlib
import io
import sys
import threading

import pytest

from gate.cli.progress import Progress


class _Terminal(io.StringIO):
    """Tells when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


def test_on_a_terminal_it_shows_words_and_seconds_and_wipes_them() -> None:
    terminal = _Terminal()
    with contextlib.redirect_stderr(terminal), Progress(patience=0) as progress:
        progress("merging 3 pairs")
        assert terminal.written.wait(10)
    assert "merging 3 pairs, 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")


def test_what_is_quick_shows_nothing() -> None:
    terminal = _Terminal()
    with contextlib.redirect_stderr(terminal), Progress(patience=60) as progress:
        progress("quick")
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("dumb", [True, False])
def test_elsewhere_it_is_silent(dumb: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _Terminal() if dumb else io.StringIO()
    if dumb:
        monkeypatch.setenv("TERM", "dumb")
    before = threading.active_count()
    with contextlib.redirect_stderr(stream), Progress(patience=0) as progress:
        progress("words")
        assert threading.active_count() == before
    assert stream.getvalue() == ""


def test_without_standard_error_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with Progress(patience=0) as progress:
        progress("words")
