import { type CompiledPolicy, compilePolicy } from '../../../../lib/languages/iam-policy/compile-policy.ts';
import { parsePolicy } from '../../../../lib/languages/iam-policy/parse-policy.ts';
import type { PolicyKind } from '../../../../lib/languages/iam-policy/policy.ts';
import { type Directory, documentInForce, type Holder } from './directory.ts';

/** Documents compiled and kept; far more than a lake has. */
const KEPT = 2000;

/** Policies ready for decisions. A document is parsed once; which ones a holder has is looked up anew after a change. */
export class CompiledPolicies {
  readonly #directory: Directory;
  readonly #byDocument = new Map<string, CompiledPolicy>();
  readonly #ofHolder = new Map<string, readonly CompiledPolicy[]>();
  #generation = -1;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  compile(name: string, document: string, kind: PolicyKind): CompiledPolicy {
    const key = `${kind} ${name} ${document}`;
    const known = this.#byDocument.get(key);
    if (known) return known;
    if (this.#byDocument.size >= KEPT) this.#byDocument.clear();
    const compiled = compilePolicy(name, parsePolicy(document, kind));
    this.#byDocument.set(key, compiled);
    return compiled;
  }

  /** Inline and attached policies of a user or role. */
  of(holder: Holder): readonly CompiledPolicy[] {
    if (this.#generation !== this.#directory.generation) {
      this.#ofHolder.clear();
      this.#generation = this.#directory.generation;
    }
    const known = this.#ofHolder.get(holder.arn);
    if (known) return known;
    const inline = Object.entries(holder.inline).map(([name, document]) => this.compile(name, document, 'identity'));
    const attached = holder.attached.flatMap((arn) => this.managed(arn) ?? []);
    const policies = [...inline, ...attached];
    this.#ofHolder.set(holder.arn, policies);
    return policies;
  }

  managed(arn: string): CompiledPolicy | undefined {
    const policy = this.#directory.policies.get([arn]);
    return policy && this.compile(policy.name, documentInForce(policy), 'identity');
  }
}
