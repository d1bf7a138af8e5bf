import { synthesize } from '../provision/synthesize.ts';

/** Before all tests, so that those which need the template find it, and no two of them write it at once. */
export default async function synthesized(): Promise<void> {
  await synthesize();
}
