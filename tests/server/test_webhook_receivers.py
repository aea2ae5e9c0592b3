"""Receivers on the screen: registered and keyed by an administrator only; tried, replayed; the contracts are given."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from gate_support import ORIGIN, STRANGER, Site, build
from people_support import CAST
from standardwebhooks.webhooks import Webhook
from webhook_support import ADMINISTRATOR

from components.integrations_desk import CONTRACTS, PUSHES, VERIFY_PYTHON, push_examples
from data_access.webhook_receivers import receivers
from domain.units import Organisation

FORM = {"do": "add", "name": "IOC", "address": "https://ioc.hue.example/hook", "group": ["alarm", "period"]}
PATH = "/integrations/receivers"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Site:
    return build(tmp_path, sqlite_template, organisation, now)


def send(site: Site, who: str = "quantri", **form: object):  # type: ignore[no-untyped-def]
    return site.as_(who).post(PATH, data=form, headers=ORIGIN)


def known(site: Site):  # type: ignore[no-untyped-def]
    with site.database.reading() as session:
        return receivers(session, ADMINISTRATOR)


def test_a_receiver_is_registered_its_key_shown_once_then_switched_and_removed(site: Site) -> None:
    shown = send(site, **FORM).get_data(as_text=True)
    key = re.search(r"whsec_[\w+/=]+", shown)
    assert key is not None
    page = site.as_("quantri").get(PATH).get_data(as_text=True)
    assert "ioc.hue.example" in page and key[0] not in page
    (one,) = known(site)
    assert one.groups == ("alarm", "period") and one.is_enabled
    assert send(site, do="off", receiver=one.public_id).status_code == 303
    assert not known(site)[0].is_enabled
    renewed = send(site, do="renew", receiver=one.public_id).get_data(as_text=True)
    assert "whsec_" in renewed and key[0] not in renewed
    assert send(site, do="remove", receiver=one.public_id).status_code == 303
    assert known(site) == []
    assert send(site, do="on", receiver=one.public_id).status_code == 400


def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site) -> None:
    answer = send(site, **{**FORM, "address": "ftp://ioc.hue.example"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "https://" in page and "ftp://ioc.hue.example" in page
    assert send(site, **{**FORM, "group": []}).status_code == 400 and known(site) == []


def test_everybody_else_is_refused_and_sees_no_key(site: Site) -> None:
    for who in set(CAST) - {"quantri"}:
        assert send(site, who, **FORM).status_code == 403
        assert site.as_(who).get(PATH).status_code == 403
    assert site.as_(STRANGER).get("/integrations/contracts/outbound-webhooks").status_code in (302, 401)


@pytest.mark.parametrize("name", [name for name, _ in CONTRACTS])
def test_every_contract_that_the_page_names_is_given(site: Site, name: str) -> None:
    answer = site.as_("truc").get(f"/integrations/contracts/{name}")
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    assert answer.get_data(as_text=True).startswith("# ")


def test_no_other_file_is_given(site: Site) -> None:
    for name in ("operations", "..%2fREADME", "%2e%2e", "glossary.md"):
        assert site.as_("quantri").get(f"/integrations/contracts/{name}").status_code == 404


@pytest.mark.parametrize("what", range(len(PUSHES)))
def test_the_examples_of_what_may_be_sent_in_are_signed_and_taken(site: Site, what: int) -> None:
    path = PUSHES[what][1]
    purpose = {
        "/api/observations": "figures/documents",
        "/api/city-alerts": "alerts/",
        "/api/directives": "directives/",
    }
    form = {"do": "add", "name": "IOC", "what": purpose[path]}
    page = site.as_("quantri").post("/observations/senders", data=form, headers=ORIGIN).get_data(as_text=True)
    key, address = re.search(r"whsec_[\w+/=]+", page), re.search(rf"{path}/[\w-]+", page)
    assert key is not None and address is not None
    _, script = push_examples("http://localhost", site.clock())[what]
    assert f"http://localhost{path}/MA_HE_THONG" in script
    signing = script[: script.index("curl ")] + 'printf \'%s\\n%s\\n%s\\n%s\' "$ID" "$AT" "$SIGN" "$BODY"'
    environment = {"SECRET": key[0], "PATH": os.environ["PATH"]}
    run = subprocess.run(["bash", "-c", signing], env=environment, capture_output=True, text=True, check=True)
    webhook_id, at, signature, body = run.stdout.split("\n", 3)
    signed = {"webhook-id": webhook_id, "webhook-timestamp": at, "webhook-signature": f"v1,{signature}"}
    told = site.as_(STRANGER).post(address[0], data=body.encode(), headers=signed, content_type="application/json")
    assert told.json is not None and (told.json["accepted"], told.json["refused"]) == (1, []), told.text


def test_the_example_of_who_receives_does_what_it_says() -> None:
    key = "whsec_" + "QUJD" * 8
    seen: set[str] = set()
    names = {"da_nhan": lambda one: one in seen, "xu_ly": lambda kind, data: seen.add(f"{kind} {data['id']}")}
    exec(VERIFY_PYTHON.replace("whsec_...", key), names)
    told, moment = '{"type":"alarm.opened","data":{"id":"A1"}}', datetime.now(UTC)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(moment.timestamp()))}
    headers["webhook-signature"] = Webhook(key).sign("msg_1", moment, told)
    assert names["nhan"](told.encode(), headers) == 204 and seen == {"alarm.opened A1"}  # type: ignore[operator]
    with pytest.raises(Exception, match="too old"):
        late = moment - timedelta(minutes=6)
        headers["webhook-timestamp"] = str(int(late.timestamp()))
        names["nhan"](told.encode(), headers)  # type: ignore[operator]
