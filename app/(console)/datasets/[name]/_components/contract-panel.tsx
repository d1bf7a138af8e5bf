import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { ContractColumns } from '@/components/table/contract-columns';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { can } from '@/lib/auth';
import { findContract } from '@/lib/catalog';
import { columnsOf } from '@/lib/languages/contract/contract.ts';
import { load, pageContext } from '@/lib/page';
import { KeepDraft } from './keep-draft';

/** What the dataset's files are held to; a draft can be kept by whoever may. */
export async function ContractPanel({ dataset }: { dataset: string }) {
  const t = await getTranslations('datasets.contract');
  const [result, { role }] = await Promise.all([load(findContract, { dataset }), pageContext()]);
  if (!result.ok) return <Failure error={result.error} title={t('failed')} />;
  const kept = result.data;
  if (!kept) {
    return (
      <Panel title={t('title')}>
        <p className="muted">{t('none')}</p>
      </Panel>
    );
  }
  const isDraft = kept.contract.status === 'draft';
  return (
    <Panel
      isFlush
      title={t('title')}
      aside={kept.contract.version}
      actions={<Tag isOn={!isDraft}>{t(kept.contract.status)}</Tag>}
    >
      {isDraft && (
        <div className="grid justify-items-start gap-2 border-line border-b px-4 py-3">
          <p className="muted">{t('draftHint')}</p>
          {can(role, 'datasets:edit') && <KeepDraft dataset={dataset} contract={kept.contract} etag={kept.etag} />}
        </div>
      )}
      <ContractColumns columns={columnsOf(kept.contract)} />
      <p className="faint px-4 py-2 text-xs">
        {t('changed')} <RelativeTime value={kept.updatedAt} />
      </p>
    </Panel>
  );
}
