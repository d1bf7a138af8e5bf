'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { ErrorReport } from '@/lib/errors';
import type { ChangeIncident, IncidentDetail } from '@/lib/quality/incidents/schemas';
import { changeIncident } from '../../../actions';

interface IncidentActionsProps {
  incident: Pick<IncidentDetail, 'id' | 'state' | 'assignee' | 'mutedUntil'>;
  people: readonly { email: string; name: string }[];
  me: string;
}

const MUTES_DAYS = [1, 7, 30] as const;
const DAY_MS = 86_400_000;

/** What people do with an incident; what is written goes with the next of it. */
export function IncidentActions({ incident: { id, state, assignee, mutedUntil }, people, me }: IncidentActionsProps) {
  const t = useTranslations('incidents');
  const router = useRouter();
  const [text, setText] = useState('');
  const [error, setError] = useState<ErrorReport>();
  const [isPending, startTransition] = useTransition();
  const change = (input: ChangeIncident) =>
    startTransition(async () => {
      const result = await changeIncident(input);
      setError(result.ok ? undefined : result.error);
      if (result.ok) setText('');
      router.refresh();
    });
  const said = text.trim() ? { text } : {};
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        {state === 'open' && (
          <Button isPending={isPending} onClick={() => change({ verb: 'acknowledge', id })}>
            {t('verbs.acknowledge')}
          </Button>
        )}
        {state !== 'resolved' ? (
          <Button variant="primary" isPending={isPending} onClick={() => change({ verb: 'resolve', id, ...said })}>
            {t('verbs.resolve')}
          </Button>
        ) : (
          <Button variant="primary" isPending={isPending} onClick={() => change({ verb: 'reopen', id, ...said })}>
            {t('verbs.reopen')}
          </Button>
        )}
        {assignee !== me && (
          <Button isPending={isPending} onClick={() => change({ verb: 'assign', id, to: me })}>
            {t('verbs.assignMe')}
          </Button>
        )}
      </div>
      <Field label={t('assignee')}>
        {(control) => (
          <Select
            {...control}
            value={assignee ?? ''}
            onChange={(event) => change({ verb: 'assign', id, to: event.target.value || null })}
          >
            <option value="">{t('nobody')}</option>
            {assignee && !people.some(({ email }) => email === assignee) && (
              <option value={assignee}>{assignee}</option>
            )}
            {people.map(({ email, name }) => (
              <option key={email} value={email}>
                {name} ({email})
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('comment')} hint={t('commentHint')}>
        {(control) => (
          <textarea
            {...control}
            className="input !h-20 py-1"
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button
          size="sm"
          isPending={isPending}
          isDisabled={!text.trim()}
          onClick={() => change({ verb: 'comment', id, text })}
        >
          {t('verbs.comment')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as an inline control in every browser. */}
      <div className="flex flex-wrap items-center gap-2" role="group" aria-label={t('mute')}>
        <span className="muted text-xs">{t('mute')}</span>
        {mutedUntil ? (
          <Button size="sm" isPending={isPending} onClick={() => change({ verb: 'unmute', id })}>
            {t('verbs.unmute')}
          </Button>
        ) : (
          MUTES_DAYS.map((days) => (
            <Button
              key={days}
              size="sm"
              isPending={isPending}
              onClick={() => change({ verb: 'mute', id, until: new Date(Date.now() + days * DAY_MS).toISOString() })}
            >
              {t('muteDays', { count: days })}
            </Button>
          ))
        )}
      </div>
      <p className="faint text-xs">{t('muteHint')}</p>
      {error && <Failure error={error} isInForm />}
    </div>
  );
}
