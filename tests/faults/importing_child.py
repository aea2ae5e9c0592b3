"""A process that takes in whatever lies in an inbox, until it is done or killed. Run by test_killed_imports.py."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from access.principal import Principal
from actions.case_inbox import CaseInbox, poll_case_inbox
from actions.import_cases import CaseImporter
from actions.import_cases.interruptions import recover_interrupted
from data_access.regimes import load_regimes
from data_access.session import Database
from data_access.units import load_organisation

ROOT = Path(__file__).resolve().parents[2]


def main(address: str, folder: str) -> None:
    """Recover, then poll until nothing waits."""
    database = Database(address, audit_key=b"faults")
    organisation = load_organisation(ROOT / "data" / "organisations" / "hue-two-level")
    importer = CaseImporter(database, organisation, load_regimes())
    inbox = CaseInbox(Path(folder))
    recover_interrupted(database)
    while inbox.waiting():
        poll_case_inbox(database, importer, inbox, Principal.worker(), datetime(2026, 11, 23, 2, 40, tzinfo=UTC))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
