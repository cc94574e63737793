from django.urls import path

from thanthien.organisation.views import calendar, staff, units

app_name = "organisation"
urlpatterns = [
    path("", units.units, name="units"),
    path("don-vi/them/", units.add_unit, name="add_unit"),
    path("don-vi/<int:unit_id>/", units.unit, name="unit"),
    path("don-vi/<int:unit_id>/sua/", units.change_unit, name="change_unit"),
    path("don-vi/<int:unit_id>/ket-thuc/", units.close_unit, name="close_unit"),
    path("don-vi/<int:unit_id>/sap-nhap/", units.succeed_unit, name="succeed_unit"),
    path("don-vi/<int:unit_id>/lich-su/", units.history, name="history"),
    path("don-vi/<int:unit_id>/quay/them/", units.add_counter, name="add_counter"),
    path("quay/<int:counter_id>/", units.change_counter, name="change_counter"),
    path("quay/<int:counter_id>/xoa/", units.remove_counter, name="remove_counter"),
    path("don-vi/<int:unit_id>/thon/them/", units.add_neighbourhood, name="add_neighbourhood"),
    path("thon/<int:neighbourhood_id>/", units.change_neighbourhood, name="change_neighbourhood"),
    path("thon/<int:neighbourhood_id>/xoa/", units.remove_neighbourhood, name="remove_neighbourhood"),
    path("don-vi/<int:unit_id>/can-bo/them/", staff.add_staff, name="add_staff"),
    path("can-bo/<int:staff_id>/", staff.staff_member, name="staff_member"),
    path("can-bo/<int:staff_id>/sua/", staff.change_staff, name="change_staff"),
    path("can-bo/<int:staff_id>/chuc-vu/", staff.appoint, name="appoint"),
    path("can-bo/<int:staff_id>/mat-khau/", staff.password, name="password"),
    path("can-bo/<int:staff_id>/khoa/", staff.deactivate, name="deactivate"),
    path("can-bo/<int:staff_id>/mo-lai/", staff.reactivate, name="reactivate"),
    path("mat-khau/<str:reference>/<str:token>/", staff.choose_password, name="choose_password"),
    path("don-vi/<int:unit_id>/gio-lam-viec/", calendar.hours, name="hours"),
    path("don-vi/<int:unit_id>/gio-lam-viec/sua/", calendar.change_hours, name="change_hours"),
    path("don-vi/<int:unit_id>/gio-lam-viec/xoa/", calendar.remove_hours, name="remove_hours"),
    path("don-vi/<int:unit_id>/ngay-nghi/<int:year>/", calendar.holidays, name="holidays"),
    path("don-vi/<int:unit_id>/ngay-nghi/<int:year>/nhap/", calendar.import_holidays, name="import_holidays"),
    path("don-vi/<int:unit_id>/ngay-nghi/xoa/<int:holiday_id>/", calendar.remove_holiday, name="remove_holiday"),
]
