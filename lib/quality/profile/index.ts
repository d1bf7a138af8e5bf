import 'server-only';

export { cancelProfile } from './cancel-profile';
export { compareProfiles } from './compare-profiles';
export { estimateProfile } from './estimate-profile';
export { getLatestProfile, getProfile, listProfiles } from './get-profile';
export { findProfileRun, getProfileState } from './get-profile-state';
export { startProfile } from './start-profile';
