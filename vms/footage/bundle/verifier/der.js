// As much of DER (ITU-T X.690) as a signature needs: nothing indefinite, nothing longer than it must be.

class Unreadable extends Error {}
class Unknown extends Error {} // right perhaps, by a method that this page does not have

class Der {
  // One value at `at` of `bytes`; nothing behind `limit` is looked at.
  constructor(bytes, at = 0, limit = bytes.length) {
    if (at + 2 > limit) throw new Unreadable();
    this.bytes = bytes;
    this.start = at;
    this.tag = bytes[at];
    let size = bytes[at + 1];
    let body = at + 2;
    if (size > 0x80) {
      const digits = size - 0x80;
      if (digits > 4 || body + digits > limit) throw new Unreadable();
      size = 0;
      for (let i = 0; i < digits; i++) size = size * 256 + bytes[body + i];
      body += digits;
      if (size < 0x80) throw new Unreadable();
    } else if (size === 0x80) {
      throw new Unreadable();
    }
    if (body + size > limit) throw new Unreadable();
    this.body = body;
    this.end = body + size;
  }

  get content() {
    return this.bytes.subarray(this.body, this.end);
  }

  get whole() {
    return this.bytes.subarray(this.start, this.end);
  }

  get children() {
    const found = [];
    for (let at = this.body; at < this.end; ) {
      const child = new Der(this.bytes, at, this.end);
      found.push(child);
      at = child.end;
    }
    return found;
  }

  // The same, when it is what it must be.
  as(tag) {
    if (this.tag !== tag) throw new Unreadable();
    return this;
  }

  get oid() {
    const [first, ...rest] = this.as(DER_OID).content;
    const numbers = [Math.floor(first / 40), first % 40];
    let number = 0;
    for (const byte of rest) {
      number = number * 128 + (byte & 0x7f);
      if (byte < 0x80) {
        numbers.push(number);
        number = 0;
      }
    }
    return numbers.join(".");
  }
}

const DER_INTEGER = 0x02;
const DER_OCTETS = 0x04;
const DER_OID = 0x06;
const DER_TIME = 0x18; // GeneralizedTime
const DER_SEQUENCE = 0x30;
const DER_SET = 0x31;

const sameBytes = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);

function derWhole(bytes) {
  const value = new Der(bytes);
  if (value.end !== bytes.length) throw new Unreadable();
  return value;
}
