import type { Json, JsonObject } from '../../../../../lib/languages/asl/json.ts';

/** The output of an operation as JSON. Optimized integrations have times in milliseconds, the SDK's as ISO texts. */
export function toJson(output: unknown, times: 'ms' | 'iso'): Json {
  const text = JSON.stringify(output ?? {}, function (this: Record<string, unknown>, key: string, value: unknown) {
    // JSON.stringify calls Date.toJSON before this function sees the value.
    const raw = this[key];
    if (raw instanceof Date) return times === 'ms' ? raw.getTime() : raw.toISOString();
    if (raw instanceof Uint8Array) return Buffer.from(raw).toString('base64');
    return value;
  });
  return JSON.parse(text) as Json;
}

/** What the optimized integrations add to an answer, as far as it means something here. */
export function withMetadata(output: JsonObject, requestId: string): JsonObject {
  return { ...output, SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: { RequestId: requestId } };
}

/** A member of the parameters that must be a string, or `undefined`. */
export function textMember(parameters: Json, name: string): string | undefined {
  const value =
    typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters) ? parameters[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
