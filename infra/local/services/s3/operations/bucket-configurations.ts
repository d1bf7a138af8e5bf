import { onBucket } from '../access.ts';
import type { Bucket } from '../bucket.ts';
import { defaultEncryption } from '../bucket.ts';
import { checkCors } from '../cors.ts';
import { type S3ErrorCode, s3Error } from '../errors.ts';
import { checkLifecycle } from '../lifecycle/check-lifecycle.ts';
import { emptyAnswer, readDocument, type S3Operation, xmlAnswer } from '../s3-request.ts';
import { tagsOf } from '../tags.ts';
import { childOf, childrenOf, element, textOf, type XmlElement } from '../xml.ts';

/** A document that is put to a bucket, kept, and read back as it was put. */
interface Configuration {
  /** The word in the query. */
  subresource: string;
  /** Name of the outermost element. */
  root: string;
  /** IAM's names; deleting needs what putting needs. */
  actions: { get: string; put: string };
  /** What reading says where there is none; an empty document otherwise. */
  missing?: S3ErrorCode;
  check?: (document: XmlElement) => void;
  /** Checks it, too; what it returns is kept in the document's stead. */
  complete?: (document: XmlElement, newId: () => string) => XmlElement;
  /** What it changes in the bucket beside itself. */
  apply?: (bucket: Bucket, document: XmlElement | undefined) => Bucket;
}

export const cors = configuration({
  subresource: 'cors',
  root: 'CORSConfiguration',
  actions: { get: 'GetBucketCORS', put: 'PutBucketCORS' },
  missing: 'NoSuchCORSConfiguration',
  check: checkCors,
});

export const encryption = configuration({
  subresource: 'encryption',
  root: 'ServerSideEncryptionConfiguration',
  actions: { get: 'GetEncryptionConfiguration', put: 'PutEncryptionConfiguration' },
  missing: 'ServerSideEncryptionConfigurationNotFoundError',
  check: checkEncryption,
  // Deleting it brings S3's own default back: there is no unencrypted bucket any more.
  apply: (bucket, document) =>
    document ? bucket : { ...bucket, configurations: { ...bucket.configurations, encryption: defaultEncryption() } },
});

export const lifecycle = configuration({
  subresource: 'lifecycle',
  root: 'LifecycleConfiguration',
  actions: { get: 'GetLifecycleConfiguration', put: 'PutLifecycleConfiguration' },
  missing: 'NoSuchLifecycleConfiguration',
  complete: checkLifecycle,
});

export const notification = configuration({
  subresource: 'notification',
  root: 'NotificationConfiguration',
  actions: { get: 'GetBucketNotification', put: 'PutBucketNotification' },
  check: checkNotification,
  apply: (bucket, document) => ({
    ...bucket,
    eventBridge: document !== undefined && childOf(document, 'EventBridgeConfiguration') !== undefined,
  }),
});

export const ownershipControls = configuration({
  subresource: 'ownershipControls',
  root: 'OwnershipControls',
  actions: { get: 'GetBucketOwnershipControls', put: 'PutBucketOwnershipControls' },
  missing: 'OwnershipControlsNotFoundError',
  check: checkOwnership,
});

export const publicAccessBlock = configuration({
  subresource: 'publicAccessBlock',
  root: 'PublicAccessBlockConfiguration',
  actions: { get: 'GetBucketPublicAccessBlock', put: 'PutBucketPublicAccessBlock' },
  missing: 'NoSuchPublicAccessBlockConfiguration',
  check: checkPublicAccessBlock,
});

export const tagging = configuration({
  subresource: 'tagging',
  root: 'Tagging',
  actions: { get: 'GetBucketTagging', put: 'PutBucketTagging' },
  missing: 'NoSuchTagSet',
  check: (document) => void tagsOf(document, 50),
});

interface Operations {
  get: S3Operation;
  put: S3Operation;
  delete: S3Operation;
}

function configuration({ subresource, root, actions, missing, check, complete, apply }: Configuration): Operations {
  const update = (bucket: Bucket, document: XmlElement | undefined): Bucket => {
    const { [subresource]: _, ...others } = bucket.configurations;
    const configurations = document ? { ...others, [subresource]: document } : others;
    const changed = { ...bucket, configurations };
    return apply?.(changed, document) ?? changed;
  };
  return {
    get: {
      access: onBucket(actions.get),
      run: ({ store }, { bucket }) => {
        const document = store.buckets.get(bucket).configurations[subresource];
        if (!document && missing) throw s3Error(missing, { BucketName: bucket });
        return xmlAnswer(document ?? element(root));
      },
    },
    put: {
      access: onBucket(actions.put),
      run: async ({ ctx, store }, request) => {
        const document = await readDocument(request, root);
        check?.(document);
        const kept = complete?.(document, ctx.newId) ?? document;
        await store.updateBucket(request.bucket, (bucket) => update(bucket, kept));
        return emptyAnswer(subresource === 'tagging' ? 204 : 200);
      },
    },
    delete: {
      access: onBucket(actions.put),
      run: async ({ store }, { bucket: name }) => {
        await store.updateBucket(name, (bucket) => update(bucket, undefined));
        return emptyAnswer(204);
      },
    },
  };
}

function checkEncryption(document: XmlElement): void {
  const [rule, second] = childrenOf(document, 'Rule');
  if (!rule || second) throw s3Error('MalformedXML');
  const byDefault = childOf(rule, 'ApplyServerSideEncryptionByDefault');
  const algorithm = byDefault && textOf(byDefault, 'SSEAlgorithm');
  // There is no KMS here, and keeping the setting without the keys would be a lie about the data.
  if (algorithm?.startsWith('aws:kms')) throw s3Error('NotImplemented', { Element: 'SSEAlgorithm' });
  if (algorithm !== undefined && algorithm !== 'AES256') throw s3Error('MalformedXML');
}

/** Only EventBridge is told; topics, queues and functions would be waited for in vain. */
function checkNotification(document: XmlElement): void {
  const other = document.children.find((child) => child.name !== 'EventBridgeConfiguration');
  if (other) throw s3Error('NotImplemented', { Element: other.name });
}

function checkOwnership(document: XmlElement): void {
  const [rule] = childrenOf(document, 'Rule');
  const ownership = rule && textOf(rule, 'ObjectOwnership');
  if (ownership === 'ObjectWriter' || ownership === 'BucketOwnerPreferred') {
    // Both mean that ACLs count, and there are none here.
    throw s3Error('NotImplemented', { Element: 'ObjectOwnership' });
  }
  if (ownership !== 'BucketOwnerEnforced') throw s3Error('MalformedXML');
}

function checkPublicAccessBlock(document: XmlElement): void {
  for (const { text = '' } of document.children) {
    if (!/^(true|false)$/i.test(text.trim())) throw s3Error('MalformedXML');
  }
}
