'use server';
import { defineAction } from '@/lib/action';
import { createToken, revokeToken } from '@/lib/tokens';

export const createTokenAction = defineAction(createToken);
export const revokeTokenAction = defineAction(revokeToken);
