import type { ErrorReport } from '@/lib/errors';

/** What a route of the console answered instead of data, for the browser to show. */
export class ReportedError extends Error {
  readonly report: ErrorReport;
  constructor(report: ErrorReport) {
    super(report.message);
    this.report = report;
  }
}

/**
 * Asks a route of the console; throws ReportedError for what it refuses.
 * A body is sent as JSON, by POST unless told otherwise.
 */
export async function fetchJson<T>(
  url: string,
  { body, ...init }: Omit<RequestInit, 'body'> & { body?: unknown } = {},
): Promise<T> {
  const response = await fetch(url, { ...sentBody(body), ...init });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  throw new ReportedError(reportOf(answer, response));
}

export function sentBody(body: unknown): RequestInit {
  if (body === undefined) return {};
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

export function reportOf(answer: unknown, response: Response): ErrorReport {
  const reported = (answer as { error?: ErrorReport } | undefined)?.error;
  return (
    reported ?? {
      code: response.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL',
      message: `The console answered ${response.status} ${response.statusText}.`.replace(' .', '.'),
      requestId: response.headers.get('x-request-id') ?? '–',
    }
  );
}

/** Returns what to show for anything that a request threw: a network that is down throws a bare TypeError. */
export function reportFrom(error: unknown): ErrorReport {
  if (error instanceof ReportedError) return error.report;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'UNAVAILABLE', message, requestId: '–' };
}
