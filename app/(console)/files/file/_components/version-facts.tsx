import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Amount, Bytes } from '@/components/ui/amount';
import { CopyButton } from '@/components/ui/copy-button';
import { type Fact, KeyValue } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import type { VersionDetails, VersionRef } from '@/lib/versions/schemas';
import { Who } from './who';

/** What S3 and the console know of a version; what they do not know has no line. */
export function VersionFacts({ version }: { version: VersionDetails }) {
  const t = useTranslations('versions');
  const { kind, currentId, versionId, etag, contentType, storageClass, encryption } = version;
  const isCurrent = kind === 'version' && currentId === versionId;
  const text = (label: string, value: string | undefined) => value && { label, value };
  const facts = [
    { label: t('details.state'), value: t(`details.is.${isCurrent ? 'current' : kind}`) },
    { label: t('by'), value: <Who entry={version} /> },
    { label: t('when'), value: <Time value={version.at} withSeconds /> },
    version.sizeBytes !== undefined && { label: t('size'), value: <Size bytes={version.sizeBytes} /> },
    { label: t('details.versionId'), value: <Copied text={versionId} /> },
    etag && { label: t('details.etag'), value: <Copied text={etag.replaceAll('"', '')} /> },
    ...version.checksums.map(({ algorithm, value, isOfParts }) => ({
      label: algorithm,
      value: <Copied text={value} note={isOfParts ? t('details.ofParts') : undefined} />,
    })),
    contentType && { label: t('details.contentType'), value: <span className="mono">{contentType}</span> },
    text(t('details.storageClass'), storageClass),
    text(t('details.encryption'), encryption),
    named(t('details.metadata'), version.metadata),
    named(t('details.tags'), version.tags),
    ...linksOf(version).map(({ label, to }) => ({ label: t(`details.${label}`), value: <VersionLink to={to} /> })),
  ];
  return <KeyValue items={facts.filter((fact): fact is Fact => Boolean(fact))} />;
}

/** The other versions that this one was made of, or became. */
function linksOf({ zone, key, writer, source, movedTo }: VersionDetails) {
  const restored = writer?.fromVersionId;
  return [
    ...(restored ? [{ label: 'restoredFrom' as const, to: { zone, key, versionId: restored } }] : []),
    ...(source ? [{ label: 'source' as const, to: source }] : []),
    ...(movedTo ? [{ label: 'movedTo' as const, to: movedTo }] : []),
  ];
}

function named(label: string, entries: Record<string, string>): Fact | undefined {
  const pairs = Object.entries(entries);
  if (pairs.length === 0) return undefined;
  const value = (
    <ul>
      {pairs.map(([name, each]) => (
        <li key={name} className="mono break-all">
          {name}: {each}
        </li>
      ))}
    </ul>
  );
  return { label, value };
}

function Size({ bytes }: { bytes: number }): ReactNode {
  const t = useTranslations('versions');
  return (
    <>
      <Bytes value={bytes} />{' '}
      <span className="faint">
        <Amount value={bytes} /> {t('details.bytes')}
      </span>
    </>
  );
}

function Copied({ text, note }: { text: string; note?: string | undefined }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <span className="mono break-all">{text}</span>
      {note && <span className="faint">{note}</span>}
      <CopyButton text={text} />
    </span>
  );
}

function VersionLink({ to: { zone, key, versionId } }: { to: VersionRef }) {
  const t = useTranslations('zones');
  return (
    <Link className="break-all" href={routes.file({ zone, key, version: versionId }) as Route}>
      {t(zone)} · <span className="mono">{`${key} · ${versionId.slice(0, 12)}`}</span>
    </Link>
  );
}
