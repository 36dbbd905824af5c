"""The whole analysis, start to finish: the one function that knows the order of the stages."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gate import __version__, checks, config, decide, order
from gate.cache.reports import remembered
from gate.errors import UsageError
from gate.git import refs
from gate.git.fetched import newest
from gate.git.merges import Merger
from gate.git.objects import Objects
from gate.git.repository import Repository, open_repository
from gate.model.check import Level
from gate.model.facts import NotChecked
from gate.model.finding import Apart
from gate.model.git import Clean, NotTried
from gate.model.plan import Candidate, Held, Limits
from gate.model.policy import POLICY_FILE, Mode, Policy
from gate.model.words import counted, listed
from gate.order.handoffs import handoffs
from gate.report.wire import publish
from gate.streams.discover import collect
from gate.streams.gather import gather
from gate.streams.rehearse import rehearse
from gate.streams.templates import templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gate.git.refs import Branch, Refs
    from gate.model.check import Check
    from gate.model.facts import Facts
    from gate.model.finding import Finding
    from gate.model.git import Merge
    from gate.model.plan import Plan, Rehearsal
    from gate.model.report import Report
    from gate.model.request import Request
    from gate.model.verdict import Pair
    from gate.streams.discover import Streams
    from gate.streams.rehearse import Rehearsed

_LARGEST_POLICY = 1 << 20
_OF_SETS = ("G401", "G402")
"""Findings about sets of streams that keep them `Apart`; the last one of the set is held."""


@dataclass(frozen=True, slots=True)
class Published:
    """What one run has to say, the policy's own templates to say it with, by name, and the policy.

    `fetched` is when the remote-tracking branches were last brought up to date, in seconds since 1970; 0 for never.
    """

    report: Report
    templates: Mapping[str, str]
    policy: Policy
    fetched: float


@dataclass(frozen=True, slots=True)
class Analysis(Published):
    """Everything one run found out: the published report, and the values behind it."""

    facts: Facts
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class Opened:
    """A repository with what every question about it starts from: its branches, the target and the policy."""

    repository: Repository
    objects: Objects
    names: Refs
    aim: Branch
    policy: Policy


@contextlib.contextmanager
def opened(
    folder: str | None = None,
    target: str | None = None,
    given: tuple[str, bytes] | None = None,
    mode: str = "",
) -> Iterator[Opened]:
    """Open a repository. `target` is the branch merged into, `given` a policy to try out; else both are found.

    `mode` overrules the policy's.

    Raises:
        GateError: there is no repository, no such target, or the policy has mistakes.
    """
    with open_repository(folder) as repository, Objects(repository) as objects:
        names = refs.read(repository, objects)
        aim = aim_of(repository, objects, names, target)
        policy = in_mode(repository, policy_of(objects, aim, given), mode)
        yield Opened(repository, objects, names, aim, policy)


@dataclass(frozen=True, slots=True)
class _Begun:
    """An analysis as far as every one goes: what is asked, of which streams."""

    at: Opened
    request: Request
    asked: tuple[Check, ...]
    found: Streams
    templates: Mapping[str, str]
    fetched: float


def analyse(request: Request, progress: Callable[[str], None] = lambda _: None) -> Analysis:
    """Judge the streams the request names; the repository stays as it is.

    `progress` is told what is being done, in a few words, as it starts.

    Raises:
        GateError: the question cannot be answered; see its exit code.
    """
    with _begun(request, progress) as begun:
        return _analysed(begun, progress)


def published(request: Request, progress: Callable[[str], None] = lambda _: None) -> Published:
    """The report of `analyse`; where the very same was asked a while ago, the one made then.

    Raises:
        GateError: the question cannot be answered; see its exit code.
    """
    with _begun(request, progress) as begun:
        at = begun.at
        found = begun.found
        place = remembered(
            at.repository, request, at.policy, at.names, at.aim, begun.asked, found.streams, found.not_checked
        )
        made = place.get()
        if made is None:
            made = _analysed(begun, progress).report
            place.keep(made)
        return Published(made, begun.templates, at.policy, begun.fetched)


@contextlib.contextmanager
def _begun(request: Request, progress: Callable[[str], None]) -> Iterator[_Begun]:
    progress("reading branches")
    with opened(request.folder, request.target, request.config, request.mode) as at:
        # whatever is selected: what could not be checked is never clean
        select = (*request.select, decide.NOT_CHECKED) if request.select else ()
        asked = checks.selected(checks.catalog(), select, request.ignore, _off(at.policy))
        own = templates(at.repository, at.objects, at.aim.commit, at.policy)
        found = collect(at.repository, at.objects, request, at.policy, at.names, at.aim)
        yield _Begun(at, request, asked, found, own, newest(at.repository, at.names.remotes))


def _analysed(begun: _Begun, progress: Callable[[str], None]) -> Analysis:
    at, request, asked = begun.at, begun.request, begun.asked
    with Merger(at.repository) as merger:
        progress(f"merging what {counted(len(at.names.commits), 'branch', 'branches')} may bring")
        facts, known = gather(
            at.repository,
            merger,
            at.objects,
            request,
            at.policy,
            at.aim,
            begun.found,
            read=any(one.reads for one in asked),
            migrations=any(one.level in (Level.MIGRATION, Level.POINT) for one in asked),
        )
        progress(f"checking {_amount(facts)}")
        findings = _ask(asked, facts, request, alone=True)
        plan = order.plan(_candidates(facts, findings), decide.constraints(findings), _limits(at.policy))
        progress(f"rehearsing the landing of {counted(len(plan.order), 'stream')}")
        read = any(one.reads and one.level is Level.SET for one in asked)
        done = rehearse(merger, at.objects, facts, plan.order, known if read else None)
        facts = _with_sets(facts, done)
        findings = _with_new(findings, _ask(asked, facts, request, alone=False))
        plan = order.repair(plan, _lost(done.rehearsal, findings), decide.constraints(findings))
        plan = replace(plan, handoffs=handoffs(facts))
        return _analysis(facts, findings, plan, done.rehearsal, begun)


def _amount(facts: Facts) -> str:
    return f"{counted(len(facts.streams), 'stream')} and {counted(len(facts.pairs), 'merged pair')}"


def aim_of(repository: Repository, objects: Objects, names: Refs, wanted: str | None) -> Branch:
    """The target: the one asked for, else `git config gate.target`, else what the repository shows.

    Raises:
        GateError: it is not there, or cannot be told.
    """
    return refs.target(wanted or configured(repository, "gate.target"), names, objects)


def configured(repository: Repository, key: str) -> str | None:
    """What `git config KEY` says, None when it is not set."""
    said = repository.git("config", "--get", key, allowed=(0, 1))
    return said.decode("utf-8", "surrogateescape").strip() or None


def in_mode(repository: Repository, policy: Policy, mode: str = "") -> Policy:
    """The policy in the given mode, else in the one `git config gate.mode` sets, else in its own.

    Raises:
        UsageError: there is no such mode.
    """
    if mode in list(Mode):
        return replace(policy, mode=Mode(mode))
    if mode:
        raise UsageError(f"there is no mode {mode!r}", f"modes: {', '.join(Mode)}")
    wanted = configured(repository, "gate.mode")
    if wanted is None:
        return policy
    if wanted not in list(Mode):
        raise UsageError(
            f"git config gate.mode is {wanted!r}, which is none of {', '.join(Mode)}",
            "`git config --show-origin gate.mode` says where it is set",
        )
    return replace(policy, mode=Mode(wanted))


def policy_of(objects: Objects, aim: Branch, given: tuple[str, bytes] | None) -> Policy:
    """The policy that was given, else the target's own, else the default.

    Raises:
        PolicyError: it has mistakes.
        UsageError: the target's is too large to be one.
    """
    if given is not None:
        return config.load(given[1], path=given[0], origin="file")
    info = objects.info(f"{aim.commit}:{POLICY_FILE}")
    if info is None or info.kind != "blob":
        return Policy()
    text = objects.blob(info.oid, _LARGEST_POLICY)
    if text is None:
        raise UsageError(
            f"{POLICY_FILE} on {aim.name} has {info.size} bytes, too many for a policy",
            "try another with --config",
        )
    return config.load(text, path=POLICY_FILE, origin="target")


def _off(policy: Policy) -> tuple[str, ...]:
    """The codes the policy turns off for good, so that their checks need not run."""
    return tuple(code for code, severity in policy.severities.items() if severity == "off")


def _ask(asked: Iterable[Check], facts: Facts, request: Request, *, alone: bool) -> tuple[Finding, ...]:
    """The findings of the checks that come before the plan (`alone`), or of those that come after its rehearsal.

    What was not checked is asked both times: the rehearsal can add to it.
    """
    judged = {one.name for one in facts.streams if one.stream.judged}
    found = (
        finding
        for one in asked
        if (one.level is not Level.SET) is alone or one.code == decide.NOT_CHECKED
        for finding in one.ask(facts)
        if not finding.branches or judged.intersection(finding.branches)
    )
    refs = {one.name: one.stream.ref for one in facts.streams}
    return decide.weighed(found, facts.policy, request.today, named=request.select, refs=refs)


def _with_new(findings: Sequence[Finding], more: Iterable[Finding]) -> tuple[Finding, ...]:
    known = {finding.fingerprint for finding in findings}
    return (*findings, *(finding for finding in more if finding.fingerprint not in known))


def _with_sets(facts: Facts, done: Rehearsed) -> Facts:
    unrehearsed = (
        NotChecked(f"{step.branch} at its turn in the plan", step.merge.reason, (step.branch,), required=True)
        for step in done.rehearsal.steps
        if isinstance(step.merge, NotTried)
    )
    notes = (*facts.not_checked, *unrehearsed, *done.not_checked)
    return replace(facts, set_conflicts=done.conflicts, set_broken_uses=done.broken, not_checked=notes)


def _candidates(facts: Facts, findings: Sequence[Finding]) -> list[Candidate]:
    troubles = decide.own_troubles(findings)
    return [
        Candidate(
            name=one.name,
            finished=one.stream.finished,
            size=len(one.changes),
            coordinator=one.owner,
            blocked=_blocked(one.landed is None, troubles.get(one.name, ())),
            because=tuple(finding.fingerprint for finding in troubles.get(one.name, ())),
        )
        for one in facts.streams
        if one.stream.judged
    ]


def _blocked(without_state: bool, troubles: Sequence[Finding]) -> str:
    if troubles:
        return "; ".join(finding.hint for finding in troubles)
    return "find out why it has no landed state" if without_state else ""


def _limits(policy: Policy) -> Limits:
    each = tuple((one.name, one.capacity) for one in policy.coordinators if one.capacity is not None)
    return Limits(policy.max_parallel, policy.max_coordinators, each)


def _lost(rehearsal: Rehearsal, findings: Sequence[Finding]) -> dict[str, Held]:
    """The streams that did not merge at their turn, and those at whose turn a set of them broke a name."""
    steps = {step.branch: step.merge for step in rehearsal.steps if not isinstance(step.merge, Clean)}
    why: dict[str, list[Finding]] = {name: [] for name in steps}
    for finding in findings:
        sets = (one for one in finding.constraints if isinstance(one, Apart) and finding.code in _OF_SETS)
        for apart in sets:
            why.setdefault(apart.branches[-1], []).append(finding)
    return {
        name: Held(name, tuple(one.fingerprint for one in found), _unblock(name, found, steps.get(name)))
        for name, found in why.items()
    }


def _unblock(name: str, why: Sequence[Finding], merge: Merge | None) -> str:
    if isinstance(merge, NotTried):
        return f"make it possible to try its merge: {merge.reason}"
    names = dict.fromkeys(other for one in why for other in one.branches if other != name)
    return f"bring it up to date once {listed(tuple(names)) or 'the streams before it'} have landed"


def _analysis(
    facts: Facts,
    findings: tuple[Finding, ...],
    plan: Plan,
    rehearsal: Rehearsal,
    begun: _Begun,
) -> Analysis:
    pairs = decide.pairs(facts, findings, plan)
    report = publish(
        facts=facts,
        findings=findings,
        pairs=pairs,
        streams=decide.streams(facts, findings, plan),
        plan=plan,
        rehearsal=rehearsal,
        outcome=decide.outcome(findings, begun.request.fail_on),
        version=__version__,
    )
    return Analysis(report, begun.templates, facts.policy, begun.fetched, facts, findings, pairs, plan)
