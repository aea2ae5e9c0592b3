"""What every route has in common that a registered system pushes to: the signature's headers, refusals, answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from flask import Response, request

from access.rate_limits import RateLimit
from actions.known_sender import PushRefused
from connectors.base import RefusedRecord
from connectors.pushed_list import PushUnreadable

BODY_BYTES = 1_000_000
PUSHES_PER_MINUTE = 120
LONGEST_NAMED = 64
SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")


def answered_push(
    sender: str, limit: RateLimit, take: Callable[[bytes, Mapping[str, str]], Mapping[str, object]]
) -> Response:
    """200 with what `take` says of body and signature; 400 for what cannot be read, 401 for anybody unknown, 413, 429.

    Who is not registered and whose signature does not hold get the same 401.
    """
    if seconds := limit.wait_for(sender[:LONGEST_NAMED]):
        refused = push_problem(429, "Gửi quá nhanh: chờ rồi gửi lại.")
        refused.headers["Retry-After"] = str(seconds)
        return refused
    body = request.get_data(cache=False)
    if len(body) >= BODY_BYTES:
        return push_problem(413, "Nội dung quá lớn: chia thành nhiều lần gửi.")
    signed = {name: request.headers.get(name, "") for name in SIGNED}
    try:
        said = take(body, signed)
    except PushRefused:
        return push_problem(401, "Chữ ký hoặc khóa không đúng.")
    except PushUnreadable as unreadable:
        return push_problem(400, str(unreadable))
    return Response(json.dumps(said, ensure_ascii=False), 200, mimetype="application/json")


def refused_items(refused: Iterable[RefusedRecord]) -> list[dict[str, str]]:
    """Refused records as an answer says them."""
    return [
        {"reference": each.reference, "field": each.field, "value": each.value, "reason": each.reason}
        for each in refused
    ]


def push_problem(status: int, words: str) -> Response:
    """A refusal of the whole push (RFC 9457)."""
    body = json.dumps({"status": status, "title": words}, ensure_ascii=False)
    return Response(body, status, mimetype="application/problem+json")
