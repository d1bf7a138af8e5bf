import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { can } from '@/lib/auth/permissions';
import { listColumns } from '@/lib/catalog';
import { load, pageContext } from '@/lib/page';
import { listRulesets, listSuggestions } from '@/lib/quality';
import { getDatabase } from '@/lib/quality/get-database';
import { RuleEditor } from './rule-editor';

/** The rules themselves: their text, what happens when they fail, and what the data suggests. */
export async function RulesPanel({ table }: { table: string }) {
  const t = await getTranslations('tableQuality');
  const { role } = await pageContext();
  const [rulesets, columns, suggestions] = await Promise.all([
    load(listRulesets, { table }),
    load(listColumns, { database: await getDatabase(), table }),
    load(listSuggestions, { table }),
  ]);
  const failed = [rulesets, columns].find((result) => !result.ok);
  if (failed && !failed.ok) {
    return (
      <Panel title={t('editor')}>
        <Failure error={failed.error} />
      </Panel>
    );
  }
  if (!rulesets.ok || !columns.ok) return null;
  return (
    <RuleEditor
      table={table}
      rulesets={rulesets.data}
      columns={columns.data.map(({ name, type }) => ({ name, type }))}
      suggestions={suggestions.ok ? suggestions.data : { hasProfile: false, rules: [] }}
      canEdit={can(role, 'quality:edit')}
    />
  );
}
