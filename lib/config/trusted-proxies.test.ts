import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { sourceAddress, trustProxies } from './trusted-proxies';

it.each([
  ['nobody trusted: the socket', '198.51.100.7', '1.2.3.4, 5.6.7.8', 0, '198.51.100.7'],
  ['IPv4 within IPv6', '::ffff:198.51.100.7', undefined, 0, '198.51.100.7'],
  ['one proxy: whom it was called by', '10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
  ['one proxy: not what the client wrote before', '10.0.0.1', '1.2.3.4, 203.0.113.9', 1, '203.0.113.9'],
  ['two proxies', '10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
  ['with a port, as some write it', '10.0.0.1', '203.0.113.9:4711', 1, '203.0.113.9'],
  ['IPv6 with a port', '10.0.0.1', '[2001:db8::1]:4711', 1, '2001:db8::1'],
  ['nonsense is no address', '10.0.0.1', '<script>', 1, 'unknown'],
  ['called past the proxy', '198.51.100.7', undefined, 1, '198.51.100.7'],
  ['a socket that is gone', undefined, undefined, 0, 'unknown'],
])('%s', (_, socket, forwarded, proxies, address) => {
  expect(sourceAddress(socket, forwarded, proxies)).toBe(address);
});

it('drops what a client says of proxies before a server reads it', async () => {
  trustProxies(0);
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lies = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const read = (await (await fetch(url, { headers: lies })).json()) as Record<string, string>;
  server.close();
  expect(read['x-forwarded-for']).toBe('127.0.0.1');
  expect(Object.keys(read)).not.toContain('x-forwarded-host');
  expect(Object.keys(read)).not.toContain('x-forwarded-proto');
});
