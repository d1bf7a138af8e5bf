'use client';
import { useTranslations } from 'next-intl';
import { JsonView } from '@/components/table/json-view';
import { Amount } from '@/components/ui/amount';
import { CopyButton } from '@/components/ui/copy-button';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import { Count } from '@/components/ui/tag';
import { Time } from '@/components/ui/time';
import type { Run, RunEvent } from '@/lib/runs/schemas';
import type { Machine } from './draw-machine';
import styles from './run-view.module.css';

/** What went into the selected state and came out of it, every event, and the machine's own text. */
export function RunDetails({ run, machine, selected }: { run: Run; machine: Machine; selected: string | undefined }) {
  const t = useTranslations('runs');
  const visit = run.visits.findLast((each) => each.state === selected);
  return (
    <div className={styles.details}>
      <Tabs
        label={t('details')}
        tabs={[
          {
            value: 'io',
            label: t('io'),
            content: (
              <div className={styles.io}>
                <Document title={t('inputOf', { state: selected ?? '–' })} text={visit?.input} />
                <Document title={t('outputOf', { state: selected ?? '–' })} text={visit?.output} />
              </div>
            ),
          },
          {
            value: 'events',
            label: (
              <>
                {t('events')} <Count>{run.events.length}</Count>
              </>
            ),
            content: <Events events={run.events} />,
          },
          {
            value: 'definition',
            label: t('definition'),
            content: <Document title={machine.name} text={machine.definition} />,
          },
        ]}
      />
    </div>
  );
}

function Document({ title, text }: { title: string; text: string | undefined }) {
  const t = useTranslations('runs');
  return (
    <div>
      <header>
        <b className="font-medium">{title}</b>
        <span className="grow" />
        {text !== undefined && <CopyButton text={text} />}
      </header>
      {text === undefined ? (
        <p className="faint px-4 pb-3">{t('nothingYet')}</p>
      ) : (
        <JsonView label={title} text={text} />
      )}
    </div>
  );
}

function Events({ events }: { events: readonly RunEvent[] }) {
  const t = useTranslations('runs');
  return (
    <Table label={t('events')}>
      <thead>
        <tr>
          <th scope="col" className="num">
            #
          </th>
          <th scope="col">{t('event')}</th>
          <th scope="col">{t('eventState')}</th>
          <th scope="col">{t('eventTime')}</th>
          <th scope="col" className="w-full">
            {t('eventSays')}
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td className="num faint">
              <Amount value={event.id} />
            </td>
            <td className="mono">{event.type}</td>
            <td>{event.state ?? event.resource ?? ''}</td>
            <td className="muted">
              <Time value={event.at} withSeconds />
            </td>
            <td className="faint max-w-120 overflow-hidden text-ellipsis" title={event.cause}>
              {[event.error, event.cause].filter(Boolean).join(': ')}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
