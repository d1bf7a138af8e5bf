'use server';
import { defineAction } from '@/lib/action';
import { publishHeld, stopRun } from '@/lib/runs';

export const stopRunAction = defineAction(stopRun);
export const publishHeldAction = defineAction(publishHeld);
