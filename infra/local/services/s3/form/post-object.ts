import type { SignedText } from '../../../protocol/sigv4.ts';
import type { Unproven, WireRequest, WireResponse } from '../../../service.ts';
import { objectAccess } from '../access.ts';
import { receiveToFile } from '../body-source.ts';
import type { Target } from '../detect.ts';
import { s3Error } from '../errors.ts';
import type { ObjectVersion } from '../object-version.ts';
import { contentOf, writtenHeaders } from '../operations/object-headers.ts';
import { parseXml } from '../parse-xml.ts';
import { payloadOf } from '../payload.ts';
import { emptyAnswer, type S3, type S3Request, s3Request, xmlAnswer } from '../s3-request.ts';
import { tagsOf } from '../tags.ts';
import { element } from '../xml.ts';
import { checkPostPolicy, type PostPolicy, parsePostPolicy } from './post-policy.ts';
import { type Form, readForm } from './read-form.ts';

const MAX_BYTES = 5 * 1024 ** 3;
/** Fields that a PUT would have as headers, beside everything that begins with `x-amz-`. */
const HEADER_FIELDS = ['cache-control', 'content-type', 'content-disposition', 'content-encoding', 'expires'];

/**
 * An upload from a browser's form, whose policy was signed by somebody who may write.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export async function postObject(s3: S3, wire: WireRequest, target: Target, unproven: Unproven): Promise<WireResponse> {
  const { store, ctx } = s3;
  store.buckets.get(target.bucket);
  const form = await readForm(wire.body, wire.headers['content-type'] ?? '');
  const { fields } = form;
  const key = keyOf(form);
  if (wire.asked) wire.asked.input = { bucketName: target.bucket, key };
  const signed = signedOf(fields);
  const principal = unproven.signerOf(signed);
  const policy = parsePostPolicy(signed.text);
  // Variables are filled in before the policy is asked.
  checkPostPolicy(policy, new Map([...fields, ['key', key], ['bucket', target.bucket]]), ctx.clock());
  const headers = headersOf(fields);
  const caller = { ...unproven, principal };
  const request: S3Request = { ...s3Request(wire, { ...target, key }, caller), headers };
  const tags = fields.get('tagging');
  ctx.inside.authorize(principal, objectAccess('s3:PutObject', key, request));
  if (tags) ctx.inside.authorize(principal, objectAccess('s3:PutObjectTagging', key, request));
  const content = { ...contentOf(headers), ...(tags ? { tags: tagsOf(parseXml(tags)) } : {}) };
  const version = await store.write({
    bucket: target.bucket,
    key,
    reason: 'POST Object',
    cause: request.cause,
    write: async (handle) => ({
      ...content,
      ...(await receiveToFile(handle, { bytes: limited(form.file, policy) }, payloadOf(headers))),
    }),
  });
  return answer(s3, fields, version);
}

function keyOf({ fields, fileName }: Form): string {
  const key = fields.get('key');
  if (!key) {
    throw s3Error(
      'InvalidArgument',
      { ArgumentName: 'key', ArgumentValue: '' },
      "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.",
    );
  }
  return key.replaceAll('${filename}', fileName);
}

function signedOf(fields: Map<string, string>): SignedText {
  // Without a policy it would be anybody's write, and nothing here is public.
  const text = fields.get('policy');
  if (text === undefined) throw s3Error('AccessDenied');
  const need = (name: string): string => {
    const value = fields.get(name.toLowerCase());
    if (value !== undefined) return value;
    throw s3Error(
      'InvalidArgument',
      { ArgumentName: name, ArgumentValue: '' },
      `Bucket POST must contain a field named '${name}'. If it is specified, please check the order of the fields.`,
    );
  };
  if (need('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw s3Error(
      'InvalidRequest',
      {},
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  return {
    text,
    credential: need('X-Amz-Credential'),
    date: need('X-Amz-Date'),
    signature: need('X-Amz-Signature'),
    sessionToken: fields.get('x-amz-security-token'),
  };
}

/** What the form says of the object, as a PUT would say it. */
function headersOf(fields: Map<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (HEADER_FIELDS.includes(name) || name.startsWith('x-amz-')) headers[name] = value;
    if (name === 'acl') headers['x-amz-acl'] = value;
  }
  return headers;
}

async function* limited(bytes: AsyncIterable<Uint8Array>, { sizeBytes }: PostPolicy): AsyncGenerator<Uint8Array> {
  const { min, max } = sizeBytes ?? { min: 0, max: MAX_BYTES };
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > max) throw s3Error('EntityTooLarge', { ProposedSize: size, MaxSizeAllowed: max });
    yield chunk;
  }
  if (size < min) throw s3Error('EntityTooSmall', { ProposedSize: size, MinSizeAllowed: min });
}

/** A redirect, or one of three statuses: a browser cannot read an answer that it shows. */
function answer({ ctx, store }: S3, fields: Map<string, string>, version: ObjectVersion): WireResponse {
  const { bucket, key, etag } = version;
  const location = `${ctx.endpoint()}/${bucket}/${encodeURIComponent(key)}`;
  const headers = { ...writtenHeaders(version, store.buckets.get(bucket)), location };
  const redirect = URL.parse(fields.get('success_action_redirect') ?? fields.get('redirect') ?? '');
  if (redirect) {
    for (const [name, value] of Object.entries({ bucket, key, etag: `"${etag}"` }))
      redirect.searchParams.set(name, value);
    return emptyAnswer(303, { ...headers, location: redirect.href });
  }
  const status = fields.get('success_action_status');
  if (status === '200') return emptyAnswer(200, headers);
  if (status !== '201') return emptyAnswer(204, headers);
  const document = element(
    'PostResponse',
    element('Location', location),
    element('Bucket', bucket),
    element('Key', key),
    element('ETag', `"${etag}"`),
  );
  return { ...xmlAnswer(document, headers), status: 201 };
}
