"""The product's own Python environment: made once, made again when requirements change. Standard library only.

This runs before anything is installed, so it imports nothing of ours but its two neighbours that need nothing either.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from manage_commands.progress import Progress, step

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
RUN = "requirements.txt"
DEV = "requirements-dev.txt"
NEEDED_FREE_BYTES = 1_000_000_000


class Refused(Exception):
    """The command cannot be carried out; the message is for the person, in Vietnamese, and the exit code is 1."""


def leave_with(arguments: list[str]) -> int:
    """Carry the command out inside the product's environment and return its exit code.

    1. A command line that only needs the environment (`prepare`) stays in the Python it was started with.
    2. Everything else goes on inside .venv, which is made or renewed first; a virtual environment that already holds
       the product is used as it is.
    3. A Refused becomes its message and 1, a full disk becomes a plain sentence and 1.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        if arguments[:1] == ["prepare"]:
            from manage_commands.test_tools import prepare

            prepare()
            return 0
        enter(RUN)
        from manage_commands.commands import carry_out

        return carry_out(arguments)
    except Refused as refusal:
        print(f"Không thực hiện được: {refusal}", file=sys.stderr)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"Không thực hiện được: {disk_full_message(ROOT)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu.", file=sys.stderr)
        return 130
    return 1


def enter(requirements: str) -> None:
    """Return when this Python is the product's own; otherwise make it ready and start again inside it."""
    inside_own = Path(sys.prefix).resolve() == VENV.resolve()
    inside_other = sys.prefix != sys.base_prefix and not inside_own
    if inside_other and importlib.util.find_spec("dash"):
        return
    if inside_own and is_fresh(requirements, this_version()):
        return
    if inside_own or not is_fresh(requirements):
        make_environment(requirements)
    python = venv_python()
    sys.stdout.flush()
    os.execv(python, [python, str(ROOT / "manage.py"), *sys.argv[1:]])


def make_environment(requirements: str) -> None:
    """Create .venv when it is not usable and install the pinned, hashed requirements into it; raises Refused."""
    refuse_a_full_disk(ROOT)
    if not is_usable():
        with step("Tạo môi trường Python (.venv)"):
            create_venv()
    with step(f"Cài thư viện ({requirements})") as progress:
        install(requirements, progress)
    for name in {requirements, RUN}:
        stamp_file(name).write_text(stamp(name, venv_version()), encoding="utf-8")


def is_fresh(requirements: str, version: str | None = None) -> bool:
    """Whether .venv was completed with exactly this requirements file, in this folder (and by this Python)."""
    try:
        written = stamp_file(requirements).read_text(encoding="utf-8")
    except OSError:
        return False
    if not os.access(venv_python(), os.X_OK):
        return False
    expected = stamp(requirements, version or written.split(" ", 1)[0])
    return written == expected


def stamp(requirements: str, version: str) -> str:
    """What identifies a finished environment: Python version, file content, and place (scripts hold absolute paths)."""
    digest = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    return f"{version} {digest} {ROOT}"


def stamp_file(requirements: str) -> Path:
    return VENV / f"installed-{requirements}"


def venv_python() -> str:
    return str(VENV / "bin" / "python")


def this_version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def venv_version() -> str:
    """'3.11', asked of the environment itself."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([venv_python(), "-c", question], capture_output=True, text=True, check=True).stdout.strip()


def is_usable() -> bool:
    """Whether .venv holds a Python that is new enough and has pip."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([venv_python(), "-c", question], capture_output=True).returncode == 0
    except OSError:
        return False


def create_venv() -> None:
    """An empty environment with pip; raises Refused when this Python cannot make one."""
    base = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode == 0:
        return
    said = made.stdout + made.stderr
    if is_about_space(said):
        raise Refused(disk_full_message(ROOT))
    if "ensurepip" in said:
        raise Refused(f"Python này thiếu gói venv. Cài python{this_version()}-venv rồi chạy lại.")
    raise Refused(f"không tạo được {VENV}:\n{last_lines(said)}")


def install(requirements: str, progress: Progress) -> None:
    """Install with pip, which refuses whatever does not match its hash; raises Refused with pip's last words."""
    command = [venv_python(), "-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "-r", str(ROOT / requirements)]
    total = sum("==" in line for line in (ROOT / requirements).read_text(encoding="utf-8").splitlines())
    said: list[str] = []
    done = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
                done += 1
                progress.detail = f"{min(done, total)}/{total} gói"
            elif line.startswith("Installing collected packages"):
                progress.detail = "đang ghi vào đĩa"
    (VENV / "pip.log").write_text("".join(said), encoding="utf-8")
    if pip.returncode == 0:
        return
    text = "".join(line for line in said if not line.startswith("WARNING"))
    if is_about_space(text):
        raise Refused(disk_full_message(ROOT))
    raise Refused(f"cài thư viện thất bại (nhật ký: {VENV / 'pip.log'}):\n{last_lines(text)}")


def refuse_a_full_disk(folder: Path) -> None:
    """Raise Refused when the disk of `folder` has less than 1 GB free: the database must never meet its end."""
    if shutil.disk_usage(folder).free < NEEDED_FREE_BYTES:
        raise Refused(disk_full_message(folder))


def disk_full_message(folder: Path) -> str:
    """A sentence with the place and what is free, in decimal GB."""
    free = f"{shutil.disk_usage(folder).free / 1_000_000_000:.1f}".replace(".", ",")
    return f"đĩa chứa {folder} còn {free} GB, cần ít nhất 1 GB trống. Hãy dọn đĩa rồi chạy lại."


def is_about_space(text: str) -> bool:
    return "No space left on device" in text or "Errno 28" in text


def last_lines(text: str, count: int = 12) -> str:
    return "\n".join(text.strip().splitlines()[-count:])
