import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceAddress } from './request-origin';
import { noteSocketAddresses } from './socket-address';

let server: Server;
beforeAll(async () => {
  noteSocketAddresses();
  noteSocketAddresses();
  server = createServer((request, response) => response.end(String(request.headers['x-forwarded-for'])));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

test.each([
  [undefined, '127.0.0.1'],
  ['203.0.113.9', '203.0.113.9, 127.0.0.1'],
  ['8.8.8.8, 203.0.113.9', '8.8.8.8, 203.0.113.9, 127.0.0.1'],
])('a client that says to come from %s is known by its socket', async (said, noted) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`, { headers: said ? { 'x-forwarded-for': said } : {} });
  const header = await answer.text();
  expect(header).toBe(noted);
  expect(sourceAddress(header, 0)).toBe('127.0.0.1');
});
