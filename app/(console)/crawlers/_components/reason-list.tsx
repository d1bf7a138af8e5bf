import { useTranslations } from 'next-intl';
import type { Reason } from '@/lib/languages/crawl/crawl-plan.ts';

export function ReasonText({ reason: { code, values } }: { reason: Reason }) {
  const t = useTranslations('crawler.reasons');
  return t(code, values);
}

export function ReasonList({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className="grid list-disc gap-1 pl-5">
      {reasons.map((reason) => (
        <li key={JSON.stringify(reason)} className="break-words">
          <ReasonText reason={reason} />
        </li>
      ))}
    </ul>
  );
}
