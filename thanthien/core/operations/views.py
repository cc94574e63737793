from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thanthien.core.operations.health import parts


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; names of the parts only, since strangers may read it."""
    found = parts(at=now())
    well = all(part.ok for part in found)
    answer = {"ok": well, "parts": {part.name: part.ok for part in found}}
    return JsonResponse(answer, status=200 if well else 503)
