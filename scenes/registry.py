"""Every wall scene, in the order of the header; the worker draws these and nothing else."""

from __future__ import annotations

from scenes import overview

SCENES = (overview.SCENE,)
