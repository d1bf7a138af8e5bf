'use client';
import { Crash, type CrashProps } from '@/components/shell/crash';

export default function PageError(props: CrashProps) {
  return (
    <main>
      <Crash {...props} />
    </main>
  );
}
