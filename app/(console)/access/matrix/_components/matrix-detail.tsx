'use client';
import { X } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { JsonView } from '@/components/table/json-view';
import { IconButton } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import type { AccessRequest } from '@/lib/access/access-decision';
import type { AccessMatrix, MatrixRole, Verdict } from '@/lib/access/matrix/schemas';
import { routes } from '@/lib/routes';
import { VERDICT_STATE } from './matrix-cell';
import type { MatrixSpot } from './matrix-view';
import { reasonsOf } from './reasons-of';
import { useRoleName } from './use-role-name';

interface MatrixDetailProps {
  matrix: AccessMatrix;
  spot: MatrixSpot;
  anchor: HTMLElement;
  onClose: () => void;
}

/** Every request that the action takes, what is decided of it, and by which statement. Escape closes it. */
export function MatrixDetail({ matrix, spot, anchor, onClose }: MatrixDetailProps) {
  const t = useTranslations('access.matrix');
  const common = useTranslations('common');
  const nameOf = useRoleName();
  const { role: index, dataset, entry } = spot;
  const role = matrix.roles[index];
  if (!role) return null;
  const title = t('detail', { who: nameOf(role), action: t(`actions.${entry.action}`), dataset });
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={{ current: anchor }} />
      <Popover.Portal>
        <Popover.Content
          className="pop !p-3 grid max-h-[min(520px,var(--radix-popover-content-available-height))] w-[480px] max-w-[calc(100vw-16px)] grid-cols-[minmax(0,1fr)] gap-2 overflow-auto"
          align="start"
          aria-label={title}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.focus();
          }}
        >
          <div className="flex items-start gap-2">
            <h2 className="min-w-0 grow font-medium">{title}</h2>
            <IconButton icon={X} label={common('close')} size="sm" onClick={onClose} />
          </div>
          {entry.requests.length === 0 && <p className="muted">{t('nothingAsked')}</p>}
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
            {reasonsOf(matrix, spot).map(({ verdict, requests }) => (
              <Reason key={JSON.stringify(requests[0])} {...{ role, requests, verdict }} />
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ReasonProps {
  role: MatrixRole;
  /** All of them are decided alike. */
  requests: readonly AccessRequest[];
  verdict: Verdict;
}

function Reason({ role, requests, verdict }: ReasonProps) {
  const t = useTranslations('access.matrix');
  const { result, index, sid, statement } = verdict;
  const name = sid ?? t('numbered', { number: (index ?? 0) + 1 });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1 border-line border-t pt-2">
      <p className="flex flex-wrap items-center gap-x-3">
        <State state={VERDICT_STATE[result]}>{t(`results.${result}`)}</State>
        <span className="text-xs">
          <DecidedBy roleName={role.roleName} verdict={verdict} name={name} />
        </span>
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {requests.map((request) => (
          <Request key={`${request.action} ${request.resource}`} roleArn={role.roleArn} request={request} />
        ))}
      </ul>
      {statement && (
        <details>
          <summary className="muted min-h-6 cursor-pointer text-xs">{t('statement')}</summary>
          <JsonView label={t('jsonOf', { name })} text={statement} />
        </details>
      )}
    </li>
  );
}

function DecidedBy({ roleName, verdict, name }: { roleName: string; verdict: Verdict; name: string }) {
  const t = useTranslations('access.matrix');
  const { source, policy, index } = verdict;
  if (policy === undefined || index === undefined) return t(source === 'boundary' ? 'noBoundary' : 'nobody');
  if (source === 'resource') return t('byBucket', { name, bucket: policy });
  return t.rich('by', {
    ...{ name, policy },
    a: (chunks) => (
      <Link className="mono" href={routes.role(roleName, { policy, index }) as Route}>
        {chunks}
      </Link>
    ),
  });
}

function Request({ roleArn, request: { action, resource } }: { roleArn: string; request: AccessRequest }) {
  const t = useTranslations('access.matrix');
  return (
    <li className="flex items-start gap-2 text-xs">
      <span className="grid min-w-0 grow grid-cols-[minmax(0,1fr)]">
        <span className="mono">{action}</span>
        <span className="mono muted break-all">{resource}</span>
      </span>
      <Link
        className="inline-flex min-h-6 shrink-0 items-center"
        href={routes.simulator({ principal: roleArn, action, resource }) as Route}
        aria-label={t('simulateOf', { action, resource })}
      >
        {t('simulate')}
      </Link>
    </li>
  );
}
