/** Where the files of a trail are read from; and what hashes and signatures are computed with. */
export interface StoredFile {
  key: string;
  /** When it was put there, in milliseconds since the epoch. */
  storedAtMs: number;
}

export interface StoredDigest {
  /** Packed. */
  bytes: Uint8Array;
  /** Hexadecimal, from the object's metadata. */
  signature?: string;
}

export interface TrailFiles {
  /** Digests of the trail that ended in the time that is looked at, in any order. */
  listDigests(): Promise<StoredFile[]>;
  /** Log files that were delivered in that time, in any order. */
  listLogs(): Promise<StoredFile[]>;
  /** Undefined where there is none, or only a delete marker. */
  readDigest(bucket: string, key: string): Promise<StoredDigest | undefined>;
  readLog(bucket: string, key: string): Promise<Uint8Array | undefined>;
  /** PKCS #1, DER; undefined for a fingerprint that CloudTrail does not know. */
  publicKey(fingerprint: string): Promise<Uint8Array | undefined>;
}
