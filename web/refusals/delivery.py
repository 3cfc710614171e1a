"""The refusals of records, deliveries, destructions in Turkish, by code."""

SENTENCES: dict[str, str] = {
    "nothing_missing": "İstenen kayıtların tamamı bulundu; tutanağa geçirilecek eksik yok.",
    "hold_possible": "Bu kayıtların bir bölümü duruyor. Bunun yerine muhafaza açın.",
    "delivery_record_missing": "Görüntü, teslim tutanağı (P-04) ile verilir (m. 10/1). Önce tutanağı düzenleyin.",
    "unreached_record_missing": "Cevap, ulaşılamayan kayıt tutanağı (P-07) ile gider. Önce onu düzenleyin.",
    "unreached_record_old": "Tutanak (P-07) düzenlendikten sonra kayıtlar yeniden arandı. "
    "Tutanağı yeniden düzenleyip imzalatın.",
    "unreached_record_unsigned": "Ulaşılamayan kayıt tutanağı (P-07) imzalı olarak geri yüklenmedi. "
    "Önce imzalı dosyayı yükleyin, sonra cevap yazısını kaydedin.",
    "delivery_signed": "Bu teslimin tutanağı imzalandı. Önce tutanağı (P-04) gerekçesiyle iptal edin.",
    "delivery_record_old": "Tutanak düzenlendikten sonra bir paketin yerine yenisi hazırlandı. "
    "Teslimi yeniden hazırlayın.",
    "receiver_required": "Kim olduğu bilinmeyene görüntü verilmez. "
    "Teslim alanın adını ve gösterdiği belgenin numarasını girin.",
    "receiver_differs": "İmzalı tutanakta başka biri yazıyor. "
    "Ona teslim edin ya da tutanağı iptal edip teslimi yeniden hazırlayın.",
    "delivered_in_future": "Teslim zamanı şimdiden sonra olamaz. Düzeltin.",
    "delivered_before_signed": "Teslim, tutanağın imzalanmasından sonradır. Teslim zamanını düzeltin.",
    "delivery_medium": "Teslim ortamını listeden seçin.",
    "delivery_channel": "Teslim şeklini listeden seçin.",
    "delivery_to_nobody": "Kim olduğu bilinmeyene görüntü verilmez. Teslim alanı girin.",
    "delivery_unsigned": "Teslim tutanağını önce şef ya da müdür imzalar (m. 10/1).",
    "hash_invalid": "SHA-256 özeti 64 hanelidir: 0–9 ve a–f. Tamamını girin.",
    "hash_unknown": "Bu özetle bir dosya bu kurumdan verilmemiş; defterde böyle bir kayıt yok.",
    "days_in_wrong_order": "Son gün ilk günden önce olamaz. Günleri düzeltin.",
}
