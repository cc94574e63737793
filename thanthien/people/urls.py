from django.urls import path

from thanthien.people import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("quet/", views.scan, name="scan"),
    path("them/", views.add_person, name="add_person"),
    path("<int:person_id>/", views.person, name="person"),
    path("<int:person_id>/xem-so/", views.reveal, name="reveal"),
    path("<int:person_id>/sua/", views.change_person, name="change_person"),
    path("<int:person_id>/gop/<int:other_id>/", views.merge, name="merge"),
    path("<int:person_id>/ho/", views.add_household, name="add_household"),
    path("ho/<int:household_id>/", views.household, name="household"),
    path("to-chuc/<int:business_id>/", views.business, name="business"),
]
