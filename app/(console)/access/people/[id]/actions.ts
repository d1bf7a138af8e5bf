'use server';
import { defineAction } from '@/lib/action';
import * as sessions from '@/lib/sessions';

export const endSession = defineAction(sessions.endSession, 'sessions.end');
export const endSessions = defineAction(sessions.endSessions, 'sessions.end-all');
