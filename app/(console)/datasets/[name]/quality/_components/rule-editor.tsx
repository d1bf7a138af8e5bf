'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { addRule } from '@/lib/quality/rulesets/add-rule';
import { checkText } from '@/lib/quality/rulesets/check-text';
import type { RuleDesk } from '@/lib/quality/rulesets/get-rule-desk';
import { type Draft, RulesetForm } from './ruleset-form';
import { Suggestions } from './suggestions';

interface RuleEditorProps {
  table: string;
  desk: RuleDesk;
  canEdit: boolean;
}

const NEW = '';

/** The rulesets of a table, one at a time; what is suggested is added to the one that is open. */
export function RuleEditor({ table, desk, canEdit }: RuleEditorProps) {
  const t = useTranslations('tableQuality');
  const { rulesets, columns, suggestions } = desk;
  const [open, setOpen] = useState(rulesets[0]?.name ?? NEW);
  const [draft, setDraft] = useState<Draft>();
  const kept = rulesets.find(({ name }) => name === open);
  const current: Draft = draft ?? (kept ? { ...kept } : { name: freeName(table, rulesets), text: '', gate: 'warn' });
  const choose = (name: string) => {
    setOpen(name);
    setDraft(undefined);
  };
  const choices = [
    ...rulesets.map(({ name }) => ({ value: name, label: name })),
    ...(kept ? [] : [{ value: NEW, label: t('newRuleset') }]),
  ];
  const isSound = !checkText(current.text || 'Rules = [ RowCount > 0 ]', columns).some(
    ({ severity }) => severity === 'error',
  );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(280px,32%)]">
      <Panel
        title={t('editor')}
        actions={
          <span className="flex flex-wrap items-center gap-2">
            {choices.length > 1 && <Segmented label={t('rulesets')} value={open} onChange={choose} options={choices} />}
            {canEdit && kept && (
              <Button size="sm" icon={Plus} onClick={() => choose(NEW)}>
                {t('newRuleset')}
              </Button>
            )}
          </span>
        }
      >
        <RulesetForm
          key={`${open} ${kept?.changedAt}`}
          table={table}
          columns={columns}
          kept={kept}
          draft={current}
          isChanged={draft !== undefined}
          canEdit={canEdit}
          onDraft={setDraft}
          onSaved={choose}
          onDropped={() => choose(rulesets.find(({ name }) => name !== open)?.name ?? NEW)}
        />
      </Panel>
      <Suggestions
        table={table}
        suggestions={suggestions}
        text={current.text}
        canAdd={canEdit && isSound}
        onAdd={(rule) => setDraft({ ...current, text: addRule(current.text, rule) })}
      />
    </div>
  );
}

/** `sales-rules`, or the next number that nobody has. */
function freeName(table: string, rulesets: RuleDesk['rulesets']): string {
  const taken = new Set(rulesets.map(({ name }) => name));
  const names = [`${table}-rules`, ...Array.from({ length: 100 }, (_, index) => `${table}-rules-${index + 2}`)];
  return names.find((name) => !taken.has(name)) ?? `${table}-rules`;
}
