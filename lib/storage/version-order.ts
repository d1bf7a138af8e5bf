import 'server-only';
import { Readable } from 'node:stream';
import type { DeleteMarkerEntry, ListObjectVersionsCommand, ObjectVersion } from '@aws-sdk/client-s3';

/** A delete marker reads like a version without a size. */
export interface ListedVersion {
  version: ObjectVersion;
  isDeleteMarker: boolean;
}

/**
 * S3 lists versions and delete markers in one order; the SDK sorts them into two lists and forgets it, and times (whole
 * seconds on AWS) do not bring it back. Reads the order off the answer itself, before the SDK parses it; the returned
 * function joins the SDK's two lists by it.
 */
export function orderOfVersions(
  command: ListObjectVersionsCommand,
): (versions: readonly ObjectVersion[], markers: readonly DeleteMarkerEntry[]) => ListedVersion[] {
  let kinds: string[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { body: AsyncIterable<Uint8Array> };
      const xml = Buffer.concat(await Array.fromAsync(response.body));
      kinds = [...xml.toString('utf8').matchAll(/<(Version|DeleteMarker)>/g)].map(([, kind]) => kind ?? '');
      response.body = Readable.from([xml]);
      return result;
    },
    { step: 'deserialize', name: 'orderOfVersions', priority: 'low' },
  );
  return (versions, markers) => {
    const [nextVersion, nextMarker] = [versions.values(), markers.values()];
    return kinds.flatMap((kind) => {
      const isDeleteMarker = kind === 'DeleteMarker';
      const version = (isDeleteMarker ? nextMarker : nextVersion).next().value;
      return version ? [{ version, isDeleteMarker }] : [];
    });
  };
}
