'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';

export const changePassword = defineAction(access.changePassword, 'account.change-password');
