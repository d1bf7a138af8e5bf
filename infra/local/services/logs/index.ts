import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';

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

export async function startLogsService(_ctx: ServiceContext): Promise<LogsService> {
  return {
    name: 'logs',
    protocol: 'json-1.1',
    targetPrefix: 'Logs_20140328',
    operations: {},
    append: async () => undefined,
  };
}
