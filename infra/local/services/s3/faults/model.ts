import { createHash } from 'node:crypto';

/** One version as a client knows it; the id is missing where its answer was not heard. */
export interface KnownVersion {
  id?: string;
  /** Of its bytes; none for a delete marker. */
  sha256?: string;
  /** Those that tell what kind of object it is; as JSON. */
  tags?: string;
}

export interface KnownUpload {
  id?: string;
  /** ETags by part number. */
  parts: Record<number, string>;
}

/** All there is to know of a key. A commit changes all of it or nothing. */
export interface KeyState {
  /** Newest first. */
  versions: KnownVersion[];
  /** What EventBridge must hear, in order: `created ETAG`, `marker`, `gone`. */
  events: string[];
  uploads: KnownUpload[];
}

export const NOTHING: KeyState = { versions: [], events: [], uploads: [] };

/**
 * What a client was told, key by key. A change that was asked for and not answered leaves two possible states,
 * the one before and the one after, and nothing between them.
 */
export class Model {
  readonly #known = new Map<string, KeyState>();
  readonly #asked = new Map<string, KeyState>();
  /** Every part that was ever sent, by its ETag, to tell what a finished upload must be made of. */
  readonly partsByEtag = new Map<string, Buffer>();
  acknowledged = 0;

  get places(): string[] {
    return [...new Set([...this.#known.keys(), ...this.#asked.keys()])];
  }

  /** `place` is `bucket/key`. */
  get(place: string): KeyState {
    return this.#known.get(place) ?? NOTHING;
  }

  possible(place: string): KeyState[] {
    const asked = this.#asked.get(place);
    return asked ? [this.get(place), asked] : [this.get(place)];
  }

  /** Sends a change; what it brings about is known once it is answered. `heard` adds what only the answer says. */
  async change<A>(
    place: string,
    after: KeyState,
    send: () => Promise<A>,
    heard: (answer: A) => KeyState = () => after,
  ): Promise<A> {
    this.#asked.set(place, after);
    const answer = await send();
    this.#asked.delete(place);
    this.#known.set(place, heard(answer));
    this.acknowledged++;
    return answer;
  }

  /** What was found is what is so, from now on. */
  settle(place: string, found: KeyState): void {
    this.#asked.delete(place);
    this.#known.set(place, found);
  }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

export function etagOfParts(etags: string[]): string {
  const hash = createHash('md5');
  for (const etag of etags) hash.update(etag, 'hex');
  return `${hash.digest('hex')}-${etags.length}`;
}

/** Whether what was found may be what was expected; an id that nobody heard may be any. */
export function isAsExpected(found: KeyState, expected: KeyState): boolean {
  const sameIds = <T extends { id?: string }>(some: T[], others: T[]) =>
    some.length === others.length && some.every(({ id }, i) => !others[i]?.id || others[i]?.id === id);
  const withoutIds = ({ versions, events, uploads }: KeyState) =>
    JSON.stringify([versions.map(({ sha256, tags }) => [sha256, tags ?? '{}']), events, uploads.map((u) => u.parts)]);
  return (
    sameIds(found.versions, expected.versions) &&
    sameIds(found.uploads, expected.uploads) &&
    withoutIds(found) === withoutIds(expected)
  );
}
