"""Software of the sector: which systems there are, how they are asked, how they stand and stood."""

from data_access.software_systems.questions import (
    StoredProbe,
    listed_systems,
    live_probes,
    probe_of,
    probes_of_system,
    software_systems,
    system_changes,
)
from data_access.software_systems.saving import (
    TOPIC,
    Look,
    last_intervals,
    save_looks,
    save_probe,
    save_probe_retired,
    save_system_change,
)
from data_access.software_systems.standing import (
    SOURCE,
    SystemYear,
    software_standings,
    system_year,
    system_years,
)

__all__ = [
    "SOURCE",
    "TOPIC",
    "Look",
    "StoredProbe",
    "SystemYear",
    "last_intervals",
    "listed_systems",
    "live_probes",
    "probe_of",
    "probes_of_system",
    "save_looks",
    "save_probe",
    "save_probe_retired",
    "save_system_change",
    "software_standings",
    "software_systems",
    "system_changes",
    "system_year",
    "system_years",
]
