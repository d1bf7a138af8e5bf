import { describe, expect, it } from 'vitest';
import type { Query, QueryStatus } from '@/lib/query/schemas';
import { type RunSteps, runInTurn } from './run-in-turn';
import type { Run } from './tab-store';

const runOf = (sql: string): Run => ({ statement: { sql, from: 0, to: sql.length }, text: sql, state: 'waiting' });
const report = (error: unknown) => ({ code: 'INVALID' as const, message: String(error), requestId: 'r' });

/** Runs statements named after how they end; returns the state of each and what was sent. */
async function run(names: string[], change: Partial<RunSteps> = {}) {
  const runs = names.map(runOf);
  const sent: string[] = [];
  await runInTurn(runs, {
    send: async ({ statement: { sql } }) => {
      if (sql === 'refused') throw new Error('refused');
      if (sql === 'declined') return undefined;
      sent.push(sql);
      return sql;
    },
    ended: async (id) => ({ id, status: id as QueryStatus }) as Query,
    change: (index, changed) => {
      runs[index] = { ...(runs[index] as Run), ...changed };
    },
    isStopped: () => false,
    report,
    ...change,
  });
  return { states: runs.map(({ state }) => state), sent, runs };
}

describe('runInTurn', () => {
  it('sends one after the other', async () => {
    const { states, sent } = await run(['succeeded', 'succeeded']);
    expect(states).toEqual(['sent', 'sent']);
    expect(sent).toHaveLength(2);
  });

  it.each(['failed', 'cancelled'])('runs nothing behind one that is %s', async (end) => {
    const { states, sent } = await run(['succeeded', end, 'succeeded', 'succeeded']);
    expect(states).toEqual(['sent', 'sent', 'notRun', 'notRun']);
    expect(sent).toEqual(['succeeded', end]);
  });

  it('keeps why one was refused, and runs nothing behind it', async () => {
    const { states, runs } = await run(['refused', 'succeeded']);
    expect(states).toEqual(['refused', 'notRun']);
    expect(runs[0]?.refusal?.message).toContain('refused');
  });

  it('runs nothing behind what the person would rather not run', async () => {
    expect((await run(['declined', 'succeeded'])).states).toEqual(['notRun', 'notRun']);
  });

  it('leaves one as sent whose end cannot be learned, and runs nothing behind it', async () => {
    const { states } = await run(['lost', 'succeeded'], { ended: async () => Promise.reject(new Error('offline')) });
    expect(states).toEqual(['sent', 'notRun']);
  });

  it('stops between two statements when it is told to', async () => {
    let sends = 0;
    const { states } = await run(['succeeded', 'succeeded'], { isStopped: () => sends++ === 0 });
    expect(states).toEqual(['sent', 'notRun']);
  });
});
