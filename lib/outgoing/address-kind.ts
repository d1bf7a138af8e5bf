import { compileCidr } from '../languages/iam-policy/cidr.ts';

/** `closed`: never an address to call, whatever is configured – a cloud's metadata, a multicast group, a reserved range. */
export type AddressKind = 'public' | 'loopback' | 'private' | 'closed';

export interface AddressPolicy {
  /** Lets calls go to this machine, over plain HTTP too. */
  allowsLoopback?: boolean;
  /** Ranges of the own network that may be called, such as `10.20.0.0/16`. */
  privateNetworks?: readonly string[];
}

/** Metadata of EC2 and of Lambda's and ECS's runtime, the link, Azure's host (a public address otherwise), and EC2's over IPv6. */
const CLOSED = ['169.254.0.0/16', '168.63.129.16/32', 'fd00:ec2::/32', 'fe80::/10', '100.100.100.200/32'];
const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
/** https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry */
const SPECIAL = [
  '0.0.0.0/8',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
const GLOBAL_V6 = '2000::/3';
/** IPv4 within IPv6, by mapping and by translation (NAT64): what counts is the address inside. */
const WRAPPED = ['::ffff:0:0/96', '64:ff9b::/96'];

/** What an IP address is for, in any of the ways to write it. */
export function addressKind(address: string): AddressKind {
  const plain = plainAddress(address);
  if (plain === undefined || within(plain, CLOSED)) return 'closed';
  if (within(plain, LOOPBACK)) return 'loopback';
  if (within(plain, PRIVATE)) return 'private';
  if (within(plain, SPECIAL)) return 'closed';
  return plain.includes(':') && !compileCidr(GLOBAL_V6)(plain) ? 'closed' : 'public';
}

export function isAllowedAddress(address: string, { allowsLoopback, privateNetworks = [] }: AddressPolicy): boolean {
  const kind = addressKind(address);
  if (kind === 'loopback') return allowsLoopback ?? false;
  if (kind === 'private') return within(plainAddress(address) ?? '', privateNetworks);
  return kind === 'public';
}

/** As WHATWG's URLs write it (`0x7f.1` is `127.0.0.1`), without a zone, and unwrapped; undefined for what is no address. */
function plainAddress(address: string): string | undefined {
  const [unzoned = ''] = address.split('%');
  const isV6 = unzoned.includes(':');
  const url = `http://${isV6 ? `[${unzoned}]` : unzoned}/`;
  if (!URL.canParse(url)) return undefined;
  const written = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (!isV6) return /^[\d.]+$/.test(written) ? written : undefined;
  return within(written, WRAPPED) ? lastFourBytes(written) : written;
}

function lastFourBytes(address: string): string {
  const [high = 0, low = 0] = address
    .split(':')
    .slice(-2)
    .map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function within(address: string, ranges: readonly string[]): boolean {
  return ranges.some((range) => compileCidr(range)(address));
}
