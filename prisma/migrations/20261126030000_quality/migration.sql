-- CreateEnum
CREATE TYPE "IncidentState" AS ENUM ('open', 'acknowledged', 'resolved');

-- CreateTable
CREATE TABLE "QualityEvaluation" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "dataset" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "sourceKey" TEXT,
    "score" DOUBLE PRECISION,
    "anomalies" INTEGER NOT NULL DEFAULT 0,
    "record" JSONB NOT NULL,

    CONSTRAINT "QualityEvaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UnreadableEvaluation" (
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UnreadableEvaluation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "openCause" TEXT,
    "kind" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "dataset" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" "IncidentState" NOT NULL DEFAULT 'open',
    "assignee" TEXT,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),
    "mutedUntil" TIMESTAMPTZ(3),
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "evaluationId" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentEvent" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "by" TEXT,
    "text" TEXT,
    "evaluationId" TEXT,

    CONSTRAINT "IncidentEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "QualityEvaluation_key_key" ON "QualityEvaluation"("key");

-- CreateIndex
CREATE INDEX "QualityEvaluation_database_table_at_idx" ON "QualityEvaluation"("database", "table", "at");

-- CreateIndex
CREATE INDEX "QualityEvaluation_sourceKey_at_idx" ON "QualityEvaluation"("sourceKey", "at");

-- CreateIndex
CREATE INDEX "QualityEvaluation_at_idx" ON "QualityEvaluation"("at");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_openCause_key" ON "Incident"("openCause");

-- CreateIndex
CREATE INDEX "Incident_cause_openedAt_idx" ON "Incident"("cause", "openedAt");

-- CreateIndex
CREATE INDEX "Incident_state_seenAt_idx" ON "Incident"("state", "seenAt" DESC);

-- CreateIndex
CREATE INDEX "Incident_database_table_idx" ON "Incident"("database", "table");

-- CreateIndex
CREATE INDEX "IncidentEvent_incidentId_at_idx" ON "IncidentEvent"("incidentId", "at");

-- AddForeignKey
ALTER TABLE "IncidentEvent" ADD CONSTRAINT "IncidentEvent_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;


