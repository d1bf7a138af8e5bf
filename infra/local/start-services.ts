import type { DataFolder } from './data-folder.ts';
import type { Engine } from './engine/engine.ts';
import { RecordedInside, type Recorder } from './recorder.ts';
import type { Service } from './service.ts';
import type { ServiceContext } from './service-context.ts';
import { type CloudFormationService, startCloudFormationService } from './services/cloudformation/index.ts';
import { type IamExtras, type IamService, startIamService } from './services/iam/index.ts';
import { type LogsService, startLogsService } from './services/logs/index.ts';
import type { OnJobRunChanged } from './services/states/integrations/integrations.ts';
import { startStsService } from './services/sts/index.ts';
import { Outbox } from './state/outbox.ts';

/** Services that may be left out; each brings those it needs. IAM, STS, CloudFormation and logs are always there. */
export type OptionalService = 's3' | 'cloudtrail' | 'glue' | 'athena' | 'lambda' | 'states' | 'events';

const NEEDS: Record<OptionalService, OptionalService[]> = {
  s3: [],
  cloudtrail: ['s3'],
  glue: ['s3'],
  athena: ['glue', 's3'],
  lambda: ['s3'],
  states: [],
  events: [],
};

export const ALL_SERVICES = Object.keys(NEEDS) as OptionalService[];

export interface CoreServices {
  iam: IamService;
  logs: LogsService;
  cloudformation: CloudFormationService;
}

/** Something that is closed with the lake. */
export interface Closable {
  close?(): Promise<void>;
}

export interface Starting {
  ctx: ServiceContext;
  recorder: Recorder;
  folder: DataFolder;
  /** Filled in order; what it holds so far can already be called. */
  services: Map<string, Service>;
  /** Closed in the opposite order, also when a later service fails to start. */
  closables: Closable[];
  queryMemory: string | undefined;
}

export async function startCoreServices(starting: Starting, extras: IamExtras): Promise<CoreServices> {
  const { ctx } = starting;
  const iam = register(starting, await startIamService(ctx, extras));
  register(starting, await startStsService(ctx, iam));
  const logs = register(starting, await startLogsService(ctx));
  const cloudformation = register(starting, await startCloudFormationService(ctx));
  return { iam, logs, cloudformation };
}

/**
 * Starts what is wanted, in the order of dependence. What resumes work at its start (executions, undelivered events)
 * comes last, when all that it calls is there. Modules are loaded only when wanted: an engine is heavy.
 */
export async function startOptionalServices(
  starting: Starting,
  core: CoreServices,
  wanted: OptionalService[],
): Promise<void> {
  const { ctx, folder } = starting;
  const isWanted = withNeeds(wanted);
  const outbox = new Outbox(ctx.state);
  const workFolder = folder.folder('work');
  let onJobRunChanged: OnJobRunChanged | undefined;
  // The engine's processes take the longest: they start while the other services do.
  const starts = isWanted.has('glue') ? startEngine(starting) : undefined;
  if (isWanted.has('s3')) {
    const { startS3Service } = await import('./services/s3/index.ts');
    const s3 = register(starting, await startS3Service(ctx, { folder: folder.folder('s3'), outbox }));
    const { store } = s3;
    if (isWanted.has('cloudtrail')) {
      const { startCloudTrailService } = await import('./services/cloudtrail/index.ts');
      const { recorder } = starting;
      const roleArnOf = (name: string) => core.iam.authority.roleArnOf(name);
      register(starting, await startCloudTrailService(ctx, { store, recorder, roleArnOf }));
    }
    if (starts) {
      const engine = await starts;
      const { startGlueService } = await import('./services/glue/index.ts');
      const glue = register(
        starting,
        await startGlueService(acting(starting, 'glue', true), { store, engine, workFolder, logs: core.logs }),
      );
      const { catalog } = glue;
      onJobRunChanged = (listener) => glue.onJobRunChanged(({ id, jobName }) => listener({ jobName, runId: id }));
      if (isWanted.has('athena')) {
        const { startAthenaService } = await import('./services/athena/index.ts');
        register(
          starting,
          await startAthenaService(acting(starting, 'athena', true), { store, engine, catalog, workFolder }),
        );
      }
    }
    if (isWanted.has('lambda')) {
      const { startLambdaService } = await import('./services/lambda/index.ts');
      register(
        starting,
        await startLambdaService(acting(starting, 'lambda'), {
          store,
          logs: core.logs,
          folder: folder.folder('lambda'),
        }),
      );
    }
  }
  if (isWanted.has('states')) {
    const { startStatesService } = await import('./services/states/index.ts');
    register(starting, await startStatesService(acting(starting, 'states'), { onJobRunChanged, outbox }));
  }
  if (isWanted.has('events')) {
    const { startEventsService } = await import('./services/events/index.ts');
    register(starting, await startEventsService(acting(starting, 'events'), { outbox }));
  }
}

/** The context of a service that acts for others: what it does for them stands in the trail as done by it for them. */
function acting({ ctx, recorder }: Starting, name: OptionalService, recordsAccess = false): ServiceContext {
  return { ...ctx, inside: new RecordedInside(ctx.inside, { name, recordsAccess }, recorder, ctx) };
}

function register<S extends Service>({ services, closables }: Starting, service: S): S {
  services.set(service.name, service);
  closables.push(service);
  return service;
}

function startEngine({ ctx, folder, closables, queryMemory }: Starting): Promise<Engine> {
  const starts = import('./engine/engine.ts').then(({ Engine }) =>
    Engine.start({ folder: folder.folder('engine'), log: ctx.log, memoryLimit: queryMemory }),
  );
  // Closed also when another service fails before this one is awaited; its own failure is told to who awaits it.
  closables.push({
    close: () =>
      starts.then(
        (engine) => engine.close(),
        () => undefined,
      ),
  });
  return starts;
}

function withNeeds(wanted: OptionalService[]): Set<OptionalService> {
  return new Set(wanted.flatMap((name) => [name, ...NEEDS[name]]));
}
