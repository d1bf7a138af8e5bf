'use server';
import { defineAction } from '@/lib/action';
import * as quality from '@/lib/quality';

export const changeIncident = defineAction(quality.changeIncident, 'incidents.change');
