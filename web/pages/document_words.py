"""The words of the page where papers are asked after, in Turkish and English."""

from vms.documents.rules import Kind, SignatureKind, State

# One row a thing: (Turkish, English).
PAGE: dict[str, tuple[str, str]] = {
    "title": ("Evrak sorgulama", "Document check"),
    "lead": (
        "Elinizdeki belgenin bu kurumda kayıtlı ve geçerli olup olmadığını sorgulayın.",
        "Find out whether the paper you hold is registered here and still counts.",
    ),
    "skip": ("İçeriğe geç", "Skip to content"),
    "language": ("Dil", "Language"),
    "code": ("Belge doğrulama kodu", "Verification code"),
    "code_hint": (
        "Her sayfanın altında, karekodun yanındadır. Tire ve boşluk yazmanız gerekmez.",
        "At the foot of every page, beside the QR code. Hyphens and blanks do not matter.",
    ),
    "ask": ("Sorgula", "Check"),
    "again": ("Başka bir belge sorgula", "Check another document"),
    "unknown": (
        "Bu kodla kayıtlı bir belge yok. Kodu belgeden yeniden okuyun.",
        "No document is registered under this code. Read it from the paper again.",
    ),
    "kind": ("Belge türü", "Kind"),
    "number": ("Sayı", "Number"),
    "date": ("Tarih", "Date"),
    "version": ("Sürüm", "Version"),
    "signature": ("İmza", "Signature"),
    "sha256": ("Dosya özeti (SHA-256)", "File hash (SHA-256)"),
    "sha256_hint": (
        "Elektronik dosyanın özeti bununla aynıysa dosya değiştirilmemiştir.",
        "A file with this hash has not been changed.",
    ),
    "privacy": (
        "Bu sayfa belgenin içeriğini ve kişi adlarını göstermez.",
        "This page shows neither what the document says nor anybody’s name.",
    ),
}

# Each: what is said large, what below it.
STATES: dict[State, tuple[tuple[str, str], tuple[str, str]]] = {
    State.ISSUED: (
        ("Belge geçerli", "Bu belge kurumca düzenlenmiştir. İmzalı nüshası henüz kayda alınmamıştır."),
        ("This document is valid", "The institution issued it. Its signed copy has not been filed yet."),
    ),
    State.SIGNED: (
        ("Belge geçerli", "Bu belge kurumca düzenlenmiş, imzalı nüshası kayda alınmıştır."),
        ("This document is valid", "The institution issued it and has filed its signed copy."),
    ),
    State.SUPERSEDED: (
        ("Belgenin yerine yenisi düzenlendi", "Bu sürüm artık geçerli değildir; aynı sayıyla yeni bir sürümü vardır."),
        ("This document was replaced", "This version no longer counts; a later one has the same number."),
    ),
    State.CANCELLED: (
        ("Belge iptal edildi", "Bu belge artık geçerli değildir."),
        ("This document was cancelled", "It no longer counts."),
    ),
}

SIGNATURES: dict[str, tuple[str, str]] = {
    "": ("kayıtlı imzalı nüsha yok", "no signed copy filed"),
    SignatureKind.E_SIGNATURE: ("güvenli elektronik imza", "electronic signature"),
    SignatureKind.WET: ("ıslak imza (taranmış nüsha)", "signed by hand (scanned copy)"),
}

# English names of the forms; the Turkish ones are the forms' own.
TITLES: dict[Kind, str] = {
    Kind.DELIVERY: "Record of footage handed over",
    Kind.UNWRITTEN_HOLD: "Record of footage kept without a letter",
    Kind.INVESTIGATION_HOLD: "Record of footage kept for 90 days",
    Kind.UNREACHED: "Record of footage that was not found",
    Kind.AGREEMENT: "Confidentiality agreement",
    Kind.AUTHORITY: "Viewing authority form",
    Kind.RENEWAL: "Application for renewal or change of duty",
    Kind.TRAINING: "Training attendance form",
    Kind.REVIEW: "Review of a shared account",
    Kind.DESTRUCTION: "Record of a destroyed export copy",
    Kind.BREACH: "Record of a privacy breach",
    Kind.ANSWER: "Letter that answers a request",
    Kind.POSTING: "Posting list of security guards",
}
