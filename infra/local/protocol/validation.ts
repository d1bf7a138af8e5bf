import type { z } from 'zod';
import { AwsError } from '../service.ts';

/** Parses an operation's input; what is wrong is told in the form of AWS's own ValidationException. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown, code = 'ValidationException'): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => problemOf(issue, input));
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw new AwsError(code, `${count}: ${problems.join('; ')}`);
}

function problemOf(issue: z.core.$ZodIssue, input: unknown): string {
  const path = issue.path.map(String);
  const at = path.join('.') || 'input';
  const value = path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], input);
  if (value === undefined || value === null) {
    return `Value null at '${at}' failed to satisfy constraint: Member must not be null`;
  }
  const shown = typeof value === 'object' ? '' : `Value '${String(value).slice(0, 100)}' `;
  return `${shown}at '${at}' failed to satisfy constraint: ${issue.message}`;
}
