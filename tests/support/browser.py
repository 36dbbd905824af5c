"""A real browser without a screen: Chromium, spoken to in its DevTools protocol over two pipes."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
MISSING = f"needs one of {', '.join(NAMES)}"
_PATIENCE = 60
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ),
)


class Page:
    """One page: what it logged, what it asked for, and what it shows."""

    def __init__(self, to: int, come: int) -> None:
        self._to, self._come = to, come
        self._rest = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Performance"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """One command and its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._come], [], [], max(until - time.monotonic(), 0))
            assert ready, "the browser does not answer"
            self._rest += os.read(self._come, 1 << 16)
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))

    def open(self, file: Path, *, script: bool = True, anchor: str = "") -> None:
        """Show a file, with scripts or without, and wait until it is there."""
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        for address in ("about:blank", file.as_uri() + anchor):
            self.events.clear()
            self.call("Page.navigate", url=address)
            while not any(one.get("method") == "Page.loadEventFired" for one in self.events):
                self.events.append(self._next())

    def ask(self, expression: str) -> Any:
        """The value of an expression on the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until an expression is true."""
        until = time.monotonic() + _PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < until, f"never true: {expression}"

    def press(self, key: str) -> None:
        """Press and release a key."""
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def click(self, selector: str) -> None:
        """Click with the mouse on what is found first."""
        place = self.ask(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            "one.scrollIntoView({block: 'center'});"
            "const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1
            )

    def messages(self) -> list[str]:
        """What the page logged, errors and dialogs included."""
        said = {
            "Runtime.exceptionThrown",
            "Runtime.consoleAPICalled",
            "Log.entryAdded",
            "Page.javascriptDialogOpening",
        }
        self.ask("0")
        return [json.dumps(one["params"]) for one in self.events if one.get("method") in said]

    def requests(self) -> list[str]:
        """The addresses the page asked for, its own first."""
        self.ask("0")
        asked = (one["params"] for one in self.events if one.get("method") == "Network.requestWillBeSent")
        return [one["request"]["url"] for one in asked]

    def metric(self, name: str) -> float:
        """A measure of the page, in seconds."""
        every = self.call("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in every if one["name"] == name))


@contextlib.contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A browser with one page; ended with the context."""
    assert PROGRAM is not None
    theirs, to = os.pipe()
    come, answers = os.pipe()
    # out of the way of 3 and 4, where the browser looks for its pipes
    theirs, answers = (fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (theirs, answers))

    def place() -> None:
        os.dup2(theirs, 3)
        os.dup2(answers, 4)

    process = subprocess.Popen(
        [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        preexec_fn=place,
        pass_fds=(3, 4),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Page(to, come)
    finally:
        process.kill()
        process.wait()
