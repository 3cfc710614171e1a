"""What papers say beside the cause of missing footage (directive 10(2)), for each code that a gap carries."""

from vms.documents.forms.footage import Cause

# By the codes of whoever wrote the gap down. What is told of a camera's protocol is no word for a court: it is said
# what failed, not how; where the cause has said all there is, nothing.
_WORDS = {
    # The recorder, of a camera it could not receive.
    "busy": "kamera başka bağlantı kabul etmemiş",
    "closed": "kamera bağlantıyı kesmiş",
    "format_changed": "kameranın görüntü biçimi değişmiş",
    "framing": "kameradan gelen veri bozuk",
    "internal_error": "kayıt yazılımında hata",
    "late": "görüntü gecikmeli gelmiş",
    "no_parameter_sets": "kamera görüntü biçimini bildirmemiş",
    "no_route": "kameraya ağdan ulaşılamamış",
    "no_video": "kamera görüntü akışı sunmamış",
    "no_whole_picture": "görüntü eksik gelmiş",
    "not_found": "görüntü adresi kamerada bulunamamış",
    "protocol": "kamerayla bağlantı kurulamamış ya da sürdürülememiş",
    "refused": "kamera bağlantıyı reddetmiş",
    "sender_changed": "kamera yayını yeniden başlatmış",
    "sequence_restart": "kamera yayını yeniden başlatmış",
    "silent": "kamera görüntü göndermemiş",
    "time_jump": "kameranın zaman bilgisi atlamış",
    "timeout": "kamera yanıt vermemiş",
    "unsteady": "kameranın yayını çok sık kesilip yeniden başlamış",
    "unsupported": "kameranın görüntü biçimi desteklenmiyor",
    "wrong_password": "kameranın parolası kabul edilmemiş",
    # The recorder, of itself.
    "clock_step": "sunucu saati değişmiş",
    "first_start": "kayıt ilk kez başlamış",
    "not_running": "kayıt yazılımı çalışmıyormuş",
    "reconfigured": "kamera ayarı değiştirilmiş",
    "stopped": "kayıt yazılımı durdurulmuş",
    "taken_out": "kamera kayıttan çıkarılmış",
    "time_taken": "bu zaman için daha önce kayıt yapılmış",
    # The disks.
    "disk_behind": "disk yazmaya yetişememiş",
    "index_damaged": "diskin dizini bozuk",
    "index_locked": "diskin dizinine yazılamamış",
    "index_missing": "diskin dizini bulunamamış",
    "index_refused": "diskin dizinine yazılamamış",
    "index_unavailable": "diskin dizinine ulaşılamamış",
    "index_version": "diskin dizini bu sürüme ait değil",
    "no_volume": "takılı kayıt diski yok",
    "not_recovered": "disk kayda hazırlanıyormuş",
    "segment_damaged": "kayıt parçası bozulmuş",
    "storage_retry": "disk yeniden deneniyormuş",
    "volume_away": "kayıt diski takılı değil",
    "volume_damaged": "kayıt diski bozuk",
    "volume_failed": "disk yazma hatası vermiş",
    "volume_full": "disk dolmuş",
    "volume_missing": "kayıt diski takılı değil",
    "volume_read_only": "disk yazmaya kapanmış",
    "volume_unreadable": "kayıt diski okunamamış",
    "wrong_volume": "başka bir disk takılmış",
    # Whoever builds a package.
    "not_recorded_yet": "henüz kaydedilmemiş",
}


def detail_words(cause: str, detail: str) -> str:
    """In Turkish; empty for a code without words, for nobody outside understands it.

    What was given up (`lacking`) is told in words already.
    """
    return detail if cause == Cause.NOT_PACKED else _WORDS.get(detail, "")
