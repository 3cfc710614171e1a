"""The refusals of training in Turkish, by code."""

SENTENCES: dict[str, str] = {
    "training_title_invalid": "Başlık 1 ile 120 arasında görünür karakterden oluşur. Düzeltin.",
    "training_topics_missing": "Eğitim en az bir konuda olmalıdır. Konuları seçin.",
    "training_not_found": "Böyle bir eğitim yok. Listeyi yenileyin.",
    "training_withdrawn": "Bu eğitim kaldırılmış. Yenisini ekleyin.",
    "training_file_missing": "Bu eğitimin dosyası yok. Bir PDF ya da video yükleyin; vardıysa yedekten geri koyun.",
    "training_published": "En yeni sürüm zaten yayımda. Önce başka bir dosya yükleyin.",
    "training_superseded": "Bu eğitimin daha yeni bir sürümü var. Sayfayı yenileyin.",
    "training_account_shared": "Anladığını yalnızca bir kişi söyleyebilir. Kendi hesabınızla giriş yapın.",
    "training_file_type_wrong": "Eğitim dosyası PDF ya da video (MP4, WebM) olur. Başka bir dosya seçin.",
    "training_file_too_large": "PDF en çok 20 MB, video en çok 500 MB olur. Daha küçük kaydedin.",
    "training_unavailable": "Bu süreç eğitim dosyası tutmuyor.",
    "training_media_type": "Eğitim dosyası PDF ya da video (MP4, WebM) olur.",
    "training_pages": "Sayfa sayısı yalnızca PDF için tutulur.",
    "training_duration": "Süre yalnızca video için tutulur.",
    "film_unplayable": "Tarayıcılar bu videoyu oynatmaz. MP4 (H.264, AAC) ya da WebM (VP9, Opus) olarak kaydedin.",
    "film_too_long": "Eğitim videosu en çok dört saat sürer. Parçalara bölün.",
}
