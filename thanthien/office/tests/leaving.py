"""A list that leaves as a workbook, as its lines of cells."""

from io import BytesIO

from openpyxl import load_workbook


def leaving(client, address, **asked):
    """Title, filter, printed when and by whom, an empty line, the head, then the rows."""
    sheet = load_workbook(BytesIO(client.get(address, {"excel": "1"} | asked).content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
