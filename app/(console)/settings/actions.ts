'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';
import * as sessions from '@/lib/sessions';

export const changePassword = defineAction(access.changePassword);
export const endSession = defineAction(sessions.endSession);
export const endSessions = defineAction(sessions.endSessions);
