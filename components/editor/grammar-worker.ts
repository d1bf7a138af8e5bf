import { checkText } from './check-text';

/** A text comes in with a number, what the grammar says of it goes out with the same one. */
self.addEventListener('message', ({ data }: MessageEvent<{ id: number; text: string }>) => {
  self.postMessage({ id: data.id, checked: checkText(data.text) });
});
