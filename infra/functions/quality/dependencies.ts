import type { AthenaClient } from '@aws-sdk/client-athena';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import type { QualityEnvironment } from '../environment.ts';

export interface Dependencies {
  s3: S3Client;
  glue: GlueClient;
  athena: AthenaClient;
  environment: QualityEnvironment;
  now: () => Date;
  newId: () => string;
}
