import {
  CreateCrawlerCommand,
  type CreateCrawlerCommandInput,
  CreateDatabaseCommand,
  CreateJobCommand,
  type CreateJobCommandInput,
  type DatabaseInput,
  UpdateCrawlerCommand,
  UpdateDatabaseCommand,
  UpdateJobCommand,
} from '@aws-sdk/client-glue';
import { createOrUpdate, resource } from '../resource.ts';

/** `AWS::Glue::Database`. */
export const database = resource<{ DatabaseInput: DatabaseInput & { Name: string } }>(
  async ({ DatabaseInput }, _id, { clients: { glue } }) => {
    await createOrUpdate(
      ['AlreadyExistsException'],
      () => glue.send(new CreateDatabaseCommand({ DatabaseInput })),
      () => glue.send(new UpdateDatabaseCommand({ Name: DatabaseInput.Name, DatabaseInput })),
    );
    return { ref: DatabaseInput.Name, attributes: {} };
  },
);

/** `AWS::Glue::Job`. */
export const job = resource<CreateJobCommandInput & { Name: string }>(
  async (properties, _id, { clients: { glue } }) => {
    const { Name, ...JobUpdate } = properties;
    await createOrUpdate(
      ['AlreadyExistsException', 'IdempotentParameterMismatchException'],
      () => glue.send(new CreateJobCommand(properties)),
      () => glue.send(new UpdateJobCommand({ JobName: Name, JobUpdate })),
    );
    return { ref: Name, attributes: {} };
  },
);

/** `AWS::Glue::Crawler`. */
export const crawler = resource<CreateCrawlerCommandInput & { Name: string }>(
  async (properties, _id, { clients: { glue } }) => {
    await createOrUpdate(
      ['AlreadyExistsException'],
      () => glue.send(new CreateCrawlerCommand(properties)),
      () => glue.send(new UpdateCrawlerCommand(properties)),
    );
    return { ref: properties.Name, attributes: {} };
  },
);
