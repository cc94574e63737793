from django.urls import path

from thanthien.filing.views import deeds, helping, papers, parties, sending, start, steps

app_name = "filing"
urlpatterns = [
    path("<int:offering_id>/", start.start, name="start"),
    path("tiep-tuc/<str:key>/", start.resume, name="resume"),
    path("tam-biet/", start.gone, name="gone"),
    path("da-nop/<str:code>/<str:secret>/", sending.filed, name="filed"),
    path("da-nop/<str:code>/<str:secret>/giay-xac-nhan/", sending.acknowledgement, name="acknowledgement"),
    path("ho-so/<str:code>/<str:secret>/bo-sung/", deeds.supplement, name="supplement"),
    path("ho-so/<str:code>/<str:secret>/rut/", deeds.withdraw, name="withdraw"),
    path("ho-so/<str:code>/<str:secret>/nhan-ket-qua/", deeds.way_back, name="way_back"),
    path("ho-so/<str:code>/<str:secret>/dong-y/", deeds.consents, name="consents"),
    path("can-bo/giup/", helping.assisted, name="assisted"),
    path("can-bo/giup/excel/", helping.assisted_excel, name="assisted_excel"),
    path("xac-nhan/<slug:key>/", parties.confirm, name="confirm"),
    path("nhap/<slug:ref>/cho-xac-nhan/", parties.waiting, name="waiting"),
    path("nhap/<slug:ref>/giup/", helping.helper, name="helper"),
    path("nhap/<slug:ref>/xoa/", start.delete, name="delete"),
    path("nhap/<slug:ref>/roi-may/", start.leave, name="leave"),
    path("nhap/<slug:ref>/manh/", papers.piece, name="piece"),
    path("nhap/<slug:ref>/tep/<int:file_id>/", papers.file, name="file"),
    path("nhap/<slug:ref>/luu/<slug:step>/", steps.save, name="save"),
    path("nhap/<slug:ref>/<slug:step>/", steps.step, name="step"),
]
