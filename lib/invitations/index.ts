import 'server-only';

export { acceptInvitation } from './accept-invitation';
export { createInvitation } from './create-invitation';
export { findInvitation } from './find-invitation';
export { listInvitations } from './list-invitations';
export { withdrawInvitation } from './withdraw-invitation';
