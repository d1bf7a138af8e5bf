import { globSync, readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { RULE_TYPES } from '@/lib/languages/dqdl/rule-types.ts';
import { SYNTAX_ERRORS } from '@/lib/languages/dqdl/syntax-error.ts';
import { LOCALES } from './locales';
import { messagesFor } from './messages';

// That every key used exists is checked by the compiler: `AppConfig` in messages.ts types `t('…')`.

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

/** The placeholders of an ICU message: `{name}`, `{count, plural, …}`, and tags `<b>`. */
function placeholders(message: string): string[] {
  const found = [...message.matchAll(/\{(\w+)\s*[,}]|<(\w+)>/g)].map((match) => match[1] ?? `<${match[2]}>`);
  return [...new Set(found)].sort();
}

const all = Object.fromEntries(LOCALES.map((locale) => [locale, flatten(messagesFor(locale))]));
const english = all.en ?? new Map<string, string>();
const others = LOCALES.filter((locale) => locale !== 'en');

describe.each(others)('messages in %s', (locale) => {
  const theirs = all[locale] ?? new Map<string, string>();

  test('has the keys of English, no more and no fewer', () => {
    expect([...theirs.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('has the placeholders of English', () => {
    for (const [key, message] of english) {
      expect(placeholders(theirs.get(key) ?? ''), key).toEqual(placeholders(message));
    }
  });
});

describe.each(LOCALES)('messages in %s', (locale) => {
  test('can all be formatted', () => {
    for (const [key, message] of all[locale] ?? []) {
      const values = Object.fromEntries(
        placeholders(message).map((name) =>
          name.startsWith('<') ? [name.slice(1, -1), (chunks: string) => chunks] : [name, 1],
        ),
      );
      const onError = (error: Error) => {
        throw new Error(`${key}: ${error.message}`);
      };
      const t = createTranslator({ locale, messages: { message }, onError });
      expect(t.markup('message', values), key).not.toBe('');
    }
  });
});

test('every reason of an AppError has its sentence', () => {
  const files = globSync('lib/**/*.ts', { exclude: ['lib/**/*.test.ts', 'lib/db/generated/**', 'lib/languages/**'] });
  const missing = files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    if (!source.includes('new AppError(')) return [];
    const reasons = [...source.matchAll(/\breason: '(\w+)'/g)].map((match) => match[1] ?? '');
    return reasons.filter((reason) => !english.has(`errors.${reason}`)).map((reason) => `${file}: ${reason}`);
  });
  expect(missing).toEqual([]);
});

describe('DQDL', () => {
  test('has a sentence for all that can be wrong in the text of a ruleset, with the values that there are', () => {
    for (const [group, sentences] of Object.entries(SYNTAX_ERRORS)) {
      const keys = [...english.keys()].filter((key) => key.startsWith(`dqdlErrors.${group}.`));
      expect(keys.sort()).toEqual(
        Object.keys(sentences)
          .map((code) => `dqdlErrors.${group}.${code}`)
          .sort(),
      );
      for (const [code, sentence] of Object.entries(sentences))
        expect(placeholders(english.get(`dqdlErrors.${group}.${code}`) ?? ''), code).toEqual(placeholders(sentence));
    }
  });

  test('has a sentence for why a rule cannot be evaluated, and for what each rule type asks', () => {
    const sources = globSync('lib/languages/dqdl/*.ts').map((file) => readFileSync(file, 'utf8'));
    const codes = sources.flatMap((text) => [...text.matchAll(/new RuleError\(\s*'(\w+)'/g)].map(([, code]) => code));
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !english.has(`ruleOutcomes.code.${code}`))).toEqual([]);
    expect(RULE_TYPES.filter(({ name }) => !english.has(`dqdl.${name}`))).toEqual([]);
  });
});
