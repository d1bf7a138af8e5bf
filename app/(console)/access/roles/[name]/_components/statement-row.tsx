'use client';
import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StatementWords } from '@/components/access/statement-words';
import { JsonView } from '@/components/table/json-view';
import { Icon } from '@/components/ui/icon';
import { State } from '@/components/ui/state';
import type { RoleStatement } from '@/lib/access/roles/schemas';
import { statementAnchor } from '@/lib/routes';
import styles from './statement-row.module.css';

export type PolicyView = 'both' | 'words' | 'json';

interface StatementRowProps {
  policy: string;
  statement: RoleStatement;
  view: PolicyView;
  /** The anchor that the address has. */
  anchor: string;
}

/** One statement, at an address of its own: findings, decisions and denials link to it. */
export function StatementRow({ policy, statement, view, anchor }: StatementRowProps) {
  const t = useTranslations('access.roles');
  const { index, sid, effect, phrases, json } = statement;
  const id = statementAnchor({ policy, index });
  const name = sid ?? t('numbered', { number: index + 1 });
  return (
    <li id={id} className={styles.row} data-view={view} data-current={id === anchor || undefined}>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1">
        <p className="flex flex-wrap items-center gap-x-3">
          <State state={effect === 'Allow' ? 'succeeded' : 'failed'}>{t(`effects.${effect}`)}</State>
          <a className="mono inline-flex min-h-6 items-center gap-1" href={`#${encodeURIComponent(id)}`}>
            {name}
            <Icon of={Link2} size="s" />
          </a>
        </p>
        {view !== 'json' && <StatementWords phrases={phrases} />}
      </div>
      {view !== 'words' && <JsonView label={t('jsonOf', { name })} text={json} />}
    </li>
  );
}
