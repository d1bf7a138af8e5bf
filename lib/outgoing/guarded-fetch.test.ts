import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressKind, isAllowedAddress } from './address-kind.ts';
import { guardedFetch, type OutgoingRequest } from './guarded-fetch.ts';
import { findUrlFault } from './outgoing-url.ts';

let listener: Server;
let seen: string[];
let port: number;
/** Asked for a name, says this, in turn. */
let answers: string[];
let asked: string[];

const resolve = async (hostname: string) => {
  asked.push(hostname);
  const address = answers.shift() ?? '127.0.0.1';
  return [{ address, family: address.includes(':') ? 6 : 4 }];
};
const here: OutgoingRequest = { allowsLoopback: true, resolve };
const at = (path: string, host = 'door.localhost') => `http://${host}:${port}${path}`;

beforeAll(async () => {
  listener = createServer(async (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname === '/to') response.writeHead(302, { location: url.searchParams.get('place') ?? '' }).end();
    else if (url.pathname === '/round') response.writeHead(307, { location: '/round' }).end();
    else if (url.pathname === '/slow') await sleep(5_000, undefined, { ref: false });
    else if (url.pathname === '/long') response.end('x'.repeat(2_000));
    else if (url.pathname === '/forever') setInterval(() => response.write('x'), 5).unref();
    else response.end('hello');
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  port = (listener.address() as AddressInfo).port;
});
beforeEach(() => {
  seen = [];
  answers = [];
  asked = [];
});
afterAll(() => {
  listener.closeAllConnections();
  listener.close();
});

describe('an address', () => {
  it.each([
    ['93.184.215.14', 'public'],
    ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', 'public'],
    ['::ffff:93.184.215.14', 'public'],
    ['64:ff9b::5db8:d70e', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.3.2', 'loopback'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::FFFF:7f00:1', 'loopback'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['2130706433', 'loopback'],
    ['0x7f.1', 'loopback'],
    ['0177.0.0.01', 'loopback'],
    ['10.1.2.3', 'private'],
    ['012.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['::ffff:a01:203', 'private'],
    ['169.254.169.254', 'closed'],
    ['2852039166', 'closed'],
    ['::ffff:169.254.169.254', 'closed'],
    ['fd00:ec2::254', 'closed'],
    ['168.63.129.16', 'closed'],
    ['fe80::1%eth0', 'closed'],
    ['0.0.0.0', 'closed'],
    ['::', 'closed'],
    ['224.0.0.1', 'closed'],
    ['255.255.255.255', 'closed'],
    ['ff02::1', 'closed'],
    ['2002:7f00:1::', 'closed'],
    ['2001:0:7f00:1::', 'closed'],
    ['::7f00:1', 'closed'],
    ['nonsense', 'closed'],
    ['', 'closed'],
  ])('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));

  it('of the own network may be called where its range is configured, and metadata never', () => {
    const policy = { privateNetworks: ['10.20.0.0/16'] };
    expect(isAllowedAddress('10.20.3.4', policy)).toBe(true);
    expect(isAllowedAddress('::ffff:10.20.3.4', policy)).toBe(true);
    expect(isAllowedAddress('10.21.3.4', policy)).toBe(false);
    expect(isAllowedAddress('169.254.169.254', { privateNetworks: ['0.0.0.0/0'] })).toBe(false);
  });
});

describe('what somebody wrote', () => {
  it.each([
    ['https://example.com/hook', undefined],
    ['http://example.com/hook', 'protocol'],
    ['ftp://example.com/', 'protocol'],
    ['file:///etc/passwd', 'protocol'],
    ['https://user:pw@example.com/', 'credentials'],
    ['nonsense', 'malformed'],
    ['https://localhost/', 'place'],
    ['https://a.LOCALHOST./', 'place'],
    ['https://2130706433/', 'place'],
    ['https://0x7f.0.0.1/', 'place'],
    ['https://[::ffff:10.0.0.1]/', 'place'],
    ['https://①②⑦.0.0.1/', 'place'],
    ['https://169.254.169.254./latest/meta-data/', 'place'],
    ['http://127.0.0.1/', 'protocol'],
  ])('%s: %s', (address, fault) => expect(findUrlFault(address, {})).toBe(fault));

  it('may name this machine only where that is allowed', () => {
    for (const address of ['http://127.0.0.1:5000/', 'http://localhost/', 'http://[::1]/', 'https://localhost/']) {
      expect(findUrlFault(address, { allowsLoopback: true })).toBeUndefined();
    }
    expect(findUrlFault('http://10.0.0.1/', { allowsLoopback: true })).toBe('protocol');
  });
});

describe('a call', () => {
  it('goes to the address that was checked: the name is looked up once', async () => {
    answers = ['127.0.0.1', '10.0.0.1'];
    const { status, body } = await guardedFetch(at('/'), here);
    expect([status, body.toString(), asked]).toEqual([200, 'hello', ['door.localhost']]);
  });

  it.each(['10.0.0.1', '169.254.169.254', '::ffff:192.168.1.1', '0.0.0.0'])(
    'is not made where the name stands for %s',
    async (address) => {
      answers = [address];
      await expect(guardedFetch('https://example.test/', { resolve })).rejects.toMatchObject({
        reason: 'outgoingPlace',
      });
      expect(seen).toEqual([]);
    },
  );

  it('is not made to this machine under a name of the internet', async () => {
    answers = ['127.0.0.1'];
    const call = guardedFetch(`https://example.test:${port}/`, { resolve });
    await expect(call).rejects.toThrow('example.test is not on the public internet');
    await expect(guardedFetch(at('/'), { resolve })).rejects.toMatchObject({ code: 'INVALID' });
    expect(seen).toEqual([]);
  });

  it('is refused where one of several addresses may not be called', async () => {
    const both = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    await expect(guardedFetch('https://example.test/', { resolve: both })).rejects.toMatchObject({
      reason: 'outgoingPlace',
    });
  });

  it('follows a redirect after it was checked as well, and takes no secret to another place', async () => {
    const other = encodeURIComponent(at('/end', 'other.localhost'));
    const { url } = await guardedFetch(at(`/to?place=${other}`), { ...here, headers: { authorization: 'Bearer k' } });
    expect(new URL(url).pathname).toBe('/end');
    expect(seen).toEqual([`GET /to?place=${other} Bearer k`, 'GET /end -']);
  });

  it.each([
    ['https://169.254.169.254/latest/meta-data/', 'outgoingPlace'],
    ['http://example.com/', 'outgoingUrl'],
    ['file:///etc/passwd', 'outgoingUrl'],
  ])('does not follow one to %s', async (place, reason) => {
    const call = guardedFetch(at(`/to?place=${encodeURIComponent(place)}`), here);
    await expect(call).rejects.toMatchObject({ reason });
  });

  it('gives up on redirects without an end, and sends a body nowhere else', async () => {
    const round = guardedFetch(at('/round'), { ...here, redirectsMax: 2 });
    await expect(round).rejects.toMatchObject({ reason: 'outgoingRedirect' });
    expect(seen).toHaveLength(3);
    seen = [];
    const post = guardedFetch(at('/to?place=/x'), { ...here, method: 'POST', body: 'secret' });
    await expect(post).rejects.toMatchObject({ reason: 'outgoingRedirect' });
    expect(seen).toHaveLength(1);
  });

  it('has an end in time and in length', async () => {
    await expect(guardedFetch(at('/slow'), { ...here, timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
    await expect(guardedFetch(at('/forever'), { ...here, timeoutMs: 80 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
    const long = guardedFetch(at('/long'), { ...here, bytesMax: 1_000 });
    await expect(long).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { bytesMax: 1_000 } });
  });

  it('says who does not answer', async () => {
    const plain = guardedFetch(at('/').replace('http:', 'https:'), here);
    await expect(plain).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'outgoingUnreachable' });
  });
});
