'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { ACCESS_PARTS, type RoleAccess, type TableDecision } from '@/lib/catalog/schemas';
import { DecisionList } from './decision-list';
import { canQuery, isAllowed } from './is-allowed';

interface RoleAccessTableProps {
  roles: readonly RoleAccess[];
  /** Begins with the reasons shown. */
  isOpen: boolean;
  /** Statements lead to the pages of roles. */
  isLinked: boolean;
}

/** What each role may do, part by part; a row opens to the statements that decide. */
export function RoleAccessTable({ roles, isOpen, isLinked }: RoleAccessTableProps) {
  const t = useTranslations('tableAccess');
  const [open, setOpen] = useState<readonly string[]>(isOpen ? roles.map(({ role }) => role) : []);
  const toggle = (role: string) =>
    setOpen((names) => (names.includes(role) ? names.filter((each) => each !== role) : [...names, role]));
  return (
    <Panel isFlush title={t('roles')}>
      <Table label={t('roles')}>
        <thead>
          <tr>
            <th scope="col">{t('role')}</th>
            {ACCESS_PARTS.map((part) => (
              <th key={part} scope="col" className={part === 'query' ? 'w-full' : undefined}>
                {t(`parts.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roles.map((access) => (
            <Fragment key={access.role}>
              <RoleRow access={access} isOpen={open.includes(access.role)} onToggle={() => toggle(access.role)} />
              {open.includes(access.role) && (
                <tr>
                  <td colSpan={4} className="!whitespace-normal !h-auto bg-sunken !p-4">
                    <DecisionList access={access} isLinked={isLinked} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

interface RoleRowProps {
  access: RoleAccess;
  isOpen: boolean;
  onToggle: () => void;
}

function RoleRow({ access, isOpen, onToggle }: RoleRowProps) {
  const t = useTranslations('tableAccess');
  const roleNames = useTranslations('roles');
  return (
    <tr>
      <td>
        <button
          type="button"
          className="flex cursor-pointer items-center gap-2 py-0.5"
          aria-expanded={isOpen}
          aria-label={t('why', { role: roleNames(access.role) })}
          onClick={onToggle}
        >
          <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
          {roleNames(access.role)}
        </button>
      </td>
      {ACCESS_PARTS.map((part) => (
        <td key={part}>
          <Verdict
            decisions={access.decisions[part]}
            isAllowed={part === 'query' ? canQuery(access) : isAllowed(access, part)}
          />
        </td>
      ))}
    </tr>
  );
}

/** The part's outcome, with the statement that denied it or else the last that allowed it. */
function Verdict({ decisions, isAllowed }: { decisions: readonly TableDecision[]; isAllowed: boolean }) {
  const t = useTranslations('tableAccess');
  const deciding = decisions.find(({ result }) => result !== 'allowed') ?? decisions.at(-1);
  if (!deciding) return <span className="muted">{t('noRows')}</span>;
  return (
    <span className="inline-flex items-center gap-2">
      <State state={isAllowed ? 'succeeded' : 'failed'}>{t(isAllowed ? 'yes' : 'no')}</State>
      {deciding.sid && <span className="mono muted">{deciding.sid}</span>}
    </span>
  );
}
