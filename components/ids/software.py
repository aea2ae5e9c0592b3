"""Ids of the page of the sector's software."""

from __future__ import annotations

from typing import Final

SOFTWARE_FILTER: Final = "software_systems-filter-store"
SOFTWARE_FIGURES: Final = "software_systems-figures-list"
SOFTWARE_LIST: Final = "software_systems-systems-list"
SOFTWARE_RETIRED: Final = "software_systems-retired-list"
SOFTWARE_NAME: Final = "software_systems-name-words"
SOFTWARE_ONE: Final = "software_systems-one-list"
SOFTWARE_MONTHS: Final = "software_systems-months-list"
SOFTWARE_OUTAGES: Final = "software_systems-outages-list"
SOFTWARE_PROBES: Final = "software_systems-probes-list"
SOFTWARE_STATED: Final = "software_systems-stated-list"
SOFTWARE_TRY: Final = "software_systems-try-button"
SOFTWARE_TRIED: Final = "software_systems-tried-words"
SOFTWARE_AGREEMENT: Final = "software_systems-agreement-table"
