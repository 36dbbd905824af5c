"""Every collision planted in JavaScript and TypeScript is found, and its twin is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.javascript.planted import APP, CORE, TREE, edited, fresh, plants, silent
from names.test_names import judge

if TYPE_CHECKING:
    from names.planted import Plant
    from support import MakeRepo


def planted(make_repo: MakeRepo, plant: Plant) -> str:
    """A repository with the plant's producer, its consumer and the consumer's twin."""
    repo = make_repo()
    base = repo.commit("main", TREE)
    repo.commit("agent/a", plant.producer, parents=[base], renames=plant.renames)
    repo.commit("agent/b", plant.breaks, parents=[base])
    repo.commit("agent/c", plant.fits, parents=[base])
    repo.write()
    return str(repo.folder)


@pytest.mark.parametrize("plant", list(plants()), ids=str)
def test_a_planted_collision_is_found_and_its_twin_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    folder = planted(make_repo, plant)

    assert {(finding.code, finding.severity.value) for finding in judge(folder, "agent/a", "agent/b")} == {
        (plant.code, "error")
    }
    assert judge(folder, "agent/a", "agent/c") == []


@pytest.mark.parametrize("plant", list(silent()), ids=str)
def test_what_works_together_is_silent(make_repo: MakeRepo, plant: Plant) -> None:
    assert judge(planted(make_repo, plant), "agent/a", "agent/b") == []


def test_a_package_whose_manifest_is_in_conflict_is_not_missing(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", TREE)
    at = "packages/core/package.json"
    import_ = 'import { clamp } from "@acme/core";\n'
    repo.commit("agent/a", {at: '{"name": "@acme/core", "main": "dist/a.js"}\n'}, parents=[base])
    repo.commit(
        "agent/b",
        {at: '{"name": "@acme/core", "main": "dist/b.js"}\n', f"{APP}/new.ts": import_},
        parents=[base],
    )
    repo.write()

    assert judge(str(repo.folder), "agent/a", "agent/b") == []


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "G210-moved-named",
            "agent/b imports `../../core/src/math`, which agent/a moves to `../../core/src/number/math`",
            "land agent/a, then rebase agent/b and "
            "import from `../../core/src/number/math` in packages/app/src/fresh.ts line 1",
        ),
        (
            "G210-importer-moves",
            "agent/b imports `./Button` in packages/app/src/user.ts, "
            "which agent/a moves to packages/app/src/people/user.ts",
            "land agent/a, then rebase agent/b and import `../Button` in packages/app/src/people/user.ts",
        ),
        (
            "G210-package-renamed-subpath",
            "agent/b imports `@acme/core/shapes`, which agent/a moves to `@acme/kernel/shapes`",
            "land agent/a, then rebase agent/b and "
            "import from `@acme/kernel/shapes` in packages/app/src/fresh.ts line 1",
        ),
        (
            "G211-renamed-barrel",
            'agent/b imports `parse` from "@acme/core"; agent/a renames it to `parseNumber`',
            "land agent/a, then rebase agent/b and "
            "change `parse` to `parseNumber` in packages/app/src/fresh.ts line 1",
        ),
        (
            "G211-moved",
            'agent/b imports `LIMIT` from "../../core/src/format"; agent/a moves it to `../../core/src/math`',
            "land agent/a, then rebase agent/b and "
            "take `LIMIT` from `../../core/src/math` in packages/app/src/fresh.ts line 1",
        ),
        (
            "G211-default-to-named",
            'agent/b imports the default from "../../core/src/format"; agent/a exports it as `pretty`',
            "land agent/a, then rebase agent/b and "
            "import `{ pretty }` instead of the default in packages/app/src/fresh.ts line 1",
        ),
        (
            "G211-named-to-default",
            'agent/b imports `Button` from "./Button"; agent/a makes it the default',
            "land agent/a, then rebase agent/b and "
            "import the default instead of `{ Button }` in packages/app/src/fresh.ts line 1",
        ),
        (
            "G211-member-key",
            "agent/b uses `sizes.small`; agent/a renames it to `sizes.tiny`",
            "land agent/a, then rebase agent/b and "
            "change `small` to `tiny` in packages/app/src/fresh.ts line 2",
        ),
        (
            "G213-key",
            "agent/a and agent/b both define the key `tiny` of `sizes` in packages/core/src/shapes.ts; "
            "the file no longer compiles",
            "land one of them, then rename or remove `tiny` in the other",
        ),
        (
            "G213-import",
            "agent/a and agent/b both import something as `Icon` in packages/app/src/user.ts; "
            "the file no longer compiles",
            "land one of them, then remove `Icon` from the other",
        ),
    ],
)
def test_the_words(make_repo: MakeRepo, name: str, message: str, hint: str) -> None:
    plant = next(plant for plant in plants() if str(plant) == name)

    findings = judge(planted(make_repo, plant), "agent/a", "agent/b")

    assert [(finding.message, finding.hint) for finding in findings] == [(message, hint)]


def test_a_call_of_what_lies_in_a_renamed_file_names_the_new_place(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", TREE)
    changed = edited(f"{CORE}/format.ts", ("strict: boolean)", "strict: boolean, base: number)"))
    follow = edited(f"{CORE}/index.ts", ("./format", "./text/format"))
    new = f"{CORE}/text/format.ts"
    text = changed[f"{CORE}/format.ts"].replace("./math.js", "../math.js")
    repo.commit("agent/a", {f"{CORE}/format.ts": None, new: text, **follow}, parents=[base])
    repo.commit("agent/b", fresh('import { parse } from "@acme/core";\nparse("1", true);'), parents=[base])
    repo.write()

    [finding] = judge(str(repo.folder), "agent/a", "agent/b")

    assert finding.code == "G212"
    assert [(location.path, location.line) for location in finding.locations] == [
        (f"{APP}/fresh.ts", 2),
        (new, 10),
    ]
    assert "`parse`" in finding.message
