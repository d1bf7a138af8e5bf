import type { Json } from '../../../../../lib/languages/asl/json.ts';
import { StatesError } from '../../../../../lib/languages/asl/states-error.ts';

/** AWS's quota for the input or output of a task, state or execution, in bytes of UTF-8. */
export const PAYLOAD_BYTES_MAX = 262_144;

/** The JSON text of a result, within the quota. */
export function payloadText(value: Json, what: string): string {
  const text = JSON.stringify(value);
  // No character of a string has more than three bytes, so most texts need no counting.
  if (text.length * 3 > PAYLOAD_BYTES_MAX && Buffer.byteLength(text) > PAYLOAD_BYTES_MAX) {
    throw new StatesError(
      'States.DataLimitExceeded',
      `${what} returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  return text;
}
