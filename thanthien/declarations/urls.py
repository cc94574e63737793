from django.urls import path

from thanthien.declarations import views

app_name = "declarations"
urlpatterns = [
    path("", views.forms, name="list"),
    path("nap-co-san/", views.load, name="load"),
    path("moi/", views.begin, name="begin"),
    path("<str:code>/", views.preview, name="preview"),
    path("<str:code>/xuat/<int:number>/", views.export, name="export"),
    path("<str:code>/soan/", views.edit, name="edit"),
    path("<str:code>/soan/lam/", views.act, name="act"),
    path("<str:code>/soan/phan-dau/", views.frame, name="frame"),
    path("<str:code>/soan/nhom-moi/", views.add_group, name="add_group"),
    path("<str:code>/soan/nhom/<slug:group_code>/", views.change_group, name="change_group"),
    path("<str:code>/soan/nhom/<slug:group_code>/muc-moi/", views.kinds, name="kinds"),
    path("<str:code>/soan/nhom/<slug:group_code>/muc-moi/<slug:kind>/", views.add_field, name="add_field"),
    path("<str:code>/soan/muc/<slug:field_code>/", views.change_field, name="change_field"),
    path("<str:code>/soan/muc/<slug:field_code>/loai/", views.kinds, name="other_kind"),
    path("<str:code>/soan/quy-tac/", views.rule_list, name="rules"),
    path("<str:code>/soan/quy-tac-moi/", views.add_rule, name="add_rule"),
    path("<str:code>/soan/quy-tac/<slug:rule_code>/", views.change_rule, name="change_rule"),
    path("<str:code>/soan/bai-kiem-tra/", views.test_list, name="tests"),
    path("<str:code>/soan/xem-thu/", views.try_out, name="try"),
    path("<str:code>/soan/cong-bo/", views.publish, name="publish"),
]
