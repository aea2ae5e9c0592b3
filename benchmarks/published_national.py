"""The whole country of nine months of 2017, 736,747 việc, the whole way: workbooks in, published figures out."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from published_support import plan_of, published, write_workbook  # noqa: E402

from access.principal import Principal  # noqa: E402
from actions.import_cases import CaseImporter, ImportMode  # noqa: E402
from data_access.counters import figures_of  # noqa: E402
from data_access.regimes import load_regimes  # noqa: E402
from data_access.schema import upgrade_schema  # noqa: E402
from data_access.session import Database  # noqa: E402
from data_access.units import load_organisation  # noqa: E402
from domain.cases import regime_on  # noqa: E402
from domain.statistics import Period  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
WORKER = Principal.worker()
PROVED = {
    "thu_ly": "total_docketed",
    "cu_chuyen_sang": "carried_over",
    "thu_ly_moi": "newly_docketed",
    "phai_thi_hanh": "to_enforce",
    "co_dieu_kien": "enforceable",
    "chua_co_dieu_kien": "not_enforceable",
    "thi_hanh_xong": "completed",
    "chuyen_ky_sau": "carried_forward",
    "co_dk_chuyen_ky_sau": "enforceable_carried_forward",
}


def main() -> None:
    """Import one workbook per unit and compare every published figure; exits with 1 on the first that differs."""
    stated = published()["nat_2017_9m"]["viec"]
    plan = plan_of(
        "nat_2017_9m",
        completed=stated["thi_hanh_xong"],
        enforceable=stated["co_dieu_kien"],
        not_enforceable=stated["chua_co_dieu_kien"],
        entrusted=stated["uy_thac_thu_hoi_derived"],
        carried=stated["cu_chuyen_sang"],
    )
    organisation = load_organisation(ROOT / "data" / "organisations" / "hue-two-level")
    units = [unit.code for unit in organisation.case_units_on(plan.to_on)]
    share = -(-plan.cases // len(units))
    with tempfile.TemporaryDirectory() as name:
        database = Database(f"sqlite:///{Path(name) / 'bench.sqlite'}", audit_key=b"benchmark")
        upgrade_schema(database)
        importer = CaseImporter(database, organisation, load_regimes())
        seconds = 0.0
        for position, unit in enumerate(units):
            path = Path(name) / f"{unit}_den-ngay-{plan.to_on:%Y-%m-%d}.xlsx"
            write_workbook(plan, path, unit, range(position * share + 1, (position + 1) * share + 1))
            began = time.perf_counter()
            importer.take_in(WORKER, path, ImportMode.FULL, NOW)
            seconds += time.perf_counter() - began
            path.unlink()
        began = time.perf_counter()
        with database.reading() as session:
            period = Period(plan.from_on, plan.to_on)
            cases = figures_of(session, WORKER, organisation, period, regime_on(load_regimes(), plan.to_on)).cases
        asked = time.perf_counter() - began
        database.close()
    for key, figure in PROVED.items():
        if getattr(cases, figure) != stated[key]:
            raise SystemExit(f"{figure}: {getattr(cases, figure)} is not the published {stated[key]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"national set of {plan.cases} việc the whole way: {seconds:.0f} s for {len(units)} workbooks (N=1), "
        f"figures asked in {asked * 1000:.0f} ms, {len(PROVED)} published figures equal, "
        f"rate {cases.completion_rate} %; peak {peak:.0f} MB; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
