export interface Script {
  takes: ('text' | 'bigint' | 'integer' | 'double' | 'real' | 'boolean' | 'bytes')[];
  gives: 'text' | 'bigint' | 'integer' | 'double' | 'real' | 'boolean' | 'bytes';
  /** Throws an Error whose message is Trino's code and text: `INVALID_FUNCTION_ARGUMENT: …`. */
  // biome-ignore lint/suspicious/noExplicitAny: each function states the types that `takes` promises.
  run: (...args: any[]) => string | bigint | number | boolean | Uint8Array | undefined;
}

export function invalidArgument(message: string): Error {
  return new Error(`INVALID_FUNCTION_ARGUMENT: ${message}`);
}
