import 'server-only';
import { createTranslator } from 'next-intl';
import { getLocale } from 'next-intl/server';
import { z } from 'zod';
import { isRole } from '@/lib/auth/permissions';
import { toAppError } from '@/lib/aws/errors';
import type { AppError, ErrorCode, ErrorDetails, ErrorReport } from '@/lib/errors';
import type { Locale } from '@/lib/i18n/locales';
import { type Messages, messagesFor } from '@/lib/i18n/messages';
import { log } from '@/lib/log';

/** Codes that need an operator's eye; the others are a person's own doing and only noise in a log. */
const LOGGED: Record<ErrorCode, boolean> = {
  NOT_FOUND: false,
  FORBIDDEN: false,
  UNAUTHENTICATED: false,
  NOT_ACCEPTABLE: false,
  CONFLICT: false,
  INVALID: false,
  LIMIT_EXCEEDED: false,
  THROTTLED: true,
  UNAVAILABLE: true,
  TIMED_OUT: false,
  INTERNAL: true,
};

/** Logs what must be logged, and returns what the person may see, in their language. */
export async function reportError(error: unknown, requestId: string): Promise<ErrorReport> {
  const known = toAppError(error);
  if (LOGGED[known.code]) log.error(known.message, { code: known.code, requestId, cause: error });
  return describeError(known, requestId, await getLocale());
}

/** The pure half of `reportError`. */
export function describeError(error: AppError, requestId: string, locale: Locale): ErrorReport {
  const issues = error.cause instanceof z.ZodError ? error.cause.issues : undefined;
  return {
    code: error.code,
    message: sentence(error, locale),
    details: error.details,
    fieldErrors: issues ? describeIssues(issues, locale) : namedField(error, locale),
    requestId,
  };
}

/** Keys are known only at run time here: the translator is asked whether it has them. */
function translator(locale: Locale) {
  return createTranslator<Messages, 'errors'>({ locale, messages: messagesFor(locale), namespace: 'errors' });
}
type Key = Parameters<ReturnType<typeof translator>>[0];

function sentence(error: AppError, locale: Locale): string {
  const t = translator(locale);
  const key = (error.cause instanceof z.ZodError ? 'invalid' : error.reason) as Key | undefined;
  if (!key || !t.has(key)) return error.message;
  return t(key, printable(error.details ?? {}, locale));
}

function printable(details: ErrorDetails, locale: Locale): Record<string, string | number> {
  const { roles } = messagesFor(locale);
  const print = (value: ErrorDetails[string]) => {
    if (typeof value === 'number') return value;
    if (isRole(value)) return roles[value];
    return Array.isArray(value) ? value.join(', ') : String(value ?? '–');
  };
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, print(value)]));
}

/** A verb that refuses one field names it in `details.field`: its sentence then belongs beside that field. */
function namedField(error: AppError, locale: Locale): Record<string, string> | undefined {
  const field = error.details?.field;
  return typeof field === 'string' ? { [field]: sentence(error, locale) } : undefined;
}

/** A schema's own message names an entry of `errors.fields`; zod's standard ones are said in its own translation. */
function describeIssues(issues: readonly z.core.$ZodIssue[], locale: Locale): Record<string, string> {
  const t = translator(locale);
  const standard = z.locales[locale]().localeError;
  const said = issues.map((issue) => {
    const key = `fields.${issue.code === 'invalid_type' ? 'required' : issue.message}` as Key;
    const text = t.has(key) ? t(key) : standard(issue as z.core.$ZodRawIssue);
    return [issue.path.join('.'), typeof text === 'string' ? text : (text?.message ?? issue.message)] as const;
  });
  return Object.fromEntries(said.reverse());
}
