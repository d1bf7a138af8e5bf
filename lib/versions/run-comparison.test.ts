import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CompareTask, runComparison } from './run-comparison';

/** Serves texts by range, as S3 does by signed addresses. */
let server: Server;
let files: Record<string, string>;
let open = 0;
/** Bytes after which a response hangs, or breaks off. */
let stall: { after: number; breaks: boolean } | undefined;

beforeEach(async () => {
  files = {};
  stall = undefined;
  server = createServer((request, response) => {
    const body = Buffer.from(files[request.url ?? ''] ?? '');
    const [, start = '0', end = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    const part = body.subarray(Number(start), Number(end) + 1);
    response.writeHead(206, { 'content-length': part.length });
    open++;
    response.on('close', () => open--);
    if (!stall || part.length <= stall.after) return response.end(part);
    response.write(part.subarray(0, stall.after));
    if (stall.breaks) setTimeout(() => response.destroy(), 20);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function task(from: string, to: string, options: Partial<CompareTask['options']> = {}): CompareTask {
  files = { '/from': from, '/to': to };
  const { port } = server.address() as AddressInfo;
  const file = (name: string, text: string) => ({
    name: 'a.csv',
    sizeBytes: Buffer.byteLength(text),
    url: `http://127.0.0.1:${port}/${name}`,
  });
  return { from: file('from', from), to: file('to', to), options: { asText: false, seed: 1, ...options } };
}

const never = new AbortController().signal;
const patience = { timeout: 20_000 };
const rows = (count: number, price = 1) =>
  `id,price\n${Array.from({ length: count }, (_, id) => `${id},${id % 10 === 0 ? price : 1}`).join('\n')}\n`;

async function last(running: ReturnType<typeof runComparison>) {
  const events = await Array.fromAsync(running);
  return events.at(-1);
}

describe('a comparison in its thread', () => {
  test('reads both versions from where they are, and tells what it found', async () => {
    expect(await last(runComparison(task(rows(100), rows(110, 2)), never))).toMatchObject({
      type: 'done',
      comparison: { type: 'table', rows: { unchanged: 90, changed: 10, added: 10, removed: 0 } },
    });
  });

  test('says what it refuses', async () => {
    expect(await last(runComparison(task(rows(3), rows(3), { chosenKey: ['what'] }), never))).toEqual({
      type: 'refused',
      problem: { code: 'key-unknown', column: 'what' },
    });
  });

  test('reads on where a connection broke off', async () => {
    stall = { after: 300_000, breaks: true };
    expect(await last(runComparison(task(rows(80_000), rows(80_000)), never))).toMatchObject({
      comparison: { rows: { unchanged: 80_000 } },
    });
  });

  test('throws what a person can read when the versions cannot be had', async () => {
    const broken = task(rows(3), rows(3));
    server.closeAllConnections();
    server.close();
    await expect(last(runComparison(broken, never))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'comparisonBroken',
    });
  });

  test('ends its reads when it is cancelled, and lets the next one run', async () => {
    stall = { after: 1_000, breaks: false };
    const stops = [new AbortController(), new AbortController(), new AbortController()];
    const runs = stops.map((stop) => last(runComparison(task(rows(1_000), rows(1_000)), stop.signal)));
    await expect.poll(() => open, patience).toBeGreaterThan(0);
    for (const stop of stops) stop.abort();
    expect(await Promise.all(runs)).toEqual([undefined, undefined, undefined]);
    await expect.poll(() => open, patience).toBe(0);
    stall = undefined;
    expect(await last(runComparison(task(rows(5), rows(5)), never))).toMatchObject({ type: 'done' });
  });
});
