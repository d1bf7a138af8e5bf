/** Next runs this once, before the first request is answered; not during a build. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startConsole } = await import('@/lib/config/start-console');
  await startConsole();
}
