// The time stamp over the signature (RFC 3161): when somebody else than the institution saw it.

const GRANTED = new Set([0, 1]); // granted, granted with changes

// {name, fingerprint, at}. Throws Unreadable, or Broken when it does not fit `content`.
async function checkStamp(answer, content) {
  const [status, token] = derWhole(answer).as(DER_SEQUENCE).children;
  const [said] = status.as(DER_SEQUENCE).children[0].as(DER_INTEGER).content;
  if (!GRANTED.has(said) || !token) throw new Broken();
  const { enclosed, signer } = await checkCms(token.whole, OID.stampInfo);
  const parts = derWhole(enclosed).as(DER_SEQUENCE).children; // version, policy, imprint, serial, time, …
  const [algorithm, imprint] = parts[2].as(DER_SEQUENCE).children;
  const digest = await digestBy(hashNamed(algorithm.as(DER_SEQUENCE).children[0].oid), content);
  if (!sameBytes(digest, imprint.as(DER_OCTETS).content)) throw new Broken();
  return { ...signer, at: readTime(parts[4].as(DER_TIME)) };
}
