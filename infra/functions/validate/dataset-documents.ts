import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type Contract, contractKey } from '../../../lib/languages/contract/contract.ts';
import { parseContract, printContract } from '../../../lib/languages/contract/print-contract.ts';
import { findText, headObject, isNotFound } from '../documents.ts';
import type { ValidateEnvironment } from '../environment.ts';

/** The dataset's contract, or undefined where none is kept yet. */
export async function findContract(s3: S3Client, bucket: string, dataset: string): Promise<Contract | undefined> {
  const text = await findText(s3, bucket, contractKey(dataset));
  return text === undefined ? undefined : parseContract(text);
}

/**
 * Keeps a dataset's first contract, and answers the one that is kept: of two first files that arrive at once, one is
 * held to the contract of the other. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function keepFirstContract(
  s3: S3Client,
  bucket: string,
  dataset: string,
  draft: Contract,
): Promise<Contract> {
  try {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: contractKey(dataset),
      Body: printContract(draft),
      ContentType: 'application/json',
      IfNoneMatch: '*',
    });
    await s3.send(command);
    return draft;
  } catch (error) {
    if (!isTaken(error)) throw error;
    return (await findContract(s3, bucket, dataset)) ?? keepFirstContract(s3, bucket, dataset, draft);
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0);
}

/** Where the dataset's job graph is: one saved in the lake, else one that ships with it, else none: the default graph. */
export async function findGraph(s3: S3Client, environment: ValidateEnvironment, dataset: string): Promise<string> {
  const bucket = environment.PROCESSED_BUCKET;
  const key = `_lake/jobs/${dataset}.json`;
  try {
    await headObject(s3, { Bucket: bucket, Key: key });
    return `s3://${bucket}/${key}`;
  } catch (error) {
    if (isNotFound(error)) return environment.GRAPHS[dataset] ?? '';
    throw error;
  }
}
