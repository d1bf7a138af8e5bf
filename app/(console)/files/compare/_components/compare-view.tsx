'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Bytes } from '@/components/ui/amount';
import { Button, LinkButton } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress';
import type { CompareProblem, Comparison, OpaqueComparison } from '@/lib/languages/compare/comparison.ts';
import { routes } from '@/lib/routes';
import { TableComparisonView } from './table-comparison';
import { TextComparisonView } from './text-comparison';
import { type ComparisonState, useComparison } from './use-comparison';
import type { Pair } from './version-pickers';

interface CompareViewProps {
  pair: Pair;
  /** Columns that the person picked as key. */
  by: readonly string[];
  as: 'text' | undefined;
}

export function CompareView({ pair, by, as }: CompareViewProps) {
  const t = useTranslations('compare');
  const router = useRouter();
  const [isWanted, setIsWanted] = useState(true);
  const url = routes.compareVersions({ ...pair, by, as }).replace(/^\/files/, '/api/files');
  const state = useComparison(url, isWanted);
  if (!isWanted) {
    return (
      <Panel>
        <p className="mb-2">{t('cancelled')}</p>
        <Button onClick={() => setIsWanted(true)}>{t('again')}</Button>
      </Panel>
    );
  }
  if (state.error) return <Failure error={state.error} title={t('failed')} />;
  if (state.problem) return <Refused problem={state.problem} pair={pair} />;
  if (!state.comparison) return <Working state={state} onCancel={() => setIsWanted(false)} />;
  const look = (change: Partial<Pick<CompareViewProps, 'by' | 'as'>>) =>
    router.push(routes.compareVersions({ ...pair, by, as, ...change }) as Route);
  return <Found comparison={state.comparison} as={as} look={look} />;
}

interface FoundProps {
  comparison: Comparison;
  as: 'text' | undefined;
  look: (change: { by?: readonly string[]; as?: 'text' | undefined }) => void;
}

function Found({ comparison, as, look }: FoundProps) {
  const t = useTranslations('compare');
  if (comparison.type === 'table') {
    return (
      <TableComparisonView
        comparison={comparison}
        onPickKey={(by) => look({ by })}
        onText={() => look({ as: 'text', by: [] })}
      />
    );
  }
  if (comparison.type === 'opaque') return <OpaqueView comparison={comparison} />;
  return (
    <>
      <TextComparisonView comparison={comparison} />
      {as === 'text' && (
        <p>
          <Button onClick={() => look({ as: undefined })}>{t('asRows')}</Button>
        </p>
      )}
    </>
  );
}

function Working({ state, onCancel }: { state: ComparisonState; onCancel: () => void }) {
  const t = useTranslations('compare');
  const { progress } = state;
  const share = progress ? progress.readBytes / Math.max(1, progress.totalBytes) : 0;
  return (
    <Panel>
      <div className="grid max-w-xl gap-2" role="status">
        <p>
          {progress ? (
            <>
              {t(`reading.${progress.side}`)} <Bytes value={progress.readBytes} /> /{' '}
              <Bytes value={progress.totalBytes} />
            </>
          ) : (
            t('starting')
          )}
        </p>
        <ProgressBar label={t('progress')} share={share} state="running" />
        <p>
          <Button size="sm" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </p>
      </div>
    </Panel>
  );
}

function Refused({ problem, pair }: { problem: CompareProblem; pair: Pair }) {
  const t = useTranslations('compare');
  const sides = { side: 'side' in problem ? t(`side.${problem.side}`) : '' };
  const facts = {
    ...sides,
    column: 'column' in problem ? problem.column : '',
    limit: 'limit' in problem ? problem.limit : 0,
    message: 'message' in problem ? problem.message : '',
  };
  return (
    <ErrorPanel
      tone="rejected"
      title={t(`refused.${problem.code}`, facts)}
      body={t(`refusedTodo.${problem.code}`, facts)}
      actions={
        <>
          {problem.code === 'unreadable' && (
            <LinkButton variant="primary" href={routes.compareVersions({ ...pair, as: 'text' })}>
              {t('asText')}
            </LinkButton>
          )}
          {problem.code === 'key-unknown' && (
            <LinkButton variant="primary" href={routes.compareVersions(pair)}>
              {t('findKey')}
            </LinkButton>
          )}
          <LinkButton isDownload href={routes.download({ zone: pair.zone, key: pair.key, versionId: pair.from })}>
            {t('downloadFrom')}
          </LinkButton>
          <LinkButton isDownload href={routes.download({ zone: pair.zone, key: pair.key, versionId: pair.to })}>
            {t('downloadTo')}
          </LinkButton>
        </>
      }
    />
  );
}

function OpaqueView({ comparison: { mediaTypes, sizes, isSame } }: { comparison: OpaqueComparison }) {
  const t = useTranslations('compare');
  return (
    <Panel title={t(isSame ? 'opaque.same' : 'opaque.different')}>
      <dl className="kv">
        <dt>{t('opaque.type')}</dt>
        <dd>
          <span className="mono">{mediaTypes.from}</span> → <span className="mono">{mediaTypes.to}</span>
        </dd>
        <dt>{t('opaque.size')}</dt>
        <dd>
          <Bytes value={sizes.from} /> → <Bytes value={sizes.to} />
        </dd>
      </dl>
    </Panel>
  );
}
