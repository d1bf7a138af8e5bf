import { createTranslator } from 'next-intl';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TemplatePolicy, templatePolicies } from '@/infra/local/testing/template-policies';
import { LOCALES } from '@/lib/i18n/locales';
import { messagesFor } from '@/lib/i18n/messages';
import { findFindings } from './findings.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Statement } from './policy.ts';
import { describeStatement } from './words.ts';

let policies: TemplatePolicy[];
let account: string;

beforeAll(async () => {
  ({ policies, account } = await templatePolicies());
}, 240_000);

function statements(): Statement[] {
  return policies.flatMap(({ kind, text }) => {
    const isIdentity = kind === 'inline' || kind === 'managed';
    return parsePolicy(text, isIdentity ? 'identity' : kind).statements;
  });
}

describe.each(LOCALES)('the policies of the lake in %s', (locale) => {
  it('are said in words, every statement of them, without a raw action', () => {
    expect(statements().length).toBeGreaterThan(100);
    const onError = (error: Error) => {
      throw error;
    };
    const t = createTranslator({ locale, messages: messagesFor(locale), namespace: 'access.words', onError });
    const lists = new Intl.ListFormat(locale);
    for (const statement of statements()) {
      const phrases = describeStatement(statement);
      expect(phrases.map(({ code }) => code)).not.toContain('otherActions');
      expect(phrases.filter(({ code }) => code === 'resources')).toEqual([]);
      for (const { code, values } of phrases) {
        const joined = Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'object' ? lists.format(value) : value,
        ]);
        expect(t(code, Object.fromEntries(joined)), code).not.toMatch(/undefined|^$/);
      }
    }
  });
});

/** What the lake's own policies are found to have, and why it stays. */
const KEPT = [
  {
    code: 'wildcardResource',
    sid: /^(SeeRules|ReadRules|FindGates|ChangeRules)$/,
    reason: 'Rulesets have the names that people give them, and Glue lists them only all together.',
  },
  {
    code: 'duplicate',
    sid: /^SeeOwn(Role|Policies)$/,
    reason: 'Every person’s role has it; the administrator’s sees the others’ roles as well.',
  },
];

it('have no finding that nobody gave a reason for, and no reason without a finding', () => {
  const found = findFindings(policies.map((policy) => ({ ...policy, accountId: account })));
  const kept = (finding: (typeof found)[number]) =>
    KEPT.find(({ code, sid }) => code === finding.code && sid.test(finding.sid ?? ''));
  expect(found.filter((finding) => !kept(finding))).toEqual([]);
  expect(new Set(found.map(kept))).toEqual(new Set(KEPT));
});
