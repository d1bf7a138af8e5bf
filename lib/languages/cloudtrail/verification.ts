/** What is wrong with the files of a trail, each named. */
export interface TrailProblem {
  code: /** Its content is not what the digest says: a byte was changed, a record taken out or put in. */
    | 'logChanged'
    | 'logMissing'
    /** Lies among the log files, and no digest knows it. */
    | 'logUnknown'
    /** Log files were delivered after the newest that is there. */
    | 'logTailMissing'
    | 'digestChanged'
    | 'digestMissing'
    /** Says of itself that it lies elsewhere. */
    | 'digestMoved'
    | 'digestKeyUnknown'
    /** Digests were delivered after the newest that is there. */
    | 'digestTailMissing';
  /** The key of the file; of what is missing at the end, the newest that is there, if there is any. */
  key?: string;
  /** When it was delivered or should have been: ISO 8601. */
  at: string;
  /** The digest that names the log file, or that is chained to the digest. */
  namedBy?: string;
  /** Of a log file: the times of the records that it holds or held. */
  oldestEventAt?: string;
  newestEventAt?: string;
}

export interface Verification {
  /** What was asked for: ISO 8601. */
  from: string;
  to: string;
  /** What the digests that are whole speak of; undefined where there is none. */
  coveredFrom?: string;
  coveredTo?: string;
  validDigests: number;
  validLogFiles: number;
  /** Delivered since the last digest, which the next one will tell of. */
  waitingLogFiles: number;
  /** Times of which no whole digest speaks: what was delivered then is not proven. Logging may have been off. */
  gaps: { from: string; to: string }[];
  /** Oldest first. */
  problems: TrailProblem[];
}
