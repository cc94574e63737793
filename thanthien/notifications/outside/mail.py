"""E-mail by SMTP."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from thanthien.core.text import mask_email
from thanthien.notifications.outside.letter import Letter, NotNow, Rejected, Unreachable

FOR_EVER = 500  # SMTP answers from 500 on are final (RFC 5321, 4.2.1)


def deliver(letter: Letter) -> str:
    """Its Message-ID is made of the letter's own id, so that mail programs show a repeat once."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{letter.id}@{host}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(letter.title, letter.body, None, [letter.address], headers=headers).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _answered(code, words, letter) from error
    except smtplib.SMTPResponseException as error:
        # A refused sender or password is our own fault: the letter waits until that is mended.
        final = not isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused)
        raise _answered(error.smtp_code if final else 0, error.smtp_error, letter) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_("Máy chủ thư không nhận: %(error)s") % {"error": error}) from error
    return ""


def _answered(code: int, words: bytes | str, letter: Letter) -> Rejected | NotNow:
    """What the server said, without the whole address, which many repeat."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    said = said.replace(letter.address, mask_email(letter.address))
    kind = Rejected if code >= FOR_EVER else NotNow
    return kind(_("Máy chủ thư không nhận: %(error)s") % {"error": f"{code or ''} {said}".strip()[:300]})
