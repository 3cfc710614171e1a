"""The refusals of volumes, their indexes and the recorder in Turkish, by code."""

SENTENCES: dict[str, str] = {
    "volume_missing": "Kayıt diski yerinde değil. Diski bağlayın.",
    "wrong_volume": "Beklenen kayıt diskinin yerinde başka bir disk var. Doğru diski bağlayın.",
    "volume_away": "Bu kaydın bulunabileceği disk yerinde değil. Diski bağlayıp yeniden deneyin.",
    "volume_damaged": "Kayıt diskinin volume.json dosyası okunamıyor. Yedekten geri koyun.",
    "volume_unreadable": "Kayıt diski okunamıyor. Diski denetleyin.",
    "known_volumes_damaged": "Hangi diskin nereye ait olduğunu söyleyen dosya okunamıyor. Sunucuda düzeltin.",
    "index_missing": "Kayıt diskinin dizini yok. Sunucuda `vms archive rebuild` çalıştırın.",
    "index_damaged": "Kayıt diskinin dizini bozuk. Sunucuda `vms archive rebuild` çalıştırın.",
    "index_version": "Kayıt diskinin dizinini başka bir sürüm yazmış. Sunucuda `vms archive rebuild` çalıştırın.",
    "index_locked": "Kayıt diskinin dizini şu anda meşgul. Yeniden deneyin.",
    "index_unavailable": "Kayıt diskinin dizini kullanılamıyor. Diski denetleyin.",
    "bad_parameter_sets": "Kamera, görüntüsünü eksik ya da yanlış tanımlıyor. "
    "Kameranın kodlayıcı ayarlarını denetleyin ya da kamerayı yeniden başlatın.",
    "recorder_away": "Kayıt süreci yanıt vermiyor. Kendiliğinden yeniden başlar; biraz bekleyin.",
    "secret_key_unreadable": "keys/secret.key dosyasında anahtar yok. Yedekten geri koyun: onsuz kamera adresleri "
    "okunamaz.",
    "node_key_unreadable": "Sunucunun imza anahtarı okunamıyor. Yedekten geri koyun.",
}
