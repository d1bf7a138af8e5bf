import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assumeRole, type SessionCredentials, sessionName } from './assume-role';

vi.mock('./lake', () => ({ getLake: async () => ({ roleArns: { analyst: 'arn:analyst' } }) }));

const HOUR = 3_600_000;
const ada = { email: 'ada@example.com', role: 'analyst' } as const;

let now = 0;
beforeEach(() => {
  now = 0;
});
afterEach(() => vi.restoreAllMocks());

function sts() {
  return vi.fn(async (): Promise<SessionCredentials> => {
    const expiration = new Date(now + HOUR);
    return { accessKeyId: `key-${now}`, secretAccessKey: 's', sessionToken: 't', expiration };
  });
}

describe('assumeRole', () => {
  test('asks for the person’s role in the person’s name, once for all who wait', async () => {
    const call = sts();
    const credentials = assumeRole(ada, call, () => now);
    const [a, b] = await Promise.all([credentials(), credentials()]);
    expect(a).toBe(b);
    expect(call).toHaveBeenCalledExactlyOnceWith('arn:analyst', 'ada@example.com');
  });

  test('keeps credentials until five minutes before they end', async () => {
    const call = sts();
    const credentials = assumeRole(ada, call, () => now);
    await credentials();
    now = HOUR - 5 * 60_000 - 1;
    await credentials();
    expect(call).toHaveBeenCalledTimes(1);
    now += 1;
    expect((await credentials()).accessKeyId).toBe(`key-${now}`);
  });

  test('does not keep a failure', async () => {
    const call = sts().mockRejectedValueOnce(new Error('down'));
    const credentials = assumeRole(ada, call, () => now);
    await expect(credentials()).rejects.toThrow('down');
    await expect(credentials()).resolves.toMatchObject({ accessKeyId: 'key-0' });
  });
});

describe('sessionName', () => {
  test('keeps what AWS allows and replaces the rest', () => {
    expect(sessionName('ada+lake@example.com')).toBe('ada+lake@example.com');
    expect(sessionName("o'hara é@example.com")).toBe('o-hara--@example.com');
    expect(sessionName(`${'x'.repeat(80)}@example.com`)).toHaveLength(64);
    expect(sessionName('a')).toMatch(/^[\w+=,.@-]{2,64}$/);
  });
});
