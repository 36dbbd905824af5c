"""A server that answers as GitHub's API does, with pull requests a test makes up; it keeps what it is told."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = "clinic/app"
TOKEN = "a-token"
ME = "github-actions[bot]"


@dataclass
class PullRequest:
    """An open pull request, as the server knows it."""

    number: int
    branch: str
    head: str
    base: str = "main"
    owner: str = "clinic"
    author: str = "ada"
    labels: tuple[str, ...] = ()
    draft: bool = False
    updated: str = "2026-01-01T10:00:00Z"
    comments: list[dict[str, Any]] = field(default_factory=list)
    status: dict[str, str] | None = None

    def say(self, author: str, body: str) -> dict[str, Any]:
        """Add a comment."""
        comment = {"id": self.number * 1000 + len(self.comments), "author": author, "body": body}
        self.comments.append(comment)
        return comment


@dataclass
class World:
    """Everything on the server, the writes it took, and how it is to misbehave: statuses to answer with, in turn."""

    pulls: list[PullRequest] = field(default_factory=list)
    writes: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    troubles: list[tuple[int, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    refuse_writes: bool = False
    asked: list[str] = field(default_factory=list)
    page: int = 2
    """Pull requests, and comments, to a page."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    world: World

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """A list, or nothing."""
        self._handle("GET", {})

    def do_POST(self) -> None:
        """A query or a write."""
        self._handle("POST", self._body())

    def do_PATCH(self) -> None:
        """A change."""
        self._handle("PATCH", self._body())

    def _body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return found

    def _handle(self, method: str, body: dict[str, Any]) -> None:
        path = urlsplit(self.path).path
        self.world.asked.append(f"{method} {path}")
        if self.world.troubles:
            status, headers, said = self.world.troubles.pop(0)
            self._answer(said, status, headers)
        elif self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._answer({"message": "Bad credentials"}, 401)
        elif path == "/graphql":
            self._answer({"data": {"repository": self._query(body)}})
        elif method == "GET":
            self._answer(self._pulls_at())
        elif self.world.refuse_writes:
            self._answer({"message": "Resource not accessible by integration"}, 403)
        else:
            self.world.writes.append((method, path, body))
            self._answer(self._write(method, path, body), 201)

    def _answer(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        for name, text in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _query(self, body: dict[str, Any]) -> dict[str, Any] | None:
        given = body["variables"]
        if f"{given['owner']}/{given['name']}" != REPOSITORY:
            return None
        start = int(given.get("after") or 0)
        if "defaultBranchRef" in body["query"]:
            return {"defaultBranchRef": {"name": "main"}}
        if "number" in given:
            pull = next(one for one in self.world.pulls if one.number == given["number"])
            return {"pullRequest": {"comments": self._comments(pull, start)}}
        pulls = [one for one in self.world.pulls if one.base == given["base"]]
        nodes = [self._node(one) for one in pulls[start : start + self.world.page]]
        return {"pullRequests": {"pageInfo": self._info(start, len(pulls)), "nodes": nodes}}

    def _info(self, start: int, count: int) -> dict[str, Any]:
        end = start + self.world.page
        return {"hasNextPage": end < count, "endCursor": str(end)}

    def _comments(self, pull: PullRequest, start: int) -> dict[str, Any]:
        nodes = [
            {"databaseId": one["id"], "viewerDidAuthor": one["author"] == ME, "body": one["body"]}
            for one in pull.comments[start : start + self.world.page]
        ]
        return {"pageInfo": self._info(start, len(pull.comments)), "nodes": nodes}

    def _node(self, pull: PullRequest) -> dict[str, Any]:
        return {
            "number": pull.number,
            "isDraft": pull.draft,
            "updatedAt": pull.updated,
            "isCrossRepository": pull.owner != "clinic",
            "headRefName": pull.branch,
            "headRefOid": pull.head,
            "headRepositoryOwner": {"login": pull.owner},
            "author": {"login": pull.author},
            "labels": {"nodes": [{"name": name} for name in pull.labels]},
            "commits": {
                "nodes": [{"commit": {"oid": pull.head, "status": pull.status and {"context": pull.status}}}]
            },
            "comments": self._comments(pull, 0),
        }

    def _pulls_at(self) -> list[dict[str, Any]]:
        wanted = parse_qs(urlsplit(self.path).query)["head"][0]
        return [
            {"number": one.number, "head": {"sha": one.head}}
            for one in self.world.pulls
            if f"{one.owner}:{one.branch}" == wanted
        ]

    def _write(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        *_, what, last = path.split("/")
        if what == "statuses":
            status = {"state": body["state"].upper(), "description": body["description"]}
            for pull in self.world.pulls:
                if pull.head == last:
                    pull.status = status
            return {}
        if method == "PATCH":
            found = next(one for pull in self.world.pulls for one in pull.comments if one["id"] == int(last))
            found["body"] = body["body"]
            return {}
        pull = next(one for one in self.world.pulls if one.number == int(what))
        return pull.say(ME, body["body"])


def serving(world: World) -> Iterator[str]:
    """The address of a server for this world, while it is asked."""
    handler = type("Bound", (Handler,), {"world": world})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
