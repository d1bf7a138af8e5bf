import { expect, it } from 'vitest';
import { declaredParameters } from './declared-parameters';

it('reads a line for each place', () => {
  const sql = `-- Sales of a place.
-- @param place text = 'King''s Cross' Where
--@param since date
-- @param since date
-- @param n integer = 5 How many
SELECT * FROM sales WHERE location = ? AND day >= ? AND shipped >= ?`;
  expect(declaredParameters(sql)).toEqual([
    { name: 'place', type: 'text', default: "King's Cross", description: 'Where' },
    { name: 'since', type: 'date' },
    { name: 'since', type: 'date' },
    { name: 'n', type: 'integer', default: '5', description: 'How many' },
  ]);
});

it('passes over what declares nothing, and tells what contradicts itself', () => {
  expect(declaredParameters("-- @param x money\n-- param y text\nSELECT '-- @param z text'")).toEqual([]);
  expect(declaredParameters("-- @param day date = 'soon'")).toBeUndefined();
  expect(declaredParameters('-- @param a date\n-- @param a text')).toBeUndefined();
});
