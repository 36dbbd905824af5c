"""Talking to GitHub: JSON over HTTPS from the standard library, patient with a busy server, clear about the rest.

Limits and waits are those of docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: a secondary limit
answers 403 or 429 with `retry-after`, or asks for at least a minute; a primary limit says in `x-ratelimit-reset` when
it ends.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from gate.errors import GitFailed, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ATTEMPTS = 4
_TIMEOUT = 30
"""Seconds for one answer."""
_LONGEST = 120
"""Seconds to wait for a limit to end; a longer one is an error."""
_LARGEST = 32 << 20
"""Bytes of one answer."""
_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')


class Refused(GitFailed):
    """GitHub did not do what it was asked for, and will not. `status` is the HTTP status, 0 without an answer."""

    def __init__(self, message: str, hint: str | None = None, status: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """One answer: its value, and the address of the next page, "" on the last."""

    value: Any
    next: str = ""


@dataclass(frozen=True, slots=True)
class GitHubClient:
    """One server, one repository's token. `wait` sleeps, in seconds; `now` is the time in seconds since 1970."""

    url: str
    token: str = field(repr=False)
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time

    def get(self, path: str) -> ApiAnswer:
        """Read."""
        return self._request("GET", path)

    def pages(self, path: str) -> Iterator[Any]:
        """Every item of a list, over all of its pages."""
        following = path
        while following:
            answer = self.get(following)
            yield from answer.value
            following = answer.next

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> ApiAnswer:
        """Write."""
        return self._request(method, path, msgspec.json.encode(body))

    def graphql(self, query: str, variables: Mapping[str, Any]) -> Any:
        """The data a query asks for.

        Raises:
            Refused: there is none, or not all of it.
        """
        root = self.url.removesuffix("/v3") if self.url.endswith("/api/v3") else self.url
        body = msgspec.json.encode({"query": query, "variables": variables})
        value = self._request("POST", f"{root}/graphql", body).value
        errors = value.get("errors") if isinstance(value, dict) else [{"message": "no answer"}]
        if errors:
            raise Refused(f"GitHub refused a query: {str(errors[0].get('message'))[:200]}", _hint(0, ""))
        return value["data"]

    def _request(self, method: str, path: str, body: bytes | None = None) -> ApiAnswer:
        address = path if path.startswith(("http:", "https:")) else f"{self.url}{path}"
        if urlsplit(address)[:2] != urlsplit(self.url)[:2]:
            raise Refused(f"GitHub pointed to another server, {urlsplit(address).netloc}")
        for attempt in range(_ATTEMPTS):
            last = attempt == _ATTEMPTS - 1
            try:
                return self._once(method, address, body)
            except urllib.error.HTTPError as error:
                pause = self._pause(error, attempt)
                if pause is None or last:
                    raise _refused(error, method, address) from error
            except (OSError, http.client.HTTPException) as error:
                if last:
                    reason = getattr(error, "reason", error)
                    raise Refused(
                        f"GitHub cannot be reached at {self.url}: {reason}", "try again later"
                    ) from error
                pause = 2.0**attempt
            self.wait(pause)
        raise AssertionError

    def _once(self, method: str, address: str, body: bytes | None) -> ApiAnswer:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": "git-gate",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(address, data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
            content = response.read(_LARGEST + 1)
            match = _NEXT.search(response.headers.get("Link", ""))
        if len(content) > _LARGEST:
            raise Refused(f"an answer of {urlsplit(address).path} is too large")
        try:
            return ApiAnswer(msgspec.json.decode(content) if content else None, match[1] if match else "")
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refused(f"{urlsplit(address).netloc} did not answer in JSON") from error

    def _pause(self, error: urllib.error.HTTPError, attempt: int) -> float | None:
        """Seconds to wait before the same is asked again; None when that is no use."""
        if error.code in (500, 502, 503, 504):
            return 2.0**attempt
        if error.code not in (403, 429):
            return None
        after = error.headers.get("Retry-After", "")
        if after.isdigit():
            pause = float(after)
        elif error.headers.get("X-RateLimit-Remaining") == "0":
            reset = error.headers.get("X-RateLimit-Reset", "")
            pause = float(reset) - self.now() if reset.isdigit() else 60.0
        elif error.code == 429:
            pause = 60.0 * 2**attempt
        else:
            return None
        return max(pause, 1.0) if pause <= _LONGEST else None


def _refused(error: urllib.error.HTTPError, method: str, address: str) -> Refused:
    try:
        message = str(msgspec.json.decode(error.read(1 << 16)).get("message", ""))[:200]
    except (msgspec.DecodeError, AttributeError, OSError, UnicodeDecodeError):
        message = ""
    limited = error.headers.get("X-RateLimit-Remaining") == "0" or error.code == 429
    what = f"GitHub answered {error.code} to {method} {urlsplit(address).path}" + (
        f": {message}" if message else ""
    )
    return Refused(what, _hint(429 if limited else error.code, method), error.code)


def _hint(status: int, method: str) -> str | None:
    if status == 401:
        return "the token is not valid: pass `token: ${{ github.token }}`"
    if status == 403 and method not in ("GET", ""):
        return "the token may not write: give the job `pull-requests: write` and `statuses: write`; forks get none"
    if status == 403:
        return "the token may not read this: give the job `contents: read` and `pull-requests: read`"
    if status == 404:
        return "the token sees no such repository or pull request"
    if status == 429:
        return "the rate limit is used up: run less often, or later"
    return None


def require_url(url: str) -> str:
    """The address of an API, checked.

    Raises:
        UsageError: it is none.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise UsageError(f"{url!r} is no address of an API", "GITHUB_API_URL is set by GitHub itself")
    return url.rstrip("/")
