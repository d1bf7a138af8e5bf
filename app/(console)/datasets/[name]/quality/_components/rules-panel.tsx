import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { can } from '@/lib/auth/permissions';
import { load, pageContext } from '@/lib/page';
import { getRuleDesk } from '@/lib/quality';
import { RuleEditor } from './rule-editor';

/** The rules themselves: their text, what happens when they fail, and what the data suggests. */
export async function RulesPanel({ table }: { table: string }) {
  const t = await getTranslations('tableQuality');
  const { role } = await pageContext();
  const desk = await load(getRuleDesk, { table });
  if (!desk.ok) {
    return (
      <Panel title={t('editor')}>
        <Failure error={desk.error} />
      </Panel>
    );
  }
  return <RuleEditor table={table} desk={desk.data} canEdit={can(role, 'quality:edit')} />;
}
