"""A working day in every feed at once, so that no page of the desk is empty; and what axe-core says of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from alarm_support import CAMERA, CROWD, PACE, store_alarms
from attendance_support import a_staffed_morning
from axe_playwright_python.sync_playwright import Axe
from briefing_support import a_job_worker
from camera_support import a_pass
from cases_support import take_in_cases
from city_alert_support import a_flood
from glass_support import LEAST_CONTRAST_RULES
from judgments_support import a_register
from people_support import CHIEF, a_screen
from playwright.sync_api import Page
from reception_support import a_morning_of_visits
from reports_support import a_morning, store_reports
from security_support import a_record, heard, store
from software_support import a_probe, looked_for

from access.principal import Principal
from actions.hand_over import hand_over, take_over
from actions.issue_directive import WantedDirective, issue_directive
from actions.make_briefing import ask_briefing
from domain.local_time import local_day
from domain.permissions import Role
from domain.security import SecurityKind
from domain.software_systems import HealthState

OPERATOR = Principal(Role.OPERATOR, "p", "truc")
# Without `preload` no stylesheet is fetched a second time: only the rule on locked orientation would need that, and no
# stylesheet of ours turns a page.
QUICK = {"resultTypes": ["violations"], "preload": False, "iframes": False}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}} | QUICK


def a_day_at_work(served: Any, folder: Path) -> None:
    """Cases, reports, staff, visitors, cameras, events, alarms, a shift, a directive, a briefing, a flood, a screen."""
    database, organisation, now = served.database, served.organisation, served.clock()
    units = [unit.code for unit in organisation.case_units_on(now.date())]
    take_in_cases(database, organisation, folder, now)
    store_reports(database, organisation, a_morning(units, now), now)
    a_staffed_morning(database, units, now)
    a_morning_of_visits(database, units, now)
    a_register(database, units, now)
    a_pass(database, dict.fromkeys(units, 4), now, lost=[f"{units[1]}-02"])
    store(database, a_record(units[0], SecurityKind.TAMPER, now - timedelta(minutes=12), f"{units[0]}-01"), now=now)
    heard(database, "security", "cases", now=now)
    here = {"unit": units[1], "unit_name": ""}
    alarms = (replace(CROWD, **here), replace(CAMERA, members=(f"{units[1]}-02",), **here), PACE)
    store_alarms(database, now - timedelta(minutes=12), *alarms)
    take_over(database, OPERATOR, organisation, now - timedelta(hours=9))
    hand_over(database, OPERATOR, organisation, "Camera mất tín hiệu đã báo đơn vị.", now - timedelta(hours=1))
    due = f"{local_day(now) + timedelta(days=2):%d/%m/%Y}"
    issue_directive(
        database, CHIEF, organisation, WantedDirective(units[1], "Rà soát việc trên 12 tháng", "", due), now
    )
    ask_briefing(database, CHIEF, organisation, "morning", "", now)
    a_job_worker(database, organisation, served.clock)(now)
    a_probe(database, "email", "tcp://127.0.0.1:1", now - timedelta(minutes=9))
    a_probe(database, "archive", "tcp://127.0.0.1:1", now - timedelta(minutes=9))
    states = {"email": HealthState.SILENT, "archive": HealthState.ANSWERING}
    looked_for(database, states, now - timedelta(minutes=8), now, "Cổng đóng.")
    a_flood(database, now, units[1:3])
    a_screen(database, now)


def access_problems(page: Page, only_contrast: bool = False) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA on the page as it stands: rule, place, reason."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = LEAST_CONTRAST_RULES | QUICK if only_contrast else WCAG
    found = page.evaluate("async (rules) => (await axe.run(document, rules)).violations", rules)
    return [
        f"{rule['id']}: {node['target']}: {' '.join(node['failureSummary'].split())[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
