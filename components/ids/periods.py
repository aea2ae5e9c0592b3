"""Ids of the page of periods and forms."""

from __future__ import annotations

from typing import Final

PERIODS_ADDRESS: Final = "periods-filter-address"
PERIODS_FILTER: Final = "periods-filter-store"
PERIODS_PERIOD: Final = "periods-period-select"
PERIODS_VERSION: Final = "periods-version-select"
PERIODS_KIND: Final = "periods-kind-select"
PERIODS_SWITCH: Final = "periods-counted-list"
PERIODS_EXPORTS: Final = "periods-exports-list"
PERIODS_FORM: Final = "periods-form-list"
PERIODS_WAITING: Final = "periods-waiting-list"
PERIODS_LOG: Final = "periods-log-list"
PERIODS_OFFER: Final = "periods-offer-list"
PERIODS_CORRECTION: Final = "periods-correction-form"
PERIODS_REASON: Final = "periods-reason-input"
PERIODS_PRESSED: Final = "periods-action-store"
PERIODS_CORRECT: Final = "periods-correct-button"
PERIODS_SAID: Final = "periods-said-list"
PERIODS_NUMBER: Final = "periods-number-input"
PERIODS_NUMBER_SAVE: Final = "periods-number-button"
PERIODS_NUMBERED: Final = "periods-numbered-list"
PERIODS_RECONCILED: Final = "periods-reconciled-list"


def period_button(action: str, period: str) -> dict[str, str]:
    """The id of the button that closes a period."""
    return {"type": "periods-action-button", "action": action, "period": period}
