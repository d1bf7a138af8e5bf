import type { Route } from 'next';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { LineHunks } from '@/components/diff/line-hunks';
import { JsonView } from '@/components/table/json-view';
import { Panel } from '@/components/ui/panel';
import { State, type StateName } from '@/components/ui/state';
import type { FoundFinding, Severity } from '@/lib/access/findings/schemas';
import { routes } from '@/lib/routes';
import { AcceptFinding } from './accept-finding';

const STATES: Record<Severity, StateName> = { high: 'failed', medium: 'rejected', low: 'waiting' };

/** What is wrong, where, what it can lead to, and the smaller statement beside today's. */
export function FindingCard({ finding }: { finding: FoundFinding }) {
  const t = useTranslations('access.findings');
  const { code, severity, diff, remedy, statement } = finding;
  const values = useValues(finding);
  return (
    <Panel
      isFlush
      isOneOfMany
      title={t(`codes.${code}.title`)}
      aside={<State state={STATES[severity]}>{t(`severities.${severity}`)}</State>}
      actions={<AcceptFinding finding={finding} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 py-3">
        <FindingPlace finding={finding} />
        <p className="[overflow-wrap:anywhere]">{t(`codes.${code}.danger`, values)}</p>
        <p className="[overflow-wrap:anywhere]">
          <b className="font-medium">{t('todoLabel')}</b> {t(`codes.${code}.advice`, values)}
        </p>
      </div>
      {statement && (
        <details className="border-line border-t">
          <summary className="cursor-pointer px-4 py-2 text-xs">{t(`remedies.${remedy}`)}</summary>
          {diff.length > 0 ? (
            <LineHunks label={t('diffOf', { kind: t(`codes.${code}.title`) })} hunks={diff} />
          ) : (
            <JsonView label={t('statement')} text={statement} />
          )}
        </details>
      )}
    </Panel>
  );
}

/** Lists within a sentence are joined as the language does. */
function useValues({ values }: FoundFinding): Record<string, string | number> {
  const format = useFormatter();
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? format.list([...value], { type: 'conjunction' }) : value,
  ]);
  return Object.fromEntries(said) as Record<string, string | number>;
}

export function FindingPlace({ finding }: { finding: FoundFinding }) {
  const t = useTranslations('access.findings');
  const { roleName, document, kind, index, sid } = finding;
  const statement = sid ?? t('nth', { number: index + 1 });
  return (
    <p className="muted text-xs [overflow-wrap:anywhere]">
      {roleName ? (
        <Link href={routes.role(roleName, { policy: document, index }) as Route} className="mono underline">
          {roleName}
        </Link>
      ) : (
        <span className="mono">{document}</span>
      )}{' '}
      · {t(`documents.${kind}`, { name: document })} · <span className="mono">{statement}</span>
    </p>
  );
}
