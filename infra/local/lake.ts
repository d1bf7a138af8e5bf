import { randomUUID } from 'node:crypto';
import { DataFolder } from './data-folder.ts';
import { Dispatch } from './dispatch.ts';
import { errorFields } from './log.ts';
import { runOperation } from './operations.ts';
import { Recorder } from './recorder.ts';
import { FrontDoor, type Handler } from './server.ts';
import {
  type Access,
  AwsError,
  type Caller,
  type CallInside,
  type Log,
  type Principal,
  type Service,
} from './service.ts';
import type { ServiceContext } from './service-context.ts';
import type { StackRecord } from './services/cloudformation/index.ts';
import {
  ALL_SERVICES,
  type Closable,
  type CoreServices,
  type OptionalService,
  type Starting,
  startCoreServices,
  startOptionalServices,
} from './start-services.ts';
import { State } from './state/state.ts';

export interface LakeOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string; // defaults to 127.0.0.1
  /** The lake's own folder, held exclusively. */
  dataFolder: string;
  region: string;
  account: string;
  rootAccessKey: { id: string; secret: string };
  log: Log;
  clock?: () => number; // defaults to the machine's
  newId?: () => string; // defaults to random UUIDs
  /** For tests that need a few services only; those that these need come with them. */
  services?: OptionalService[]; // defaults to all
  /** Memory of one query, `500MB`. */
  queryMemory?: string; // defaults to a share of the machine's
}

/** The local lake: its data folder, its services and the port they answer on. */
export class Lake implements CallInside {
  readonly #options: LakeOptions;
  readonly #folder: DataFolder;
  readonly #services = new Map<string, Service>();
  readonly #closables: Closable[] = [];
  readonly #gone = new AbortController();
  readonly #ready = Promise.withResolvers<void>();
  #state: State | undefined;
  #door: FrontDoor | undefined;
  #core: CoreServices | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: LakeOptions) {
    this.#options = options;
    // Whoever waits hears of a failed start from `start` itself.
    this.#ready.promise.catch(() => undefined);
    this.#folder = DataFolder.take(options.dataFolder);
  }

  /** Resolves when every service answers. What was started is closed again when a part fails to start. */
  static async start(options: LakeOptions): Promise<Lake> {
    const lake = new Lake(options);
    try {
      await lake.#start();
      lake.#ready.resolve();
      return lake;
    } catch (error) {
      lake.#ready.reject(error);
      await lake.close();
      throw error;
    }
  }

  get region(): string {
    return this.#options.region;
  }

  get account(): string {
    return this.#options.account;
  }

  get rootAccessKey(): LakeOptions['rootAccessKey'] {
    return this.#options.rootAccessKey;
  }

  get url(): string {
    if (!this.#door) throw new Error('the lake has no address before its port is open');
    return this.#door.url;
  }

  /** Keeps what a template has become, for CloudFormation's Describe operations. Resolves when that is durable. */
  recordStack(stack: StackRecord): Promise<void> {
    return this.#started.cloudformation.record(stack);
  }

  stack(name: string): StackRecord | undefined {
    return this.#started.cloudformation.find(name);
  }

  /** A service by its signing name, for what runs in this process. */
  service(name: string): Service | undefined {
    return this.#services.get(name);
  }

  async call<O = unknown>(service: string, operation: string, input: unknown, principal: Principal): Promise<O> {
    await this.#ready.promise;
    const found = this.#services.get(service);
    if (!found) throw new AwsError('UnknownOperationException', `The local lake has no service ${service}.`);
    const caller: Caller = { principal, requestId: this.#newId(), sourceIp: '127.0.0.1', signal: this.#gone.signal };
    return (await runOperation(found, operation, input, caller, this.#authorize)) as O;
  }

  authorize(principal: Principal, access: Access): void {
    this.#started.iam.authority.authorize(principal, access);
  }

  asRole(roleArn: string, service: string, sessionName: string): Principal {
    return this.#started.iam.authority.asRole(roleArn, service, sessionName);
  }

  /** Lets requests in flight finish, stops every service and gives the data folder back. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #start(): Promise<void> {
    const { port, host = '127.0.0.1', region, account, log, rootAccessKey, services = ALL_SERVICES } = this.#options;
    const clock = this.#options.clock ?? Date.now;
    const state = State.open(this.#folder.path);
    this.#state = state;
    let handle: Handler = () => undefined;
    // The port opens first, so that a taken one is told at once; requests wait until all services are there.
    this.#door = await FrontDoor.start({
      port,
      host,
      handle: (...exchange) =>
        void this.#ready.promise.then(
          () => handle(...exchange),
          // The lake could not start; closing it ends the connection.
          () => undefined,
        ),
    });
    const ctx: ServiceContext = {
      region,
      account,
      state,
      log,
      clock,
      newId: this.#newId,
      inside: this,
      endpoint: () => this.url,
    };
    const { queryMemory } = this.#options;
    const recorder = new Recorder();
    const starting: Starting = {
      ctx,
      recorder,
      folder: this.#folder,
      services: this.#services,
      closables: this.#closables,
      queryMemory,
    };
    this.#core = await startCoreServices(starting, { rootAccessKey, resourcePolicyOf: this.#resourcePolicyOf });
    const dispatch = new Dispatch({
      services: this.#services,
      identities: this.#core.iam.authority,
      authorize: this.#authorize,
      recorder,
      region,
      dataFolder: this.#folder.path,
      log,
      clock,
      newId: this.#newId,
    });
    handle = dispatch.handle;
    await startOptionalServices(starting, this.#core, services);
  }

  async #close(): Promise<void> {
    this.#gone.abort(new Error('the lake is closing'));
    await this.#door?.close();
    for (const closable of this.#closables.toReversed()) {
      await closable
        .close?.()
        .catch((error: unknown) => this.#options.log.error('a service did not close', errorFields(error)));
    }
    await this.#state?.close();
    this.#folder.release();
  }

  readonly #newId = (): string => (this.#options.newId ?? randomUUID)();

  readonly #authorize = ({ principal, sourceIp, userAgent }: Caller, access: Access): void =>
    this.#started.iam.authority.authorize(principal, access, { sourceIp, userAgent });

  /** The third part of an ARN is the service that has the resource. */
  readonly #resourcePolicyOf = (arn: string): string | undefined => {
    const service = arn.startsWith('arn:') ? arn.split(':', 3)[2] : undefined;
    return service ? this.#services.get(service)?.resourcePolicy?.(arn) : undefined;
  };

  get #started(): CoreServices {
    if (!this.#core) throw new Error('the lake is still starting');
    return this.#core;
  }
}
