import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { entityNotFound } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';
import type { Annotation, Annotations } from '../quality/annotations.ts';
import type { QualityResults } from '../quality/quality-results.ts';
import { isBetween } from '../quality/rulesets.ts';
import { type Statistic, statisticOut } from '../quality/statistic.ts';

const Id = z.string().min(1).max(255);
const Inclusion = z.enum(['INCLUDE', 'EXCLUDE']);
const Listing = z.object({
  StatisticId: Id.optional(),
  ProfileId: Id.optional(),
  TimestampFilter: z
    .object({ RecordedBefore: z.number().optional(), RecordedAfter: z.number().optional() })
    .default({}),
  ...Paging,
});
type Listing = z.infer<typeof Listing>;

interface Dependencies {
  results: QualityResults;
  annotations: Annotations;
  arns: GlueArns;
  clock: () => number;
}

export function dataQualityStatisticOperations(dependencies: Dependencies): Record<string, Operation> {
  const { results, annotations, arns, clock } = dependencies;
  const annotated = (statistic: Statistic, value: Annotation['value']): Annotation => ({
    profileId: statistic.profileId,
    statisticId: statistic.id,
    value,
    recordedAt: statistic.recordedAt,
    modifiedAt: clock(),
  });
  return {
    ListDataQualityStatistics: operation({
      input: Listing,
      // https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html
      access: () => arns.onRuleset('GetDataQualityResult', '*'),
      run: ({ TimestampFilter, ...input }) => {
        const found = results
          .listStatistics()
          .filter(({ id, profileId, recordedAt }) =>
            isWanted({ ...input, TimestampFilter }, id, profileId, recordedAt),
          );
        const { items, NextToken } = pageOf(found, input, ({ id, profileId }) => `${profileId}/${id}`);
        const Statistics = items.map((statistic) => ({
          ...statisticOut(statistic),
          InclusionAnnotation: annotationOut(annotations.find(statistic.profileId, statistic.id)),
        }));
        return { Statistics, NextToken };
      },
    }),
    ListDataQualityStatisticAnnotations: operation({
      input: Listing,
      access: () => arns.onRuleset('GetDataQualityResult', '*'),
      run: (input) => {
        const found = annotations
          .list()
          .filter((one) => isWanted(input, one.statisticId, one.profileId, one.recordedAt));
        const id = ({ profileId, statisticId }: Annotation) => `${profileId}/${statisticId}`;
        const { items, NextToken } = pageOf(found, input, id);
        const Annotations = items.map((one) => ({
          ProfileId: one.profileId,
          StatisticId: one.statisticId,
          StatisticRecordedOn: one.recordedAt / 1000,
          InclusionAnnotation: annotationOut(one),
        }));
        return { Annotations, NextToken };
      },
    }),
    BatchPutDataQualityStatisticAnnotation: operation({
      input: z.object({
        InclusionAnnotations: z
          .array(z.object({ ProfileId: Id, StatisticId: Id, InclusionAnnotation: Inclusion }))
          .max(100),
        ClientToken: z.string().optional(),
      }),
      access: () => arns.onRuleset('PutDataQualityStatisticAnnotation', '*'),
      run: async ({ InclusionAnnotations }) => {
        const statistics = new Map(results.listStatistics().map((one) => [`${one.profileId}/${one.id}`, one]));
        const asked = InclusionAnnotations.map((one) => ({
          ...one,
          statistic: statistics.get(`${one.ProfileId}/${one.StatisticId}`),
        }));
        await annotations.put(
          asked.flatMap(({ statistic, InclusionAnnotation: value }) => (statistic ? annotated(statistic, value) : [])),
        );
        const FailedInclusionAnnotations = asked
          .filter(({ statistic }) => !statistic)
          .map(({ ProfileId, StatisticId }) => ({
            ProfileId,
            StatisticId,
            FailureReason: `Statistic ${StatisticId} of profile ${ProfileId} not found.`,
          }));
        return { FailedInclusionAnnotations };
      },
    }),
    PutDataQualityProfileAnnotation: operation({
      input: z.object({ ProfileId: Id, InclusionAnnotation: Inclusion }),
      access: () => arns.onRuleset('PutDataQualityProfileAnnotation', '*'),
      run: async ({ ProfileId, InclusionAnnotation: value }) => {
        const own = results.listStatistics().filter(({ profileId }) => profileId === ProfileId);
        if (own.length === 0) throw entityNotFound(`Data quality profile ${ProfileId} not found.`);
        await annotations.put(own.map((statistic) => annotated(statistic, value)));
        return {};
      },
    }),
  };
}

function isWanted(wanted: Listing, statisticId: string, profileId: string, recordedAt: number): boolean {
  const { RecordedAfter, RecordedBefore } = wanted.TimestampFilter;
  return (
    (wanted.StatisticId === undefined || wanted.StatisticId === statisticId) &&
    (wanted.ProfileId === undefined || wanted.ProfileId === profileId) &&
    isBetween(recordedAt, RecordedAfter, RecordedBefore)
  );
}

/** What nobody has said anything of is included. */
function annotationOut(annotation: Annotation | undefined) {
  return {
    Value: annotation?.value ?? 'INCLUDE',
    LastModifiedOn: annotation && annotation.modifiedAt / 1000,
  };
}
