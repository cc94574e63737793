from django.urls import path

from thanthien.office import views

app_name = "office"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("cung-lam/", views.act_on_many, name="act_on_many"),
    path("tim/", views.find, name="find"),
    path("goi-va-nhan/", views.call_and_receive, name="call_and_receive"),
    path("loi-hua/", views.promises, name="promises"),
    path("so-lieu/", views.numbers, name="numbers"),
    path("so-lieu/<slug:code>/", views.figure_records, name="figure_records"),
    path("im-lang/", views.silence, name="silence"),
    path("ban-giao/", views.hand_overs, name="hand_overs"),
    path("ban-giao/ky-nhan/", views.sign_for_many, name="sign_for_many"),
    path("cho-tra/", views.waiting, name="waiting"),
    path("bo-loc/", views.keep_list, name="keep_list"),
    path("bo-loc/<int:filter_id>/bo/", views.forget_list, name="forget_list"),
]
