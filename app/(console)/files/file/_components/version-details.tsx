import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ProblemTable } from '@/components/table/problem-table';
import { Amount, Bytes } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { type Fact, KeyValue } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import { shortRunId } from '@/lib/runs/run-name';
import type { VersionDetails as Details, VersionRef } from '@/lib/versions/schemas';
import { Who } from './who';

/** One version's page: where its bytes came from, and what became of them. */
export async function VersionDetails({ version }: { version: Details }) {
  const t = await getTranslations('versions');
  const title = (
    <>
      {t('versionOf')} <Time value={version.at} withSeconds />
    </>
  );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title={title} actions={<VersionActions version={version} />}>
        <KeyValue items={await factsOf(version)} />
      </Panel>
      <Became version={version} />
    </div>
  );
}

async function VersionActions({ version }: { version: Details }) {
  const t = await getTranslations('versions');
  const { zone, key, versionId, kind, currentId } = version;
  return (
    <>
      {kind === 'version' && currentId && currentId !== versionId && (
        <LinkButton size="sm" href={routes.compareVersions({ zone, key, from: versionId, to: currentId })}>
          {t('compareWithCurrent')}
        </LinkButton>
      )}
      {kind === 'version' && (
        <LinkButton size="sm" isDownload href={routes.download({ zone, key, versionId })}>
          {t('download')}
        </LinkButton>
      )}
      <LinkButton size="sm" variant="ghost" href={routes.file({ zone, key })}>
        {t('details.close')}
      </LinkButton>
    </>
  );
}

async function factsOf(version: Details): Promise<Fact[]> {
  const t = await getTranslations('versions');
  const mono = (text: string) => (
    <span className="inline-flex flex-wrap items-center gap-1">
      <span className="mono break-all">{text}</span>
      <CopyButton text={text} />
    </span>
  );
  const named = (entries: Record<string, string>) => (
    <ul>
      {Object.entries(entries).map(([name, value]) => (
        <li key={name} className="mono break-all">
          {name}: {value}
        </li>
      ))}
    </ul>
  );
  const facts: (Fact | false | undefined)[] = [
    {
      label: t('details.state'),
      value: t(
        `details.is.${version.currentId === version.versionId && version.kind === 'version' ? 'current' : version.kind}`,
      ),
    },
    { label: t('by'), value: <Who entry={version} /> },
    {
      label: t('when'),
      value: <Time value={version.at} withSeconds />,
    },
    version.sizeBytes !== undefined && {
      label: t('size'),
      value: (
        <>
          <Bytes value={version.sizeBytes} />{' '}
          <span className="faint">
            <Amount value={version.sizeBytes} /> {t('details.bytes')}
          </span>
        </>
      ),
    },
    { label: t('details.versionId'), value: mono(version.versionId) },
    version.etag ? { label: t('details.etag'), value: mono(version.etag.replaceAll('"', '')) } : undefined,
    ...version.checksums.map(({ algorithm, value, isOfParts }) => ({
      label: algorithm,
      value: (
        <>
          {mono(value)} {isOfParts && <span className="faint">{t('details.ofParts')}</span>}
        </>
      ),
    })),
    version.contentType
      ? { label: t('details.contentType'), value: <span className="mono">{version.contentType}</span> }
      : undefined,
    version.storageClass ? { label: t('details.storageClass'), value: version.storageClass } : undefined,
    version.encryption ? { label: t('details.encryption'), value: version.encryption } : undefined,
    Object.keys(version.metadata).length > 0 && { label: t('details.metadata'), value: named(version.metadata) },
    Object.keys(version.tags).length > 0 && { label: t('details.tags'), value: named(version.tags) },
    version.writer?.fromVersionId
      ? {
          label: t('details.restoredFrom'),
          value: await versionLink({ zone: version.zone, key: version.key, versionId: version.writer.fromVersionId }),
        }
      : undefined,
    version.source && { label: t('details.source'), value: await versionLink(version.source) },
    version.movedTo && { label: t('details.movedTo'), value: await versionLink(version.movedTo) },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

async function versionLink(ref: VersionRef): Promise<ReactNode> {
  const t = await getTranslations('zones');
  const { zone, key, versionId } = ref;
  return (
    <Link className="break-all" href={routes.file({ zone, key, version: versionId }) as Route}>
      {t(zone)} · <span className="mono">{`${key} · ${versionId.slice(0, 12)}`}</span>
    </Link>
  );
}

/** The verdict, the run, and the tables. */
async function Became({ version: { zone, run, verdict, tables = [] } }: { version: Details }) {
  const t = await getTranslations();
  if (!run || !verdict) {
    return (
      <Panel title={t('versions.became.title')}>
        <p className="muted">{t(zone === 'results' ? 'versions.became.noneResults' : 'versions.became.none')}</p>
      </Panel>
    );
  }
  return (
    <div className="grid min-w-0 gap-4">
      <Panel title={t('versions.became.title')}>
        <KeyValue
          items={[
            {
              label: t(zone === 'raw' ? 'versions.became.run' : 'versions.became.madeBy'),
              value: (
                <span className="inline-flex flex-wrap items-center gap-2">
                  {run.state && <State state={run.state}>{t(`states.${run.state}`)}</State>}
                  {run.state ? (
                    <Link href={routes.run(run.id) as Route}>{t('versions.run', { id: shortRunId(run.id) })}</Link>
                  ) : (
                    <span className="muted">{t('versions.became.forgotten', { id: shortRunId(run.id) })}</span>
                  )}
                </span>
              ),
            },
            { label: t('versions.became.verdict'), value: t(`versions.verdict.${verdict.status}`) },
            ...(verdict.rowsChecked > 0
              ? [
                  {
                    label: t('versions.became.checked'),
                    value: (
                      <>
                        <Amount value={verdict.rowsChecked} /> {t('versions.downstream.rows')}
                      </>
                    ),
                  },
                ]
              : []),
            ...(run.rows === undefined
              ? []
              : [{ label: t('versions.became.rowsOut'), value: <Amount value={run.rows} /> }]),
          ]}
        />
      </Panel>
      {tables.length > 0 && (
        <Panel isFlush title={t('versions.became.tables')} aside={tables.length}>
          <Table label={t('versions.became.tables')}>
            <thead>
              <tr>
                <th scope="col" className="w-full">
                  {t('versions.became.table')}
                </th>
                <th scope="col" className="num">
                  {t('versions.became.rowsThen')}
                </th>
              </tr>
            </thead>
            <tbody>
              {tables.map((table) => (
                <tr key={table.name}>
                  <td>
                    {table.isThere ? (
                      <Link className="mono" href={routes.dataset(table.name) as Route}>
                        {table.name}
                      </Link>
                    ) : (
                      <span className="mono">{table.name}</span>
                    )}
                  </td>
                  <td className="num">
                    <Amount value={table.rows} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Panel>
      )}
      {verdict.problems.length > 0 && (
        <Panel isFlush title={t('versions.became.problems')} aside={verdict.problemCount}>
          <ProblemTable label={t('versions.became.problems')} problems={verdict.problems} />
        </Panel>
      )}
    </div>
  );
}
