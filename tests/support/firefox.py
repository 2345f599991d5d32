"""A small WebDriver BiDi client that drives the stock Firefox.

The protocol: https://w3c.github.io/webdriver-bidi
"""

import base64
import itertools
import json
import re
import subprocess
import tempfile
import threading

from websocket import create_connection

PATIENCE = 120  # seconds for one answer
ABORTED = "2152398850"  # NS_BINDING_ABORTED: the page was left before the file had come

KEYS = {
    "ArrowDown": "\ue015",
    "ArrowLeft": "\ue012",
    "ArrowRight": "\ue014",
    "ArrowUp": "\ue013",
    "Delete": "\ue017",
    "End": "\ue010",
    "Enter": "\ue007",
    "Home": "\ue011",
    "Tab": "\ue004",
}


def fault(event, site):
    """Return what a page did wrong according to an event of the browser, or None.

    Args:
        event: a BiDi event.
        site: the address of the only site that pages may load from.
    """
    params = event.get("params", {})
    if event.get("method") == "log.entryAdded" and params["level"] == "error":
        text = params["text"]
        left = text.startswith("downloadable font: download failed") and ABORTED in text
        return None if left else text
    if event.get("method") == "network.beforeRequestSent":
        url = params["request"]["url"]
        return None if url.startswith((site, "data:", "blob:")) else url
    return None


class Firefox:
    """A headless Firefox with one window and a fresh profile; use it in a `with` statement.

    `faults` lists errors on the console, uncaught exceptions, and requests to another host, but
    no font whose download ended because the test left the page.

    Args:
        executable: path of Firefox.
        site: the address of the only site that its pages may load from.
    """

    def __init__(self, executable, site):
        self.site, self.faults, self.numbers = site, [], itertools.count(1)
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = [executable, "--headless", "--no-remote", "--profile", self.profile.name]
        self.process = subprocess.Popen(
            [*command, "--remote-debugging-port=0"], stderr=subprocess.PIPE, text=True
        )

    def __enter__(self):
        self.socket = create_connection(
            f"{self._address()}/session", timeout=PATIENCE, suppress_origin=True
        )
        self.call("session.new", capabilities={})
        self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        return self

    def __exit__(self, *reason):
        self.socket.close()
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.profile.cleanup()

    def _address(self):
        """Read the address that Firefox announces, then let the rest of its output pass."""
        guard = threading.Timer(PATIENCE, self.process.kill)
        guard.start()
        for line in self.process.stderr:
            if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                guard.cancel()
                threading.Thread(target=self._drain, daemon=True).start()
                return found[1]
        raise RuntimeError(f"Firefox ended with {self.process.wait()} before it could be driven.")

    def _drain(self):
        for _ in self.process.stderr:
            pass

    def call(self, method, **params):
        """Send a command and return its result; note the events that come before it."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                break
            if wrong := fault(message, self.site):
                self.faults.append(wrong)
        if message["type"] == "error":
            raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
        return message["result"]

    def open(self, page, width=1280, height=900):
        """Open a page of the site in a window of this size and wait until it is loaded."""
        size = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self.window, viewport=size)
        url = self.site + page
        self.call("browsingContext.navigate", context=self.window, url=url, wait="complete")

    def evaluate(self, expression):
        """Run JavaScript (a promise is waited for); return its result as BiDi describes it."""
        answer = self.call(
            "script.evaluate",
            expression=expression,
            target={"context": self.window},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"]

    def value(self, expression):
        """Run JavaScript and return the string, number or boolean that it gives."""
        return self.evaluate(expression)["value"]

    def press(self, *keys):
        """Press keys one after the other, by their names as in `KEYS` or as characters."""
        strokes = [
            {"type": kind, "value": KEYS.get(key, key)}
            for key in keys
            for kind in ("keyDown", "keyUp")
        ]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self.call("input.performActions", context=self.window, actions=[keyboard])

    def screenshot(self, element):
        """Return PNG bytes of the element that a JavaScript expression gives."""
        node = {"sharedId": self.evaluate(element)["sharedId"]}
        clip = {"type": "element", "element": node}
        picture = self.call(
            "browsingContext.captureScreenshot", context=self.window, origin="document", clip=clip
        )
        return base64.b64decode(picture["data"])
