"""SMS and Zalo through somebody's HTTP gateway. What it wants to be sent, and what its answers mean, is data
(docs/guides/administrator.md); secrets come from the environment and stand in no message, record or log."""

import hashlib
import hmac
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from thanthien.notifications.enums import Channel
from thanthien.notifications.outside.letter import Letter, NotNow, Rejected, Unreachable

LONGEST_ANSWER = 65536
SUCCEEDED, REFUSED = tuple(range(200, 300)), (400, 404, 410, 413, 422)
NAME = re.compile(r"\{([^{}]+)\}")
HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Answers:
    """Which answers are meant: by HTTP status, and where the gateway says it inside, by a field ("data.code")."""

    status: tuple[int, ...]
    field: str = ""
    values: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any], status: tuple[int, ...]) -> "Answers":
        values = tuple(str(value) for value in data.get("values", ()))
        return cls(tuple(data.get("status", status)), str(data.get("field", "")), values)


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """How a gateway is asked. Strings of `headers` and `body` may hold {to}, {text}, {title}, {id}, {situation},
    {template} and {token}, and the facts of the message by their own names."""

    url: str
    body: Any
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    form: bool = False  # the body goes as form fields instead of JSON
    phone: str = "+84"  # how numbers begin: +84, 84 or 0
    signature: Mapping[str, str] = field(default_factory=dict)  # {"header": …, "timestamp": …}
    success: Answers = Answers(SUCCEEDED)
    rejected: Answers = Answers(REFUSED)
    reference: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)  # situation: the gateway's own template
    timeout: float = 10
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, channel: Channel) -> "Gateway":
        data = dict(settings.GATEWAYS[channel])
        answers = {
            "success": Answers.of(data.pop("success", {}), SUCCEEDED),
            "rejected": Answers.of(data.pop("rejected", {}), REFUSED),
        }
        return cls(**data, **answers)


def faults(channel: Channel) -> Iterator[str]:
    """What is wrong with the description of this channel's gateway, as sentences."""
    try:
        gateway = Gateway.of(channel)
        parts = urlsplit(gateway.url)
    except (TypeError, ValueError, AttributeError) as error:
        yield _("Mô tả cổng %(channel)s không đúng: %(error)s") % {"channel": channel.label, "error": error}
        return
    if parts.scheme != "https" and parts.hostname not in HERE:
        yield _("Địa chỉ cổng %(channel)s phải bắt đầu bằng https.") % {"channel": channel.label}
    if gateway.method not in ("POST", "PUT"):
        yield _("Cổng %(channel)s phải dùng POST hoặc PUT, để số điện thoại không nằm trong địa chỉ.") % {
            "channel": channel.label
        }
    if gateway.signature and not gateway.secret:
        yield _("Cổng %(channel)s đòi chữ ký nhưng chưa có khóa bí mật.") % {"channel": channel.label}


def deliver(gateway: Gateway, letter: Letter) -> str:
    """The gateway's own reference of the message, where it gives one."""
    status, answer = _ask(_request(gateway, letter), gateway.timeout)
    said = _at(answer, gateway.rejected.field)
    if said is not None and str(said) in gateway.rejected.values:
        raise Rejected(_("Cổng tin nhắn từ chối, mã %(said)s.") % {"said": str(said)[:40]})
    said = _at(answer, gateway.success.field)
    if status in gateway.success.status and (not gateway.success.field or str(said) in gateway.success.values):
        return str(_at(answer, gateway.reference) or "")[:120]
    if status in gateway.rejected.status:
        raise Rejected(_("Cổng tin nhắn từ chối, mã %(said)s.") % {"said": status})
    if said is None and status in gateway.success.status:
        raise NotNow(_("Cổng tin nhắn trả lời không hiểu được (HTTP %(status)s).") % {"status": status})
    code = str(said)[:40] if status in gateway.success.status else status
    raise NotNow(_("Cổng tin nhắn chưa nhận, mã %(said)s.") % {"said": code})


def _request(gateway: Gateway, letter: Letter) -> urllib.request.Request:
    values = _values(gateway, letter)
    filled = _filled(gateway.body, values)
    body = urlencode(filled) if gateway.form else json.dumps(filled, ensure_ascii=False)
    kind = "application/x-www-form-urlencoded" if gateway.form else "application/json; charset=utf-8"
    headers = {"Content-Type": kind, "Idempotency-Key": letter.id} | _filled(dict(gateway.headers), values)
    sent = body.encode()
    if gateway.signature:
        moment = str(int(time.time()))
        headers[gateway.signature.get("timestamp", "X-Timestamp")] = moment
        headers[gateway.signature.get("header", "X-Signature")] = sign(gateway.secret, moment, sent)
    return urllib.request.Request(gateway.url, sent, headers, method=gateway.method)  # noqa: S310  (checked by faults)


def sign(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256, in hex, over the moment (seconds since 1970), a full stop and the body."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _values(gateway: Gateway, letter: Letter) -> dict[str, str]:
    number = gateway.phone + letter.address.removeprefix("+84")
    own = {"to": number, "text": letter.body, "title": letter.title, "id": letter.id, "situation": letter.situation}
    template = gateway.templates.get(letter.situation, "")
    return {**letter.facts, **own, "template": template, "token": gateway.token}


def _filled(part: Any, values: Mapping[str, str]) -> Any:
    """The same structure with every string filled in; what is filled in is not looked at again."""
    if isinstance(part, dict):
        return {name: _filled(value, values) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if not isinstance(part, str):
        return part
    return NAME.sub(lambda found: values.get(found[1], found[0]), part)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A signed message goes where the administrator said, nowhere else."""

    def redirect_request(self, *args: Any) -> None:
        return None


def _ask(request: urllib.request.Request, timeout: float) -> tuple[int, Any]:
    """Status and the JSON of the answer (None when it is none)."""
    try:
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=timeout) as response:
            return response.status, _read(response)
    except urllib.error.HTTPError as error:
        return error.code, _read(error)
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(_("Không nối được cổng tin nhắn: %(error)s") % {"error": str(reason)[:200]}) from error


def _read(response: Any) -> Any:
    try:
        return json.loads(response.read(LONGEST_ANSWER))
    except (ValueError, RecursionError):
        return None


def _at(answer: Any, path: str) -> Any:
    """ "data.code" of {"data": {"code": 7}} is 7; what is not there is None."""
    for name in path.split("."):
        answer = answer.get(name) if isinstance(answer, dict) and path else None
    return answer
