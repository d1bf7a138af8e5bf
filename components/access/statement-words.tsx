import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { StatementPhrase } from '@/lib/languages/iam-policy/words.ts';
import { usePhrases } from './use-phrases';

/** A statement as a sentence: *who may* **do what**: with which resources, when. The effect is left to who shows it. */
export function StatementWords({ phrases }: { phrases: readonly StatementPhrase[] }) {
  const t = useTranslations('access.roles.sentence');
  const { principals, effect, actions, resources, conditions } = usePhrases()(phrases);
  const bold = (chunks: ReactNode) => <b className="font-medium">{chunks}</b>;
  return (
    // Names of principals are written as they are; the rest begins as a sentence does.
    <p className={clsx('min-w-0 [overflow-wrap:anywhere]', !principals && 'first-letter:uppercase')}>
      {principals
        ? t.rich('trust', { principals, effect, actions, b: bold })
        : resources
          ? t.rich('onResources', { actions, resources, b: bold })
          : bold(actions)}
      {conditions && <span className="muted">, {conditions}</span>}
    </p>
  );
}
