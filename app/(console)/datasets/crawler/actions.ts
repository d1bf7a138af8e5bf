'use server';
import { defineAction } from '@/lib/action';
import * as crawlers from '@/lib/crawlers';

export const acceptTable = defineAction(crawlers.acceptTable);
export const pinTable = defineAction(crawlers.pinTable);
export const startCrawler = defineAction(crawlers.startCrawler);
export const stopCrawler = defineAction(crawlers.stopCrawler);
