/** What a definition may say on AWS, but the local lake cannot run: refused when it is made, not when it is reached. */
import type { Definition, State, StateMachine } from '../../../../lib/languages/asl/definition.ts';
import { itemProcessor } from '../../../../lib/languages/asl/definition.ts';
import type { Diagnostic } from '../../../../lib/languages/asl/diagnostic.ts';
import { parseResource, resourceLabels } from '../../../../lib/languages/asl/resource.ts';
import { Integrations } from './integrations/integrations.ts';

export function unsupportedParts(definition: Definition): Diagnostic[] {
  return [...inMachine(definition, '')];
}

function* inMachine(machine: StateMachine, at: string): Generator<Diagnostic> {
  for (const [name, state] of Object.entries(machine.States)) yield* inState(state, `${at}/States/${name}`);
}

function* inState(state: State, at: string): Generator<Diagnostic> {
  if (state.Type === 'Task') {
    const resource = parseResource(state.Resource);
    if (resource && !Integrations.supports(resource)) {
      const labels = resourceLabels(resource);
      yield unsupported(`${at}/Resource`, `the integration ${labels.resourceType}:${labels.resource}`);
    }
    if (state.Credentials !== undefined) yield unsupported(`${at}/Credentials`, 'credentials of another account');
  } else if (state.Type === 'Parallel') {
    for (const [index, branch] of state.Branches.entries()) yield* inMachine(branch, `${at}/Branches[${index}]`);
  } else if (state.Type === 'Map') {
    const mode = state.ItemProcessor?.ProcessorConfig?.Mode;
    if (mode === 'DISTRIBUTED') yield unsupported(`${at}/ItemProcessor/ProcessorConfig/Mode`, 'the distributed Map');
    yield* inMachine(itemProcessor(state), `${at}/${state.ItemProcessor ? 'ItemProcessor' : 'Iterator'}`);
  }
}

function unsupported(location: string, what: string): Diagnostic {
  return { severity: 'ERROR', code: 'INVALID_RESOURCE', message: `The local lake does not support ${what}`, location };
}
