"""What the client makes of GitHub's answers, errors included."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from github.server import TOKEN, World, serving

from gate.errors import UsageError
from gate.github.client import GitHubClient, Refused, require_url

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def url(world: World) -> Iterator[str]:
    yield from serving(world)


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(url: str, waits: list[float]) -> GitHubClient:
    return GitHubClient(url, TOKEN, wait=waits.append, now=lambda: 1000.0)


def read(client: GitHubClient) -> Any:
    return client.get("/repos/clinic/app/pulls?head=a:b").value


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again(
    client: GitHubClient, world: World, waits: list[float], status: int
) -> None:
    world.troubles = [(status, {}, {}), (status, {}, {})]

    assert read(client) == []
    assert waits == [1.0, 2.0]


def test_a_server_that_stays_in_trouble_is_given_up(
    client: GitHubClient, world: World, waits: list[float]
) -> None:
    world.troubles = [(502, {}, {"message": "Server Error"})] * 4

    with pytest.raises(Refused, match="GitHub answered 502 to GET /repos/clinic/app/pulls: Server Error"):
        read(client)
    assert len(waits) == 3


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (403, {"Retry-After": "7"}, 7.0),
        (429, {"Retry-After": "7"}, 7.0),
        (429, {}, 60.0),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1030"}, 30.0),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "900"}, 1.0),
        (403, {"X-RateLimit-Remaining": "0"}, 60.0),
    ],
)
def test_a_limit_is_waited_for(
    client: GitHubClient, world: World, waits: list[float], status: int, headers: dict[str, str], wait: float
) -> None:
    world.troubles = [(status, headers, {"message": "You have exceeded a secondary rate limit"})]

    assert read(client) == []
    assert waits == [wait]


@pytest.mark.parametrize(
    ("status", "headers", "hint"),
    [
        (401, {}, "the token is not valid"),
        (403, {}, "the token may not read this"),
        (404, {}, "the token sees no such repository"),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999"}, "the rate limit is used up"),
    ],
)
def test_what_no_waiting_helps_is_said(
    client: GitHubClient, world: World, waits: list[float], status: int, headers: dict[str, str], hint: str
) -> None:
    world.troubles = [(status, headers, {"message": "No"})]

    with pytest.raises(Refused) as caught:
        read(client)

    assert caught.value.status == status
    assert caught.value.hint is not None
    assert hint in caught.value.hint
    assert waits == []


def test_a_write_that_is_not_allowed(client: GitHubClient, world: World) -> None:
    world.refuse_writes = True

    with pytest.raises(Refused, match="Resource not accessible by integration") as caught:
        client.send("POST", "/repos/clinic/app/issues/1/comments", {"body": "x"})

    assert caught.value.hint is not None
    assert "pull-requests: write" in caught.value.hint


def test_errors_of_a_query(client: GitHubClient, world: World) -> None:
    world.troubles = [(200, {}, {"errors": [{"message": "Field 'x' doesn't exist"}], "data": None})]

    with pytest.raises(Refused, match="GitHub refused a query: Field 'x' doesn't exist"):
        client.graphql("query", {})


def test_nobody_there(client: GitHubClient, waits: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(Refused, match="cannot be reached"):
        read(replace(client, url=f"http://127.0.0.1:{port}"))
    assert len(waits) == 3


def test_another_server_never_gets_the_token(client: GitHubClient) -> None:
    with pytest.raises(Refused, match="another server"):
        client.get("https://evil.example/x")


def test_pages_are_followed(client: GitHubClient, world: World, url: str) -> None:
    world.troubles = [(200, {"Link": f'<{url}/repos/clinic/app/pulls?head=a:b>; rel="next"'}, [1])]  # type: ignore[list-item]

    assert list(client.pages("/first")) == [1]


def test_the_token_is_in_no_text(client: GitHubClient) -> None:
    assert TOKEN not in repr(client)


@pytest.mark.parametrize("url", ["", "api.github.com", "file:///etc/passwd"])
def test_addresses(url: str) -> None:
    with pytest.raises(UsageError):
        require_url(url)
