'use server';
import { defineAction } from '@/lib/action';
import * as quality from '@/lib/quality';

export const createRuleset = defineAction(quality.createRuleset, 'quality.createRuleset');
export const updateRuleset = defineAction(quality.updateRuleset, 'quality.updateRuleset');
export const deleteRuleset = defineAction(quality.deleteRuleset, 'quality.deleteRuleset');
