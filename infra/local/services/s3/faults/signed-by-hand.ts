import { createHash, createHmac } from 'node:crypto';
import type { TestLake } from '../../../testing/test-lake.ts';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export interface SignedByHand {
  headers: Record<string, string>;
  key: Buffer;
  date: string;
  scope: string;
  signature: string;
}

type Signer = Pick<TestLake['clientConfig'], 'credentials' | 'region'>;

/** Signs what the SDK would never send: a body that is not what its headers say. `payload` is x-amz-content-sha256. */
export function signByHand(
  { credentials, region }: Signer,
  method: string,
  url: string,
  payload: string,
  headers: Record<string, string> = {},
): SignedByHand {
  const { host, pathname, searchParams } = new URL(url);
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = { ...headers, host, 'x-amz-content-sha256': payload, 'x-amz-date': date };
  const names = Object.keys(all).toSorted();
  const lines = names.map((name) => `${name}:${all[name]}\n`).join('');
  const query = [...searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  const canonical = [method, pathname, query, lines, names.join(';'), payload].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  const secret = `AWS4${credentials.secretAccessKey}`;
  const key = scope.split('/').reduce<Buffer>((k, part) => hmac(k, part), Buffer.from(secret));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
  const signed = `SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, ${signed}`;
  return { headers: { ...all, authorization }, key, date, scope, signature };
}

/** A body in `aws-chunked` frames, each with its signature. */
export function framesSignedByHand({ key, date, scope, signature }: SignedByHand, chunks: Buffer[]): Buffer {
  let previous = signature;
  const frames = [...chunks, Buffer.alloc(0)].map((chunk) => {
    const lines = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256(''), sha256(chunk)];
    previous = hmac(key, lines.join('\n')).toString('hex');
    const head = `${chunk.length.toString(16)};chunk-signature=${previous}\r\n`;
    return Buffer.concat([Buffer.from(head), chunk, Buffer.from('\r\n')]);
  });
  return Buffer.concat(frames);
}
