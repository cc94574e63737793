from django.urls import path

from thanthien.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("<int:message_id>/gui-lai/", views.send_again, name="send_again"),
]
