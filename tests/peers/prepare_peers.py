"""Fetches what tests/peers talk to that is no Debian package, into var/peers; `make test-peers` runs it.

`python tests/peers/prepare_peers.py`. What cannot be had is said, and its tests are skipped aloud; nothing else fails.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "peers"
REQUIREMENTS = ROOT / "requirements-peers.txt"
# The replies of real cameras that the npm package carries for its own tests (MIT); only those and the licence are kept.
REPLIES = "onvif@0.6.5"
REPLIES_SHA256 = "db1ea2daf86a11667b1dcf278402a6159f3b9fdd7d4423d5dbeab0a2459e0c8f"
KEPT = ("package/test/serverMockup/", "package/LICENSE")


def main() -> None:
    """Both of them, each only when it is not there yet."""
    FOLDER.parent.mkdir(mode=0o700, exist_ok=True)
    FOLDER.mkdir(exist_ok=True)
    for name, fetch in (("python", fetch_packages), ("onvif", fetch_replies)):
        try:
            fetch(FOLDER / name)
        except (OSError, subprocess.CalledProcessError, tarfile.TarError) as error:
            sys.stdout.write(f"no peers in var/peers/{name}, their tests are skipped: {error}\n")


def fetch_packages(target: Path) -> None:
    """The packages of requirements-peers.txt, by their hashes and without what they would like besides."""
    stamp = target / ".requirements"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(target, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "--target", str(target), "-r", str(REQUIREMENTS)], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def fetch_replies(target: Path) -> None:
    """The recorded replies of the npm package, when its content is the one that is known."""
    if target.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "pack", "--silent", "--pack-destination", folder, REPLIES]
        subprocess.run(npm, check=True, stdout=subprocess.DEVNULL)
        content = next(Path(folder).glob("*.tgz")).read_bytes()
    if hashlib.sha256(content).hexdigest() != REPLIES_SHA256:
        raise OSError(f"{REPLIES} is not the content it was")
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            if member.isfile() and member.name.startswith(KEPT):
                # By its last name only: what an archive says of folders is not followed.
                (unfinished / Path(member.name).name).write_bytes(archive.extractfile(member).read())  # type: ignore[union-attr]
    unfinished.rename(target)


if __name__ == "__main__":
    main()
