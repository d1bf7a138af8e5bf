import { z } from 'zod';
import type { State, Table } from '../../state/state.ts';
import { invalidRequest } from './errors.ts';

export const WorkGroupName = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,128}$/, 'must be 1 to 128 letters, digits, dots, dashes or underscores');

const EncryptionConfiguration = z.object({ EncryptionOption: z.string(), KmsKey: z.string().optional() });

export const ResultConfiguration = z.object({
  OutputLocation: z.string().optional(),
  EncryptionConfiguration: EncryptionConfiguration.optional(),
  ExpectedBucketOwner: z.string().optional(),
  AclConfiguration: z.object({ S3AclOption: z.string() }).optional(),
});

/** The least cut-off that Athena takes: https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html */
const BytesScannedCutoff = z.number().int().min(10_000_000);

const EngineVersion = z.object({
  SelectedEngineVersion: z.string().optional(),
  EffectiveEngineVersion: z.string().optional(),
});

export const WorkGroupConfiguration = z.object({
  ResultConfiguration: ResultConfiguration.optional(),
  EnforceWorkGroupConfiguration: z.boolean().optional(),
  PublishCloudWatchMetricsEnabled: z.boolean().optional(),
  BytesScannedCutoffPerQuery: BytesScannedCutoff.optional(),
  RequesterPaysEnabled: z.boolean().optional(),
  EngineVersion: EngineVersion.optional(),
});
export type WorkGroupConfiguration = z.infer<typeof WorkGroupConfiguration>;

export const WorkGroupConfigurationUpdates = WorkGroupConfiguration.omit({ ResultConfiguration: true }).extend({
  RemoveBytesScannedCutoffPerQuery: z.boolean().optional(),
  ResultConfigurationUpdates: ResultConfiguration.extend({
    RemoveOutputLocation: z.boolean().optional(),
    RemoveEncryptionConfiguration: z.boolean().optional(),
    RemoveExpectedBucketOwner: z.boolean().optional(),
  }).optional(),
});
export type WorkGroupConfigurationUpdates = z.infer<typeof WorkGroupConfigurationUpdates>;

export interface WorkGroup {
  name: string;
  state: 'ENABLED' | 'DISABLED';
  description?: string | undefined;
  configuration: WorkGroupConfiguration;
  createdAt: number;
  tags: Record<string, string>;
}

export const EFFECTIVE_ENGINE_VERSION = 'Athena engine version 3';

const PRIMARY = 'primary';

/** Work groups. `primary` is always there, as in every account. */
export class WorkGroups {
  readonly #state: State;
  readonly #groups: Table<WorkGroup>;

  constructor(state: State) {
    this.#state = state;
    this.#groups = state.table('athena.work-groups');
  }

  find(name: string): WorkGroup | undefined {
    return this.#groups.get([name]) ?? (name === PRIMARY ? primary() : undefined);
  }

  get(name: string): WorkGroup {
    const group = this.find(name);
    if (!group) throw invalidRequest('WorkGroup is not found.');
    return group;
  }

  list(): WorkGroup[] {
    const stored = Array.from(this.#groups.range(), ({ value }) => value);
    return stored.some(({ name }) => name === PRIMARY) ? stored : [primary(), ...stored];
  }

  create(group: WorkGroup): Promise<void> {
    return this.#state.commit(() => {
      if (this.find(group.name)) throw invalidRequest('WorkGroup is already created');
      this.#groups.put([group.name], { ...group, configuration: withDefaults(group.configuration) });
    });
  }

  update(name: string, change: (group: WorkGroup) => WorkGroup): Promise<void> {
    return this.#state.commit(() => this.#groups.put([name], change(this.get(name))));
  }

  delete(name: string): Promise<void> {
    return this.#state.commit(() => {
      if (name === PRIMARY) throw invalidRequest('The primary workgroup cannot be deleted');
      this.get(name);
      this.#groups.remove([name]);
    });
  }
}

export function updateConfiguration(
  current: WorkGroupConfiguration,
  updates: WorkGroupConfigurationUpdates,
): WorkGroupConfiguration {
  const { RemoveBytesScannedCutoffPerQuery, ResultConfigurationUpdates, ...changed } = updates;
  const updated: WorkGroupConfiguration = { ...current, ...defined(changed) };
  if (RemoveBytesScannedCutoffPerQuery) delete updated.BytesScannedCutoffPerQuery;
  if (!ResultConfigurationUpdates) return updated;
  const { RemoveOutputLocation, RemoveEncryptionConfiguration, RemoveExpectedBucketOwner, ...set } =
    ResultConfigurationUpdates;
  const result = { ...current.ResultConfiguration, ...defined(set) };
  if (RemoveOutputLocation) delete result.OutputLocation;
  if (RemoveEncryptionConfiguration) delete result.EncryptionConfiguration;
  if (RemoveExpectedBucketOwner) delete result.ExpectedBucketOwner;
  return { ...updated, ResultConfiguration: result };
}

function withDefaults(configuration: WorkGroupConfiguration): WorkGroupConfiguration {
  return {
    EnforceWorkGroupConfiguration: true,
    PublishCloudWatchMetricsEnabled: true,
    RequesterPaysEnabled: false,
    ...defined(configuration),
  };
}

function primary(): WorkGroup {
  const configuration = {
    EnforceWorkGroupConfiguration: false,
    PublishCloudWatchMetricsEnabled: false,
    RequesterPaysEnabled: false,
  };
  return { name: PRIMARY, state: 'ENABLED', configuration, createdAt: 0, tags: {} };
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}
