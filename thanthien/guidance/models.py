import json
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _


class Flow(models.Model):
    """Luồng câu hỏi of one life event: which procedures does somebody need? Nothing stands on it, since answers live in
    the address only: so it has no versions, and importing a flow of the same code replaces it. What an administrator
    works on stands in `core.drafts`; `content` is {} until it is brought into use for the first time."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    is_shown = models.BooleanField(_("đang dùng"), default=True)
    content = models.JSONField(_("nội dung"))
    changed_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        """Under which `core.drafts` keeps the steps."""
        return f"flow:{self.pk}"

    @property
    def base(self) -> str:
        """What is in use, for `core.drafts`; "" when nothing was yet."""
        text = json.dumps(self.content, ensure_ascii=False, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16] if self.content else ""
