"""The two texts that whoever unpacks a package reads first."""

from vms.footage.bundle.order import Order

_TURKISH = """\
GÖRÜNTÜ KAYDI PAKETİ {package}
{institution}

Bu pakette, yazılı talebiniz üzerine verilen kamera görüntüleri ile bunların değiştirilmediğini gösteren belgeler
vardır.

  video/           Görüntüler. Kamera kayıtlarının kendisidir, yeniden kodlanmamıştır. Her oynatıcı açar.
{copies}  dogrula.html     Denetim sayfası. Çift tıklayın; internet gerekmez, hiçbir şey gönderilmez.
  manifest.json    Ne istendi, ne verildi, ne eksik ve neden; her dosyanın SHA-256 özeti.
  manifest.p7s     Kurumun bu liste üzerindeki elektronik imzası (CMS).
  manifest.tsr     İstenmiş ve alınmışsa bu imzanın zaman damgası (RFC 3161).
  SHA256SUMS.txt   Özetlerin listesi ("sha256sum -c SHA256SUMS.txt").

NASIL DENETLENİR
  1. Paketin tamamını bir klasöre çıkarın. Parola ayrıca iletilmiştir.
  2. dogrula.html sayfasını açın, "Klasörü seç" düğmesiyle bu klasörü gösterin.
  3. Sayfa dosyaların birbirini tutup tutmadığını söyler. Teslim edilen paket olduğunu ancak tutanak gösterir:
     tutanaktaki "Sertifika özeti"ni sayfaya yazın; aynıysa sonuç yeşil, farklıysa kırmızı olur.
  4. Sayfa da paketin içindedir; paketi değiştiren onu da değiştirebilir. Kuşku varsa paket dosyasının (.zip) SHA-256
     özetini tutanaktakiyle karşılaştırın ya da kurumdan denetlemesini isteyin.

BİLİNMESİ GEREKENLER
  - Görüntü, istenen andan biraz önce başlayabilir: bir kayıt ancak tam bir kareden başlayarak kesilebilir. Fark
    listededir.
  - Eksik aralıklar nedenleriyle listededir (yönerge madde 10(2)).
  - "Kamera saati farkı", kameranın kendi saatinin kayıt sunucusundan ne kadar ayrıldığıdır. Görüntünün içine yazılmış
    saat kameranınkidir; listedeki zamanlar sunucununkidir.
  - Diskte bozulmuş bulunan bir bölüm atılmaz, olduğu gibi verilir ve listede bozuk diye adlandırılır.
  - Görüntüler yalnızca talebin amacı için kullanılabilir; kişisel veri içerir.
"""

_TURKISH_COPIES = """\
  turev/           Bazı görüntülerin maskelenmiş ya da üzerine yazı basılmış kopyaları. Yeniden kodlanmıştır.
"""
_TURKISH_DERIVED = """
TÜRETİLMİŞ KOPYALAR
  - Türetilmiş kopya hiçbir şeyi kanıtlamaz; kanıt, video/ klasöründeki özgün görüntüdür.
  - Hangi kopyanın hangi görüntüden yapıldığı, maskeleri ve üzerindeki yazı listededir ("derived").
"""

_ENGLISH = """\
FOOTAGE PACKAGE {package}
{institution}

This package holds the camera footage given on your written request, with what shows that it was not changed.

  video/           The footage: the recording itself, not encoded anew. Any player and any browser shows it.
{copies}  dogrula.html     The page that checks. Double-click it; it needs no network and sends nothing.
  manifest.json    What was asked, given and is missing, with causes; the SHA-256 of every file.
  manifest.p7s     The institution's electronic signature over that list (CMS).
  manifest.tsr     The time stamp of this signature, where one was asked for and obtained (RFC 3161).
  SHA256SUMS.txt   The list of digests ("sha256sum -c SHA256SUMS.txt").

HOW TO CHECK
  1. Unpack all of the package into a folder. The passphrase came by another way.
  2. Open dogrula.html, press "Choose the folder" and point to that folder.
  3. The page says whether the files agree with one another. That this is the package that was delivered, only the
     minutes show: type the certificate's fingerprint ("Sertifika özeti") from them into the page. It turns green when
     they are the same, red when they differ.
  4. The page lies in the package too; whoever changes the package can change the page. In doubt compare the SHA-256
     of the package's file (.zip) with the minutes, or ask the institution to check it.
  On a machine with Nazar, "vms export verify --certificate FINGERPRINT" says the same of the package itself.

WHAT TO KNOW
  - A film may begin a little before what was asked: footage can be cut only where a whole picture stands. The list
    says how much.
  - Missing intervals are listed with their causes (directive, article 10(2)).
  - "Camera clock offset" is how far the camera's own clock was from the recording server's. A time written into the
    picture is the camera's; times in the list are the server's.
  - A part found damaged on the disk is not thrown away: it is given as it is, and called damaged in the list.
  - The footage may be used for the purpose of the request only; it holds personal data.
"""

_ENGLISH_COPIES = """\
  turev/           Copies of some films with areas masked or words burnt in. They are encoded anew.
"""
_ENGLISH_DERIVED = """
DERIVED COPIES
  - A derived copy proves nothing; the proof is the original film in the folder video/.
  - The list ("derived") says which copy was made of which film, with its masks and the words on it.
"""


def read_me_files(order: Order) -> list[tuple[str, bytes]]:
    """Names with contents, for Windows' own editor too: UTF-8 with its mark, lines that end as there."""
    texts = {"OKUBENI.txt": (_TURKISH, "", ""), "README.txt": (_ENGLISH, "", "")}
    if any(camera.derived is not None for camera in order.cameras):
        texts = {
            "OKUBENI.txt": (_TURKISH, _TURKISH_COPIES, _TURKISH_DERIVED),
            "README.txt": (_ENGLISH, _ENGLISH_COPIES, _ENGLISH_DERIVED),
        }
    return [(name, _for_any_editor(*parts, order)) for name, parts in texts.items()]


def _for_any_editor(text: str, copies: str, derived: str, order: Order) -> bytes:
    filled = text.format(package=order.package, institution=order.institution, copies=copies) + derived
    return filled.replace("\n", "\r\n").encode("utf-8-sig")
