"""Ngưỡng của camera: from where on a picture is black or still, a clock wrong, a recording missing; data, dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class CameraLimits:
    """Ngưỡng camera (data/camera_limits.csv). Luma and differences are of 0 to 255.

    `still_samples` samples in a row must be still before a picture is frozen: a quiet corridor is still now and then.
    `frame_for` is how long a verified frame proves that a camera works, `site_cameras` how many must fail together to
    be one finding about their site.
    """

    black_mean: float
    black_std: float
    still_difference: float
    still_samples: int
    clock_warning: timedelta
    clock_fault: timedelta
    recording_gap: timedelta
    frame_for: timedelta
    site_cameras: int
