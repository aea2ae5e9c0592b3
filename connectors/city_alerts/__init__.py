"""Warnings of the city's monitoring centre: CAP 1.2 that is polled or pushed, and a plain signed list."""

from connectors.city_alerts.cap import alert_of_cap
from connectors.city_alerts.cleaning import AlertRefused
from connectors.city_alerts.feed import CapFeed
from connectors.city_alerts.stated import ParsedAlerts, parse_pushed_alerts

__all__ = ["AlertRefused", "CapFeed", "ParsedAlerts", "alert_of_cap", "parse_pushed_alerts"]
