'use server';
import { defineAction } from '@/lib/action';
import { rerunFile } from '@/lib/runs';

export const rerunFileAction = defineAction(rerunFile, 'runs.start');
