import { expect, it } from 'vitest';
import { nodeStates, progress, wayTone } from './graph-looks';
import type { Visit, VisitStatus } from './schemas';

const ids = ['Validate', 'Verdict', 'Transform', 'Quarantine', 'Done', 'Rejected'];
const ways = [
  { from: 'Validate', to: 'Verdict' },
  { from: 'Verdict', to: 'Transform' },
  { from: 'Verdict', to: 'Quarantine' },
  { from: 'Transform', to: 'Done' },
  { from: 'Quarantine', to: 'Rejected' },
];

function visit(state: string, status: VisitStatus, startedAt = 0): Visit {
  const ended = status === 'running' ? {} : { endedAt: startedAt + 10 };
  return { id: startedAt, state, type: 'Task', startedAt, status, attempts: [], ...ended };
}

it('waits everywhere before the first state', () => {
  const looks = nodeStates(ids, ways, { visits: [], run: 'running', now: 0 });
  expect(Object.values(looks).every((look) => look.state === 'waiting' && !look.isOff)).toBe(true);
  expect(progress(ways, [], 'running')).toBe(0);
});

it('fades the branch that was not taken, while the one ahead still waits', () => {
  const visits = [visit('Validate', 'succeeded'), visit('Verdict', 'succeeded', 10), visit('Transform', 'running', 20)];
  const looks = nodeStates(ids, ways, { visits, run: 'running', now: 50 });
  expect(looks.Transform).toEqual({ state: 'running', durationMs: 30, isOff: false });
  expect([looks.Done?.isOff, looks.Quarantine?.isOff, looks.Rejected?.isOff]).toEqual([false, true, true]);
  const tone = wayTone(visits, looks, 'running');
  expect(ways.map(tone)).toEqual(['taken', 'taken', 'off', 'open', 'off']);
  expect(progress(ways, visits, 'running')).toBe(3 / 5);
});

it('draws the way to where a file is held as one that turns it away', () => {
  const gate = [
    { from: 'Gate', to: 'Publish' },
    { from: 'Gate', to: 'Held' },
  ];
  const visits = [visit('Gate', 'held'), visit('Held', 'held', 10)];
  const looks = nodeStates(['Gate', 'Publish', 'Held'], gate, { visits, run: 'held', now: 99 });
  expect([looks.Publish?.isOff, looks.Held?.state]).toEqual([true, 'held']);
  expect(gate.map(wayTone(visits, looks, 'held'))).toEqual(['off', 'rejected']);
});

it('fades all that a finished run never saw', () => {
  const visits = [
    visit('Validate', 'succeeded'),
    visit('Verdict', 'rejected', 10),
    visit('Quarantine', 'rejected', 20),
  ];
  const looks = nodeStates(ids, ways, { visits, run: 'rejected', now: 99 });
  expect([looks.Transform?.isOff, looks.Done?.isOff, looks.Quarantine?.durationMs]).toEqual([true, true, 10]);
  expect(ways.map(wayTone(visits, looks, 'rejected'))).toEqual(['rejected', 'off', 'rejected', 'off', 'off']);
  expect(progress(ways, visits, 'rejected')).toBe(1);
});
