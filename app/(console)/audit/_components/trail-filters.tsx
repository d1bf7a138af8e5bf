'use client';
import { Search, X } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { AREAS, OUTCOMES } from '@/lib/audit/schemas';
import { fromLocalText, toLocalText } from '@/lib/format/local-time';
import { AuditSearch } from '../search-params';

interface TrailFiltersProps {
  search: AuditSearch;
  people: readonly string[];
  onChange: (search: AuditSearch) => void;
}

/** Choices take effect at once, texts and times with Enter or the button. */
export function TrailFilters({ search, people, onChange }: TrailFiltersProps) {
  const t = useTranslations('audit');
  const zone = useTimeZone() ?? 'UTC';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(event.currentTarget)].filter(([, value]) => value !== ''));
    const moments = { from: toIso(fields.from, zone), to: toIso(fields.to, zone) };
    onChange(AuditSearch.parse({ ...fields, ...moments, source: search.source }));
  };
  const isSieved = Object.entries(search).some(([name, value]) => name !== 'source' && value !== undefined);
  return (
    <search>
      <form
        className="grid grid-cols-[repeat(auto-fill,minmax(160px,1fr))] items-end gap-3"
        onSubmit={submit}
        onChange={(event) => {
          const { target, currentTarget } = event;
          if (target instanceof HTMLSelectElement) currentTarget.requestSubmit();
        }}
      >
        <Field label={t('text')}>
          {(control) => <Input {...control} name="text" type="search" defaultValue={search.text} />}
        </Field>
        <Field label={t('person')}>
          {(control) => (
            <>
              <Input
                {...control}
                name="person"
                inputMode="email"
                list="audit-people"
                autoComplete="off"
                defaultValue={search.person}
              />
              <datalist id="audit-people">
                {people.map((email) => (
                  <option key={email} value={email} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <ActionField search={search} />
        <Field label={t('outcome')}>
          {(control) => (
            <Select {...control} name="outcome" defaultValue={search.outcome}>
              <option value="">{t('any')}</option>
              {OUTCOMES.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {t(`outcomes.${outcome}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('from')}>
          {(control) => (
            <Input {...control} name="from" type="datetime-local" step={1} defaultValue={toLocal(search.from, zone)} />
          )}
        </Field>
        <Field label={t('to')}>
          {(control) => (
            <Input {...control} name="to" type="datetime-local" step={1} defaultValue={toLocal(search.to, zone)} />
          )}
        </Field>
        <Field label={t('request')}>
          {(control) => <Input {...control} name="request" isMono autoComplete="off" defaultValue={search.request} />}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" icon={Search}>
            {t('find')}
          </Button>
          {isSieved && (
            <Button variant="ghost" icon={X} onClick={() => onChange({ source: search.source })}>
              {t('clear')}
            </Button>
          )}
        </div>
      </form>
    </search>
  );
}

/** Those that the lake uses, as they stand before `.amazonaws.com`. */
const SERVICES = [
  'athena',
  'cloudformation',
  'cloudtrail',
  'events',
  'glue',
  'iam',
  'kinesis',
  'lambda',
  'logs',
  's3',
  'states',
  'sts',
] as const;

/** Areas of the console, or services of AWS; an action that was picked in the table stands beside them. */
function ActionField({ search }: { search: AuditSearch }) {
  const t = useTranslations('audit');
  const isAws = search.source === 'aws';
  const known: readonly string[] = isAws ? SERVICES : AREAS;
  const isPicked = search.action !== undefined && !known.includes(search.action);
  return (
    <Field label={t(isAws ? 'service' : 'action')}>
      {(control) => (
        <Select {...control} name="action" defaultValue={search.action}>
          <option value="">{t('any')}</option>
          {isPicked && <option value={search.action}>{search.action}</option>}
          {isAws
            ? SERVICES.map((service) => (
                <option key={service} value={service}>
                  {service}
                </option>
              ))
            : AREAS.map((area) => (
                <option key={area} value={area}>
                  {t(`areas.${area}`)}
                </option>
              ))}
        </Select>
      )}
    </Field>
  );
}

const toLocal = (iso: string | undefined, zone: string) => iso && toLocalText(Date.parse(iso), zone);

function toIso(local: FormDataEntryValue | undefined, zone: string): string | undefined {
  const at = typeof local === 'string' ? fromLocalText(local, zone) : undefined;
  return at === undefined ? undefined : new Date(at).toISOString();
}
