import { expect, it } from 'vitest';
import { readSaveFields } from './read-save-fields';

it('keeps what the form has no field for', () => {
  const form = new FormData();
  form.set('name', 'finance/monthly');
  for (const name of ['since', 'least']) {
    form.append('parameterName', name);
    form.append('parameterType', 'integer');
    form.append('parameterDefault', '');
  }
  const kept = [{ name: 'least', type: 'integer' as const, description: 'The smallest amount' }];
  expect(readSaveFields(form, kept).parameters).toEqual([
    { name: 'since', type: 'integer', description: undefined },
    { name: 'least', type: 'integer', description: 'The smallest amount' },
  ]);
});
