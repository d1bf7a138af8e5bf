/** What a verification can find. Client-safe: the page has a sentence for each code (`audit.findings`). */
export type FindingCode =
  /** The event is not what it was when it was written. */
  | 'changed'
  /** It is whole, but stands in the place of another. */
  | 'moved'
  /** Events `sequence` to `until` are not there. */
  | 'missing'
  /** It does not follow the event before it: that one, or all from it on, were written anew. */
  | 'unlinked'
  /** It has no place in the chain: it was written past the console. */
  | 'outside'
  /** The end of the chain bears no signature of this console's key. */
  | 'headForged'
  /** The end of the chain names another event than the last one. */
  | 'headDiffers'
  | 'headMissing'
  /** The console itself found a forged or missing end when it wrote this event. */
  | 'headWasForged'
  /** The events after `sequence`, up to `until`, have been cut off. */
  | 'tailCut'
  /** The lake keeps another hash of the event than the database. */
  | 'anchorDiffers'
  /** What the lake keeps of the chain bears no signature of this console's key. */
  | 'anchorForged';

export interface Finding {
  code: FindingCode;
  /** The event's place in the chain; 0 for an event that has none. */
  sequence: number;
  /** The event's own id, where there is an event. */
  id?: string;
  /** The last of several, or where a moved one belongs. */
  until?: number;
  /** Of the event, in milliseconds: since when. */
  at?: number;
  /** An object of the lake. */
  key?: string;
}

export interface ChainVerification {
  /** How many events were looked at. */
  checked: number;
  /** The first hundred. */
  findings: Finding[];
  findingCount: number;
  /** Of the last event that is whole and has only whole ones before it, in milliseconds. */
  wholeUntil: number | null;
  /** How many records of the chain's end the lake has; null where it could not be asked. */
  anchors: number | null;
}
