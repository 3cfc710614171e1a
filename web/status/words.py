"""The words of the status page in Turkish and English."""

from web.language import Language

# One row a thing: (Turkish, English). Codes are those of states, source errors, gap causes, volumes and alarms.
PAGE: dict[str, tuple[str, str]] = {
    "title": ("Sağlık durumu", "Health"),
    "product_line": ("Kamera kayıt sunucusu", "Camera recording server"),
    "skip": ("İçeriğe geç", "Skip to content"),
    "language": ("Dil", "Language"),
    "read_at": ("Durum", "As of"),
    "lost": (
        "Sunucuya ulaşılamıyor. Aşağıdaki bilgiler eski; bağlantı yeniden deneniyor.",
        "The server cannot be reached. What you see is old; trying again.",
    ),
    "missing": ("Kayıt yapmayan", "Not recording"),
    "frozen": ("Donuk", "Frozen"),
    "below_minimum": ("20 günün altında", "Under 20 days"),
    "until_full": ("Depolamanın dolmasına", "Storage full in"),
    "of_cameras": ("{count} kameradan", "of {count} cameras"),
    "coverage_hint": ("zorunlu kaydı eksik kamera", "cameras lacking required footage"),
    "frozen_hint": ("son görüntüsü 10 sn’den eski", "last picture older than 10 s"),
    "all_well": ("Her şey yolunda: {count} kamera kaydediliyor.", "All is well: {count} cameras are recorded."),
    "no_cameras_title": ("Henüz kamera yok", "No cameras yet"),
    "no_cameras": (
        "İlk kamerayı eklemek için: vms camera add",
        "To add the first camera: vms camera add",
    ),
    "alarms": ("Alarmlar", "Alarms"),
    "since": ("Başlangıç: {time}", "Since {time}"),
    "cameras": ("Kameralar", "Cameras"),
    "number": ("No", "No."),
    "name": ("Kamera", "Camera"),
    "state": ("Durum", "State"),
    "picture": ("Görüntü", "Picture"),
    "frames": ("Kare/sn", "Frames/s"),
    "rate": ("Mbit/sn", "Mbit/s"),
    "recorded_until": ("Son kayıt", "Recorded until"),
    "last_day": ("Son 24 saat", "Last 24 hours"),
    "oldest": ("En eski görüntü", "Oldest footage"),
    "offset": ("Saat farkı", "Clock offset"),
    "no_gaps": ("Boşluk yok", "No gaps"),
    "gap_count": ("{count} boşluk, toplam {time}", "{count} gaps, {time} in all"),
    "one_gap": ("1 boşluk, {time}", "1 gap, {time}"),
    "more_gaps": ("ve {count} boşluk daha", "and {count} more gaps"),
    "until_now": ("sürüyor", "still open"),
    "strip": ("Son 24 saatin kaydı", "Footage of the last 24 hours"),
    "storage": ("Depolama", "Storage"),
    "volume": ("Disk", "Volume"),
    "used": ("Dolu", "Used"),
    "free": ("Boş", "Free"),
    "footage": ("Görüntü kaydı", "Footage"),
    "days_left": ("Dolmasına", "Full in"),
    "days": ("{count} gün", "{count} days"),
    "of_total": ("{used} / {total}", "{used} of {total}"),
    "measuring": ("ölçülüyor", "measuring"),
    "missing_line": ("Eksik: {time} ({cause})", "Missing: {time} ({cause})"),
    "group_site": ("{site}: {count} kamera", "{site}: {count} cameras"),
    "group_cameras": ("{count} kamera", "{count} cameras"),
    "group_others": ("{count} adet", "{count} of them"),
    "more_members": ("ve {count} tane daha", "and {count} more"),
    "show_members": ("Hangileri", "Which ones"),
    "at_most": ("en çok {figure}", "up to {figure}"),
    "lost_share": ("paketlerin yaklaşık {share} kadarı", "about {share} of its packets"),
    "clock_fast": ("{time} ileri", "{time} fast"),
    "clock_slow": ("{time} geri", "{time} slow"),
    "at_risk": ("20 günlük saklama risk altında", "20-day retention at risk"),
    "processes": ("Süreçler", "Processes"),
    "recorder": ("Kayıt süreci {name}", "Recorder {name}"),
    "recorder_up": (
        "{cameras} kamera · işlemci süresi {cpu} · bellek {memory} · çalışma süresi {time}",
        "{cameras} cameras · processor time {cpu} · memory {memory} · running for {time}",
    ),
    "sweep": ("Son temizlik", "Last sweep"),
    "sweep_line": ("{time} · {outcome} · silinen parça: {count}", "{time} · {outcome} · segments deleted: {count}"),
    "sweep_none": ("henüz çalışmadı", "has not run yet"),
    "unread": ("Okunamayan bölümler: {parts}", "Parts that cannot be read: {parts}"),
    "zone": ("Saatler: {zone}", "Times: {zone}"),
    "unknown": ("–", "–"),
    "seconds": ("{count} sn", "{count} s"),
    "minutes": ("{minutes} dk {seconds} sn", "{minutes} min {seconds} s"),
    "hours": ("{hours} sa {minutes} dk", "{hours} h {minutes} min"),
    "days_hours": ("{days} gün {hours} sa", "{days} d {hours} h"),
}

STATES: dict[str, tuple[str, str]] = {
    "connecting": ("Bağlanıyor", "Connecting"),
    "recording": ("Kaydediliyor", "Recording"),
    "frozen": ("Donuk görüntü", "Frozen picture"),
    "live_only": ("Yalnızca canlı", "Live only"),
    "waiting": ("Kayıt yapılmıyor", "Not recording"),
    "no_storage": ("Kayıt yapılmıyor", "Not recording"),
    "absent": ("Kayıt yapılmıyor", "Not recording"),
    "off": ("Kapalı", "Switched off"),
}

DETAILS: dict[str, tuple[str, str]] = {
    "refused": ("bağlantı reddedildi", "connection refused"),
    "timeout": ("yanıt yok", "no answer"),
    "no_route": ("ağda bulunamadı", "not found on the network"),
    "silent": ("görüntü göndermiyor", "sends no pictures"),
    "closed": ("kamera bağlantıyı kapattı", "the camera closed the connection"),
    "wrong_password": ("parola yanlış", "wrong password"),
    "not_found": ("görüntü adresi yanlış", "wrong stream address"),
    "busy": ("kamera meşgul", "the camera is busy"),
    "no_video": ("görüntü akışı yok", "no video stream"),
    "no_parameter_sets": ("akış bilgisi eksik", "stream description missing"),
    "no_whole_picture": ("tam görüntü gelmiyor", "no whole picture arrives"),
    "no_key_frame": (
        "başlanabilecek görüntü (anahtar kare) bekleniyor",
        "waiting for a key frame",
    ),
    "unsteady": ("görüntü sürekli kesiliyor; kayıt aralıklı", "the stream keeps breaking; recorded in parts only"),
    "unsupported": ("biçim desteklenmiyor", "format not supported"),
    "protocol": ("kamera kurallara uymuyor", "the camera breaks the protocol"),
    "framing": ("veri akışı bozuk", "broken data stream"),
    "internal_error": ("kayıt yazılımında hata", "a fault of the recorder"),
    "no_storage": ("depolama yok", "no storage"),
    "absent": ("kayıt süreci yanıt vermiyor", "the recorder does not answer"),
}

CAUSES: dict[str, tuple[str, str]] = {
    "retention_expired": ("saklama süresi doldu", "retention expired"),
    "camera_offline": ("kamera kapalı", "camera offline"),
    "recorder_down": ("kayıt sunucusu durdu", "recorder down"),
    "disk_failure": ("disk arızası", "disk failure"),
    "network": ("ağ kesintisi", "network"),
    "maintenance": ("bakım", "maintenance"),
    "mask_failure": ("maske arızası", "mask failure"),
    "not_commissioned": ("kurulumdan önce", "before commissioning"),
    "unknown": ("nedeni bilinmiyor", "cause unknown"),
}

VOLUMES: dict[str, tuple[str, str]] = {
    "ok": ("Yazılıyor", "In use"),
    "volume_full": ("Dolu", "Full"),
    "volume_failed": ("Arızalı", "Failed"),
    "volume_missing": ("Bağlı değil", "Not mounted"),
    "wrong_volume": ("Başka bir disk takılı", "Another disk is in its place"),
    "volume_read_only": ("Salt okunur", "Read-only"),
    "volume_damaged": ("Disk bilgisi bozuk", "Volume description damaged"),
    "index_missing": ("Dizini yok", "Index missing"),
    "index_damaged": ("Dizini bozuk", "Index damaged"),
    "not_recovered": ("Denetleniyor", "Being checked"),
}

ALARMS: dict[str, tuple[str, str]] = {
    "retention_at_risk": ("20 günlük saklama risk altında", "20-day retention at risk"),
    "disk_pressure": ("Disk doldu; süresi dolmadan eski kayıt silindi", "Disk full; old footage went before its day"),
    "clock_not_trusted": ("Sunucu saatine güvenilmiyor; temizlik durdu", "Server clock not trusted; sweeping stopped"),
    "locks_not_trusted": ("Kilitler doğrulanmadı; temizlik durdu", "Locks not confirmed; sweeping stopped"),
    "disk_not_measured": ("Disk doluluğu ölçülemiyor", "Disk usage cannot be measured"),
    "volume_unavailable": ("Kayıt diskine ulaşılamıyor", "Volume cannot be reached"),
    "unregistered_footage": ("Kayıtlı olmayan kameranın görüntüsü var", "Footage of a camera that is not registered"),
    "footage_missing": ("Kayıt dosyası eksik", "A footage file is missing"),
    "locks_pending": ("Kilitler her diske ulaşmadı", "Locks have not reached every volume"),
    "hold_unsigned": ("Muhafaza tutanağı imzalanmadı", "A hold's record is not signed"),
    "export_overdue": ("Teslim edilen kopya silinemedi", "A delivered copy could not be destroyed"),
    "export_folder_away": ("Paketlerin diski yerinde değil", "The disk of the packages is away"),
    "destruction_unrecorded": ("İmha kaydı düzenlenemedi", "A record of destruction could not be printed"),
    "delivery_waits": ("Hazırlanan görüntü teslim alınmadı", "Prepared footage was not fetched"),
    "parallel_use": ("Bir hesap aynı anda iki yerde açık", "One account is open at two places"),
    "audit_broken": ("Denetim izi doğrulanamadı", "The audit trail does not hold"),
    "recorder_away": ("Kayıt süreci yanıt vermiyor", "Recorder does not answer"),
    "camera_offline": ("Kameradan görüntü gelmiyor", "Camera sends no pictures"),
    "no_storage": ("Görüntü geliyor ama kaydedilemiyor", "Pictures arrive but cannot be stored"),
    "not_recorded": ("Kaydedilmesi gereken kamera kaydedilmiyor", "A camera that must be recorded is not"),
    "packet_loss": ("Ağda paket kaybı", "Packets are lost on the way"),
    "clock_offset": ("Kameranın saati yanlış", "Camera clock is wrong"),
}

# What to do next, by alarm.
ADVICE: dict[str, tuple[str, str]] = {
    "retention_at_risk": (
        "Disk ekleyin veya kameraların gönderdiği veri miktarını azaltın.",
        "Add storage or lower what the cameras send.",
    ),
    "disk_pressure": ("Disk ekleyin veya saklama sürelerini kısaltın.", "Add storage or shorten the policies."),
    "clock_not_trusted": (
        "Sunucunun saatini düzeltin; saat doğruysa: vms retention confirm-clock",
        "Set the server's clock; when it is right: vms retention confirm-clock",
    ),
    "locks_not_trusted": (
        "Kilitleri gözden geçirip onaylayın: vms retention confirm-locks",
        "Review the locks and confirm them: vms retention confirm-locks",
    ),
    "disk_not_measured": ("Diski denetleyin.", "Check the disk."),
    "volume_unavailable": ("Diski takın veya bağlayın (mount).", "Attach the disk or mount it."),
    "unregistered_footage": (
        "Bu görüntüler için saklama süresi belirleyin: vms retention set --camera-id",
        "Give this footage a retention: vms retention set --camera-id",
    ),
    "footage_missing": ("Şunu çalıştırın: vms archive check", "Run: vms archive check"),
    "locks_pending": (
        "Diski bağlayın; kilitler kendiliğinden yeniden gönderilir",
        "Mount the disk; locks are sent again by themselves",
    ),
    "hold_unsigned": (
        "Tutanağı şef ya da müdüre imzalatın; kayıt bu arada saklanır",
        "Have the record signed by the chief or the manager; the footage is kept meanwhile",
    ),
    "export_overdue": (
        "Veri klasörünün diskini denetleyin; silme kendiliğinden yeniden denenir (m. 10/2)",
        "Check the disk of the data folder; destroying is tried again by itself (article 10(2))",
    ),
    "export_folder_away": (
        "Diski bağlayın (mount); silinecek kopyalar o diskte durur. Disk kaybedildiyse: vms export new-folder",
        "Mount the disk; copies to be destroyed still lie on it. If it is lost: vms export new-folder",
    ),
    "destruction_unrecorded": (
        "Kopyalar silindi. nazar.toml’daki [institution] ayarını ve mührü denetleyin; kayıt kendiliğinden düzenlenir",
        "The copies are gone. Check [institution] and the seal in nazar.toml; the record is printed by itself",
    ),
    "delivery_waits": (
        "Makamı arayın ya da talebi geri çekilmiş olarak kapatın; paket şifreli bekler",
        "Call the authority, or close the request as withdrawn; the package waits encrypted",
    ),
    "parallel_use": (
        "Kişiye sorun; kendisi değilse Kişiler sayfasında oturumlarını kapatın ve parolasını değiştirin",
        "Ask the person; if it is not them, end their sessions on the page People and change the password",
    ),
    "audit_broken": (
        "Veritabanını ve denetim dosyasını olduğu gibi saklayın; şunu çalıştırın: vms audit verify",
        "Keep the database and the checkpoint file as they are; run: vms audit verify",
    ),
    "recorder_away": (
        "Kendiliğinden yeniden başlar. Sürerse sunucuda çalıştırın: vms doctor",
        "It restarts by itself. If this lasts, run on the server: vms doctor",
    ),
    "camera_offline": (
        "Kameranın elektriğini ve ağ kablosunu denetleyin.",
        "Check the camera's power and its network cable.",
    ),
    "no_storage": (
        "Aşağıdaki Depolama bölümüne bakın; yeni görüntüler kayboluyor.",
        "See Storage below; new footage is being lost.",
    ),
    "not_recorded": (
        "Kayıt süreci yeni ayarı almadı. Sunucuda çalıştırın: vms doctor",
        "The recorder did not take up the setting. Run on the server: vms doctor",
    ),
    "packet_loss": (
        "Kameraya giden ağ hattını denetleyin veya kameranın veri hızını düşürün.",
        "Check the network line to the camera or lower its bit rate.",
    ),
    "clock_offset": (
        "Kameranın saat sunucusunu (NTP) ve saat dilimini ayarlayın.",
        "Set the camera's time server (NTP) and its time zone.",
    ),
}

# The same for a camera without pictures, by the recorder's reason; others have the alarm's own advice.
OFFLINE_ADVICE: dict[str, tuple[str, str]] = {
    "refused": (
        "Kameranın RTSP hizmetini ve bağlantı noktasını denetleyin; kamera yeniden başlıyor olabilir.",
        "Check the camera's RTSP service and port; it may be starting up.",
    ),
    "no_route": (
        "Anahtarı, kabloyu ve kameranın ağ ayarlarını denetleyin.",
        "Check the switch, the cable and the camera's network settings.",
    ),
    "silent": ("Kamerayı yeniden başlatın.", "Restart the camera."),
    "closed": (
        "Kamerayı yeniden başlatın; sürerse yazılımını güncelleyin.",
        "Restart the camera; if this lasts, update its firmware.",
    ),
    "wrong_password": (
        "Doğru kullanıcı adı ve parolayla yeni adresi girin: vms camera set",
        "Enter the address with the right user and password: vms camera set",
    ),
    "not_found": (
        "Görüntü yolunu (RTSP) düzeltin: vms camera set",
        "Correct the stream path (RTSP): vms camera set",
    ),
    "busy": (
        "Kameraya bağlanan diğer programları kapatın; kamera daha fazla bağlantı kabul etmiyor.",
        "Close other programs that watch the camera; it takes no more connections.",
    ),
    "no_video": ("Kamerada görüntü akışını açın.", "Switch the video stream on in the camera."),
    "no_parameter_sets": (
        "Kamerada kodlamayı H.264 veya H.265 yapın, sonra yeniden başlatın.",
        "Set the camera to H.264 or H.265, then restart it.",
    ),
    "no_whole_picture": (
        "Ağ hattını denetleyin; sürerse kameranın bit hızını düşürün.",
        "Check the network line; if this lasts, lower the camera's bit rate.",
    ),
    "no_key_frame": (
        "Kameranın kodlayıcısında anahtar kare aralığını bir iki saniyeye ayarlayın.",
        "Set the key frame interval of the camera's encoder to a second or two.",
    ),
    "unsteady": (
        "Kamerayı yeniden başlatın; sürerse yazılımını güncelleyin veya kodlayıcısını sabit ayara alın.",
        "Restart the camera; if this lasts, update its firmware or give its encoder fixed settings.",
    ),
    "unsupported": (
        "Kamerada kodlamayı H.264 veya H.265 yapın.",
        "Set the camera to H.264 or H.265.",
    ),
    "protocol": (
        "Kamerayı yeniden başlatın; sürerse yazılımını güncelleyin.",
        "Restart the camera; if this lasts, update its firmware.",
    ),
    "framing": (
        "Ağ hattını denetleyin ve kamerayı yeniden başlatın.",
        "Check the network line and restart the camera.",
    ),
    "internal_error": (
        "Sunucuda çalıştırın: vms doctor. Kayıt yazılımının günlüğünü destek birimine iletin.",
        "Run on the server: vms doctor. Send the recorder's log to support.",
    ),
    "absent": (
        "Kayıt süreci bu kamerayı bilmiyor. Sunucuda çalıştırın: vms doctor",
        "No recorder carries this camera. Run on the server: vms doctor",
    ),
}

SWEEPS: dict[str, tuple[str, str]] = {
    "ok": ("tamam", "done"),
    "clock_not_trusted": ("sunucu saatine güvenilmedi", "server clock not trusted"),
    "clock_jumped_forward": ("sunucu saati ileri sıçramış", "server clock jumped forward"),
    "clock_jumped_back": ("sunucu saati geri gitmiş", "server clock went back"),
    "footage_from_future": ("görüntüler gelecekten", "footage is from the future"),
    "clock_unproven": ("saatin doğruluğu kanıtlanmadı", "clock not proven"),
    "locks_not_trusted": ("kilitler doğrulanmadı", "locks not confirmed"),
    "volume_missing": ("disk bağlı değil", "volume not mounted"),
    "wrong_volume": ("başka bir disk takılı", "another disk is in its place"),
}

PARTS: dict[str, tuple[str, str]] = {
    "recorders": ("kayıt süreci", "recorder"),
    "cameras": ("kamera listesi", "camera register"),
    "volumes": ("diskler", "volumes"),
    "footage": ("arşiv", "archive"),
    "alarms": ("alarmlar", "alarms"),
    "coverage": ("20 günün kanıtı", "proof of the 20 days"),
    "sweep": ("temizlik", "sweep"),
}


class Words:
    """One language's words. A code without words is shown as it is: better an English code than nothing."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = 0 if language == "tr" else 1

    def page(self, key: str, **values: object) -> str:
        """A text of the page; KeyError for one that does not exist."""
        return PAGE[key][self._column].format(**values)

    def of(self, table: dict[str, tuple[str, str]], code: str) -> str:
        """The words of `code` in one of this module's tables."""
        words = table.get(code)
        return words[self._column] if words else code
