import { defineRoute } from '@/lib/http';
import { compareVersions } from '@/lib/versions';
import type { CompareEvent, CompareVersions } from '@/lib/versions/schemas';

/** A JSON document a line, as long as it takes; the reader who goes away ends the comparison. */
export const GET = defineRoute<never>(async (ctx, { request, query }) => {
  const by = request.nextUrl.searchParams.getAll('by');
  // The verb's schema refuses what is missing.
  const input = { ...query, by, asText: query.as === 'text' } as unknown as CompareVersions;
  const stop = new AbortController();
  const events = compareVersions(ctx, input, stop.signal);
  const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' };
  return new Response(asLines(events, stop), { headers });
});

function asLines(events: AsyncGenerator<CompareEvent>, stop: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    cancel() {
      stop.abort();
    },
  });
}
