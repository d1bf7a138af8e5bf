'use server';
import { defineAction } from '@/lib/action';
import { deleteSavedQuery, saveQuery } from '@/lib/query';

export const saveQueryAction = defineAction(saveQuery);
export const deleteSavedQueryAction = defineAction(deleteSavedQuery);
