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
}

KINDS: dict[str, str] = {
    "invalid": "İstek kurallara uymuyor.",
    "not_found": "Aranan bulunamadı.",
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
