from app.scheduling.acgme_validator import violations


def test_eighty_hours_a_week_on_average() -> None:
    assert violations("ada", [80, 80, 80, 80]) == []
    assert violations("ada", [80, 80, 80, 84]) == ["ada: 81.0 hours a week from week 1"]
