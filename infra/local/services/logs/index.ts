/**
 * CloudWatch Logs: what Lambda functions and jobs print, kept and read back.
 *
 * Gaps: PutLogEvents and other writing from outside, subscriptions, metric filters, Insights queries, live tail, JSON
 * and space-delimited filter patterns. Filter patterns of terms ("error", -debug, ?a ?b, "a phrase") work.
 *
 * By design: a group keeps what its retention says and never more than 32 MB; the oldest lines go first.
 */
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { LogStore } from './log-store.ts';
import { eventOperations } from './operations/events.ts';
import { groupOperations } from './operations/groups.ts';
import { streamOperations } from './operations/streams.ts';

/** A line of a log: when it was written, in milliseconds since the epoch, and its text. */
export interface LogEvent {
  timestamp: number;
  message: string;
}

/** What other services write their logs with; groups and streams come into being with their first line. */
export interface Logs {
  append(group: string, stream: string, events: LogEvent[]): Promise<void>;
}

export type LogsService = OperationService & Logs;

const SWEEP_MS = 3_600_000;

export async function startLogsService(ctx: ServiceContext): Promise<LogsService> {
  const store = new LogStore(ctx);
  await store.expire();
  const sweep = setInterval(
    () =>
      void store
        .expire()
        .catch((error: unknown) => ctx.log.warn('old log lines could not be removed', { error: String(error) })),
    SWEEP_MS,
  );
  sweep.unref();
  return {
    name: 'logs',
    protocol: 'json-1.1',
    targetPrefix: 'Logs_20140328',
    validationError: 'InvalidParameterException',
    operations: { ...groupOperations(ctx, store), ...streamOperations(ctx, store), ...eventOperations(ctx, store) },
    append: (group, stream, events) => store.append(group, stream, events),
    async close() {
      clearInterval(sweep);
    },
  };
}
