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
# The library of the Standard Webhooks project for Node (MIT), and what it stands on (MIT, Unlicense).
NODE_PACKAGES = {
    "standardwebhooks@1.0.0": "935d8e1b8b303dd39f4c88df6f00579bec32a597bd0f193a9db7545e9610dbbd",
    "@stablelib/base64@1.0.1": "0130711d2e0d3f87436c7825db1f35bd6134fba2eda64b0df43d781f9b6a596a",
    "fast-sha256@1.3.0": "4f897ea2594dc9cfb1250e7d4d0f65b4f105952a802fff2d06990bf1dc2c84f6",
}


def main() -> None:
    """Each only when it is not there yet."""
    FOLDER.parent.mkdir(mode=0o700, exist_ok=True)
    FOLDER.mkdir(exist_ok=True)
    for name, fetch in (("python", fetch_packages), ("onvif", fetch_replies), ("node", fetch_node_packages)):
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


def packed(package: str, sha256: str) -> bytes:
    """A package of npm as it is published, when its content is the one that is known."""
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "pack", "--silent", "--pack-destination", folder, package]
        subprocess.run(npm, check=True, stdout=subprocess.DEVNULL)
        content = next(Path(folder).glob("*.tgz")).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OSError(f"{package} is not the content it was")
    return content


def fetch_node_packages(target: Path) -> None:
    """The packages for Node side by side, as a node_modules folder; nothing of them is run while they are fetched."""
    if target.exists():
        return
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for package, sha256 in NODE_PACKAGES.items():
        place = unfinished / "node_modules" / package.rpartition("@")[0]
        with tarfile.open(fileobj=io.BytesIO(packed(package, sha256))) as archive:
            archive.extractall(place, filter="data")
        for inner in (place / "package").iterdir():
            inner.rename(place / inner.name)
    unfinished.rename(target)


def fetch_replies(target: Path) -> None:
    """The recorded replies of the npm package, when its content is the one that is known."""
    if target.exists():
        return
    content = packed(REPLIES, REPLIES_SHA256)
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
