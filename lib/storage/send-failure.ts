/**
 * `offline`, `unreachable`, `stalled`: the network. `refused`: S3 said no. `unreadable`: the file cannot be read (any
 * more). `differs`: what S3 holds of an earlier beginning was made of other bytes.
 */
export type SendFailureReason = 'offline' | 'unreachable' | 'stalled' | 'refused' | 'unreadable' | 'differs';

export interface SendFailureDetails {
  /** Which part it was, of how many, and how often it was tried. */
  part?: number;
  parts?: number;
  tries?: number;
  /** What S3 answered. */
  status?: number;
  code?: string;
  said?: string;
}

/** Why bytes did not get from this computer to S3. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  readonly reason: SendFailureReason;
  readonly details: SendFailureDetails;

  constructor(reason: SendFailureReason, details: SendFailureDetails = {}, cause?: unknown) {
    super([reason, details.code, details.said].filter(Boolean).join(': '), { cause });
    this.reason = reason;
    this.details = details;
  }

  /** Trying the same again cannot help. */
  get isFinal(): boolean {
    return this.reason === 'unreadable' || this.reason === 'differs' || this.isGone;
  }

  /** S3 has forgotten the upload: it was given up elsewhere, or swept by the bucket's rule. */
  get isGone(): boolean {
    return this.details.code === 'NoSuchUpload';
  }
}

/** Adds which part it was about. */
export function ofPart(cause: unknown, details: SendFailureDetails): unknown {
  return cause instanceof SendFailure ? new SendFailure(cause.reason, { ...cause.details, ...details }, cause) : cause;
}
