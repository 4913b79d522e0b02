-- AlterTable
ALTER TABLE "raw_block" ADD COLUMN     "first_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "redelivery" (
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "record_index" BIGINT NOT NULL,
    "byte_offset" BIGINT NOT NULL,
    "line" BIGINT NOT NULL,
    "entry" TEXT,

    CONSTRAINT "redelivery_pkey" PRIMARY KEY ("occurred_at","event_id","import_id")
);

-- CreateTable
CREATE TABLE "import_deletion" (
    "import_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "total" BIGINT NOT NULL DEFAULT 0,
    "done" BIGINT NOT NULL DEFAULT 0,
    "events" BIGINT NOT NULL DEFAULT 0,
    "handed_over" BIGINT NOT NULL DEFAULT 0,
    "detections" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "alerts_deleted" INTEGER NOT NULL DEFAULT 0,
    "alerts_kept" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "asked_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_deletion_pkey" PRIMARY KEY ("import_id")
);

-- CreateTable
CREATE TABLE "replay_run" (
    "id" UUID NOT NULL,
    "scope" JSONB NOT NULL,
    "from_stage" TEXT NOT NULL,
    "dry_run" BOOLEAN NOT NULL,
    "rules" JSONB,
    "state" TEXT NOT NULL,
    "normalizer" SMALLINT,
    "total" BIGINT,
    "done" BIGINT NOT NULL DEFAULT 0,
    "position" BIGINT NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL,
    "failure" TEXT,
    "asked_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "replay_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replay_detection" (
    "run_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "change" SMALLINT NOT NULL,
    "score" SMALLINT NOT NULL,
    "suppressed" BOOLEAN NOT NULL,

    CONSTRAINT "replay_detection_pkey" PRIMARY KEY ("run_id","alert_id","occurred_at","event_id","rule_id","change")
);

-- CreateTable
CREATE TABLE "retention_policy" (
    "revision" INTEGER NOT NULL,
    "raw_days" INTEGER,
    "event_days" INTEGER,
    "alert_days" INTEGER,
    "saved_by" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_policy_pkey" PRIMARY KEY ("revision")
);

-- CreateTable
CREATE TABLE "retention_run" (
    "id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "raw_before" TIMESTAMPTZ(3),
    "events_before" TIMESTAMPTZ(3),
    "alerts_before" TIMESTAMPTZ(3),
    "records" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "events" BIGINT NOT NULL DEFAULT 0,
    "alerts" BIGINT NOT NULL DEFAULT 0,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "redelivery_import_id_idx" ON "redelivery"("import_id");

-- CreateIndex
CREATE INDEX "replay_run_created_at_id_idx" ON "replay_run"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "retention_run_started_at_idx" ON "retention_run"("started_at" DESC);

-- CreateIndex
CREATE INDEX "raw_block_last_at_idx" ON "raw_block"("last_at");

-- What is stored already
UPDATE "raw_block" SET "first_at" = "found"."first_at", "last_at" = "found"."last_at"
FROM (
  SELECT "block_id", min("occurred_at") AS "first_at", max("occurred_at") AS "last_at" FROM "event" GROUP BY "block_id"
) "found"
WHERE "found"."block_id" = "raw_block"."id";
