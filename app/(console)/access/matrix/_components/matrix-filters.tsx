'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useTransition } from 'react';
import { Field } from '@/components/ui/field';
import { SearchInput, Select } from '@/components/ui/input';
import { MATRIX_ACTIONS } from '@/lib/access/matrix/schemas';
import { routes } from '@/lib/routes';
import { MatrixSearch, matrixQuery } from '../search-params';

interface MatrixFiltersProps {
  search: MatrixSearch;
  datasets: readonly string[];
}

const TYPING_MS = 250;

/** One action on many datasets, or every action on one. */
export function MatrixFilters({ search, datasets }: MatrixFiltersProps) {
  const t = useTranslations('access.matrix');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(typing.current), []);
  const set = (changes: Record<string, string>) => {
    clearTimeout(typing.current);
    const set = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || undefined]));
    const next = MatrixSearch.parse({ ...search, page: undefined, ...set });
    startTransition(() => router.replace(routes.accessMatrix(matrixQuery(next)) as Route, { scroll: false }));
  };
  const type = (value: string) => {
    clearTimeout(typing.current);
    typing.current = setTimeout(() => set({ search: value }), TYPING_MS);
  };
  return (
    <search
      className="grid grid-cols-1 items-end gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      aria-busy={isPending}
    >
      <Field label={t('dataset')}>
        {(control) => (
          <Select
            {...control}
            value={search.dataset ?? ''}
            // All actions of one dataset: a search among datasets is over.
            onChange={({ target }) => set({ dataset: target.value, action: '', search: '' })}
          >
            <option value="">{t('allDatasets')}</option>
            {datasets.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('action')}>
        {(control) => (
          <Select
            {...control}
            value={search.action ?? (search.dataset ? '' : 'query')}
            onChange={({ target }) => set({ action: target.value })}
          >
            {search.dataset && <option value="">{t('allActions')}</option>}
            {MATRIX_ACTIONS.map((action) => (
              <option key={action} value={action}>
                {t(`actions.${action}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {search.dataset ? (
        <span />
      ) : (
        <SearchInput
          label={t('search')}
          defaultValue={search.search}
          onChange={({ target }) => type(target.value)}
          spellCheck={false}
          autoComplete="off"
          maxLength={255}
        />
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={search.services === 'yes'}
          onChange={({ target }) => set({ services: target.checked ? 'yes' : '' })}
        />
        {t('withServices')}
      </label>
    </search>
  );
}
