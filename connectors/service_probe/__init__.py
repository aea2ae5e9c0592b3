"""Asks one system of the sector whether it lives: one file for each way. Nothing is stored, nothing is changed there.

What a peer says of other addresses is never followed; host and port stay those that an administrator typed.
"""

from connectors.service_probe.address import Address, ProbeRefused, read_address
from connectors.service_probe.asking import BUDGET, ProbeTarget, ask

__all__ = ["BUDGET", "Address", "ProbeRefused", "ProbeTarget", "ask", "read_address"]
