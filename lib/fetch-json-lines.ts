import type { ErrorReport } from '@/lib/errors';
import { ReportedError, reportOf, sentBody } from '@/lib/fetch-json';

type Line<T> = T | { end: true } | { error: ErrorReport };

/**
 * Sends a body to a route that answers with a line of JSON for each step of its work (`jsonLines` of lib/http), and tells
 * of each. Resolves at the work's end; throws for what the route refuses, and for a connection that breaks off before.
 */
export async function fetchJsonLines<T extends object>(
  url: string,
  { body, signal }: { body: unknown; signal: AbortSignal },
  onLine: (line: T) => void,
): Promise<void> {
  const response = await fetch(url, { ...sentBody(body), signal });
  if (!response.ok || !response.body) {
    throw new ReportedError(reportOf(await response.json().catch(() => undefined), response));
  }
  for await (const text of linesOf(response.body)) {
    const line = JSON.parse(text) as Line<T>;
    if ('error' in line) throw new ReportedError(line.error as ErrorReport);
    if ('end' in line) return;
    onLine(line);
  }
  throw new TypeError('The connection broke off.');
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + chunk.value).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Whoever has heard the end, or stops listening, keeps no connection open.
    await reader.cancel().catch(() => undefined);
  }
}
