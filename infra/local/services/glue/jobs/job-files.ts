import type { Access, CallInside, Principal } from '../../../service.ts';
import type { ObjectStore } from '../../s3/object-store.ts';
import type { ObjectVersion } from '../../s3/object-version.ts';
import { JobFailure } from './job-run.ts';

export interface JobFilesOptions {
  store: ObjectStore;
  inside: Pick<CallInside, 'authorize'>;
  /** The role that the job or crawler runs as. */
  principal: Principal;
}

/**
 * S3 as a job sees it: everything asked for is allowed to its role, or denied in AWS's words. What is read stays
 * readable by path until `release`, even if somebody deletes it meanwhile.
 */
export class JobFiles {
  readonly #options: JobFilesOptions;
  readonly #releases: (() => void)[] = [];

  constructor(options: JobFilesOptions) {
    this.#options = options;
  }

  /** The object, held; a JobFailure where there is none. */
  get(bucket: string, key: string, versionId?: string): ObjectVersion {
    if (versionId === undefined) this.#allow('s3:GetObject', `${bucket}/${key}`);
    else this.#allow('s3:GetObjectVersion', `${bucket}/${key}`, { 's3:VersionId': versionId });
    return this.#hold([this.#options.store.get(bucket, key, versionId)])[0] as ObjectVersion;
  }

  find(bucket: string, key: string): ObjectVersion | undefined {
    this.#allow('s3:GetObject', `${bucket}/${key}`);
    return this.#options.store.find(bucket, key);
  }

  async readJson(bucket: string, key: string): Promise<unknown> {
    const bytes = await this.#options.store.readBytes(this.get(bucket, key));
    try {
      return JSON.parse(bytes.toString());
    } catch (error) {
      throw new JobFailure(`s3://${bucket}/${key} is not JSON: ${(error as Error).message}`);
    }
  }

  async readText(bucket: string, key: string): Promise<string> {
    return (await this.#options.store.readBytes(this.get(bucket, key))).toString();
  }

  /** The current objects under a prefix, held. Needs permission to list, and to read all that is there. */
  list(bucket: string, prefix: string): ObjectVersion[] {
    const { inside, principal, store } = this.#options;
    inside.authorize(principal, {
      action: 's3:ListBucket',
      resource: `arn:aws:s3:::${bucket}`,
      context: { 's3:prefix': prefix },
    });
    const found = store.list(bucket, prefix);
    for (const { key } of found) this.#allow('s3:GetObject', `${bucket}/${key}`);
    return this.#hold(found);
  }

  path(version: ObjectVersion): string {
    return this.#options.store.path(version);
  }

  put(object: Omit<Parameters<ObjectStore['put']>[0], 'requester'>): Promise<ObjectVersion> {
    this.#allow('s3:PutObject', `${object.bucket}/${object.key}`);
    return this.#options.store.put({ ...object, requester: this.#options.principal });
  }

  async remove(bucket: string, key: string): Promise<void> {
    this.#allow('s3:DeleteObject', `${bucket}/${key}`);
    await this.#options.store.remove(bucket, key, undefined, this.#options.principal);
  }

  release(): void {
    for (const release of this.#releases.splice(0)) release();
  }

  #hold(versions: ObjectVersion[]): ObjectVersion[] {
    this.#releases.push(this.#options.store.hold(versions));
    return versions;
  }

  #allow(action: string, path: string, context?: Access['context']): void {
    this.#options.inside.authorize(this.#options.principal, { action, resource: `arn:aws:s3:::${path}`, context });
  }
}
