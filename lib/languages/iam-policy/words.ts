/**
 * A statement in plain words, as data: the console says them by `access.words.<code>` in the reader's language, and joins
 * lists as that language does.
 */
import { type ActionWord, actionWord } from './action-words.ts';
import { type ConditionWord, wordCondition } from './condition-words.ts';
import type { PrincipalPattern, Statement } from './policy.ts';
import { nameResource, type ResourceWord } from './resource-words.ts';

export interface Phrase<Code extends string = string> {
  code: Code;
  values: Record<string, string | number | readonly string[]>;
}

export type PrincipalWord = 'everyone' | 'services' | 'accounts' | 'roleNames' | 'userNames' | 'federated' | 'others';

export type WordCode =
  | 'allow'
  | 'deny'
  | 'everyoneBut'
  | 'everyActionBut'
  | 'everyResourceBut'
  | PrincipalWord
  | ActionWord
  | ResourceWord
  | ConditionWord;

/**
 * `part` says where in a sentence it belongs: *who* may *do* what *with which* resources, *when*. Lists are joined by "and",
 * but those of a condition by "or": its values are alternatives.
 */
export interface StatementPhrase extends Phrase<WordCode> {
  part: 'principal' | 'effect' | 'action' | 'resource' | 'condition';
}

/** In the order of a sentence: principals, effect, actions, resources, conditions. */
export function describeStatement(statement: Statement): StatementPhrase[] {
  const { effect, actions, resources, principals, conditions } = statement;
  return [
    ...(principals?.not ? [phrase('principal', 'everyoneBut')] : []),
    ...(principals ? principalPhrases(principals.values) : []),
    phrase('effect', effect === 'Allow' ? 'allow' : 'deny'),
    ...(actions.not ? [phrase('action', 'everyActionBut', { effect })] : []),
    ...actionPhrases(actions.values, effect),
    ...(resources?.not ? [phrase('resource', 'everyResourceBut')] : []),
    ...resourcePhrases(resources?.values ?? []),
    ...conditions.map((condition) => {
      const { word, ...values } = wordCondition(condition);
      return phrase('condition', word, values);
    }),
  ];
}

function phrase(part: StatementPhrase['part'], code: WordCode, values: Phrase['values'] = {}): StatementPhrase {
  return { part, code, values };
}

/** "May do everything" is the contrary of "may not do anything": what says so knows the effect. */
function actionPhrases(actions: readonly string[], effect: Statement['effect']): StatementPhrase[] {
  return [...Map.groupBy(actions, actionWord)].map(([word, names]) => {
    if (word === 'everything') return phrase('action', word, { actions: names, effect });
    if (word !== 'everythingOfService') return phrase('action', word, { actions: names });
    const services = names.map((name) => name.slice(0, -2));
    return phrase('action', word, { actions: names, services, effect });
  });
}

function resourcePhrases(patterns: readonly string[]): StatementPhrase[] {
  const named = patterns.map((pattern) => ({ ...nameResource(pattern), pattern }));
  return [...Map.groupBy(named, ({ word }) => word)].map(([word, found]) =>
    phrase('resource', word, { ...namesOf(found), arns: found.map(({ pattern }) => pattern) }),
  );
}

function principalPhrases(principals: readonly PrincipalPattern[]): StatementPhrase[] {
  const named = principals.map(namePrincipal);
  return [...Map.groupBy(named, ({ word }) => word)].map(([word, found]) => phrase('principal', word, namesOf(found)));
}

/** No count means all of them: the name is a star. */
function namesOf(found: readonly { name: string }[]) {
  const names = [...new Set(found.map(({ name }) => name))];
  return { names, count: names.includes('*') ? 0 : names.length };
}

function namePrincipal({ type, value }: PrincipalPattern): { word: PrincipalWord; name: string } {
  if (type === 'Service') return { word: 'services', name: value };
  if (type === 'Federated') return { word: 'federated', name: value };
  if (type === '*' || value === '*') return { word: 'everyone', name: '*' };
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  if (account) return { word: 'accounts', name: account };
  const role = /^arn:[^:]+:(?:iam|sts)::\d{12}:(?:role|assumed-role)\/(.+)$/.exec(value)?.[1];
  if (role) return { word: 'roleNames', name: role };
  const user = /^arn:[^:]+:iam::\d{12}:user\/(.+)$/.exec(value)?.[1];
  return user ? { word: 'userNames', name: user } : { word: 'others', name: value };
}
