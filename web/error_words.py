"""The sentences of errors in Turkish, by code; English comes with the error itself."""

# Short, addressed with "siz", each saying what to do next. A code without a sentence here falls back to its kind.
SENTENCES: dict[str, str] = {
    "address_not_allowed": "Durum sayfası yalnızca bu makineden açılır. "
    "Başka ağlara açmak için `vms web` komutunu --allow ile başlatın.",
    "host_not_allowed": "Sunucu bu adla açılmaz. Adresini kullanın ya da `vms web` komutunu --name ile başlatın.",
    "request_invalid": "İstek kurallara uymuyor. Belirtilen alanı düzeltin.",
    "not_found": "Bu adreste bir şey yok. Adresi denetleyin.",
    "method_not_allowed": "Bu adres bu yöntemi kabul etmez.",
    "internal": "Beklenmeyen bir hata oluştu; kayda geçti. Sürerse sistem yöneticinize bildirin.",
    "retention_below_minimum": "Saklama süresi 20 günden az olamaz.",
    "retention_at_risk": "Depolama, 20 günlük saklama süresi dolmadan dolacak.",
    "settings_invalid": "Ayar dosyasında bir değer geçersiz. `vms doctor` hangisi olduğunu söyler.",
    "secret_unreadable": "Saklanan bir sır bu makinenin anahtarıyla okunamıyor. keys/secret.key dosyasını geri koyun.",
    "volume_missing": "Kayıt diski yerinde değil. Diski bağlayın.",
    "wrong_volume": "Beklenen kayıt diskinin yerinde başka bir disk var. Doğru diski bağlayın.",
    "sign_in_failed": "Ad ya da parola yanlış. Yeniden deneyin ya da yöneticinize başvurun.",
    "account_locked": "Çok sayıda yanlış parola girildi; hesap on beş dakika kapalı. "
    "Bekleyin ya da yöneticinize başvurun.",
    "sign_in_busy": "Şu anda çok kişi oturum açıyor. Biraz sonra yeniden deneyin.",
    "password_wrong": "Şimdiki parola yanlış. Yeniden girin.",
    "password_weak": "Parola 12–256 karakter olmalı, en az 5 farklı karakter içermeli ve hesap adıyla aynı olmamalı. "
    "Başka bir parola seçin.",
    "password_unchanged": "Yeni parola eskisiyle aynı. Başka bir parola seçin.",
    "account_name_invalid": "Hesap adı 1–64 karakterdir: a-z, 0-9, nokta, tire ve alt çizgi. Adı düzeltin.",
    "account_name_taken": "Bu ad başka bir hesaba ait. Başka bir ad seçin.",
    "account_not_found": "Bu adla bir hesap yok. Adı denetleyin.",
    "account_disabled": "Bu hesap kapatılmış. Hesabı açın ya da başka bir hesap seçin.",
    "account_role": "Bir hesabın görevi yönetici, güvenlik görevlisi ya da izleyici olabilir. Birini seçin.",
    "account_language": "Konsol Türkçe ve İngilizce konuşur. Birini seçin.",
    "display_name_invalid": "Kişi adı 1–120 yazdırılabilir karakterdir. Adı düzeltin.",
    "language_unknown": "Konsol Türkçe ve İngilizce konuşur. Birini seçin.",
    "not_authorised": "Bu kamerayı izleme yetkiniz yok. Yetki için birim amiriniz başvurabilir.",
    "playback_needs_olur": "Yetkiniz yalnızca anlık izlemeyi kapsıyor. "
    "Geçmiş kayıtları izlemek için Başkanlık Oluru gerekir.",
    "grant_expired": "Bu kamera için yetkiniz sona erdi. Yenileme için birim amirinizin yazısı gerekir.",
    "right_without_mode": "Yetki; anlık izleme, geçmiş kayıtlar ya da ikisi için verilir. Seçin.",
    "right_ends_before_it_begins": "Yetkinin bitişi başlangıcından sonra olmalı. Tarihi düzeltin.",
    "until_in_the_past": "Yetkinin bitişi ileri bir tarih olmalı. Tarihi düzeltin.",
    "basis_missing": "Yetkinin dayanağını yazın (yazının tarihi ve sayısı gibi): 1–500 yazdırılabilir karakter.",
    "view_not_found": "Bu görünüm artık yok. Listeyi yeniden yükleyin.",
    "tour_not_found": "Bu tur artık yok. Listeyi yeniden yükleyin.",
    "not_yours": "Bu görünümü başka biri paylaşıyor. Kendi adınızla kaydedin.",
    "view_name_invalid": "Görünümün ya da turun adı 1–80 yazdırılabilir karakterdir. Adı düzeltin.",
    "layout_unknown": "Duvarda böyle bir düzen yok. Listeden seçin.",
    "cells_invalid": "Bu düzenin her karesi boştur ya da bir kamera gösterir. Kareleri düzeltin.",
    "dwell_invalid": "Tur her görünümde 5–300 saniye kalır. Süreyi düzeltin.",
    "tour_views_invalid": "Tur, açabildiğiniz 1–100 görünümden oluşur. Listeyi düzeltin.",
    "view_limit_reached": "Bir kişi daha fazlasını saklayamaz. Önce birini silin.",
}

KINDS: dict[str, str] = {
    "invalid": "İstek kurallara uymuyor.",
    "not_found": "Aranan bulunamadı.",
    "unauthenticated": "Oturum açmanız gerekiyor.",
    "forbidden": "Bu işlem için yetkiniz yok.",
    "conflict": "Kaydın şu anki durumu bu işleme izin vermiyor.",
    "gone": "Bu kayıt artık yok.",
    "unavailable": "Gereken bir bölüm şu anda yanıt vermiyor. Biraz sonra yeniden deneyin.",
    "corrupt": "Saklanan veri bozulmuş. Sistem yöneticinize bildirin.",
    "internal": "Beklenmeyen bir hata oluştu; kayda geçti.",
}


def sentence(code: str, kind: str, english: str, language: str) -> str:
    """What a person reads of an error; `english` is the error's own sentence."""
    if language == "en":
        return english
    return SENTENCES.get(code) or KINDS[kind]
