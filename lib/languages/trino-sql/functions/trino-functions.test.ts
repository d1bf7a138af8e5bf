import { describe, expect, it } from 'vitest';
import { TRINO_FUNCTIONS } from './trino-functions';

describe('TRINO_FUNCTIONS', () => {
  it('reads a signature with its parameters and what it gives', () => {
    expect(TRINO_FUNCTIONS.get('array_sort')).toMatchObject({
      parameters: ['array', '(x, y) -> integer'],
      returns: 'array',
    });
    expect(TRINO_FUNCTIONS.get('now')).toMatchObject({ parameters: [], returns: 'timestamp(3) with time zone' });
  });

  it('says what each function gives, in one line of each language', () => {
    for (const { name, returns, summary } of TRINO_FUNCTIONS.values()) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      for (const text of [returns, summary.en, summary.fr]) expect(text.length, name).toBeGreaterThan(1);
      expect(summary.en.length, name).toBeLessThan(90);
    }
  });
});
