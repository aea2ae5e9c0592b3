"""What `make test` needs beyond the product: the checking tools and a Chromium. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess

from manage_commands.environment import DEV, is_fresh, last_lines, make_environment
from manage_commands.progress import step

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def prepare() -> None:
    """Make .venv with the checking tools and see that there is a Chromium; raises Refused for the former only."""
    if not is_fresh(DEV):
        make_environment(DEV)
    if chromium() or install_chromium():
        return
    print("!! No Chromium and no way to install one: every browser test will be SKIPPED.")
    print("!! Install it (Debian: apt-get install chromium) and run this again.")


def chromium() -> str | None:
    """The Chromium that browser tests drive, or None."""
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def install_chromium() -> bool:
    """Install Debian's Chromium and Vietnamese-capable fonts as root; False when that cannot be done here."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"],
    )
    with step("Cài Chromium cho kiểm thử trình duyệt"):
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, env=environment)
            if done.returncode != 0:
                print(f"!! {' '.join(command)} failed:\n{last_lines(done.stdout + done.stderr)}")
                return False
    return chromium() is not None
