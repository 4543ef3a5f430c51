"""What an installation is set up with: Streamlit's settings, the files of deploy/, and that no secret lies in the repository."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from browser import ROOT, free_port
from streamlit import config
from test_architecture import project_files

import server as served

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "monitor.service"
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
COPIED = "please-change-me-to-thirty-two-random-signs"

# A name that says secret with a value of 12 characters or more behind it, and what keys and tokens begin with.
NAMED_SECRET = re.compile(r"(?:secret|token|passw(?:or)?d|api_?key)\w*[\"']?\s*[=:]\s*([\"']?)([\w+/=~.-]{12,})\1\s*$", re.IGNORECASE | re.MULTILINE)
KNOWN_FORM = re.compile(r"-----BEGIN [A-Z ]*PRIVATE K" r"EY|\b(ghp|gho|glpat|xox[bp])[_-]\w{10}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{20,}\.eyJ|\$argon2id?\$v=\d+\$")
SECRET_NAMES = re.compile(r"(^|/)(secrets\.toml|\.env|monitor\.env|\.htpasswd|id_(rsa|ed25519))$|\.(pem|key|p12|pfx|jks)$")


def environment_example() -> dict[str, str]:
    """The settings that monitor.env.example sets, the ones behind # left out."""
    lines = (DEPLOY / "monitor.env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]", line))


def flat(table: dict[str, Any], head: str = "") -> dict[str, Any]:
    """A TOML table as option -> value, sections joined by dots."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= flat(value, f"{head}{name}.") if isinstance(value, dict) else {head + name: value}
    return found


# --- Streamlit's settings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.enableAgentApi", False),
        ("server.maxUploadSize", 10),
        ("server.disconnectedSessionTTL", 14400),
        ("server.websocketPingInterval", 20),
        ("server.fileWatcherType", "none"),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.toolbarMode", "minimal"),
        ("client.disableDataExport", True),
        ("runner.magicEnabled", False),
        ("browser.gatherUsageStats", False),
    ],
)
def test_streamlit_is_locked_down(option: str, value: object) -> None:
    """Each setting that keeps strangers, programs and details out stands in the file, as it must be."""
    assert flat(SETTINGS).get(option) == value


def test_every_setting_is_one_of_streamlits() -> None:
    """A later Streamlit that drops or renames an option must not leave its protection off in silence."""
    assert [option for option in flat(SETTINGS) if option not in config._config_options_template] == []


def test_settings_that_nothing_may_turn_on() -> None:
    """Of users named in a header Streamlit's own option knows no proxy; ours does (MONITOR_TRUSTED_HEADER)."""
    assert {option for option in flat(SETTINGS) if "trusted" in option.lower() or "unsafe" in option.lower()} == set()
    assert "allowedHosts" not in SETTINGS["server"] and "cookieSecret" not in SETTINGS["server"]  # of each installation


# --- The files of deploy/ --------------------------------------------------------------------------------------------


def test_nginx_sends_the_servers_headers() -> None:
    """The policy is written twice and is one; the body may be as large as the largest file, with the form around it."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    added = {name: value.strip('"') for name, value in re.findall(r"^    add_header (\S+) (.+) always;$", text, re.MULTILINE)}
    assert added == {**served.SECURITY_HEADERS, "Strict-Transport-Security": "max-age=31536000"}
    assert set(re.findall(r"proxy_hide_header (\S+);", text)) == set(served.SECURITY_HEADERS)
    assert not re.search(r"^        add_header", text, re.MULTILINE)  # one in a location would drop all the others
    (largest,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert SETTINGS["server"]["maxUploadSize"] < int(largest) <= SETTINGS["server"]["maxUploadSize"] + 2
    assert f"server {SETTINGS['server']['address']}:{SETTINGS['server']['port']};" in text


def unit_settings() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    unit.optionxform = str
    unit.read(UNIT, encoding="utf-8")
    return unit["Service"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("User", "monitor"),
        ("NoNewPrivileges", "true"),
        ("ProtectSystem", "strict"),
        ("ReadWritePaths", "/var/lib/monitor"),
        ("ProtectHome", "true"),
        ("PrivateTmp", "true"),
        ("UMask", "0077"),
        ("StateDirectoryMode", "0700"),
        ("CapabilityBoundingSet", ""),
        ("IPAddressDeny", "any"),
        ("IPAddressAllow", "localhost"),
        ("Restart", "on-failure"),
        ("MemoryMax", "4G"),
        ("LimitCORE", "0"),
    ],
)
def test_the_service_is_hardened(setting: str, value: str) -> None:
    """It writes to its data alone, talks to this machine alone, and leaves no copy of its memory behind."""
    assert unit_settings()[setting] == value


def test_the_service_starts_what_is_served() -> None:
    """The server with its gate and headers, not the bare script; the data where the settings say."""
    unit = unit_settings()
    assert unit["ExecStart"].endswith("/streamlit run server.py")
    assert unit["ExecStart"].startswith(unit["WorkingDirectory"])
    assert environment_example()["MONITOR_DATABASE"].startswith(f"{unit['ReadWritePaths']}/")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_takes_the_service(tmp_path: Path) -> None:
    """Every line is one that systemd knows; the program is put in that this machine has."""
    text = UNIT.read_text(encoding="utf-8")
    copy = tmp_path / UNIT.name
    copy.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", text), encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if UNIT.name in line] == []


def test_the_settings_of_an_installation_are_known() -> None:
    """Each is read by the code or is an option of Streamlit; the secret has none, only the command that makes one."""
    text = (DEPLOY / "monitor.env.example").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for folder in ("ui", "storage") for path in (ROOT / folder).glob("*.py"))
    options = {option.env_var for option in config._config_options_template.values()}
    for name in re.findall(r"^(?:# )?([A-Z_]{4,})=", text, re.MULTILINE):
        assert name in options or f'"{name}"' in code, name
    assert environment_example()["STREAMLIT_SERVER_COOKIE_SECRET"] == ""
    assert "secrets.token_urlsafe(48)" in text


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        (environment_example(), "须为至少 32 个随机字符"),
        ({"STREAMLIT_SERVER_COOKIE_SECRET": "short"}, "须为至少 32 个随机字符"),
        ({"STREAMLIT_SERVER_COOKIE_SECRET": COPIED}, "是示例文字"),
    ],
    ids=["the example as it is shipped", "a short one", "one out of a manual"],
)
def test_a_secret_that_is_none_is_refused(tmp_path: Path, settings: dict[str, str], word: str) -> None:
    """Also on this machine's own address, where nginx asks: the server ends at once, with a sentence and no trace."""
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(free_port())]
    environment = {**os.environ, **settings, "MONITOR_DATABASE": str(tmp_path / "monitor.duckdb")}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
    said = (ended.stdout + ended.stderr).decode("utf-8", "replace")
    assert ended.returncode != 0
    assert word in said and "server.cookieSecret" in said
    assert "Traceback" not in said and COPIED not in said


# --- Secrets -----------------------------------------------------------------------------------------------------------


def tracked_files() -> list[str]:
    """What the repository holds; where it was unpacked without its history, every file of the project."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
        if listed.returncode == 0:
            return [path for path in listed.stdout.split("\0") if path]
    return project_files()


def secrets_in(text: str, *, is_code: bool = False) -> list[str]:
    """What looks like a secret: of a named one the value holds a digit and, in code, stands in quotation marks."""
    named = [found[0].strip() for found in NAMED_SECRET.finditer(text) if re.search(r"\d", found[2]) and (found[1] or not is_code)]
    return named + [found[0] for found in KNOWN_FORM.finditer(text)]


def test_no_secret_is_in_the_repository() -> None:
    """Neither as a file nor in a line of one; tests, which need a good secret and passwords, have theirs for nobody."""
    files = tracked_files()
    assert len(files) > 300
    assert [path for path in files if SECRET_NAMES.search(path)] == []
    found = {}
    for path in files:
        if not path.startswith("tests/") and (ROOT / path).is_file():
            text = (ROOT / path).read_text(encoding="utf-8", errors="ignore")
            found[path] = secrets_in(text, is_code=Path(path).suffix in (".py", ".js"))
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        'cookie_secret = "tK8v-2Qx9pLm4RzW7bYc1NdJf6GhSaEu"',
        "STREAMLIT_SERVER_COOKIE_SECRET=tK8v-2Qx9pLm4RzW7bYc1NdJf6GhSaEu",
        "password: correct.horse-7battery",
        'TOKEN = "a1b2c3d4e5f6a7b8c9d0"',
        "-----BEGIN EC PRIVATE K" + "EY-----",
        "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ",
    ],
)
def test_a_secret_would_be_found(line: str) -> None:
    """In settings, in an environment file, as a key, as a hash."""
    assert secrets_in(f"first = 1\n{line}\nlast = 2") != []


@pytest.mark.parametrize("path", [".streamlit/secrets.toml", "deploy/monitor.env", "deploy/key.pem"])
def test_secrets_are_not_added_by_mistake(path: str) -> None:
    """`git add` leaves the files alone that an installation fills."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert any(Path(path).match(line.lstrip("/")) for line in lines if line and not line.startswith(("#", "!")))
