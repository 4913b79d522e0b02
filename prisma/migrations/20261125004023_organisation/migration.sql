-- AlterTable
ALTER TABLE "replay_run" ADD COLUMN     "organisation" INTEGER;

-- CreateTable
CREATE TABLE "organisation_change" (
    "revision" INTEGER NOT NULL,
    "list" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "added" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL,
    "examples" JSONB NOT NULL,
    "stage" TEXT,
    "saved_by" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_change_pkey" PRIMARY KEY ("revision")
);

-- CreateTable
CREATE TABLE "own_network" (
    "cidr" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "own_network_pkey" PRIMARY KEY ("cidr")
);

-- CreateTable
CREATE TABLE "cloud_account" (
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT,
    "importance" TEXT NOT NULL,
    "is_own" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "cloud_account_pkey" PRIMARY KEY ("platform","id")
);

-- CreateTable
CREATE TABLE "cloud_application" (
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "cloud_application_pkey" PRIMARY KEY ("platform","id")
);

-- CreateTable
CREATE TABLE "image_importance" (
    "pattern" TEXT NOT NULL,
    "importance" TEXT NOT NULL,
    "note" TEXT,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "image_importance_pkey" PRIMARY KEY ("pattern")
);

-- CreateTable
CREATE TABLE "working_hours" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "days" INTEGER[],
    "opens" TEXT NOT NULL,
    "closes" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "working_hours_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "first_steps_away" (
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "first_steps_away_pkey" PRIMARY KEY ("person_id")
);
