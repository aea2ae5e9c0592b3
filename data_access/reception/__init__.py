"""Citizen reception: storing visits and petitions, and what may be asked about them."""

from data_access.reception.questions import (
    PetitionRegister,
    Visit,
    past_delegations,
    petition_list,
    petition_register,
    reception_month,
    reception_on,
    visit_by_public_id,
    visit_of,
    visits_between,
    visits_on,
)
from data_access.reception.saving import FORM, SYSTEM, save_petitions, save_visits

__all__ = [
    "FORM",
    "SYSTEM",
    "PetitionRegister",
    "Visit",
    "past_delegations",
    "petition_list",
    "petition_register",
    "reception_month",
    "reception_on",
    "save_petitions",
    "save_visits",
    "visit_by_public_id",
    "visit_of",
    "visits_between",
    "visits_on",
]
