-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "savedQueries" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "SavedResult" (
    "key" TEXT NOT NULL,
    "savedQuery" TEXT NOT NULL,
    "executionId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedResult_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "SavedResult_executionId_savedQuery_idx" ON "SavedResult"("executionId", "savedQuery");

-- CreateIndex
CREATE INDEX "SavedResult_createdAt_idx" ON "SavedResult"("createdAt");


