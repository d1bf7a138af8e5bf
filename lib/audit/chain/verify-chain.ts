import { type ChainedEvent, eventHash, GENESIS } from './event-hash';
import type { ChainVerification, Finding } from './finding';
import { type Head, isSigned } from './signed-head';

const FINDINGS_MAX = 100;
/** Actions of events that the console writes when it finds the chain's end forged or gone. */
export const HEAD_FORGED = 'audit.headForged';

/** What the lake keeps of the chain's end, as it was at a moment. */
export interface Anchor {
  sequence: number;
  hash: string;
  key: string;
}

export interface ChainSource {
  head(): Promise<Head | undefined>;
  /** Events up to a place, or all that have one, in the order of their places. */
  pages(until: number | undefined): AsyncIterable<ChainedEvent[]>;
  /** Where the event with this hash stands. */
  placeOf(hash: string): Promise<number | undefined>;
  /** Events without a place, or behind the chain's end. */
  outside(): Promise<{ id: string; at: Date }[]>;
  /** Undefined where the lake cannot be asked. Read before the head, so that none is newer. */
  anchors(): Promise<Anchor[] | undefined>;
  /** Whether a key of this console has signed what the lake keeps there. */
  isAnchorSigned(anchor: Anchor): Promise<boolean>;
}

/** Walks the whole chain; yields how far it is, and returns what it found. */
export async function* verifyChain(
  source: ChainSource,
  key: string,
): AsyncGenerator<{ checked: number; total: number }, ChainVerification> {
  const anchors = await source.anchors();
  const head = await source.head();
  const walk = new Walk(source, anchors ?? []);
  const total = head?.sequence ?? 0;
  for await (const events of source.pages(head?.sequence)) {
    for (const event of events) await walk.take(event);
    yield { checked: walk.checked, total: Math.max(total, walk.checked) };
  }
  await walk.end(head, key);
  return walk.result(anchors?.length ?? null);
}

class Walk {
  checked = 0;
  readonly #source: ChainSource;
  readonly #anchors: Map<number, Anchor[]>;
  readonly #lastAnchor: Anchor | undefined;
  readonly #findings: Finding[] = [];
  #findingCount = 0;
  #sequence = 0;
  #hash = GENESIS;
  #at: Date | undefined;
  #wholeUntil: number | null = null;
  /** Of events that stand elsewhere: what follows them where they belong is not at fault. */
  readonly #moved = new Set<string>();

  constructor(source: ChainSource, anchors: readonly Anchor[]) {
    this.#source = source;
    this.#anchors = Map.groupBy(anchors, ({ sequence }) => sequence);
    this.#lastAnchor = anchors.toSorted((a, b) => a.sequence - b.sequence).at(-1);
  }

  #find(finding: Finding): void {
    this.#findingCount += 1;
    if (this.#findings.length < FINDINGS_MAX) this.#findings.push(finding);
  }

  async take(event: ChainedEvent): Promise<void> {
    this.checked += 1;
    const sequence = event.sequence;
    const { id } = event;
    const at = event.at.getTime();
    const isGap = sequence > this.#sequence + 1;
    if (isGap) this.#missing(this.#sequence + 1, sequence - 1);
    if (eventHash(event) !== event.hash) {
      const until = await this.#ownPlace(event);
      if (until === undefined) this.#find({ code: 'changed', sequence, id, at });
      else {
        this.#moved.add(event.hash);
        this.#find({ code: 'moved', sequence, until, id, at });
      }
    } else if (!isGap && event.previousHash !== this.#hash && !this.#moved.has(event.previousHash)) {
      this.#find({ code: 'unlinked', sequence, id, at });
    }
    if (event.action === HEAD_FORGED) this.#find({ code: 'headWasForged', sequence, id, at });
    await this.#compareAnchors(event);
    this.#sequence = sequence;
    this.#hash = event.hash;
    this.#at = event.at;
    if (this.#findingCount === 0) this.#wholeUntil = at;
  }

  #missing(from: number, until: number): void {
    this.#find({ code: 'missing', sequence: from, until, ...(this.#at ? { at: this.#at.getTime() } : {}) });
  }

  /** Where an event belongs that has been put into another's place: behind the one whose hash it carries. */
  async #ownPlace(event: ChainedEvent): Promise<number | undefined> {
    const before = event.previousHash === GENESIS ? 0 : await this.#source.placeOf(event.previousHash);
    if (before === undefined) return undefined;
    // Where the one before it has been moved as well, it may be its neighbour on either side.
    const { sequence } = event;
    const own = [before + 1, sequence - 1, sequence + 1];
    return own.find((place) => place > 0 && eventHash({ ...event, sequence: place }) === event.hash);
  }

  async #compareAnchors(event: ChainedEvent): Promise<void> {
    const sequence = event.sequence;
    for (const anchor of this.#anchors.get(sequence) ?? []) {
      if (anchor.hash === event.hash) continue;
      const code = (await this.#source.isAnchorSigned(anchor)) ? 'anchorDiffers' : 'anchorForged';
      this.#find({ code, sequence, id: event.id, at: event.at.getTime(), key: anchor.key });
    }
  }

  async end(head: Head | undefined, key: string): Promise<void> {
    const sequence = this.#sequence;
    const at = this.#at ? { at: this.#at.getTime() } : {};
    if (head && !isSigned(head, key)) this.#find({ code: 'headForged', sequence: head.sequence, ...at });
    if (!head && (sequence > 0 || this.#lastAnchor)) this.#find({ code: 'headMissing', sequence, ...at });
    if (head && head.sequence > sequence) {
      this.#find({ code: 'tailCut', sequence, until: head.sequence, ...at });
    } else if (head && head.hash !== this.#hash && !this.#moved.has(head.hash)) {
      this.#find({ code: 'headDiffers', sequence, ...at });
    }
    await this.#compareLastAnchor(head);
    for (const event of await this.#source.outside()) {
      this.#find({ code: 'outside', sequence: 0, id: event.id, at: event.at.getTime() });
    }
  }

  /** The lake remembers an end that the database has forgotten. */
  async #compareLastAnchor(head: Head | undefined): Promise<void> {
    const last = this.#lastAnchor;
    if (!last || last.sequence <= (head?.sequence ?? 0)) return;
    const code = (await this.#source.isAnchorSigned(last)) ? 'tailCut' : 'anchorForged';
    const at = this.#at ? { at: this.#at.getTime() } : {};
    this.#find({ code, sequence: this.#sequence, until: last.sequence, key: last.key, ...at });
  }

  result(anchors: number | null): ChainVerification {
    return {
      checked: this.checked,
      findings: this.#findings,
      findingCount: this.#findingCount,
      wholeUntil: this.#wholeUntil,
      anchors,
    };
  }
}
