"""What a document may be, what may become of it."""

from enum import StrEnum
from zoneinfo import ZoneInfo

from vms.kernel.clock import to_datetime
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError

MAX_TITLE_CHARACTERS = 200
MAX_REASON_CHARACTERS = 500
SEAL_FIELD = "KurumMuhru"  # the seal's signature in a PDF; all others are of people
MAX_FIELDS_CHARACTERS = 400_000  # of JSON: five hundred rows of long names
MAX_PAGES = 200


class Kind(StrEnum):
    """The municipality's papers, by their number in its list of forms."""

    DELIVERY = "P-04"  # Görüntü Kaydı Teslim Tutanağı
    UNWRITTEN_HOLD = "P-05"  # Yazılı Talep Olmadan Kayıt Saklama Tutanağı
    INVESTIGATION_HOLD = "P-06"  # 90 Gün Saklama Tutanağı
    UNREACHED = "P-07"  # Kayıt Bulunamadı / Ulaşılamayan Kayıt Tutanağı
    AGREEMENT = "P-08"  # Gizlilik Sözleşmesi
    AUTHORITY = "P-09"  # İzleme Yetkisi Tanımlama Formu
    RENEWAL = "P-10"  # Yetki Yenileme / Görev Değişikliği Başvurusu
    TRAINING = "P-16"  # Eğitim Katılım Formu
    REVIEW = "P-17"  # Ortak Hesap Gözden Geçirme Tutanağı
    DESTRUCTION = "P-28"  # Dışa Aktarma Kopyası İmha Kaydı
    BREACH = "P-29"  # Gizlilik İhlali Olay Kaydı
    ANSWER = "P-31"  # Talep Cevap Yazısı
    POSTING = "P-32"  # Güvenlik Personeli Görevlendirme Listesi


class State(StrEnum):
    """Where a document stands. Only `signed` lets others build on it (D-0.2)."""

    DRAFT = "draft"  # no number, no code, no paper
    ISSUED = "issued"
    SIGNED = "signed"
    SUPERSEDED = "superseded"  # a later version of the same number counts
    CANCELLED = "cancelled"


class SignatureKind(StrEnum):
    """How people signed; both count alike."""

    E_SIGNATURE = "e_signature"
    WET = "wet"


class Check(StrEnum):
    """How a signed file was found to be of its document."""

    BYTES = "bytes"  # it begins with the very bytes that were issued
    CODE = "code"  # its pages carry the document's verification code, and nobody else's
    EYE = "eye"  # no code could be read; a person compared, and said so


# Anything else is refused (409).
_NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ISSUED, State.CANCELLED}),
    State.ISSUED: frozenset({State.SIGNED, State.SUPERSEDED, State.CANCELLED}),
    State.SIGNED: frozenset({State.SUPERSEDED, State.CANCELLED}),
    State.SUPERSEDED: frozenset(),
    State.CANCELLED: frozenset(),
}


def check_step(now: State, then: State) -> None:
    """VmsError(CONFLICT, `document_state_wrong`) unless a document may go from `now` to `then`."""
    if then not in _NEXT[now]:
        raise VmsError(
            Refused.CONFLICT, "document_state_wrong",
            "This document does not stand where that is possible. Load it again.", state=now.value, wanted=then.value,
        )  # fmt: skip


def initial_missing(title: str) -> VmsError:
    """CONFLICT `initial_missing`: somebody of this title has to initial first (S-1f)."""
    return VmsError(
        Refused.CONFLICT, "initial_missing",
        f"It is not initialled yet: it is the turn of {title}. It is signed once the chain of initials is whole.",
        title=title,
    )  # fmt: skip


def check_reason(reason: str) -> str:
    """`reason` without blanks around it; VmsError(INVALID, `reason_required`)."""
    reason = reason.strip()
    if not 0 < len(reason) <= MAX_REASON_CHARACTERS or not reason.isprintable():
        raise VmsError(
            Refused.INVALID, "reason_required",
            f"Say why, in 1 to {MAX_REASON_CHARACTERS} printable characters.",
        )  # fmt: skip
    return reason


def year_of(at_us: int, zone: ZoneInfo) -> int:
    """In which year of the register a document issued then belongs: the year people there have."""
    return to_datetime(at_us).astimezone(zone).year


def number_words(kind: str, year: int, sequence: int) -> str:
    """The number as paper and people spell it: `P-09/2026/0001`."""
    return f"{kind}/{year}/{sequence:04d}"
