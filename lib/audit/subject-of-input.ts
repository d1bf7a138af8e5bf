import { z } from 'zod';

/** What inputs call the thing that they are about, the most telling first. Only these are kept: the rest may be anything. */
const NAMES = ['key', 'id', 'table', 'dataset', 'name', 'email', 'prefix', 'from'] as const;
const Text = z.string().min(1).max(1024);

/** What an attempt was about, as far as its input tells: an attempt may be refused before anything of it is checked. */
export function subjectOfInput(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '–';
  const given = input as Record<string, unknown>;
  const [first] = Array.isArray(given.files) ? given.files : Array.isArray(given.keys) ? given.keys : [];
  if (first !== undefined) return placed(given, typeof first === 'string' ? first : subjectOfInput(first));
  const name = NAMES.find((each) => Text.safeParse(given[each]).success);
  return name ? placed(given, String(given[name])) : '–';
}

function placed({ zone, database }: Record<string, unknown>, name: string): string {
  const place = [zone, database].find((each) => Text.safeParse(each).success);
  return place ? `${String(place)}:${name}` : name;
}
