import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password';

test('takes as long for nobody as for somebody', async () => {
  const hash = await hashPassword('correct horse battery');
  const time = async (known: string | undefined) => {
    const before = performance.now();
    await verifyPassword('wrong', known);
    return performance.now() - before;
  };
  await time(hash);
  const [somebody, nobody] = [await time(hash), await time(undefined)];
  // Both are one bcrypt comparison of some 100 ms; a shortcut would take microseconds.
  expect(nobody).toBeGreaterThan(somebody / 4);
});
