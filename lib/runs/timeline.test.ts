import { describe, expect, it } from 'vitest';
import type { RunEvent } from './schemas';
import { timeline } from './timeline';

/** Writes a history in shorthand: [type, state or details, previous id (the event before, unless told)]. */
function history(...lines: [string, (Partial<RunEvent> | string)?, number?][]): RunEvent[] {
  return lines.map(([type, details = {}, previousId], index) => ({
    id: index + 1,
    previousId: previousId ?? index,
    type,
    at: (index + 1) * 100,
    ...(typeof details === 'string' ? { state: details } : details),
  }));
}

describe('timeline', () => {
  it('gives nothing for an execution that has only started', () => {
    expect(timeline(history(['ExecutionStarted']), 'running')).toEqual([]);
  });

  it('keeps a running task open', () => {
    const [visit] = timeline(
      history(['ExecutionStarted'], ['TaskStateEntered', 'Validate'], ['TaskScheduled'], ['TaskStarted']),
      'running',
    );
    expect(visit).toMatchObject({ state: 'Validate', type: 'Task', startedAt: 200, status: 'running' });
    expect(visit?.attempts).toEqual([{ number: 1, startedAt: 300, status: 'running' }]);
    expect(visit?.endedAt).toBeUndefined();
  });

  it('shows each try of a retried task, and the state as succeeded', () => {
    const [visit] = timeline(
      history(
        ['ExecutionStarted'],
        ['TaskStateEntered', { state: 'Transform', input: '{"a":1}' }],
        ['TaskScheduled'],
        ['TaskTimedOut', { error: 'States.Timeout', cause: 'too long' }],
        ['TaskScheduled'],
        ['TaskSucceeded'],
        ['TaskStateExited', { state: 'Transform', output: '{"b":2}' }],
      ),
      'running',
    );
    expect(visit).toMatchObject({ status: 'succeeded', input: '{"a":1}', output: '{"b":2}', endedAt: 700 });
    expect(visit?.attempts.map((attempt) => attempt.status)).toEqual(['failed', 'succeeded']);
    expect(visit?.attempts[0]).toMatchObject({
      error: 'States.Timeout',
      cause: 'too long',
      startedAt: 300,
      endedAt: 400,
    });
  });

  it('gives events of interleaved branches to their own states', () => {
    const visits = timeline(
      history(
        ['ExecutionStarted'],
        ['ParallelStateEntered', 'Both'],
        ['TaskStateEntered', 'Left', 2],
        ['TaskStateEntered', 'Right', 2],
        ['TaskScheduled', {}, 3],
        ['TaskScheduled', {}, 4],
        ['TaskFailed', { error: 'Boom' }, 5],
        ['TaskSucceeded', {}, 6],
        ['TaskStateExited', 'Right', 8],
      ),
      'running',
    );
    expect(visits.map((visit) => [visit.state, visit.status, visit.attempts[0]?.error])).toEqual([
      ['Both', 'running', undefined],
      ['Left', 'running', 'Boom'],
      ['Right', 'succeeded', undefined],
    ]);
  });

  it('paints the way of a rejected file from the decision on', () => {
    const visits = timeline(
      history(
        ['ExecutionStarted'],
        ['TaskStateEntered', 'Validate'],
        ['TaskScheduled'],
        ['TaskSucceeded'],
        ['TaskStateExited', 'Validate'],
        ['ChoiceStateEntered', 'Verdict'],
        ['ChoiceStateExited', 'Verdict'],
        ['TaskStateEntered', 'Quarantine'],
        ['TaskScheduled'],
        ['TaskSucceeded'],
        ['TaskStateExited', 'Quarantine'],
        ['FailStateEntered', 'Rejected'],
        ['ExecutionFailed', { error: 'Rejected' }],
      ),
      'rejected',
    );
    expect(visits.map((visit) => [visit.state, visit.status])).toEqual([
      ['Validate', 'succeeded'],
      ['Verdict', 'rejected'],
      ['Quarantine', 'rejected'],
      ['Rejected', 'rejected'],
    ]);
    expect(visits.at(-1)?.endedAt).toBe(1300);
  });

  it('blames the data, not the job, when the job found the bad row', () => {
    const visits = timeline(
      history(
        ['ExecutionStarted'],
        ['TaskStateEntered', 'Transform'],
        ['TaskScheduled'],
        ['TaskFailed', { error: 'States.TaskFailed', cause: 'ContractViolation: {}' }],
        ['TaskStateExited', 'Transform'],
        ['ChoiceStateEntered', 'Was it the data?'],
        ['ChoiceStateExited', 'Was it the data?'],
        ['FailStateEntered', 'Rejected'],
        ['ExecutionFailed', { error: 'Rejected' }],
      ),
      'rejected',
    );
    expect(visits.map((visit) => visit.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(visits[0]?.attempts[0]?.status).toBe('rejected');
  });

  it('paints the way of a held file from the gate on', () => {
    const visits = timeline(
      history(
        ['ExecutionStarted'],
        ['TaskStateEntered', 'Quality gate'],
        ['TaskScheduled'],
        ['TaskSucceeded'],
        ['TaskStateExited', 'Quality gate'],
        ['ChoiceStateEntered', 'Gate'],
        ['ChoiceStateExited', 'Gate'],
        ['FailStateEntered', 'Held'],
        ['ExecutionFailed', { error: 'Held' }],
      ),
      'held',
    );
    expect(visits.map((visit) => [visit.state, visit.status])).toEqual([
      ['Quality gate', 'succeeded'],
      ['Gate', 'held'],
      ['Held', 'held'],
    ]);
  });

  it('closes the open state of a stopped run', () => {
    const [visit] = timeline(
      history(['ExecutionStarted'], ['TaskStateEntered', 'Transform'], ['TaskScheduled'], ['ExecutionAborted']),
      'stopped',
    );
    expect(visit).toMatchObject({ status: 'stopped', endedAt: 400 });
    expect(visit?.attempts[0]).toMatchObject({ status: 'stopped', endedAt: 400 });
  });
});
