'use server';
import { defineAction } from '@/lib/action';
import * as sessions from '@/lib/sessions';

export const endSession = defineAction(sessions.endSession);
export const endSessions = defineAction(sessions.endSessions);
