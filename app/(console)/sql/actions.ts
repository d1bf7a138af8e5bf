'use server';
import { defineAction } from '@/lib/action';
import { deleteSavedQuery, moveSavedQuery, restoreQueryVersion, saveQuery, undeleteSavedQuery } from '@/lib/query';

export const saveQueryAction = defineAction(saveQuery);
export const moveSavedQueryAction = defineAction(moveSavedQuery);
export const restoreQueryVersionAction = defineAction(restoreQueryVersion);
export const deleteSavedQueryAction = defineAction(deleteSavedQuery);
export const undeleteSavedQueryAction = defineAction(undeleteSavedQuery);
