from django.urls import path, register_converter

from thanthien.dossiers.views import agencies, apologies, clock, declare, detail, ending, receive, receive_people, steps


class DossierCode:
    """`H56.14.18-261123-0001`: a unit's code with dots, the day, the serial."""

    regex = r"[0-9A-Z][0-9A-Z.]{0,40}-[0-9]{6}-[0-9]{4,10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DossierCode, "dossier")

app_name = "dossiers"
urlpatterns = [
    path("tiep-nhan/", receive.receive, name="receive"),
    path("tiep-nhan/<int:offering_id>/", receive.receive_procedure, name="receive_procedure"),
    path("tiep-nhan/<int:offering_id>/phi/", receive.fee_of_copies, name="fee_of_copies"),
    path("tiep-nhan/da-biet/", receive_people.known_people, name="known_people"),
    path("tiep-nhan/da-biet/<int:person_id>/", receive_people.known_person, name="known_person"),
    path("huong-dan/<int:guidance_id>/", receive.guided, name="guided"),
    path("<dossier:code>/da-nhan/", receive.received, name="received"),
    path("xin-loi/", apologies.apologies, name="apologies"),
    path("<dossier:code>/", detail.detail, name="detail"),
    path("<dossier:code>/xem-so/", detail.reveal, name="reveal"),
    path("<dossier:code>/roi-trang/", detail.let_go, name="let_go"),
    path("<dossier:code>/tep/<int:file_id>/", detail.file, name="file"),
    path("<dossier:code>/tiep-nhan/", clock.accept, name="accept"),
    path("<dossier:code>/tu-choi/", clock.deny, name="deny"),
    path("<dossier:code>/yeu-cau-bo-sung/", clock.request_supplement, name="request_supplement"),
    path("<dossier:code>/dan-da-nhan-yeu-cau/", clock.confirm_supplement, name="confirm_supplement"),
    path("<dossier:code>/nghia-vu-tai-chinh/", clock.suspend, name="suspend"),
    path("<dossier:code>/giai-quyet-tiep/", clock.resume, name="resume"),
    path("<dossier:code>/hoi-co-quan-khac/", agencies.ask_agency, name="ask_agency"),
    path("<dossier:code>/co-quan-khac-tra-loi/", agencies.agency_answered, name="agency_answered"),
    path("<dossier:code>/thoi-cho-co-quan-khac/", agencies.cancel_agency, name="cancel_agency"),
    path("<dossier:code>/chuyen-buoc/", steps.finish_step, name="finish_step"),
    path("<dossier:code>/tra-lai/", steps.send_back, name="send_back"),
    path("<dossier:code>/ky-nhan/", steps.acknowledge, name="acknowledge"),
    path("<dossier:code>/giao-viec/", steps.assign, name="assign"),
    path("<dossier:code>/xin-y-kien/", steps.consult, name="consult"),
    path("<dossier:code>/tra-loi/<int:consultation_id>/", steps.answer_consultation, name="answer_consultation"),
    path("<dossier:code>/to-khai/", declare.declare, name="declare"),
    path("<dossier:code>/giay-to/", steps.attach, name="attach"),
    path("<dossier:code>/ket-qua/", ending.sign_off, name="sign_off"),
    path("<dossier:code>/tra-ket-qua/", ending.return_result, name="return_result"),
    path("<dossier:code>/rut/", ending.withdraw, name="withdraw"),
    path("<dossier:code>/dung/", ending.stop, name="stop"),
    path("<dossier:code>/khoan-thu/", ending.charge, name="charge"),
    path("<dossier:code>/thu-tien/", ending.collect, name="collect"),
    path("<dossier:code>/xin-loi/", apologies.apology, name="apology"),
    path("<dossier:code>/xin-loi/soan/", apologies.draft_apology, name="draft_apology"),
    path("<dossier:code>/xin-loi/ky/", apologies.sign_apology, name="sign_apology"),
    path("<dossier:code>/xin-loi/gui/", apologies.send_apology, name="send_apology"),
]
