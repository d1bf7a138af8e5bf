import { describe, expect, test } from 'vitest';
import { parseEnv } from './env';

describe('parseEnv', () => {
  test('has a default for everything', () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 3000,
      LAKE_PORT: 4566,
      LACUSTRE_DATA: '.lacustre/data',
      AWS_REGION: 'eu-west-3',
    });
  });

  test('takes an empty value for unset', () => {
    expect(parseEnv({ PORT: '', DATABASE_URL: '' })).toEqual(parseEnv({}));
  });

  test.each([
    ['PORT', 'eighty', 'PORT must be a port number'],
    ['LAKE_PORT', '70000', 'LAKE_PORT must be between 1 and 65535'],
    ['AWS_REGION', 'Paris', 'AWS_REGION must be a region such as eu-west-3'],
    ['AWS_ENDPOINT_URL', 'localhost:4566', 'AWS_ENDPOINT_URL must be an http:// or https:// address'],
    ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must be a postgresql:// address'],
    ['LACUSTRE_HOSTS', 'https://lake.example', 'must be hosts such as lake.example.com:8443'],
    ['LACUSTRE_PROXIES', '-1', 'LACUSTRE_PROXIES must be a whole number from 0 to 8'],
    ['LACUSTRE_SESSION_HOURS', '0', 'LACUSTRE_SESSION_HOURS must be a whole number from 1 to 168'],
    ['LACUSTRE_OIDC_LINK_BY_EMAIL', 'true', 'LACUSTRE_OIDC_LINK_BY_EMAIL must be yes or no'],
    ['LACUSTRE_ADMIN_EMAIL', 'root', 'LACUSTRE_ADMIN_EMAIL must be an e-mail address'],
  ])('%s=%s is refused with a sentence', (name, value, sentence) => {
    expect(() => parseEnv({ [name]: value })).toThrow(sentence);
  });

  test('names every bad variable at once and repeats no secret', () => {
    const parse = () => parseEnv({ PORT: 'x', LACUSTRE_ADMIN_PASSWORD: 'hunter2' });
    expect(parse).toThrow('PORT');
    expect(parse).toThrow('LACUSTRE_ADMIN_PASSWORD must have at least 12 characters');
    expect(parse).not.toThrow('hunter2');
  });

  test('wants a shared secret with a shared database', () => {
    const shared = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://db/lacustre' };
    expect(() => parseEnv(shared)).toThrow('NEXTAUTH_SECRET must be set');
    expect(() => parseEnv({ ...shared, NEXTAUTH_SECRET: 'x'.repeat(32) })).not.toThrow();
  });
});
