import { useTranslations } from 'next-intl';
import { Pill, StateIcon } from '@/components/ui/state';
import { Time } from '@/components/ui/time';
import type { TrailProblem, Verification } from '@/lib/languages/cloudtrail/verification.ts';

const SHOWN_MAX = 100;

/** What the verification of CloudTrail's files found, in sentences. */
export function FilesResult({ result }: { result: Verification }) {
  const t = useTranslations('audit.verification');
  const { problems, validLogFiles, validDigests, waitingLogFiles, gaps, coveredFrom, coveredTo } = result;
  const isWhole = problems.length === 0;
  return (
    <>
      <p>
        <Pill state={isWhole ? 'succeeded' : 'failed'}>{isWhole ? t('whole') : t('broken')}</Pill>
      </p>
      <p>
        {isWhole
          ? t('aws.whole', { count: validLogFiles })
          : t('aws.broken', { count: problems.length, checked: validLogFiles + problems.length })}
      </p>
      {problems.length > 0 && (
        <ul className="grid gap-1.5">
          {problems.slice(0, SHOWN_MAX).map((problem) => (
            <li key={`${problem.code} ${problem.key} ${problem.at}`} className="flex gap-2">
              <StateIcon state="failed" />
              <Sentence problem={problem} />
            </li>
          ))}
        </ul>
      )}
      {problems.length > SHOWN_MAX && (
        <p className="muted">{t('moreFindings', { count: problems.length - SHOWN_MAX })}</p>
      )}
      <p className="muted">
        {coveredFrom && coveredTo
          ? t.rich('aws.covered', {
              count: validDigests,
              from: () => <Time value={coveredFrom} />,
              to: () => <Time value={coveredTo} />,
            })
          : t('aws.uncovered')}{' '}
        {waitingLogFiles > 0 && t('aws.waiting', { count: waitingLogFiles })}{' '}
        {gaps.length > 0 && t('aws.gaps', { count: gaps.length })}
      </p>
    </>
  );
}

function Sentence({ problem }: { problem: TrailProblem }) {
  const t = useTranslations('audit.problems');
  const { code, key, at, oldestEventAt, newestEventAt } = problem;
  return (
    <span className="min-w-0">
      {t(code)} {key && <span className="mono break-all text-xs">{key}</span>}{' '}
      <span className="muted">
        (<Time value={oldestEventAt ?? at} withSeconds />
        {newestEventAt && newestEventAt !== oldestEventAt && (
          <>
            {' – '}
            <Time value={newestEventAt} withSeconds />
          </>
        )}
        )
      </span>
    </span>
  );
}
