import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth';
import { load, pageContext } from '@/lib/page';
import { fileName } from '@/lib/runs/run-name';
import { getFile, getFileVersion } from '@/lib/versions';
import type { GetFile, GetFileVersion } from '@/lib/versions/schemas';
import { FileView } from './_components/file-view';
import { VersionDetails } from './_components/version-details';
import { FileSearch } from './search-params';

interface FilePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: FilePageProps) {
  const t = await getTranslations('files');
  return { title: fileName(FileSearch.parse(await searchParams).key) || t('title') };
}

export default async function FilePage({ searchParams }: FilePageProps) {
  const { version, ...file } = FileSearch.parse(await searchParams);
  return (
    <Suspense
      key={`${file.zone} ${file.key} ${file.after} ${version}`}
      fallback={
        <div className="page">
          <Skeleton lines={12} />
        </div>
      }
    >
      <LoadedFile file={file} version={version} />
    </Suspense>
  );
}

async function LoadedFile({ file, version }: { file: GetFile; version: string | undefined }) {
  const [result, { role }] = await Promise.all([load(getFile, file), pageContext()]);
  if (!result.ok) {
    return (
      <div className="page">
        <h1 className="text-xl">{fileName(file.key)}</h1>
        <Failure error={result.error} />
      </div>
    );
  }
  const isEditable = file.zone === 'raw' || file.zone === 'quarantine';
  const may = {
    download: can(role, 'files:download'),
    restore: isEditable && can(role, 'files:restore'),
    delete: isEditable && can(role, 'files:delete'),
    rerun: file.zone === 'raw' && can(role, 'runs:start'),
  };
  return (
    <FileView file={result.data} version={version} may={may}>
      {version && (
        <Suspense fallback={<Skeleton lines={8} />}>
          <LoadedVersion zone={file.zone} fileKey={file.key} versionId={version} />
        </Suspense>
      )}
    </FileView>
  );
}

interface LoadedVersionProps extends Omit<GetFileVersion, 'key'> {
  fileKey: string;
}

async function LoadedVersion({ zone, fileKey, versionId }: LoadedVersionProps) {
  const result = await load(getFileVersion, { zone, key: fileKey, versionId });
  return result.ok ? <VersionDetails version={result.data} /> : <Failure error={result.error} />;
}
