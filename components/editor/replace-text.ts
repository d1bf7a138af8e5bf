/** Replaces a part of an editor's text as one step that can be undone; `within` is any element around the editor. */
export async function replaceText(within: HTMLElement, change: { from: number; to: number; insert: string }) {
  const [{ EditorView }, { isolateHistory }] = await Promise.all([
    import('@codemirror/view'),
    import('@codemirror/commands'),
  ]);
  const content = within.querySelector<HTMLElement>('.cm-content');
  const view = content && EditorView.findFromDOM(content);
  if (!view) return;
  const to = Math.min(change.to, view.state.doc.length);
  view.dispatch({
    changes: { ...change, to },
    selection: { anchor: change.from },
    annotations: isolateHistory.of('full'),
    userEvent: 'input.rewrite',
  });
  view.focus();
}
