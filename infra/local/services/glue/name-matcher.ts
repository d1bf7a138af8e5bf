import { invalidInput } from './errors.ts';

/** Glue takes a regular expression over the whole name; `sales*` and `*`, as Hive has them, are common too. */
export function nameMatcher(expression: string | undefined): (name: string) => boolean {
  if (!expression || expression === '*') return () => true;
  const pattern = expression.replace(/(?<![.\])\\])\*/g, '.*');
  try {
    const regex = new RegExp(`^(?:${pattern})$`, 'i');
    return (name) => regex.test(name);
  } catch {
    throw invalidInput(`Expression ${expression} is not a valid regular expression.`);
  }
}
