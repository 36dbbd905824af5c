"""Runs the program: as a process of its own, as users do, or in this process, which is quicker."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import gate

CHECKOUT = Path(gate.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended and what it said."""

    exit: int
    out: str
    err: str


def run_gate(
    *arguments: str | bytes, cwd: Path | None = None, env: dict[str, str] | None = None, stdin: bytes = b""
) -> Result:
    """`python -m gate ARGUMENTS` in `cwd` (default: here), with `env` on top of the sealed environment."""
    variables = os.environ | {"PYTHONPATH": str(CHECKOUT)} | (env or {})
    command = [sys.executable, "-m", "gate", *arguments]
    done = subprocess.run(command, cwd=cwd, env=variables, input=stdin, capture_output=True, check=False)
    return Result(done.returncode, _text(done.stdout), _text(done.stderr))


def run_here(*arguments: str, cwd: Path | None = None, stdin: bytes = b"") -> Result:
    """The same without a new process: no import time, and the debugger can follow."""
    from gate.cli.main import main

    out, err = _Capture(), _Capture()
    with contextlib.chdir(cwd or Path()), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        before, sys.argv = sys.argv, ["git-gate", *arguments]
        source, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin))
        try:
            code = _exit_code(main)
        finally:
            sys.argv, sys.stdin = before, source
    return Result(code, out.text(), err.text())


def _exit_code(main: object) -> int:
    assert callable(main)
    try:
        code = main()
    except SystemExit as left:
        code = left.code
    return code if isinstance(code, int) else int(code is not None)


class _Capture(io.TextIOWrapper):
    """A standard stream that keeps what is written to it, bytes written to its `buffer` too."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        super().__init__(self._bytes, encoding="utf-8", errors="surrogateescape", write_through=True)

    def text(self) -> str:
        self.flush()
        return _text(self._bytes.getvalue())


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
