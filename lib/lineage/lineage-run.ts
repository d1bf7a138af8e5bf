import type { RunEvent } from '@/lib/languages/openlineage/run-event.ts';
import type { LineageRun, RunEnd } from './schemas';

const ENDS: Partial<Record<RunEvent['eventType'], RunEnd>> = {
  START: 'running',
  RUNNING: 'running',
  COMPLETE: 'succeeded',
  FAIL: 'failed',
  ABORT: 'stopped',
};

/** Errors of the state machine that tell of the file, not of the lake. */
const BY_THE_FILE = ['Rejected', 'Held'];

export function lineageRun(event: RunEvent): LineageRun {
  const { lacustre_execution: execution, errorMessage } = event.run.facets ?? {};
  const file = event.inputs.find(({ namespace }) => namespace.startsWith('s3://'));
  return {
    execution: execution?.execution ?? '',
    state:
      execution?.error && BY_THE_FILE.includes(execution.error) ? 'rejected' : (ENDS[event.eventType] ?? 'running'),
    at: Date.parse(event.eventTime),
    ...(file && { file: file.name }),
    ...(errorMessage && { error: errorMessage.message }),
    steps: (execution?.steps ?? []).map(({ table, name, rows }) => ({ table, name, rows })),
  };
}
