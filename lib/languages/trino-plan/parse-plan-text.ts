import { kindOf, type PlanStep, readBytes, readFacts, readMilliseconds, readRows } from './plan-step.ts';

const FRAGMENT = /^\s*Fragment (\d+)/;
/** `└─ Name[…]` of Trino, `- Name[…] => …` of engine version 2, and the root of a fragment, which has no mark. */
const STEP =
  /^(?<lead>[\s│]*(?:[├└]─ |- )?)(?<name>[A-Z][A-Za-z]+(?:\([A-Z_, ]+\))?)(?<inside>\[.*?\]|)(?:\s*(?:=>.*|\(.*\)\s*(?:=>.*)?))?$/;

interface OpenStep {
  step: PlanStep;
  depth: number;
}

/** Reads a plan that is drawn as a tree of text; undefined where no step is found. */
export function parsePlanText(text: string): PlanStep | undefined {
  const fragments = new Map<string, PlanStep>();
  let id = '0';
  let open: OpenStep[] = [];
  for (const line of text.split('\n')) {
    const fragment = FRAGMENT.exec(line);
    if (fragment) {
      id = fragment[1] as string;
      open = [];
      continue;
    }
    const found = STEP.exec(line)?.groups;
    if (!found || (open.length > 0 && !/[├└]─ |- $/.test(found.lead ?? ''))) {
      const last = open.at(-1);
      if (last) addDetail(last.step, line.replace(/^[\s│]*/, ''));
      continue;
    }
    const depth = found.lead?.length ?? 0;
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= depth) open.pop();
    const step = newStep(found.name ?? '', found.inside ?? '');
    const parent = open.at(-1);
    if (parent) parent.step.children.push(step);
    else if (!fragments.has(id)) fragments.set(id, step);
    open.push({ step, depth });
  }
  const [root] = fragments.values();
  return root && withSources(root, fragments, new Set());
}

function newStep(title: string, inside: string): PlanStep {
  const name = title.replace(/\(.*$/, '');
  return { name, kind: kindOf(name), facts: readFacts(inside), details: [], isEstimate: true, children: [] };
}

function addDetail(step: PlanStep, text: string): void {
  const spent = /^CPU: (\S+?)(?: \(.*?\))?,.*?Output: ([\d.]+) rows? ?(?:\(([^)]*)\))?/.exec(text);
  const expected = /^Estimates: \{rows: ([\d.]+)(?: \(([^)]*)\))?/.exec(text);
  if (spent) {
    set(step, { rows: readRows(spent[2]), bytes: readBytes(spent[3]), cpuMs: readMilliseconds(spent[1]) });
    step.isEstimate = false;
  } else if (expected && step.isEstimate) set(step, { rows: readRows(expected[1]), bytes: readBytes(expected[2]) });
  else if (text !== '' && !/^(Layout|Input avg\.|Estimates):? /.test(text)) step.details.push(text);
}

function set(
  step: PlanStep,
  found: { rows?: number | undefined; bytes?: number | undefined; cpuMs?: number | undefined },
): void {
  if (found.rows !== undefined) step.rows = found.rows;
  if (found.bytes !== undefined) step.bytes = found.bytes;
  if (found.cpuMs !== undefined) step.cpuMs = found.cpuMs;
}

function withSources(step: PlanStep, fragments: Map<string, PlanStep>, seen: ReadonlySet<PlanStep>): PlanStep {
  const around = new Set([...seen, step]);
  const sources = step.name === 'RemoteSource' ? (step.facts.sourceFragmentIds ?? step.facts.of ?? '') : '';
  const remote = [...sources.matchAll(/\d+/g)].flatMap(([id]) => fragments.get(id) ?? []);
  const children = [...step.children, ...remote.filter((each) => !around.has(each))];
  return { ...step, children: children.map((child) => withSources(child, fragments, around)) };
}
