"""e-Yazışma packages of both generations as an EBYS would make them, signed with keys of our own."""

import base64
import datetime as dt
import hashlib
import io
import zipfile
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SUBJECT, SENDER, NO, ON = "Görüntü kaydı talebi", "İzmir Cumhuriyet Başsavcılığı", "E-25413-2026/117", "2026-11-20"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE Ustveri [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/passwd">]><Ustveri><Konu>&b;&x;</Konu></Ustveri>'
)
_ALGORITHMS = {
    "sha1": "http://www.w3.org/2000/09/xmldsig#sha1", "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha384": "http://www.w3.org/2001/04/xmldsig-more#sha384", "sha512": "http://www.w3.org/2001/04/xmlenc#sha512",
}  # fmt: skip


@cache
def signer(name):
    """A key with its certificate, which is its own root."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2046, 1, 1, tzinfo=dt.UTC)).add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    return key, certificate


def root_of(name):
    return signer(name)[1].public_bytes(serialization.Encoding.PEM)


def signed(text, name):
    """CMS with the text inside (tümleşik imza)."""
    key, certificate = signer(name)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(text).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def digests(parts, names, root, namespace, algorithms):
    """`PaketOzeti.xml` or `NihaiOzet.xml`; two digests stand in items of their own, as in the second generation."""

    def one(content, algorithm):
        value = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
        return f'<DigestMethod Algorithm="{_ALGORITHMS[algorithm]}"/><DigestValue>{value}</DigestValue>'

    def items(content):
        if len(algorithms) == 1:
            return one(content, algorithms[0])
        return "".join(f"<DigestItem>{one(content, algorithm)}</DigestItem>" for algorithm in algorithms)

    references = "".join(
        f'<Reference URI="/{name}" Type="http://eyazisma.dpt/bilesen#dahili">{items(parts[name])}</Reference>'
        for name in names
    )
    return f'<?xml version="1.0"?><{root} xmlns="{namespace}" Id="X">{references}</{root}>'.encode()


def parts_of(generation=2, algorithms=None, letter=LETTER, subject=SUBJECT):
    """The parts by their names, in the order in which they are signed."""
    algorithms = algorithms or (("sha384", "sha512") if generation == 2 else ("sha256",))
    types = f"urn:dpt:eyazisma:schema:xsd:Tipler-{generation}"
    schema = f"urn:dpt:eyazisma:schema:xsd:{{}}-{generation}"
    last = f"<t:Tarih>{ON}T00:00:00.0000000+03:00</t:Tarih><t:BelgeNo>{NO}</t:BelgeNo>"
    root = "UstVeri" if generation == 2 else "Ustveri"
    data = (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?><{root} xmlns:t="{types}" xmlns="{schema.format("Ustveri")}">'
        f"<t:BelgeId>4F9E2E9B</t:BelgeId><t:Konu>{subject}</t:Konu>{last if generation == 1 else ''}"
        f"<t:Ekler><t:Ek><t:BelgeNo>1-BASKA</t:BelgeNo></t:Ek></t:Ekler>"
        f"<t:Olusturan><t:KurumKurulus><t:KKK>1</t:KKK><t:Adi>{SENDER}</t:Adi></t:KurumKurulus></t:Olusturan>"
        f"<t:DosyaAdi>yazi.pdf</t:DosyaAdi></{root}>"
    )
    parts = {"Ustveri/Ustveri.xml": data.encode(), "UstYazi/yazi.pdf": letter, "Ekler/harita.pdf": b"%PDF-1.4 harita"}
    parts["PaketOzeti/PaketOzeti.xml"] = digests(
        parts, list(parts), "PaketOzeti", schema.format("PaketOzeti"), algorithms
    )
    parts["Imzalar/ImzaCades.imz"] = signed(parts["PaketOzeti/PaketOzeti.xml"], "Ayşe Yılmaz")
    if generation == 2:
        final = f'<NihaiUstVeri xmlns:t="{types}" xmlns="{schema.format("NihaiUstveri")}">{last}</NihaiUstVeri>'
        parts["NihaiUstveri/NihaiUstveri.xml"] = final.encode()
        text = digests(parts, list(parts), "NihaiOzet", schema.format("NihaiOzet"), algorithms)
        parts["NihaiOzet/NihaiOzet.xml"] = text
        parts["Muhur/MuhurCades.imz"] = signed(text, SENDER)
    return parts


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """The file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()
