import { useTranslations } from 'next-intl';
import type { StatementPhrase } from '@/lib/languages/iam-policy/words.ts';
import { usePhrases } from './use-phrases';

/** A statement as a sentence: *who may* **do what**: with which resources, when. The effect is left to who shows it. */
export function StatementWords({ phrases }: { phrases: readonly StatementPhrase[] }) {
  const t = useTranslations('access.roles.sentence');
  const { principals, effect, actions, resources, conditions } = usePhrases()(phrases);
  const bold = (chunks: React.ReactNode) => <b className="font-medium">{chunks}</b>;
  return (
    <p className="min-w-0 [overflow-wrap:anywhere] first-letter:uppercase">
      {principals
        ? t.rich('trust', { principals, effect, actions, b: bold })
        : resources
          ? t.rich('onResources', { actions, resources, b: bold })
          : bold(actions)}
      {conditions && <span className="muted">, {conditions}</span>}
    </p>
  );
}
