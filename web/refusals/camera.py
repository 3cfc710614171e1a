"""The refusals of the camera register in Turkish, by code."""

SENTENCES: dict[str, str] = {
    "name_invalid": "Kamera adı 1–120 yazdırılabilir karakterdir. Adı düzeltin.",
    "site_invalid": "Kameranın yeri en çok 120 yazdırılabilir karakterdir. Yeri düzeltin.",
    "number_invalid": "Çağrı numarası 1 ile 999999 arasındadır. Başka bir numara girin.",
    "camera_number_taken": "Bu çağrı numarası başka bir kameranın. Başka bir numara girin.",
    "camera_is_retired": "Bu kamera hizmet dışıdır, artık taşınmaz. Yanlış yazılmış bir şey varsa düzeltin.",
    "camera_changed_meanwhile": "Siz okurken bu kameranın yeri değiştirildi. Yeniden okuyun, sonra girin.",
    "placement_in_future": "Kameranın şu anda durduğu yer girilir. Geçmiş bir zaman girin.",
    "placement_overlaps": "Bu zaman, önceki yer ile sonraki yer arasında değil. Zamanı düzeltin.",
    "placement_same": "Kayıttakinden farklı bir şey yok. Neyin değiştiğini girin ya da vazgeçin.",
    "placement_not_found": "Bu kameranın böyle bir yeri yok. Sayfayı yenileyin.",
    "camera_out_of_service": "Bu kamera hizmet dışıdır, görüntüsü gelmez.",
    "camera_switched_off": "Bu kamera kapalıdır. Önce kamerayı açın, sonra kaydını isteyin.",
    "central_recording_in_past": "Geçmiş kaydedilemez. Gelecekteki bir başlangıç girin ya da boş bırakın.",
    "central_recording_empty": "Kayıt, başladıktan sonra biter. Bitişi düzeltin.",
    "central_recording_too_long": "Merkezde kayıt en geç 366 gün sonra biter. O gün yeniden isteyin ya da kameranın "
    "kaydını açın.",
    "central_recording_reason_missing": "Merkezde kaydın ve erken bitirmenin en çok 500 karakterlik bir nedeni olur. "
    "Nedeni yazın.",
    "central_recording_over": "Bu kayıt zaten bitmiş. Sayfayı yenileyin.",
    "central_recording_open": "Bu kamera merkezde kaydediliyor ya da kaydedilecek; şehir izleme kamerası kaydedilmez. "
    "Önce o kaydı bitirin.",
    "central_recording_not_found": "Bu kamera için böyle bir kayıt istenmemiş. Sayfayı yenileyin.",
    "camera_number_positive": "Çağrı numarası 1 ya da daha büyüktür.",
    "camera_kind": "Kamera güvenlik ya da şehir izleme kamerasıdır. Seçin.",
    "camera_transport": "Görüntü TCP, UDP ya da kendiliğinden seçilen yolla gelir. Seçin.",
    "city_view_not_recorded": "Şehir izleme kamerası yalnızca canlıdır (m. 13). "
    "Kaydedilecekse güvenlik kamerası olarak girin.",
    "address_invalid": "Kameranın adresi bir RTSP adresi değil. Adresi düzeltin.",
    "retention_above_maximum": "Saklama süresi en çok 3650 gündür. Daha az gün girin.",
    "retention_reason_missing": "21 günden uzun saklamanın bir nedeni olur. Nedeni yazın.",
    "retention_target_invalid": "Saklama süresi her şey, bir yer ya da bir kamera içindir. Hedefi düzeltin.",
    "retention_scope": "Saklama süresi her şey, bir yer ya da bir kamera içindir. Seçin.",
    "retention_target": "Saklama süresi her şey, bir yer ya da bir kamera içindir. Hedefi düzeltin.",
    "placement_empty": "Bir yer, başladığı andan sonra biter. Zamanları düzeltin.",
    "placement_origin": "Yerin kaydı bilinmeyen türden. Sayfayı yenileyin.",
    "placement_number_positive": "Çağrı numarası 1 ya da daha büyüktür.",
    "retention_policy_current": "Bu hedefin yürürlükte bir saklama süresi zaten var. Sayfayı yenileyin.",
    "placement_begins": "O an için zaten bir yer girilmiş. Zamanı düzeltin.",
    "placement_now": "Kameranın şu anki yeri zaten girilmiş. Sayfayı yenileyin.",
}
