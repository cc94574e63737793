import json
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _


class Flow(models.Model):
    """Luồng câu hỏi of one life event: which procedures does somebody need? `content` is what citizens walk through, {}
    until it is brought into use for the first time; what was in use before stands in its versions. Answers live in the
    address only, so that nothing stands on a version. What an administrator works on stands in `core.drafts`."""

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


class FlowVersion(models.Model):
    """What a flow asked from the day it was brought into use; the last one is in use. Never changed, never deleted."""

    flow = models.ForeignKey(Flow, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    content = models.JSONField(_("nội dung"))
    published_by = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["flow_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["flow", "number"], name="flow_version_one_number")]

    def __str__(self) -> str:
        return f"{self.flow_id} v{self.number}"
