/**
 * AWS JSON 1.0 and 1.1, and the errors of REST-JSON.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
import { AwsError, type WireResponse } from '../service.ts';

/** Access denials have this name and status in JSON services: https://docs.aws.amazon.com/athena/latest/APIReference/CommonErrors.html */
const ACCESS_DENIED = 'AccessDeniedException';

export function decodeJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    const error = new AwsError('SerializationException', `The request body is not JSON: ${(cause as Error).message}`);
    error.cause = cause;
    throw error;
  }
}

/** Timestamps are seconds since the epoch, blobs are base64. */
export function encodeJson(value: unknown): string {
  // A page of a result is thousands of objects, and a call for each of their members takes longer than all the rest.
  if (isPlain(value)) return JSON.stringify(value ?? {});
  return JSON.stringify(value ?? {}, function (this: Record<string, unknown>, key: string, item: unknown) {
    // JSON.stringify calls Date.toJSON before this function sees the value.
    const raw = this[key];
    if (raw instanceof Date) return raw.getTime() / 1000;
    if (raw instanceof Uint8Array) return Buffer.from(raw).toString('base64');
    return item;
  });
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Date || value instanceof Uint8Array) return false;
  return Array.isArray(value) ? value.every(isPlain) : Object.values(value).every(isPlain);
}

export function jsonAnswer(output: unknown, contentType: string): WireResponse {
  return { status: 200, headers: { 'content-type': contentType }, body: encodeJson(output) };
}

export function jsonError(error: AwsError, contentType: string): WireResponse {
  const denied = error.code === 'AccessDenied';
  const code = denied ? ACCESS_DENIED : error.code;
  return {
    status: denied && contentType !== 'application/json' ? 400 : error.status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': code },
    body: encodeJson({ __type: code, message: error.message, ...error.details }),
  };
}
