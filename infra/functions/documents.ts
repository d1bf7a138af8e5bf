import {
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandInput,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** The text of an object, or undefined where there is none. */
export async function findText(s3: S3Client, bucket: string, key: string): Promise<string | undefined> {
  return (await findDocument(s3, bucket, key))?.text;
}

/** The text of an object with the time of its version; undefined where there is none. */
export async function findDocument(
  s3: S3Client,
  bucket: string,
  key: string,
): Promise<{ text: string; writtenAt: Date } | undefined> {
  try {
    const { Body, LastModified } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { text: (await Body?.transformToString()) ?? '', writtenAt: LastModified ?? new Date() };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export async function putJson(s3: S3Client, bucket: string, key: string, document: unknown): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: JSON.stringify(document),
    ContentType: 'application/json',
  });
  await s3.send(command);
}

/**
 * What S3 says of an object. A refusal of HEAD has no body that would say which permission lacks; that of GET has one.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export async function headObject(s3: S3Client, input: HeadObjectCommandInput): Promise<HeadObjectCommandOutput> {
  try {
    return await s3.send(new HeadObjectCommand(input));
  } catch (error) {
    if (statusOf(error) === 403) await s3.send(new GetObjectCommand({ ...input, Range: 'bytes=0-0' }));
    throw error;
  }
}

/** HEAD has no body, so that its errors have no name but that of their status. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
