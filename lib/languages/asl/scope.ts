import type { Json, JsonObject } from './json.ts';

export const HASH_ALGORITHMS = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** What expressions may ask of the outside world; passed in, so that this language stays pure. */
export interface Effects {
  random: () => number;
  uuid: () => string;
  /** Hexadecimal digest of the UTF-8 bytes. */
  hash: (text: string, algorithm: HashAlgorithm) => string;
}

/** Everything that an expression in a state can see. */
export interface Scope {
  /** `$` of JSONPath, `$states.input` of JSONata. */
  input: Json;
  /** The context object: `$$` of JSONPath, `$states.context` of JSONata. */
  context: JsonObject;
  /** Values kept by `Assign` in earlier states. */
  variables: JsonObject;
  effects: Effects;
}
