from django.urls import path

from thanthien.guidance import views

app_name = "guidance"
urlpatterns = [
    path("quan-tri/", views.manage, name="manage"),
    path("quan-tri/nap-co-san/", views.load, name="load"),
    path("quan-tri/luong-moi/", views.begin, name="begin"),
    path("quan-tri/<slug:code>/xuat/", views.export, name="export"),
    path("quan-tri/<slug:code>/hien/", views.show, name="show"),
    path("quan-tri/<slug:code>/soan/", views.edit, name="edit"),
    path("quan-tri/<slug:code>/soan/lam/", views.act, name="act"),
    path("quan-tri/<slug:code>/soan/phan-dau/", views.frame, name="frame"),
    path("quan-tri/<slug:code>/soan/cau-hoi-moi/", views.add_question, name="add_question"),
    path("quan-tri/<slug:code>/soan/cau-hoi/<slug:question_code>/", views.change_question, name="change_question"),
    path("quan-tri/<slug:code>/soan/ket-qua/", views.endings, name="endings"),
    path("quan-tri/<slug:code>/soan/thu-tuc/<int:place>/", views.outcome, name="outcome"),
    path("quan-tri/<slug:code>/soan/loi-dan/<int:place>/", views.advice, name="advice"),
    path("quan-tri/<slug:code>/soan/so-do/", views.tree, name="tree"),
    path("quan-tri/<slug:code>/soan/di-thu/", views.try_out, name="try"),
    path("quan-tri/<slug:code>/soan/bai-kiem-tra/", views.test_list, name="tests"),
    path("quan-tri/<slug:code>/soan/phien-ban/", views.versions, name="versions"),
    path("quan-tri/<slug:code>/soan/dua-ra-dung/", views.publish, name="publish"),
    path("<slug:code>/", views.flow, name="flow"),
]
