'use client';
import { useTranslations } from 'next-intl';
import { reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import { SendFailure } from '@/lib/storage/send-failure';

/** Why a file did not get there: which part, what stood in the way, and what to do. */
export function RowFailure({ problem }: { problem: unknown }) {
  const t = useTranslations('upload.failure');
  if (!(problem instanceof SendFailure)) return <Reported problem={problem} />;
  const { part, parts, tries, status, code, said } = problem.details;
  const why = t(problem.isGone ? 'gone' : problem.reason, {
    answer: [status, code].filter(Boolean).join(' '),
    said: said ?? '',
  });
  if (part === undefined) return why;
  return `${t('part', { part, parts: parts ?? part, tries: tries ?? 1 })} ${why}`;
}

/** What the console answered, or nothing at all. */
function Reported({ problem }: { problem: unknown }) {
  const t = useTranslations('upload.failure');
  if (problem instanceof TypeError) return t(navigator.onLine ? 'consoleUnreachable' : 'offline');
  const report = reportFrom(problem);
  if (report.code !== 'UNAUTHENTICATED') return report.message;
  return t.rich('signedOut', {
    said: report.message,
    link: (text) => (
      // In a tab of its own: this one holds the files.
      <a className="underline" href={routes.signIn(routes.upload())} target="_blank" rel="noreferrer">
        {text}
      </a>
    ),
  });
}
