/** A run of data quality: an evaluation of rulesets, or a recommendation of rules. Times are milliseconds since the epoch. */
import type { DataSource } from './data-source.ts';
import type { QualityResult } from './quality-result.ts';

export type RunStatus = 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED' | 'TIMEOUT';

export interface EvaluationRequest {
  kind: 'evaluation';
  rulesetNames: string[];
  options?: {
    CloudWatchMetricsEnabled?: boolean | undefined;
    ResultsS3Prefix?: string | undefined;
    CompositeRuleEvaluationMethod?: 'COLUMN' | 'ROW' | undefined;
  };
}

export interface RecommendationRequest {
  kind: 'recommendation';
  /** A ruleset of this name is made of what is recommended. */
  createdRulesetName?: string;
}

export interface RunRequest {
  dataSource: DataSource;
  role: string;
  numberOfWorkers?: number | undefined;
  timeoutMinutes?: number | undefined;
  clientToken?: string | undefined;
  work: EvaluationRequest | RecommendationRequest;
}

export interface QualityRun extends RunRequest {
  id: string;
  sequence: number;
  status: RunStatus;
  errorString?: string;
  startedAt: number;
  modifiedAt: number;
  completedAt?: number;
  resultIds?: string[];
  recommendedRuleset?: string;
}

/** What a run leaves, kept in the same commit as its end. */
export interface RunOutcome {
  results?: QualityResult[];
  recommendedRuleset?: string;
}

export const TIMEOUT_MINUTES = 2880;

export const isOver = ({ status }: QualityRun): boolean =>
  ['STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT'].includes(status);

/** Why a run cannot do its work, in words for the person who started it. */
export class QualityRunFailure extends Error {}
