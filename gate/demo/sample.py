"""The demo's repository: a clinic's scheduling system, and eleven agents that changed it side by side.

The layout is the one of the `clinic` preset. `STREAMS` says what each branch is about, and which checks speak
of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.demo import repository_builder
from gate.demo import sample_files as files
from gate.demo.repository_builder import History, Person
from gate.demo.sample_files import APP, AROUND, BACKEND, FRONTEND, SCHEDULING, SERVICES

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SampleStream:
    """A branch of the sample: what its agent was asked for, and the codes of the findings that name it."""

    name: str
    says: str
    codes: tuple[str, ...] = ()


STREAMS = (
    SampleStream(
        "agent/engine/night-float-template", "moves the night float rotation into templates/", ("G401",)
    ),
    SampleStream(
        "agent/engine/weekend-call-template", "moves the weekend call rotation into templates/", ("G401",)
    ),
    SampleStream(
        "agent/engine/holiday-cover", "adds a rotation for holidays, where rotations used to be", ("G401",)
    ),
    SampleStream(
        "agent/platform/swap-expiry",
        "lets swap requests lapse after two days, and shows it on the swap list",
        ("G101", "G105", "G201", "G221", "G240", "G301"),
    ),
    SampleStream(
        "agent/platform/swap-approval",
        "has the chief resident approve every swap",
        ("G005", "G105", "G201", "G240", "G301"),
    ),
    SampleStream(
        "agent/platform/audit-log",
        "built on swap-expiry: records lapsed swaps, and gives the audit service a better name",
        ("G005", "G101", "G102", "G105", "G201", "G210", "G221", "G240", "G301"),
    ),
    SampleStream(
        "agent/quality/audit-test", "tests the audit service, under the name it has on main", ("G210",)
    ),
    SampleStream(
        "agent/platform/invoice-notes", "adds a note to invoices, with its Django migration", ("G240", "G301")
    ),
    SampleStream(
        "agent/platform/invoice-due",
        "adds a day when invoices are due, with its Django migration",
        ("G240", "G301"),
    ),
    SampleStream("agent/frontend/week-view", "shows the board by week"),
    SampleStream(
        "agent/ops/on-call-handbook",
        "rewrites the escalation page, adds a deployment, and waives a check for itself",
        ("G001", "G003", "G103"),
    ),
)


def write(path: Path, policy: str) -> None:
    """Write the repository into a new folder, with `policy` as its `gate.toml`, and check out `main`.

    Raises:
        GateError: git is missing or failed.
    """
    with repository_builder.repository(path) as repo:
        base = _main(repo, policy)
        _swap_expiry(repo, base)
        _audit_log(repo)
        _swap_approval(repo, base)
        _audit_test(repo, base)
        _invoices(repo, base)
        _week_view(repo, base)
        _on_call_handbook(repo, base, policy)
        _rotations(repo, base)
        _main_goes_on(repo)
        repo.write("main")


def _main(repo: History, policy: str) -> str:
    """The history all streams start from."""
    ada = Person("Ada Moreno", "ada@clinic.example")
    repo.commit(
        "main",
        BACKEND | files.ALEMBIC | files.BILLING,
        message="Schedule residents, let them swap shifts\n",
        author=ada,
    )
    repo.commit("main", FRONTEND, message="Show the board and the swaps\n", author=ada)
    around = AROUND | {"gate.toml": policy}
    return repo.commit("main", around, message="Write down who answers for what\n", author=ada)


def _main_goes_on(repo: History) -> None:
    """A decision taken by people while the agents worked."""
    escalation = changed(
        AROUND["docs/on-call.md"],
        "After 30 minutes without an answer, page the chief resident.",
        "After 15 minutes without an answer, page the chief resident and the attending.",
    )
    repo.commit(
        "main",
        {"docs/on-call.md": escalation},
        message="Page the attending too, after 15 minutes\n",
        author=Person("Ben Okafor", "ben@clinic.example"),
    )


def _rotations(repo: History, base: str) -> None:
    """Any two of these merge. Once two have landed, all of `rotations/` has moved; the last adds to it."""
    for number, rotation in ((1, "night_float"), (2, "weekend_call")):
        module = f"{SCHEDULING}/{rotation}.py"
        old, new = (f"{SCHEDULING}/{folder}/{rotation}.toml" for folder in ("rotations", "templates"))
        repo.commit(
            f"agent/engine/{rotation.replace('_', '-')}-template",
            {module: changed(BACKEND[module], 'HERE / "rotations"', 'HERE / "templates"')},
            renames={old: new},
            message=f"Make {rotation.replace('_', ' ')} a template\n",
            parents=[base],
            author=agent("Engine", number),
        )
    added = {
        f"{SCHEDULING}/rotations/holiday_cover.toml": files.HOLIDAY_COVER_ROTATION,
        f"{SCHEDULING}/holiday_cover.py": files.HOLIDAY_COVER,
    }
    message = "Cover public holidays\n"
    repo.commit(
        "agent/engine/holiday-cover", added, message=message, parents=[base], author=agent("Engine", 3)
    )


def _swap_expiry(repo: History, base: str) -> None:
    branch, author = "agent/platform/swap-expiry", agent("Platform", 1)
    message = "Let swap requests lapse after two days\n"
    repo.commit(branch, _lapsing(), message=message, parents=[base], author=author)
    swap_list = "frontend/src/components/SwapList.tsx"
    shown = changed(
        FRONTEND[swap_list],
        "{swap.giver} asks {swap.taker}\n",
        "{swap.giver} asks {swap.taker}, until {swap.expires}\n",
    )
    repo.commit(branch, {swap_list: shown}, message="Show until when a swap can be accepted\n", author=author)


def _lapsing() -> dict[str, str]:
    service, model, links = f"{SERVICES}/swap_service.py", f"{APP}/models/swap.py", f"{APP}/api/swap_links.py"
    return {
        "backend/alembic/versions/0003_swap_expiry.py": files.MIGRATION_EXPIRY,
        f"{SERVICES}/clock.py": files.CLOCK_UTC,
        service: changed(
            BACKEND[service],
            "\n\nfrom app.models.swap import Swap\n",
            "\n\nfrom datetime import timedelta\n\nfrom app.models.swap import Swap\n",
            "from app.services import notification_service\n",
            "from app.services import clock, notification_service\n\nLIFETIME = timedelta(days=2)\n",
            "Swap(giver=giver, taker=taker, shift=shift)\n",
            "Swap(giver=giver, taker=taker, shift=shift, expires=clock.now() + LIFETIME)\n",
        ),
        model: changed(
            BACKEND[model],
            "import dataclass\n",
            "import dataclass\nfrom datetime import datetime\n",
            "    accepted: bool = False\n",
            "    accepted: bool = False\n    expires: datetime | None = None\n",
        ),
        links: changed(
            BACKEND[links],
            '/accept"\n',
            '/accept?until={swap.expires:%Y-%m-%dT%H:%M}"\n',
        ),
    }


def _audit_log(repo: History) -> None:
    branch, author = "agent/platform/audit-log", agent("Platform", 3)
    repo.branch(branch, "agent/platform/swap-expiry")
    _notify_once(repo, branch, author)
    callers = (f"{APP}/api/audit.py", f"{SCHEDULING}/engine.py")
    recorded = changed(
        BACKEND[f"{SERVICES}/audit_service.py"],
        "def record(event: str, subject: str) -> None:\n",
        "def swap_lapsed(shift: str) -> None:\n"
        '    """Nobody took the shift in time."""\n'
        '    record("swap.lapsed", shift)\n\n\n'
        "def record(event: str, subject: str) -> None:\n",
    )
    edits = {
        f"{SERVICES}/audit_log.py": recorded,
        **{path: BACKEND[path].replace("audit_service", "audit_log") for path in callers},
    }
    renames = {f"{SERVICES}/audit_service.py": f"{SERVICES}/audit_log.py"}
    message = "Record lapsed swaps; call the audit log what it is\n"
    repo.commit(branch, edits, renames=renames, message=message, author=author)


def _audit_test(repo: History, base: str) -> None:
    """Touches nothing that another stream touches, merges with all of them, and fails once audit-log has landed."""
    repo.commit(
        "agent/quality/audit-test",
        {"backend/tests/test_audit.py": files.TEST_AUDIT},
        message="Test that what is recorded can be found\n",
        parents=[base],
        author=agent("Quality", 1),
    )


def _invoices(repo: History, base: str) -> None:
    """Two fields of one model: git merges the model and both migrations, and Django then refuses to migrate."""
    models = f"{files.BILLING_APP}/models.py"
    for number, (name, after, field, column) in enumerate(
        (
            (
                "note",
                "    resident = ",
                '    note = models.TextField(default="")\n',
                'models.TextField(default="")',
            ),
            ("due", "    paid = ", "    due = models.DateField(null=True)\n", "models.DateField(null=True)"),
        ),
        4,
    ):
        line = next(
            line for line in files.BILLING[models].splitlines(keepends=True) if line.startswith(after)
        )
        edits = {
            models: changed(files.BILLING[models], line, f"{line}{field}"),
            f"{files.BILLING_APP}/migrations/0002_invoice_{name}.py": files.billing_migration(name, column),
        }
        branch = {"note": "agent/platform/invoice-notes", "due": "agent/platform/invoice-due"}[name]
        message = {"note": "Let invoices carry a note\n", "due": "Say when an invoice is due\n"}[name]
        repo.commit(branch, edits, message=message, parents=[base], author=agent("Platform", number))


def _swap_approval(repo: History, base: str) -> None:
    branch, author = "agent/platform/swap-approval", agent("Platform", 2)
    repo.branch(branch, base)
    _notify_once(repo, branch, author)
    service = f"{SERVICES}/swap_service.py"
    approval = {
        "backend/alembic/versions/0003_swap_approval.py": files.MIGRATION_APPROVAL,
        f"{APP}/models/approval.py": files.APPROVAL,
        f"{APP}/api/swap_links.py": None,
        f"{SERVICES}/clock.py": files.CLOCK_CLINIC,
        service: changed(
            BACKEND[service],
            "from app.services import notification_service\n",
            'from app.services import notification_service\n\nCHIEF = "chief-resident"\n',
            "    swap = Swap(giver=giver, taker=taker, shift=shift)\n",
            "    swap = Swap(giver=giver, taker=taker, shift=shift)\n"
            '    notification_service.notify(CHIEF, f"{giver} and {taker} want to trade {shift}")\n',
        ),
    }
    message = "Have the chief resident approve swaps; links that accept at a click are gone\n"
    repo.commit(branch, approval, message=message, author=author)


def _notify_once(repo: History, branch: str, author: Person) -> None:
    """A fix two agents both needed, and both made."""
    fixed = changed(
        BACKEND[f"{SERVICES}/notification_service.py"],
        "    outbox.append((person, text))\n",
        "    if (person, text) not in outbox:\n        outbox.append((person, text))\n",
    )
    edits = {f"{SERVICES}/notification_service.py": fixed}
    repo.commit(branch, edits, message="Send each notification once\n", author=author)


def _week_view(repo: History, base: str) -> None:
    board = changed(
        FRONTEND["frontend/src/components/ShiftBoard.tsx"],
        "import { useShifts } from '../hooks/useShifts';\n",
        "import { useShifts } from '../hooks/useShifts';\nimport { byWeek } from '../hooks/weeks';\n",
        "      {shifts.map((shift) => (\n        <ShiftCard key={shift.id} shift={shift} />\n      ))}\n",
        "      {byWeek(shifts).map((week) => (\n"
        "        <Week key={week.monday} shifts={week.shifts} />\n"
        "      ))}\n",
        "import { ShiftCard } from './ShiftCard';\n",
        "import { Week } from './Week';\n",
    )
    edits = {
        "frontend/src/components/ShiftBoard.tsx": board,
        "frontend/src/components/Week.tsx": files.WEEK,
        "frontend/src/hooks/weeks.ts": files.WEEKS,
    }
    message = "Show the board by week\n"
    repo.commit(
        "agent/frontend/week-view", edits, message=message, parents=[base], author=agent("Frontend", 1)
    )


def _on_call_handbook(repo: History, base: str, policy: str) -> None:
    branch, author = "agent/ops/on-call-handbook", agent("Operations", 1)
    page = changed(
        AROUND["docs/on-call.md"],
        "After 30 minutes without an answer, page the chief resident.",
        "After 20 minutes without an answer, page the second resident on call, then the chief resident.",
    )
    edits = {"docs/on-call.md": page, "deploy/compose.yaml": files.COMPOSE}
    message = "Page the second resident before the chief; describe the deployment\n"
    repo.commit(branch, edits, message=message, parents=[base], author=author)
    repo.commit(
        branch, {"gate.toml": policy + files.WAIVER}, message="Let deployment files pass\n", author=author
    )


def agent(domain: str, number: int) -> Person:
    """One of a coordinator's agents."""
    return Person(f"{domain} agent {number}", f"{domain.lower()}-{number}@agents.clinic.example")


def changed(text: str, *pairs: str) -> str:
    """The text with each odd piece replaced by the even one after it.

    Raises:
        ValueError: a piece does not stand in the text exactly once.
    """
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        if text.count(old) != 1:
            raise ValueError(f"{text.count(old)} times in the text: {old!r}")
        text = text.replace(old, new)
    return text
