"""A form sent twice gives one dossier.

The page carries a key that was made with it (`{% idempotency_key %}`, or the header `Idempotency-Key`). The first
answer is stored under it in the transaction of the change; a repeat, also one that comes at the same moment, gets
that answer again. Two tabs have two keys, so that doing a thing twice on purpose stays possible.
"""

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.models import IdempotentReply
from thanthien.core.rules import Refused
from thanthien.core.writing import held, insert, together

View = Callable[..., HttpResponse]
FIELD = "idempotency_key"
KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_key() -> str:
    return uuid.uuid4().hex


def idempotent(view: View) -> View:
    """Wraps a view whose POST changes something. A page with errors (status 200, 422) is no answer: it is not kept."""
    return _idempotent(view, looks_first=True)


def idempotent_hot(view: View) -> View:
    """The same for a view that is asked often and repeated rarely: it saves the look for an earlier answer.

    A repeat then does its work in vain: the key, stored last, is taken, everything is undone, and the first answer is
    given. Only for views that change nothing but the database.
    """
    return _idempotent(view, looks_first=False)


def _idempotent(view: View, *, looks_first: bool) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key, actor = _key_of(request), _actor_of(request)
        if looks_first and (reply := _reply(key, actor, request.path)):
            return reply
        try:
            with transaction.atomic(), held():
                response = view(request, *args, **kwargs)
                if _is_done(response):
                    _store(key, actor, request.path, response)
                    return response
        except (IntegrityError, Refused):
            # Somebody with the same key was quicker: theirs is the answer.
            if reply := _reply(key, actor, request.path):
                return reply
            raise
        return response if looks_first else _reply(key, actor, request.path) or response

    return wrapper


def _key_of(request: HttpRequest) -> str:
    key = request.POST.get(FIELD) or request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise Refused(_("Trang này đã cũ hoặc gửi thiếu. Ông/bà vui lòng mở lại trang và thử lần nữa."))
    return key


def _actor_of(request: HttpRequest) -> str:
    return f"staff:{request.user.pk}" if request.user.is_authenticated else "guest"


def _is_done(response: HttpResponse) -> bool:
    return response.status_code in (201, 302, 303)


def _reply(key: str, actor: str, path: str) -> HttpResponse | None:
    reply = IdempotentReply.objects.filter(key=key, actor=actor).first()
    if reply is None:
        return None
    if reply.path != path[:300]:
        raise Refused(_("Mã gửi của trang này đã dùng cho việc khác. Ông/bà vui lòng mở lại trang."))
    headers = {"Location": reply.location} if reply.location else {}
    return HttpResponse(reply.body, status=reply.status, headers=headers)


def _store(key: str, actor: str, path: str, response: HttpResponse) -> None:
    reply = IdempotentReply(
        key=key,
        actor=actor,
        path=path[:300],
        status=response.status_code,
        location=response.headers.get("Location", ""),
        body=response.content.decode() if response.status_code == 201 else "",
        at=timezone.now(),
    )
    with together():
        insert(reply)
