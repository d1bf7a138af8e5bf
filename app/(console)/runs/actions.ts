'use server';
import { defineAction } from '@/lib/action';
import { stopRun } from '@/lib/runs';

export const stopRunAction = defineAction(stopRun);
