'use client';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { fromLocalText, toLocalText } from '@/lib/format/local-time';
import { formatTime } from '@/lib/format/time';
import { beforeChange, type Change } from '@/lib/storage/point-in-time';

interface MomentChoiceProps {
  at: number | undefined;
  changes: readonly Change[];
  isPending: boolean;
  onChoose: (at: number) => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A date and time in the reader's zone, and the moments that are most often meant. */
export function MomentChoice({ at, changes, isPending, onChoose }: MomentChoiceProps) {
  const t = useTranslations('pointInTime.moment');
  const zone = useTimeZone() ?? 'UTC';
  const [filledFrom, setFilledFrom] = useState(at);
  const [text, setText] = useState(at === undefined ? '' : toLocalText(at, zone));
  const [isBad, setIsBad] = useState(false);
  const [last] = changes;
  // A moment that was chosen elsewhere fills the field; the focus stays where it is.
  if (at !== undefined && at !== filledFrom) {
    setFilledFrom(at);
    setText(toLocalText(at, zone));
    setIsBad(false);
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The field holds whole seconds: unchanged, it means the very instant that it was filled from.
    const isUnchanged = at !== undefined && text === toLocalText(at, zone);
    const moment = isUnchanged ? at : fromLocalText(text, zone);
    setIsBad(moment === undefined || moment > Date.now());
    if (moment !== undefined && moment <= Date.now()) onChoose(moment);
  };
  return (
    <Panel title={t('title')}>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
          <Field label={t('field')} hint={t('hint', { zone })} {...(isBad ? { error: t('bad') } : {})}>
            {(control) => (
              <span className="flex gap-2">
                <Input
                  {...control}
                  type="datetime-local"
                  step={1}
                  required
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
                <Button type="submit" isPending={isPending}>
                  {t('show')}
                </Button>
              </span>
            )}
          </Field>
        </form>
        <ChangeChoice changes={changes} onChoose={onChoose} />
        <span className="flex flex-wrap gap-2">
          {last && <Button onClick={() => onChoose(beforeChange(last))}>{t('lastChange')}</Button>}
          <Button onClick={() => onChoose(Date.now() - DAY_MS)}>{t('yesterday')}</Button>
        </span>
      </div>
    </Panel>
  );
}

function ChangeChoice({ changes, onChoose }: Pick<MomentChoiceProps, 'changes' | 'onChoose'>) {
  const t = useTranslations('pointInTime.moment');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  if (changes.length === 0) return null;
  return (
    <Field label={t('choose')}>
      {(control) => (
        <Select {...control} value="" onChange={(event) => onChoose(Number(event.target.value))}>
          <option value="" disabled>
            {t('none')}
          </option>
          {changes.map((change) => (
            <option key={change.from} value={beforeChange(change)}>
              {t('change', {
                time: formatTime(new Date(change.from), { locale, timeZone, withSeconds: true }),
                written: change.writtenCount,
                deleted: change.deletedCount,
                both: String(change.writtenCount > 0 && change.deletedCount > 0),
              })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
