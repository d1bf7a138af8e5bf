'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';

export const createPerson = defineAction(access.createPerson, 'people.create');
export const updatePerson = defineAction(access.updatePerson, 'people.update');
export const resetPassword = defineAction(access.resetPassword, 'people.reset-password');
