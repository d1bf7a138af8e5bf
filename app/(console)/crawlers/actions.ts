'use server';
import { defineAction } from '@/lib/action';
import * as crawlers from '@/lib/crawlers';

export const acceptTable = defineAction(crawlers.acceptTable, 'tables.update');
export const pinTable = defineAction(crawlers.pinTable, 'tables.pin');
export const startCrawler = defineAction(crawlers.startCrawler, 'crawlers.start');
export const stopCrawler = defineAction(crawlers.stopCrawler, 'crawlers.stop');
