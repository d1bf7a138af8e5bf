'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';
import * as invitations from '@/lib/invitations';

export const updatePerson = defineAction(access.updatePerson);
export const resetPassword = defineAction(access.resetPassword);
export const createInvitation = defineAction(invitations.createInvitation);
export const withdrawInvitation = defineAction(invitations.withdrawInvitation);
