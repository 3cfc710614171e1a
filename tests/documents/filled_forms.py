"""Every form, filled in with names that English programs spoil."""

AYSE = {
    "name": "Ayşegül Işıldak Çığırtkan",
    "registry_no": "IZ-12345",
    "title": "Güvenlik Görevlisi",
    "unit": "Koruma ve Güvenlik Şube Müdürlüğü",
}
IBRAHIM = {"name": "İbrahim Öztürk", "registry_no": "44118", "title": "Şef", "unit": "Saha Teknolojileri Şefliği"}
SUKRU = {"name": "Şükrü Ağaoğlu", "title": "Şube Müdürü"}
CAMERA = {"number": "12", "name": "Vezne önü", "place": "Zemin kat", "is_live": True, "is_playback": False}

SHA256 = "4096f2c1d3b5a79887664e5f0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
REQUEST = {
    "number": "T-2026/41",
    "authority": "İzmir Cumhuriyet Başsavcılığı",
    "authority_kind": "prosecutor",
    "letter": {"number": "2026/88214 Soruşturma", "day": "2026-11-18"},
    "served_at": "2026-11-19T11:20:00Z",
    "file_no": "2026/88214",
}
HEAD = {"person": SUKRU, "post": "manager"}


def between(start, end):
    """An interval of a day, by the clocks of Istanbul."""
    return {"start": f"2026-11-{start}+03:00", "end": f"2026-11-{end}+03:00"}


# An hour of which twelve minutes are missing; one of which nothing is there.
ITEMS = [
    {
        "camera": {"number": "12", "name": "Vezne önü", "place": "Konak hizmet binası, zemin kat"},
        "interval": between("17T08:00:00", "17T09:00:00"),
        "covered": 2_880,
        "missing": [{"interval": between("17T08:30:00", "17T08:42:00"), "cause": "network", "detail": "AR-2026-118"}],
    },
    {
        "camera": {"number": "31", "name": "Şadırvan girişi"},
        "interval": between("01T23:30:00", "02T00:30:00"),
        "covered": 0,
        "missing": [{"interval": between("01T23:30:00", "02T00:30:00"), "cause": "retention_expired"}],
        "is_outside": True,
    },
]
FILM = {
    "name": "video/12-20261117T080000-1.mp4",
    "camera": "12 Vezne önü",
    "interval": between("17T07:59:58", "17T08:30:00"),
    "duration": 1_802,
    "size_bytes": 901_312_455,
    "sha256": SHA256,
}
KEPT = {"start": "2026-11-21T14:05:30+03:00", "end": "2027-02-20T00:00:00+03:00"}

FORMS = {
    "P-04": {
        "request": REQUEST,
        "items": ITEMS,
        "clocks": [{"camera": "12 Vezne önü", "least_s": -3600.0, "most_s": 1.5}],
        "package": {
            "name": "NAZAR-T-2026-41-1.zip",
            "size_bytes": 902_001_004,
            "sha256": SHA256,
            "manifest_sha256": SHA256,
            "passphrase_route": "telefonla",
        },
        "files": [FILM],
        "medium": "usb",
        "medium_serial": "SN-0042-İĞ",
        "channel": "by_hand",
        "deliverer": IBRAHIM,
        "receiver": {
            "name": "Çağlar Işık",
            "title": "Polis Memuru",
            "institution": "Konak İlçe Emniyet Müdürlüğü",
            "identity_no": "345 118",
            "identity_seen": "kurum kimlik kartı",
        },
        "delivered_at": "2026-11-21T11:05:00Z",
        "head": HEAD,
        "unreached": "P-07/2026/0002",
        "holds": ["P-06/2026/0004"],
    },
    "P-05": {
        "hold": "S-2026/17",
        "institution": "Konak İlçe Emniyet Müdürlüğü",
        "contact": "Komiser Yardımcısı Özgür Şahin",
        "asked_how": "phone",
        "asked_at": "2026-11-21T10:40:00Z",
        "reason": "Ağır yaralanmalı trafik kazası; yazılı talep hazırlanmaktadır.",
        "items": ITEMS[:1],
        "kept": KEPT,
        "keeper": AYSE,
        "head": HEAD,
    },
    "P-06": {
        "hold": "S-2026/18",
        "incident": "Vezne önünde çıkan kavgada bir vatandaş yaralanmıştır.",
        "place": "Konak hizmet binası, zemin kat",
        "happened_at": "2026-11-17T05:36:00Z",
        "reason": "Yaralanan kişi şikâyetçi olacağını bildirmiştir.",
        "reporter": AYSE,
        "items": ITEMS,
        "kept": KEPT,
        "extends": "P-06/2026/0001",
        "segments": [
            {"camera": "12 Vezne önü", "interval": between("17T08:00:00", "17T08:01:00"), "sha256": SHA256},
        ],
        "segments_in_all": 48,
        "segments_sha256": SHA256,
        "keeper": IBRAHIM,
        "head": {"person": IBRAHIM, "post": "chief"},
    },
    "P-07": {
        "request": REQUEST | {"registered_at": "2026-11-20T06:00:00Z"},
        "items": [ITEMS[0] | {"retention_days": 21}, ITEMS[1]],
        "searched_at": "2026-11-21T08:00:00Z",
        "is_late": True,
        "evidence": [{"what": "Silme günlüğü, 20.11.2026", "reference": "48.301"}],
        "keeper": IBRAHIM,
        "head": HEAD,
    },
    "P-08": {"person": AYSE, "account_name": "ayse.isildak", "day": "2026-11-21"},
    "P-09": {
        "person": AYSE,
        "account_name": "ayse.isildak",
        "olur": {"number": "E-12345678-000-118", "day": "2026-11-14"},
        "purpose": "Konak hizmet binasının güvenliği.",
        "first_day": "2026-11-21",
        "last_day": "2027-05-19",
        "agreement": "P-08/2026/0007",
        "training": "P-16/2026/0003",
        "activated_by": IBRAHIM,
        "supervisor": SUKRU,
        "cameras": [CAMERA],
    },
    "P-10": {
        "unit": "Koruma ve Güvenlik Şube Müdürlüğü",
        "addressee": "İzmir Ulaşım Merkezi Şube Müdürlüğüne",
        "supervisor": SUKRU,
        "people": [
            {"person": AYSE, "account_name": "ayse.isildak", "ends": "2027-05-19", "wish": "renew"},
            {
                "person": {"name": "Gökçe Yıldız"},
                "wish": "replace",
                "successor": {"name": "Çağrı Ünlü"},
                "olur": {"number": "E-77/21", "day": "2026-11-02"},
            },
        ],
    },
    "P-16": {
        "day": "2026-11-21",
        "begins": "09:30",
        "ends": "11:00",
        "place": "Eğitim salonu",
        "trainer": IBRAHIM,
        "video": "Kamera izleme eğitimi, sürüm 3",
        "attendees": [AYSE],
    },
    "P-17": {
        "account_name": "duvar-kontrol-odası",
        "responsible": IBRAHIM,
        "last_review": "2026-05-20",
        "day": "2026-11-20",
        "use": {"first_day": "2026-05-20", "last_day": "2026-11-19", "sessions": 1184, "viewing_hours": 4312.5},
        "decision": "reduce",
        "reason": "Otopark kameraları artık başka duvarda izleniyor.",
        "next_due": "2027-05-20",
        "reviewer": SUKRU,
        "cameras": [CAMERA],
    },
    "P-28": {
        "request": "T-2026/41",
        "authority": "İzmir Cumhuriyet Başsavcılığı",
        "letter": REQUEST["letter"],
        "record": "P-04/2026/0003",
        "why": "delivered",
        "delivered_at": "2026-11-21T11:05:00Z",
        "purged_at": "2026-11-21T11:06:11Z",
        "copies": [
            {"what": "package", "name": "NAZAR-T-2026-41-1.zip", "size_bytes": 902_001_004, "sha256": SHA256},
            {"what": "working_copy", "name": "NAZAR-T-2026-41-1.zip.kısmi", "size_bytes": 0},
        ],
        "lock_released_at": "2026-11-21T11:06:11Z",
        "head": HEAD,
    },
    "P-29": {
        "day": "2026-11-18",
        "at": "22:40",
        "noticed_day": "2026-11-19",
        "person": AYSE,
        "camera": "12 Vezne önü",
        "what": "Görüntü duvarı cep telefonu ile çekilmiştir.",
        "action": "Kullanıcının izleme yetkisi kaldırılmıştır.",
        "reporter": IBRAHIM,
        "evidence": [{"what": "İzleme kaydı", "reference": "48211"}],
    },
    "P-31": {
        "result": "delivered",
        "addressee": "İzmir Cumhuriyet Başsavcılığına",
        "letters": [REQUEST["letter"]],
        "request": "T-2026/41",
        "file_no": "2026/88214",
        "attachments": [
            {"number": "P-04/2026/0003", "title": "Görüntü Kaydı Teslim Tutanağı", "pages": 3},
            {"number": "P-07/2026/0002", "title": "Ulaşılamayan Kayıt Tutanağı"},
        ],
        "signer": SUKRU,
    },
    "P-32": {
        "letter": {"number": "E-998/41", "day": "2026-11-10"},
        "site": "Konak hizmet binası",
        "supervisor": SUKRU,
        "postings": [
            {
                "guard": AYSE,
                "post": "Ana giriş",
                "cameras": "1, 2 ve otopark",
                "shift": "08.00–16.00",
                "first_day": "2026-11-21",
                "last_day": "2027-05-19",
            }
        ],
    },
}

# Of each form one word that only it prints, with one that its own fields give.
SPOKEN = {
    "P-04": ("GÖRÜNTÜ KAYDI TESLİM TUTANAĞI", "18.11.2026 tarihli ve 2026/88214 Soruşturma sayılı"),
    "P-05": ("YAZILI TALEP OLMADAN KAYIT SAKLAMA TUTANAĞI", "Komiser Yardımcısı Özgür Şahin"),
    "P-06": ("90 GÜN SAKLAMA TUTANAĞI", "Yaralanan kişi şikâyetçi olacağını bildirmiştir."),
    "P-07": ("KAYIT BULUNAMADI / ULAŞILAMAYAN KAYIT TUTANAĞI", "Silme günlüğü, 20.11.2026"),
    "P-08": ("GİZLİLİK SÖZLEŞMESİ", "Kayıt ve paylaşım yasağı"),
    "P-09": ("İZLEME YETKİSİ TANIMLAMA FORMU", "14.11.2026 tarihli ve E-12345678-000-118 sayılı"),
    "P-10": ("İZMİR ULAŞIM MERKEZİ ŞUBE MÜDÜRLÜĞÜNE", "Çağrı Ünlü"),
    "P-16": ("EĞİTİM KATILIM FORMU", "21.11.2026, saat 09.30 – 11.00"),
    "P-17": ("ORTAK HESAP GÖZDEN GEÇİRME TUTANAĞI", "4.312,5 saat"),
    "P-28": ("DIŞA AKTARMA KOPYASI İMHA KAYDI", "21.11.2026, saat 14.06.11"),
    "P-29": ("GİZLİLİK İHLALİ OLAY KAYDI", "18.11.2026, saat 22.40"),
    "P-31": ("İZMİR CUMHURİYET BAŞSAVCILIĞINA", "P-04/2026/0003 sayılı Görüntü Kaydı Teslim Tutanağı"),
    "P-32": ("GÜVENLİK PERSONELİ GÖREVLENDİRME LİSTESİ", "10.11.2026 tarihli ve E-998/41 sayılı"),
}
