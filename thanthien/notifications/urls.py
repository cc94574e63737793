from django.urls import path

from thanthien.notifications.views import messages, texts

app_name = "notifications"
urlpatterns = [
    path("", messages.message_list, name="list"),
    path("excel/", messages.excel, name="excel"),
    path("gui-lai/", messages.send_many_again, name="send_many_again"),
    path("kenh/", texts.channels, name="channels"),
    path("mau/", texts.text_list, name="texts"),
    path("mau/<slug:situation>/<slug:channel>/", texts.edit_text, name="edit_text"),
    path("mau/<slug:situation>/<slug:channel>/xem-truoc/", texts.preview_text, name="preview_text"),
    path("<int:message_id>/", messages.message_page, name="message"),
    path("<int:message_id>/gui-lai/", messages.send_again, name="send_again"),
]
