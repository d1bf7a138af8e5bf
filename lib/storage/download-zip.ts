import type { ZipFiles } from './change-schemas';

/** Has the browser save many files as one archive: a form's answer is saved while it comes, and never in memory as a whole. */
export function downloadZip(input: ZipFiles): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/api/files/zip';
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'input';
  field.value = JSON.stringify(input);
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}
