"""The refusals about breaches of confidentiality in Turkish, by code."""

SENTENCES: dict[str, str] = {
    "breach_not_found": "Böyle bir olay kaydı yok. Listeyi yenileyin.",
    "breach_in_future": "Kayda geçen olay olmuş bitmiş olmalı. Tarihi ya da saati düzeltin.",
    "breach_noticed_before": "Olay, olduğu gün ya da sonra fark edilir. Tarihleri düzeltin.",
    "breach_what_missing": "Ne olduğunu yazın: 1–4000 karakter.",
    "breach_action_missing": "Ne yapıldığını yazın: 1–4000 karakter.",
    "breach_words_long": "Bu metin en çok 4000 karakterdir. Kısaltın.",
    "breach_line_invalid": "Bir satır en çok 200 yazdırılabilir karakterdir. Düzeltin.",
    "breach_of_two": "Olay ya kayıtlı bir kişiye ya da yazıyla anılan birine aittir. Birini seçin.",
    "breach_evidence_missing": "Delilin ne olduğunu yazın: 1–200 yazdırılabilir karakter.",
    "breach_evidence_many": "Bir kayıtta en çok 200 delil yer alır. Bazılarını çıkarın.",
    "breach_evidence_two": "Her delil tek bir şeydir: denetim izi kaydı, belge ya da başka bir şey. Birini seçin.",
    "breach_entry_not_found": "Denetim izinde bu numarayla böyle bir kayıt yok. Numarayı düzeltin.",
}
