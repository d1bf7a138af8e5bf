'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { type FoundFinding, SEVERITIES } from '@/lib/access/findings/schemas';
import { routes } from '@/lib/routes';
import type { FindingsSearch } from '../search-params';

/** Each choice has its count, so that none leads to nothing. */
export function FindingFilters({ findings, search }: { findings: readonly FoundFinding[]; search: FindingsSearch }) {
  const t = useTranslations('access.findings');
  const router = useRouter();
  if (findings.length === 0) return null;
  const go = (change: Partial<FindingsSearch>) => {
    const { since, ...rest } = { ...search, ...change };
    router.replace(routes.accessFindings({ ...rest, since: since?.toString() }) as Route);
  };
  const places = counted(findings, ({ roleName, document }) => roleName ?? document);
  const kinds = counted(findings, ({ code }) => code);
  const severities = counted(findings, ({ severity }) => severity);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t('severity')}>
        {(control) => (
          <Select
            {...control}
            value={search.severity ?? ''}
            onChange={({ target }) => go({ severity: SEVERITIES.find((each) => each === target.value) })}
          >
            <option value="">{t('all', { count: findings.length })}</option>
            {SEVERITIES.filter((each) => severities.has(each)).map((each) => (
              <option key={each} value={each}>
                {t('option', { name: t(`severities.${each}`), count: severities.get(each) ?? 0 })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('place')}>
        {(control) => (
          <Select
            {...control}
            value={search.role ?? ''}
            onChange={({ target }) => go({ role: target.value || undefined })}
          >
            <option value="">{t('all', { count: findings.length })}</option>
            {[...places].sort().map(([name, count]) => (
              <option key={name} value={name}>
                {t('option', { name, count })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('kind')}>
        {(control) => (
          <Select
            {...control}
            value={search.kind ?? ''}
            onChange={({ target }) => go({ kind: target.value || undefined })}
          >
            <option value="">{t('all', { count: findings.length })}</option>
            {[...kinds].map(([code, count]) => (
              <option key={code} value={code}>
                {t('option', { name: t(`codes.${code}.title`), count })}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

function counted<K extends string>(findings: readonly FoundFinding[], keyOf: (finding: FoundFinding) => K) {
  const counts = new Map<K, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}
