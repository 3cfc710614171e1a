"""OpenLDAP's own server in a folder of its own, with entries as Active Directory has them."""

import base64
import datetime as dt
import ipaddress
import shutil
import socket
import subprocess
import uuid
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from ldap3 import MODIFY_REPLACE, Connection, Server

SLAPD, SLAPADD = "/usr/sbin/slapd", "/usr/sbin/slapadd"
BASE = "dc=belediye,dc=example"
SERVICE, SERVICE_PASSWORD = f"cn=nazar,ou=services,{BASE}", "service-password-1"
ROOT, ROOT_PASSWORD = f"cn=root,{BASE}", "root-password-1"
NORMAL, DISABLED = 512, 514  # userAccountControl

# Of Active Directory's schema (MS-ADA1 to 3) what is asked for, with the rules by which it compares.
_AD_SCHEMA = """
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.159 NAME 'accountExpires' EQUALITY integerMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.782 NAME 'objectCategory' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL
  MAY ( sAMAccountName $ objectGUID $ userAccountControl $ accountExpires $ objectCategory ) )
"""

_CONF = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {folder}/ad.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
security simple_bind=128
database mdb
directory {folder}/db
suffix "{base}"
rootdn "{root}"
rootpw {root_password}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service}" read by anonymous auth by * none
"""


@dataclass
class Staff:
    """Somebody of the municipality as the directory has them."""

    name: str
    display_name: str
    password: str
    control: int = NORMAL
    guid: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def dn(self):
        return f"cn={self.name},ou=people,{BASE}"


class RealSlapd:
    """Serves `ldap://` (StartTLS wanted for every bind) and `ldaps://` on loopback."""

    def __init__(self, folder, people):
        self.folder = folder
        self.port, self.tls_port = _free_port(), _free_port()
        self.ca_file = folder / "ca.pem"
        self._process = None
        (folder / "db").mkdir()
        make_certificates(folder)
        (folder / "ad.schema").write_text(_AD_SCHEMA)
        (folder / "slapd.conf").write_text(
            _CONF.format(folder=folder, base=BASE, root=ROOT, root_password=ROOT_PASSWORD, service=SERVICE)
        )
        (folder / "people.ldif").write_text(_ldif(people))
        subprocess.run(
            [SLAPADD, "-q", "-f", folder / "slapd.conf", "-l", folder / "people.ldif"], check=True, capture_output=True
        )

    @property
    def urls(self):
        return (f"ldap://localhost:{self.port}",)

    @property
    def tls_urls(self):
        return (f"ldaps://localhost:{self.tls_port}",)

    def start(self):
        listen = f"ldap://localhost:{self.port}/ ldaps://localhost:{self.tls_port}/"
        log = (self.folder / "slapd.log").open("ab")
        self._process = subprocess.Popen(
            [SLAPD, "-f", self.folder / "slapd.conf", "-h", listen, "-d", "0"], stdout=log, stderr=log
        )
        log.close()
        while not _listens(self.tls_port):
            assert self._process.poll() is None, (self.folder / "slapd.log").read_text()

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def set(self, person, **attributes):
        """Change somebody's entry, as the directory's own administrators do."""
        with self._as_root() as connection:
            changes = {name: [(MODIFY_REPLACE, [value])] for name, value in attributes.items()}
            assert connection.modify(person.dn, changes), connection.result

    def remove(self, person):
        with self._as_root() as connection:
            assert connection.delete(person.dn), connection.result

    def _as_root(self):
        connection = Connection(Server(f"localhost:{self.port}", connect_timeout=5), ROOT, ROOT_PASSWORD)
        assert connection.start_tls()
        assert connection.bind()
        return connection


def make_certificates(folder):
    """An authority of one's own (`ca.pem`) with a certificate for `localhost` (`server.pem`, `server.key`)."""
    now = dt.datetime.now(dt.UTC)
    authority = ec.generate_private_key(ec.SECP256R1())
    server = ec.generate_private_key(ec.SECP256R1())
    authority_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test authority")])

    def issue(name, key, extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(authority_name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(days=1))
        )
        for extension, is_critical in extensions:
            builder = builder.add_extension(extension, is_critical)
        return builder.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    authority_id = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())
    (folder / "ca.pem").write_bytes(
        issue(authority_name, authority, [(x509.BasicConstraints(ca=True, path_length=0), True), (authority_id, False)])
    )
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    parent = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    server_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    (folder / "server.pem").write_bytes(issue(server_name, server, [(names, False), (parent, False)]))
    (folder / "server.key").write_bytes(
        server.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def is_installed():
    return shutil.which(SLAPD) is not None


def _ldif(people):
    rows = [
        _entry(BASE, objectClass=["dcObject", "organization"], o="Belediye", dc="belediye"),
        _entry(f"ou=people,{BASE}", objectClass="organizationalUnit", ou="people"),
        _entry(f"ou=services,{BASE}", objectClass="organizationalUnit", ou="services"),
        _entry(SERVICE, objectClass=["organizationalRole", "simpleSecurityObject"], userPassword=SERVICE_PASSWORD),
    ]
    rows += [
        _entry(
            one.dn, objectClass="user", cn=one.name, sn=one.name, sAMAccountName=one.name, objectCategory="person",
            displayName=one.display_name, userPassword=one.password, userAccountControl=str(one.control),
            objectGUID=one.guid.bytes,
        )
        for one in people
    ]  # fmt: skip
    return "\n".join(rows)


def _entry(dn, **attributes):
    """As LDIF has it (RFC 2849), every value in base64."""
    lines = [f"dn: {dn}"]
    for name, values in attributes.items():
        for value in values if isinstance(values, list) else [values]:
            content = value if isinstance(value, bytes) else value.encode()
            lines.append(f"{name}:: {base64.b64encode(content).decode()}")
    return "\n".join(lines) + "\n"


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _listens(port):
    try:
        with socket.create_connection(("localhost", port), 1):
            return True
    except OSError:
        return False
