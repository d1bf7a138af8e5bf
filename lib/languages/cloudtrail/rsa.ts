/** SHA-256 and RSA by WebCrypto, which browsers and Node have alike. */

/** `SEQUENCE { rsaEncryption, NULL }`: what a key in PKCS #1 lacks to be what WebCrypto reads (SPKI, RFC 5280). */
const RSA_ALGORITHM = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether `signature` (hexadecimal) is that of `text` by SHA256withRSA; false for what is no signature or no key. */
export async function isSignedBy(publicKey: Uint8Array, signature: string, text: string): Promise<boolean> {
  if (!/^([0-9a-f]{2})+$/i.test(signature)) return false;
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    const key = await crypto.subtle.importKey('spki', spkiOf(publicKey), algorithm, false, ['verify']);
    const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return await crypto.subtle.verify(algorithm, key, bytes, new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

function spkiOf(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const bits = tagged(0x03, [0, ...pkcs1]);
  return Uint8Array.from(tagged(0x30, [...RSA_ALGORITHM, ...bits]));
}

function tagged(tag: number, content: number[]): number[] {
  const { length } = content;
  if (length < 0x80) return [tag, length, ...content];
  return length < 0x100 ? [tag, 0x81, length, ...content] : [tag, 0x82, length >> 8, length & 0xff, ...content];
}
