import 'server-only';

export { abortUpload } from './abort-upload';
export { completeUpload } from './complete-upload';
export { createUpload } from './create-upload';
export { findSameSized } from './find-same-sized';
export { listFiles } from './list-files';
export { listOpenUploads } from './list-open-uploads';
export { listParts } from './list-parts';
export { listVersions } from './list-versions';
export { restoreFiles } from './restore-files';
export { signDownload } from './sign-download';
export { signParts } from './sign-parts';
