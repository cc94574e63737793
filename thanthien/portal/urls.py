from django.urls import path

from thanthien.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("huong-dan/", views.guide, name="guide"),
    path("ngon-ngu/<str:language>/", views.language, name="language"),
    path("dich-vu-cong/", views.procedures, name="procedures"),
    path("dich-vu-cong/<str:code>/", views.procedure, name="procedure"),
    path("giu-loi/", views.figures, name="figures"),
    path("giu-loi/<str:code>/", views.figure, name="figure"),
    path("ho-so-cua-toi/", views.mine, name="mine"),
    path("ho-so-cua-toi/ma/", views.prove, name="prove"),
    path("ho-so-cua-toi/thoat/", views.leave, name="leave"),
    path("tra-cuu/", views.track, name="track"),
    path("tra-cuu/<str:code>/", views.state, name="state"),
    path("tra-cuu/<str:code>/<str:secret>/", views.tracking, name="tracking"),
    path("tra-cuu/<str:code>/<str:secret>/ket-qua/<int:file_id>/", views.result, name="result"),
]
