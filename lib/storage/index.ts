import 'server-only';

export { abortUpload } from './abort-upload';
export { completeUpload } from './complete-upload';
export { createUpload } from './create-upload';
export { getPointInTime } from './get-point-in-time';
export { listAllVersions } from './list-all-versions';
export { listFiles } from './list-files';
export { listParts } from './list-parts';
export { listVersions } from './list-versions';
export { restoreFiles } from './restore-files';
export { signDownload } from './sign-download';
export { signParts } from './sign-parts';
