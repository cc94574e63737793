from django.urls import path

from thanthien.declarations import views

app_name = "declarations"
urlpatterns = [
    path("", views.forms, name="list"),
    path("nap-co-san/", views.load, name="load"),
    path("<str:code>/", views.preview, name="preview"),
    path("<str:code>/xuat/<int:number>/", views.export, name="export"),
]
