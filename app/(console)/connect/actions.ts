'use server';
import { defineAction } from '@/lib/action';
import { createToken, revokeToken } from '@/lib/tokens';

export const createTokenAction = defineAction(createToken, 'tokens.create');
export const revokeTokenAction = defineAction(revokeToken, 'tokens.revoke');
