'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';
import * as invitations from '@/lib/invitations';

export const updatePerson = defineAction(access.updatePerson, 'people.update');
export const resetPassword = defineAction(access.resetPassword, 'people.reset-password');
export const createInvitation = defineAction(invitations.createInvitation, 'invitations.create');
export const withdrawInvitation = defineAction(invitations.withdrawInvitation, 'invitations.withdraw');
