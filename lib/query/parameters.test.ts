import { describe, expect, it } from 'vitest';
import { bindParameters } from '@/lib/languages/trino-sql/parameters';
import { literalOf, type ParameterValue, parameterPlaces } from './parameters';

describe('parameterPlaces', () => {
  it('finds each ? that is none of a text, a name or a comment, and what it stands for', () => {
    const text = `SELECT '?', "?" -- ?\n FROM t WHERE city = ? AND day BETWEEN ? AND ? AND k NOT IN (?, ?); SELECT lower(?) LIMIT ?`;
    const places = parameterPlaces(text);
    expect(places.map(({ name }) => name)).toEqual(['city', 'day', 'day', 'k', 'k', undefined, 'LIMIT']);
    expect(places.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const { offset } of places) expect(text[offset]).toBe('?');
  });

  it('leaves those of PREPARE to EXECUTE', () => {
    const text = 'PREPARE near FROM SELECT * FROM t WHERE city = ?; EXECUTE near USING ?; SELECT ?';
    expect(parameterPlaces(text).map(({ ordinal, offset }) => [ordinal, text[offset]])).toEqual([
      [0, '?'],
      [1, '?'],
    ]);
  });

  it('lives with a text that is still open', () => {
    expect(parameterPlaces("SELECT ? WHERE a = 'b ?")).toHaveLength(1);
  });
});

describe('literalOf', () => {
  it.each<[ParameterValue, string | undefined]>([
    [{ type: 'text', text: "it's '; DROP TABLE x --" }, "'it''s ''; DROP TABLE x --'"],
    [{ type: 'text', text: '' }, "''"],
    [{ type: 'number', text: ' -12.5e3 ' }, '-12.5e3'],
    [{ type: 'number', text: '1; DROP' }, undefined],
    [{ type: 'number', text: '' }, undefined],
    [{ type: 'date', text: '2026-11-25' }, "DATE '2026-11-25'"],
    [{ type: 'date', text: "2026-11-25' OR '1" }, undefined],
    [{ type: 'timestamp', text: '2026-11-25T14:03' }, "TIMESTAMP '2026-11-25 14:03'"],
    [{ type: 'boolean', text: 'true' }, 'true'],
    [{ type: 'boolean', text: 'yes' }, undefined],
    [{ type: 'null', text: 'anything' }, 'NULL'],
  ])('writes %j as %s', (value, literal) => {
    expect(literalOf(value)).toBe(literal);
    // The lake's own reading agrees that it is one literal.
    if (literal) expect(() => bindParameters('SELECT ?', [literal])).not.toThrow();
  });
});
