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

FORMS = {
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
    "P-08": ("GİZLİLİK SÖZLEŞMESİ", "Kayıt ve paylaşım yasağı"),
    "P-09": ("İZLEME YETKİSİ TANIMLAMA FORMU", "14.11.2026 tarihli ve E-12345678-000-118 sayılı"),
    "P-10": ("İZMİR ULAŞIM MERKEZİ ŞUBE MÜDÜRLÜĞÜNE", "Çağrı Ünlü"),
    "P-16": ("EĞİTİM KATILIM FORMU", "21.11.2026, saat 09.30 – 11.00"),
    "P-17": ("ORTAK HESAP GÖZDEN GEÇİRME TUTANAĞI", "4.312,5 saat"),
    "P-29": ("GİZLİLİK İHLALİ OLAY KAYDI", "18.11.2026, saat 22.40"),
    "P-32": ("GÜVENLİK PERSONELİ GÖREVLENDİRME LİSTESİ", "10.11.2026 tarihli ve E-998/41 sayılı"),
}
