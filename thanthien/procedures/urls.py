from django.urls import path

from thanthien.procedures import views

app_name = "procedures"
urlpatterns = [
    path("", views.offerings, name="list"),
    path("danh-muc/", views.catalogue, name="catalogue"),
    path("danh-muc/<str:code>/", views.detail, name="detail"),
    path("danh-muc/<str:code>/dua-vao/", views.offer, name="offer"),
    path("danh-muc/<str:code>/phien-ban/<int:number>/", views.version, name="version"),
    path("danh-muc/<str:code>/phien-ban/<int:number>/cach-tinh/", views.policy, name="policy"),
    path("<int:offering_id>/sua/", views.change, name="change"),
    path("<int:offering_id>/dua-ra/", views.withdraw, name="withdraw"),
]
