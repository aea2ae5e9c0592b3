"""One finding where a whole site fails, single ones below that, none at all after a stall of our own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ladder_support import LIMITS, NOW, a_camera, a_failing, a_healthy

from domain.cameras import ORDER, Camera, CameraHealth, Fault, FindingKind, PassTimes, RungName, findings_of

MINUTE = timedelta(minutes=1)
IN_TIME = PassTimes(NOW, NOW - MINUTE, MINUTE)


def of_site(number: int, site: str = "S1") -> list[Camera]:
    return [a_camera(f"{site}-{at}", site) for at in range(number)]


def failing(cameras: list[Camera], **how: object) -> dict[str, CameraHealth]:
    return {camera.code: a_failing(camera.code, **how) for camera in cameras}  # type: ignore[arg-type]


def test_two_that_fail_are_two_and_three_are_one_site() -> None:
    cameras = of_site(5)
    two = findings_of(cameras, failing(cameras[:2]), IN_TIME, LIMITS)
    assert (two.sites, [one.camera.code for one in two.cameras]) == ((), ["S1-0", "S1-1"])
    five = findings_of(cameras, failing(cameras), IN_TIME, LIMITS)
    assert five.cameras == () and five.judged
    (site,) = five.sites
    assert (site.site, site.kind, site.title) == ("S1", FindingKind.LINK, "Mất liên kết cơ sở (5 camera)")
    assert five.hidden_cameras == {camera.code for camera in cameras}


def test_no_answer_and_half_an_answer_of_a_cut_line_are_the_same_finding() -> None:
    cameras = of_site(3)
    healths = failing(cameras[:1]) | failing(cameras[1:], name=RungName.DESCRIBED, fault=Fault.BROKEN_ANSWER)
    found = findings_of(cameras, healths, IN_TIME, LIMITS)
    assert (len(found.sites), found.cameras) == (1, ())


@pytest.mark.parametrize(
    ("name", "fault", "kind"),
    [
        (RungName.AUTHENTICATED, Fault.WRONG_PASSWORD, FindingKind.CONFIGURATION),
        (RungName.DESCRIBED, Fault.WRONG_PATH, FindingKind.CONFIGURATION),
        (RungName.DESCRIBED, Fault.REFUSED, FindingKind.STREAM),
        (RungName.DECODES, Fault.NO_FRAME, FindingKind.STREAM),
        (RungName.CLOCK, Fault.CLOCK_OFF, FindingKind.CLOCK),
    ],
)
def test_what_answers_is_no_cut_line_and_hides_no_camera(name: RungName, fault: Fault, kind: FindingKind) -> None:
    cameras = of_site(4)
    found = findings_of(cameras, failing(cameras, name=name, fault=fault), IN_TIME, LIMITS)
    assert [site.kind for site in found.sites] == [kind]
    assert found.hidden_cameras == frozenset()


def test_two_sites_with_two_each_are_four_single_cameras() -> None:
    cameras = of_site(2, "A") + of_site(2, "B")
    found = findings_of(cameras, failing(cameras), IN_TIME, LIMITS)
    assert (found.sites, len(found.cameras)) == ((), 4)


def test_nothing_is_found_after_our_own_stall_and_again_in_the_pass_after_it() -> None:
    cameras = of_site(5)
    healths = failing(cameras)
    stalled = findings_of(cameras, healths, PassTimes(NOW, NOW - 2 * MINUTE - timedelta(seconds=1), MINUTE), LIMITS)
    assert (stalled.sites, stalled.cameras, stalled.judged) == ((), (), False)
    assert findings_of(cameras, healths, PassTimes(NOW, NOW - 2 * MINUTE, MINUTE), LIMITS).sites
    assert findings_of(cameras, healths, PassTimes(NOW, None, MINUTE), LIMITS).sites


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.none() | st.sampled_from(ORDER)), max_size=30))
def test_every_failing_camera_is_in_exactly_one_finding(told: list[tuple[str, RungName | None]]) -> None:
    cameras = [a_camera(f"C{at}", site) for at, (site, _) in enumerate(told)]
    healths = {
        camera.code: a_healthy(camera.code) if name is None else a_failing(camera.code, name)
        for camera, (_, name) in zip(cameras, told, strict=True)
    }
    found = findings_of(cameras, healths, IN_TIME, LIMITS)
    named = [camera.code for site in found.sites for camera in site.cameras]
    named += [one.camera.code for one in found.cameras]
    assert sorted(named) == sorted(code for code, health in healths.items() if health.first_failing)
    assert all(len(site.cameras) >= LIMITS.site_cameras for site in found.sites)
    assert len({(site.site, site.kind) for site in found.sites}) == len(found.sites)
