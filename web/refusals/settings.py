"""The refusals of settings in Turkish, by code."""

SENTENCES: dict[str, str] = {
    "settings_changed": "Ayarları bu arada başkası değiştirdi. Sayfayı yenileyin, sonra yeniden değiştirin.",
    "settings_kept_broken": "Konsolda saklanan ayarların dosyası bozuk ya da bu sürümün bilmediği bir ayar içeriyor. "
    "Sunucuda düzeltin ya da kaldırın.",
    "settings_missing": "NAZAR_CONFIG değişkeninin gösterdiği ayar dosyası yok. Değişkeni düzeltin.",
    "settings_unavailable": "Bu süreç ayarları bilmiyor.",
    "setting_locked": "Bu ayar buradan değiştirilmez: ayar dosyası ya da bir değişken belirliyor.",
    "setting_unknown": "Böyle bir ayar yok. Sayfayı yenileyin.",
    "decision_needed": "Kimin kararıyla olduğunu tarihi ya da sayısıyla yazın: en çok 300 karakter.",
    "password_needed": "Posta sunucusunun parolasını yeniden girin: öncekinden başka bir yere gönderilecek.",
    "password_by_hand": "Parola sunucudaki ayar dosyasından ya da bir değişkenden geliyor. Sunucuyu, portu, "
    "şifrelemeyi ve kullanıcıyı orada değiştirin: buradan değişirse parola öncekinden başka yere gönderilirdi.",
    "restart_unavailable": "Bu süreç kendini yeniden başlatmaz. Sunucuda yeniden başlatın.",
    "mail_missing": "Posta sunucusu tanımlı değil. Önce ayarlarını kaydedin.",
    "mail_server_away": "Posta sunucusu iletiyi almadı. Posta ayarlarını, sonra sunucuyu denetleyin.",
    "mail_delayed": "Posta sunucusu bu adrese şimdi ileti almıyor. Biraz sonra yeniden deneyin.",
    "mail_refused": "Posta sunucusu bu adrese ileti almıyor. Adresinizi kişi kaydınızda denetleyin.",
    "mail_password_unreadable": "Posta parolasının dosyası okunamıyor. Dosyayı ve iznini denetleyin.",
    "mail_address_missing": "Kişi kaydınızda e-posta adresi yok. Kişiler sayfasından ekleyin.",
}
