import { useLocale, useTranslations } from 'next-intl';
import { Pill, StateIcon } from '@/components/ui/state';
import { Time } from '@/components/ui/time';
import type { ChainVerification, Finding } from '@/lib/audit/chain/finding';
import { findingValues } from '@/lib/audit/finding-values';

/** What the verification of the console's chain found, in sentences. */
export function ChainResult({ result }: { result: ChainVerification }) {
  const t = useTranslations('audit.verification');
  const { checked, findings, findingCount, wholeUntil, anchors } = result;
  const isWhole = findingCount === 0;
  return (
    <>
      <p>
        <Pill state={isWhole ? 'succeeded' : 'failed'}>{isWhole ? t('whole') : t('broken')}</Pill>
      </p>
      <p>
        {isWhole ? t('console.whole', { count: checked }) : t('console.broken', { count: findingCount, checked })}{' '}
        {!isWhole && wholeUntil !== null && t.rich('wholeUntil', { at: () => <Time value={wholeUntil} withSeconds /> })}
      </p>
      {findings.length > 0 && (
        <ul className="grid gap-1.5">
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.sequence} ${finding.id ?? finding.key}`} className="flex gap-2">
              <StateIcon state="failed" />
              <Sentence finding={finding} />
            </li>
          ))}
        </ul>
      )}
      {findingCount > findings.length && (
        <p className="muted">{t('moreFindings', { count: findingCount - findings.length })}</p>
      )}
      <p className="muted">{anchors === null ? t('anchorsUnread') : t('anchors', { count: anchors })}</p>
    </>
  );
}

function Sentence({ finding }: { finding: Finding }) {
  const t = useTranslations('audit.findings');
  const locale = useLocale();
  const { code, at } = finding;
  return (
    <span>
      {t(code, findingValues(finding, locale))}
      {at !== undefined && (
        <span className="muted">
          {' '}
          (<Time value={at} withSeconds />)
        </span>
      )}
    </span>
  );
}
