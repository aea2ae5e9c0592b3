"""Every route beside sign-in and pairing: files that come and go, exports, what machines push."""

from __future__ import annotations

from flask import Flask

from access.vault import Vault
from actions.case_inbox import CaseInbox
from data_access.site import Site
from server.adms import install_adms
from server.agenda import install_agenda
from server.alarm_exports import install_alarm_exports
from server.api import install_api
from server.api_tokens import install_api_tokens
from server.briefing_exports import install_briefing_exports
from server.city_push import install_city_push
from server.exports import install_exports
from server.files import install_files
from server.form_exports import install_form_exports
from server.form_reconciliations import install_form_reconciliations
from server.observation_push import install_observation_push
from server.plain_pages import PlainPages
from server.programme_exports import install_programme_exports
from server.service_accounts import install_service_accounts
from server.source_connections import install_source_connections
from server.stills import install_stills
from server.webhook_receivers import install_webhook_receivers


def install_routes(server: Flask, site: Site, plain: PlainPages) -> None:
    """Add them; each declares its policy where it is written."""
    vault = Vault(site.sources_key)
    install_files(server, site, CaseInbox(site.inbox), plain)
    install_exports(server, site)
    install_programme_exports(server, site)
    install_alarm_exports(server, site)
    install_form_exports(server, site)
    install_form_reconciliations(server, site, plain)
    install_briefing_exports(server, site)
    install_source_connections(server, site, vault, plain)
    install_stills(server, site, vault)
    install_adms(server, site)
    install_agenda(server, site, plain)
    install_observation_push(server, site, vault, plain)
    install_city_push(server, site, vault)
    install_service_accounts(server, site, plain)
    install_api_tokens(server, site)
    install_api(server, site)
    install_webhook_receivers(server, site, vault, plain)
