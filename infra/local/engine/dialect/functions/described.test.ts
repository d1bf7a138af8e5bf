import { expect, it } from 'vitest';
import { TRINO_FUNCTIONS } from '../../../../../lib/languages/trino-sql/functions/trino-functions.ts';
import { AGGREGATES, SCALARS, WINDOWS } from './index.ts';

it('has no function that the editor does not offer and describe', () => {
  // Written without brackets, these are words of the grammar.
  const words = ['current_timestamp', 'localtimestamp', 'localtime'];
  const names = [...SCALARS.keys(), ...AGGREGATES.keys(), ...WINDOWS.keys()];
  expect(names.filter((name) => !TRINO_FUNCTIONS.has(name) && !words.includes(name))).toEqual([]);
});
