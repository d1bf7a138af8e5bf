import 'server-only';

export { endSession } from './end-session';
export { endSessions } from './end-sessions';
export { listSessions } from './list-sessions';
