import type { State, Table } from '../../state/state.ts';
import { s3Error } from './errors.ts';
import { element, type XmlElement } from './xml.ts';

export type Versioning = 'Enabled' | 'Suspended';

export interface Bucket {
  name: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Never set on a bucket that was never versioned. */
  versioning?: Versioning;
  /** Whether changes of its objects are told to EventBridge. */
  eventBridge: boolean;
  /** The policy's JSON, as it was put. */
  policy?: string;
  /** Configuration documents by subresource (`cors`, `encryption`, …), as they were put. */
  configurations: Record<string, XmlElement>;
}

/** The table of buckets. */
export class Buckets {
  readonly #table: Table<Bucket>;

  constructor(state: State) {
    this.#table = state.table('s3-buckets', { isHot: true });
  }

  find(name: string): Bucket | undefined {
    return this.#table.get([name]);
  }

  get(name: string): Bucket {
    const bucket = this.find(name);
    if (!bucket) throw s3Error('NoSuchBucket', { BucketName: name });
    return bucket;
  }

  list(): Bucket[] {
    return [...this.#table.range()].map(({ value }) => value);
  }

  /** Inside a commit. */
  put(bucket: Bucket): void {
    this.#table.put([bucket.name], bucket);
  }

  /** Inside a commit. */
  remove(name: string): void {
    this.#table.remove([name]);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(name: string): void {
  const isValid =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!isValid) throw s3Error('InvalidBucketName', { BucketName: name });
}

const PUBLIC_ACCESS_BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

/** A bucket as AWS makes new ones: https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html */
export function newBucket(name: string, createdAt: number): Bucket {
  return {
    name,
    createdAt,
    eventBridge: false,
    configurations: {
      publicAccessBlock: element(
        'PublicAccessBlockConfiguration',
        PUBLIC_ACCESS_BLOCKS.map((block) => element(block, true)),
      ),
      ownershipControls: element(
        'OwnershipControls',
        element('Rule', element('ObjectOwnership', 'BucketOwnerEnforced')),
      ),
      encryption: defaultEncryption(),
    },
  };
}

export const defaultEncryption = (): XmlElement =>
  element(
    'ServerSideEncryptionConfiguration',
    element(
      'Rule',
      element('ApplyServerSideEncryptionByDefault', element('SSEAlgorithm', 'AES256')),
      element('BucketKeyEnabled', false),
    ),
  );
