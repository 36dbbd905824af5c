"""R1 on real repositories: every row of the table, and every way around it, ends at the right coordinator."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import git
from support.judging import codes, judge, of_code

from gate.config.presets import preset
from gate.demo.repository_builder import Content, Executable, Submodule, SymbolicLink

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.model.report import FindingRecord, Report

Judged = Callable[..., "Report"]
Files = Mapping[str, Content]

CLINIC = preset("clinic")
SCHEDULING, SERVICES = "backend/app/scheduling", "backend/app/services"
ACGME = f"{SCHEDULING}/acgme_validator.py"
HOURS = f"{SCHEDULING}/constraints/acgme_hours.py"
AUDIT = f"{SERVICES}/audit_service.py"
CREDENTIALS = f"{SERVICES}/credential_service.py"
COMPLIANCE = f"{SERVICES}/compliance_report.py"
EXCEPTIONS = (ACGME, HOURS, AUDIT, CREDENTIALS, COMPLIANCE)
SOLVER, SWAPS = f"{SCHEDULING}/solver.py", f"{SERVICES}/swap_service.py"
VERSIONS = "backend/alembic/versions"
MIGRATION = f"{VERSIONS}/0001_first.py"
OUT, ELSEWHERE = f"{SERVICES}/log.py", "docs/old/audit.py"
COMMIT = "1" * 40


def text(word: str) -> str:
    """A file of 40 lines; no two words give files that resemble each other."""
    return "".join(f"{word} = '{word} {number}'  # {word * 3}\n" for number in range(40))


def edited(content: str, lines: int = 4) -> str:
    """The same with its first lines written anew."""
    return "".join(f"edited {at}\n" for at in range(lines)) + "".join(content.splitlines(True)[lines:])


BASE: dict[str, Content] = {
    "gate.toml": CLINIC,
    **{path: text(Path(path).stem) for path in EXCEPTIONS},
    SOLVER: text("solver"),
    SWAPS: text("swaps"),
    MIGRATION: text("first"),
    "backend/app/api/routes.py": text("routes"),
    "docs/guide.md": text("guide"),
}
AUDIT_TEXT = text("audit_service")


@pytest.fixture
def judged(make_repo: MakeRepo) -> Judged:
    """Judges one stream on top of BASE: `judged(files, renames=...)`."""

    def judged(
        files: Files | None = None,
        *,
        name: str = "agent/platform/work",
        base: Files | None = None,
        target: Files | None = None,
        **given: Any,
    ) -> Report:
        repo = make_repo()
        start = repo.commit("main", BASE | dict(base or {}))
        repo.commit(name, files, parents=[start], **given)
        if target is not None:
            repo.commit("main", target)
        repo.write()
        return judge(repo.folder, name)

    return judged


def guarded(report: Report) -> list[tuple[str, str]]:
    """The kind and the path of each G102; each must ask for COORD_RESILIENCE, and the verdict must wait for it."""
    found = of_code(report, "G102")
    assert all("COORD_RESILIENCE" in asked(one) for one in found)
    if found:
        assert all("COORD_RESILIENCE" in stream.review_by for stream in report.streams)
        assert report.verdict in ("review", "block")
    return [(one.kind, one.locations[0].path) for one in found]


def asked(finding: FindingRecord) -> list[str]:
    return [name for one in finding.constraints if one.kind == "review" for name in one.by]


def owners(report: Report) -> list[tuple[str, str | None, str]]:
    [stream] = report.streams
    return [(one.path, one.owner, one.rule.kind) for one in stream.changes]


# The table


@pytest.mark.parametrize("path", EXCEPTIONS)
def test_an_exception_goes_to_its_coordinator(judged: Judged, path: str) -> None:
    report = judged({path: edited(str(BASE[path]))})
    assert owners(report) == [(path, "COORD_RESILIENCE", "exception")]
    assert guarded(report) == [("modified", path)]
    [finding] = report.findings
    assert (finding.locations[0].line, finding.locations[0].end_line) == (1, 4)


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        (f"{SCHEDULING}/deep/er/rota.py", "COORD_ENGINE"),
        ("backend/app/resilience/deep/er.py", "COORD_RESILIENCE"),
        ("backend/app/api/deep/er.py", "COORD_PLATFORM"),
        (f"{SERVICES}/deep/er.py", "COORD_PLATFORM"),
        ("backend/app/models/deep/er.py", "COORD_PLATFORM"),
        ("backend/alembic/deep/er.py", "COORD_PLATFORM"),
        ("frontend/src/deep/er.ts", "COORD_FRONTEND"),
        ("backend/tests/deep/er.py", "COORD_QUALITY"),
        ("frontend/__tests__/deep/er.ts", "COORD_QUALITY"),
        (".claude/deep/er.md", "COORD_OPS"),
        ("docs/deep/er.md", "COORD_OPS"),
    ],
)
def test_a_directory_goes_to_its_coordinator(judged: Judged, path: str, owner: str) -> None:
    report = judged({path: text("new")}, name="someone/else")
    assert owners(report) == [(path, owner, "directory")]
    at_a_point = path.startswith(("backend/app/models/", "backend/alembic/"))  # R3: the schema
    assert codes(report) == (["G101", "G301"] if at_a_point else ["G101"])
    finding = report.findings[0]
    assert (finding.kind, asked(finding)) == ("undeclared", [owner])
    assert report.verdict == "review"


def test_a_stream_in_its_own_domain_passes(judged: Judged) -> None:
    report = judged({SWAPS: edited(str(BASE[SWAPS]))})
    assert (report.verdict, report.findings) == ("pass", [])


def test_a_stream_in_another_domain_goes_to_every_owner_it_touches(judged: Judged) -> None:
    report = judged({SOLVER: "changed\n", "docs/guide.md": "changed\n", SWAPS: "changed\n"})
    [stream] = report.streams
    assert [(one.code, one.kind) for one in report.findings] == [("G101", "foreign"), ("G101", "foreign")]
    assert stream.review_by == ["COORD_ENGINE", "COORD_OPS"]


def test_migrations_take_one_stream_at_a_time(make_repo: MakeRepo) -> None:
    repo = make_repo()
    alone = CLINIC.partition("# Where all streams converge.")[0]
    base = repo.commit("main", {**BASE, f"{VERSIONS}/0002_second.py": text("second"), "gate.toml": alone})
    a, b, c, d = (f"agent/platform/{name}" for name in "abcd")
    repo.commit(a, {f"{VERSIONS}/0003_third.py": text("third")}, parents=[base])
    repo.commit(b, renames={SWAPS: "backend/alembic/swaps.py"}, parents=[base])
    repo.commit(c, renames={MIGRATION: f"{SERVICES}/first.py"}, parents=[base])
    repo.commit(d, {f"{SERVICES}/new.py": text("new")}, parents=[base])
    repo.write()
    report = judge(repo.folder)
    [finding] = report.findings
    assert (finding.code, finding.branches) == ("G105", [a, b, c])
    assert report.plan.batches == [[a, d], [b], [c]]
    assert [(*pair.branches, pair.decision) for pair in report.pairs] == [
        (a, b, "serialize"),
        (a, c, "serialize"),
        (b, c, "serialize"),
    ]


def test_at_the_schema_all_streams_converge(make_repo: MakeRepo) -> None:
    """R3: whoever brings a migration lands alone; all others go on together."""
    repo = make_repo()
    base = repo.commit("main", BASE)
    a, b, c, d = (f"agent/platform/{name}" for name in "abcd")
    repo.commit(a, {f"{SERVICES}/new.py": text("new")}, parents=[base])
    repo.commit(b, {f"{VERSIONS}/0002_second.py": text("second")}, parents=[base])
    repo.commit(c, {"backend/app/models/shift.py": text("shift")}, parents=[base])
    repo.commit(d, {f"{SERVICES}/other.py": text("other")}, parents=[base])
    repo.write()
    report = judge(repo.folder)
    points = of_code(report, "G301")
    assert [(one.branches, asked(one)) for one in points] == [
        ([b], ["COORD_PLATFORM"]),
        ([c], ["COORD_PLATFORM"]),
    ]
    assert sorted(map(sorted, report.plan.batches)) == [[a, d], [b], [c]]
    converging = [pair.branches for pair in report.pairs if pair.decision == "converge"]
    assert converging == [[a, b], [a, c], [b, c], [b, d], [c, d]]


def test_a_path_nobody_owns_is_a_finding(judged: Judged) -> None:
    report = judged({"deploy/compose.yaml": "x\n"}, renames={SWAPS: "scripts/swaps.py"})
    [finding] = of_code(report, "G103")
    assert [place.path for place in finding.locations] == ["deploy/compose.yaml", "scripts/swaps.py"]


# Ways around it

WITHIN = f"{SCHEDULING}/constraints/acgme_rest.py"
INTO = f"{SERVICES}/compliance_swaps.py"
CHANGED_CASE = f"{SERVICES}/AUDIT_SERVICE.PY"

# What a stream writes and renames, and the G102 there must be: kind and path of each.
EVASIONS: dict[str, tuple[Files, Mapping[str, str], list[tuple[str, str]]]] = {
    "rename out": ({}, {AUDIT: OUT}, [("renamed", OUT)]),
    "rename out of the domain": ({}, {AUDIT: ELSEWHERE}, [("renamed", ELSEWHERE)]),
    "rename and edit": ({OUT: edited(AUDIT_TEXT, 15)}, {AUDIT: OUT}, [("renamed", OUT)]),
    "rename in": ({}, {SWAPS: INTO}, [("renamed", INTO)]),
    "rename within": ({}, {HOURS: WITHIN}, [("renamed", WITHIN)]),
    "rename over another file": ({}, {AUDIT: SWAPS}, [("copied", SWAPS), ("deleted", AUDIT)]),
    "copy": ({OUT: AUDIT_TEXT}, {}, [("copied", OUT)]),
    "copy and edit": ({OUT: edited(AUDIT_TEXT, 15)}, {}, [("copied", OUT)]),
    "copy and edit the source": (
        {OUT: AUDIT_TEXT, AUDIT: edited(AUDIT_TEXT)},
        {},
        [("copied", OUT), ("modified", AUDIT)],
    ),
    "copy over another file": ({SWAPS: AUDIT_TEXT}, {}, [("copied", SWAPS)]),
    "copy over another file and edit": ({SWAPS: edited(AUDIT_TEXT)}, {}, [("copied", SWAPS)]),
    "copy behind a rename": ({OUT: str(BASE[SWAPS])[:1100] + AUDIT_TEXT}, {SWAPS: OUT}, [("copied", OUT)]),
    "copy as an executable": ({OUT: Executable(AUDIT_TEXT)}, {}, [("copied", OUT)]),
    "delete": ({AUDIT: None}, {}, [("deleted", AUDIT)]),
    "delete and write anew elsewhere": ({AUDIT: None, OUT: edited(AUDIT_TEXT, 36)}, {}, [("deleted", AUDIT)]),
    "empty and write anew elsewhere": ({AUDIT: "", OUT: edited(AUDIT_TEXT, 36)}, {}, [("modified", AUDIT)]),
    "mode": ({AUDIT: Executable(AUDIT_TEXT)}, {}, [("mode", AUDIT)]),
    "a symlink in its place": ({AUDIT: SymbolicLink("log.py"), OUT: text("other")}, {}, [("type", AUDIT)]),
    "a symlink where none was": ({INTO: SymbolicLink("log.py")}, {}, [("added", INTO)]),
    "a submodule in its place": ({AUDIT: Submodule(COMMIT)}, {}, [("type", AUDIT)]),
    "a directory in its place": (
        {AUDIT: None, f"{AUDIT}/code.py": "x\n"},
        {},
        [("added", f"{AUDIT}/code.py"), ("deleted", AUDIT)],
    ),
    "letter case by rename": ({}, {AUDIT: CHANGED_CASE}, [("renamed", CHANGED_CASE)]),
}


@pytest.mark.parametrize("evasion", EVASIONS)
def test_the_compliance_route_cannot_be_evaded(judged: Judged, evasion: str) -> None:
    files, renames, expected = EVASIONS[evasion]
    assert sorted(guarded(judged(files, renames=renames))) == expected


@pytest.mark.parametrize(
    "path",
    [
        f"{SERVICES}/Audit_Service.py",
        "Backend/app/Services/audit_service.py",
        f"{SERVICES}/audit_\u017fervice.py",  # the long s
        f"{SERVICES}/\uff41udit_service.py",  # fullwidth
        f"{SERVICES}/audit\u200d_service.py",  # a joiner, which some file systems ignore
        f"{SERVICES}/\ufeffaudit_service.py",  # a byte order mark, likewise
        f"{SERVICES}/audit_service.py.",  # a dot at the end, likewise
    ],
    ids=ascii,
)
def test_another_spelling_is_the_same_path(judged: Judged, path: str) -> None:
    report = judged({path: "x\n"})
    assert guarded(report) == [("added", path)]
    assert "another spelling" in report.findings[0].message


def test_a_decomposed_name_is_the_same_name(judged: Judged) -> None:
    policy = CLINIC.replace("services/audit_service.py", "services/prüfung.py")
    path = unicodedata.normalize("NFD", f"{SERVICES}/prüfung.py")
    assert guarded(judged({path: "x\n"}, base={"gate.toml": policy})) == [("added", path)]


@pytest.mark.parametrize("mode", ["symlink", "submodule"])
@pytest.mark.parametrize(
    "folder", ["backend", "backend/app", SERVICES, f"{SCHEDULING}/constraints", "Backend/app"]
)
def test_what_takes_a_directorys_place_takes_that_of_its_exceptions(
    judged: Judged, mode: str, folder: str
) -> None:
    there: Content = SymbolicLink("elsewhere") if mode == "symlink" else Submodule(COMMIT)
    found = guarded(judged({folder: None} | {folder: there}))
    assert ("added", folder) in found
    below = {path for path in EXCEPTIONS if path.startswith(f"{folder}/")}
    assert {path for kind, path in found if kind == "deleted"} == below


def test_a_file_in_the_place_of_a_directory_deletes_its_exceptions(judged: Judged) -> None:
    found = guarded(judged({SERVICES: "a file now\n"}))
    assert found == [("deleted", AUDIT), ("deleted", COMPLIANCE), ("deleted", CREDENTIALS)]


def test_a_symlink_above_several_domains_goes_to_every_owner(judged: Judged) -> None:
    base = dict.fromkeys((path for path in BASE if path.startswith("backend/")), None)
    report = judged({"backend": SymbolicLink("elsewhere")}, base=base, name="someone/else")
    [stream] = report.streams
    assert stream.review_by == ["COORD_ENGINE", "COORD_PLATFORM", "COORD_QUALITY", "COORD_RESILIENCE"]


@pytest.mark.parametrize("there", [None, SymbolicLink("other"), "a file\n", Submodule(COMMIT)])
def test_a_symlink_that_stands_for_exceptions_is_guarded_like_them(judged: Judged, there: Content) -> None:
    base = {path: None for path in BASE if path.startswith(SERVICES)}
    report = judged({SERVICES: there}, base={**base, SERVICES: SymbolicLink("../../lib")})
    assert [path for _, path in guarded(report)] == [SERVICES]


def test_a_whole_directory_moves_with_its_exceptions(judged: Judged) -> None:
    report = judged({}, renames={"backend/app": "src/app"})
    moved = [("renamed", path.replace("backend/app", "src/app")) for path in EXCEPTIONS]
    assert sorted(guarded(report)) == sorted(moved)


def test_siblings_that_resemble_an_exception_may_change(judged: Judged) -> None:
    """Only what comes nearer to the exception than to what it was is a copy of it."""
    sibling = f"{SERVICES}/usage_service.py"
    report = judged({sibling: edited(AUDIT_TEXT, 12)}, base={sibling: edited(AUDIT_TEXT, 10)})
    assert guarded(report) == []


def test_an_empty_file_is_no_copy_of_an_empty_exception(judged: Judged) -> None:
    report = judged({f"{SERVICES}/__init__.py": ""}, base={COMPLIANCE: ""})
    assert report.findings == []


def test_a_copy_is_told_once(judged: Judged) -> None:
    [stream] = judged({OUT: AUDIT_TEXT}).streams
    assert [(one.kind, one.old_path, one.path) for one in stream.changes] == [("copied", AUDIT, OUT)]


# Streams that have trouble of their own, or a word to say about themselves

STALE: Files = {SWAPS: "the stream's\n"}
TARGET: Files = {SWAPS: "the target's\n"}


@pytest.mark.parametrize(
    ("files", "renames", "expected"),
    [
        ({AUDIT: "changed\n"}, {}, [("modified", AUDIT)]),
        ({}, {AUDIT: OUT}, [("renamed", OUT)]),
        ({OUT: AUDIT_TEXT}, {}, [("copied", OUT)]),
        ({OUT: edited(AUDIT_TEXT, 15)}, {}, [("copied", OUT)]),
        ({"docs/guide.md": AUDIT_TEXT}, {}, [("copied", "docs/guide.md")]),
    ],
)
def test_a_stale_stream_is_routed_all_the_same(
    judged: Judged, files: Files, renames: Mapping[str, str], expected: list[tuple[str, str]]
) -> None:
    report = judged({**STALE, **files}, renames=renames, target=TARGET)
    assert report.streams[0].landing.status == "conflict"
    assert guarded(report) == expected


def test_a_stale_stream_can_copy_what_the_target_has_renamed_since(judged: Judged) -> None:
    later = f"{SERVICES}/compliance_audit.py"
    target = {**TARGET, COMPLIANCE: None, later: text("all_new")}
    report = judged({**STALE, OUT: str(BASE[COMPLIANCE])}, target=target)
    assert guarded(report) == [("copied", OUT)]


def test_a_branch_that_edits_the_policy_is_judged_by_the_targets(judged: Judged) -> None:
    policy = CLINIC.replace("[[exceptions]]", "[[domains]]").replace("COORD_RESILIENCE", "COORD_PLATFORM")
    report = judged({AUDIT: "changed\n", "gate.toml": policy})
    assert guarded(report) == [("modified", AUDIT)]
    [finding] = of_code(report, "G001")
    assert (finding.kind, asked(finding)) == ("policy", ["COORD_OPS"])
    assert report.policy.from_ == "target"


@pytest.mark.parametrize(
    "path", ["gate.toml", "Gate.TOML", "CODEOWNERS", ".github/CODEOWNERS", "docs/codeowners"]
)
def test_what_the_gate_rests_on_goes_to_the_owner_of_the_policy(judged: Judged, path: str) -> None:
    report = judged({path: "changed\n"}, name="agent/ops/work")
    [finding] = report.findings
    assert (finding.code, asked(finding), report.verdict) == ("G001", ["COORD_OPS"], "review")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("run: git-gate check\n", "run: true\n", ["workflow"]),
        ("run: true\n", "run: git gate check --fail-on never\n", ["workflow"]),
        ("run: git-gate check\n", None, ["workflow"]),
        ("run: git-gate check\n", Submodule(COMMIT), ["workflow"]),
        ("run: true\n", Submodule(COMMIT), ["workflow"]),
        ("run: true\n", "run: false\n", []),
    ],
)
def test_a_workflow_is_guarded_when_it_runs_the_gate(
    judged: Judged, before: str, after: Content, expected: list[str]
) -> None:
    path = ".github/workflows/ci.yml"
    report = judged({path: after}, base={path: before})
    assert [one.kind for one in of_code(report, "G001")] == expected


def test_a_streams_own_word_lifts_no_compliance_route(judged: Judged) -> None:
    report = judged(
        {AUDIT: "changed\n"}, name="someone/else", message="Work\n\nCoordinator: COORD_RESILIENCE\n"
    )
    assert report.streams[0].coordinator == "COORD_RESILIENCE"
    assert guarded(report) == [("modified", AUDIT)]


def test_the_coordinators_own_stream_is_reviewed_too(judged: Judged) -> None:
    report = judged({AUDIT: "changed\n"}, name="agent/resilience/work")
    assert report.streams[0].coordinator == "COORD_RESILIENCE"
    assert guarded(report) == [("modified", AUDIT)]


def test_a_trailer_that_names_nobody_declares_nothing(judged: Judged) -> None:
    report = judged({SWAPS: "changed\n"}, name="someone/else", message="Work\n\nCoordinator: COORD_ROOT\n")
    [finding] = report.findings
    assert (finding.kind, asked(finding)) == ("undeclared", ["COORD_PLATFORM"])
    assert "COORD_ROOT" in finding.message


def test_the_name_of_a_stream_weighs_more_than_its_trailer(judged: Judged) -> None:
    report = judged({SOLVER: "changed\n"}, message="Work\n\nCoordinator: COORD_ENGINE\n")
    assert report.streams[0].coordinator == "COORD_PLATFORM"
    assert codes(report) == ["G101"]


def test_streams_built_on_one_that_touches_an_exception_touch_it_too(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", BASE)
    lower = repo.commit("agent/platform/lower", {AUDIT: "changed\n"}, parents=[base])
    repo.commit("agent/platform/upper", {SWAPS: "changed\n"}, parents=[lower])
    repo.write()
    report = judge(repo.folder)
    assert [one.branches for one in of_code(report, "G102")] == [
        ["agent/platform/lower"],
        ["agent/platform/upper"],
    ]
    assert guarded(report) == [("modified", AUDIT)] * 2


def test_work_that_is_not_committed_is_routed(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", BASE)
    repo.branch("agent/platform/open", "main")
    repo.write("main")
    git(repo.folder, "worktree", "add", "--quiet", "../open", "agent/platform/open")
    (repo.folder.parent / "open" / AUDIT).rename(repo.folder.parent / "open" / OUT)
    report = judge(repo.folder)
    assert report.streams[0].uncommitted
    assert guarded(report) == [("renamed", OUT)]


@pytest.mark.parametrize("landing", ["squash", "rebase"])
def test_the_route_is_the_same_however_streams_land(judged: Judged, landing: str) -> None:
    policy = CLINIC.replace('landing = "merge"', f'landing = "{landing}"')
    report = judged({OUT: AUDIT_TEXT}, renames={ACGME: "docs/a.py"}, base={"gate.toml": policy})
    assert sorted(guarded(report)) == [("copied", OUT), ("renamed", "docs/a.py")]


def test_a_copy_is_found_among_more_files_than_a_command_line_holds(judged: Judged) -> None:
    """Linux refuses a command of more than 2 MB."""
    many = {f"docs/{'x' * 200}/{number}.md": "" for number in range(11_000)}
    report = judged({**many, ELSEWHERE: edited(AUDIT_TEXT)})
    assert guarded(report) == [("copied", ELSEWHERE)]


def test_a_waiver_for_where_an_exception_was_moved_to_does_not_waive_the_move(judged: Judged) -> None:
    waiver = '\n[[waivers]]\ncheck = "G102"\npaths = ["docs/*"]\nreason = "docs may change"\n'
    report = judged({}, renames={AUDIT: ELSEWHERE}, base={"gate.toml": CLINIC + waiver})
    assert [one.waived for one in of_code(report, "G102")] == [None]
    assert report.verdict == "review"
