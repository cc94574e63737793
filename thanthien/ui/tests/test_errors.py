import pytest
from django.test import Client, RequestFactory

from thanthien.ui import errors

REQUEST = RequestFactory().get("/")


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (lambda: errors.bad_request(REQUEST, Exception()), 400, "Yêu cầu này chúng tôi chưa hiểu"),
        (lambda: errors.forbidden(REQUEST, Exception()), 403, "Ông/bà chưa được vào trang này"),
        (lambda: errors.not_found(REQUEST, Exception()), 404, "Không tìm thấy trang này"),
        (lambda: errors.server_error(REQUEST), 500, "Xin lỗi ông/bà, máy của chúng tôi vừa gặp lỗi"),
        (lambda: errors.csrf_failure(REQUEST, "no cookie"), 403, "Trang này mở đã lâu, xin gửi lại"),
    ],
)
def test_error_page_says_what_is_wrong_without_the_database(view, status, title):
    response = view()

    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.content.decode()


def test_unknown_address_shows_our_page(client):
    response = client.get("/khong-co-trang-nay/")

    assert (response.status_code, "Không tìm thấy trang này" in response.content.decode()) == (404, True)


def test_form_without_its_token_shows_our_page(db):
    response = Client(enforce_csrf_checks=True).post("/tai-khoan/login/", {"login": "mai"})

    assert (response.status_code, "Trang này mở đã lâu" in response.content.decode()) == (403, True)
