import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { RouterOptions } from './caller';
import { addDecisionRoutes } from './routes/decisionRoutes';
import { addReadRoutes } from './routes/readRoutes';

/** The routes below `/api/promotion`. */
export async function createRouter(options: RouterOptions): Promise<Router> {
  const router = PromiseRouter();
  router.use(express.json({ limit: '64kb' }));
  addReadRoutes(router, options);
  addDecisionRoutes(router, options);
  return router;
}
