import type { Engine } from '../../../engine/engine.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { ObjectStore } from '../../s3/object-store.ts';
import { roleArn } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { runTransform } from '../transform/run-transform.ts';
import { isTransform, parseTransformArguments } from '../transform/transform-arguments.ts';
import type { Job } from './job.ts';
import { JobFiles } from './job-files.ts';
import { JobFailure, type JobRun } from './job-run.ts';
import type { ExecuteRun } from './job-runs.ts';

export interface ExecuteRunOptions {
  ctx: ServiceContext;
  store: ObjectStore;
  engine: Engine;
  catalog: Catalog;
  /** Each run has a folder of its own in it. */
  workFolder: string;
  /** Keeps one line of a run. */
  print: (run: JobRun, message: string) => void;
}

/** Returns what does the work of a run, as the job's role. */
export function executeRun(options: ExecuteRunOptions): ExecuteRun {
  const { ctx, store, engine, catalog } = options;
  return async (run, job, signal) => {
    const args = { ...job.DefaultArguments, ...run.arguments, ...job.NonOverridableArguments };
    if (!isTransform(args)) throw noSpark(job);
    const principal = ctx.inside.asRole(
      roleArn(ctx.account, job.Role),
      'glue.amazonaws.com',
      `GlueJobRunnerSession-${run.id.slice(-16)}`,
    );
    await runTransform({
      args: parseTransformArguments(args),
      files: new JobFiles({ store, inside: ctx.inside, principal }),
      catalog,
      engine,
      workFolder: `${options.workFolder}/${run.id}`,
      signal,
      log: (message) => options.print(run, message),
    });
  };
}

function noSpark({ Name, Command }: Job): JobFailure {
  const script = Command.ScriptLocation ? `its script ${Command.ScriptLocation}` : 'its script';
  return new JobFailure(
    `Job ${Name} cannot run here: this lake has no Spark to run ${script}. It runs the transform job (arguments --dataset, --contract, --processed, …).`,
  );
}
