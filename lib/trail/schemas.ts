import { z } from 'zod';
import type { TrailRecord } from '@/lib/languages/cloudtrail/record.ts';

export const OUTCOMES = ['succeeded', 'failed', 'denied'] as const;

/** As far back as the trail keeps records. */
export const TRAIL_DAYS_MAX = 400;

const Moment = z.iso.datetime({ offset: true });

export const ListTrailRecords = z.object({
  from: Moment,
  to: Moment,
  /** Anywhere in the record, whatever its case. */
  text: z.string().trim().max(200).optional(),
  /** A part of the name of who asked or of their role, whatever its case. */
  person: z.string().trim().max(200).optional(),
  /** `s3`, `glue`: what stands before `.amazonaws.com`. */
  service: z.string().trim().max(100).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  /** `next` of the page before. */
  after: z.string().max(500).optional(),
});
export type ListTrailRecords = z.input<typeof ListTrailRecords>;

export interface TrailRecordPage {
  /** Newest first. */
  records: TrailRecord[];
  /** Where the search goes on, further back; undefined when all of it was searched. */
  next?: string;
  /** How far back it came by now: ISO 8601. */
  searchedTo: string;
}

export const ListObservedCalls = z.object({
  roleName: z.string().min(1).max(64).optional(),
  days: z.coerce.number().int().min(1).max(90),
});
export type ListObservedCalls = z.input<typeof ListObservedCalls>;

export const VerifyTrailFiles = z.object({ days: z.coerce.number().int().min(1).max(TRAIL_DAYS_MAX) });
export type VerifyTrailFiles = z.input<typeof VerifyTrailFiles>;

export interface TrailStatus {
  trailName: string;
  bucket: string;
  isLogging: boolean;
  /** ISO 8601, as all times here; undefined before the first delivery. */
  deliveredAt?: string;
  digestAt?: string;
  /** AWS's own word for why files cannot be put into the bucket. */
  deliveryError?: string;
  digestError?: string;
  /** How long the newest file's first record waited to be delivered: calls of this last while are still on their way. */
  delaySeconds: number;
}
