"""What happens around every request."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/xep-hang/hen/a%00b/", "/dich-vu-cong/a%00b/", "/tra-cuu/a%00/b/"])
def test_there_is_no_page_at_an_address_with_a_null_character(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()
