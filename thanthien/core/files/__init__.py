"""Uploaded files: what one is by its content, kept under a random name, handed out so that nothing in it can run.

`kinds` says what is taken, `checking` looks inside without unpacking, `keeping` stores and hands out, `fields` asks in
a form. Who may see a file is the room's own question (RELIABILITY S5; OWASP ASVS 5.2 to 5.4).
"""

from thanthien.core.files.checking import CheckedFile, FileRefused, check_upload
from thanthien.core.files.fields import FileField, FilesField
from thanthien.core.files.keeping import KeptFile, hand_out, keep
from thanthien.core.files.kinds import IMAGES, PDF, PNG, limits_in_words

__all__ = [
    "IMAGES",
    "PDF",
    "PNG",
    "CheckedFile",
    "FileField",
    "FileRefused",
    "FilesField",
    "KeptFile",
    "check_upload",
    "hand_out",
    "keep",
    "limits_in_words",
]
