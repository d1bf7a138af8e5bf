/** How next-auth hands the seconds to wait to the sign-in page: the text of an error is all that it passes on. Client-safe. */
const LOCKED = /^LOCKED (\d{1,6})$/;

export function lockedError(seconds: number): Error {
  return new Error(`LOCKED ${seconds}`);
}

/** Returns the seconds to wait, or undefined where the error is another one. */
export function lockedSeconds(error: string | null | undefined): number | undefined {
  const seconds = LOCKED.exec(error ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
