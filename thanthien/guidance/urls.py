from django.urls import path

from thanthien.guidance import views

app_name = "guidance"
urlpatterns = [
    path("quan-tri/", views.manage, name="manage"),
    path("quan-tri/nap-co-san/", views.load, name="load"),
    path("quan-tri/<slug:code>/xuat/", views.export, name="export"),
    path("quan-tri/<slug:code>/hien/", views.show, name="show"),
    path("<slug:code>/", views.flow, name="flow"),
]
