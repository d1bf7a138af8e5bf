/**
 * What the lake has been asked, for its trail. On the way of a request an object is put aside and nothing more; what it
 * says is worked out later, by who is attached.
 */
import { type Access, AwsError, type CallInside, type Principal } from './service.ts';

/** An operation as it was asked and how it ended. */
export interface Asked {
  operation: string;
  /** As it came; the trail shows it without what is secret. */
  input?: unknown;
  output?: unknown;
  error?: { code: string; message: string };
}

export interface SeenCall {
  /** When it was answered, in milliseconds since the epoch. */
  atMs: number;
  principal: Principal;
  accessKeyId?: string;
  requestId: string;
  sourceIp: string;
  userAgent?: string;
  /** Signing name of the service that was called. */
  service: string;
  asked: Asked;
  /** Signing name of the service that called for the principal. */
  via?: string;
  /** A permission that a service used for the principal in-process: a call that AWS would have made. */
  access?: Access;
  /** Of a call from outside. */
  wire?: {
    query: URLSearchParams;
    headers: Record<string, string>;
    isPresigned: boolean;
    receivedBytes?: number;
    sentBytes?: number;
  };
}

export class Recorder {
  #sink: ((call: SeenCall) => void) | undefined;

  /** From now on, calls go to `sink`; before, they are forgotten. Returns the way to stop that. */
  attach(sink: (call: SeenCall) => void): () => void {
    this.#sink = sink;
    return () => {
      this.#sink = undefined;
    };
  }

  record(call: SeenCall): void {
    this.#sink?.(call);
  }
}

export interface ActingService {
  /** Signing name. */
  name: string;
  /** Whether what it asks by `authorize` stands for calls of its own, and not for the request that it answers. */
  recordsAccess: boolean;
}

/** The lake as a service sees it that acts for others: what it does for them is recorded as theirs, by that service. */
export class RecordedInside implements CallInside {
  readonly #inside: CallInside;
  readonly #service: ActingService;
  readonly #recorder: Recorder;
  readonly #ctx: { clock: () => number; newId: () => string };

  constructor(
    inside: CallInside,
    service: ActingService,
    recorder: Recorder,
    ctx: { clock: () => number; newId: () => string },
  ) {
    this.#inside = inside;
    this.#service = service;
    this.#recorder = recorder;
    this.#ctx = ctx;
  }

  async call<O = unknown>(service: string, operation: string, input: unknown, principal: Principal): Promise<O> {
    const asked: Asked = { operation, input };
    try {
      const output = await this.#inside.call<O>(service, operation, input, principal);
      asked.output = output;
      return output;
    } catch (error) {
      asked.error = failureOf(error);
      throw error;
    } finally {
      this.#record(principal, service, asked);
    }
  }

  authorize(...args: Parameters<CallInside['authorize']>): void {
    const [principal, access] = args;
    if (!this.#service.recordsAccess) {
      this.#inside.authorize(...args);
      return;
    }
    const [service = '', operation = ''] = access.action.split(':', 2);
    try {
      this.#inside.authorize(...args);
      this.#record(principal, service, { operation }, access);
    } catch (error) {
      this.#record(principal, service, { operation, error: failureOf(error) }, access);
      throw error;
    }
  }

  asRole(...args: Parameters<CallInside['asRole']>): Principal {
    return this.#inside.asRole(...args);
  }

  #record(principal: Principal, service: string, asked: Asked, access?: Access): void {
    const { name: via } = this.#service;
    const { clock, newId } = this.#ctx;
    const sourceIp = `${via}.amazonaws.com`;
    const who = { principal, requestId: newId(), sourceIp, userAgent: sourceIp };
    this.#recorder.record({ atMs: clock(), ...who, service, asked, via, access });
  }
}

export function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof AwsError) return { code: error.code, message: error.message };
  return { code: 'InternalFailure', message: 'An internal error occurred.' };
}
