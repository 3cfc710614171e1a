"""The words by which documents are found."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from vms.migrations.folding import folded

revision = "0013"
down_revision = "0012"

_DOCUMENT = sa.table(
    "document",
    sa.column("id", sa.Uuid()),
    sa.column("kind", sa.Text()),
    sa.column("year", sa.BigInteger()),
    sa.column("sequence", sa.BigInteger()),
    sa.column("title", sa.Text()),
    sa.column("fields", sa.JSON()),
    sa.column("words_folded", sa.Text()),
)
# As `vms.documents.search_words` had them then.
_TITLES = {
    "P-04": "Görüntü Kaydı Teslim Tutanağı",
    "P-05": "Yazılı Talep Olmadan Kayıt Saklama Tutanağı",
    "P-06": "90 Gün Saklama Tutanağı",
    "P-07": "Kayıt Bulunamadı / Ulaşılamayan Kayıt Tutanağı",
    "P-08": "Gizlilik Sözleşmesi",
    "P-09": "İzleme Yetkisi Tanımlama Formu",
    "P-10": "Yetki Yenileme ve Görev Değişikliği Başvurusu",
    "P-16": "Eğitim Katılım Formu",
    "P-17": "Ortak Hesap Gözden Geçirme Tutanağı",
    "P-28": "Dışa Aktarma Kopyası İmha Kaydı",
    "P-29": "Gizlilik İhlali Olay Kaydı",
    "P-31": "Talep Cevap Yazısı",
    "P-32": "Güvenlik Personeli Görevlendirme Listesi",
}
_FOUND_BY = frozenset({
    "name", "registry_no", "account_name", "contact", "institution", "authority", "addressee",
    "number", "request", "hold", "holds", "file_no", "record", "extends", "unreached", "earlier", "agreement",
    "reference", "camera", "cameras", "place", "site", "post",
})  # fmt: skip
_UNSEARCHED = frozenset({"files", "segments", "copies", "package", "clocks"})


def upgrade() -> None:
    op.add_column("document", sa.Column("words_folded", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    for row in connection.execute(sa.select(_DOCUMENT)).all():
        number = row.kind if row.sequence is None else f"{row.kind}/{row.year}/{row.sequence:04d}"
        said = dict.fromkeys([number, _TITLES.get(row.kind, ""), row.title, *_said(row.fields, "")])
        words = folded(" ".join(one for one in said if one))
        connection.execute(sa.update(_DOCUMENT).where(_DOCUMENT.c.id == row.id).values(words_folded=words))


def _said(value: object, key: str) -> Iterator[str]:
    if isinstance(value, str):
        if key in _FOUND_BY:
            yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _UNSEARCHED:
                yield from _said(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner, key)
