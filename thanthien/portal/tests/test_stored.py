"""The story of a dossier in English: kept in Vietnamese, said again when it is shown."""

from django.template import Context, Template
from django.utils import translation

from thanthien.core import said as stored
from thanthien.portal import queries


def in_english(text: str) -> str:
    with translation.override("en"):
        return Template("{{ text|said }}").render(Context({"text": text}))


def test_every_sentence_of_a_story_has_its_english_with_the_same_places():
    assert queries.stored
    for sentence in stored._sentences:
        with translation.override("en"):
            told = translation.gettext(sentence)

        assert (set(stored.PLACE.findall(told)), told == sentence and bool(stored.LETTERS.search(told))) == (
            set(stored.PLACE.findall(sentence)), False,
        )  # fmt: skip


def test_step_is_told_with_the_names_of_both():
    told = in_english("Đã xong “Ký kết quả”, nay đến “Nhờ bác Tư”.")

    assert told == '‘Sign the result’ is finished, now at ‘<span lang="vi">Nhờ bác Tư</span>’.'


def test_refusal_is_told_with_its_kind_and_with_the_officers_own_words():
    told = in_english(
        "Rất tiếc, chúng tôi chưa tiếp nhận được hồ sơ: không đủ điều kiện theo quy định: Thửa đất <chưa> có giấy."
    )

    assert told.endswith('the conditions of the law are not met: <span lang="vi">Thửa đất &lt;chưa&gt; có giấy</span>.')


def test_what_an_officer_wrote_by_hand_stays_and_is_marked():
    assert in_english("Mời bác ghé lại.") == '<span lang="vi">Mời bác ghé lại.</span>'
