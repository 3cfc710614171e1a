"""A reminder's mail in words: Turkish, or English for whoever chose it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Literal
from uuid import UUID

from vms.kernel.clock import to_datetime
from vms.kernel.days import day_of
from vms.reminders.facts import Somebody
from vms.reminders.rules import OVER, Due, ReminderKind

Language = Literal["tr", "en"]


def letter(
    to: Somebody, waiting: Sequence[tuple[UUID, Due]], *, sender: str, address: str, now_us: int
) -> EmailMessage:  # fmt: skip
    """One mail that tells `to` everything of `waiting`. Names no camera, no Olur, nobody but who must act or sign.

    `waiting`: each with the id of its row, from which the mail's own id is made: what is sent twice because the machine
    died in between can be told from two mails. `sender`: who it comes from; `address`: the console's, or nothing.
    """
    language: Language = "en" if to.language == "en" else "tr"
    words = _FRAMES[language]
    lines = "\n".join(f"- {sentence(one, language)}" for _, one in waiting)
    more = f"\n\n{words['more']} {address}/waiting" if address else ""
    subject = words["one"] if len(waiting) == 1 else words["many"].format(count=len(waiting))
    body = f"{words['dear'].format(name=to.full_name)}\n\n{words['waits']}\n\n{lines}{more}\n\n{words['automatic']}\n"
    return mail(
        to.email, subject, body, sender=sender, language=language, now_us=now_us, ids=[id_ for id_, _ in waiting]
    )


def mail(
    to: str, subject: str, body: str, *, sender: str, language: Language, now_us: int, ids: Sequence[UUID]
) -> EmailMessage:  # fmt: skip
    """The message itself: plain text that no machine answers (RFC 3834)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(("Nazar", sender))
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(to_datetime(now_us))
    told = hashlib.sha256(b"".join(sorted(one.bytes for one in ids))).hexdigest()[:32]
    message["Message-ID"] = f"<{told}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="quoted-printable")
    message["Content-Language"] = language  # after the content, which takes headers of that name away
    return message


def sentence(one: Due, language: Language) -> str:
    """What waits, in one or two sentences."""
    return _SENTENCES[language][one.kind](one)


def _end(one: Due, language: Language) -> str:
    """When something ends, its last day counted."""
    on = f"{day_of(one.at_us - 1):%d.%m.%Y}"
    if language == "tr":
        return {0: f"bugün ({on})", 1: f"yarın ({on})"}.get(one.days, f"{one.days} gün sonra ({on})")
    return {0: f"today ({on})", 1: f"tomorrow ({on})"}.get(one.days, f"in {one.days} days ({on})")


def _month(one: Due, language: Language) -> str:
    year, month = one.name.split("-")
    return f"{_MONTHS[language][int(month) - 1]} {year}"


def _lapsed(one: Due, language: Language) -> str:
    """A line for each grant, under its report."""
    last, more = ("son gün", "… ve {count} yetki daha") if language == "tr" else ("last day", "… and {count} more")
    number = "{} numara" if language == "tr" else "no. {}"
    lines = [
        f"\n  {number.format(grant.number)} · {grant.person_name} · {last} {day_of(grant.until_us - 1):%d.%m.%Y}"
        for grant in one.lapsed[:MOST_LAPSED]
    ]
    rest = len(one.lapsed) - MOST_LAPSED
    return "".join(lines) + (f"\n  {more.format(count=rest)}" if rest > 0 else "")


def _lapsed_tr(one: Due) -> str:
    return (
        f"{_month(one, 'tr')} ayında {len(one.lapsed)} izleme yetkisi, kimse başvurmadığı için bitti. Görevi sürenler "
        f"için birim amiri yazıyla başvurur.{_lapsed(one, 'tr')}"
    )


def _lapsed_en(one: Due) -> str:
    what = "viewing authority" if len(one.lapsed) == 1 else "viewing authorities"
    return (
        f"In {_month(one, 'en')} {len(one.lapsed)} {what} ended because nobody applied for more. For those whose duty "
        f"goes on the unit's supervisor applies by letter.{_lapsed(one, 'en')}"
    )


def _review_tr(one: Due) -> str:
    what = f"“{one.name}” ortak hesabı"
    if one.mark == OVER and one.days == 0:
        return f"{what} hiç gözden geçirilmedi; bu yapılana kadar görüntü göstermez."
    if one.mark == OVER:
        return f"{what} altı aydır gözden geçirilmedi ve artık görüntü göstermiyor. Gözden geçirin."
    return f"{what} gözden geçirilmeli: son gün {_end(one, 'tr')}. Yapılmazsa hesap görüntü göstermez."


def _review_en(one: Due) -> str:
    what = f"The shared account “{one.name}”"
    if one.mark == OVER and one.days == 0:
        return f"{what} was never reviewed; until then it shows no pictures."
    if one.mark == OVER:
        return f"{what} was not reviewed for six months and shows no pictures any more. Review it."
    return f"{what} must be reviewed: its last day is {_end(one, 'en')}. Otherwise it shows no pictures."


def _letter_tr(one: Due) -> str:
    if one.mark == OVER:
        return f"{one.number} numaralı gelen yazının süresi doldu. Gereğini yapıp sonucunu yazın."
    return f"{one.number} numaralı gelen yazı, gereği için size havale edildi: son gün {_end(one, 'tr')}."


def _letter_en(one: Due) -> str:
    if one.mark == OVER:
        return f"Incoming letter no. {one.number} is late. Act on it, then write what came of it."
    return f"Incoming letter no. {one.number} was given to you to act on: its last day is {_end(one, 'en')}."


MOST_LAPSED = 200  # lines of one mail; the console's list has all
_MONTHS: Mapping[Language, Sequence[str]] = {
    "tr": (
        "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip

_SENTENCES: Mapping[Language, Mapping[ReminderKind, Callable[[Due], str]]] = {
    "tr": {
        ReminderKind.GRANT_ENDS: lambda one: (
            f"{one.number} numaralı izleme yetkiniz {_end(one, 'tr')} bitiyor. Sürmesi için birim amiriniz yazıyla "
            "başvurur."
        ),
        ReminderKind.PASSWORD_WAITS: lambda one: (
            f"{one.number} numaralı izleme yetkinizin yenilenmesi yalnızca yeni parolanızı bekliyor; yetki "
            f"{_end(one, 'tr')} bitiyor. Giriş yapıp parolanızı değiştirin."
        ),
        ReminderKind.STAFF_GRANT_ENDS: lambda one: (
            f"{one.name} adlı personelin {one.number} numaralı izleme yetkisi {_end(one, 'tr')} bitiyor. Sürmesi için "
            "yazıyla başvurmanız gerekir."
        ),
        ReminderKind.APPROVAL_WAITS: lambda one: (
            f"{one.number} numaralı izleme yetkisi {one.days} gündür etkinleştirilmeyi bekliyor."
        ),
        ReminderKind.AGREEMENT_MISSING: lambda _: (
            "İzleme yetkiniz, geçerli bir gizlilik sözleşmeniz olmadığı için bekliyor. İmzalayıp teslim edin."
        ),
        ReminderKind.STAFF_AGREEMENT_MISSING: lambda one: (
            f"{one.name} için geçerli bir gizlilik sözleşmesi yok; yetkisi bekliyor. İmzasını alıp kaydedin."
        ),
        ReminderKind.REVIEW_DUE: _review_tr,
        ReminderKind.TRAINING_MISSING: lambda one: (
            f"“{one.name}” eğitimini henüz okumadınız ya da izlemediniz. Konsolda Eğitim sayfasından tamamlayın."
        ),
        ReminderKind.LETTER_GIVEN: lambda one: f"{one.number} numaralı gelen yazı, gereği için size havale edildi.",
        ReminderKind.LETTER_DUE: _letter_tr,
        ReminderKind.INITIALS_WAIT: lambda one: f"{one.name} sayılı belge parafınızı bekliyor.",
        ReminderKind.SIGNATURE_WAITS: lambda one: f"{one.number} numaralı talebin teslim tutanağı imzanızı bekliyor.",
        ReminderKind.UNRENEWED_MONTH: _lapsed_tr,
    },
    "en": {
        ReminderKind.GRANT_ENDS: lambda one: (
            f"Your viewing authority no. {one.number} ends {_end(one, 'en')}. To go on it needs a letter of "
            "your unit's supervisor."
        ),
        ReminderKind.PASSWORD_WAITS: lambda one: (
            f"The renewal of your viewing authority no. {one.number} waits for your new password only; the authority "
            f"ends {_end(one, 'en')}. Sign in and change your password."
        ),
        ReminderKind.STAFF_GRANT_ENDS: lambda one: (
            f"The viewing authority no. {one.number} of {one.name} ends {_end(one, 'en')}. To go on it needs "
            "your letter."
        ),
        ReminderKind.APPROVAL_WAITS: lambda one: (
            f"Viewing authority no. {one.number} has waited {one.days} days for its activation."
        ),
        ReminderKind.AGREEMENT_MISSING: lambda _: (
            "Your viewing authority waits because no confidentiality agreement of yours counts. Sign it and hand it in."
        ),
        ReminderKind.STAFF_AGREEMENT_MISSING: lambda one: (
            f"No confidentiality agreement of {one.name} counts; their authority waits. Have it signed, then record it."
        ),
        ReminderKind.REVIEW_DUE: _review_en,
        ReminderKind.TRAINING_MISSING: lambda one: (
            f"You have not read or watched the training “{one.name}” yet. You find it on the console's page Training."
        ),
        ReminderKind.LETTER_GIVEN: lambda one: f"Incoming letter no. {one.number} was given to you to act on.",
        ReminderKind.LETTER_DUE: _letter_en,
        ReminderKind.INITIALS_WAIT: lambda one: f"Document {one.name} waits for your initials.",
        ReminderKind.SIGNATURE_WAITS: lambda one: (
            f"The delivery minutes of request {one.number} wait for your signature."
        ),
        ReminderKind.UNRENEWED_MONTH: _lapsed_en,
    },
}

_FRAMES: Mapping[Language, Mapping[str, str]] = {
    "tr": {
        "one": "Nazar: sizi bekleyen bir iş var",
        "many": "Nazar: sizi bekleyen {count} iş var",
        "dear": "Sayın {name},",
        "waits": "Kamera izleme sisteminde sizi bekleyenler:",
        "more": "Ayrıntılar:",
        "automatic": "Bu iletiyi Nazar kendiliğinden gönderdi; yanıtlamayın.",
    },
    "en": {
        "one": "Nazar: something waits for you",
        "many": "Nazar: {count} things wait for you",
        "dear": "Dear {name},",
        "waits": "In the camera surveillance system this waits for you:",
        "more": "More:",
        "automatic": "Nazar sent this message by itself; do not answer it.",
    },
}
