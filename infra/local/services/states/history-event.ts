/** One event of an execution's history, as GetExecutionHistory tells it; the timestamp in milliseconds. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  [details: `${string}Details`]: Record<string, unknown>;
}

export type EventDetails = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

/** A payload within details: its JSON text, never cut short. */
export function payload(name: 'input' | 'output', json: string): Record<string, unknown> {
  return { [name]: json, [`${name}Details`]: { truncated: false } };
}

const DATA = ['input', 'output', 'parameters', 'assignedVariables'];

/** The event without what went through the execution, for `includeExecutionData: false`. */
export function withoutData(event: HistoryEvent): HistoryEvent {
  const bare = Object.entries(event).map(([key, value]) => {
    if (typeof value !== 'object') return [key, value];
    return [key, Object.fromEntries(Object.entries(value as object).filter(([name]) => !DATA.includes(name)))];
  });
  return Object.fromEntries(bare) as HistoryEvent;
}
