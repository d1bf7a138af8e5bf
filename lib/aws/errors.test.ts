import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { toAppError } from './errors';

function answer(name: string, message: string, httpStatusCode: number) {
  return new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode, requestId: 'R1' } });
}

describe('toAppError', () => {
  test('a denial names principal, action and resource', () => {
    const said =
      'User: arn:aws:sts::000000000000:assumed-role/lacustre-viewer/ada@example.com is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::lacustre-raw/sales/a.csv" because no identity-based policy allows the s3:PutObject action';
    expect(toAppError(answer('AccessDenied', said, 403))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'denied',
      details: {
        principal: 'arn:aws:sts::000000000000:assumed-role/lacustre-viewer/ada@example.com',
        action: 's3:PutObject',
        resource: 'arn:aws:s3:::lacustre-raw/sales/a.csv',
        awsRequestId: 'R1',
      },
    });
  });

  test('a denial without a sentence is still a denial', () => {
    expect(toAppError(answer('AccessDenied', 'Access Denied', 403))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'deniedUnnamed',
    });
  });

  test.each([
    ['NoSuchKey', 404, 'NOT_FOUND'],
    ['EntityNotFoundException', 400, 'NOT_FOUND'],
    ['PreconditionFailed', 412, 'CONFLICT'],
    ['ThrottlingException', 400, 'THROTTLED'],
    ['InternalServerException', 500, 'UNAVAILABLE'],
    ['SomethingNew', 404, 'NOT_FOUND'],
    ['SomethingNew', 503, 'UNAVAILABLE'],
    ['SomethingNew', 400, 'INVALID'],
  ])('%s with status %i becomes %s', (name, status, code) => {
    expect(toAppError(answer(name, 'as AWS says it', status))).toMatchObject({ code, message: 'as AWS says it' });
  });

  test('refused credentials are the console’s trouble, not the person’s', () => {
    expect(toAppError(answer('InvalidAccessKeyId', 'unknown key', 403))).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'credentialsRefused',
    });
  });

  test('a lake that does not answer is named with its address', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), {
      code: 'ECONNREFUSED',
      address: '127.0.0.1',
      port: 4566,
    });
    const error = toAppError(refused);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'lakeUnreachable' });
    expect(error.message).toContain('127.0.0.1:4566');
    expect(error.cause).toBe(refused);
  });

  test('what nobody foresaw shows nothing of itself', () => {
    const error = toAppError(new TypeError('secret of the house'));
    expect(error.code).toBe('INTERNAL');
    expect(error.message).not.toContain('secret');
  });

  test('bad input is INVALID and our own errors pass unchanged', () => {
    expect(toAppError(z.string().safeParse(1).error)).toMatchObject({ code: 'INVALID' });
    const own = new AppError('CONFLICT', 'as it was');
    expect(toAppError(own)).toBe(own);
  });
});
