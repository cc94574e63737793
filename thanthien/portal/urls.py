from django.urls import path

from thanthien.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tra-cuu/", views.track, name="track"),
    path("tra-cuu/<str:code>/", views.state, name="state"),
    path("tra-cuu/<str:code>/<str:secret>/", views.tracking, name="tracking"),
]
