import { expect, it } from 'vitest';
import { readSaveFields } from './read-save-fields';

it('reads a name, a type, a default and a description for each value, and leaves out what is empty', () => {
  const form = new FormData();
  form.set('name', 'finance/monthly');
  const values = [
    ['since', '', ' '],
    ['least', '3', ' The smallest amount '],
  ];
  for (const [name, fallback, description] of values) {
    form.append('parameterName', name ?? '');
    form.append('parameterType', 'integer');
    form.append('parameterDefault', fallback ?? '');
    form.append('parameterDescription', description ?? '');
  }
  expect(readSaveFields(form).parameters).toEqual([
    { name: 'since', type: 'integer' },
    { name: 'least', type: 'integer', default: '3', description: 'The smallest amount' },
  ]);
});
