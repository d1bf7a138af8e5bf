'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import type { RoleDetails, RolePolicy } from '@/lib/access/roles/schemas';
import { type PolicyView, StatementRow } from './statement-row';
import { useAnchor } from './use-anchor';

/** Every policy of the role, statement by statement: in words, as JSON, or both beside each other. */
export function PolicyList({ role }: { role: RoleDetails }) {
  const t = useTranslations('access.roles');
  const [view, setView] = useState<PolicyView>('both');
  const anchor = useAnchor();
  const { policies, boundary, trust } = role;
  return (
    <>
      <div className="head">
        <h2 className="font-medium text-lg">{t('policies')}</h2>
        <span className="muted text-xs">{t('denyWins')}</span>
        <span className="grow" />
        <Segmented
          label={t('view')}
          value={view}
          onChange={setView}
          options={(['both', 'words', 'json'] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      </div>
      {[...policies, ...(boundary ? [boundary] : []), trust].map((policy) => (
        <PolicyPanel key={policy.name} policy={policy} view={view} anchor={anchor} />
      ))}
    </>
  );
}

interface PolicyPanelProps {
  policy: RolePolicy;
  view: PolicyView;
  anchor: string;
}

function PolicyPanel({ policy, view, anchor }: PolicyPanelProps) {
  const t = useTranslations('access.roles');
  const { name, kind, arn, text, statements } = policy;
  return (
    <Panel
      isFlush
      title={kind === 'trust' ? t('kinds.trust') : <span className="mono break-all">{name}</span>}
      aside={kind === 'trust' ? undefined : <span title={arn}>{t(`kinds.${kind}`)}</span>}
      actions={<CopyButton text={text} />}
    >
      {kind === 'boundary' && <p className="muted border-line border-b px-4 py-2">{t('boundaryHint')}</p>}
      {statements.length === 0 && <pre className="code overflow-auto">{text}</pre>}
      <ol>
        {statements.map((statement) => (
          <StatementRow key={statement.index} policy={name} statement={statement} view={view} anchor={anchor} />
        ))}
      </ol>
    </Panel>
  );
}
