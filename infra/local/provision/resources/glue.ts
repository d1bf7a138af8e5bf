import {
  CreateClassifierCommand,
  type CreateClassifierCommandInput,
  CreateCrawlerCommand,
  type CreateCrawlerCommandInput,
  CreateDatabaseCommand,
  CreateDataQualityRulesetCommand,
  type CreateDataQualityRulesetCommandInput,
  CreateJobCommand,
  type CreateJobCommandInput,
  type DatabaseInput,
  TagResourceCommand,
  UpdateClassifierCommand,
  UpdateCrawlerCommand,
  UpdateDatabaseCommand,
  UpdateDataQualityRulesetCommand,
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

/** CloudFormation writes some names otherwise than the API does. */
interface ClassifierProperties {
  CsvClassifier?: CreateClassifierCommandInput['CsvClassifier'] & { ContainsCustomDatatype?: string[] };
  GrokClassifier?: CreateClassifierCommandInput['GrokClassifier'];
  JsonClassifier?: CreateClassifierCommandInput['JsonClassifier'];
  XMLClassifier?: CreateClassifierCommandInput['XMLClassifier'];
}

/** `AWS::Glue::Classifier`. */
export const classifier = resource<ClassifierProperties>(async (properties, _id, { clients: { glue } }) => {
  const { CsvClassifier, ...others } = properties;
  const { ContainsCustomDatatype, ...csv } = CsvClassifier ?? {};
  const input = {
    ...others,
    ...(CsvClassifier && { CsvClassifier: { CustomDatatypes: ContainsCustomDatatype, ...csv } }),
  } as CreateClassifierCommandInput;
  await createOrUpdate(
    ['AlreadyExistsException'],
    () => glue.send(new CreateClassifierCommand(input)),
    () => glue.send(new UpdateClassifierCommand(input)),
  );
  const [definition] = Object.values(input);
  return { ref: definition?.Name ?? '', attributes: {} };
});

/** `AWS::Glue::DataQualityRuleset`. */
export const dataQualityRuleset = resource<CreateDataQualityRulesetCommandInput & { Name: string; Ruleset: string }>(
  async ({ ClientToken: _token, ...properties }, _id, { clients: { glue }, region, account }) => {
    const { Name, Description, Ruleset, Tags } = properties;
    await createOrUpdate(
      ['AlreadyExistsException'],
      () => glue.send(new CreateDataQualityRulesetCommand(properties)),
      () => glue.send(new UpdateDataQualityRulesetCommand({ Name, Description, Ruleset })),
    );
    if (Tags) {
      const ResourceArn = `arn:aws:glue:${region}:${account}:dataQualityRuleset/${Name}`;
      await glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd: Tags }));
    }
    return { ref: Name, attributes: {} };
  },
);
