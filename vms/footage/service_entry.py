"""The municipality's entry in its service catalogue, with the laws that the service stands on (S-1a, S-1h)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class Law:
    """A law by its number. Papers are in Turkish; the English name is for whoever reads the console in English."""

    no: str
    name_tr: str
    name_en: str

    @property
    def words(self) -> str:
        """As Turkish papers quote it."""
        return f"{self.no} sayılı {self.name_tr}"

    def to_json(self) -> dict[str, Any]:
        """As a request keeps it: what it is called later changes nothing of what was quoted."""
        return {"no": self.no, "name_tr": self.name_tr, "name_en": self.name_en}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Back again."""
        return cls(kept["no"], kept["name_tr"], kept["name_en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEntry:
    """What the service is, who may apply, with what, on which laws; in Turkish, in English.

    How long it takes is `Policy.soft_us`, `Policy.hard_us`. 6698 is among the laws, which the inventory of Ortahisar
    leaves out for cameras (S-1h).
    """

    name_tr: str = "Kamera kurulumu ve görüntü kayıtlarını aktarma"
    name_en: str = "Camera installation and footage transfer"
    about_tr: str = (
        "Belediyenin güvenlik kameralarının kurulması, sorunsuz izlenmesi ve kaydedilmesi; yetkili makamların yazıyla "
        "istediği görüntü kayıtlarının aranması ve tutanakla teslim edilmesi."
    )
    about_en: str = (
        "Installing the municipality's security cameras, viewing them without trouble, recording them; looking for the "
        "footage that competent authorities ask for in writing, and handing it over against a record."
    )
    applicants_tr: str = (
        "Vatandaşlar, özel ve tüzel kişiler, kamu kurumları başvurabilir. Görüntü yalnızca mülki amirlere, "
        "savcılıklara, kolluk kuvvetlerine ve mahkemelere, kurum içinde Başkanlık Oluruyla verilir; diğer başvuranlar "
        "bu makamlara yönlendirilir."
    )
    applicants_en: str = (
        "Citizens, companies, public institutions may apply. Footage goes to civil administrators, prosecutors, law "
        "enforcement and courts only, inside the institution by an Olur; everybody else is directed to these "
        "authorities."
    )
    documents_tr: Sequence[str] = (
        "Resmî talep yazısı (e-imzalı ya da ıslak imzalı)", "Kurum içi taleplerde Başkanlık Oluru",
    )  # fmt: skip
    documents_en: Sequence[str] = (
        "The official letter of request (e-signed or signed by hand)", "For requests from inside, the Olur",
    )  # fmt: skip
    laws: Sequence[Law] = (
        Law("5393", "Belediye Kanunu", "Municipality Law"),
        Law("4982", "Bilgi Edinme Hakkı Kanunu", "Law on the Right to Information"),
        Law("657", "Devlet Memurları Kanunu", "Civil Servants Law"),
        Law("5018", "Kamu Malî Yönetimi ve Kontrol Kanunu", "Public Financial Management and Control Law"),
        Law("6698", "Kişisel Verilerin Korunması Kanunu", "Personal Data Protection Law"),
    )

    def laws_named(self, numbers: Sequence[str]) -> list[Law]:
        """Those of these numbers, in the entry's order. VmsError(INVALID, `law_unknown`) for one that it lacks."""
        found = [law for law in self.laws if law.no in numbers]
        if len(found) < len(set(numbers)):
            raise VmsError(
                Kind.INVALID, "law_unknown",
                "The service does not stand on this law. Reload the page; the settings list the service's laws.",
            )  # fmt: skip
        return found


SERVICE = ServiceEntry()
