'use client';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { columnKind } from '@/lib/query/column-kind';
import type { ColumnFilter as Filter } from '@/lib/query/result/view-schemas';
import { plainNumber } from './plain-number';

interface ColumnFilterProps {
  column: number;
  type: string;
  /** The one that is on this column now. */
  current: Filter | undefined;
  onApply: (filter: Filter | undefined) => void;
}

type Op = Filter['op'];

/** One condition on a column; what is asked for depends on it. */
export function ColumnFilter({ column, type, current, onApply }: ColumnFilterProps) {
  const t = useTranslations('result');
  const locale = useLocale();
  const kind = columnKind(type);
  const isMeasured = kind === 'number' || kind === 'time';
  const [op, setOp] = useState<Op>(current?.op ?? (isMeasured ? 'range' : 'contains'));
  const ops: Op[] = isMeasured
    ? ['range', 'equals', 'contains', 'null', 'notNull']
    : ['contains', 'equals', 'null', 'notNull'];
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => {
      const written = String(form.get(name) ?? '');
      return kind === 'number' && op !== 'contains' ? plainNumber(written, locale) : written;
    };
    onApply(filterOf(op, column, text));
  };
  const value = current && 'text' in current ? current.text : '';
  const range = current?.op === 'range' ? current : undefined;
  const hint = kind === 'time' ? t('timeHint') : undefined;
  return (
    <form className="grid gap-2" onSubmit={apply}>
      <Field label={t('condition')}>
        {(control) => (
          <Select {...control} value={op} onChange={(event) => setOp(event.target.value as Op)}>
            {ops.map((each) => (
              <option key={each} value={each}>
                {t(`op.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(op === 'contains' || op === 'equals') && (
        <Field label={t('value')}>
          {(control) => <Input {...control} name="text" defaultValue={value} required={op === 'contains'} />}
        </Field>
      )}
      {op === 'range' && (
        <div className="grid grid-cols-2 gap-2">
          <Field label={t('from')}>{(control) => <Input {...control} name="from" defaultValue={range?.from} />}</Field>
          <Field label={t('to')}>{(control) => <Input {...control} name="to" defaultValue={range?.to} />}</Field>
          {hint && <small className="faint col-span-2">{hint}</small>}
        </div>
      )}
      <div className="flex justify-end gap-2">
        {current && (
          <Button size="sm" onClick={() => onApply(undefined)}>
            {t('removeFilter')}
          </Button>
        )}
        <Button size="sm" variant="primary" type="submit">
          {t('apply')}
        </Button>
      </div>
    </form>
  );
}

function filterOf(op: Op, column: number, text: (name: string) => string): Filter | undefined {
  switch (op) {
    case 'contains':
    case 'equals':
      return { op, column, text: text('text') };
    case 'range': {
      const [from, to] = [text('from').trim(), text('to').trim()];
      if (!from && !to) return undefined;
      return { op, column, ...(from ? { from } : {}), ...(to ? { to } : {}) };
    }
    default:
      return { op, column };
  }
}
