const PREFIX = 'lacustre-upload ';

/**
 * Tells this browser's other tabs that a file is being sent here, by a lock that goes with the tab however it ends.
 * Browsers keep locks from pages without TLS: there, a tab does not know of the others.
 */
export function holdUpload(id: string): () => void {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  void navigator.locks?.request(PREFIX + id, () => held);
  return letGo;
}

/** Returns the ids of what is being sent in some tab. */
export async function heldUploads(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
