"""The sentences that citizens read in the story of a dossier, where they were written down in Vietnamese.

As the actions of `dossiers`, `filing` and `satisfaction` write them. A sentence that is worded anew there stays here as
well: old stories keep it (its English then moves to locale/stored).
"""

from thanthien.core.said import remember
from thanthien.dossiers.enums import RefusalReason

remember(
    "Đã nhận hồ sơ của ông/bà, hẹn trả kết quả lúc %(time)s ngày %(day)s.",
    "Hồ sơ được ghi nhận, chờ kiểm tra: %(name)s.",
    "Rất tiếc, chúng tôi chưa tiếp nhận được hồ sơ: %(reason)s.",
    "Đã xong “%(step)s”, nay đến %(next)s.",
    "%(unit)s đã nhận hồ sơ.",
    "Xin ý kiến %(unit)s, hạn trả lời %(day)s.",
    "%(unit)s đã trả lời ý kiến.",
    "Kính đề nghị ông/bà bổ sung: %(papers)s. Lý do: %(reason)s.",
    "Chúng tôi chờ ông/bà thực hiện nghĩa vụ tài chính: %(reason)s.",
    "Hồ sơ được giải quyết tiếp. Hẹn trả kết quả lúc %(time)s ngày %(day)s.",
    "Chúng tôi đã nhận đủ, cảm ơn ông/bà. Hẹn trả kết quả lúc %(time)s ngày %(day)s.",
    "Chúng tôi chờ %(agency)s trả lời, dự kiến ngày %(day)s. Trong lúc chờ, đồng hồ dừng; ông/bà không phải làm gì "
    "thêm.",
    "%(agency)s đã trả lời.",
    "Chúng tôi không phải chờ %(agency)s nữa. Ngày hẹn trả kết quả giữ nguyên.",
    "Thu %(name)s: %(amount)s đồng, biên lai %(receipt)s.",
    "Đã trả kết quả %(how)s. Cảm ơn ông/bà.",
    "Chúng tôi đã dừng giải quyết hồ sơ: %(reason)s.",
    "Ông/bà chọn nhận kết quả %(how)s.",
    "Theo đề nghị của ông/bà, hồ sơ được làm lại với mã %(code)s.",
    "Đã nhận đề nghị xem lại hồ sơ của ông/bà, hẹn trả lời %(day)s.",
    "Chúng tôi xin lỗi ông/bà vì chậm trả kết quả (%(cause)s). %(text)s Hẹn lại %(time)s ngày %(day)s.",
    "Chúng tôi xin lỗi ông/bà vì chậm trả kết quả (%(cause)s). %(text)s Kết quả đã có từ %(time)s ngày %(day)s.",
)
remember(*(f"{label}: %(text)s" for label in RefusalReason.labels))
