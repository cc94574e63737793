from django.urls import path

from thanthien.letters.views import figures, letter, lists, settings

app_name = "letters"
urlpatterns = [
    path("", lists.letters, name="list"),
    path("ky/", lists.sign_many, name="sign_many"),
    path("in/", lists.print_many, name="print_many"),
    path("so/", lists.book, name="book"),
    path("so/excel/", lists.book_excel, name="book_excel"),
    path("so-lieu/", figures.numbers, name="figures"),
    path("so-lieu/<slug:code>/", figures.records, name="figure_records"),
    path("moi/", letter.occasions, name="new"),
    path("moi/<slug:occasion>/", letter.write, name="write"),
    path("dip/", settings.rules, name="rules"),
    path("dip/<slug:occasion>/", settings.rule, name="rule"),
    path("loi/<slug:text_code>/", settings.text, name="text"),
    path("loi/<slug:text_code>/xem-truoc/", settings.preview, name="preview"),
    path("chu-ky/", settings.signature, name="signature"),
    path("<int:letter_id>/", letter.detail, name="detail"),
    path("<int:letter_id>/in/", letter.paper, name="paper"),
    path("<int:letter_id>/bang-chung/", letter.evidence, name="evidence"),
    path("<int:letter_id>/sua/", letter.change, name="change"),
    path("<int:letter_id>/xac-nhan/", letter.confirm, name="confirm"),
    path("<int:letter_id>/ky/", letter.sign, name="sign"),
    path("<int:letter_id>/trao/", letter.hand_over, name="hand_over"),
    path("<int:letter_id>/huy/", letter.cancel, name="cancel"),
    path("<int:letter_id>/loi-dap/", letter.answer, name="answer"),
    path("<int:letter_id>/sai-ten/", letter.wrong_name, name="wrong_name"),
    path("<int:letter_id>/sai-ten/khep-lai/", letter.close_wrong_name, name="close_wrong_name"),
]
