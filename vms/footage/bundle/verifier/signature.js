// The detached signature under the manifest (CMS, RFC 5652), proved by the browser's own cryptography.

const OID = {
  signedData: "1.2.840.113549.1.7.2",
  data: "1.2.840.113549.1.7.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.47",
  signingCertificateSha1: "1.2.840.113549.1.9.16.2.12", // what many time stamp authorities still write
  stampInfo: "1.2.840.113549.1.9.16.1.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsa: "1.2.840.113549.1.1.1",
  rsaPss: "1.2.840.113549.1.1.10",
  ecKey: "1.2.840.10045.2.1",
};
const HASHES = { "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512" };
const RSA_HASHES = { "1.2.840.113549.1.1.11": "SHA-256", "1.2.840.113549.1.1.12": "SHA-384", "1.2.840.113549.1.1.13": "SHA-512" };
const EC_HASHES = { "1.2.840.10045.4.3.2": "SHA-256", "1.2.840.10045.4.3.3": "SHA-384", "1.2.840.10045.4.3.4": "SHA-512" };
const CURVES = { "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48], "1.3.132.0.35": ["P-521", 66] };
const NAMES = { "2.5.4.3": "CN", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C" };

// Who signed `content`: {name, fingerprint, at}. Throws Unreadable, or Broken when it does not fit.
class Broken extends Error {}

async function checkSignature(signature, content) {
  const { signer } = await checkCms(signature, OID.data, content);
  return signer;
}

// A signature over `given`, or over what it carries inside itself: {enclosed, signer}.
async function checkCms(signature, contentType, given = null) {
  const info = derWhole(signature).as(DER_SEQUENCE).children;
  if (info[0].oid !== OID.signedData) throw new Unreadable();
  const parts = derWhole(info[1].as(0xa0).content).as(DER_SEQUENCE).children;
  const [kind, inside] = parts[2].as(DER_SEQUENCE).children;
  if (kind.oid !== contentType || (given === null) !== (inside !== undefined)) throw new Unreadable();
  const content = given ?? derWhole(inside.as(0xa0).content).as(DER_OCTETS).content;
  const certificates = parts.filter((part) => part.tag === 0xa0).flatMap((part) => part.children);
  const signers = parts[parts.length - 1].as(DER_SET).children;
  if (signers.length !== 1) throw new Unreadable();
  const [, sid, digestAlgorithm, attributes, algorithm, value] = signers[0].as(DER_SEQUENCE).children;
  const digestOid = digestAlgorithm.as(DER_SEQUENCE).children[0].oid;
  if (given !== null && digestOid !== OID.sha256) throw new Unreadable();
  const hash = hashNamed(digestOid);
  const certificate = certificates.find((one) => isNamedBy(one, sid.as(DER_SEQUENCE).children));
  if (!certificate) throw new Unreadable();
  const told = readAttributes(attributes.as(0xa0), contentType);
  if (!sameBytes(told.digest, await digestBy(hash, content))) throw new Broken();
  if (!sameBytes(told.certificate, await digestBy(told.certificateHash, certificate.whole))) throw new Broken();
  const signed = Uint8Array.from(attributes.whole);
  signed[0] = DER_SET; // what is signed is the set, not its place in the structure (RFC 5652 §5.4)
  if (!(await isSigned(certificate, algorithm, value.as(DER_OCTETS).content, signed, hash))) throw new Broken();
  return { enclosed: content, signer: { name: nameOf(certificate), fingerprint: toHex(sha256(certificate.whole)), at: told.at } };
}

function hashNamed(oid) {
  if (!HASHES[oid]) throw new Unknown();
  return HASHES[oid];
}

const digestBy = async (hash, bytes) => new Uint8Array(await crypto.subtle.digest(hash, bytes));

// version [0] when there is one, serial, signature algorithm, issuer, validity, subject, public key
function certificateParts(certificate) {
  const parts = certificate.as(DER_SEQUENCE).children[0].as(DER_SEQUENCE).children;
  return parts[0].tag === 0xa0 ? parts.slice(1) : parts;
}

function isNamedBy(certificate, [issuer, serial]) {
  const parts = certificateParts(certificate);
  return sameBytes(parts[2].whole, issuer.whole) && sameBytes(parts[0].whole, serial.whole);
}

function readAttributes(attributes, contentType) {
  const values = {};
  for (const attribute of attributes.children) {
    const [kind, set] = attribute.as(DER_SEQUENCE).children;
    values[kind.oid] = set.as(DER_SET).children[0];
  }
  if (values[OID.contentType].oid !== contentType) throw new Unreadable();
  const [certificateHash, certificate] = namedCertificate(values, contentType);
  const at = values[OID.signingTime];
  return {
    digest: values[OID.messageDigest].as(DER_OCTETS).content,
    certificate,
    certificateHash,
    at: at ? readTime(at) : null,
  };
}

// Which certificate the signer says is theirs: by which hash, its digest (RFC 5035; the older form for time stamps only).
function namedCertificate(values, contentType) {
  const told = values[OID.signingCertificate];
  if (!told && contentType === OID.stampInfo) {
    return ["SHA-1", values[OID.signingCertificateSha1].children[0].children[0].children[0].as(DER_OCTETS).content];
  }
  const named = told.children[0].children[0].children;
  if (named[0].tag === DER_OCTETS) return ["SHA-256", named[0].content]; // it need not be named
  const hash = hashNamed(named[0].children[0].oid);
  if (contentType === OID.data && hash !== "SHA-256") throw new Unreadable();
  return [hash, named[1].as(DER_OCTETS).content];
}

function readTime(value) {
  const digits = String.fromCharCode(...value.content);
  const text = value.tag === 0x17 ? `20${digits}` : digits;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text) ?? [];
  return new Date(Date.UTC(+year, month - 1, +day, +hour, +minute, +second));
}

async function isSigned(certificate, algorithm, value, signed, digestHash) {
  const publicKey = certificateParts(certificate)[5];
  const [kind, parameters] = publicKey.as(DER_SEQUENCE).children[0].children;
  const [how, options] = algorithm.as(DER_SEQUENCE).children;
  if (kind.oid === OID.ecKey) {
    const [namedCurve, size] = CURVES[parameters.oid] ?? [];
    const hash = EC_HASHES[how.oid];
    if (!namedCurve || !hash) throw new Unknown();
    return proved(publicKey, { name: "ECDSA", namedCurve }, { name: "ECDSA", hash }, plainPair(value, size), signed);
  }
  if (how.oid === OID.rsaPss) {
    const { hash, saltLength } = pssOptions(options);
    return proved(publicKey, { name: "RSA-PSS", hash }, { name: "RSA-PSS", saltLength }, value, signed);
  }
  const hash = how.oid === OID.rsa ? digestHash : RSA_HASHES[how.oid];
  if (!hash) throw new Unknown();
  return proved(publicKey, { name: "RSASSA-PKCS1-v1_5", hash }, { name: "RSASSA-PKCS1-v1_5" }, value, signed);
}

async function proved(publicKey, imported, used, value, signed) {
  const key = await crypto.subtle.importKey("spki", publicKey.whole, imported, false, ["verify"]);
  return crypto.subtle.verify(used, key, value, signed);
}

// The two numbers of an ECDSA signature one behind the other, as Web Cryptography wants them.
function plainPair(value, size) {
  const pair = new Uint8Array(2 * size);
  derWhole(value).as(DER_SEQUENCE).children.forEach((number, index) => {
    let digits = number.as(DER_INTEGER).content;
    while (digits.length > size && digits[0] === 0) digits = digits.subarray(1);
    if (digits.length > size || index > 1) throw new Unreadable();
    pair.set(digits, size * (index + 1) - digits.length);
  });
  return pair;
}

function pssOptions(options) {
  const found = { hash: "SHA-1", saltLength: 20 };
  for (const option of options.as(DER_SEQUENCE).children) {
    const inner = derWhole(option.content);
    if (option.tag === 0xa0) found.hash = hashNamed(inner.children[0].oid);
    if (option.tag === 0xa2) found.saltLength = inner.as(DER_INTEGER).content.reduce((sum, byte) => sum * 256 + byte, 0);
  }
  return found;
}

function nameOf(certificate) {
  const named = {};
  for (const part of certificateParts(certificate)[4].children.flatMap((set) => set.children)) {
    const [kind, value] = part.children;
    named[NAMES[kind.oid]] = new TextDecoder().decode(value.content);
  }
  return [named.CN, named.OU, named.O, named.C].filter(Boolean).join(", ");
}
