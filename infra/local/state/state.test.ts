import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import { State, type Table } from './state.ts';

let folder: string;
let state: State;
let table: Table<number>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacustre-state-'));
  state = State.open(folder);
  table = state.table('numbers');
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const keys = (entries: Iterable<{ key: unknown }>) => [...entries].map((entry) => entry.key);

async function fill(...entries: (string | number)[][]) {
  await state.commit(() => {
    for (const [index, key] of entries.entries()) table.put(key, index);
  });
}

describe('State.commit', () => {
  it('keeps nothing of a commit that throws, in any table', async () => {
    const other = state.table<string>('other');
    const failing = state.commit(() => {
      table.put(['a'], 1);
      other.put(['b'], 'two');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(table.get(['a'])).toBeUndefined();
    expect(other.get(['b'])).toBeUndefined();
  });

  it('undoes only the commit that throws when several run at once', async () => {
    const outcomes = await Promise.allSettled([
      state.commit(() => table.put(['first'], 1)),
      state.commit(() => {
        table.put(['second'], 2);
        throw new Error('no');
      }),
      state.commit(() => table.put(['third'], 3)),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(keys(table.range())).toEqual([['first'], ['third']]);
  });

  it('refuses writes outside a commit', () => {
    expect(() => table.put(['a'], 1)).toThrow('inside State.commit');
    expect(() => table.remove(['a'])).toThrow('inside State.commit');
  });

  it('reads its own writes, and is seen by others only when it is done', async () => {
    const done = state.commit(() => {
      table.put(['a'], 1);
      return table.get(['a']);
    });
    expect(table.get(['a'])).toBeUndefined();
    expect(await done).toBe(1);
    expect(table.get(['a'])).toBe(1);
  });

  it('lets exactly one of many racing conditional writes win', async () => {
    const claim = (who: number) =>
      state.commit(() => {
        if (table.get(['prize']) !== undefined) return false;
        table.put(['prize'], who);
        return true;
      });
    const won = await Promise.all(Array.from({ length: 20 }, (_, who) => claim(who)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('is there after closing and opening again', async () => {
    await fill(['kept']);
    await state.close();
    state = State.open(folder);
    expect(state.table<number>('numbers').get(['kept'])).toBe(0);
  });

  it('calls back after a durable commit only', async () => {
    const calls: string[] = [];
    await state.commit(() => state.afterCommit(() => calls.push(`sees ${table.get(['x'])}`)) ?? table.put(['x'], 7));
    await state
      .commit(() => {
        state.afterCommit(() => calls.push('undone'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(calls).toEqual(['sees 7']);
  });
});

describe('Table', () => {
  it('orders keys element by element, numbers by value', async () => {
    await fill(['a', 10], ['a', 9], ['a'], ['b'], ['a', 'x'], ['a/b'], ['aé']);
    expect(keys(table.range())).toEqual([['a'], ['a', 9], ['a', 10], ['a', 'x'], ['a/b'], ['aé'], ['b']]);
  });

  it('reads ranges: start included, end excluded, limited, backwards', async () => {
    await fill(['a'], ['b'], ['c'], ['d']);
    expect(keys(table.range({ start: ['b'], end: ['d'] }))).toEqual([['b'], ['c']]);
    expect(keys(table.range({ limit: 2 }))).toEqual([['a'], ['b']]);
    expect(keys(table.range({ reverse: true, limit: 2 }))).toEqual([['d'], ['c']]);
  });

  it('reads what is under a prefix, both ways', async () => {
    await fill(['a', 1], ['b', 1], ['b', 2, 'x'], ['ba', 1], ['c']);
    expect(keys(table.under(['b']))).toEqual([
      ['b', 1],
      ['b', 2, 'x'],
    ]);
    expect(keys(table.under(['b'], { reverse: true }))).toEqual([
      ['b', 2, 'x'],
      ['b', 1],
    ]);
    expect(keys(table.under(['b'], { limit: 1 }))).toEqual([['b', 1]]);
  });

  it('takes keys as long as an S3 key with its bucket and version', async () => {
    const long = ['b'.repeat(63), 'é'.repeat(512), '0'.repeat(24)];
    await fill(long);
    expect(table.get(long)).toBe(0);
  });

  it('forgets what is removed', async () => {
    await fill(['a'], ['b']);
    await state.commit(() => table.remove(['a']));
    expect(keys(table.range())).toEqual([['b']]);
  });
});

describe('Outbox', () => {
  it('tells listeners once the event is durable, and not of events that were undone', async () => {
    const outbox = new Outbox<string>(state);
    const seen: string[][] = [];
    outbox.onAppend(() => seen.push([...outbox.pending()].map(({ event }) => event)));
    await state.commit(() => outbox.append('first'));
    await state
      .commit(() => {
        outbox.append('undone');
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(seen).toEqual([['first']]);
  });

  it('keeps order and undelivered events across a restart', async () => {
    const before = new Outbox<string>(state);
    await state.commit(() => {
      for (const event of ['a', 'b', 'c']) before.append(event);
    });
    await state.commit(() => before.remove([...before.pending(1)].map(({ key }) => key)));
    const after = new Outbox<string>(state);
    await state.commit(() => after.append('d'));
    expect([...after.pending()].map(({ event }) => event)).toEqual(['b', 'c', 'd']);
  });
});
