import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { s3Error } from '../errors.ts';

/** What a browser's form may say before its file: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
const MAX_FIELDS_BYTES = 20_000;
const MAX_FIELDS = 200;

/** A form whose file is still to come; field names are in lower case. */
export interface Form {
  fields: Map<string, string>;
  fileName: string;
  file: AsyncIterable<Uint8Array>;
}

/** Reads a form up to its file, behind which S3 looks at nothing. */
export async function readForm(body: Readable, contentType: string): Promise<Form> {
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType)) {
    const words = 'Bucket POST must be of the enclosure-type multipart/form-data';
    throw s3Error('PreconditionFailed', { Condition: words });
  }
  const form = Promise.withResolvers<Form>();
  const fields = new Map<string, string>();
  let sizeBytes = 0;
  const reader = new Busboy({
    headers: { 'content-type': contentType },
    limits: { files: 1, fields: MAX_FIELDS, fieldSize: MAX_FIELDS_BYTES },
    isPartAFile: (name, _, fileName) => name === 'file' || fileName !== undefined,
    preservePath: true,
  });
  reader.on('field', (name, value) => {
    sizeBytes += name.length + value.length;
    if (sizeBytes > MAX_FIELDS_BYTES) fail(s3Error('MaxPostPreDataLengthExceededError'));
    else if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value);
  });
  reader.on('file', (name, file, fileName) => {
    // A form that breaks off is told to this stream as an event alone, which would leave its reader waiting.
    file.on('error', (cause) => file.destroy(cause));
    reader.on('close', () => file.destroy());
    if (name !== 'file') return fail(missingFile());
    form.resolve({ fields, fileName: lastSegment(fileName ?? ''), file });
  });
  reader.on('finish', () => fail(missingFile()));
  reader.on('error', (cause) => fail(s3Error('MalformedPOSTRequest', {}, undefined, cause)));
  body.on('error', (cause) => {
    fail(cause);
    reader.destroy(cause);
  });
  body.pipe(reader);
  return form.promise;

  function fail(error: Error): void {
    form.reject(error);
    body.unpipe(reader);
  }
}

const missingFile = () =>
  s3Error(
    'InvalidArgument',
    { ArgumentName: 'file', ArgumentValue: '0' },
    'POST requires exactly one file upload per request.',
  );

/** Some browsers send the path of the file on its owner's disk. */
const lastSegment = (fileName: string): string => fileName.split(/[\\/]/).at(-1) ?? '';
