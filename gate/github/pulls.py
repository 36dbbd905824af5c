"""The open pull requests: one GraphQL query a page tells their heads, what was said of them, and our own comments."""

from __future__ import annotations

import fnmatch
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from gate.github.client import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.github.client import GitHubClient

CONTEXT = "git-gate"
"""The name of the commit status."""
_PAGE = 25

_QUERY = """
query($owner: String!, $name: String!, $base: String!, $after: String, $page: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, baseRefName: $base, first: $page, after: $after,
                 orderBy: {field: CREATED_AT, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number isDraft updatedAt isCrossRepository
        headRefName headRefOid
        headRepositoryOwner { login }
        author { login }
        labels(first: 50) { nodes { name } }
        commits(last: 1) { nodes { commit { oid status { context(name: "git-gate") { state description } } } } }
        comments(first: 100) {
          pageInfo { hasNextPage endCursor }
          nodes { databaseId viewerDidAuthor body }
        }
      }
    }
  }
}
"""
_MORE = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { databaseId viewerDidAuthor body }
      }
    }
  }
}
"""
_DEFAULT = """
query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { defaultBranchRef { name } }
}
"""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of our own."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class Pull:
    """An open pull request. `name` is what its stream is called: its branch, of a fork with the owner before it."""

    number: int
    name: str
    head: str
    author: str = ""
    labels: tuple[str, ...] = ()
    draft: bool = False
    fork: bool = False
    updated: str = ""
    """The ISO date of its last change."""
    status: tuple[str, str] | None = None
    """State and description of our status on its head."""
    comments: tuple[Comment, ...] = ()
    """Our own, oldest first."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The pull requests to judge. Empty means all; patterns are shell patterns; `stale_days` 0 is no limit."""

    labels: tuple[str, ...] = ()
    ignore_labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    ignore_authors: tuple[str, ...] = ()
    drafts: bool = True
    stale_days: int = 0


def default_branch(client: GitHubClient, repository: str) -> str:
    """The branch the repository calls its default."""
    answer = client.graphql(_DEFAULT, _owned(repository))["repository"]
    if answer is None or answer["defaultBranchRef"] is None:
        raise Refused(f"{repository} has no default branch, or the token does not see it", status=404)
    return str(answer["defaultBranchRef"]["name"])


def opened(client: GitHubClient, repository: str, base: str) -> tuple[Pull, ...]:
    """Every open pull request into a branch, the oldest first, each under a name of its own.

    Raises:
        Refused: GitHub does not tell.
    """
    pulls: list[Pull] = []
    after: str | None = None
    while True:
        variables = {**_owned(repository), "base": base, "after": after, "page": _PAGE}
        data = client.graphql(_QUERY, variables)["repository"]
        if data is None:
            raise Refused(f"the token sees no repository {repository}", status=404)
        page = data["pullRequests"]
        pulls += [_pull(client, repository, node) for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return _named_apart(pulls)
        after = page["pageInfo"]["endCursor"]


def at_head(client: GitHubClient, repository: str, branch: str, head: str) -> Pull | None:
    """The open pull request of a branch (`owner:branch`), None unless there is one whose newest commit is `head`."""
    query = urlencode({"state": "open", "head": branch, "per_page": 100})
    matching = [
        pull for pull in client.pages(f"/repos/{repository}/pulls?{query}") if pull["head"]["sha"] == head
    ]
    if len(matching) != 1:
        return None
    number = matching[0]["number"]
    comments = tuple(_comments(client, repository, number, _page(client, repository, number, None)))
    return Pull(number, branch, head, comments=comments)


def _owned(repository: str) -> dict[str, Any]:
    owner, _, name = repository.partition("/")
    return {"owner": owner, "name": name}


def _pull(client: GitHubClient, repository: str, node: Mapping[str, Any]) -> Pull:
    owner = (node["headRepositoryOwner"] or {}).get("login", "ghost")
    fork = bool(node["isCrossRepository"])
    commits = node["commits"]["nodes"]
    status = ((commits[0]["commit"]["status"] or {}).get("context") if commits else None) or None
    return Pull(
        number=node["number"],
        name=f"{owner}:{node['headRefName']}" if fork else node["headRefName"],
        head=node["headRefOid"],
        author=(node["author"] or {}).get("login", "ghost"),
        labels=tuple(label["name"] for label in node["labels"]["nodes"]),
        draft=node["isDraft"],
        fork=fork,
        updated=node["updatedAt"],
        status=(status["state"].lower(), status["description"] or "") if status else None,
        comments=tuple(_comments(client, repository, node["number"], node["comments"])),
    )


def _comments(
    client: GitHubClient, repository: str, number: int, page: Mapping[str, Any]
) -> Iterable[Comment]:
    while True:
        for node in page["nodes"]:
            if node["viewerDidAuthor"]:
                yield Comment(node["databaseId"], node["body"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        page = _page(client, repository, number, page["pageInfo"]["endCursor"])


def _page(client: GitHubClient, repository: str, number: int, after: str | None) -> Mapping[str, Any]:
    variables = {**_owned(repository), "number": number, "after": after}
    comments: Mapping[str, Any] = client.graphql(_MORE, variables)["repository"]["pullRequest"]["comments"]
    return comments


def _named_apart(pulls: Sequence[Pull]) -> tuple[Pull, ...]:
    """Return the pull requests with their numbers in names that would exist twice."""
    count = Counter(pull.name for pull in pulls)
    return tuple(
        replace(pull, name=f"{pull.name}#{pull.number}") if count[pull.name] > 1 else pull for pull in pulls
    )


def wanted(pulls: Iterable[Pull], filters: Filters, today: date) -> tuple[Pull, ...]:
    """Return the pull requests that pass the filters."""
    return tuple(pull for pull in pulls if _passes(pull, filters, today))


def _passes(pull: Pull, filters: Filters, today: date) -> bool:
    if pull.draft and not filters.drafts:
        return False
    if filters.labels and not _any(pull.labels, filters.labels):
        return False
    if filters.authors and not _any((pull.author,), filters.authors):
        return False
    if _any(pull.labels, filters.ignore_labels) or _any((pull.author,), filters.ignore_authors):
        return False
    return not filters.stale_days or _age(pull, today) <= filters.stale_days


def _any(names: Iterable[str], patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name.lower(), pattern.lower()) for name in names for pattern in patterns)


def _age(pull: Pull, today: date) -> int:
    try:
        return (today - date.fromisoformat(pull.updated[:10])).days
    except ValueError:
        return 0
