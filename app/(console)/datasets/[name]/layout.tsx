import { type ReactNode, Suspense } from 'react';
import { DatasetHeader, PlainHeader } from './_components/dataset-header';

interface DatasetLayoutProps {
  params: Promise<{ name: string }>;
  children: ReactNode;
}

/** What every page of one dataset stands under: its name, what people say of it, and the tabs. */
export default async function DatasetLayout({ params, children }: DatasetLayoutProps) {
  const name = decodeURIComponent((await params).name);
  return (
    <>
      <Suspense key={name} fallback={<PlainHeader name={name} />}>
        <DatasetHeader name={name} />
      </Suspense>
      {children}
    </>
  );
}
