'use client';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { DqdlEditorProps } from '@/components/editor/dqdl/dqdl-editor';
import { useRuleMessage } from '@/components/quality/use-rule-message';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import type { ErrorReport } from '@/lib/errors';
import type { TableColumn } from '@/lib/languages/dqdl/table.ts';
import { Gate } from '@/lib/languages/quality/evaluation.ts';
import type { Ruleset } from '@/lib/quality/rulesets/schemas';
import { createRuleset, deleteRuleset, updateRuleset } from '../actions';
import { TextProblems } from './text-problems';

const DqdlEditor = dynamic<DqdlEditorProps>(() => import('@/components/editor/dqdl/dqdl-editor'), {
  ssr: false,
  loading: () => <div className="h-full" />,
});

export type Draft = Pick<Ruleset, 'name' | 'text' | 'gate'>;

interface RulesetFormProps {
  table: string;
  columns: readonly TableColumn[];
  /** Undefined for a new one. */
  kept: Ruleset | undefined;
  draft: Draft;
  isChanged: boolean;
  canEdit: boolean;
  onDraft: (draft: Draft | undefined) => void;
  onSaved: (name: string) => void;
  onDropped: () => void;
}

/** One ruleset: its name, what happens when it fails, its text; nothing is kept that the table cannot be held to. */
export function RulesetForm({
  table,
  columns,
  kept,
  draft,
  isChanged,
  canEdit,
  onDraft,
  onSaved,
  onDropped,
}: RulesetFormProps) {
  const t = useTranslations('tableQuality');
  const tq = useTranslations('quality');
  const td = useTranslations('dqdl');
  const say = useRuleMessage();
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const [error, setError] = useState<ErrorReport>();
  const [isAsked, setAsked] = useState(false);
  const [isPending, startTransition] = useTransition();
  const save = () =>
    startTransition(async () => {
      const input = { table, ...draft };
      const result = await (kept ? updateRuleset({ ...input, basedOn: kept.changedAt }) : createRuleset(input));
      setError(result.ok ? undefined : result.error);
      if (!result.ok) return;
      toast({ state: 'succeeded', title: t('saved', { name: draft.name }) });
      onSaved(draft.name);
      router.refresh();
    });
  const remove = () =>
    startTransition(async () => {
      const result = await deleteRuleset({ table, name: draft.name, basedOn: kept?.changedAt ?? 0 });
      setAsked(false);
      setError(result.ok ? undefined : result.error);
      if (!result.ok) return;
      toast({ state: 'succeeded', title: t('deleted', { name: draft.name }) });
      onDropped();
      router.refresh();
    });
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('name')}>
          {(control) => (
            <Input
              {...control}
              isMono
              value={draft.name}
              readOnly={kept !== undefined || !canEdit}
              onChange={(event) => onDraft({ ...draft, name: event.target.value })}
            />
          )}
        </Field>
        <Field label={tq('gate')} hint={t(`gateHint.${draft.gate}`)}>
          {(control) => (
            <Select
              {...control}
              value={draft.gate}
              disabled={!canEdit}
              onChange={(event) => onDraft({ ...draft, gate: Gate.parse(event.target.value) })}
            >
              {Gate.options.map((gate) => (
                <option key={gate} value={gate}>
                  {t(`gate.${gate}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="h-64 overflow-hidden rounded-md border border-line-strong">
        <DqdlEditor
          label={t('text')}
          value={draft.text}
          columns={columns}
          locale={locale}
          isReadOnly={!canEdit}
          explain={(type) => (td.has(type as Parameters<typeof td.has>[0]) ? td(type as 'RowCount') : undefined)}
          say={say}
          onChange={(text) => text !== draft.text && onDraft({ ...draft, text })}
        />
      </div>
      <TextProblems text={draft.text} columns={columns} />
      {error && <Failure error={error} title={t('notSaved')} isInForm />}
      {canEdit ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={!isChanged || draft.text.trim() === ''}
            onClick={save}
          >
            {t(kept ? 'save' : 'create')}
          </Button>
          {isChanged && <Button onClick={() => onDraft(undefined)}>{t('discard')}</Button>}
          <span className="grow" />
          {kept && (
            <Button variant="danger" onClick={() => setAsked(true)}>
              {t('delete')}
            </Button>
          )}
        </div>
      ) : (
        <p className="muted text-xs">{t('onlyRead')}</p>
      )}
      <Dialog
        isOpen={isAsked}
        onOpenChange={setAsked}
        title={t('deleteTitle', { name: draft.name })}
        description={t('deleteBody', { table })}
        footer={
          <>
            <Button onClick={() => setAsked(false)}>{common('cancel')}</Button>
            <Button variant="danger" isPending={isPending} onClick={remove}>
              {t('delete')}
            </Button>
          </>
        }
      />
    </div>
  );
}
