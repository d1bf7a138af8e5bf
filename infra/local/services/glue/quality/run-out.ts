import { isOver, type QualityRun, TIMEOUT_MINUTES } from './quality-run.ts';

/** A run as Glue answers it. */
export function runOut(run: QualityRun) {
  const { id, dataSource, role, numberOfWorkers = 5, timeoutMinutes = TIMEOUT_MINUTES, work } = run;
  return {
    RunId: id,
    DataSource: dataSource,
    Role: role,
    NumberOfWorkers: numberOfWorkers,
    Timeout: timeoutMinutes,
    Status: run.status,
    ErrorString: run.errorString,
    StartedOn: run.startedAt / 1000,
    LastModifiedOn: run.modifiedAt / 1000,
    CompletedOn: run.completedAt === undefined ? undefined : run.completedAt / 1000,
    ExecutionTime: isOver(run) ? Math.round(((run.completedAt ?? run.modifiedAt) - run.startedAt) / 1000) : 0,
    ...(work.kind === 'evaluation'
      ? { RulesetNames: work.rulesetNames, ResultIds: run.resultIds, AdditionalRunOptions: work.options }
      : { CreatedRulesetName: work.createdRulesetName, RecommendedRuleset: run.recommendedRuleset }),
  };
}

/** A run in a listing. */
export function runSummary({ id, status, startedAt, dataSource }: QualityRun) {
  return { RunId: id, Status: status, StartedOn: startedAt / 1000, DataSource: dataSource };
}
