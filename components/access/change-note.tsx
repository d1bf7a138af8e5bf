import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/table/json-view';
import { CopyButton } from '@/components/ui/copy-button';
import type { SmallestChange } from '@/lib/languages/iam-policy/smallest-change.ts';

/** The smallest change that would allow a request, as the statement to write and where. */
export function ChangeNote({ change, roleName }: { change: SmallestChange; roleName: string }) {
  const t = useTranslations('access.denial.change');
  const { kind, statement, policy = '', index } = change;
  const text = t(kind, { role: roleName, policy, number: (index ?? 0) + 1 });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p>
        <b className="font-medium">{t('title')}</b> {text}
      </p>
      {kind === 'removeDeny' && statement && <p>{t('andAdd')}</p>}
      {statement && (
        <div className="code box !p-0">
          <JsonView label={t('statement')} text={statement} />
        </div>
      )}
      {statement && (
        <div>
          <CopyButton text={statement} label={t('copy')} />
        </div>
      )}
    </div>
  );
}
