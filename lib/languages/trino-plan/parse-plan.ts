import * as z from 'zod';
import { parsePlanText } from './parse-plan-text.ts';
import { kindOf, type PlanStep, readBytes, readFacts, readMilliseconds, readRows } from './plan-step.ts';

interface JsonNode {
  name: string;
  facts: Record<string, string>;
  details: string[];
  estimate:
    | { outputRowCount?: number | string | undefined; outputSizeInBytes?: number | string | undefined }
    | undefined;
  stats: Stats | undefined;
  children: JsonNode[];
}

const Stats = z.looseObject({
  nodeCpuTime: z.string().optional(),
  nodeOutputRows: z.union([z.number(), z.string()]).optional(),
  nodeOutputDataSize: z.string().optional(),
});
type Stats = z.infer<typeof Stats>;

// Trino writes a number that it does not know as the text "NaN".
const Quantity = z.union([z.number(), z.string()]).optional();
const JsonNode: z.ZodType<JsonNode> = z
  .looseObject({
    name: z.string(),
    descriptor: z.record(z.string(), z.string()).optional(),
    identifier: z.string().optional(),
    details: z.union([z.string(), z.array(z.string())]).default([]),
    estimates: z.array(z.looseObject({ outputRowCount: Quantity, outputSizeInBytes: Quantity })).default([]),
    distributedNodeStats: Stats.optional(),
    children: z.array(z.lazy(() => JsonNode)).default([]),
  })
  .transform(({ name, descriptor, identifier, details, estimates, distributedNodeStats, children }) => ({
    name,
    facts: descriptor ?? readFacts(identifier ?? ''),
    details: typeof details === 'string' ? details.split('\n').filter((line) => line !== '') : details,
    estimate: estimates[0],
    stats: distributedNodeStats,
    children,
  }));

const Analyzed = z.object({
  fragments: z.array(z.looseObject({ id: z.string(), logicalPlan: z.record(z.string(), z.array(JsonNode)) })).min(1),
});
const Distributed = z.record(z.string().regex(/^\d+$/), JsonNode);

/**
 * Reads what EXPLAIN and EXPLAIN ANALYZE answer, in FORMAT JSON or as text, as one tree; undefined for what is no plan.
 * Fragments, which workers run apart from each other, are put where their rows go.
 */
export function parsePlan(text: string): PlanStep | undefined {
  if (!/^\s*\{/.test(text)) return parsePlanText(text);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const analyzed = Analyzed.safeParse(json);
  if (analyzed.success) {
    const roots = analyzed.data.fragments.map(
      ({ id, logicalPlan }) => [id, Object.values(logicalPlan).flat()[0]] as const,
    );
    return joined(new Map(roots.flatMap(([id, node]) => (node ? [[id, node] as const] : []))));
  }
  const single = JsonNode.safeParse(json);
  if (single.success) return joined(new Map([['0', single.data]]));
  const distributed = Distributed.safeParse(json);
  return distributed.success ? joined(new Map(Object.entries(distributed.data))) : undefined;
}

function joined(fragments: Map<string, JsonNode>): PlanStep | undefined {
  const [root] = fragments.values();
  return root && stepOf(root, fragments, new Set());
}

function stepOf(node: JsonNode, fragments: Map<string, JsonNode>, seen: ReadonlySet<JsonNode>): PlanStep {
  const { name, facts, details, estimate, stats } = node;
  const around = new Set([...seen, node]);
  const sources = name === 'RemoteSource' ? (facts.sourceFragmentIds ?? facts.of ?? '') : '';
  const remote = [...sources.matchAll(/\d+/g)].flatMap(([id]) => fragments.get(id) ?? []);
  const children = [...node.children, ...remote.filter((each) => !around.has(each))];
  const rows = readRows(stats?.nodeOutputRows) ?? readRows(estimate?.outputRowCount);
  const bytes = readBytes(stats?.nodeOutputDataSize) ?? readRows(estimate?.outputSizeInBytes);
  const cpuMs = readMilliseconds(stats?.nodeCpuTime);
  return {
    name,
    kind: kindOf(name),
    facts,
    details,
    isEstimate: stats === undefined,
    ...(rows === undefined ? {} : { rows }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(cpuMs === undefined ? {} : { cpuMs }),
    children: children.map((child) => stepOf(child, fragments, around)),
  };
}
