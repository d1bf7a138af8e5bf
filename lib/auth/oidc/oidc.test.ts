import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseEnv } from '@/lib/config/env';
import { Database } from '@/lib/db/database';
import { admit } from './admit';
import { Claims } from './claims';
import { discover } from './discover';
import { failureOf } from './failure-of';
import { isAllowedAddress } from './outgoing-address';
import { type OidcSettings, readOidcSettings } from './settings';

const BASE = {
  LACUSTRE_OIDC_ISSUER: 'https://id.example.com/',
  LACUSTRE_OIDC_CLIENT_ID: 'lacustre',
  LACUSTRE_OIDC_CLIENT_SECRET: 'secret',
};
function settingsOf(more: Record<string, string> = {}): OidcSettings {
  const settings = readOidcSettings(parseEnv({ ...BASE, ...more }));
  if (!settings) throw new Error('no settings');
  return settings;
}

describe('the settings', () => {
  test('are none without an issuer', () => {
    expect(readOidcSettings(parseEnv({}))).toBeUndefined();
  });

  test.each([
    [{ LACUSTRE_OIDC_ISSUER: 'http://id.example.com' }, 'LACUSTRE_OIDC_ISSUER must be an https:// address'],
    [{ LACUSTRE_OIDC_CLIENT_ID: '' }, 'LACUSTRE_OIDC_CLIENT_ID must be set'],
    [{ LACUSTRE_OIDC_CLIENT_SECRET: '' }, 'LACUSTRE_OIDC_CLIENT_SECRET or'],
    [{ LACUSTRE_OIDC_CLIENT_SECRET_FILE: '/nowhere' }, 'LACUSTRE_OIDC_CLIENT_SECRET_FILE cannot be read: ENOENT'],
    [{ LACUSTRE_OIDC_ROLES: 'lake=owner' }, 'LACUSTRE_OIDC_ROLES cannot be read at “lake=owner”'],
    [{ LACUSTRE_OIDC_ROLES: '{"lake":' }, 'LACUSTRE_OIDC_ROLES cannot be read'],
    [{ LACUSTRE_OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }, 'must name your own tenant'],
    [{ LACUSTRE_OIDC_DEFAULT_ROLE: 'owner' }, 'LACUSTRE_OIDC_DEFAULT_ROLE must be one of'],
  ])('%j is refused with a sentence that holds no secret', (given, sentence) => {
    expect(() => settingsOf(given as Record<string, string>)).toThrow(sentence);
    expect(() => settingsOf(given as Record<string, string>)).not.toThrow('secret-value');
  });

  test('passwords are not switched off where nobody could come in another way', () => {
    expect(() => parseEnv({ LACUSTRE_PASSWORD_SIGN_IN: 'no' })).toThrow('nobody could sign in');
  });

  test.each([
    ['https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_x', 'Cognito', ['cognito:groups']],
    ['https://login.microsoftonline.com/5f1c/v2.0', 'Microsoft', ['roles', 'groups']],
    ['https://accounts.google.com', 'Google', []],
    ['https://lake.okta.com/oauth2/default', 'Okta', ['groups']],
    ['https://id.example.com', 'id.example.com', ['groups']],
  ])('of %s are known', (issuer, name, groupsClaims) => {
    expect(settingsOf({ LACUSTRE_OIDC_ISSUER: issuer })).toMatchObject({ issuer, name, groupsClaims });
  });

  test('take names of groups with commas and equal signs', () => {
    const rules = [{ of: 'CN=Lake,OU=x', role: 'engineer' }];
    expect(settingsOf({ LACUSTRE_OIDC_ROLES: '{"CN=Lake,OU=x":"engineer"}' }).rules).toEqual(rules);
    expect(settingsOf({ LACUSTRE_OIDC_ROLES: 'CN=Lake=engineer, b=viewer' }).rules).toEqual([
      { of: 'CN=Lake', role: 'engineer' },
      { of: 'b', role: 'viewer' },
    ]);
  });
});

test.each([
  ['https://id.example.com/token', 'https://id.example.com', true],
  ['https://keys.example.com/jwks', 'https://id.example.com', true],
  ['http://id.example.com/token', 'https://id.example.com', false],
  ['https://localhost/token', 'https://id.example.com', false],
  ['http://127.0.0.1:4566/', 'https://id.example.com', false],
  ['http://127.0.0.1:4566/', 'http://localhost:5000', true],
  ['https://user:pw@id.example.com/', 'https://id.example.com', false],
  ['file:///etc/passwd', 'http://localhost:5000', false],
  ['nonsense', 'https://id.example.com', false],
])('%s may be asked for %s: %s', (address, issuer, isAllowed) => {
  expect(isAllowedAddress(address, issuer)).toBe(isAllowed);
});

test.each([
  ['access_denied', 'denied'],
  ['invalid_client (client authentication failed)', 'clientRefused'],
  ['invalid_grant (grant request is invalid)', 'expired'],
  ['State cookie was missing.', 'expired'],
  ['state mismatch, expected SECRET, got: OTHER', 'wrongState'],
  ['JWT expired, now 1, exp 0', 'clock'],
  ['outgoing request timed out after 8000ms', 'providerDown'],
  ['aud mismatch, expected a, got: b', 'answer'],
])('“%s” is called %s, and nothing secret is repeated', (message, code) => {
  const failure = failureOf({ error: new Error(message) });
  expect(failure.code).toBe(code);
  expect(failure.said).not.toMatch(/SECRET|OTHER/);
});

describe('discovery', () => {
  let server: Server;
  let issuer = '';
  let answer: { status: number; body: string; location?: string };
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const document = (more: object = {}) =>
    JSON.stringify({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...more,
    });

  test('refuses what is not the issuer’s own word, and asks again the next time', async () => {
    const refused = async (given: typeof answer, sentence: string) => {
      answer = given;
      await expect(discover(issuer)).rejects.toThrow(sentence);
    };
    await refused({ status: 500, body: '' }, 'answered 500');
    await refused({ status: 302, body: '', location: 'http://127.0.0.1:1/' }, 'does not answer');
    await refused({ status: 200, body: '<html>' }, 'does not answer');
    await refused({ status: 200, body: '{}' }, 'not one of OpenID Connect');
    await refused({ status: 200, body: ' '.repeat(300_000) }, 'answered too much');
    await refused({ status: 200, body: document({ issuer: 'https://evil.example' }) }, 'calls itself');
    await refused({ status: 200, body: document({ jwks_uri: 'http://169.254.169.254/' }) }, 'may not be used');
    answer = { status: 200, body: document() };
    expect(await discover(issuer)).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
    answer = { status: 500, body: '' };
    expect(await discover(issuer)).toMatchObject({ issuer });
    await expect(discover(issuer, Date.now() + 11 * 60_000)).rejects.toThrow('answered 500');
  });
});

describe('admission', () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.start({ folder: 'memory://' });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.prisma.user.deleteMany();
    await database.prisma.invitation.deleteMany();
  });

  const rules = {
    LACUSTRE_OIDC_ROLES: 'lake-admins=administrator,lake=engineer,@example.com=viewer,vip@gmail.com=analyst',
  };
  const ada = { sub: 'a1', email: 'Ada@Example.com', email_verified: true, name: 'Ada', groups: ['lake', 'other'] };
  const come = (claims: object, more: Record<string, string> = {}) =>
    admit(database.prisma, Claims.parse(claims), settingsOf(more));
  const refusedFor = (code: string) => ({ status: 'refused', problem: { code } });
  const createAda = (isActive = true) =>
    database.prisma.user.create({
      data: { email: 'ada@example.com', name: 'Ada L.', role: 'viewer', passwordHash: 'any', isActive },
    });

  test('takes the highest role of the groups, at each sign-in', async () => {
    expect(await come(ada, rules)).toMatchObject({ status: 'admitted', user: { role: 'engineer' }, change: 'created' });
    const promoted = { ...ada, groups: ['lake', 'lake-admins'] };
    expect(await come(promoted, rules)).toMatchObject({ user: { role: 'administrator' }, change: 'role' });
    expect(await come({ ...ada, groups: [] }, rules)).toMatchObject({ user: { role: 'viewer' } });
    expect(await database.prisma.user.count()).toBe(1);
  });

  test('refuses who has no group with a role, and tells which groups there were', async () => {
    const stranger = { ...ada, email: 'eve@gmail.com', groups: ['sales', 'LAKE', '@example.com'] };
    expect(await come(stranger, rules)).toMatchObject({
      status: 'refused',
      problem: { code: 'noGroup', email: 'eve@gmail.com', groups: ['sales', 'LAKE', '@example.com'] },
    });
    expect(await come({ ...stranger, groups: [] }, { ...rules, LACUSTRE_OIDC_DEFAULT_ROLE: 'viewer' })).toMatchObject({
      status: 'admitted',
      user: { role: 'viewer' },
    });
  });

  test('refuses who has lost the group since', async () => {
    const groups = { LACUSTRE_OIDC_ROLES: 'lake=engineer' };
    await come(ada, groups);
    expect(await come({ ...ada, groups: ['other'] }, groups)).toMatchObject(refusedFor('noGroup'));
  });

  test('says so where the provider leaves the groups out', async () => {
    const overage = { ...ada, groups: undefined, _claim_names: { groups: 'src1' } };
    expect(await come(overage, { LACUSTRE_OIDC_ROLES: 'lake=engineer' })).toMatchObject(refusedFor('tooManyGroups'));
  });

  test.each([
    [{ email_verified: false }, {}],
    [{ email_verified: undefined }, {}],
    [{ email_verified: false }, { LACUSTRE_OIDC_TRUST_EMAIL: 'yes' }],
    [{ email: 'nonsense' }, {}],
    [{ email: undefined }, {}],
  ])('takes nobody’s word for an address: %j', async (claims, more) => {
    const given = { LACUSTRE_OIDC_DEFAULT_ROLE: 'viewer', ...more } as Record<string, string>;
    expect(await come({ ...ada, ...claims }, given)).toMatchObject(refusedFor('emailNotVerified'));
    expect(await come({ ...ada, ...claims, groups: [] }, { ...rules, ...more })).toMatchObject(refusedFor('noGroup'));
  });

  test('trusts a provider that says nothing of it, where it is told to', async () => {
    const silent = { ...ada, email_verified: undefined };
    const trust = { ...rules, LACUSTRE_OIDC_TRUST_EMAIL: 'yes' };
    expect(await come(silent, trust)).toMatchObject({ status: 'admitted' });
    // Cognito's userinfo writes booleans as text.
    expect(await come({ ...ada, sub: 'c', email: 'c@example.com', email_verified: 'true' }, rules)).toMatchObject({
      status: 'admitted',
    });
  });

  test('does not give the account of an address away', async () => {
    const { id } = await createAda();
    expect(await come(ada, rules)).toMatchObject(refusedFor('emailTaken'));
    const linked = await come(ada, { ...rules, LACUSTRE_OIDC_LINK_BY_EMAIL: 'yes' });
    expect(linked).toMatchObject({ status: 'admitted', user: { id, role: 'engineer' }, change: 'linked' });
    // From then on by subject alone: another one with the same address is nobody.
    expect(await come({ ...ada, sub: 'a2' }, rules)).toMatchObject(refusedFor('emailTaken'));
    expect(await come({ ...ada, email: 'new@example.com' }, rules)).toMatchObject({ user: { id } });
  });

  test('lets nobody in who is switched off', async () => {
    await createAda(false);
    expect(await come(ada, { LACUSTRE_OIDC_LINK_BY_EMAIL: 'yes' })).toMatchObject(refusedFor('switchedOff'));
    await come({ ...ada, sub: 'b', email: 'bob@example.com' }, rules);
    await database.prisma.user.updateMany({ data: { isActive: false } });
    expect(await come({ ...ada, sub: 'b' }, rules)).toMatchObject(refusedFor('switchedOff'));
  });

  test('without rules lets in whoever is invited, once, with the role that the console gave', async () => {
    expect(await come(ada)).toMatchObject(refusedFor('notInvited'));
    const data = { email: 'ada@example.com', role: 'analyst', hash: 'h', invitedBy: 'root@example.com' } as const;
    const expired = { ...data, hash: 'old', expiresAt: new Date(Date.now() - 1) };
    await database.prisma.invitation.create({ data: expired });
    expect(await come(ada)).toMatchObject(refusedFor('notInvited'));
    await database.prisma.invitation.create({ data: { ...data, expiresAt: new Date(Date.now() + 60_000) } });
    expect(await come(ada)).toMatchObject({
      user: { role: 'analyst' },
      change: 'created',
      invitedBy: 'root@example.com',
    });
    await database.prisma.user.updateMany({ data: { role: 'engineer' } });
    expect(await come(ada, { LACUSTRE_OIDC_DEFAULT_ROLE: 'viewer' })).toMatchObject({ user: { role: 'engineer' } });
    expect(await database.prisma.invitation.count({ where: { acceptedAt: null } })).toBe(1);
  });

  test('makes one person of two tabs that come at once', async () => {
    const outcomes = await Promise.all([come(ada, rules), come(ada, rules), come(ada, rules)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['admitted', 'admitted', 'admitted']);
    expect(await database.prisma.user.count()).toBe(1);
  });
});
