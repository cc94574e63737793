"""Beside the dossiers' own addresses; `dossier` reads a dossier's code and is registered by `dossiers.urls`."""

from django.urls import path

from thanthien.prints.views import books, lists, papers

app_name = "prints"
urlpatterns = [
    path("so-theo-doi/", books.book, name="book"),
    path("so-theo-doi/pdf/", books.book_pdf, name="book_pdf"),
    path("so-theo-doi/excel/", books.book_excel, name="book_excel"),
    path("thu-phi/", books.fees, name="fees"),
    path("thu-phi/pdf/", books.fees_pdf, name="fees_pdf"),
    path("thu-phi/excel/", books.fees_excel, name="fees_excel"),
    path("ban-giao/", lists.hand_over_lists, name="hand_over_lists"),
    path("ban-giao/<int:list_id>/in/", lists.hand_over_list, name="hand_over_list"),
    path("huong-dan/<int:guidance_id>/in/", papers.guidance, name="guidance"),
    path("<dossier:code>/in/<slug:kind>/", papers.paper, name="paper"),
    path("<dossier:code>/xin-loi/xem-truoc/", papers.apology_draft, name="apology_draft"),
]
