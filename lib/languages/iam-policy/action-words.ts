/**
 * What actions do, in the words of a person who works with the lake. The first line that knows an action has it; what no
 * line knows is said by its raw name.
 */
const LINES = [
  ['readObjects', /^s3:Get(Object|ObjectVersion)(Tagging|Attributes|Acl|Torrent|Retention|LegalHold)?$/i],
  ['listBucket', /^s3:(ListBucket|ListBucketVersions|ListBucketMultipartUploads|GetBucketLocation)$/i],
  [
    'writeObjects',
    /^s3:(PutObject|PutObjectTagging|PutObjectVersionTagging|AbortMultipartUpload|ListMultipartUploadParts|RestoreObject)$/i,
  ],
  ['deleteObjects', /^s3:(DeleteObject|DeleteObjectTagging)$/i],
  ['deleteVersions', /^s3:(DeleteObjectVersion|DeleteObjectVersionTagging)$/i],
  ['readBucketSettings', /^s3:Get(Bucket|Encryption|Lifecycle|Replication|Accelerate|Inventory|Metrics)\w+$/i],
  ['changeBucketSettings', /^s3:(Put|Delete)(Bucket|Encryption|Lifecycle|Replication|Accelerate|Inventory)\w+$/i],
  ['listBuckets', /^s3:ListAllMyBuckets$/i],
  ['readTables', /^glue:(Get|BatchGet|Search)(Databases?|Tables?|TableVersions?|Partitions?|PartitionIndexes)$/i],
  ['writeTables', /^glue:(Batch)?(Create|Update)(Table|Partition|Database)$/i],
  ['deleteTables', /^glue:(Batch)?Delete(Table|TableVersion|Partition|Database)$/i],
  ['runJobs', /^glue:(StartJobRun|BatchStopJobRun)$/i],
  ['seeJobs', /^glue:(GetJobs?|BatchGetJobs|ListJobs|GetJobRuns?)$/i],
  ['changeJobs', /^glue:(Create|Update|Delete)Job$/i],
  ['runCrawlers', /^glue:(Start|Stop)Crawler$/i],
  ['seeCrawlers', /^glue:(GetCrawlers?|ListCrawlers|ListCrawls|BatchGetCrawlers|GetCrawlerMetrics)$/i],
  ['readRules', /^glue:(Get|List|BatchGet)DataQuality\w+$/i],
  ['writeRules', /^glue:(Create|Update|Delete|Start|Cancel|Publish)DataQuality\w+$/i],
  ['readTags', /^(glue:GetTags|\w+:ListTagsFor\w+|\w+:ListTags|iam:List\w+Tags)$/i],
  ['writeTags', /^\w+:(Un)?Tag(Resource|Role|User|Policy|Stream)$/i],
  [
    'runQueries',
    /^athena:(StartQueryExecution|StopQueryExecution|GetQueryExecution|BatchGetQueryExecution|GetQueryResults|GetQueryResultsStream|GetQueryRuntimeStatistics|ListQueryExecutions|GetWorkGroup)$/i,
  ],
  ['saveQueries', /^athena:\w*(NamedQuery|NamedQueries|PreparedStatement|PreparedStatements)$/i],
  ['startRuns', /^states:(StartExecution|StartSyncExecution|RedriveExecution)$/i],
  ['stopRuns', /^states:StopExecution$/i],
  [
    'seeRuns',
    /^states:(ListExecutions|DescribeExecution|GetExecutionHistory|DescribeStateMachine\w*|DescribeMapRun|ListMapRuns)$/i,
  ],
  ['answerTasks', /^states:SendTask\w+$/i],
  ['changeStateMachines', /^states:(Create|Update|Delete)StateMachine\w*$/i],
  ['invokeFunctions', /^lambda:Invoke(Function|Async|FunctionUrl)$/i],
  ['changeFunctions', /^lambda:(Create|Update|Delete|Publish)\w+$/i],
  ['seeFunctions', /^lambda:(Get|List)\w+$/i],
  ['sendEvents', /^events:PutEvents$/i],
  ['changeEventRules', /^events:(Put|Delete|Enable|Disable|Remove)\w+$/i],
  ['seeEventRules', /^events:(Describe|List)\w+$/i],
  ['writeLogs', /^logs:(CreateLogGroup|CreateLogStream|PutLogEvents|PutRetentionPolicy)$/i],
  ['readLogs', /^logs:(Get|Filter|Describe|StartQuery|StopQuery)\w*$/i],
  ['passRole', /^iam:PassRole$/i],
  ['seeRoles', /^iam:(Get|List|Simulate)\w+$/i],
  ['changePermissions', /^iam:\w+$/i],
  ['assumeRole', /^sts:AssumeRole(WithSAML|WithWebIdentity)?$/i],
  ['nameSession', /^sts:(TagSession|SetSourceIdentity|SetContext)$/i],
  ['seeIdentity', /^sts:Get(CallerIdentity|AccessKeyInfo)$/i],
  ['decrypt', /^kms:(Decrypt|DescribeKey)$/i],
  ['encrypt', /^kms:(Encrypt|GenerateDataKey\w*|ReEncrypt\w+)$/i],
  ['readStreams', /^kinesis:(Get|List|Describe|SubscribeTo)\w+$/i],
  ['writeStreams', /^(kinesis:PutRecords?|firehose:PutRecord(Batch)?)$/i],
  ['askModels', /^sagemaker:InvokeEndpoint\w*$/i],
  ['seeStacks', /^cloudformation:(Describe|Get|List)\w+$/i],
  ['seeTrail', /^cloudtrail:(Get|Describe|List|Lookup)\w+$/i],
] as const satisfies readonly (readonly [string, RegExp])[];

export type ActionWord =
  | (typeof LINES)[number][0]
  /** `*` */
  | 'everything'
  /** `s3:*` */
  | 'everythingOfService'
  /** Raw names. */
  | 'otherActions';

/** The word for one action of a policy, which may have stars. */
export function actionWord(action: string): ActionWord {
  if (action === '*' || action === '*:*') return 'everything';
  if (action.endsWith(':*')) return 'everythingOfService';
  return LINES.find(([, names]) => names.test(action))?.[0] ?? 'otherActions';
}
