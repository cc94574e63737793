"""All addresses of the house: a line per room."""

from django.urls import include, path

from thanthien.core.operations.views import health

urlpatterns = [
    path("", include("thanthien.portal.urls")),
    path("can-bo/", include("thanthien.office.urls")),
    path("ho-so/", include("thanthien.dossiers.urls")),
    path("ho-so/", include("thanthien.prints.urls")),
    path("xep-hang/", include("thanthien.queue.urls")),
    path("nop-ho-so/", include("thanthien.filing.urls")),
    path("thu/", include("thanthien.letters.urls")),
    path("to-khai/", include("thanthien.declarations.urls")),
    path("can-lam-gi/", include("thanthien.guidance.urls")),
    path("thu-tuc/", include("thanthien.procedures.urls")),
    path("nguoi-dan/", include("thanthien.people.urls")),
    path("to-chuc/", include("thanthien.organisation.urls")),
    path("tin-bao/", include("thanthien.notifications.urls")),
    path("danh-gia/", include("thanthien.satisfaction.urls")),
    path("giay-to/", include("thanthien.core.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("suc-khoe/", health, name="health"),
    path("ui/", include("thanthien.ui.urls")),
]
handler400 = "thanthien.ui.errors.bad_request"
handler403 = "thanthien.ui.errors.forbidden"
handler404 = "thanthien.ui.errors.not_found"
handler500 = "thanthien.ui.errors.server_error"
