/** Why the lake cannot start, as a sentence for the person who started it: what, where, what to do. */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartError';
  }
}
