import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { RunEvent } from './schemas';

/** The members we read of the details that each type of event has under a name of its own. */
interface Details {
  name?: string;
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  resource?: string;
  parameters?: string;
}

/** Returns an execution's history with the details of each event flattened into it. */
export function runEvents(history: readonly HistoryEvent[]): RunEvent[] {
  return history.map((event) => {
    const { name, input, output, error, cause, resource, parameters } = detailsOf(event);
    return {
      id: event.id ?? 0,
      previousId: event.previousEventId ?? 0,
      type: event.type ?? '',
      at: event.timestamp?.getTime() ?? 0,
      ...defined({ state: name, input: input ?? parameters, output, error, cause, resource }),
    };
  });
}

function detailsOf(event: HistoryEvent): Details {
  const entry = Object.entries(event).find(([key, value]) => key.endsWith('EventDetails') && value !== undefined);
  // Every one of the sixty shapes is a record of optional texts, as far as the names of `Details` go.
  return (entry?.[1] ?? {}) as Details;
}

function defined<T extends object>(record: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
}
