import { type ReactNode, Suspense } from 'react';
import { AccessTabs } from './_components/access-tabs';
import { FindingsCount } from './_components/findings-count';

export default function AccessLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AccessTabs
        findings={
          <Suspense>
            <FindingsCount />
          </Suspense>
        }
      />
      {children}
    </>
  );
}
