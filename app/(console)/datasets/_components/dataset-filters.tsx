'use client';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { SearchInput, Select } from '@/components/ui/input';
import { FRESHNESS } from '@/lib/catalog/freshness';
import { zones } from '@/lib/storage/zones';
import { DatasetsSearch, QUALITIES } from '../search-params';
import type { choicesOf } from './sieve';

interface DatasetFiltersProps {
  search: DatasetsSearch;
  choices: ReturnType<typeof choicesOf>;
  withQuality: boolean;
  onChange: (search: DatasetsSearch) => void;
}

interface Choice {
  value: string;
  label: string;
}

export function DatasetFilters({ search, choices, withQuality, onChange }: DatasetFiltersProps) {
  const t = useTranslations('datasets.list');
  const datasets = useTranslations('datasets');
  const zoneNames = useTranslations('zones');
  const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const set = (name: keyof DatasetsSearch, value: string) =>
    onChange(DatasetsSearch.parse({ ...search, [name]: value || undefined }));
  const zoneName = (zone: string) => {
    const known = zones.find((each) => each === zone);
    return known ? zoneNames(known) : t('elsewhere');
  };
  const filters: { name: keyof DatasetsSearch; label: string; options: Choice[] }[] = [
    { name: 'database', label: t('database'), options: choices.databases.length > 1 ? same(choices.databases) : [] },
    { name: 'zone', label: t('zone'), options: choices.zones.map((zone) => ({ value: zone, label: zoneName(zone) })) },
    { name: 'owner', label: t('owner'), options: same(choices.owners) },
    { name: 'tag', label: t('tag'), options: same(choices.tags) },
    { name: 'format', label: t('format'), options: same(choices.formats) },
    {
      name: 'freshness',
      label: t('freshness'),
      options: FRESHNESS.map((value) => ({ value, label: datasets(`freshness.${value}`) })),
    },
    {
      name: 'quality',
      label: t('quality'),
      options: withQuality ? QUALITIES.map((value) => ({ value, label: t(`qualities.${value}`) })) : [],
    },
  ];
  return (
    <search className="grid grid-cols-[repeat(auto-fill,minmax(116px,1fr))] items-end gap-3">
      <div className="col-span-2 max-sm:col-span-full">
        <SearchInput
          label={t('search')}
          defaultValue={search.search}
          onChange={(event) => set('search', event.target.value)}
          spellCheck={false}
          autoComplete="off"
          maxLength={255}
        />
      </div>
      {filters.map(
        ({ name, label, options }) =>
          options.length > 0 && (
            <Field key={name} label={label}>
              {(control) => (
                <Select
                  {...control}
                  value={String(search[name] ?? '')}
                  onChange={({ target }) => set(name, target.value)}
                >
                  <option value="">{t('any')}</option>
                  {options.map(({ value, label: text }) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ),
      )}
    </search>
  );
}
