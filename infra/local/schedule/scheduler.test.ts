import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jsonLog } from '../log.ts';
import { State } from '../state/state.ts';
import { Scheduler } from './scheduler.ts';

let folder: string;
let state: State;
let scheduler: Scheduler;
let now: number;
let fired: string[];
let logged: string[];
let fails = false;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-schedule-'));
  now = Date.parse('2026-01-15T10:00:00Z');
  fired = [];
  logged = [];
  fails = false;
  await boot();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

async function boot(): Promise<void> {
  state = State.open(folder);
  const fire = (id: string, time: number) => {
    if (fails) throw new Error('no');
    fired.push(`${id} ${new Date(time).toISOString().slice(11, 16)}`);
  };
  scheduler = await Scheduler.start({
    state,
    clock: () => now,
    log: jsonLog((line) => logged.push(line)),
    owner: 'o',
    fire,
  });
}

async function stop(): Promise<void> {
  await scheduler.close();
  await state.close();
}

const set = (id: string, expression: string) => state.commit(() => scheduler.set(id, expression));

async function pass(minutes: number): Promise<string[]> {
  now += minutes * 60_000;
  await scheduler.look();
  return fired.splice(0);
}

test('fires each time once, and never before it is due', async () => {
  await set('r', 'rate(5 minutes)');
  await set('c', 'cron(7 * * * ? *)');
  expect(await pass(4.99)).toEqual([]);
  expect(await pass(0.01)).toEqual(['r 10:05']);
  expect(await pass(0)).toEqual([]);
  expect(await pass(2.5)).toEqual(['c 10:07']);
  expect(await pass(2.5)).toEqual(['r 10:10']);
});

test('makes one of all the times that passed while it was not running', async () => {
  await set('r', 'rate(1 minute)');
  await set('c', 'cron(0 2 * * ? *)');
  await stop();
  now += 30 * 24 * 3600_000 + 90_000;
  await boot();
  expect((await pass(0)).sort()).toEqual(['c 02:00', 'r 10:01']);
  expect(await pass(0.4)).toEqual([]);
  expect(await pass(0.1)).toEqual(['r 10:02']);
});

test('does not repeat what it has done when the clock goes back, and goes on when it goes far back', async () => {
  await set('r', 'rate(1 minute)');
  expect(await pass(3)).toEqual(['r 10:03']);
  expect(await pass(-2)).toEqual([]);
  expect(await pass(2)).toEqual([]);
  expect(await pass(1)).toEqual(['r 10:04']);
  now += 365 * 24 * 3600_000;
  expect(await pass(0)).toHaveLength(1);
  now -= 365 * 24 * 3600_000;
  expect(await pass(0)).toEqual([]);
  expect(await pass(1)).toEqual(['r 10:05']);
});

test('goes on counting when the same is set again, and anew when another is', async () => {
  await set('r', 'rate(5 minutes)');
  await pass(3);
  await set('r', 'rate(5 minutes)');
  expect(await pass(2)).toEqual(['r 10:05']);
  await set('r', 'rate(4 minutes)');
  expect(await pass(3)).toEqual([]);
  expect(await pass(1)).toEqual(['r 10:09']);
  await state.commit(() => scheduler.remove('r'));
  expect(await pass(60)).toEqual([]);
});

test('says what could not be done and goes on with the next time', async () => {
  await set('r', 'rate(1 minute)');
  fails = true;
  expect(await pass(1)).toEqual([]);
  expect(logged.join()).toMatch(/passed over.*2026-01-15T10:01/);
  fails = false;
  expect(await pass(0.5)).toEqual([]);
  expect(await pass(0.5)).toEqual(['r 10:02']);
});
