"""A translated CODEOWNERS file routes every path as the file does: held against plain readings of both dialects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate import route
from gate.config import load
from gate.config.codeowners import Translation, from_codeowners

if TYPE_CHECKING:
    from gate.model.policy import Policy


def reviewers(path: str, policy: Policy) -> set[str]:
    """Who looks at a path, after the policy."""
    owner = route.owner_of(path, policy).owner
    return {who for one in policy.coordinators if one.name == owner for who in one.reviewers}


def translated(text: str, *, gitlab: bool | None = None) -> Policy:
    """The policy as it is read back from the text that was written."""
    return load(from_codeowners(text, gitlab=gitlab).text.encode(), path="gate.toml", origin="file")


# GitHub's documentation, line by line

GITHUB = """\
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs2@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("README.md", {"@global-owner1", "@global-owner2"}),
        ("deep/er/x.js", {"@js-owner"}),
        ("x.go", {"docs@example.com"}),
        ("a/x.txt", {"@octo-org/octocats"}),
        ("build/logs/x/y.js", {"@octocat"}),
        ("docs/getting-started.md", {"@doctocat"}),
        ("more/apps/x.js", {"@octocat"}),
        ("scripts/deep/x", {"@doctocat", "@octocat"}),
        ("deeply/nested/logs/x", {"@octocat"}),
        ("apps/x", {"@octocat"}),
        ("apps/github", set()),
        ("apps/github/x", set()),
        ("more/docs/x", {"@global-owner1", "@global-owner2"}),
    ],
)
def test_the_example_of_githubs_documentation(path: str, owners: set[str]) -> None:
    assert reviewers(path, translated(GITHUB)) == owners


def test_on_github_a_last_star_stops_at_the_direct_children() -> None:
    policy = translated("* @all\ndocs/* @docs\n")
    assert reviewers("docs/x.md", policy) == {"@docs"}
    assert reviewers("docs/api/x.md", policy) == {"@all"}


def test_the_last_match_wins_even_when_it_is_wider() -> None:
    assert reviewers("docs/api/x.md", translated("docs/api/x.md @b\n/docs/ @a\n")) == {"@a"}
    assert reviewers("docs/api/x.md", translated("docs/api/x.md @b\ndocs/* @a\n")) == {"@b"}


def test_escaped_characters_and_sets_on_github() -> None:
    policy = translated("/a\\ b/ @spaces\napp/[slug]/* @slug\n\\#x @hash\n")
    assert reviewers("a b/x", policy) == {"@spaces"}
    assert reviewers("app/[slug]/page.tsx", policy) == {"@slug"}
    assert reviewers("app/s/page.tsx", policy) == set()
    assert reviewers("#x", policy) == {"@hash"}


def test_what_github_skips_is_left_out_and_told() -> None:
    found = from_codeowners("* @all\n!docs/ @x\n/a nobody\n/b/../c @x\n", path=".github/CODEOWNERS")
    assert [rule.pattern for rule in found.policy.rules] == ["*"]
    assert [warning.split(":")[0] for warning in found.warnings] == ["line 2", "line 3", "line 4"]
    assert all(f"# - {warning}" in found.text for warning in found.warnings)


def test_the_owner_of_the_policy_is_who_owns_its_path() -> None:
    assert from_codeowners("* @org/all\n").policy.owner == "ORG_ALL"
    assert from_codeowners("/x @org/all\n").policy.owner == ""


def test_names_come_from_owners_and_are_never_shared() -> None:
    found = from_codeowners(
        "a @org/team-x\nb @org-team/x\nc user@example.com @org/team-x\nd @org/team-x\ne @-\n"
    )
    names = {one.name: one.reviewers for one in found.policy.coordinators}
    assert names == {
        "ORG_TEAM_X": ("@org/team-x",),
        "ORG_TEAM_X_2": ("@org-team/x",),
        "USER_EXAMPLE_COM_AND_ORG_TEAM_X": ("user@example.com", "@org/team-x"),
        "OWNER": ("@-",),
    }
    many = from_codeowners("* " + " ".join(f"@organisation/team-{number}" for number in range(9)))
    assert many.policy.coordinators[0].name == "ORGANISATION_TEAM_0_AND_8_MORE"


def test_an_empty_file_is_an_empty_policy() -> None:
    assert translated("# nothing\n\n").rules == ()


# GitLab

GITLAB = """\
* @default

[Documentation][2] @docs-team
docs/
README.md @readme

[documentation]
internal/README.md @user-d

^[Ruby] @rubies
*.rb
!vendor/
vendor/own.rb @late

[Spaces]
/path\\ with\\ spaces/ @@maintainer
\\#file @hash
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("x", {"@default"}),
        ("docs/x/y", {"@default", "@docs-team"}),
        ("deep/docs/x", {"@default", "@docs-team"}),
        ("docs/README.md", {"@default", "@readme"}),
        ("internal/README.md", {"@default", "@user-d"}),
        ("x.rb", {"@default", "@rubies"}),
        ("docs/x.rb", {"@default", "@docs-team", "@rubies"}),
        ("docs/vendor/x.rb", {"@default", "@docs-team"}),
        ("vendor/own.rb", {"@default"}),
        ("path with spaces/x.rb", {"@default", "@rubies", "@@maintainer"}),
        ("path with spaces/docs/x.rb", {"@default", "@docs-team", "@rubies", "@@maintainer"}),
        ("#file", {"@default", "@hash"}),
    ],
)
def test_on_gitlab_the_owners_of_every_section_look(path: str, owners: set[str]) -> None:
    assert reviewers(path, translated(GITLAB)) == owners


def test_what_a_policy_cannot_say_of_gitlab_is_told() -> None:
    assert from_codeowners(GITLAB).warnings == (
        "line 3: section [Documentation] asks for 2 approvals; a policy names who must look, not how many of them",
        "line 10: section [Ruby] is optional in GitLab; here its owners are asked like all others",
    )


def test_on_gitlab_a_directory_without_a_slash_is_only_itself() -> None:
    policy = translated("/apps/github @x\n/docs/** @y\n", gitlab=True)
    assert reviewers("apps/github", policy) == {"@x"}
    assert reviewers("apps/github/x", policy) == set()
    assert reviewers("docs/x", policy) == {"@y"}
    assert reviewers("docs/x/y", policy) == set()


def test_words_that_are_no_owners_are_passed_over_on_gitlab() -> None:
    found = from_codeowners("* word @x\n", gitlab=True)
    assert found.policy.coordinators[0].reviewers == ("@x",)
    assert found.warnings == ("line 1: `word` is no owner; GitLab passes over it",)


def test_sections_that_overlap_too_often_are_left_out_and_told() -> None:
    lines = [f"*{number}* @o{number}" for number in range(80)]
    found = from_codeowners("\n".join(["[A]", *lines, "[B]", *lines]))
    assert found.warnings == ("section [B] is left out: it overlaps the others in too many places",)


def test_the_dialect_is_seen_from_the_place_or_from_a_section() -> None:
    text = "docs/* @x\n"
    assert reviewers("a/docs/x", from_codeowners(text, path=".gitlab/CODEOWNERS").policy) == {"@x"}
    assert reviewers("a/docs/x", from_codeowners(text, path=".github/CODEOWNERS").policy) == set()
    assert reviewers("a/docs/x", from_codeowners("[S]\n" + text).policy) == {"@x"}
    assert reviewers("a/docs/x", from_codeowners(text).policy) == set()


# Both, held against a plain reading of the documentation


@dataclass(frozen=True)
class Line:
    pattern: str
    owner: str
    excluded: bool = False

    @property
    def text(self) -> str:
        return f"{'!' * self.excluded}{self.pattern} {'' if self.excluded else self.owner}".rstrip()


def globbed(segment: str) -> str:
    return "".join({"*": "[^/]*", "?": "[^/]"}.get(one, re.escape(one)) for one in segment)


def github(pattern: str, path: str) -> bool:
    """One segment after another; a directory that matches holds everything below it, except for a last `*`."""
    segments = pattern.strip("/").split("/")
    floats = "/" not in pattern.rstrip("/")
    tree = "/.+" if pattern.endswith("/") else "" if segments[-1] == "*" and not floats else "(/.+)?"
    expression = "(.+/)?" if floats else ""
    for at, segment in enumerate(segments):
        last = at == len(segments) - 1
        if segment == "**":
            expression += ".+" if last else "(.+/)?"
        else:
            expression += ("[^/]+" if segment == "*" else globbed(segment)) + ("" if last else "/")
    return re.fullmatch(expression + ("" if segments[-1] == "**" else tree), path) is not None


def gitlab(pattern: str, path: str) -> bool:
    """File.fnmatch with FNM_PATHNAME on the pattern as GitLab completes it."""
    whole = pattern if pattern.startswith("/") else f"/**/{pattern}"
    whole += "**/*" if whole.endswith("/") else ""
    *folders, name = whole[1:].split("/")
    expression = "".join("(?:[^/]+/)*" if one == "**" else globbed(one) + "/" for one in folders)
    return re.fullmatch(expression + globbed(name), path) is not None


NAMES = st.sampled_from(["a", "b", "ab", "a.x", "b.x", "c"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
GLOBS = st.sampled_from(["a", "b", "*", "*.x", "a*", "?", "c"])


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """A pattern in which `**` is always a whole segment, and never two in a row."""
    segments = draw(st.lists(GLOBS, min_size=1, max_size=3))
    at = draw(st.none() | st.integers(0, len(segments) - 1))
    if at is not None and len(segments) > 1:
        segments.insert(at, "**")
    return draw(st.sampled_from(["", "/"])) + "/".join(segments) + draw(st.sampled_from(["", "/"]))


OWNERS = st.sampled_from(["@x", "@y", "@z", ""])
LINES = st.lists(st.builds(Line, patterns(), OWNERS), max_size=6)
GITLAB_LINES = st.lists(
    st.builds(Line, patterns(), OWNERS, st.sampled_from([False, False, True])), max_size=5
)


@settings(deadline=None, max_examples=200)
@given(lines=LINES, paths=st.lists(PATHS, min_size=1, max_size=8))
def test_github_files_route_as_a_plain_reading_does(lines: list[Line], paths: list[str]) -> None:
    policy = from_codeowners("\n".join(line.text for line in lines), gitlab=False).policy
    # a file in the place of a directory that a line owns belongs to that line here, on purpose
    roots = {line.pattern.strip("/").removesuffix("/**") for line in lines}
    for path in set(paths):
        matching = [line for line in lines if github(line.pattern, path)]
        expected = {matching[-1].owner} - {""} if matching else set()
        if not any(re.fullmatch(globbed_path(root), path) for root in roots):
            assert reviewers(path, policy) == expected, path


def globbed_path(pattern: str) -> str:
    return "/".join(".*" if one == "**" else globbed(one) for one in pattern.split("/"))


@settings(deadline=None, max_examples=200)
@given(sections=st.lists(GITLAB_LINES, max_size=3), paths=st.lists(PATHS, min_size=1, max_size=8))
def test_gitlab_files_route_as_a_plain_reading_does(sections: list[list[Line]], paths: list[str]) -> None:
    text = "".join(
        f"[Section {at}]\n" + "".join(f"{line.text}\n" for line in lines) for at, lines in enumerate(sections)
    )
    policy = from_codeowners(text, gitlab=True).policy
    for path in set(paths):
        expected = set().union(*(gitlab_owners(lines, path) for lines in sections))
        assert reviewers(path, policy) == expected, path


def gitlab_owners(lines: list[Line], path: str) -> set[str]:
    matching = [line for line in lines if gitlab(line.pattern, path)]
    if not matching or any(line.excluded for line in matching):
        return set()
    return {matching[-1].owner} - {""}


@settings(deadline=None)
@given(text=st.text(st.sampled_from("[]^!#@*\\/ .\n\tabü\u202e\x1b"), max_size=60), dialect=st.booleans())
def test_whatever_is_in_the_file_a_policy_comes_out(text: str, dialect: bool) -> None:
    found: Translation = from_codeowners(text, gitlab=dialect)
    assert load(found.text.encode(), path="gate.toml", origin="file").rules is not None
