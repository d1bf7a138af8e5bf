import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgePrefixes } from './access/acknowledge-prefixes.ts';
import { PeopleRoles, people } from './access/people-roles.ts';
import { LakeCatalog } from './catalog/lake-catalog.ts';
import { LakeLineage } from './lineage/lake-lineage.ts';
import { databaseName, stagedDatabaseName, versionsDatabaseName, zones } from './names.ts';
import { IngestPipeline } from './pipeline/ingest-pipeline.ts';
import { LakeQuery } from './query/lake-query.ts';
import { LakeReport } from './report/lake-report.ts';
import { LakeStorage } from './storage/lake-storage.ts';
import { LakeTrail } from './trail/lake-trail.ts';

/** The whole lake. What the console needs to know of it are its outputs. */
export class LakeStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, { description: 'Lacustre: zones, pipeline, catalog, queries and roles of a data lake', ...props });
    const storage = new LakeStorage(this, 'Storage');
    const catalog = new LakeCatalog(this, 'Catalog', { storage });
    const query = new LakeQuery(this, 'Query', { storage });
    const pipeline = new IngestPipeline(this, 'Pipeline', { storage, catalog, query });
    new LakeLineage(this, 'Lineage', { storage, catalog, pipeline });
    new LakeReport(this, 'Report', { storage, catalog, pipeline });
    const trail = new LakeTrail(this, 'Trail', { storage, catalog });
    const { roles } = new PeopleRoles(this, 'People', { storage, catalog, query, pipeline, trail });

    for (const zone of zones) this.#output(`${capital(zone)}Bucket`, storage.buckets[zone].bucketName);
    for (const person of people) this.#output(`${capital(person)}RoleArn`, roles[person].roleArn);
    this.#output('Database', databaseName);
    this.#output('VersionsDatabase', versionsDatabaseName);
    this.#output('StagedDatabase', stagedDatabaseName);
    this.#output('WorkGroup', query.workGroupName);
    this.#output('StateMachineArn', pipeline.stateMachine.stateMachineArn);
    this.#output('QualityFunction', pipeline.qualityFunction.functionName);
    this.#output('TransformJob', catalog.jobName);
    this.#output('Crawler', catalog.crawlerName);
    this.#output('TrailBucket', trail.bucket.bucketName);
    this.#output('TrailName', trail.trailName);
    acknowledgePrefixes(this);
  }

  #output(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
