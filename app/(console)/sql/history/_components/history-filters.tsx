'use client';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { type QuerySource, SOURCES, STATUSES } from '@/lib/query/history/schemas';
import { HistorySearch } from '../search-params';

interface HistoryFiltersProps {
  search: HistorySearch;
  seesEverybody: boolean;
  onChange: (search: HistorySearch) => void;
}

/** What nobody ran themselves. */
const NOBODYS: ReadonlySet<string> = new Set<QuerySource>(['pipeline', 'outside']);

/** Choices take effect at once, texts with Enter or the button. */
export function HistoryFilters({ search, seesEverybody, onChange }: HistoryFiltersProps) {
  const t = useTranslations('queryHistory');
  const statuses = useTranslations('sql.status');
  const whose = search.whose ?? (seesEverybody ? 'everybody' : 'mine');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(event.currentTarget)].filter(([, value]) => value !== ''));
    onChange({ ...HistorySearch.parse(fields), whose: search.whose });
  };
  return (
    <search className="grid gap-3">
      {seesEverybody && (
        <div>
          <Segmented
            label={t('whose')}
            value={whose}
            onChange={(next) => onChange({ ...search, whose: next, person: undefined })}
            options={[
              { value: 'everybody', label: t('everybody') },
              { value: 'mine', label: t('mine') },
            ]}
          />
        </div>
      )}
      <form
        className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] items-end gap-3"
        onSubmit={submit}
        onChange={(event) => {
          const { target, currentTarget } = event;
          if (target instanceof HTMLSelectElement) currentTarget.requestSubmit();
        }}
      >
        <Field label={t('text')}>
          {(control) => <Input {...control} name="search" type="search" defaultValue={search.search} />}
        </Field>
        <Field label={t('table')}>
          {(control) => <Input {...control} name="table" isMono defaultValue={search.table} autoComplete="off" />}
        </Field>
        {whose === 'everybody' && (
          <Field label={t('person')}>
            {(control) => <Input {...control} name="person" inputMode="email" defaultValue={search.person} />}
          </Field>
        )}
        <Field label={t('status')}>
          {(control) => (
            <Select {...control} name="status" defaultValue={search.status}>
              <option value="">{t('any')}</option>
              {STATUSES.map((status) => (
                <option key={status} value={status}>
                  {statuses(status)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('source')}>
          {(control) => (
            <Select {...control} name="source" defaultValue={search.source}>
              <option value="">{t('any')}</option>
              {SOURCES.filter((source) => whose === 'everybody' || !NOBODYS.has(source)).map((source) => (
                <option key={source} value={source}>
                  {t(`sources.${source}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('from')}>
          {(control) => <Input {...control} name="from" type="date" defaultValue={search.from} />}
        </Field>
        <Field label={t('to')}>
          {(control) => <Input {...control} name="to" type="date" defaultValue={search.to} />}
        </Field>
        <div>
          <Button type="submit" icon={Search}>
            {t('find')}
          </Button>
        </div>
      </form>
    </search>
  );
}
