import 'server-only';

export { compareVersions } from './compare-versions';
export { getFile } from './get-file';
export { getFileVersion } from './get-file-version';
