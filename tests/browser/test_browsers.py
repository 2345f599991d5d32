import subprocess
import sys

import browsers
import pytest


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on PATH but what the returned function puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "_playwrights_own", lambda kind: None)
    browsers._needed.cache_clear()

    def put(name, script):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    yield put
    browsers._needed.cache_clear()


def test_a_browser_on_the_path_is_found_by_any_of_its_names(machine):
    path = machine("firefox-esr", "echo Mozilla Firefox 1")
    assert browsers.firefox() == path
    assert browsers.version(path) == "Mozilla Firefox 1"


def test_a_stub_that_does_not_run_is_no_browser(machine):
    machine("chromium", "echo Please install the snap; exit 1")
    path = machine("google-chrome", "echo Chrome 1")
    assert browsers.chromium() == path


@pytest.mark.parametrize("kind", browsers.NAMES)
def test_a_missing_browser_is_an_error(machine, kind):
    with pytest.raises(FileNotFoundError, match=f"no {kind.title()} on this machine"):
        getattr(browsers, kind)()


def test_missing_browsers_come_from_debian_where_we_are_root(machine, monkeypatch, capfd):
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    firefox = machine("firefox-esr", "echo Firefox 1")
    machine("chromium", "echo Chromium with windows 1")
    machine(
        "apt-get",
        'echo apt-get "$@"\n'
        'echo "#!/bin/sh\necho Chromium 1" > "${0%/*}/chromium-headless-shell"\n'
        '/bin/chmod +x "${0%/*}/chromium-headless-shell"',
    )
    assert browsers.main() == 0
    said = capfd.readouterr().out
    assert "install --yes chromium-headless-shell\n" in said
    assert f"Firefox: {firefox} (Firefox 1)" in said
    assert "Chromium 1)" in said


def test_where_the_fastest_cannot_be_had_another_one_will_do(machine, monkeypatch, capfd):
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    machine("firefox", "echo Firefox 1")
    machine("chromium", "echo Chromium with windows 1")
    machine("apt-get", "exit 100")
    assert browsers.main() == 0
    assert "Chromium with windows 1)" in capfd.readouterr().out


def test_else_playwright_is_asked_and_failure_is_said(machine, monkeypatch):
    asked = []
    monkeypatch.setattr(browsers.subprocess, "run", lambda command, **how: asked.append(command))
    message = browsers.main()
    assert asked == [[sys.executable, "-m", "playwright", "install", "chromium", "firefox"]]
    assert message.startswith("No Chromium was found and none could be installed.")


def test_command_says_what_it_found():
    done = subprocess.run(
        [sys.executable, browsers.__file__], capture_output=True, text=True, check=True
    )
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["Chromium", "Firefox"]
