"""How long a pass over a hundred cameras takes, all pictures due, against the demo city's cameras on this machine."""

from __future__ import annotations

import resource
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from connectors.cameras.endpoint import CameraEndpoint, Login  # noqa: E402
from connectors.cameras.ladder import Climb, check_cameras  # noqa: E402
from data_access.camera_limits import load_camera_limits  # noqa: E402
from demo_city.camera_service import CameraService  # noqa: E402
from demo_city.cameras import PASSWORD, USER, CityCameras  # noqa: E402
from demo_city.moods import MOODS  # noqa: E402
from demo_city.units import Pack  # noqa: E402
from domain.cameras import CameraHealth, CameraState, verdict_of  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 44, tzinfo=UTC)
NUMBER = 100


def main() -> None:
    """Three passes a minute apart in the cameras' time; link_cut, so that five say nothing until the deadline."""
    limits = load_camera_limits(NOW.date())
    units = Pack(ROOT / "data" / "organisations" / "hue-two-level").units_on(NOW.date())
    city = CityCameras(units, 2027, MOODS["link_cut"], NOW.date())
    port = CameraService(0, city, lambda: NOW).start()
    cameras = [
        CameraEndpoint(f"{at:03d}-{one.code}", "127.0.0.1", port, one.path, Login(USER, PASSWORD))
        for at, one in enumerate((city.cameras * 2)[:NUMBER])
    ]
    healths: dict[str, CameraHealth] = {}
    for turn in range(3):
        now, began = NOW + timedelta(minutes=turn), time.monotonic()
        healths = check_cameras(cameras, healths, Climb(limits, shutil.which("ffmpeg"), now))
        lasted = time.monotonic() - began
        seen = sum(
            verdict_of(health, limits, now + timedelta(seconds=lasted)).state is CameraState.WORKING
            for health in healths.values()
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"pass {turn + 1}: {lasted:.1f} s, {seen} of {NUMBER} confirmed, "
            f"decoders used {used.ru_utime + used.ru_stime:.1f} s of processor so far"
        )


if __name__ == "__main__":
    main()
