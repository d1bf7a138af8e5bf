'use client';
import { ArrowRightLeft, ExternalLink, ListFilter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/table/json-view';
import { Button, LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValue } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import { isRole } from '@/lib/auth/permissions';
import { routes } from '@/lib/routes';
import type { AuditSearch } from '../search-params';
import styles from './trail.module.css';
import { otherHalf, type TrailRow } from './trail-row';

interface TrailDetailProps {
  row: TrailRow;
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

/** All that is known of one line, and where it leads. */
export function TrailDetail({ row, search, onSearch }: TrailDetailProps) {
  const t = useTranslations('audit');
  const roles = useTranslations('roles');
  const { source } = search;
  const text = JSON.stringify(row.whole);
  return (
    <div className={styles.inside}>
      <KeyValue
        items={[
          { label: t('when'), value: <Time value={row.at} withSeconds /> },
          {
            label: t('who'),
            value: `${row.who}${row.role ? ` · ${isRole(row.role) ? roles(row.role) : row.role}` : ''}`,
          },
          { label: t('subject'), value: <span className="mono break-all">{row.subject}</span> },
          ...(row.requestId
            ? [{ label: t('request'), value: <span className="mono break-all">{row.requestId}</span> }]
            : []),
        ]}
      />
      <div className="flex flex-wrap items-center gap-2">
        {row.link && (
          <LinkButton size="sm" icon={ExternalLink} href={row.link.href}>
            {t(`links.${row.link.kind}`)}
          </LinkButton>
        )}
        <LinkButton size="sm" icon={ArrowRightLeft} href={routes.audit(otherHalf(row, source))}>
          {t(source === 'console' ? 'toCalls' : 'toActions')}
        </LinkButton>
        {row.requestId && row.requestId !== '–' && (
          <Button size="sm" icon={ListFilter} onClick={() => onSearch({ source, request: row.requestId })}>
            {t('onlyRequest')}
          </Button>
        )}
        <Button size="sm" icon={ListFilter} onClick={() => onSearch({ ...search, person: row.who })}>
          {t('onlyPerson')}
        </Button>
        <Button size="sm" icon={ListFilter} onClick={() => onSearch({ ...search, action: row.like })}>
          {t(source === 'console' ? 'onlyAction' : 'onlyService')}
        </Button>
        <CopyButton text={text} label={t('copyJson')} />
      </div>
      <JsonView label={t('json')} text={text} />
    </div>
  );
}
