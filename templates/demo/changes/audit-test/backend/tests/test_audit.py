from datetime import UTC, datetime, timedelta

from app.services import audit_service


def test_what_is_recorded_can_be_found() -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    audit_service.record("schedule.committed", "week 12")
    assert [event for _, event, _ in audit_service.since(before)] == ["schedule.committed"]
