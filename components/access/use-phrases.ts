import { useFormatter, useTranslations } from 'next-intl';
import type { StatementPhrase } from '@/lib/languages/iam-policy/words.ts';

export interface Sentence {
  /** Who may; empty where the policy belongs to who may. */
  principals: string;
  effect: string;
  actions: string;
  resources: string;
  conditions: string;
}

/** Codes that turn what follows them around: "everything except". */
const NEGATIONS = ['everyoneBut', 'everyActionBut', 'everyResourceBut'];

/** Says the parts of a statement in the reader's language, each as one piece. */
export function usePhrases(): (phrases: readonly StatementPhrase[]) => Sentence {
  const t = useTranslations('access.words');
  const format = useFormatter();
  const say = ({ part, code, values }: StatementPhrase) => {
    // The values of a condition are alternatives.
    const type = part === 'condition' ? 'disjunction' : 'conjunction';
    const told = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' ? format.list([...value], { type }) : value,
    ]);
    return t(code, Object.fromEntries(told) as Record<string, string | number>);
  };
  const sayAll = (phrases: readonly StatementPhrase[]) => {
    const [first, ...rest] = phrases;
    if (!first) return '';
    if (!NEGATIONS.includes(first.code)) return format.list(phrases.map(say), { type: 'conjunction' });
    return `${say(first)} ${format.list(rest.map(say), { type: 'conjunction' })}`;
  };
  return (phrases) => {
    const of = (part: StatementPhrase['part']) => sayAll(phrases.filter((phrase) => phrase.part === part));
    return {
      principals: of('principal'),
      effect: of('effect'),
      actions: of('action'),
      resources: of('resource'),
      conditions: of('condition'),
    };
  };
}
