from django.urls import path

from thanthien.queue.views import appointments, board, counter, setup, taking

app_name = "queue"
urlpatterns = [
    path("<int:hall_id>/", taking.take, name="take"),
    path("<int:hall_id>/bang/", board.board, name="board"),
    path("<int:hall_id>/thu/", board.selftest, name="selftest"),
    path("<int:hall_id>/thu/may-in/", board.test_printer, name="test_printer"),
    path("<int:hall_id>/hen/", appointments.book, name="book_line"),
    path("<int:hall_id>/hen/<int:line_id>/", appointments.book, name="book"),
    path("<int:hall_id>/lich-hen/", appointments.appointments, name="appointments"),
    path("hen/<str:secret>/", appointments.appointment, name="appointment"),
    path("so/<str:secret>/", taking.position, name="position"),
    path("may/<str:token>/", taking.kiosk, name="kiosk"),
    path("may/<str:token>/<int:ticket_id>/", taking.kiosk_ticket, name="kiosk_ticket"),
    path("quay/", counter.counter, name="counter"),
    path("quay/mo/", counter.open_counter, name="open_counter"),
    path("quay/lam/", counter.act, name="act"),
    path("quay/chuyen/", counter.forward, name="forward"),
    path("quay/goi/<int:ticket_id>/", counter.call_ticket, name="call_ticket"),
    path("quay/phieu/<int:ticket_id>/", counter.slip, name="slip"),
    path("quay/ho-tro/<int:session_id>/", counter.help_came, name="help_came"),
    path("sanh/", setup.halls, name="halls"),
    path("sanh/them/", setup.add_hall, name="add_hall"),
    path("sanh/<int:hall_id>/", setup.hall, name="hall"),
    path("sanh/<int:hall_id>/sua/", setup.change_hall, name="change_hall"),
    path("sanh/<int:hall_id>/hang/", setup.line, name="add_line"),
    path("sanh/<int:hall_id>/hang/<int:line_id>/", setup.line, name="change_line"),
    path("sanh/<int:hall_id>/uu-tien/", setup.priority, name="add_priority"),
    path("sanh/<int:hall_id>/uu-tien/<int:priority_id>/", setup.priority, name="change_priority"),
    path("sanh/<int:hall_id>/may/", setup.make_kiosk, name="make_kiosk"),
    path("sanh/<int:hall_id>/may/<int:kiosk_id>/khoa/", setup.revoke_kiosk, name="revoke_kiosk"),
    path("sanh/<int:hall_id>/ap-phich/", setup.poster, name="poster"),
    path("sanh/<int:hall_id>/ap-phich/moi/", setup.renew_door, name="renew_door"),
    path("quay/lay-giup/", counter.take_for, name="take_for"),
]
