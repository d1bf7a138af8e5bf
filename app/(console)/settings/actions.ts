'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';
import * as sessions from '@/lib/sessions';

export const changePassword = defineAction(access.changePassword, 'account.change-password');
export const endSession = defineAction(sessions.endSession, 'sessions.end');
export const endSessions = defineAction(sessions.endSessions, 'sessions.end-all');
