from django.urls import path

from thanthien.ui import gallery

app_name = "ui"
urlpatterns = [path("", gallery.gallery, name="gallery"), path("<slug:page>/", gallery.page, name="gallery_page")]
