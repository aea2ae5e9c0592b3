"""What `make test` needs beyond the product: the checking tools and a Chromium. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess

from manage_commands.environment import DEV, is_fresh, last_lines, make_environment
from manage_commands.progress import step

# The same browser without its windows comes first: it draws the same pages with a fifth less of the processor.
HEADLESS = "chromium-headless-shell"
INSTALL_SECONDS = 240
CHROMIUM_NAMES = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def prepare() -> None:
    """Make .venv with the checking tools and see that there is a Chromium; raises Refused for the former only."""
    if not is_fresh(DEV):
        make_environment(DEV)
    if shutil.which(HEADLESS) or install_chromium() or chromium():
        return
    print("!! No Chromium and no way to install one: every browser test will be SKIPPED.")
    print("!! Install it (Debian: apt-get install chromium) and run this again.")


def chromium() -> str | None:
    """The Chromium that browser tests drive, or None."""
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def install_chromium() -> bool:
    """As root, install Debian's Chromium (without windows, where there is that) and Vietnamese-capable fonts; False
    when that cannot be done here."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", "fonts-noto-core"]
    said = ""
    with step("Cài Chromium cho kiểm thử trình duyệt"):
        for command in (["apt-get", "update"], [*install, HEADLESS], [*install, "chromium"]):
            try:
                done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=INSTALL_SECONDS)
            except subprocess.TimeoutExpired:
                said = f"!! {' '.join(command)} took too long."
                break
            if command[1] == "install" and done.returncode == 0 and chromium():
                return True
            said = f"!! {' '.join(command)} failed:\n{last_lines(done.stdout + done.stderr)}"
    print(said)
    return False
