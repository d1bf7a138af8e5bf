/** Whether an IP address lies in `10.0.0.0/8` or `2001:db8::/32` (or is the one address, without a length). */
export function inCidr(address: string, range: string): boolean {
  const [network = '', length] = range.split('/');
  const [found, wanted] = [parseAddress(address), parseAddress(network)];
  if (!found || !wanted || found.bits !== wanted.bits) return false;
  const prefix = length === undefined ? found.bits : Number(length);
  if (!(prefix >= 0 && prefix <= found.bits)) return false;
  const shift = BigInt(found.bits - prefix);
  return found.value >> shift === wanted.value >> shift;
}

interface Address {
  bits: 32 | 128;
  value: bigint;
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | undefined {
  const bytes = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return undefined;
  return { bits: 32, value: bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) };
}

function parseV6(text: string): Address | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const [left, right] = [head, tail ?? ''].map((side) => (side ? side.split(':') : []));
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16)), 0n) };
}
