import type { JsonObject } from '../../../../lib/languages/event-pattern/json-value.ts';

/** An event as rules match it and targets get it. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent extends JsonObject {
  version: string;
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601, whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: JsonObject;
}
