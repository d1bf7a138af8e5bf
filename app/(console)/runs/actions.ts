'use server';
import { defineAction } from '@/lib/action';
import { publishHeld, stopRun } from '@/lib/runs';

export const stopRunAction = defineAction(stopRun, 'runs.stop');
export const publishHeldAction = defineAction(publishHeld, 'runs.publishHeld');
