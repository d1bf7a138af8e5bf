'use server';
import * as access from '@/lib/access';
import { defineAction } from '@/lib/action';

export const acceptFinding = defineAction(access.acceptFinding, 'findings.accept');
export const withdrawAcceptance = defineAction(access.withdrawAcceptance, 'findings.withdraw-acceptance');
