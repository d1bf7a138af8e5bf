import { expect, it } from 'vitest';
import { runState } from '@/lib/languages/contract/run-state.ts';
import { isOver } from './run-state';

it('tells a rejected and a held file from a failure by the error that ended the execution', () => {
  expect(runState('FAILED', 'Rejected')).toBe('rejected');
  expect(runState('FAILED', 'Held')).toBe('held');
  expect(runState('FAILED', 'States.TaskFailed')).toBe('failed');
  expect(runState('FAILED')).toBe('failed');
});

it('maps every other status of Step Functions', () => {
  expect(['RUNNING', 'SUCCEEDED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'].map((status) => runState(status))).toEqual(
    ['running', 'succeeded', 'failed', 'stopped', 'waiting'],
  );
});

it('keeps polling what can still move', () => {
  expect((['running', 'waiting', 'rejected', 'held', 'stopped'] as const).map(isOver)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});
