"""Talking to git: one environment, one error wrapper, and long-lived processes for many small questions."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from typing import IO, TYPE_CHECKING

from gate.errors import EnvironmentFault, GitFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

MINIMUM = (2, 39)
"""`merge-tree --write-tree` came with git 2.38, its `--stdin` with 2.39."""

# What of the user's GIT_* variables may reach our processes: how to find configuration, programs and remotes (a partial
# clone fetches missing objects). Everything else (GIT_DIR, GIT_INDEX_FILE, GIT_EXTERNAL_DIFF, GIT_TRACE, ...) would
# point our questions at another repository, index or program; a hook runs with several of them set.
_KEPT = frozenset(
    {
        "GIT_ASKPASS",
        "GIT_ALLOW_PROTOCOL",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_SYSTEM",
        "GIT_EXEC_PATH",
        "GIT_NO_LAZY_FETCH",
        "GIT_PROXY_COMMAND",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_SSL_CAINFO",
        "GIT_SSL_NO_VERIFY",
        "GIT_TERMINAL_PROMPT",
    }
)
_PATIENCE = 5
"""Seconds a long-lived process gets to end once nobody asks it anything."""
_KEPT_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")

# No program of the repository may run because we ask a question; conflict markers must have one form; what is written
# lives as long as the run, so it is neither synced to disk nor compressed.
SAFE = (
    *("-c", "core.fsync=none"),
    *("-c", "core.looseCompression=0"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.untrackedCache=false"),
    *("-c", "core.splitIndex=false"),
    *("-c", "merge.conflictStyle=merge"),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
    *("-c", "submodule.recurse=false"),
)


def decode(raw: bytes) -> str:
    """Git's bytes as text that turns back into the same bytes."""
    return raw.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes a name or path stands for."""
    return text.encode("utf-8", "surrogateescape")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every git process: the user's, without what would lead it astray."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
    return (
        kept
        | {"LC_ALL": "C", "LANGUAGE": "", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}
        | dict(extra or {})
    )


def start(folder: str, env: Mapping[str, str], words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start git in a folder without waiting for it; what it complains of is dropped.

    Raises:
        OSError: there is no such folder, or no git.
    """
    return subprocess.Popen(
        ["git", *SAFE, *words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def run(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    stdin: bytes = b"",
    cwd: str | None = None,
    allowed: Sequence[int] = (0,),
) -> bytes:
    """One git process from start to end; what it wrote to standard output.

    Raises:
        GitFailed: it ended with a code that is not allowed.
        EnvironmentFault: there is no git.
    """
    return completed(arguments, env=env, stdin=stdin, cwd=cwd, allowed=allowed).stdout


def completed(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    stdin: bytes = b"",
    cwd: str | None = None,
    allowed: Sequence[int] = (0,),
) -> subprocess.CompletedProcess[bytes]:
    """As `run`, with the exit code."""
    try:
        done = subprocess.run(
            ["git", *arguments], input=stdin, capture_output=True, env=dict(env), cwd=cwd, check=False
        )
    except FileNotFoundError as missing:
        raise no_git(missing) from missing
    if done.returncode not in allowed:
        raise failure(arguments, done.returncode, done.stderr)
    return done


def no_git(missing: FileNotFoundError) -> EnvironmentFault:
    """Return the error for a git process that could not start: no git, or no such folder."""
    if missing.filename not in (None, "git"):
        return EnvironmentFault(f"there is no folder {missing.filename}")
    return EnvironmentFault(
        "git was not found", f"install git {'.'.join(map(str, MINIMUM))} or newer and put it on PATH"
    )


def failure(arguments: Sequence[str], code: int, stderr: bytes) -> GitFailed | EnvironmentFault:
    """Return the first complaint of a failed process, else its last line. It is quoted; nothing is decided by it."""
    lines = [line for line in decode(stderr).splitlines() if line.strip()]
    complaints = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    complaint = (
        (complaints or lines[-1:] or [f"exit code {code}"])[0].removeprefix("fatal: ").removeprefix("error: ")
    )
    command = next((word for word in arguments if not word.startswith("-") and "=" not in word), "git")
    return GitFailed(f"git {command} failed: {complaint}", "run `git fsck` if the repository may be damaged")


class Conversation:
    """A long-lived git process that answers one request after another.

    Its complaints go to a file, so that they can never fill a pipe while we wait for an answer.
    """

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], *, cwd: str | None = None) -> None:
        self._arguments = tuple(arguments)
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self._process = subprocess.Popen(
                ["git", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                env=dict(env),
                cwd=cwd,
            )
        except FileNotFoundError as missing:
            self._complaints.close()
            raise no_git(missing) from missing
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin = self._process.stdin
        self._stdout = self._process.stdout
        self._pending = b""

    def __enter__(self) -> Conversation:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.kill()
        self.close()

    def say(self, request: bytes) -> None:
        """Send a request.

        Raises:
            GitFailed: the process is gone.
        """
        try:
            self._stdin.write(request)
            self._stdin.flush()
        except (BrokenPipeError, ValueError) as broken:
            raise self.died() from broken

    def until(self, end: bytes) -> bytes:
        """Return the answer up to the one-byte `end`, without that."""
        parts = []
        while True:
            head, separator, remainder = self._pending.partition(end)
            parts.append(head)
            if separator:
                self._pending = remainder
                return b"".join(parts)
            self._pending = self._read()

    def exactly(self, size: int) -> bytes:
        """The next `size` bytes of the answer."""
        parts = [self._pending[:size]]
        self._pending = self._pending[size:]
        missing = size - len(parts[0])
        while missing:
            chunk = self._read()
            parts.append(chunk[:missing])
            self._pending = chunk[missing:]
            missing -= len(parts[-1])
        return b"".join(parts)

    def _read(self) -> bytes:
        chunk = os.read(self._stdout.fileno(), 1 << 16)
        if not chunk:
            raise self.died()
        return chunk

    def died(self) -> GitFailed | EnvironmentFault:
        """Return the error for a process that ended, with its last complaint."""
        code = self.close()
        return failure(self._arguments, code, self._last_words)

    def close(self) -> int:
        """End it; harmless when it has ended already. One that does not end for want of input is killed."""
        if self._complaints.closed:
            return self._process.wait()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            code = self.kill()
        self._complaints.seek(0)
        self._last_words = self._complaints.read()
        self._complaints.close()
        return code

    def kill(self) -> int:
        """End it at once, whatever it is doing (a fetch of missing objects can hang)."""
        self._process.kill()
        return self._process.wait()

    _last_words = b""


def records(raw: bytes) -> Iterator[str]:
    """The NUL-terminated records of `-z` output."""
    for record in raw.split(b"\0")[:-1]:
        yield decode(record)
