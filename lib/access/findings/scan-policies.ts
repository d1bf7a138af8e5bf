import 'server-only';
import { createHash } from 'node:crypto';
import type { Context } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { compareLines } from '@/lib/languages/compare/compare-lines.ts';
import { type Finding, findFindings, type PolicyDocumentOf } from '@/lib/languages/iam-policy/findings.ts';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';
import { getTrailStatus, listObservedCalls } from '@/lib/trail';
import { readBucketPolicy } from '../read-bucket-policy';
import { type PolicyText, readPrincipal, type UnreadPolicy } from '../read-principal';
import { listLakeRoles } from '../roles/lake-roles';
import { type Findings, type FoundFinding, OBSERVED_DAYS_MIN } from './schemas';

const READ_AT_ONCE = 4;
/** As far back as the trail is asked for what is used. */
const OBSERVED_DAYS = 30;
const DAY_MS = 86_400_000;

export type Scan = Omit<Findings, 'findings'> & { found: Omit<FoundFinding, 'acceptance'>[] };

interface ReadDocuments {
  documents: PolicyDocumentOf[];
  unread: Findings['unread'];
}

/** Reads the policies of every role of the lake and of its buckets, and looks at each statement. */
export async function scanPolicies(ctx: Context, now: number): Promise<Scan> {
  const [roles, { stateMachineArn, rawBucket, quarantineBucket, processedBucket, resultsBucket }] = await Promise.all([
    listLakeRoles(ctx),
    getLake(),
  ]);
  const buckets = [rawBucket, quarantineBucket, processedBucket, resultsBucket];
  const [ofRoles, ofBuckets, observed] = await Promise.all([
    withLimit(roles, READ_AT_ONCE, ({ roleName }) => documentsOfRole(ctx, roleName)),
    withLimit(buckets, READ_AT_ONCE, (bucket) => documentsOfBucket(ctx, bucket)),
    observedCalls(ctx),
  ]);
  const all = [...ofRoles, ...ofBuckets];
  const accountId = stateMachineArn.split(':')[4] ?? '';
  const documents = all.flatMap((each) => each.documents.map((document) => ({ ...document, accountId })));
  return {
    found: findFindings(documents, observed).map(withDiff),
    lookedAt: now,
    policies: documents.length,
    roles: roles.map(({ roleName }) => roleName),
    unread: all.flatMap((each) => each.unread),
    hasObserved: observed !== undefined,
  };
}

async function documentsOfRole(ctx: Context, roleName: string): Promise<ReadDocuments> {
  const { trust, identity, boundary, unread } = await readPrincipal(ctx, roleName);
  // What AWS would not take as a policy is among the unread: there is nothing in it to find.
  const isUnread = ({ name }: PolicyText) => unread.some((each) => each.name === name);
  const readable = [...identity, ...(boundary ? [boundary] : [])].filter((policy) => !isUnread(policy));
  return {
    documents: [trust, ...readable].map(({ name, kind, text }) => ({ name, kind, text, roleName })),
    unread: unread.map((each: UnreadPolicy) => ({ ...each, roleName })),
  };
}

async function documentsOfBucket(ctx: Context, bucket: string): Promise<ReadDocuments> {
  const { policy, unread } = await readBucketPolicy(ctx, bucket);
  return { documents: policy ? [{ ...policy, kind: 'resource' }] : [], unread };
}

/** Undefined where too little was recorded: then everything would seem unused. */
async function observedCalls(ctx: Context): Promise<ObservedCall[] | undefined> {
  const { startedAt } = await getTrailStatus(ctx);
  if (!startedAt || Date.now() - Date.parse(startedAt) < OBSERVED_DAYS_MIN * DAY_MS) return undefined;
  const calls = await listObservedCalls(ctx, { days: OBSERVED_DAYS });
  return calls.length > 0 ? calls : undefined;
}

function withDiff(finding: Finding): Omit<FoundFinding, 'acceptance'> {
  const { code, roleName, document, statement } = finding;
  const key = createHash('sha256')
    .update(JSON.stringify([code, roleName, document, statement]))
    .digest('hex');
  return { ...finding, key, diff: diffOf(finding) };
}

/** Of what only a person can write there is none. */
function diffOf({ remedy, statement, smaller }: Finding): FoundFinding['diff'] {
  if (remedy === 'narrow' || statement === '') return [];
  const [before, after] = [remedy === 'add' ? '' : pretty(statement), smaller ? pretty(smaller) : ''];
  return compareLines(before, after).hunks;
}

/** A line for each thing of a statement, so that a comparison shows the one that goes. */
const pretty = (json: string) => JSON.stringify(JSON.parse(json), null, 2);
