"""The faces of a panel, the bullet's scale, the strip and the frame."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from components_support import a_source, parts, words

from components import ids, wall_frame
from components.bullet import rate_bullet, shared_scale
from components.freshness_strip import freshness_strip
from components.panel import empty_face, failed_face, loading_face
from components.pulse import pulse_stores
from domain.rates import RateComparison
from scenes.registry import SCENES


def test_each_face_says_what_is_the_matter() -> None:
    assert "đang tải" in words(loading_face("Camera"))
    assert "chưa có số liệu" in words(empty_face("Camera"))
    assert "Không tải được · mã sự cố SC-7F3AKM" in words(failed_face("Camera", "SC-7F3AKM"))


def test_a_bar_never_leaves_its_scale() -> None:
    rate = RateComparison(Decimal("130"), Decimal("83.5"), Decimal("-1"))
    bullet = rate_bullet(rate, shared_scale([rate]))
    shares = [part.x for part in parts(bullet) if hasattr(part, "x")]
    widths = [part.width for part in parts(bullet) if hasattr(part, "width")]
    assert all(0 <= float(share.rstrip("%")) <= 100 for share in [*shares, *widths])


def test_the_scale_is_the_smallest_that_holds_every_mark() -> None:
    assert shared_scale([RateComparison(Decimal("22.3"), Decimal("40"))]) == 40
    assert shared_scale([RateComparison(Decimal("22.3"), Decimal("40.1"))]) == 50
    assert shared_scale([RateComparison(None)]) == 40


def test_the_strip_tells_never_from_not_connected_from_aging() -> None:
    aging = a_source()
    never = a_source(name="cameras", title="Camera", newest_record_at=None)
    nobody = a_source(name="reception", title="Tiếp công dân", configured=False)
    strip = freshness_strip([aging, never, nobody], is_sample=False)
    assert words(strip) == "Quản lý án Camera chưa có số liệu Tiếp công dân chưa kết nối"


def test_sample_figures_are_labelled_and_real_ones_are_not() -> None:
    assert "Dữ liệu mẫu" in words(freshness_strip([], is_sample=True))
    assert "Dữ liệu mẫu" not in words(freshness_strip([], is_sample=False))


def test_each_id_is_drawn_once_in_the_frame() -> None:
    drawn = Counter(part.id for part in parts(wall_frame.wall_frame()) if getattr(part, "id", None))
    assert set(drawn.values()) == {1}
    assert drawn.keys() | {ids.UNITS_EMBEDDED} == {panel.id for scene in SCENES for panel in scene.panels}


def test_a_desk_names_its_topics_for_the_browser() -> None:
    stores = pulse_stores("cases", "sources").to_plotly_json()
    assert stores["props"]["data-pulse"] == "cases sources"
    assert [store.id for store in stores["props"]["children"]] == ["pulse-cases-store", "pulse-sources-store"]
