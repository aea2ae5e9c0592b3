"""The product's commands: `python manage.py run`, `statistics`, `import-cases` and others (`python manage.py --help`).

This file must be readable by an old Python, which it tells what is needed; everything else lives in manage_commands/.
"""

import os
import sys

NEEDED = (3, 11)
NEWER = ("python3.11", "python3.12", "python3.13", "python3.14")


def use_a_newer_python():
    """Go on in a newer Python when one is installed, else say which one is needed and leave with 1."""
    from shutil import which

    found = [path for path in map(which, NEWER) if path]
    if found and "MANAGE_PYTHON_CHOSEN" not in os.environ:
        os.environ["MANAGE_PYTHON_CHOSEN"] = "1"
        os.execv(found[0], [found[0]] + sys.argv)
    message = (
        "Cần Python 3.11 trở lên; đang dùng Python %d.%d. Cài python3.11 rồi chạy lại: make run PYTHON=python3.11\n"
    )
    sys.stderr.buffer.write((message % sys.version_info[:2]).encode("utf-8"))
    sys.exit(1)


if __name__ == "__main__":
    if sys.version_info < NEEDED:
        use_a_newer_python()
    from manage_commands.environment import leave_with

    sys.exit(leave_with(sys.argv[1:]))
