import { z } from 'zod';
import { GateCause } from '@/lib/languages/quality/quality-answer.ts';
import { parseJson } from './run-file';

/** What Lambda (`errorMessage`) and Glue (`ErrorMessage`) leave as the cause of a failed task. */
const TaskCause = z.union([
  z.object({ errorMessage: z.string() }).transform((cause) => cause.errorMessage),
  z.object({ ErrorMessage: z.string() }).transform((cause) => cause.ErrorMessage),
  // And what the gate leaves as that of a held run.
  GateCause.transform(({ table, rules }) => `${table}: ${rules.map(({ rule }) => rule).join('; ')}`),
]);

const MOST_CHARACTERS = 400;

/** Returns what a person should read of a cause: the message, not the document around it nor the stack in it. */
export function causeSentence(cause: string): string {
  const message = (TaskCause.safeParse(parseJson(cause)).data ?? cause).replace(/\s+/g, ' ').trim();
  return message.length > MOST_CHARACTERS ? `${message.slice(0, MOST_CHARACTERS - 1)}…` : message;
}
