import { expect, it } from 'vitest';
import { failedOf, leftOf, undoOf } from './restore-attempt';

const attempt = {
  isUndo: false,
  wanted: [
    { key: 'back', versionId: 'b1', seen: null },
    { key: 'put', versionId: 'p1', seen: 'p2' },
    { key: 'gone', versionId: null, seen: 'g1' },
    { key: 'broke', versionId: 'x1', seen: 'x2' },
    { key: 'late', versionId: 'l1', seen: 'l2' },
  ],
  results: [
    { key: 'back', outcome: 'restored', versionId: 'b3' },
    { key: 'put', outcome: 'restored', versionId: 'p3' },
    { key: 'gone', outcome: 'deleted', versionId: 'marker' },
    { key: 'broke', outcome: 'failed' },
  ],
} as const;

it('undoes to the version each file had, and only while it is what the restore made of it', () => {
  expect(undoOf(attempt)).toEqual([
    { key: 'back', versionId: null, seen: 'b3' },
    { key: 'put', versionId: 'p2', seen: 'p3' },
    { key: 'gone', versionId: 'g1', seen: null },
  ]);
});

it('knows which failed and which were not reached', () => {
  expect(failedOf(attempt).map(({ key }) => key)).toEqual(['broke']);
  expect(leftOf(attempt).map(({ key }) => key)).toEqual(['late']);
});

it('leaves alone what somebody else had changed, and what was so already', () => {
  const results = [
    { key: 'back', outcome: 'unchanged' },
    { key: 'put', outcome: 'changed' },
  ] as const;
  expect(undoOf({ ...attempt, results })).toEqual([]);
});
