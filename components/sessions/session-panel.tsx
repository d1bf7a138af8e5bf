'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { Count, Tag } from '@/components/ui/tag';
import { RelativeTime, Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import type { Result } from '@/lib/errors';
import { deviceName } from '@/lib/format/device-name';
import type { EndSession, OfPerson, SessionSummary } from '@/lib/sessions/schemas';

interface SessionPanelProps {
  sessions: readonly SessionSummary[];
  /** Whose they are; left out, the reader's own. */
  person?: { id: string; name: string };
  /** Whether the reader may end them. */
  endSession: (input: EndSession) => Promise<Result<void>>;
  endSessions: (input: OfPerson) => Promise<Result<{ ended: number }>>;
}

/** Where somebody is signed in, and the way to end that. */
export function SessionPanel({ sessions, person, endSession, endSessions }: SessionPanelProps) {
  const t = useTranslations('sessions');
  const toast = useToast();
  const router = useRouter();
  const [isAsked, setIsAsked] = useState(false);
  const [isPending, startTransition] = useTransition();

  const run = (end: () => Promise<Result<unknown>>, said: string) =>
    startTransition(async () => {
      const result = await end();
      setIsAsked(false);
      toast(result.ok ? { state: 'succeeded', title: said } : { state: 'failed', title: result.error.message });
      router.refresh();
    });
  const endOne = ({ id }: SessionSummary) => run(() => endSession({ id }), t('ended'));
  const endAll = () => run(() => endSessions(person ? { userId: person.id } : {}), t('endedAll'));

  const others = sessions.filter(({ isThis }) => !isThis).length;
  const effect = t(person ? 'endAll' : 'endOthers');
  return (
    <Panel
      title={t('title')}
      aside={<Count>{sessions.length}</Count>}
      actions={
        others > 0 && (
          <Button size="sm" variant="danger" onClick={() => setIsAsked(true)}>
            {effect}
          </Button>
        )
      }
      isFlush
    >
      {sessions.length === 0 ? (
        <p className="muted pb">{t('none')}</p>
      ) : (
        <Table label={t('title')}>
          <thead>
            <tr>
              <th scope="col">{t('device')}</th>
              <th scope="col">{t('address')}</th>
              <th scope="col">{t('how')}</th>
              <th scope="col">{t('lastSeen')}</th>
              <th scope="col">{t('began')}</th>
              <th scope="col">{t('expires')}</th>
              <th scope="col">
                <span className="sr-only">{t('end')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} isPending={isPending} onEnd={() => endOne(session)} />
            ))}
          </tbody>
        </Table>
      )}
      <Confirm
        isOpen={isAsked}
        title={person ? t('endAllTitle', { name: person.name }) : t('endOthersTitle')}
        body={t('endAllBody', { count: others })}
        effect={effect}
        isPending={isPending}
        onConfirm={endAll}
        onCancel={() => setIsAsked(false)}
      />
    </Panel>
  );
}

interface SessionRowProps {
  session: SessionSummary;
  isPending: boolean;
  onEnd: () => void;
}

function SessionRow({ session, isPending, onEnd }: SessionRowProps) {
  const t = useTranslations('sessions');
  const { userAgent, sourceIp, how, lastSeenAt, createdAt, expiresAt, isThis } = session;
  return (
    <tr>
      <th scope="row" title={userAgent}>
        {deviceName(userAgent) ?? t('unknownDevice')} {isThis && <Tag isOn>{t('this')}</Tag>}
      </th>
      <td className="mono">{sourceIp}</td>
      <td>{t(`ways.${how}`)}</td>
      <td>
        <RelativeTime value={lastSeenAt} />
      </td>
      <td>
        <RelativeTime value={createdAt} />
      </td>
      <td>
        <Time value={expiresAt} />
      </td>
      <td className="num">
        {!isThis && (
          <Button variant="ghost" size="sm" isPending={isPending} onClick={onEnd}>
            {t('end')}
          </Button>
        )}
      </td>
    </tr>
  );
}
