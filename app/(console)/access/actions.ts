'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';

export const createPerson = defineAction(access.createPerson);
export const updatePerson = defineAction(access.updatePerson);
export const resetPassword = defineAction(access.resetPassword);
