import type { ReactNode } from 'react';
import { AccessTabs } from './_components/access-tabs';

export default function AccessLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AccessTabs />
      {children}
    </>
  );
}
