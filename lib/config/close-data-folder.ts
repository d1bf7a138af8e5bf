import 'server-only';
import { chmod, mkdir, stat } from 'node:fs/promises';

/** Makes the console's data folder, and keeps others out of it whatever the modes of what is inside; one of another user stays as it is. */
export async function closeDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = await stat(folder);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) await chmod(folder, 0o700);
}
