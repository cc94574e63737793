import pytest
pytestmark = pytest.mark.browser

def test_try(officer):
    mai = officer("mai")
    mai.opens("/can-bo/")
    mai.sees("Chào Lê Thị Mai")
