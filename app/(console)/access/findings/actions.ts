'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';

export const acceptFinding = defineAction(access.acceptFinding, 'access.accept-finding');
export const withdrawAcceptance = defineAction(access.withdrawAcceptance, 'access.withdraw-acceptance');
