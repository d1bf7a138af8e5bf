import { expect, it } from 'vitest';
import { laterSequencer } from './later-sequencer';

it('is the greater one, the shorter padded on its right', () => {
  expect(laterSequencer('0055AED6DCD90281E5', '0055AED6DCD90281E6')).toBe('0055AED6DCD90281E6');
  expect(laterSequencer('ff', '0055AED6DCD90281E6')).toBe('ff');
  expect(laterSequencer('0a', '0A00')).toBe('0a');
  expect(laterSequencer('', '01')).toBe('01');
});
