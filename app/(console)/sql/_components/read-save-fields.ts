import type { QueryParameter } from '@/lib/query/saved/parameters';
import type { SaveQuery } from '@/lib/query/saved/schemas';

/** Returns what the form of `SaveFields` holds; the verb checks it. */
export function readSaveFields(form: FormData): Omit<SaveQuery, 'sql' | 'id' | 'baseVersion'> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const tags = text('tags').split(',');
  const names = form.getAll('parameterName').map(String);
  const types = form.getAll('parameterType').map(String) as QueryParameter['type'][];
  const descriptions = form.getAll('parameterDescription').map((value) => String(value).trim());
  const defaults = form.getAll('parameterDefault').map(String);
  return {
    name: text('name'),
    description: text('description'),
    tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== ''),
    sharing: text('sharing') as SaveQuery['sharing'],
    roles: form.getAll('roles') as SaveQuery['roles'],
    parameters: names.map((name, index) => ({
      name: name.trim(),
      type: types[index] ?? 'text',
      ...(defaults[index] ? { default: defaults[index] } : {}),
      ...(descriptions[index] ? { description: descriptions[index] } : {}),
    })),
  };
}
