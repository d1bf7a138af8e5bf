/** Whether an address lies in `10.0.0.0/8` or `2001:db8::/32`, or is the one that is named without a length. */
export function compileCidr(range: string): (address: string) => boolean {
  const [, text = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const network = parseAddress(text);
  const prefix = length === undefined ? network?.bits : Number(length);
  if (!network || prefix === undefined || prefix > network.bits) return () => false;
  const shift = BigInt(network.bits - prefix);
  const wanted = network.value >> shift;
  return (address) => {
    const found = parseAddress(address);
    return found?.bits === network.bits && found.value >> shift === wanted;
  };
}

interface Address {
  bits: 32 | 128;
  value: bigint;
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) return parseV4(text);
  // An IPv4 client of a socket that speaks both.
  const mapped = /^::ffff:([\d.]+)$/i.exec(text)?.[1];
  return mapped === undefined ? parseV6(text) : parseV4(mapped);
}

function parseV4(text: string): Address | undefined {
  const bytes = text.split('.').map((part) => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
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
