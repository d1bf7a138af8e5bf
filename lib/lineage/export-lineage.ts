import 'server-only';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { listEvents, readEvent } from './list-events';
import { ExportLineage } from './schemas';

const AT_ONCE = 16;

/** Gives every OpenLineage event of a dataset, oldest first, one line each. */
export async function exportLineage(ctx: Context, raw: ExportLineage): Promise<ReadableStream<Uint8Array>> {
  requirePermission(ctx, 'datasets:read');
  requireAllowance(ctx, 'export');
  const { dataset } = ExportLineage.parse(raw);
  const keys = await listEvents(ctx, dataset, '');
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const events = await Promise.all(keys.slice(next, next + AT_ONCE).map(({ key }) => readEvent(ctx, key)));
      next += AT_ONCE;
      for (const event of events) if (event) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      if (next >= keys.length) controller.close();
    },
  });
}
