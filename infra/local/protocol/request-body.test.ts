import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestBody } from './request-body.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function bodyOf(source: PassThrough): RequestBody {
  return new RequestBody(Object.assign(source, { headers: {} }) as unknown as IncomingMessage);
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

test('a sender who falls silent in the middle of a body is told so after a minute', async () => {
  const source = new PassThrough();
  const body = bodyOf(source);
  const failed = new Promise((resolve) => body.once('error', resolve));
  body.resume();
  await turns();
  vi.advanceTimersByTime(59_000);
  source.write('still here');
  await turns();
  vi.advanceTimersByTime(59_000);
  expect(body.destroyed).toBe(false);
  vi.advanceTimersByTime(2_000);
  expect(await failed).toMatchObject({ code: 'RequestTimeout', status: 400 });
});

test('a reader who takes his time is not held against the sender', async () => {
  const source = new PassThrough();
  const body = bodyOf(source);
  await turns();
  vi.advanceTimersByTime(600_000);
  source.end('whole');
  expect((await body.toArray()).join('')).toBe('whole');
  vi.advanceTimersByTime(600_000);
  expect(body.errored).toBeNull();
});
