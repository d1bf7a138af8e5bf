-- CreateEnum
CREATE TYPE "Sharing" AS ENUM ('private', 'team', 'roles');

-- CreateTable
CREATE TABLE "SavedQuery" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT,
    "name" TEXT NOT NULL,
    "place" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sharing" "Sharing" NOT NULL,
    "roles" "Role"[] DEFAULT ARRAY[]::"Role"[],
    "sql" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '[]',
    "chart" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" TEXT,
    "deletedAt" TIMESTAMPTZ(3),
    "namedQueryId" TEXT,
    "mirrored" INTEGER,

    CONSTRAINT "SavedQuery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SavedQueryVersion" (
    "id" TEXT NOT NULL,
    "savedQueryId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT,
    "name" TEXT NOT NULL,
    "sql" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '[]',
    "chart" JSONB,
    "restoredFrom" INTEGER,

    CONSTRAINT "SavedQueryVersion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedQuery_place_key" ON "SavedQuery"("place");

-- CreateIndex
CREATE UNIQUE INDEX "SavedQuery_namedQueryId_key" ON "SavedQuery"("namedQueryId");

-- CreateIndex
CREATE INDEX "SavedQuery_deletedAt_name_idx" ON "SavedQuery"("deletedAt", "name");

-- CreateIndex
CREATE INDEX "SavedQuery_ownerId_idx" ON "SavedQuery"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "SavedQueryVersion_savedQueryId_number_key" ON "SavedQueryVersion"("savedQueryId", "number");

-- AddForeignKey
ALTER TABLE "SavedQuery" ADD CONSTRAINT "SavedQuery_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedQueryVersion" ADD CONSTRAINT "SavedQueryVersion_savedQueryId_fkey" FOREIGN KEY ("savedQueryId") REFERENCES "SavedQuery"("id") ON DELETE CASCADE ON UPDATE CASCADE;


