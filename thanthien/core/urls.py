from django.urls import path

from thanthien.core import views

app_name = "core"
urlpatterns = [
    path("<int:document_id>/", views.document, name="document"),
    path("xem/<slug:secret>/", views.document_by_secret, name="document_by_secret"),
    path("mau/", views.template_list, name="templates"),
    path("mau/<slug:code>/", views.edit_template, name="edit_template"),
    path("mau/<slug:code>/xem-truoc/", views.preview_template, name="preview_template"),
]
